"""The Department's data sets of the children looked after, and of those who started and ceased."""

from __future__ import annotations

import polars as pl

from returns903.derive.cuts import TEMPORARY_GROUP
from returns903.published.department.lines import (
    BREAKDOWN,
    CATEGORY,
    TOTAL,
    DataSet,
    Lines,
    broken,
    lines,
    measured,
)

AGES = {
    "1 to 4 years": "1 to 4",
    "10 to 15 years": "10 to 15",
    "16 years and over": "16 and over",
    "5 to 9 years": "5 to 9",
    "Total": "total",
    "Under 1 year": "under 1",
}
AGES_CEASED = {
    "1 to 4 years": range(1, 5),
    "10 to 15 years": range(10, 16),
    "16 years": [16],
    "17 years": [17],
    "18 years and over": ["18 and over"],
    "5 to 9 years": range(5, 10),
    "Total": ["total"],
    "Under 1 year": [0],
}
SEXES = {"Female": "female", "Male": "male", "Total": "total"}
SEEKING = {
    "Children excluding unaccompanied asylum-seeking children": "others",
    "Total": "total",
    "Unaccompanied asylum-seeking children": "unaccompanied asylum-seeking",
}
NEEDS = {
    "N1. Abuse or neglect": "Abuse or neglect",
    "N2. Child's disability": "Child's disability",
    "N3. Parental illness or disability": "Parental illness or disability",
    "N4. Family in acute stress": "Family in acute stress",
    "N5. Family dysfunction": "Family dysfunction",
    "N6. Socially unacceptable behaviour": "Socially unacceptable behaviour",
    "N7. Low income": "Low income",
    "N8. Absent parenting": "Absent parenting",
    "Total": "total",
}
NEEDS_STARTED = {label.replace("in acute stress", "acute stress"): category for label, category in NEEDS.items()}
ETHNICITIES = {
    "Asian or Asian British": "Asian or Asian British",
    "Black, African, Caribbean or Black British": "Black, African, Caribbean or Black British",
    "Mixed or Multiple ethnic groups": "Mixed or multiple ethnic groups",
    "Other ethnic group": "Other ethnic group",
    "Refused or information not yet available": "refused or not yet obtained",
    "Total": "total",
    "White": "White",
}
STATUSES = {
    "Detained for child protection": "Detained for child protection",
    "Full care order": "Full care order",
    "Interim care order": "Interim care order",
    "Placement order granted": "Placement order granted",
    "Total": "total",
    "Voluntary agreements under S20 CA 1989": "Voluntary agreements under S20 CA 1989",
    "Youth justice legal statuses": "Youth justice legal statuses",
}
STATUSES_STARTED = {
    "Child assessment order and in LA accommodation": None,
    "Emergency protection order": None,
    "Full care order": "Full care order",
    "Interim care order": "Interim care order",
    "LA accommodation under PACE 1989": None,
    "Placement order granted": "Placement order granted",
    "Police protection in LA accommodation": None,
    "Remand": None,
    "Sentenced to youth rehabilitation order": None,
    "Total": "total",
    "Voluntary agreement under S20": "Voluntary agreements under S20 CA 1989",
}
PROVIDERS = {
    "Other LA provision": "Other local authority",
    "Other public provision (e.g. by a PCT etc)": "Other public provision",
    "Own provision (by the LA)": "Own provision",
    "Parents or other person with parental responsibility": "Parent / person with parental responsibility",
    "Placement provider not reported": "unknown",
    "Private provision": "Private",
    "Total": "total",
    "Voluntary/third sector provision": "Voluntary / third sector",
}
PLACEMENTS = {
    "Foster placements": ["Foster placements"],
    "Independent and semi-independent living arrangements/supported accommodation": [
        "Independent and semi-independent living arrangements/supported accommodation"
    ],
    "Other placements": ["Other placements", TEMPORARY_GROUP],
    "Other residential settings": ["Other residential settings"],
    "Placed for adoption": ["Placed for adoption"],
    "Placed with parents or other person with parental responsibility": [
        "Placed with parents or other person with parental responsibility"
    ],
    "Residential schools": ["Residential schools"],
    "Secure homes and children's homes": ["Secure homes and children's homes"],
    "Total": ["total"],
}
"""The groups of placements; temporary ones stand among the others."""
REASONS = (
    "Accommodation on remand ended",
    "Adopted",
    "Age assessment determined child aged 18 or over",
    "Aged 18 (or over) and remained with current carers",
    "Care ceased for any other reason",
    "Care taken by another local authority",
    "Child moved abroad",
    "Died",
    "Left care to live with parents, relatives or other person with no parental responsibility",
    "Moved into independent living (with no formalised support)",
    "Moved into independent living (with supportive accommodation)",
    "Residence order or child arrangement order granted",
    "Returned home to live with parents or other person with parental responsibility which was not part of the care "
    "planning process",
    "Returned home to live with parents or other person with parental responsibility which was part of the care "
    "planning process",
    "Sentenced to custody",
    "Special guardianship order",
    "Total",
    "Transferred to residential care funded by adult social services",
)
_DISTANCE, _LOCATION = pl.col("distance"), pl.col("location")
_NEAR, _FAR, _UNKNOWN, _ALL = "20 miles or less", "more than 20 miles", "unknown", "total"


