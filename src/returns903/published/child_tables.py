"""The derived tables with a row a child, period, run or review: they hold identifiers."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from returns903 import derive
from returns903.published.definition import Definition, Options, source_of
from returns903.returns import Return


def children(
    of: Callable[..., pl.DataFrame],
    title: str,
    text: str,
    *,
    needs: tuple[str, ...] = (),
    make: Callable[[Return, Options], pl.DataFrame] | None = None,
) -> Definition:
    """A derived table with a row a child or the like, made by its function unless it is said how."""
    made = make or (lambda ret, _: of(ret))
    return Definition(of.__name__, title, text, made, source_of(of), child_level=True, needs=needs)


TABLES = (
    children(
        derive.periods_of_care,
        "Periods of care",
        "A child's episodes in order, chained while the next begins on the day the one before ended and that one "
        "ended with X1. Those that touch the year; short breaks too, marked as respite.",
    ),
    children(
        derive.legal_status_runs,
        "Legal status runs",
        "Within each period of care, neighbouring episodes with one legal status merged. Those that touch the year.",
    ),
    children(
        derive.placement_runs,
        "Placements",
        "Within each period of care, neighbouring episodes in one placement merged; temporary placements and short "
        "breaks left out. Those that touch the year.",
    ),
    children(
        derive.looked_after_on,
        "Children looked after on the last day of the year",
        "A row a child with an episode that began on or before the last day of the year and had not ended by its "
        "close, short breaks (V3 and V4) left out.",
        make=lambda ret, _: derive.looked_after_on(ret, ret.year.end),
    ),
    children(
        derive.started_in_year,
        "Children who started to be looked after",
        "A row a child with a start of care in the year, as on the day of the first one; short breaks left out.",
    ),
    children(
        derive.leaving_care,
        "Children who left care",
        "A row a child who ceased to be looked after in the year, as at the last ceasing; short breaks left out.",
    ),
    children(
        derive.reviews_due,
        "Reviews due",
        "The chain of statutory due dates of each period of care, each counted from the review held before it; short "
        "breaks left out.",
        needs=("Reviews",),
    ),
    children(
        derive.reviews_held,
        "Reviews held",
        "Each review row of the year with its due date, kind, state and participation.",
        needs=("Reviews",),
    ),
    children(
        derive.annex_a_looked_after,
        "Inspection list: children looked after",
        "A row a child looked after on the last day of the year, with what inspectors ask of each: care, placement, "
        "number of placements, latest review, absences and health.",
    ),
    children(
        derive.annex_a_left,
        "Inspection list: children who left care",
        "A row a child who ceased to be looked after in the year, with what inspectors ask of each.",
    ),
    children(
        derive.annex_a_care_leavers,
        "Inspection list: care leavers",
        "Each row of the table of care leavers, with age, contact, activity and accommodation.",
        needs=("OC3",),
    ),
    children(
        derive.annex_a_adoption,
        "Inspection list: children with a plan for adoption",
        "A row a child for whom adoption was decided, sought or done: decision, order, match, placement and adoption.",
    ),
)
