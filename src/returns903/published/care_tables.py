"""The tables of who was in care in the year, why and how long, and of starts and ceasings; what their numbers share."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import polars as pl

from returns903 import derive
from returns903.derive.cuts import BROADER
from returns903.derive.in_year import NEED_MEASURES
from returns903.published.definition import Definition, Pivot, source_of
from returns903.returns import Return
from returns903.statistics import Alike, AtMost, ColumnTotal, Link, Percentage, Place, RowTotal, Tie

BREAKDOWN, CATEGORY, MEASURE, LENGTH = (pl.col(name) for name in ("breakdown", "category", "measure", "length"))
IS_TOTAL = CATEGORY == "total"
EVERY = pl.lit(value=True)
CLAIM = "Short breaks (V3 and V4) are left out."
SPLIT = {
    "sex": "By sex",
    "ethnicity": "By ethnic background",
    "ethnic_group": "By broad ethnic group",
    "age_band": "By age",
    "year_of_age": "By single year of age",
    "placement_group": "By placement",
    "legal_status_group": "By legal status",
    "asylum": "Unaccompanied asylum-seeking children",
    "male": "Boys",
    "female": "Girls",
}
"""What the parts of tables of breakdowns are called."""
OF_ALL = Percentage("percent", "children", IS_TOTAL, by=("breakdown",))
BY_BREAKDOWN = RowTotal(IS_TOTAL, ~IS_TOTAL, by=("breakdown",))
_DETAIL = ("ethnicity", "year_of_age")
WIDER = {"broader": pl.when(BREAKDOWN.is_in(_DETAIL)).then(CATEGORY.replace(BROADER)).otherwise("category")}
"""The mark by which ethnicities belong to their broad group, and single years of age to their band."""
BROKEN_DOWN = ("breakdowns", "started_breakdowns", "leaving_breakdowns")
"""The tables of breakdowns."""
IN_YEAR = ("sex", "ethnic_group", "age_band", "asylum")
"""What is published of the children looked after in the year."""

ON_THE_DAY = ("length_of_care", "length_of_placement", "placements_by_code", "distance_from_home")
"""Tables that count the rows not judged as `breakdowns` does."""
FIRST = pl.int_range(pl.len()) == 0

_MEASURE_TOTAL = LENGTH == "total"
_LENGTHS = {
    "looked_after": "Children looked after on the last day of the year",
    "ceased": "Children who ceased to be looked after in the year",
    "current": "The placements of children looked after on the last day of the year",
    "ended": "Placements that ended in the year",
}


def lengths(make: Callable[[Return], pl.DataFrame], title: str, says: str, counted: str) -> Definition:
    """A table of lengths, of care or of placements; of how many the start is unknown is told of all of them alone."""
    return Definition(
        make.__name__,
        title,
        says,
        lambda ret, _: make(ret).with_columns(start_unknown=pl.when(_MEASURE_TOTAL).then("start_unknown")),
        source_of(make),
        counts=(counted, "start_unknown", "not_judged"),
        percentages=(
            Percentage("percent", counted, _MEASURE_TOTAL, by=("measure",)),
            Percentage("mean_days", counted),
            Percentage("median_days", counted),
        ),
        row_totals=(RowTotal(_MEASURE_TOTAL, ~_MEASURE_TOTAL, by=("measure",), columns=(counted,)),),
        column_totals=(ColumnTotal(counted, ("start_unknown", "sure")),),
        helpers={"sure": pl.col(counted) - pl.col("start_unknown")},
        constants={"not_judged": ()},
        total=_MEASURE_TOTAL,
        split="measure",
        labels=_LENGTHS,
        headings={
            "start_unknown": "Of those, at least so long",
            "mean_days": "Mean, days",
            "median_days": "Median, days",
        },
    )


TABLES = (
    Definition(
        "looked_after_in_year",
        "Children looked after at any time in the year",
        "Each child who was looked after on a day of the year, counted once: those of its last day, and those who left "
        "in it. Age, legal status and placement are those on the last day of the year, or on the day the child left. "
        + CLAIM,
        lambda ret, _: derive.looked_after_in_year(ret).filter(BREAKDOWN.is_in(IN_YEAR)),
        source_of(derive.looked_after_in_year),
        counts=("children", "not_judged"),
        percentages=(OF_ALL,),
        row_totals=(RowTotal(IS_TOTAL, ~IS_TOTAL, by=("breakdown",), columns=("children",)),),
        constants={"not_judged": ()},
        total=IS_TOTAL,
        split="breakdown",
        labels=SPLIT,
    ),
    Definition(
        "category_of_need",
        "Why children are looked after",
        "The main need for which a child came into care: of the children looked after on the last day of the year, of "
        "those who started in it and of those who left in it, each child once. " + CLAIM,
        lambda ret, _: derive.category_of_need(ret),
        source_of(derive.category_of_need),
        counts=("children",),
        percentages=(Percentage("percent", "children", IS_TOTAL, by=("measure",)),),
        row_totals=(RowTotal(IS_TOTAL, ~IS_TOTAL, by=("measure",)),),
        total=IS_TOTAL,
        pivot=Pivot("category", "measure", ("children", "percent")),
    ),
    lengths(
        derive.length_of_care,
        "How long children have been in care",
        "The length of the present period of care, or of the one that ended, from its start. Of some the return does "
        "not show the start: they have been in care at least so long. " + CLAIM,
        "children",
    ),
    Definition(
        "starts_and_ceasings",
        "Starts and ceasings by month",
        "Every start and every ceasing of the month, and how many of them are a child's first start or last ceasing of "
        "the year. " + CLAIM,
        lambda ret, _: derive.starts_and_ceasings(ret).drop("net", "starts_rate", "ceasings_rate"),
        source_of(derive.starts_and_ceasings),
        counts=("starts", "children_started", "ceasings", "children_ceased", "not_judged"),
        column_totals=(
            ColumnTotal("starts", ("children_started", "again")),
            ColumnTotal("ceasings", ("children_ceased", "before")),
        ),
        helpers={
            "again": pl.col("starts") - pl.col("children_started"),
            "before": pl.col("ceasings") - pl.col("children_ceased"),
        },
        constants={"not_judged": ()},
        marks={"of_year": (pl.col("month").rank("dense") - 1) // 3},
        month="month",
        headings={
            "children_started": "Children: first start",
            "children_ceased": "Children: last ceasing",
        },
    ),
)


def broken(table: str, name: str, rows: pl.Expr = IS_TOTAL) -> Place:
    """The children of a breakdown in a table of breakdowns."""
    return Place(table, "children", (BREAKDOWN == name) & rows)


HERE, STARTED, LEFT = (broken(name, "sex") for name in BROKEN_DOWN)


def ties() -> Iterator[Tie]:
    """What the numbers of these tables are to each other and to those of other tables."""
    for table in BROKEN_DOWN:
        for wide, detail in (("ethnic_group", "ethnicity"), ("age_band", "year_of_age")):
            yield Link(broken(table, wide, EVERY), (broken(table, detail, EVERY),), by=("broader",))
    for table in ON_THE_DAY:
        yield Link(Place("breakdowns", "not_judged", FIRST), (Place(table, "not_judged", FIRST),))
    yield from _in_year()
    yield from _measures()
    yield from _months()


def _in_year() -> Iterator[Tie]:
    """Who was looked after in the year is looked after on its last day or has left; most are not both."""
    table = "looked_after_in_year"
    for name in IN_YEAR:
        yield Link(broken(table, "sex"), (broken(table, name),))
    part = ("breakdown", "category")
    here, started, left = (Place(name, "children", BREAKDOWN.is_in(IN_YEAR)) for name in BROKEN_DOWN)
    same = BREAKDOWN.is_in(["sex", "ethnic_group"])
    every, alike = Place(table, "children", EVERY), Place(table, "children", same)
    yield AtMost((here,), (every,), by=part)
    yield Alike((every,), (here, left), by=part)
    for some in (started, left):
        yield AtMost((Place(some.table, "children", same),), (alike,), by=part)


def _measures() -> Iterator[Tie]:
    """Each measure is about children that another table counts."""
    for measure, total in zip(NEED_MEASURES, (HERE, STARTED, LEFT), strict=True):
        yield Link(total, (Place("category_of_need", "children", (MEASURE == measure) & IS_TOTAL),))
    for measure, total in (("looked_after", HERE), ("ceased", LEFT)):
        yield Link(total, (Place("length_of_care", "children", (MEASURE == measure) & _MEASURE_TOTAL),))


def _months() -> Iterator[Tie]:
    """The starts and ceasings of the scorecard, month by month."""
    for measure, column in (("started", "children_started"), ("ceased", "children_ceased")):
        card = Place("scorecard", "numerator", MEASURE == measure)
        yield Link(card, (Place("starts_and_ceasings", column, EVERY),), by=("month",))
