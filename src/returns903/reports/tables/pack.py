"""Tables that go together as one document: the annual report, the monthly scorecard, all that is published."""

from __future__ import annotations

from dataclasses import dataclass

from returns903.published.catalogue import AGGREGATES, DEFINITIONS
from returns903.published.collect import Tables
from returns903.published.definition import Definition
from returns903.published.department import DATA_SETS


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter: its title and its tables, by name."""

    title: str
    tables: tuple[str, ...]


SECTIONS = (
    Section(
        "In care",
        (
            "breakdowns",
            "age_by_sex",
            "breakdowns_by_asylum",
            "legal_status_on",
            "legal_status_by_month",
            "looked_after_in_year",
            "category_of_need",
            "length_of_care",
        ),
    ),
    Section(
        "Starting to be looked after",
        ("started_breakdowns", "starts_by_quarter", "starts_and_ceasings", "previous_permanence"),
    ),
    Section(
        "Leaving care",
        ("leaving_care_reasons", "leaving_care_groups", "leaving_groups_by_asylum", "leaving_breakdowns"),
    ),
    Section(
        "Reviews",
        ("review_timeliness", "reviews_by_quarter", "reviews_by_month", "reviews_up_to_date", "review_participation"),
    ),
    Section(
        "Placements",
        (
            "placement_stability",
            "placement_stability_by_asylum",
            "length_of_placement",
            "placement_distance",
            "placement_distance_by_asylum",
            "distance_from_home",
            "placements_by_code",
            "placement_changes",
            "social_workers",
        ),
    ),
    Section("Health", ("health", "health_by_asylum")),
    Section("Missing and away", ("missing_episodes", "missing_lengths", "missing_by_month")),
    Section("Adoption", ("adoption_timeliness", "adoption_by_month")),
    Section("Care leavers", ("care_leaver_outcomes",)),
    Section("Monthly scorecard", ("scorecard",)),
)
LAST = Section("Quality of the data", ("not_judged",))
FURTHER = "Further tables"


@dataclass(frozen=True, slots=True)
class Pack:
    """A document: what it is called and what it holds."""

    name: str
    title: str
    sections: tuple[Section, ...]


def _every_table() -> tuple[Section, ...]:
    placed = {name for section in (*SECTIONS, LAST) for name in section.tables}
    others = tuple(each.name for each in AGGREGATES if each.name not in placed)
    return (*SECTIONS, *([Section(FURTHER, others)] if others else []), LAST)


def _told_from() -> tuple[str, ...]:
    """The tables that the Department's data sets are told from."""
    names = frozenset[str]().union(*(of.tables for of in DATA_SETS))
    return tuple(each.name for each in AGGREGATES if each.name in names)


ANNUAL_REPORT = Pack("annual-report", "annual report", _every_table())
SCORECARD = Pack("scorecard", "monthly scorecard", (Section("Month by month", ("scorecard",)),))
STATUTORY = Pack("statutory", "national data sets", (Section("", _told_from()),))
"""In the Department's shape; see `returns903.published.department`."""
PACKS = {pack.name: pack for pack in (ANNUAL_REPORT, SCORECARD, STATUTORY)}


SHEETS = {
    "breakdowns": "Looked after",
    "age_by_sex": "Age and sex",
    "breakdowns_by_asylum": "Looked after, asylum apart",
    "legal_status_on": "Legal status",
    "legal_status_by_month": "Legal status by month",
    "category_of_need": "Category of need",
    "length_of_care": "Length of care",
    "looked_after_in_year": "Looked after in the year",
    "started_breakdowns": "Started",
    "starts_by_quarter": "Starts and ceasings by quarter",
    "starts_and_ceasings": "Starts and ceasings by month",
    "leaving_care_reasons": "Left, by reason",
    "leaving_care_groups": "Left, by group",
    "leaving_groups_by_asylum": "Left, asylum apart",
    "leaving_breakdowns": "Left, by who they are",
    "review_timeliness": "Reviews on time",
    "reviews_by_month": "Reviews by month",
    "reviews_by_quarter": "Reviews by quarter",
    "reviews_up_to_date": "Reviews up to date",
    "review_participation": "Taking part in reviews",
    "placement_stability": "Stability",
    "placement_stability_by_asylum": "Stability, asylum apart",
    "placement_distance": "Distance from home",
    "placement_distance_by_asylum": "Distance, asylum apart",
    "length_of_placement": "Length of placement",
    "placements_by_code": "Placements, code by code",
    "placement_changes": "New placements",
    "distance_from_home": "Miles from home",
    "social_workers": "Social workers",
    "previous_permanence": "Previous permanence",
    "health": "Health",
    "health_by_asylum": "Health, asylum apart",
    "missing_episodes": "Missing and away",
    "missing_lengths": "Missing, how long",
    "missing_by_month": "Missing, by month",
    "adoption_timeliness": "Adoption, how long",
    "adoption_by_month": "Adoption, by month",
    "care_leaver_outcomes": "Care leavers",
    "scorecard": "Scorecard",
    "not_judged": "Not placed in time",
}
"""What the sheets of a pack's workbook are called: no more than 31 characters."""
LONGEST = 31


def sheet_name(of: Definition) -> str:
    """What the sheet of a table is called in the workbook of a pack."""
    return SHEETS.get(of.name, of.name.replace("_", " ").capitalize()[:LONGEST])


def title(tables: Tables, pack: Pack | None) -> str:
    """What the whole is called: whose children, which report, and of which year to which day."""
    where = f" in {tables.authority}" if tables.authority else ""
    what = f": {pack.title}" if pack else ""
    until = f", to {day(tables)}" if tables.period else ""
    return f"Looked-after children{where}{what}, {tables.year}{until}"


def about(tables: Tables) -> str:
    """What the whole is made from."""
    before = f", beside that of {tables.last_year}" if tables.last_year else ""
    return f"From the return of {tables.year} ({tables.period}){before}"


def day(tables: Tables) -> str:
    """The last day of the year, in words."""
    return tables.period.rpartition(" to ")[2] or "the last day of the year"


def definitions(pack: Pack = ANNUAL_REPORT) -> list[Definition]:
    """The tables of a pack, in order."""
    return [DEFINITIONS[name] for section in pack.sections for name in section.tables]
