"""Children's social workers, and the homes that children had before they came into care, as they are published."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from returns903 import derive
from returns903.derive.permanence import PERMANENCE, RETURN
from returns903.derive.placements import IN_TWO_YEARS as IN_CARE_AS_LONG
from returns903.derive.social_workers import ALL, ALL_YEAR, SAME, TWO_YEARS, WORKERS
from returns903.published.definition import Definition, source_of
from returns903.statistics import Alike, AtMost, ColumnTotal, Link, Percentage, Place, RowTotal, Tie

POPULATION, MEASURE, IS_TOTAL = pl.col("population"), pl.col("measure"), pl.col("category") == "total"
EVERY = pl.lit(value=True)
FIRST = pl.int_range(pl.len()) == 0

TABLES = (
    Definition(
        "social_workers",
        "Social workers of the children looked after",
        "Of the children looked after on the last day of the year, how many social workers they had in it, each "
        "counted once; and those who had had their present one for six months. The same for those of them who had been "
        "looked after for at least twelve months; and over two years, where both returns have it, of those looked "
        "after as long. Short breaks (V3 and V4) are left out.",
        lambda ret, _: derive.social_workers(ret),
        source_of(derive.social_workers),
        needs=("SWEpisodes",),
        counts=("denominator", "children", "others", "unknown", "undated", "not_judged"),
        percentages=(Percentage("percent", "children", "denominator"),),
        column_totals=(ColumnTotal("denominator", ("children", "others")),),
        constants={"unknown": ("population",), "undated": (), "not_judged": ()},
        split="population",
        labels={
            ALL: "Looked after on the last day",
            ALL_YEAR: "Of them, for twelve months or more",
            TWO_YEARS: "Of them, for two years or more",
        },
        headings={"undated": "Records of social workers without a day"},
    ),
    Definition(
        "previous_permanence",
        "Children who started to be looked after, by the permanent home they had before",
        "Each child who started to be looked after in the year, counted once, with the first start: the permanent home "
        "the child had left, and whether it had been in care before, as far as the returns at hand tell. Short breaks "
        "(V3 and V4) are left out.",
        lambda ret, _: derive.previous_permanence(ret),
        source_of(derive.previous_permanence),
        counts=("children",),
        percentages=(Percentage("percent", "children", IS_TOTAL, by=("measure",)),),
        row_totals=(RowTotal(IS_TOTAL, ~IS_TOTAL, by=("measure",)),),
        total=IS_TOTAL,
        split="measure",
        labels={PERMANENCE: "Permanent home before", RETURN: "Back in care"},
    ),
)


def ties() -> Iterator[Tie]:
    """The children looked after, and those who started, are those of the other tables."""

    def of(population: str, column: str, rows: pl.Expr) -> Place:
        return Place("social_workers", column, (POPULATION == population) & rows)

    def broken_down(table: str) -> Place:
        return Place(table, "children", (pl.col("breakdown") == "sex") & IS_TOTAL)

    every = broken_down("breakdowns")
    for name in (*WORKERS, SAME):
        yield Link(every, (of(ALL, "denominator", MEASURE == name),))
        yield Link(_looked_after_all_year(), (of(ALL_YEAR, "denominator", MEASURE == name),))
        for column in ("children", "others"):
            parts = (of(ALL_YEAR, column, MEASURE == name),)
            yield AtMost(parts, (of(ALL, column, MEASURE == name),))
    for population, whole in ((ALL, every), (ALL_YEAR, _looked_after_all_year())):
        counted = of(population, "children", MEASURE.is_in(WORKERS))
        yield Alike((whole,), (counted,))
    for column in ("denominator", "unknown"):
        as_long = Place("placement_stability", column, MEASURE == IN_CARE_AS_LONG)
        yield Link(as_long, (of(TWO_YEARS, column, EVERY),))
    few_in_two = of(TWO_YEARS, "others", EVERY)
    yield AtMost((few_in_two,), (of(ALL, "others", MEASURE == WORKERS[-1]),))
    first = Place("breakdowns", "not_judged", FIRST)
    yield Link(first, (Place("social_workers", "not_judged", FIRST),))
    started = broken_down("started_breakdowns")
    for measure in (PERMANENCE, RETURN):
        yield Link(started, (Place("previous_permanence", "children", (MEASURE == measure) & IS_TOTAL),))


def _looked_after_all_year() -> Place:
    return Place("health", "children", (MEASURE == "health_assessment") & IS_TOTAL)
