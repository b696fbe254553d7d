"""The tables about reviews: whether they were on time, and how children took part in them."""

from __future__ import annotations

import polars as pl

from returns903 import codes, derive
from returns903.published import aggregates
from returns903.published.care_tables import CLAIM, SPLIT
from returns903.published.definition import Definition, source_of
from returns903.published.doubted import Doubt
from returns903.statistics import ColumnTotal, Percentage, RowTotal

BREAKDOWN, MEASURE = pl.col("breakdown"), pl.col("measure")
ASSUMED = {"assumed": "With assumed due dates", "unknown": "May belong here besides"}
MAY_LIE_HERE = {"due": "Due, as far as known", "assumed": "May have been due besides"}
PARTS = ("kind", "asylum", "age_band", "legal_status_group", "basis")
"""What `review_timeliness` is broken down by."""
_HOW = {code: f"{code}: {entry.label[0].lower()}{entry.label[1:]}" for code, entry in codes.REVIEW_CODE.items()}
_TAKING_PART = _HOW | {
    "review": "By review",
    "child": "By child: the last review of the year",
    "code": "By participation code",
    "child_every_review": "By child: every review of the year",
    "looked_after_every_review": "By child looked after on the last day for four weeks: every review of the year",
}
_TOOK_PART = ["code:PN1", "code:PN2", "code:PN3", "code:PN5", "code:PN6"]
_ATTENDED = ["code:PN1", "code:PN2", "code:PN3", "code:PN4"]
_NEVER_UNKNOWN = ["kind:unknown", "basis:unknown", "asylum:unknown"]
"""What a child or review that is judged has in any case."""
_JUDGED = ("denominator", "on_time", "late", "missed", "held_late", "assumed", "sure")
_SAYS_NOTHING = BREAKDOWN.str.ends_with(":unknown") | (BREAKDOWN == "all")
"""Where the rows stand that nothing is known of but that they are there."""
_CODES = BREAKDOWN.str.starts_with("code:")

