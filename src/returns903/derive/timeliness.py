"""Whether reviews were on time, in both forms in use side by side: by child and by review."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from returns903.derive.care import all_periods, looked_after, unplaced
from returns903.derive.counts import APART, percent, ranged
from returns903.derive.cuts import CUTS, UNKNOWN, By, crossed, cut, cuts_of, in_order, tally
from returns903.derive.declared import count, derived, share, text
from returns903.derive.population import doubtful
from returns903.derive.reviews import at_reviews, held_in, undated_reviews
from returns903.derive.reviews_due import BASES, KINDS, every_step, twentieth_working_day
from returns903.derive.windows import Period, Window, window
from returns903.returns import Return

MEASURES = ("child", "reviews_held", "reviews_due")
ALL = "all"
BY_CHILD = ("asylum", "age_band", "legal_status_group")
BREAKDOWNS = {
    "kind": (*KINDS, UNKNOWN),
    **{name: CUTS[name].shown for name in BY_CHILD},
    "basis": (*BASES, UNKNOWN),
}
"""The breakdowns and the rows of each, in order; a child has no `kind`."""

TIMELY = {
    "measure": text("what is counted", values=MEASURES),
    "breakdown": text("all, or a row of `BREAKDOWNS` like kind:initial; unknown: the return does not say"),
    "denominator": count("on_time and late"),
    "on_time": count("held by the due date"),
    "late": count("not held by the due date, whether held later or not"),
    "missed": count("of late: not held by the end of the period or of the year; for a child, with such a review"),
    "percent": share("on time"),
    **APART,
    "not_judged": count("rows of the return left out of the measure, below"),
}

_ITEM = ("child", "key", "day", "kind", "basis", "state")
"""What is counted: a child or a review, its day, and its state (`UNSURE`: whether it belongs); null: not judged."""
UNSURE = "unsure"
_JUDGED = pl.when(pl.col("state") != "not_judged").then("state")
COUNTS = {
    "on_time": (pl.col("state") == "on_time").sum(),
    "late": pl.col("state").is_in(["late", "missed"]).sum(),
    "missed": (pl.col("state") == "missed").sum(),
    "assumed": ((pl.col("basis") == "assumed") & (pl.col("state") != UNSURE)).sum(),
    "sure": ((pl.col("basis") == "known") & (pl.col("state") == "on_time")).sum(),
    "unknown": (pl.col("state") == UNSURE).sum(),
    "not_judged": pl.col("state").null_count(),
}


@derived("measure and breakdown", TIMELY, key=["measure", "breakdown"], by=CUTS)
def review_timeliness(ret: Return, *, adoption: bool = True, period: Period | None = None, by: By = ()) -> pl.DataFrame:
    """How many reviews were on time, by child and by review, in all and broken down.

    Three measures, each by its own name; they answer different questions and need not agree:

    * `child`: the children looked after on the last day of the year, respite apart, whose period of care had lasted 20
      working days by then. A child is on time only if every review that fell due in the year in that period was held on
      or before its due date; one late review counts for good. A child with no review due in the year is on time.
    * `reviews_held`: the reviews held in the year, respite apart, those of one child and day as one.
    * `reviews_due`: the reviews that fell due in the year while the period of care lasted, respite apart.

    A review is assumed where its due date is. So is a child where no review with a known due date in the year was late,
    and the due date of one that is assumed may lie in it: on any day up to the one that `reviews_due` gives. Unknown
    are, of children, those of whom it is not known whether the 20 working days were over; of reviews due, those whose
    assumed due date lies after the year or the period of care, while the right one may lie in them. A review that was
    held before the year and so ahead of a due date in it is counted where it is known, and in no range.

    Args:
        ret: the return.
        adoption: whether a placement for adoption and a placement order start their own clocks, as in `reviews_due`.
        period: first and last day, instead of the year's: reviews held and due in it, children looked after on its last
            day. A review that fell due in it is missed if it was not held by the end of the year.
        by: what the table is cut by, any of `CUTS`.

    Returns:
        {columns}

        Those of nobody are shown too, in the order of `MEASURES` and `BREAKDOWNS`. Age, legal status and asylum flag
        are those of the last day of the year, the day of the review, or the due date. The rows of each breakdown add up
        to `all` in every count. not_judged counts, for `child`, this return's episodes that may or may not have lasted
        on the last day, as in `legal_status_on`; for `reviews_due`, its episodes without CHILD or a readable DECOM; for
        both, besides, its reviews without CHILD or a readable date; for `reviews_held`, the reviews that `reviews_held`
        does not judge, respite and repeats apart. In the breakdowns such rows are unknown, but for reviews of a child
        and a day; where the table is cut, they are in the groups of their child and episode, as far as these are known.

    Raises:
        ConfigError: it cannot be cut so; the period is none, or reaches beyond the returns at hand; the package
            `holidays` is not installed.

    Source: `child` is the form of the former national indicator 66 (children's cases reviewed within timescales); the
    reviews are those of local annual reports of independent reviewing services.
    """
    steps, days, cuts = every_step(ret, adoption=adoption), window(ret, period), cuts_of(by)
    held = held_in(ret, period, adoption=adoption).with_columns(day="review", state=_JUDGED)
    undated, misplaced = undated_reviews(ret), unplaced(ret).with_columns(day="decom")
    counted = {
        "child": (_children(ret, steps, days), [doubtful(ret, days.last), undated]),
        "reviews_held": (held, []),
        "reviews_due": (_due(steps, days), [misplaced, undated]),
    }
    names = tuple(dict.fromkeys((*BY_CHILD, *cuts)))
    found = [
        _measured(name, cut(ret, _with_doubts(at_reviews(ret, items.select(_ITEM)), doubts), names), cuts)
        for name, (items, doubts) in counted.items()
    ]
    return in_order(pl.concat(found), cuts)


def _with_doubts(items: pl.DataFrame, doubts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """The items, and rows of the return that may be one: nothing is known of them but whose they are."""
    rows = [each.select("child", "day", "episode", unplaced=pl.lit(value=True)) for each in doubts]
    return pl.concat([items.with_columns(unplaced=pl.lit(value=False)), *rows], how="diagonal")


def _children(ret: Return, steps: pl.DataFrame, days: Window) -> pl.DataFrame:
    starts = all_periods(ret).select("key", "start_known", recent=twentieth_working_day(pl.col("start")) > days.last)
    states = steps.filter(_may_fall_due(days)).group_by("key").agg(**_of_child(days))
    return (
        looked_after(ret, days.last)
        .select("child", key="period")
        .join(starts, on="key", how="left", maintain_order="left")
        .filter(~(pl.col("recent") & pl.col("start_known")))
        .join(states, on="key", how="left", maintain_order="left")
        .with_columns(
            day=pl.lit(days.last),
            kind=pl.lit(None, pl.String),
            state=pl.when("recent").then(pl.lit(UNSURE)).otherwise(pl.col("state").fill_null("on_time")),
            basis=pl.when(~pl.col("recent")).then(pl.col("basis").fill_null("known")),
        )
    )


def _may_fall_due(days: Window) -> pl.Expr:
    """Whether a due date lies in the window, or may lie in it: if it is assumed, on any day from since to due."""
    last = pl.when(pl.col("since").is_not_null()).then(pl.min_horizontal("due", "end")).otherwise("due")
    return (pl.col("since").fill_null(pl.col("due")) <= days.last) & (last >= days.first)


def _of_child(days: Window) -> dict[str, pl.Expr]:
    """Of the reviews that may have fallen due: the worst that did, and whether it would be the same with all known."""
    missed, late = (days.holds("due") & (pl.col("state") == state) for state in ("missed", "late"))
    known = pl.col("basis") == "known"
    return {
        "state": pl.when(missed.any()).then(pl.lit("missed")).when(late.any()).then(pl.lit("late")),
        "basis": pl.when(((missed | late) & known).any() | known.all())
        .then(pl.lit("known"))
        .otherwise(pl.lit("assumed")),
    }


def _due(steps: pl.DataFrame, days: Window) -> pl.DataFrame:
    """The reviews that fell due, and those that may have: as of the last day on which they can."""
    counted = pl.col("listed") & pl.col("owed") & days.holds("due")
    return steps.filter(_may_fall_due(days) & (counted | pl.col("since").is_not_null())).with_columns(
        day=pl.when(counted).then("due").otherwise(pl.min_horizontal("due", "end", pl.lit(days.last))),
        state=pl.when(counted).then("state").otherwise(pl.lit(UNSURE)),
        basis=pl.when(counted).then("basis"),
    )


def _measured(measure: str, items: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    names = [name for name in BREAKDOWNS if not (measure == "child" and name == "kind")]
    everyone = _counted(items, by, pl.lit(ALL), [ALL]).rename({"category": "breakdown"})
    parts = [
        _counted(items, by, _category(name), BREAKDOWNS[name]).select(
            *by, pl.format("{}:{}", pl.lit(name), "category").alias("breakdown"), *COUNTS
        )
        for name in names
    ]
    counts = pl.concat([everyone, *parts]).with_columns(denominator=pl.col("on_time") + pl.col("late"))
    return counts.with_columns(
        measure=pl.lit(measure),
        percent=percent("on_time", "denominator"),
        **ranged(pl.col("sure"), "denominator"),
    )


def _category(name: str) -> pl.Expr:
    return pl.when(~pl.col("unplaced")).then(name).fill_null(UNKNOWN)


def _counted(items: pl.DataFrame, by: Sequence[str], category: pl.Expr, shown: Sequence[str]) -> pl.DataFrame:
    return tally(items.select(*by, "state", "basis", category=category), by, crossed(category=shown), **COUNTS)
