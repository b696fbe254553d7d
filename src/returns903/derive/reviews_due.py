"""When each review of a child's case was due, counted from the review held before it.

The chain of due dates is worked out for all periods of care at once. A *timeline* holds what sets a due date, in order:
the day a chain is counted from, the beginning and end of each placement for adoption, and each review. Every review
ends one step and opens the next; within a step the last entry that still finds its due date ahead decides.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from returns903.derive.care import all_periods, episodes
from returns903.derive.kept import kept
from returns903.reference.bank_holidays import working_day_after
from returns903.returns import Return
from returns903.rules.groups import FOR_ADOPTION
from returns903.tables import Reviews

KINDS = ("initial", "second", "subsequent", "adoption-initial", "adoption-second", "adoption-subsequent")
STATES = ("on_time", "late", "missed", "not_yet_due")
COLUMNS = (
    "child",
    "period",
    "step",
    "kind",
    "counted_from",
    "due",
    "held",
    "days_late",
    "state",
    "owed",
    "basis",
    "history_complete",
)

_IS_HEAD = pl.col("what").is_in(["anchor", "review"])
_SAME_PERIOD = (pl.col("key") == pl.col("key").shift(-1)).fill_null(value=False)


def reviews_due(ret: Return, *, adoption: bool = True) -> pl.DataFrame:
    """The statutory due dates of reviews in each period of care that touches the year, respite apart.

    Each due date is counted from the review held before it, whether that was early or late:

    * `initial`, the 20th working day after the period's start (the day of entry is day 0); `second`, 3 calendar months
      after the first review; `subsequent`, 6 after the one before. Months end at their last day: 31 August and 6 months
      make 28 or 29 February.
    * Where a placement for adoption (neighbouring episodes with PLACE A3 to A6) begins by a due date that is still
      ahead, or on that very day, `adoption-initial` takes its place: 28 days after the placement began. A due date that
      has passed stays owed until a review is held. The first review on or after the day the placement began is followed
      by `adoption-second` after 3 months and `adoption-subsequent` after 6.
    * Where the placement ends, care goes on and the due date is still ahead, `subsequent` takes its place: 6 months
      after the last review held, or the day the placement ended if that is later. Where no review has been held in the
      period, `initial` comes back instead, again no earlier than that day.

    Reviews of both returns count, those on one day as one; those from the start to the end of a period, both included,
    are that period's, up to the last day of the year. Without CHILD or a readable REVIEW they cannot be placed:
    `reviews_held` lists them as not judged. Episodes that cannot be placed are counted by `not_judged`.

    Args:
        ret: the return.
        adoption: whether a placement for adoption starts its own clock.

    Returns:
        One row a due date, by child, period and step, those of the previous year among them: child; period (as in
        `periods_of_care`); step (1, 2, ... within the period); kind (one of `KINDS`); counted_from (the day it is
        counted from); due; held (the review that met it; null: none by the end of the period or of the year);
        days_late (0: held on or before due; null: not held); state (`on_time`: held on or before due; `late`: held
        after; `missed`: not held; `not_yet_due`: not held, and due after the last day of the year); owed (false: the
        period ended before the due date, though a review was held; where none was held there is no row); basis;
        history_complete.

        history_complete is true where the period's start is known and lies within the previous return's year or later
        (within this year without a previous return); the basis is then `known`. Otherwise the earliest review before
        the year in the previous return is taken as given, without a row of its own, and the next is `subsequent`, basis
        `known`. Without one the first is `subsequent`, 6 months after the first day of the year, or after the period's
        start if that is later, and the basis of the whole chain is `assumed`.

    Raises:
        ConfigError: the package `holidays` is not installed.

    Source: Care Planning, Placement and Case Review (England) Regulations 2010, regulation 33; Adoption Agencies
    Regulations 2005, regulation 36.
    """
    return chains(ret, adoption=adoption).select(COLUMNS)


@kept
def chains(ret: Return, *, adoption: bool = True) -> pl.DataFrame:
    """The rows of `reviews_due` with `key`: the number that the period's episodes carry."""
    periods = _periods(ret)
    parts = [_anchors(periods), *(_adoption_changes(ret, periods) if adoption else []), _held(ret, periods)]
    timeline = pl.concat(parts).sort("key", "date", "rank", "place")
    timeline = timeline.with_columns(step=_IS_HEAD.cum_sum(), head=pl.when(_IS_HEAD).then("date").forward_fill())
    return _judged(ret, _steps(_decided(timeline)), periods)


