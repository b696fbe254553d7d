"""The tables of placements beside those of stability and distance; and what their numbers are to each other."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from returns903 import derive
from returns903.derive.cuts import TEMPORARY_GROUP
from returns903.derive.lengths import IN_CARE, NOWHERE
from returns903.derive.placements import IN_TWO_YEARS
from returns903.derive.places_used import CHANGES, USED, WIDER
from returns903.published.care_tables import (
    BREAKDOWN,
    CATEGORY,
    CLAIM,
    EVERY,
    HERE,
    IS_TOTAL,
    LENGTH,
    MEASURE,
    broken,
    lengths,
)
from returns903.published.definition import Definition, source_of
from returns903.published.untold import only_told
from returns903.statistics import AtMost, Link, Percentage, Place, RowTotal, Tie

DISTANCE, LOCATION = pl.col("distance"), pl.col("location")
_EVERYWHERE = (DISTANCE == "total") & (LOCATION == "total")
_CODES = BREAKDOWN == "placement"
TABLES = (
    lengths(
        derive.length_of_placement,
        "How long children have been in their placement",
        "The length of the placement that each child is in on the last day of the year, and of every placement that "
        "ended in it. Temporary absences do not end a placement. Some began before what the return shows: they have "
        "lasted at least so long. " + CLAIM,
        "placements",
    ),
    Definition(
        "placements_by_code",
        "Where children are placed, code by code",
        "The placements of the children looked after on the last day of the year by type, kind of fostering, provider "
        "and area. " + CLAIM,
        lambda ret, _: only_told(ret, derive.placements_by_code(ret)),
        source_of(derive.placements_by_code),
        counts=("children", "not_judged"),
        percentages=(Percentage("percent", "children", IS_TOTAL, by=("breakdown",)),),
        row_totals=(RowTotal(IS_TOTAL, ~IS_TOTAL, by=("breakdown",), columns=("children",)),),
        constants={"not_judged": ()},
        total=IS_TOTAL,
        split="breakdown",
        marks={
            name: pl.when(_CODES).then(CATEGORY.replace(wider)).otherwise("category") for name, wider in WIDER.items()
        },
        labels={
            "placement": "By type",
            "fostering": "By kind of fostering",
            "carer": "By who fosters",
            "provider": "By provider",
            "area": "By area",
        },
    ),
    Definition(
        "placement_changes",
        "Placements that began in the year",
        "Every placement that began in the year, why the one before had ended, and how far from home it is. Temporary "
        "placements and changes of legal status alone begin none. A child may be here more than once. " + CLAIM,
        lambda ret, _: only_told(ret, derive.placement_changes(ret)),
        source_of(derive.placement_changes),
        counts=("placements",),
        percentages=(Percentage("percent", "placements", IS_TOTAL, by=("breakdown",)),),
        row_totals=(RowTotal(IS_TOTAL, ~IS_TOTAL, by=("breakdown",)),),
        total=IS_TOTAL,
        split="breakdown",
        labels={
            "began": "How they began",
            "reason": "Why the placement before ended",
            "placement_group": "By placement",
            "distance": "By distance from home",
            "boundary": "Inside or outside the authority's area",
        },
    ),
    Definition(
        "distance_from_home",
        "Miles from home",
        "How many miles in a straight line the children looked after on the last day of the year are placed from home, "
        "and the averages of the distances that are known. " + CLAIM,
        lambda ret, _: only_told(ret, derive.distance_from_home(ret)),
        source_of(derive.distance_from_home),
        counts=("children", "not_judged"),
        percentages=(
            Percentage("percent", "children", _EVERYWHERE),
            Percentage("mean_miles", "children"),
            Percentage("median_miles", "children"),
        ),
        row_totals=(
            RowTotal(DISTANCE == "total", DISTANCE != "total", ("location",), ("children",)),
            RowTotal(LOCATION == "total", LOCATION != "total", ("distance",), ("children",)),
        ),
        constants={"not_judged": ()},
        total=DISTANCE == "total",
        split="location",
        labels={"inside": "Inside the authority's area", "outside": "Outside it", "total": "All"},
        headings={"mean_miles": "Mean, miles", "median_miles": "Median, miles"},
    ),
)


def ties() -> Iterator[Tie]:
    """What the numbers of these tables are to each other and to those of other tables."""
    yield from _lengths()
    yield from _codes()
    yield from _changes()
    yield from _miles()


def _lengths() -> Iterator[Tie]:
    def current(length: str) -> Place:
        return Place("length_of_placement", "placements", (MEASURE == "current") & (LENGTH == length))

    yield Link(HERE, (current("total"),))
    away = broken("breakdowns", "placement_group", CATEGORY == TEMPORARY_GROUP)
    yield AtMost((current(NOWHERE),), (away,))
    long = (MEASURE == "looked_after") & LENGTH.is_in(list(IN_CARE)[4:])
    of = Place("placement_stability", "denominator", MEASURE == IN_TWO_YEARS)
    yield Link(of, (Place("length_of_care", "children", long),))


def _codes() -> Iterator[Tie]:
    def of(name: str, rows: pl.Expr = EVERY) -> Place:
        return Place("placements_by_code", "children", (BREAKDOWN == name) & rows)

    for name in USED:
        yield Link(HERE, (of(name, IS_TOTAL),))
    codes = of("placement", ~IS_TOTAL)
    yield Link(broken("breakdowns", "placement_group", ~IS_TOTAL), (codes,), by=("group_of_place",))
    for name in ("fostering", "carer"):
        yield Link(of(name, ~IS_TOTAL), (codes,), by=(f"{name}_of_place",))


def _changes() -> Iterator[Tie]:
    def of(name: str, rows: pl.Expr = IS_TOTAL) -> Place:
        return Place("placement_changes", "placements", (BREAKDOWN == name) & rows)

    for name in [name for name in CHANGES if name not in ("began", "reason")]:
        yield Link(of("began"), (of(name),))
    yield Link(of("reason"), (of("began", CATEGORY.str.starts_with("with")),))


def _miles() -> Iterator[Tie]:
    near, unknown = "20 miles or less", "unknown"
    table, coarse = "distance_from_home", "placement_distance"
    for same in (near, unknown, "total"):
        fine, wide = (Place(name, "children", DISTANCE == same) for name in (table, coarse))
        yield Link(wide, (fine,), by=("location",))
    far = Place(table, "children", DISTANCE.str.starts_with("more than"))
    yield Link(Place(coarse, "children", DISTANCE == "more than 20 miles"), (far,), by=("location",))
