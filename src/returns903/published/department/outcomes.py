"""The Department's data sets of rates, stability, new placements, social workers, health and care leavers."""

from __future__ import annotations

import polars as pl

from returns903.derive.placements import IN_TWO_YEARS
from returns903.published.department.lines import (
    BREAKDOWN,
    CATEGORY,
    MEASURE,
    TOTAL,
    Cells,
    DataSet,
    Line,
    Lines,
    broken,
    lines,
)

_AGE = pl.col("age")
_ALL = (BREAKDOWN == "sex") & TOTAL
_POPULATION = Cells(
    "scorecard", (MEASURE == "looked_after_rate") & (pl.col("month") == pl.col("month").max()), "denominator"
)
RATES = {
    "Children ceasing to be looked after each year": "leaving_breakdowns",
    "Children looked after on 31 March each year": "breakdowns",
    "Children starting to be looked after each year": "started_breakdowns",
}


def _stability(group: str, measure: str, label: str) -> Lines:
    cells, over = (Cells("placement_stability", MEASURE == measure, column) for column in ("children", "denominator"))
    return tuple(sorted([Line(group, "Total children", over, over), Line(group, label, cells, over)], key=_label))


def _label(line: Line) -> str:
    return line.label


CHANGES = {
    "Allegation (s47)": "Allegation (s.47)",
    "Approval removed": "Approval removed",
    "Carer requests placement end other than due to child's behaviour": "Carer request: other",
    "Carer requests placement ends due to child's behaviour": "Carer request: child's behaviour",
    "Change in the status of a placement only": "Status of placement changed only",
    "Change to/implementation of care plan": "Change to / implementing care plan",
    "Child requests placement to end": "Child requests end",
    "Custody arrangement": "Custody arrangement (child 10+ only, rule 234 2025-26)",
    "Other": "Other",
    "Resignation or closure of provision": "Resignation or closure of provision",
    "Responsible/area authority requests placement ends": "Responsible / area authority requests end",
    "Standards of care concern": "Standards of care concern",
    "Total placements changing": "total",
}
_NEW, _CHANGED = "Location of new placements during the year", "Reason for placement change during the year"
WHERE_NEW: dict[str, pl.Expr | None] = {
    "Distance not known or not recorded": (BREAKDOWN == "distance") & (CATEGORY == "unknown"),
    "Placed inside LA boundary less than 20 miles from home": None,
    "Placed inside LA boundary more than 20 miles from home": None,
    "Placed outside LA boundary less than 20 miles from home": None,
    "Placed outside LA boundary more than 20 miles from home": None,
    "Total new placements": (BREAKDOWN == "distance") & TOTAL,
}


def _health(group: str, *rows: tuple[str, str, str], over: str) -> Lines:
    """Rows of the table of health: label, measure and category, as shares of all of whom a measure is asked."""
    whole = Cells("health", (MEASURE == over) & TOTAL)
    return tuple(
        Line(group, label, Cells("health", (MEASURE == measure) & CATEGORY.str.starts_with(category)), whole)
        for label, measure, category in rows
    )


_YOUNG = "Development assessments: Children looked after ages 0 to 4 years"
_CONVICTED = "Convictions: Children looked after Ages 10 to 17 years"
_CHECKED = "Health assessments: Children looked after all ages"
_SCORED = "Ages 5 to 16 years with SDQ score"
_MISUSE = "Substance misuse: Children looked after all ages"
SCORES = (
    "SDQ score is a cause for concern",
    "SDQ score is borderline",
    "SDQ score is normal",
    "SDQ score was received",
    "Total ages 5 to 16 years",
    "SDQ average score",
)
"""Not available: the table of health tells of those of 4 to 16."""


HEALTH = (
    *_health(
        _YOUNG,
        ("Development assessments up to date", "development_checks", "up to date"),
        ("Total ages 0 to 4 years", "development_checks", "total"),
        over="development_checks",
    ),
    *_health(
        _CONVICTED,
        (
            "Convicted or subject to youth cautions, or youth conditional cautions during the year",
            "convictions",
            "convicted",
        ),
        ("Total ages 10 to 17 years", "convictions", "total"),
        over="convictions",
    ),
    *_health(
        _CHECKED,
        ("Had their annual health assessment", "health_assessment", "had one"),
        ("Had their immunisations up to date", "immunisations", "up to date"),
        ("Had their teeth checked by a dentist", "dental_check", "had one"),
        ("Total all ages", "health_assessment", "total"),
        over="health_assessment",
    ),
    *_health(
        _MISUSE,
        ("Identified as having a substance misuse problem", "substance_misuse", "identified"),
        ("Offered intervention but refused it", "intervention", "offered"),
        ("Received an intervention for their substance misuse problem", "intervention", "received"),
        ("Total all ages", "substance_misuse", "total"),
        over="substance_misuse",
    ),
    *lines(_SCORED, "", dict.fromkeys(SCORES)),
)
AGES = {"17 to 18 years": "17-18", "19 to 21 years": "19-21"}
ACTIVITIES = {
    "Education other than higher education": ["education other than higher education"],
    "Higher education i.e. studies beyond A level": ["higher education"],
    "In an apprenticeship": ["apprenticeship"],
    "In training or employment": [],
    "In training or employment (excl. apprenticeship)": ["training or employment"],
    "Not in education, training or employment, owing to illness or disability": ["not active: illness or disability"],
    "Not in education, training or employment, owing to other reasons": ["not active: other circumstances"],
    "Not in education, training or employment, owing to pregnancy or parenting": ["not active: pregnancy or parenting"],
    "Total": ["total"],
    "Total in education, employment or training": ["in education, employment or training"],
    "Total information not known": ["no information", "not given"],
    "Total not in education, employment or training": ["not in education, employment or training"],
}
"""No category: apart in years gone by only."""
SUITABLE = {
    "Accommodation considered suitable": ["suitable"],
    "Accommodation considered unsuitable": ["not suitable"],
    "No information": ["no information", "not given"],
    "Suitability total": ["total"],
}


