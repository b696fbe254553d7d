"""The clocks of reviews: what makes the next review due, and when, worked out for all periods of care at once.

A *timeline* holds what sets a due date, in order: the day a chain is counted from, the beginning and end of each
placement for adoption and of each placement order, and each review. Every review ends one step and opens the next;
within a step the last entry that still finds its due date ahead decides.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from returns903.derive import neighbours

_IS_HEAD = pl.col("what").is_in(["anchor", "review"])
_BY_ORDER = pl.col("what").is_in(["order", "lapse"])
_SAME_PERIOD = (pl.col("key") == pl.col("key").shift(-1)).fill_null(value=False)
_RANKS = {"anchor": 0, "order": 1, "lapse": 1, "begin": 2, "end": 2, "review": 3}
"""What stands first on one day: what changes on a day comes before its review, an order before a placement."""
_ENTRY = ("key", "date", "what", "rank", "place", "first_due", "blind")
"""An entry of the timeline; place orders entries of one day and rank.

first_due is the due date of the period's first review, null where the history is not complete; blind: the chain is
counted from a placement or an order, and of what came before it nothing is known.
"""


def entry(rows: pl.DataFrame, what: str, date: str = "date") -> pl.DataFrame:
    """Rows as entries of the timeline."""
    rows = rows if "place" in rows.columns else rows.with_columns(place=pl.lit(0, pl.UInt32))
    return rows.with_columns(date=pl.col(date), what=pl.lit(what), rank=pl.lit(_RANKS[what], pl.Int8)).select(_ENTRY)


def runs(rows: pl.DataFrame, mark: pl.Expr) -> pl.DataFrame:
    """Neighbouring episodes of a period that bear a mark: key, date, ended (null: care did not go on), place."""
    marked = rows.select("period", "decom", "dec", marked=mark.fill_null(value=False))
    begun = {"key": "period", "date": "decom", "marked": "marked"}
    return (
        neighbours.runs(marked, neighbours.changes("period", "marked"), begun, {"ended": "dec"})
        .with_columns(
            ended=pl.when(_SAME_PERIOD).then("ended"), place=2 * pl.int_range(1, pl.len() + 1, dtype=pl.UInt32)
        )
        .filter("marked")
        .drop("marked", "n")
    )


def changes(found: pl.DataFrame, begin: str, end: str, last: dt.date) -> list[pl.DataFrame]:
    """The entries of runs up to a day: where each begins, and where it ends and care goes on."""
    begun = found.filter(pl.col("date") <= last)
    ended = begun.filter(pl.col("ended") <= last).with_columns(place=pl.col("place") + 1)
    return [entry(begun, begin), entry(ended, end, "ended")]


def steps(timeline: pl.DataFrame, first_day: dt.date) -> pl.DataFrame:
    """One row a step: the last entry that was not too late, and the review that ended the step.

    Args:
        timeline: the entries, in any order.
        first_day: the first day of the year: six months from it are assumed where nothing is known.

    Returns:
        key, kind, counted_from, due, held, step (1, 2, ... within the period), guess (the due date is that assumption),
        head (the day of the review, or of the anchor, that opened the step), ahead (how many reviews stand before it in
        the chain) and placed (the head lies in a placement for adoption that the chain has seen begin).
    """
    timeline = timeline.sort("key", "date", "rank", "place").with_columns(step=_IS_HEAD.cum_sum())
    decided = _decided(_with_state(timeline, first_day))
    return (
        decided.filter(~pl.col("too_late"))
        .filter(pl.col("step").ne_missing(pl.col("step").shift(-1)))
        .with_columns(held=pl.when(_SAME_PERIOD).then(pl.col("head").shift(-1)))
        .with_columns(guess=pl.col("nothing_known") & (pl.col("kind") == "subsequent"))
        .filter(~(pl.col("guess") & (pl.col("held") < first_day).fill_null(value=False)))
        .with_columns(ahead=pl.col("step") - pl.col("first_step"))
        .with_columns(step=(pl.col("step") - pl.col("step").first().over("key") + 1).cast(pl.UInt32))
        .select("key", "kind", "counted_from", "due", "held", "step", "guess", "head", "ahead", placed="opened_placed")
    )


def _with_state(timeline: pl.DataFrame, first_day: dt.date) -> pl.DataFrame:
    """The entries that can set a due date, with what holds from each on."""
    what = pl.col("what")
    is_anchor, is_order, is_end = what == "anchor", what == "order", what == "end"
    first_step = pl.when(is_anchor).then("step").forward_fill()
    return (
        timeline.with_columns(
            head=pl.when(_IS_HEAD).then("date").forward_fill(),
            first_step=first_step,
            placed=pl.when(what == "begin").then(True).when(is_anchor | is_end).then(False).forward_fill(),
            begin_step=pl.when(is_anchor | (what == "begin")).then("step").forward_fill(),
            authorised=pl.when(is_order).then(True).when(is_anchor | (what == "lapse")).then(False).forward_fill(),
            order=pl.when(is_order).then("date").forward_fill(),
            order_step=pl.when(is_order).then("step").forward_fill(),
            ended=pl.when(pl.when(is_end).then("step").forward_fill() == pl.col("step")).then(
                pl.when(is_end).then("date").forward_fill()
            ),
        )
        # an order made or ended while the child is placed sets no due date
        .filter(~(_BY_ORDER & pl.col("placed")))
        .with_columns(
            # until a review is held the period is still owed its first
            unreviewed=pl.col("first_due").is_not_null() & (pl.col("first_step") == pl.col("step")),
            nothing_known=pl.col("blind") & (pl.col("first_step") == pl.col("step")),
            met_initial=pl.lit(value=False),
        )
        .with_columns(
            base=pl.when("nothing_known").then(first_day).otherwise("head"),
            opened_placed=pl.when(_IS_HEAD).then("placed").forward_fill(),
        )
    )


def _decided(timeline: pl.DataFrame) -> pl.DataFrame:
    """The timeline with the kind and due date that each entry sets, and whether it came too late to set it."""
    # what the first review meets rests on the entries before it alone: they are set first, then all
    opening = _set(timeline)
    decides = pl.when(~pl.col("too_late")).then("kind").forward_fill()
    met_initial = (decides.shift(1) == "initial") & ~pl.col("moved_late").shift(1)
    again = opening.with_columns(met_initial=met_initial & (pl.col("first_step") == pl.col("step") - 1))
    return _set(again)


def _set(timeline: pl.DataFrame) -> pl.DataFrame:
    by_care = ("kind", "due")
    by_order = pl.max_horizontal(pl.col("order").dt.offset_by("3mo"), "ended")
    return (
        timeline.with_columns(kind=_kind())
        .with_columns(due=_due())
        .with_columns(counted_from=_counted_from())
        # an order leaves the due date of care planning as it stands
        .with_columns(pl.when(~_BY_ORDER).then(pl.col(by_care)).forward_fill(), by_order=by_order)
        .with_columns(stricter=_stricter())
        .with_columns(
            kind=_authorised_kind(),
            due=pl.when("stricter").then("by_order").otherwise("due"),
            counted_from=pl.when(~pl.col("stricter"))
            .then("counted_from")
            .when(pl.col("by_order") == pl.col("ended"))
            .then("ended")
            .otherwise("order"),
        )
        .with_columns(too_late=_too_late(~_IS_HEAD), moved_late=_too_late(pl.col("what").is_in(["begin", "end"])))
    )


def _too_late(of: pl.Expr) -> pl.Expr:
    """Whether such an entry of the step, this one or one before it, came when the due date had passed."""
    passed = pl.col("due").shift(1) < pl.col("date")
    return pl.when(_IS_HEAD).then(False).when(of & passed).then(True).forward_fill().fill_null(value=False)


def _kind() -> pl.Expr:
    """What an entry makes due next, orders apart; after the first review the `second` if it was held as `initial`."""
    what = pl.col("what")
    after_review = (
        pl.when(pl.col("placed") & (pl.col("begin_step") == pl.col("step") - 1))
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
    base, date = pl.col("base"), pl.col("date")
    counted = (
        pl.when(pl.col("kind") == "initial")
        .then("first_due")
        .when(pl.col("kind").is_in(["second", "adoption-second"]))
        .then(base.dt.offset_by("3mo"))
        .otherwise(base.dt.offset_by("6mo"))
    )
    return (
        pl.when(pl.col("what") == "begin")
        .then(date.dt.offset_by("28d"))
        .when(pl.col("what") == "end")
        .then(pl.max_horizontal(counted, date))
        .otherwise(counted)
    )


def _counted_from() -> pl.Expr:
    what, date = pl.col("what"), pl.col("date")
    by_placement = (what == "begin") | ((what == "end") & (pl.col("due") == date))
    return pl.when(by_placement).then("date").otherwise("base")


def _stricter() -> pl.Expr:
    """Whether an order in force makes the review due sooner, the first since it was made."""
    in_force = pl.col("authorised") & (pl.col("order_step") == pl.col("step")) & ~pl.col("placed")
    return (in_force & (pl.col("by_order") < pl.col("due"))).fill_null(value=False)


def _authorised_kind() -> pl.Expr:
    """The kind of due date with the order: the first review after it, or a further one while it is in force."""
    reviewed = pl.col("authorised") & (pl.col("order_step") < pl.col("step"))
    return (
        pl.when("stricter")
        .then(pl.lit("authorised-initial"))
        .when(reviewed & (pl.col("kind") == "subsequent"))
        .then(pl.lit("authorised-subsequent"))
        .otherwise("kind")
    )