TABLES = (
    Definition(
        "review_timeliness",
        "Reviews on time",
        "Due dates are counted from the review actually held before: the first review by the 20th working day, the "
        "second 3 months after the first, then every 6 months; placed for adoption 28 days, 3 months, then 6. By "
        "child: of those looked after on the last day of the year and in care for at least 20 working days, a child "
        "is on time only if every review that fell due in the year was: one late review counts for good. By review: "
        "of those held in the year, and of those that fell due in it. The three answer different questions and need "
        "not agree. Where the history is not at hand, due dates are assumed, and counted apart as such. " + CLAIM,
        lambda ret, _: derive.review_timeliness(ret).drop("known", "least", "most"),
        source_of(derive.reviews_due),
        needs=("Reviews",),
        counts=("denominator", "on_time", "late", "missed", "assumed", "unknown", "not_judged"),
        percentages=(Percentage("percent", "on_time", "denominator"),),
        row_totals=tuple(
            RowTotal(BREAKDOWN == "all", BREAKDOWN.str.starts_with(f"{part}:"), by=("measure",)) for part in PARTS
        ),
        column_totals=(
            ColumnTotal("denominator", ("on_time", "late")),
            ColumnTotal("late", ("missed", "held_late")),
            ColumnTotal("denominator", ("assumed", "sure")),
        ),
        helpers={"held_late": pl.col("late") - pl.col("missed"), "sure": pl.col("denominator") - pl.col("assumed")},
        doubt=Doubt("percent", "on_time", "denominator", "assumed", "unknown", by=("measure",)),
        total=BREAKDOWN == "all",
        split="measure",
        never=(
            (BREAKDOWN.is_in(_NEVER_UNKNOWN), _JUDGED),
            (MEASURE == "reviews_held", ("missed", "unknown")),
            (BREAKDOWN == "basis:known", ("assumed", "unknown")),
            (BREAKDOWN == "basis:assumed", ("sure", "unknown")),
            ((MEASURE != "reviews_held") & ~_SAYS_NOTHING, ("not_judged",)),
            (BREAKDOWN.str.contains("^(kind|legal_status_group|basis):") & ~_SAYS_NOTHING, ("not_judged",)),
        ),
        marks={"part": BREAKDOWN},
        labels={
            "child": "By child",
            "reviews_held": "By review: those held in the year",
            "reviews_due": "By review: those that fell due in the year",
        }
        | SPLIT,
        headings={"child.denominator": "Children", "denominator": "Reviews"} | ASSUMED,
    ),
    Definition(
        "reviews_by_month",
        "Reviews on time, by month",
        "The reviews that fell due in each month, and how many of them were held on or before their due date. Reviews "
        "whose due date is assumed are counted beside, in each month in which it may lie. " + CLAIM,
        lambda ret, _: aggregates.reviews_by_month(ret),
        source_of(derive.reviews_due),
        needs=("Reviews",),
        counts=("due", "on_time", "late", "assumed"),
        doubt=Doubt("percent", "on_time", "due", unknown="assumed"),
        headings=MAY_LIE_HERE,
        percentages=(Percentage("percent", "on_time", "due"),),
        column_totals=(ColumnTotal("due", ("on_time", "late")),),
        marks={"of_year": (pl.col("month").rank("dense") - 1) // 3},
        month="month",
    ),
    Definition(
        "reviews_by_quarter",
        "Reviews on time, by quarter and kind",
        "The reviews of the table by month; those after a placement for adoption are taken together.",
        lambda ret, _: aggregates.reviews_by_quarter(ret),
        source_of(derive.reviews_due),
        needs=("Reviews",),
        counts=("due", "on_time", "late", "assumed"),
        percentages=(Percentage("percent", "on_time", "due"),),
        row_totals=(RowTotal(pl.col("kind") == "all", pl.col("kind") != "all", by=("quarter",)),),
        doubt=Doubt("percent", "on_time", "due", unknown="assumed"),
        headings=MAY_LIE_HERE,
        column_totals=(ColumnTotal("due", ("on_time", "late")),),
        total=pl.col("kind") == "all",
        heads="kind",
        month="quarter",
        months=3,
        marks={"of_year": pl.col("quarter").rank("dense") - 1},
        labels={
            "initial": "First reviews",
            "second": "Second reviews",
            "subsequent": "Subsequent reviews",
            "adoption": "After a placement for adoption",
            "all": "All reviews",
        },
    ),
    Definition(
        "reviews_up_to_date",
        "Reviews up to date at each month's end",
        "Of the children looked after at the close of the month's last day, those with no review owing: a review is "
        "owing from the close of its due date until it is held. " + CLAIM,
        lambda ret, _: derive.reviews_up_to_date(ret).drop("known", "unknown", "least", "most"),
        source_of(derive.reviews_due),
        needs=("Reviews",),
        counts=("children", "up_to_date", "overdue", "assumed", "not_judged"),
        percentages=(Percentage("percent", "up_to_date", "children"),),
        column_totals=(
            ColumnTotal("children", ("up_to_date", "overdue")),
            ColumnTotal("children", ("assumed", "sure")),
        ),
        helpers={"sure": pl.col("children") - pl.col("assumed")},
        marks={"month": pl.col("as_at")},
        month="as_at",
        if_hidden="c: so few children had a review owing that their number is not told, nor how many were up to date; "
        "or theirs could be worked out from this month's.",
        headings=ASSUMED,
        doubt=Doubt("percent", "up_to_date", "children", "assumed", is_assumed_true=True),
    ),
    Definition(
        "review_participation",
        "How children took part in their reviews",
        "Reviews of children aged 4 and over, by participation code. PN1, PN2, PN3, PN5 and PN6 say that the child "
        "took part, PN1 to PN4 that the child attended. By child: as in the last review of the year, or in every one "
        "of them; and this of those looked after on the last day of the year for four weeks. " + CLAIM,
        lambda ret, _: derive.review_participation(ret),
        source_of(derive.review_participation),
        needs=("Reviews",),
        counts=("denominator", "count", "under_4", "not_judged"),
        percentages=(Percentage("percent", "count", BREAKDOWN == "all", by=("measure",)),),
        column_totals=(ColumnTotal("denominator", ("count",)),),
        row_totals=tuple(
            RowTotal(total, parts, by=("measure",), columns=("count",))
            for total, parts in (
                (BREAKDOWN == "all", _CODES),
                (BREAKDOWN == "all", BREAKDOWN.is_in(["taken_part", "not_taken_part"])),
                (BREAKDOWN == "all", BREAKDOWN.is_in(["attended", "not_attended"])),
                (BREAKDOWN == "taken_part", BREAKDOWN.is_in(_TOOK_PART)),
                (BREAKDOWN == "not_taken_part", _CODES & ~BREAKDOWN.is_in(_TOOK_PART)),
                (BREAKDOWN == "attended", BREAKDOWN.is_in(_ATTENDED)),
                (BREAKDOWN == "not_attended", _CODES & ~BREAKDOWN.is_in(_ATTENDED)),
            )
        ),
        constants=dict.fromkeys(("denominator", "under_4", "not_judged"), ("measure",)),
        total=BREAKDOWN == "all",
        split="measure",
        labels=_TAKING_PART,
        headings={"under_4": "Under 4", "denominator": "Aged 4 and over", "count": "Number"},
    ),
)
