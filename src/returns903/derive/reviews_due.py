"""When each review of a child's case was due, counted from the review held before it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import polars as pl

from returns903.derive import clocks
from returns903.derive.care import CHILD, all_periods, episodes
from returns903.derive.declared import count, date, days, derived, flag, text
from returns903.derive.kept import kept
from returns903.reference.bank_holidays import working_day_after
from returns903.returns import Return
from returns903.rules.groups import FOR_ADOPTION
from returns903.tables import Reviews

KINDS = (
    "initial",
    "second",
    "subsequent",
    "authorised-initial",
    "authorised-subsequent",
    "adoption-initial",
    "adoption-second",
    "adoption-subsequent",
)
BASES = ("known", "assumed")
STATES = ("on_time", "late", "missed", "not_yet_due")
STEP = {
    "child": CHILD,
    "period": count("as in `periods_of_care`", least=1),
    "step": count("1, 2, ... within the period", least=1),
    "kind": text("what sets the due date", values=KINDS),
    "counted_from": date("the day that due is counted from"),
    "due": date("the last day on which the review is on time"),
    "held": date("the review that met it", "none by the end of the period or of the year"),
    "days_late": days("0: held on or before due", "not held", least=0),
    "state": text(
        "on_time: held on or before due; late: held after; missed: not held; not_yet_due: not held, and due after the "
        "last day of the year",
        values=STATES,
    ),
    "owed": flag("false: the period ended before the due date, though a review was held; without one there is no row"),
    "basis": text(
        "known: due is counted from what is at hand, and it is sure what kind of review that makes due; assumed: it is "
        "not, and due is the last day that it can be",
        values=BASES,
    ),
    "history_complete": flag("whether all reviews of the period are at hand"),
}

PLACEMENT_ORDER = "E1"


@derived("due date of a review, by child, period and step", STEP, key=["child", "period", "step"])
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
    * A child with a placement order (neighbouring episodes with LS E1) who is not placed is under both sets of
      regulations. `authorised-initial`, 3 months after the order, is due where it is sooner than what is due already,
      and puts nothing off. After a review with the order in force, what would be `subsequent` is
      `authorised-subsequent`, also 6 months after it. Where the order ends and its due date is still ahead, the other
      one stands again; where a placement ends, `authorised-initial` falls no earlier than that day.

    Reviews of both returns count, those on one day as one; those from the start to the end of a period, both included,
    are that period's, up to the last day of the year. Without CHILD or a readable REVIEW they cannot be placed:
    `reviews_held` lists them as not judged. Episodes that cannot be placed are counted by `not_judged`.

    Args:
        ret: the return.
        adoption: whether a placement for adoption and a placement order start their own clocks.

    Returns:
        {columns}

        Due dates of the previous year are among them where the chain begins there.

        history_complete is true where the period's start is known and lies within the previous return's year or later
        (within this year without a previous return); the basis is then `known`. Otherwise the chain is counted from the
        first of these that the previous return shows: a review before the year, which is taken as given, without a row
        of its own, and the next is `subsequent`; or a placement for adoption or placement order that began in its year,
        whose first review is then judged, or missed. Where it shows neither, or the placement or order ended before its
        due date and before a review, so that nothing is known again, the first is `subsequent`, 6 months after the
        first day of the year, or after the period's start if that is later. What began before all this starts no clock.

        The basis is judged step by step. `assumed` is that first due date in place of one that is not at hand, whatever
        changes it before a review is held; and the one after the first review at hand where that may have been the
        first of its clock, followed by another after 3 months: the period began in the previous return's year or later,
        or the child was in a placement for adoption that began before what is at hand. All others are `known`: the
        previous return, or one before it, would change none of them.

    Raises:
        ConfigError: the package `holidays` is not installed.

    Source: Care Planning, Placement and Case Review (England) Regulations 2010, regulation 33; Adoption Agencies
    Regulations 2005, regulation 36, paragraphs (1) and (3).
    """
    return chains(ret, adoption=adoption)


def chains(ret: Return, *, adoption: bool = True) -> pl.DataFrame:
    """The rows of `reviews_due` with the columns of `every_step`."""
    return every_step(ret, adoption=adoption).filter("listed")


@kept
def every_step(ret: Return, *, adoption: bool = True) -> pl.DataFrame:
    """The rows of `reviews_due`, and those of periods that ended before the due date without a review (not listed).

    Columns: those of `reviews_due`, and key (the number that the period's episodes carry), start and end (of the
    period), since (of an assumed due date: the right one is no earlier), listed.
    """
    rows, last = episodes(ret), ret.year.end
    placed = clocks.runs(rows, pl.col("PLACE").is_in(FOR_ADOPTION))
    ordered = clocks.runs(rows, pl.col("LS") == PLACEMENT_ORDER)
    periods = _periods(ret, pl.concat([placed, ordered]) if adoption else placed.clear())
    periods = _with_placed_until(periods, placed if adoption else placed.clear())
    parts = [clocks.entry(periods, "anchor", "anchor"), _held(ret, periods)]
    if adoption:
        parts += clocks.changes(_of_chain(placed, periods), "begin", "end", last)
        parts += clocks.changes(_of_chain(ordered, periods), "order", "lapse", last)
    return _judged(ret, clocks.steps(pl.concat(parts), ret.year.start), periods)


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


