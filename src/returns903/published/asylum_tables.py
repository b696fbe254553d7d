"""Children by age and sex, flows by quarter, and tables in which asylum-seeking and other children stand apart.

A table that tells the two apart is a cut of another one: each of its numbers has that one's labels, and with the other
group's it makes up that one's number. What holds between the tables that are cut holds in each group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import polars as pl

from returns903 import derive
from returns903.derive.cuts import UNKNOWN
from returns903.derive.placements import TOTAL
from returns903.published import aggregates, care_tables
from returns903.published.aggregates import ALL
from returns903.published.care_tables import BREAKDOWN, CLAIM, EVERY, IS_TOTAL, SPLIT, broken
from returns903.published.definition import Definition, Options, Pivot, source_of
from returns903.published.untold import only_told
from returns903.returns import Return
from returns903.statistics import AtMost, ColumnTotal, Link, Percentage, Place, RowTotal, Tie

ASYLUM = "asylum"
SHOWN = ("sex", "ethnic_group", "age_band", "placement_group")
"""What the children looked after are broken down by in each group."""
LABELS = {"unaccompanied asylum-seeking": "Unaccompanied asylum-seeking children", "others": "Other children"}
APART = "Unaccompanied asylum-seeking children and others apart, by what they were on the day that is counted."
_FLOWS = {"starts": ("children_started", "again"), "ceasings": ("children_ceased", "before")}
"""Starts and ceasings, with those that are a child's first or last, and the rest."""
FLOW_HELPERS = {rest: pl.col(every) - pl.col(once) for every, (once, rest) in _FLOWS.items()}
FLOW_SUMS = tuple(ColumnTotal(every, parts) for every, parts in _FLOWS.items())


def cut(
    of: Definition,
    name: str,
    make: Callable[[Return, Options], pl.DataFrame],
    shown: pl.Expr = EVERY,
    **other: object,
) -> Definition:
    """A table with asylum-seeking and other children apart.

    Args:
        of: the table that is cut.
        name: what the cut one is called.
        make: how it is made, the column of the group first.
        shown: the rows of it that are shown.
        other: what is told of it in another way than of the table that is cut.
    """
    counts = tuple(column for column in of.counts if column != "not_judged")
    made = replace(
        of,
        name=name,
        title=f"{of.title}: asylum-seeking children and others",
        text=f"The children of the table before. {APART}",
        make=lambda ret, options: (
            make(ret, options).filter(shown, pl.col(ASYLUM) != UNKNOWN).drop("not_judged", strict=False)
        ),
        counts=counts,
        percentages=tuple(replace(p, by=(ASYLUM, *p.by)) if isinstance(p.over, pl.Expr) else p for p in of.percentages),
        row_totals=tuple(replace(sums, by=(ASYLUM, *sums.by), columns=None) for sums in of.row_totals),
        constants={column: (ASYLUM, *by) for column, by in of.constants.items() if column in counts},
        doubt=of.doubt and replace(of.doubt, by=(ASYLUM, *of.doubt.by)),
        marks={"seeking": pl.col(ASYLUM)},
        occurs=None,
        total_from={},
        split=ASYLUM,
        heads=of.split,
        pivot=None,
        labels={**of.labels, **LABELS},
    )
    return replace(made, **other)  # type: ignore[arg-type]


def tables(of: Iterable[Definition]) -> Iterator[Definition]:
    """The tables here, made from those that they cut."""
    named = {each.name: each for each in of}
    yield Definition(
        "age_by_sex",
        "Children looked after on the last day of the year, by age and sex",
        "The children looked after, by age in full years on that day, for each sex. " + CLAIM,
        lambda ret, _: derive.breakdowns(ret, by="sex").filter(BREAKDOWN == "age_band").drop("breakdown", "not_judged"),
        source_of(derive.breakdowns),
        counts=("children",),
        percentages=(Percentage("percent", "children", IS_TOTAL, by=("sex",)),),
        row_totals=(RowTotal(IS_TOTAL, ~IS_TOTAL, by=("sex",)),),
        marks={"of_sex": pl.col("sex")},
        total=IS_TOTAL,
        pivot=Pivot("category", "sex", ("children", "percent")),
        labels=SPLIT,
    )
    yield cut(
        named["breakdowns"],
        "breakdowns_by_asylum",
        lambda ret, _: derive.breakdowns(ret, by=ASYLUM),
        BREAKDOWN.is_in(SHOWN),
    )
    yield cut(
        named["leaving_care_groups"],
        "leaving_groups_by_asylum",
        lambda ret, options: derive.leaving_care_reasons(
            ret, by=["group", ASYLUM], categories=list(options.local_categories)
        ),
    )
    yield cut(
        named["placement_stability"],
        "placement_stability_by_asylum",
        lambda ret, _: derive.placement_stability(ret, by=ASYLUM).drop("known", "assumed", "least", "most"),
    )
    yield cut(
        named["placement_distance"],
        "placement_distance_by_asylum",
        lambda ret, _: only_told(ret, derive.placement_distance(ret, by=ASYLUM)),
        pl.col("location") == TOTAL,
        row_totals=(RowTotal(pl.col("distance") == TOTAL, pl.col("distance") != TOTAL, (ASYLUM,)),),
        unprinted=("location",),
    )
    yield cut(named["health"], "health_by_asylum", lambda ret, _: derive.health(ret, by=ASYLUM))
    yield _flows()


