"""The children looked after on a day, broken down in every way that an annual report shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import polars as pl

from returns903 import codes
from returns903.derive.counts import percent
from returns903.derive.declared import count, derived, share, text
from returns903.derive.placements import TOTAL
from returns903.derive.population import NOT_JUDGED, looked_after_on, not_judged_on
from returns903.returns import Return
from returns903.rules.groups import TEMPORARY

UNKNOWN = "unknown"
AGE_BANDS = ("under 1", "1 to 4", "5 to 9", "10 to 15", "16 and over")
"""The age bands of the national statistics."""
PLACEMENT_GROUPS = (
    "Foster placements",
    "Placed for adoption",
    "Placed with parents or other person with parental responsibility",
    "Secure homes and children's homes",
    "Independent and semi-independent living arrangements/supported accommodation",
    "Other residential settings",
    "Residential schools",
    "Other placements",
)
LEGAL_STATUS_GROUPS = (
    "Full care order",
    "Interim care order",
    "Placement order granted",
    "Voluntary agreements under S20 CA 1989",
    "Detained for child protection",
    "Youth justice legal statuses",
)
TEMPORARY_GROUP = "Temporary placements"

_SEXES = {"1": "male", "M": "male", "2": "female", "F": "female"}
_ASYLUM = {True: "unaccompanied asylum-seeking", False: "others"}


BREAKDOWN = {
    "breakdown": text(
        "what the children are broken down by",
        values=("sex", "ethnicity", "age_band", "placement_group", "legal_status_group", "asylum"),
    ),
    "category": text(
        "as published and in that order; unknown: blank, no code of the list, or no readable date of birth; temporary "
        "placements by themselves; total"
    ),
    "children": count("how many, nobody too"),
    "percent": share("of all children"),
    "not_judged": NOT_JUDGED,
}


@derived("category of a breakdown", BREAKDOWN, key=["breakdown", "category"])
def breakdowns(ret: Return, as_at: dt.date | None = None) -> pl.DataFrame:
    """The children looked after on a day by sex, ethnicity, age, placement, legal status and asylum flag.

    Args:
        ret: the return.
        as_at: the day; the last day of the year unless it is given.

    Returns:
        {columns}

        The categories of each breakdown add up to the children of `looked_after_on`, which is their total.

    Source: the national tables of children looked after at 31 March; sex and ethnicity as in Header.
    """
    day = as_at or ret.year.end
    found = broken_down(looked_after_on(ret, day))
    return found.with_columns(not_judged=pl.lit(not_judged_on(ret, day), pl.UInt32))


def broken_down(children: pl.DataFrame) -> pl.DataFrame:
    """Children by sex, ethnicity, age band, placement group, legal status group and asylum flag.

    Args:
        children: one row a child, with sex, ethnic, age, placement, placement_group, group and asylum.

    Returns:
        One row a category, those of nobody too: breakdown, category, children, percent (of all; null: nobody). The
        categories of each breakdown add up to its total.
    """
    ethnic = {code: entry.label for code, entry in codes.ETHNIC.items()}
    placement = pl.when(pl.col("placement").is_in(TEMPORARY)).then(pl.lit(TEMPORARY_GROUP)).otherwise("placement_group")
    found = [
        counted(children, "sex", _named("sex", _SEXES), ("male", "female", UNKNOWN)),
        counted(children, "ethnicity", _named("ethnic", ethnic), (*ethnic.values(), UNKNOWN)),
        counted(children, "age_band", age_band(pl.col("age")), (*AGE_BANDS, UNKNOWN)),
        counted(children, "placement_group", placement, (*PLACEMENT_GROUPS, TEMPORARY_GROUP, UNKNOWN)),
        counted(children, "legal_status_group", pl.col("group"), (*LEGAL_STATUS_GROUPS, UNKNOWN)),
        counted(children, "asylum", pl.col("asylum").replace_strict(_ASYLUM, return_dtype=pl.String), _ASYLUM.values()),
    ]
    return pl.concat(found)


def age_band(age: pl.Expr) -> pl.Expr:
    """The band of an age in full years; null: no age. An age below 0 (born later) counts as under 1."""
    under_1, to_4, to_9, to_15, older = (pl.lit(band) for band in AGE_BANDS)
    young = pl.when(age < 1).then(under_1).when(age < 5).then(to_4).when(age < 10).then(to_9)
    return young.when(age < 16).then(to_15).when(age.is_not_null()).then(older)


def _named(column: str, names: dict[str, str]) -> pl.Expr:
    return pl.col(column).replace_strict(names, default=None, return_dtype=pl.String)


def counted(children: pl.DataFrame, name: str, category: pl.Expr, shown: Iterable[str]) -> pl.DataFrame:
    """One breakdown of children: the categories shown, in their order, and the total."""
    rows = pl.DataFrame({"category": [*shown, TOTAL]})
    each = children.select(category=category.fill_null(UNKNOWN))
    counts = pl.concat([each, each.with_columns(category=pl.lit(TOTAL))]).group_by("category").agg(children=pl.len())
    return (
        rows.join(counts, on="category", how="left", maintain_order="left")
        .with_columns(pl.col("children").fill_null(0).cast(pl.UInt32), whole=pl.lit(len(each)))
        .select(pl.lit(name).alias("breakdown"), "category", "children", percent=percent("children", "whole"))
    )
