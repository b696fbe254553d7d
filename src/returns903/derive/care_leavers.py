"""Care leavers around their birthday in the year: in touch, activity and accommodation, by age."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from returns903 import codes
from returns903.derive.care import age_on, birth_dates
from returns903.derive.cells import told
from returns903.derive.counts import percent
from returns903.derive.cuts import CUTS, By, crossed, cut, cuts_of, in_order, last_in, tally, with_total
from returns903.derive.declared import count, derived, share, text
from returns903.derive.placements import TOTAL
from returns903.derive.population import here
from returns903.returns import Return
from returns903.rules.groups import OC3_ITEMS
from returns903.tables import OC3

BANDS = {"17-18": ("17", "18"), "19-21": ("19", "20", "21")}
"""The published bands, and the single ages in each."""
OLDER = "22-25"
"""Those who are asked about only if they seek support: in no total of the others."""
OTHER, UNKNOWN = "other", "unknown"
IN_TOTAL = ("17", "18", "19", "20", "21", OTHER, UNKNOWN)
"""What adds up to the total: `other` is under 17 or over 25, `unknown` no readable date of birth."""
AGES = ("17", "18", "17-18", "19", "20", "21", "19-21", OTHER, UNKNOWN, TOTAL, OLDER)
"""The rows of each measure, in order."""
LEFT_OUT = ("DIED", "RHOM")
"""Who is in no figure: the national statistics leave out those who died or returned home for six months or more."""
COUNTED = "in the figures"
NOT_GIVEN = "not given"
NOT_KNOWN = "no information"

_ACTIVITIES = {
    "1": "higher education",
    "2": "education other than higher education",
    "3": "training or employment",
    "4": "apprenticeship",
    "5": "training or employment",
}
_NOT_ACTIVE = {
    "G4": "not active: illness or disability",
    "G5": "not active: other circumstances",
    "G6": "not active: pregnancy or parenting",
    "0": NOT_KNOWN,
}
_ACTIVE, _INACTIVE = "in education, employment or training", "not in education, employment or training"
_SUITABLE, _UNSUITABLE = "suitable", "not suitable"

MEASURES = (
    "population",
    "in_touch",
    "activity",
    "education_employment_training",
    "full_or_part_time",
    "accommodation",
    "suitable_accommodation",
)
OUTCOME = {
    "measure": text(
        "population: whom the others are about; education_employment_training and full_or_part_time put the codes of "
        "activity into groups",
        values=MEASURES,
    ),
    "age": text(
        "on the birthday in the year; other: under 17 or over 25; unknown: no readable date of birth; total: without "
        "22-25",
        values=AGES,
    ),
    "category": text("what the code stands for; no information: code 0; not given: blank, or no code; total"),
    "children": count("how many"),
    "percent": share("of the care leavers of that age that the measure is about"),
}


class Measure(NamedTuple):
    """What a measure counts."""

    column: str
    categories: dict[str, str]
    """The category of each code, in the order in which they are shown."""
    otherwise: str = NOT_GIVEN
    """The category of all other cells."""


def _activities() -> dict[str, str]:
    return {code: _NOT_ACTIVE.get(code) or _ACTIVITIES[code[1]] for code in codes.ACTIV}


def _in_education() -> dict[str, str]:
    groups = {"0": NOT_KNOWN} | {code: _INACTIVE for code in _NOT_ACTIVE if code != "0"}
    return {code: groups.get(code, _ACTIVE) for code in codes.ACTIV}


def _hours() -> dict[str, str]:
    groups = {"F": "full time", "P": "part time", "G": _INACTIVE, "0": NOT_KNOWN}
    return {code: groups[code[0]] for code in codes.ACTIV}


def _kinds() -> dict[str, str]:
    labels = {code: codes.ACCOM[code].label.partition(" - ")[0].partition(" (not ")[0] for code in codes.ACCOM}
    return {code: label[0].lower() + label[1:] for code, label in labels.items()} | {"0": NOT_KNOWN}


def _suitability() -> dict[str, str]:
    endings = {"1": _SUITABLE, "2": _UNSUITABLE}
    return {code: endings.get(code[1:], NOT_KNOWN) for code in codes.ACCOM}


def _contacts() -> dict[str, str]:
    return {code: entry.label[0].lower() + entry.label[1:] for code, entry in codes.IN_TOUCH.items()}


def _measures() -> dict[str, Measure]:
    contacts = _contacts()
    asked = {code: label for code, label in contacts.items() if code not in LEFT_OUT}
    found = (
        Measure("IN_TOUCH", {code: contacts[code] for code in LEFT_OUT}, COUNTED),
        Measure("IN_TOUCH", asked),
        Measure("ACTIV", _activities()),
        Measure("ACTIV", _in_education()),
        Measure("ACTIV", _hours()),
        Measure("ACCOM", _kinds()),
        Measure("ACCOM", _suitability()),
    )
    return dict(zip(MEASURES, found, strict=True))


@derived("measure, age and category", OUTCOME, key=["measure", "age", "category"], by=CUTS)
def care_leaver_outcomes(ret: Return, *, by: By = ()) -> pl.DataFrame:
    """Whether the authority is in touch with its care leavers, what they do and where they live, by age.

    The care leavers are the children of OC3, as published: those who died or returned home for six months or more
    (IN_TOUCH DIED, RHOM) are in no figure and counted beside, in `population`. For those who were transferred to
    another authority OC3 has no code; their authority leaves them out of it. Of several rows for one child the one with
    the earliest date of birth counts, then the first by its codes; a row without CHILD counts by itself. The age is
    that reached on the birthday in the year: the full years of age on its last day, by the date of birth in OC3, or in
    Header where OC3 has none.

    Args:
        ret: the return.
        by: what the table is cut by, any of `CUTS`: as of the last day of the year; who is not looked after then is in
            no placement and has no legal status or need.

    Returns:
        {columns}

        In each measure the categories add up to their total at each age. The single ages, `other` and `unknown` add up
        to the total of each category, and the single ages to their band; 22-25 is apart. `in the figures` of
        population is the total of each other measure.

    Source: the national tables of care leavers, for whom they are about and the bands of age; the code lists of OC3; an
    accommodation code ends in 1 where it is suitable and in 2 where it is not.
    """
    cuts = cuts_of(by)
    people = cut(ret, _care_leavers(ret), cuts)
    asked = people.filter(~pl.col("IN_TOUCH").is_in(LEFT_OUT).fill_null(value=False))
    found = [
        _count(people if name == "population" else asked, cuts, name, measure) for name, measure in _measures().items()
    ]
    return in_order(pl.concat(found), cuts)


def _care_leavers(ret: Return) -> pl.DataFrame:
    """One row a care leaver, as items that `cut` and `tally` take: age, IN_TOUCH, ACTIV, ACCOM."""
    empty = pl.DataFrame(schema={"DOB": pl.Date} | dict.fromkeys(("CHILD", *OC3_ITEMS), pl.String))
    table = ret.tables.get(OC3.name, empty)
    rows = table.select("DOB", *(told(name) for name in ("CHILD", *OC3_ITEMS)))
    ordered = rows.sort("CHILD", "DOB", *OC3_ITEMS, nulls_last=True)
    one_each = ordered.filter(pl.col("CHILD").is_null() | pl.col("CHILD").is_first_distinct())
    births = birth_dates(ret).select("child", born="dob")
    known = one_each.join(births, left_on="CHILD", right_on="child", how="left", maintain_order="left")
    years = age_on(pl.coalesce("DOB", "born"), pl.lit(ret.year.end))
    age = (
        pl.when(years.is_null())
        .then(pl.lit(UNKNOWN))
        .when(years.is_between(17, 21))
        .then(years.cast(pl.String))
        .when(years.is_between(22, 25))
        .then(pl.lit(OLDER))
        .otherwise(pl.lit(OTHER))
    )
    episodes = here(ret, ret.year.end).select("child", "episode")
    return (
        known.rename({"CHILD": "child"})
        .join(episodes, on="child", how="left", maintain_order="left")
        .with_columns(age=age, day=pl.lit(ret.year.end))
    )


def _count(people: pl.DataFrame, by: Sequence[str], name: str, measure: Measure) -> pl.DataFrame:
    category = pl.col(measure.column).replace_strict(
        measure.categories, default=measure.otherwise, return_dtype=pl.String
    )
    each = people.select(*by, "age", measure=pl.lit(name), category=category)
    items = with_total(_in_bands(each), "category", TOTAL)
    categories = [*dict.fromkeys(measure.categories.values()), measure.otherwise, TOTAL]
    counts = tally(items, by, crossed(measure=[name], age=AGES, category=categories), children=pl.len())
    return counts.with_columns(percent=percent("children", last_in("children", [*by, "age"])))


def _in_bands(people: pl.DataFrame) -> pl.DataFrame:
    """The care leavers, and once more in their band, and once more in the total."""
    wider = (*BANDS.items(), (TOTAL, IN_TOTAL))
    more = [people.filter(pl.col("age").is_in(ages)).with_columns(age=pl.lit(band)) for band, ages in wider]
    return pl.concat([people, *more])