def _flows() -> Definition:
    return Definition(
        "starts_by_quarter",
        "Starts and ceasings by quarter",
        "Every start and every ceasing of the quarter, and how many of them are a child's first start or last ceasing "
        f"of the year. {APART} {CLAIM}",
        lambda ret, _: aggregates.starts_by_quarter(ret),
        source_of(derive.starts_and_ceasings),
        counts=("starts", "children_started", "ceasings", "children_ceased"),
        row_totals=(RowTotal(pl.col(ASYLUM) == ALL, pl.col(ASYLUM) != ALL, by=("quarter",)),),
        column_totals=FLOW_SUMS,
        helpers=FLOW_HELPERS,
        marks={"seeking": pl.col(ASYLUM), "of_year": pl.col("quarter").rank("dense") - 1},
        heads=ASYLUM,
        month="quarter",
        months=3,
        labels={ALL: "All children", **LABELS},
        headings={"children_started": "Children: first start", "children_ceased": "Children: last ceasing"},
    )


CUT = {
    "breakdowns": "breakdowns_by_asylum",
    "leaving_care_groups": "leaving_groups_by_asylum",
    "placement_stability": "placement_stability_by_asylum",
    "placement_distance": "placement_distance_by_asylum",
    "health": "health_by_asylum",
}
"""The tables that are cut, and what the cut ones are called."""
_WHOLE = {"breakdowns": BREAKDOWN.is_in(SHOWN), "placement_distance": pl.col("location") == TOTAL}
"""The rows that are in both, where the cut one has fewer."""
_NUMBERS = {
    "breakdowns": (("children",), ("breakdown", "category")),
    "leaving_care_groups": (("children",), ("kind", "category", "group")),
    "placement_stability": (("denominator", "children", "others", "unknown"), ("measure",)),
    "placement_distance": (("children",), ("distance", "location")),
    "health": (("children", "unknown"), ("measure", "category")),
}
"""The numbers of both, and the labels by which they belong together."""
_IN_BOTH = frozenset(("breakdown", "category", "measure", "kind"))
"""The labels by which a tie among the tables that are cut takes them."""


def ties(among: Iterable[Tie]) -> Iterator[Tie]:
    """Both groups make up the table that is cut; each adds up by itself, and keeps the ties among those that are."""
    for whole, name in CUT.items():
        columns, by = _NUMBERS[whole]
        for column in columns:
            yield Link(Place(whole, column, _WHOLE.get(whole, EVERY)), (Place(name, column, EVERY),), by)
    yield from _in_groups(among)
    yield from _totals()
    yield from _by_age()
    yield from _by_quarter()


def _in_groups(of: Iterable[Tie]) -> Iterator[Tie]:
    """The ties among tables that are cut, in each group."""

    def there(places: tuple[Place, ...]) -> tuple[Place, ...]:
        return tuple(replace(place, table=CUT[place.table]) for place in places)

    for tie in of:
        sides = ((tie.total,), tie.parts) if isinstance(tie, Link) else tie.sides
        every = [place for side in sides for place in side]
        if _IN_BOTH.issuperset(tie.by) and all(
            place.table in CUT and place.column in _NUMBERS[place.table][0] for place in every
        ):
            left, right = map(there, sides)
            by = (*tie.by, ASYLUM)
            if isinstance(tie, Link):
                yield Link(left[0], right, by)
            else:
                yield (
                    AtMost(left, right, by) if isinstance(tie, AtMost) else replace(tie, left=left, right=right, by=by)
                )


def _totals() -> Iterator[Tie]:
    """How many children there are in each group is told by the tables that break them down."""
    kind, group = pl.col("kind"), BREAKDOWN == ASYLUM
    here, started, left = (Place(name, "children", group & ~IS_TOTAL) for name in care_tables.BROKEN_DOWN)
    seeking = ("seeking",)
    yield Link(here, (Place("breakdowns_by_asylum", "children", (BREAKDOWN == "sex") & IS_TOTAL),), seeking)
    yield Link(left, (Place("leaving_groups_by_asylum", "children", kind == TOTAL),), seeking)
    yield Link(started, (Place("starts_by_quarter", "children_started", EVERY),), seeking)
    yield Link(left, (Place("starts_by_quarter", "children_ceased", EVERY),), seeking)


def _by_age() -> Iterator[Tie]:
    yield Link(broken("breakdowns", "age_band", EVERY), (Place("age_by_sex", "children", EVERY),), ("category",))
    yield Link(broken("breakdowns", "sex", ~IS_TOTAL), (Place("age_by_sex", "children", IS_TOTAL),), ("of_sex",))


def _by_quarter() -> Iterator[Tie]:
    every = pl.col(ASYLUM) == ALL
    for column in ("starts", "children_started", "ceasings", "children_ceased"):
        months = Place("starts_and_ceasings", column, EVERY)
        yield Link(Place("starts_by_quarter", column, every), (months,), ("of_year",))
