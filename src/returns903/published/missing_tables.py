"""Children missing and away, as it is published."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from returns903 import derive
from returns903.derive.placements import TOTAL
from returns903.published.definition import Definition, Pivot, source_of
from returns903.statistics import AtMost, ColumnTotal, Link, Percentage, Place, RowTotal, Tie

CLAIM = (
    "Missing: nobody knew where the child was; away: from the placement, without authorisation. Many authorities "
    "record every incident as missing. Short breaks (V3 and V4) are left out."
)
EVERY, IS_TOTAL = pl.lit(value=True), pl.col("length") == TOTAL
STATUS = ("status",)
LABELS = {"missing": "Missing", "away": "Away"}

TABLES = (
    Definition(
        "missing_episodes",
        "Children missing from care or away from their placement",
        "Of the children looked after at any time in the year, those with an incident in it, and how many incidents "
        "they had. " + CLAIM,
        lambda ret, _: derive.missing_episodes(ret),
        source_of(derive.missing_episodes),
        needs=("Missing",),
        counts=("looked_after", "children", "incidents", "began", "at_end", "not_judged"),
        percentages=(Percentage("percent", "children", "looked_after"), Percentage("average", "children", "incidents")),
        column_totals=(
            ColumnTotal("incidents", ("children", "further")),
            ColumnTotal("incidents", ("began", "from_before")),
        ),
        helpers={
            "further": pl.col("incidents") - pl.col("children"),
            "from_before": pl.col("incidents") - pl.col("began"),
        },
        constants={"not_judged": ()},
        after=(pl.when(pl.col("children") > 0).then(pl.col("incidents") / pl.col("children")).alias("average"),),
        labels=LABELS,
        headings={"at_end": "On the last day", "average": "Incidents a child", "began": "Of them, begun in the year"},
    ),
    Definition(
        "missing_lengths",
        "How long children were missing or away",
        "The incidents of the year by the days from the one on which they began to the one on which they ended. "
        + CLAIM,
        lambda ret, _: derive.missing_lengths(ret),
        source_of(derive.missing_lengths),
        needs=("Missing",),
        counts=("incidents", "not_judged"),
        percentages=(Percentage("percent", "incidents", IS_TOTAL, by=STATUS),),
        row_totals=(RowTotal(IS_TOTAL, ~IS_TOTAL, by=STATUS, columns=("incidents",)),),
        constants={"not_judged": ()},
        total=IS_TOTAL,
        pivot=Pivot("length", "status", ("incidents", "percent")),
        labels=LABELS,
    ),
    Definition(
        "missing_by_month",
        "Missing and away, by month",
        "The incidents that began in each month, the children who had them, and those missing or away at its end. "
        + CLAIM,
        lambda ret, _: derive.missing_by_month(ret),
        source_of(derive.missing_by_month),
        needs=("Missing",),
        counts=("incidents", "children", "at_end", "not_judged"),
        column_totals=(ColumnTotal("incidents", ("children", "further")),),
        helpers={"further": pl.col("incidents") - pl.col("children")},
        constants={"not_judged": ()},
        pivot=Pivot("month", "status", ("incidents", "children", "at_end")),
        month="month",
        labels=LABELS,
        headings={"at_end": "On the last day"},
    ),
)


def ties() -> Iterator[Tie]:
    """The three tables count the same incidents; whoever is missing at the end is looked after then."""

    def of(column: str, rows: pl.Expr = EVERY) -> Place:
        return Place("missing_episodes", column, rows)

    def in_month(column: str, month: int) -> Place:
        return Place("missing_by_month", column, pl.col("month").rank("dense") == month)

    missing, away = (pl.col("status") == name for name in LABELS)
    yield Link(of("looked_after", missing), (of("looked_after", away),))
    yield Link(of("incidents"), (Place("missing_lengths", "incidents", IS_TOTAL),), by=STATUS)
    yield Link(of("began"), (Place("missing_by_month", "incidents", EVERY),), by=STATUS)
    yield Link(of("at_end"), (in_month("at_end", 12),), by=STATUS)
    yield AtMost((of("at_end"),), (of("children"),), by=STATUS)
    for month in range(1, 13):
        for column in ("children", "at_end"):
            yield AtMost((in_month(column, month),), (of("children"),), by=STATUS)
    everyone = (pl.col("breakdown") == "sex") & (pl.col("category") == TOTAL)
    yield Link(Place("looked_after_in_year", "children", everyone), (of("looked_after", missing),))
    at_the_end = Place("breakdowns", "children", everyone)
    for status in (missing, away):
        yield AtMost((of("at_end", status),), (at_the_end,))
    first = pl.int_range(pl.len()) == 0
    for table in ("missing_lengths", "missing_by_month"):
        yield Link(of("not_judged", first), (Place(table, "not_judged", first),))