def _at(distance: str, location: str = _ALL) -> pl.Expr:
    return (_DISTANCE == distance) & (_LOCATION == location)


DISTANCES = {
    "Distance not known or not recorded": _at(_UNKNOWN),
    "Placed 20 miles or less from home": _at(_NEAR),
    "Placed more than 20 miles from home": _at(_FAR),
    "Total": _at(_ALL),
}
DISTANCES_AND_LOCALITIES = {
    "1. Placed inside the LA boundary, 20 miles or less from home": _at(_NEAR, "inside"),
    "2. Placed outside the LA boundary, 20 miles or less from home": _at(_NEAR, "outside"),
    "3. Placed inside the LA boundary, more than 20 miles from home": _at(_FAR, "inside"),
    "4. Placed outside the LA boundary, more than 20 miles from home": _at(_FAR, "outside"),
    "5. Placed inside the LA boundary, distance not known or not recorded": _at(_UNKNOWN, "inside"),
    "6. Placed outside the LA boundary, distance not known or not recorded": _at(_UNKNOWN, "outside"),
    "Total": _at(_ALL),
}
LOCALITIES = {
    "Placed inside the local authority boundary": _at(_ALL, "inside"),
    "Placed outside the local authority boundary": _at(_ALL, "outside"),
    "Total": _at(_ALL),
}


def _placed(group: str, of: dict[str, pl.Expr]) -> Lines:
    return lines(group, "placement_distance", of, _at(_ALL))


def _in(group: str, table: str, by: str, of: dict[str, list[str]]) -> Lines:
    """The rows of a breakdown, of which each counts several categories."""
    part = BREAKDOWN == by
    return lines(group, table, {label: part & CATEGORY.is_in(found) for label, found in of.items()}, part & TOTAL)


def _seeking(table: str) -> Lines:
    return broken("Unaccompanied asylum-seeking children", table, "asylum", SEEKING)


CHILDREN = (
    DataSet(
        "la_cla_on_31_march_by_characteristics",
        "Children looked after on 31 March, by characteristics",
        (
            *broken("Age group", "breakdowns", "age_band", AGES),
            *measured("Category of need", "category_of_need", "looked_after", NEEDS),
            *_placed("Distance between home and placement", DISTANCES),
            *_placed("Distance between home and placement and locality of placement", DISTANCES_AND_LOCALITIES),
            *broken("Ethnicity", "breakdowns", "ethnic_group", ETHNICITIES),
            *broken("Legal status", "breakdowns", "legal_status_group", STATUSES),
            *_placed("Locality of placement", LOCALITIES),
            *broken("Place providers", "placements_by_code", "provider", PROVIDERS),
            *_in("Placement", "breakdowns", "placement_group", PLACEMENTS),
            *broken("Sex", "breakdowns", "sex", SEXES),
            *_seeking("breakdowns"),
        ),
    ),
    DataSet(
        "la_children_who_started_to_be_looked_after_during_the_year",
        "Children who started to be looked after during the year",
        (
            *broken("Age on starting", "started_breakdowns", "age_band", AGES),
            *measured("Category of need", "category_of_need", "started", NEEDS_STARTED),
            *broken("Legal status", "started_breakdowns", "legal_status_group", STATUSES_STARTED),
            *broken("Sex", "started_breakdowns", "sex", SEXES),
            *lines("Taken into care", "", {"All children taken into care": None, "Not taken into care": None}),
            *_seeking("started_breakdowns"),
        ),
    ),
    DataSet(
        "la_children_who_ceased_during_the_year",
        "Children who ceased to be looked after during the year",
        (
            *_in(
                "Age on ceasing",
                "leaving_breakdowns",
                "year_of_age",
                {label: [str(age) for age in ages] for label, ages in AGES_CEASED.items()},
            ),
            *lines(
                "Reason episode ceased",
                "leaving_care_groups",
                {reason: pl.col("kind") == "total" if reason == "Total" else CATEGORY == reason for reason in REASONS},
                pl.col("kind") == "total",
            ),
            *broken("Sex", "leaving_breakdowns", "sex", SEXES),
            *_seeking("leaving_breakdowns"),
        ),
    ),
)