def review_days(*returns: Mapping[str, pl.DataFrame] | None) -> pl.DataFrame:
    """Each child and day with a review in the tables of one or both returns: child, date."""
    frames = [tables[Reviews.name] for tables in returns if tables and Reviews.name in tables]
    empty = pl.DataFrame(schema={"child": pl.String, "date": pl.Date})
    days = pl.concat([empty, *(f.select(child="CHILD", date="REVIEW") for f in frames)])
    return days.filter((pl.col("child") != "") & pl.col("date").is_not_null()).unique()


def within(days: pl.DataFrame, periods: pl.DataFrame) -> pl.DataFrame:
    """Rows with child and date beside each period they lie in, its first and last day included."""
    found = days.join(periods, on="child", how="inner", maintain_order="left_right")
    inside = (pl.col("start") <= pl.col("date")) & (pl.col("end").is_null() | (pl.col("date") <= pl.col("end")))
    return found.filter(inside)


def _periods(ret: Return) -> pl.DataFrame:
    """The periods whose reviews are judged, and the anchor: the day that the chain of each is counted from."""
    first_day = ret.year.start
    known_from = first_day if ret.previous is None else ret.year.previous.start
    periods = (
        all_periods(ret)
        .filter(pl.col("number").is_not_null() & ~pl.col("respite"))
        .select("key", "child", "number", "start", "end", "start_known")
    )
    earlier = within(review_days(ret.previous).filter(pl.col("date") < first_day), periods)
    given = earlier.group_by("key").agg(given=pl.col("date").min())
    complete = pl.col("start_known") & (pl.col("start") >= known_from)
    return (
        periods.join(given, on="key", how="left", maintain_order="left")
        .with_columns(
            history_complete=complete,
            given=pl.when(~complete).then("given"),
            first_due=twentieth_working_day(pl.when(complete).then("start")),
        )
        .with_columns(
            basis=pl.when(complete | pl.col("given").is_not_null()).then(pl.lit("known")).otherwise(pl.lit("assumed")),
            anchor=pl.when(complete)
            .then("start")
            .otherwise(pl.coalesce("given", pl.max_horizontal("start", pl.lit(first_day)))),
        )
    )


def twentieth_working_day(start: pl.Expr) -> pl.Expr:
    """Four weeks stand for 20 working days where bank holidays are not known: before 1990 and after 2035."""
    return working_day_after(start, 20).fill_null(start.dt.offset_by("28d"))


_ENTRY = ("key", "date", "what", "rank", "place", "first_due")
"""An entry of the timeline: rank and place order those of one day. What begins on a day comes before its review.

first_due is the due date of the period's first review, null where the history is not complete.
"""


def _entry(rows: pl.DataFrame, what: str, rank: int, date: str = "date") -> pl.DataFrame:
    rows = rows if "place" in rows.columns else rows.with_columns(place=pl.lit(0, pl.UInt32))
    return rows.with_columns(date=pl.col(date), what=pl.lit(what), rank=pl.lit(rank, pl.Int8)).select(_ENTRY)


def _anchors(periods: pl.DataFrame) -> pl.DataFrame:
    return _entry(periods, "anchor", 0, "anchor")


def _from_anchor() -> pl.Expr:
    """Whether the entry belongs to the chain; a review that is taken as given is not judged itself."""
    return (pl.col("date") > pl.col("anchor")) | ((pl.col("date") == pl.col("anchor")) & pl.col("given").is_null())


def _held(ret: Return, periods: pl.DataFrame) -> pl.DataFrame:
    days = review_days(ret.tables, ret.previous).filter(pl.col("date") <= ret.year.end)
    return _entry(within(days, periods).filter(_from_anchor()), "review", 2)


def _adoption_changes(ret: Return, periods: pl.DataFrame) -> list[pl.DataFrame]:
    """When placements for adoption began and, where care went on, ended; one begun before the anchor plays no part."""
    placed = pl.col("PLACE").is_in(FOR_ADOPTION).fill_null(value=False)
    changes = (pl.col("period") != pl.col("period").shift(1)) | (placed != placed.shift(1))
    runs = (
        episodes(ret)
        .group_by(changes.fill_null(value=True).cum_sum().alias("place"), maintain_order=True)
        .agg(
            key=pl.col("period").first(),
            date=pl.col("decom").first(),
            ended=pl.col("dec").last(),
            placed=placed.first(),
        )
        .with_columns(ended=pl.when(_SAME_PERIOD).then("ended"))
        .filter("placed")
        .join(periods, on="key", how="inner", maintain_order="left")
        .filter(_from_anchor() & (pl.col("date") <= ret.year.end))
        .with_columns(place=2 * pl.col("place"))
    )
    ends = runs.filter(pl.col("ended") <= ret.year.end).with_columns(place=pl.col("place") + 1)
    return [_entry(runs, "begin", 1), _entry(ends, "end", 1, "ended")]


