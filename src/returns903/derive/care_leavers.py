"""Care leavers around their birthday in the year: in touch, activity and accommodation, by age."""

from __future__ import annotations

from collections.abc import Sequence

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

AGES = ("17", "18", "19", "20", "21", "other", "unknown")
"""The ages that the return asks about; `other` is any age besides, `unknown` no readable date of birth."""
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


OUTCOME = {
    "measure": text(
        "education_employment_training puts the codes of activity into two groups",
        values=("in_touch", "activity", "education_employment_training", "accommodation", "suitable_accommodation"),
    ),
    "age": text("unknown: no readable date of birth", values=(*AGES, TOTAL)),
    "category": text("what the code stands for; no information: code 0; not given: blank, or no code; total"),
    "children": count("how many"),
    "percent": share("of the care leavers of that age"),
}


def _activities() -> dict[str, str]:
    return {code: _NOT_ACTIVE.get(code) or _ACTIVITIES[code[1]] for code in codes.ACTIV}


def _in_education() -> dict[str, str]:
    groups = {"0": NOT_KNOWN} | {code: _INACTIVE for code in _NOT_ACTIVE if code != "0"}
    return {code: groups.get(code, _ACTIVE) for code in codes.ACTIV}


def _kinds() -> dict[str, str]:
    labels = {code: codes.ACCOM[code].label.partition(" - ")[0].partition(" (not ")[0] for code in codes.ACCOM}
    return {code: label[0].lower() + label[1:] for code, label in labels.items()} | {"0": NOT_KNOWN}


def _suitability() -> dict[str, str]:
    endings = {"1": _SUITABLE, "2": _UNSUITABLE}
    return {code: endings.get(code[1:], NOT_KNOWN) for code in codes.ACCOM}


def _measures() -> dict[str, tuple[str, dict[str, str]]]:
    """Each measure: the column it reads, and the category of each code, in the order in which they are shown."""
    contact = {code: codes.IN_TOUCH[code].label[0].lower() + codes.IN_TOUCH[code].label[1:] for code in codes.IN_TOUCH}
    return {
        "in_touch": ("IN_TOUCH", contact),
        "activity": ("ACTIV", _activities()),
        "education_employment_training": ("ACTIV", _in_education()),
        "accommodation": ("ACCOM", _kinds()),
        "suitable_accommodation": ("ACCOM", _suitability()),
    }


@derived("measure, age and category", OUTCOME, key=["measure", "age", "category"], by=CUTS)
def care_leaver_outcomes(ret: Return, *, by: By = ()) -> pl.DataFrame:
    """Whether the authority is in touch with its care leavers, what they do and where they live, by age.

    The care leavers are the children of OC3, whatever is said of them: those who died or went home are in every count,
    with the information that was given. Of several rows for one child the one with the earliest date of birth counts,
    then the first by its codes; a row without CHILD counts by itself. The age is that reached on the birthday in the
    year: the full years of age on its last day, by the date of birth in OC3, or in Header where OC3 has none.

    Args:
        ret: the return.
        by: what the table is cut by, any of `CUTS`: as of the last day of the year; who is not looked after then is in
            no placement and has no legal status or need.

    Returns:
        {columns}

        In each measure the categories add up to their total at each age, and the ages to the total of each category.

    Source: the code lists of OC3; an accommodation code ends in 1 where it is suitable and in 2 where it is not.
    """
    cuts = cuts_of(by)
    people = cut(ret, _care_leavers(ret), cuts)
    found = [_count(people, cuts, name, column, groups) for name, (column, groups) in _measures().items()]
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
    years = age_on(pl.coalesce("DOB", "born"), pl.lit(ret.year.end)).cast(pl.String)
    asked = pl.when(years.is_in(AGES)).then(years).when(years.is_null()).then(pl.lit("unknown"))
    episodes = here(ret, ret.year.end).select("child", "row", "last_year")
    return (
        known.rename({"CHILD": "child"})
        .join(episodes, on="child", how="left", maintain_order="left")
        .with_columns(age=asked.otherwise(pl.lit("other")), day=pl.lit(ret.year.end))
    )


def _count(people: pl.DataFrame, by: Sequence[str], name: str, column: str, groups: dict[str, str]) -> pl.DataFrame:
    category = pl.col(column).replace_strict(groups, default=NOT_GIVEN, return_dtype=pl.String)
    each = people.select(*by, "age", measure=pl.lit(name), category=category)
    items = with_total(with_total(each, "age", TOTAL), "category", TOTAL)
    categories = [*dict.fromkeys(groups.values()), NOT_GIVEN, TOTAL]
    counts = tally(items, by, crossed(measure=[name], age=[*AGES, TOTAL], category=categories), children=pl.len())
    return counts.with_columns(percent=percent("children", last_in("children", [*by, "age"])))