def _care_leavers(age: str, label: str, measure: str, categories: list[str]) -> Line:
    """A row of care leavers of an age: of those told of by a measure."""
    at = _AGE == AGES[age]

    def cells(of: str, rows: pl.Expr) -> Cells:
        return Cells("care_leaver_outcomes", at & (MEASURE == of) & rows)

    found = cells(measure, CATEGORY.is_in(categories)) if categories else None
    return Line(age, label, found, cells(measure, TOTAL), applies=bool(categories))


def _activities() -> Lines:
    return tuple(
        _care_leavers(age, label, "education_employment_training" if label.startswith("Total ") else "activity", of)
        for age in AGES
        for label, of in ACTIVITIES.items()
    )


_WORKERS = (pl.col("population") == "all") & (MEASURE == "three_or_more_social_workers")
_WORKED, _LOOKED_AFTER = (
    Cells("social_workers", _WORKERS & (pl.col("population") == "all"), column)
    for column in ("children", "denominator")
)
_ON_THE_DAY = "CLA on 31 March"
_COUNTED = ("children_count", "children_percent")
_LEFT = ("care_leaver_age", "breakdown")
_LEAVERS = ("care_leaver_count", "care_leaver_percent")
OUTCOMES = (
    DataSet(
        "cla_number_and_rate_per_10k_children",
        "Children looked after, starting and ceasing: numbers and rates per 10,000 children",
        tuple(Line("", label, Cells(table, _ALL), _POPULATION) for label, table in RATES.items()),
        ("population_type",),
        ("children_count", "rate_per_10000"),
        "population_estimate",
        10_000,
    ),
    DataSet(
        "la_cla_placement_stability",
        "Children looked after on 31 March, by stability of placements",
        (
            *_stability(
                "Children looked after continuously for at least 2.5 years on 31 March aged under 16 years",
                "two_years_in_one_placement",
                "Living with the same carer for at least 2 years",
            ),
            *_stability(
                "CLA 2 years on 31 March", IN_TWO_YEARS, "With 3 or more placements during the previous 2 years"
            ),
            *_stability(_ON_THE_DAY, "three_or_more_placements", "With 3 or more placements during the year"),
        ),
        ("cla_group", "placement_stability"),
        _COUNTED,
    ),
    DataSet(
        "la_cla_during_year_new_placements",
        "New placements during the year",
        (
            *lines(_NEW, "placement_changes", WHERE_NEW, (BREAKDOWN == "distance") & TOTAL, "placements"),
            *broken(_CHANGED, "placement_changes", "reason", CHANGES, "placements"),
        ),
        ("characteristic", "breakdown"),
        _COUNTED,
    ),
    DataSet(
        "la_cla_swcount",
        "Children looked after on 31 March with three or more social workers during the year",
        (
            Line(_ON_THE_DAY, "Total children", _LOOKED_AFTER, _LOOKED_AFTER),
            Line(_ON_THE_DAY, "3 or more social workers during the year", _WORKED, _LOOKED_AFTER),
        ),
        ("cla_group", "sw_stability"),
    ),
    DataSet(
        "la_conviction_health_outcome_cla",
        "Health and convictions of children looked after for twelve months",
        HEALTH,
        ("characteristic", "breakdown"),
        _COUNTED,
    ),
    DataSet("la_care_leavers_activity", "Care leavers, by activity", _activities(), _LEFT, _LEAVERS),
    DataSet(
        "la_care_leavers_accommodation_suitability",
        "Care leavers, by suitability of their accommodation",
        tuple(
            _care_leavers(age, label, "suitable_accommodation", of) for age in AGES for label, of in SUITABLE.items()
        ),
        _LEFT,
        _LEAVERS,
    ),
)