def _decided(timeline: pl.DataFrame) -> pl.DataFrame:
    """The timeline with the kind and due date that each entry sets, and whether it came too late to set it."""
    what = pl.col("what")
    placed = pl.when(what == "begin").then(True).when(what.is_in(["anchor", "end"])).then(False).forward_fill()
    step_of_begin = pl.when(what.is_in(["anchor", "begin"])).then("step").forward_fill()
    first_step = pl.when(what == "anchor").then("step").forward_fill()
    timeline = timeline.with_columns(
        placed=placed, first_placed=step_of_begin == pl.col("step") - 1, first_step=first_step
    ).with_columns(
        # until a review is held the period is still owed its first
        unreviewed=pl.col("first_due").is_not_null() & (pl.col("first_step") == pl.col("step")),
        met_initial=pl.lit(value=False),
    )
    # what the first review meets rests on the entries before it alone: they are set first, then all
    opening = _set(timeline)
    met_initial = (pl.col("kind").shift(1) == "initial") & ~pl.col("too_late").shift(1)
    return _set(opening.with_columns(met_initial=met_initial & (pl.col("first_step") == pl.col("step") - 1)))


def _set(timeline: pl.DataFrame) -> pl.DataFrame:
    passed = pl.col("due").shift(1) < pl.col("date")
    too_late = pl.when(_IS_HEAD).then(False).when(passed).then(True).forward_fill()
    return (
        timeline.with_columns(kind=_kind())
        .with_columns(due=_due())
        .with_columns(too_late=too_late.fill_null(value=False))
    )


def _kind() -> pl.Expr:
    """What an entry makes due next; after the first review the `second` if it was held as `initial`."""
    what = pl.col("what")
    after_review = (
        pl.when(pl.col("placed") & pl.col("first_placed"))
        .then(pl.lit("adoption-second"))
        .when("placed")
        .then(pl.lit("adoption-subsequent"))
        .when("met_initial")
        .then(pl.lit("second"))
        .otherwise(pl.lit("subsequent"))
    )
    return (
        pl.when(what == "begin")
        .then(pl.lit("adoption-initial"))
        .when(what == "review")
        .then(after_review)
        .when("unreviewed")
        .then(pl.lit("initial"))
        .otherwise(pl.lit("subsequent"))
    )


def _due() -> pl.Expr:
    head, date = pl.col("head"), pl.col("date")
    counted = (
        pl.when(pl.col("kind") == "initial")
        .then("first_due")
        .when(pl.col("kind").is_in(["second", "adoption-second"]))
        .then(head.dt.offset_by("3mo"))
        .otherwise(head.dt.offset_by("6mo"))
    )
    return (
        pl.when(pl.col("what") == "begin")
        .then(date.dt.offset_by("28d"))
        .when(pl.col("what") == "end")
        .then(pl.max_horizontal(counted, date))
        .otherwise(counted)
    )


def _steps(timeline: pl.DataFrame) -> pl.DataFrame:
    """One row a step: the last entry that was not too late, and the review that ended the step."""
    by_placement = (pl.col("what") == "begin") | ((pl.col("what") == "end") & (pl.col("due") == pl.col("date")))
    return (
        timeline.filter(~pl.col("too_late"))
        .filter(pl.col("step").ne_missing(pl.col("step").shift(-1)))
        .with_columns(
            counted_from=pl.when(by_placement).then("date").otherwise("head"),
            held=pl.when(_SAME_PERIOD).then(pl.col("head").shift(-1)),
        )
        .select(
            "key",
            "kind",
            "counted_from",
            "due",
            "held",
            step=(pl.col("step") - pl.col("first_step") + 1).cast(pl.UInt32),
        )
    )


def _judged(ret: Return, steps: pl.DataFrame, periods: pl.DataFrame) -> pl.DataFrame:
    held, due = pl.col("held"), pl.col("due")
    state = (
        pl.when(held <= due)
        .then(pl.lit("on_time"))
        .when(held > due)
        .then(pl.lit("late"))
        .when(due > ret.year.end)
        .then(pl.lit("not_yet_due"))
        .otherwise(pl.lit("missed"))
    )
    late = (held - due).dt.total_days().clip(lower_bound=0)
    about = periods.select("key", "child", "start", "end", "basis", "history_complete", period="number")
    return (
        steps.join(about, on="key", how="left", maintain_order="left")
        .with_columns(
            state=state,
            days_late=late,
            owed=pl.col("end").is_null() | (pl.col("end") >= due),
        )
        .filter(held.is_not_null() | pl.col("owed"))
        .select("key", "start", *COLUMNS)
    )
