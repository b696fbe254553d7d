"""The derived tables with a row a child, period, run or review: they hold identifiers."""

from __future__ import annotations

from returns903 import derive
from returns903.published.definition import Definition, source_of

TABLES = (
    Definition(
        "periods_of_care",
        "Periods of care",
        "A child's episodes in order, chained while the next begins on the day the one before ended and that one "
        "ended with X1. Those that touch the year; short breaks too, marked as respite.",
        lambda ret, _: derive.periods_of_care(ret),
        source_of(derive.periods_of_care),
        child_level=True,
    ),
    Definition(
        "legal_status_runs",
        "Legal status runs",
        "Within each period of care, neighbouring episodes with one legal status merged. Those that touch the year.",
        lambda ret, _: derive.legal_status_runs(ret),
        source_of(derive.legal_status_runs),
        child_level=True,
    ),
    Definition(
        "placement_runs",
        "Placements",
        "Within each period of care, neighbouring episodes in one placement merged; temporary placements and short "
        "breaks left out. Those that touch the year.",
        lambda ret, _: derive.placement_runs(ret),
        source_of(derive.placement_runs),
        child_level=True,
    ),
    Definition(
        "looked_after_on",
        "Children looked after on the last day of the year",
        "A row a child with an episode that began on or before the last day of the year and had not ended by its "
        "close, short breaks (V3 and V4) left out.",
        lambda ret, _: derive.looked_after_on(ret, ret.year.end),
        source_of(derive.looked_after_on),
        child_level=True,
    ),
    Definition(
        "started_in_year",
        "Children who started to be looked after",
        "A row a child with a start of care in the year, as on the day of the first one; short breaks left out.",
        lambda ret, _: derive.started_in_year(ret),
        source_of(derive.started_in_year),
        child_level=True,
    ),
    Definition(
        "leaving_care",
        "Children who left care",
        "A row a child who ceased to be looked after in the year, as at the last ceasing; short breaks left out.",
        lambda ret, _: derive.leaving_care(ret),
        source_of(derive.leaving_care),
        child_level=True,
    ),
    Definition(
        "reviews_due",
        "Reviews due",
        "The chain of statutory due dates of each period of care, each counted from the review held before it; short "
        "breaks left out.",
        lambda ret, _: derive.reviews_due(ret),
        source_of(derive.reviews_due),
        child_level=True,
        needs=("Reviews",),
    ),
    Definition(
        "reviews_held",
        "Reviews held",
        "Each review row of the year with its due date, kind, state and participation.",
        lambda ret, _: derive.reviews_held(ret),
        source_of(derive.reviews_held),
        child_level=True,
        needs=("Reviews",),
    ),
    Definition(
        "annex_a_looked_after",
        "Inspection list: children looked after",
        "A row a child looked after on the last day of the year, with what inspectors ask of each: care, placement, "
        "number of placements, latest review, absences and health.",
        lambda ret, _: derive.annex_a_looked_after(ret),
        source_of(derive.annex_a_looked_after),
        child_level=True,
    ),
    Definition(
        "annex_a_left",
        "Inspection list: children who left care",
        "A row a child who ceased to be looked after in the year, with what inspectors ask of each.",
        lambda ret, _: derive.annex_a_left(ret),
        source_of(derive.annex_a_left),
        child_level=True,
    ),
    Definition(
        "annex_a_care_leavers",
        "Inspection list: care leavers",
        "Each row of the table of care leavers, with age, contact, activity and accommodation.",
        lambda ret, _: derive.annex_a_care_leavers(ret),
        source_of(derive.annex_a_care_leavers),
        child_level=True,
        needs=("OC3",),
    ),
    Definition(
        "annex_a_adoption",
        "Inspection list: children with a plan for adoption",
        "A row a child for whom adoption was decided, sought or done: decision, order, match, placement and adoption.",
        lambda ret, _: derive.annex_a_adoption(ret),
        source_of(derive.annex_a_adoption),
        child_level=True,
    ),
)
