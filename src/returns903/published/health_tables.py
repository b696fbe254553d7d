"""The health of children looked after for twelve months, as it is published."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from returns903 import derive
from returns903.derive.cuts import AGE_BANDS
from returns903.derive.health import BANDS, COMPLETED, IDENTIFIED, OF_ALL, SDQ
from returns903.published.definition import Definition, source_of
from returns903.statistics import AtMost, Link, Percentage, Place, RowTotal, Tie

MEASURE, CATEGORY = pl.col("measure"), pl.col("category")
IS_TOTAL = CATEGORY == "total"

TABLES = (
    Definition(
        "health",
        "Health of children looked after for twelve months",
        "The children looked after on the last day of the year who had been looked after without a break for at least "
        "twelve months. Development checks are asked of those under 5, strengths and difficulties of those from 4 to "
        "16, convictions of those of 10 and over. Who was in a short break (V3 and V4) in the year is left out.",
        lambda ret, _: derive.health(ret),
        source_of(derive.health),
        needs=("OC2",),
        counts=("children", "unknown", "not_judged"),
        percentages=(
            Percentage("percent", "children", IS_TOTAL, by=("measure",)),
            Percentage("mean", "children"),
        ),
        row_totals=(RowTotal(IS_TOTAL, ~IS_TOTAL, by=("measure",), columns=("children",)),),
        constants={"unknown": ("measure",), "not_judged": ()},
        never=(((MEASURE == BANDS) & (CATEGORY == "not given"), ("children",)),),
        total=IS_TOTAL,
        split="measure",
        headings={"mean": "Average score"},
        labels={SDQ: "Strengths and difficulties", BANDS: "Strengths and difficulties: the score"},
    ),
)


def ties() -> Iterator[Tie]:
    """The children of one measure are among those of another, or the same."""

    def of(measure: str, column: str = "children", rows: pl.Expr = IS_TOTAL) -> Place:
        return Place("health", column, (MEASURE == measure) & rows)

    def aged(*bands: str) -> Place:
        rows = (pl.col("breakdown") == "age_band") & pl.col("category").is_in([*bands, "unknown"])
        return Place("breakdowns", "children", rows)

    first = pl.int_range(pl.len()) == 0
    every = of(OF_ALL[0])
    one_row = pl.lit(value=True)  # it stands once a measure
    for name in OF_ALL[1:]:
        yield Link(every, (of(name),))
        yield Link(of(OF_ALL[0], "unknown", one_row), (of(name, "unknown", one_row),))
    yield Link(of(SDQ, rows=CATEGORY == COMPLETED), (of(BANDS),))
    yield Link(of("substance_misuse", rows=CATEGORY == IDENTIFIED), (of("intervention"),))
    looked_after = Place("breakdowns", "children", (pl.col("breakdown") == "sex") & IS_TOTAL)
    yield AtMost((every, of(OF_ALL[0], "unknown", one_row)), (looked_after,))
    bands = {"development_checks": AGE_BANDS[:2], SDQ: AGE_BANDS[1:], "convictions": AGE_BANDS[3:]}
    for name, among in bands.items():
        yield AtMost((of(name),), (aged(*among),))
        yield AtMost((of(name),), (every,))
    yield AtMost((of("development_checks"), of("convictions")), (every,))
    yield Link(Place("breakdowns", "not_judged", first), (Place("health", "not_judged", first),))
