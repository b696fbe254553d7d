"""Adoption, as it is published."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from returns903 import derive
from returns903.derive.adoption import IN_TIME, MONTHS, TO_FAMILY, TO_FAMILY_OR_CARER, TO_MATCH
from returns903.published.child_tables import children
from returns903.published.definition import Definition, source_of
from returns903.rules.groups import ADOPTED
from returns903.statistics import AtMost, ColumnTotal, Link, Percentage, Place, Tie

TABLES = (
    Definition(
        "adoption_timeliness",
        "How long children waited to be adopted",
        "The children adopted in the year: days from coming into care to moving in with the new family (where that had "
        "fostered the child, to the beginning of the fostering as well), days from the placement order to the match, "
        f"and those who moved in less than {MONTHS} months after they came into care. Whoever came into care before "
        "the returns at hand is not known.",
        lambda ret, _: derive.adoption_timeliness(ret).with_columns(years=pl.lit("one year")),
        source_of(derive.adoption_timeliness),
        counts=("adopted", "children", "unknown", "left_out", "in_time"),
        percentages=(Percentage("percent", "in_time", "children"), Percentage("days", "children")),
        column_totals=(ColumnTotal("adopted", ("children", "unknown", "left_out")),),
        labels={
            TO_FAMILY: "A1: from care to the new family",
            TO_FAMILY_OR_CARER: "A10: from care to the new family, or to fostering by it",
            TO_MATCH: "A2: from the placement order to the match",
            IN_TIME: f"A3: with the new family in less than {MONTHS} months",
        },
        headings={"days": "Days on average", "in_time": "In time", "children": "Known"},
        unprinted=("years",),
    ),
    Definition(
        "adoption_by_month",
        "Adoption, by month",
        "Children adopted, placements with new adopters, decisions that a child should be placed for adoption and "
        "their reversal, and the children who were waiting to be placed at the end of each month.",
        lambda ret, _: derive.adoption_by_month(ret),
        source_of(derive.adoption_by_month),
        needs=("PlacedAdoption",),
        counts=("adopted", "placed", "decided", "reversed", "waiting", "not_judged"),
        constants={"not_judged": ()},
        month="month",
    ),
)

LISTS = (
    children(
        derive.adoptions, "Children adopted", "A row a child adopted in the year, with the days of its way there."
    ),
    children(
        derive.waiting_for_adoption,
        "Children waiting to be placed for adoption",
        "A row a child who should be placed for adoption on the last day of the year, and is not.",
        needs=("PlacedAdoption",),
    ),
)


def ties() -> Iterator[Tie]:
    """The children adopted are the same everywhere; whoever waits is looked after."""
    measure = pl.col("measure")

    def of(name: str, column: str = "adopted") -> Place:
        return Place("adoption_timeliness", column, measure == name)

    every = of(TO_FAMILY)
    for name in (TO_FAMILY_OR_CARER, TO_MATCH, IN_TIME):
        yield Link(every, (of(name),))
    for name in (TO_FAMILY_OR_CARER, IN_TIME):
        for column in ("children", "unknown", "left_out"):
            yield Link(of(TO_FAMILY, column), (of(name, column),))
    yield AtMost((of(TO_FAMILY, "left_out"),), (of(TO_MATCH, "left_out"),))
    yield Link(every, (Place("adoption_by_month", "adopted", pl.lit(value=True)),))
    reasons = (pl.col("kind") == "reason") & pl.col("reason").is_in(ADOPTED)
    yield AtMost((Place("leaving_care_reasons", "children", reasons),), (every,))
    yield AtMost((every,), (Place("leaving_care_reasons", "children", pl.col("kind") == "total"),))
    looked_after = Place("scorecard", "numerator", measure == "looked_after")
    yield AtMost((Place("adoption_by_month", "waiting", pl.lit(value=True)),), (looked_after,), by=("month",))