def _periods(ret: Return, changes: pl.DataFrame) -> pl.DataFrame:
    """The periods whose reviews are judged, and the anchor: the day that the chain of each is counted from.

    `changes` are the placements for adoption and placement orders that start clocks.
    """
    first_day = ret.year.start
    known_from = first_day if ret.previous is None else ret.year.previous.start
    periods = (
        all_periods(ret)
        .filter(pl.col("number").is_not_null() & ~pl.col("respite"))
        .select("key", "child", "number", "start", "end", "start_known")
    )
    earlier = within(review_days(ret.previous).filter(pl.col("date") < first_day), periods)
    given = earlier.group_by("key").agg(given=pl.col("date").min())
    known = changes.filter(pl.col("date").is_between(known_from, first_day, closed="left"))
    begun = known.group_by("key").agg(begun=pl.col("date").min())
    complete = pl.col("start_known") & (pl.col("start") >= known_from)
    blind = ~pl.col("history_complete") & (pl.col("begun") <= pl.col("given").fill_null(first_day))
    return (
        periods.join(given, on="key", how="left", maintain_order="left")
        .join(begun, on="key", how="left", maintain_order="left")
        .with_columns(history_complete=complete, first_due=twentieth_working_day(pl.when(complete).then("start")))
        .with_columns(blind=blind.fill_null(value=False))
        .with_columns(given=pl.when(~pl.col("history_complete") & ~pl.col("blind")).then("given"))
        .with_columns(anchor=_anchor(first_day))
    )


def _with_placed_until(periods: pl.DataFrame, placed: pl.DataFrame) -> pl.DataFrame:
    """The periods with placed_until: until when a placement for adoption lasts that the chain has not seen begin."""
    before = placed.join(periods.select("key", "anchor", "given"), on="key", how="inner").filter(~_from_anchor())
    until = before.group_by("key").agg(placed_until=pl.col("ended").fill_null(dt.date.max).max())
    return periods.join(until, on="key", how="left", maintain_order="left")


def _anchor(first_day: dt.date) -> pl.Expr:
    return (
        pl.when("history_complete")
        .then("start")
        .when("blind")
        .then("begun")
        .otherwise(pl.coalesce("given", pl.max_horizontal("start", pl.lit(first_day))))
    )


def twentieth_working_day(start: pl.Expr) -> pl.Expr:
    """Four weeks stand for 20 working days where bank holidays are not known: before 1990 and after 2035."""
    return working_day_after(start, 20).fill_null(start.dt.offset_by("28d"))


def _from_anchor() -> pl.Expr:
    """Whether the entry belongs to the chain; a review that is taken as given is not judged itself."""
    return (pl.col("date") > pl.col("anchor")) | ((pl.col("date") == pl.col("anchor")) & pl.col("given").is_null())


def _of_chain(changes: pl.DataFrame, periods: pl.DataFrame) -> pl.DataFrame:
    """The placements or orders that began on the anchor or later, with what is known of their period."""
    return changes.join(periods, on="key", how="inner", maintain_order="left").filter(_from_anchor())


def _held(ret: Return, periods: pl.DataFrame) -> pl.DataFrame:
    days = review_days(ret.tables, ret.previous).filter(pl.col("date") <= ret.year.end)
    return clocks.entry(within(days, periods).filter(_from_anchor()), "review")


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
    about = periods.drop("first_due", "anchor").rename({"number": "period"})
    earliest = pl.when(_FROM_REVIEW).then("head").when("start_known").then("start").otherwise(dt.date.min)
    return (
        steps.join(about, on="key", how="left", maintain_order="left")
        .with_columns(
            state=state,
            days_late=late,
            basis=pl.when(_is_known(ret)).then(pl.lit("known")).otherwise(pl.lit("assumed")),
            owed=pl.col("end").is_null() | (pl.col("end") >= due),
        )
        .with_columns(
            listed=held.is_not_null() | pl.col("owed"),
            since=pl.when(pl.col("basis") == "assumed").then(earliest),
        )
        .select("key", "start", "end", "since", "listed", *STEP)
    )


_FROM_REVIEW = (pl.col("ahead") > 0) | pl.col("given").is_not_null()
"""Whether a review opened the step."""


def _is_known(ret: Return) -> pl.Expr:
    """Whether the due date of a step is known: it is counted from what is at hand, and of what kind it is is sure."""
    first_at_hand = (pl.col("ahead") + pl.col("given").is_not_null()) == 1
    since_before = (pl.col("head") < pl.col("placed_until")).fill_null(value=False)
    long_in_care = pl.col("start") < ret.year.previous.start
    sure_of_kind = ~first_at_hand | pl.col("placed") | (long_in_care & ~since_before)
    clock_seen = pl.col("blind") & ~pl.col("guess")
    return pl.col("history_complete") | pl.when(_FROM_REVIEW).then(sure_of_kind).otherwise(clock_seen)
