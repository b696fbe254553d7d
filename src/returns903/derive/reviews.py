"""The reviews that were held, each beside its due date, and how many children's reviews are up to date on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import polars as pl

from returns903 import codes
from returns903.derive.care import CHILD, all_periods, episodes
from returns903.derive.counts import APART, percent, ranged
from returns903.derive.cuts import CUTS, By, beside, cut, cuts_of, in_order, tally
from returns903.derive.declared import Column, count, date, days, derived, flag, share, text
from returns903.derive.kept import kept
from returns903.derive.population import doubtful, here
from returns903.derive.reviews_due import BASES, KINDS, chains, every_step, within
from returns903.derive.windows import Period, Window, window
from returns903.errors import ConfigError
from returns903.returns import Return
from returns903.tables import Reviews

REASONS = ("no child", "no date", "not in the year", "respite", "not in care")
"""Why a review is not judged."""
HELD = {
    "child": CHILD.or_null("blank"),
    "period": count("as in `periods_of_care`", "not judged"),
    "review": date("the day", "blank or unreadable"),
    "row": Column(pl.UInt32, "in its Reviews table, from 0"),
    "last_year": flag("it stands in the previous return alone"),
    "kind": text("as in `reviews_due`", "not judged", values=KINDS),
    "due": date("as in `reviews_due`", "not judged"),
    "days_late": days("as in `reviews_due`", "not judged", least=0),
    "state": text("whether it was held by its due date", values=("on_time", "late", "not_judged")),
    "basis": text("as in `reviews_due`", "not judged", values=BASES),
    "participation": text("REVIEW_CODE", "blank"),
    "taken_part": flag("the code says that the child took part", "PN0, or no code of the list"),
    "attended": flag("the code says that the child attended", "PN0, or no code of the list"),
    "repeat": flag("a further row of the same child and day, which counts nowhere"),
    "reason": text("why it is not judged", "it is judged", values=REASONS),
}
UP_TO_DATE = {
    "as_at": date("the day"),
    "children": count("looked after at its close, respite apart, as in `looked_after_on`"),
    "up_to_date": count("those with no review owing"),
    "overdue": count("the others: up_to_date and overdue add up to children"),
    "percent": share("up to date"),
    **APART,
    "not_judged": count(
        "this return's episodes that may or may not have lasted on the day, as in `legal_status_on`, and its reviews "
        "without CHILD or a readable date"
    ),
}


@derived("review, by child, day and code", HELD)
def reviews_held(ret: Return, *, adoption: bool = True) -> pl.DataFrame:
    """Each row of the year's Reviews, with the due date that the review met.

    Every row of this return's Reviews is listed, and a row of the previous return's that lies in the year and that this
    return lacks. Only reviews in the year, of a child in care on the day, respite apart, are judged; of two periods
    that hold the day (one ended, the next began) the later one counts here.

    Args:
        ret: the return.
        adoption: whether a placement for adoption and a placement order start their own clocks, as in `reviews_due`.

    Returns:
        {columns}

    Raises:
        ConfigError: the package `holidays` is not installed.

    Source: as for `reviews_due`; the code list of participation in the return.
    """
    return held_rows(ret, window(ret), adoption=adoption)


def held_in(ret: Return, period: Period | None, *, adoption: bool) -> pl.DataFrame:
    """The rows of `reviews_held` that count, respite and repeats apart; of a period those in it and those undated."""
    days = window(ret, period)
    rows = held_rows(ret, days, adoption=adoption).filter(~pl.col("repeat") & pl.col("reason").ne_missing("respite"))
    return rows if period is None else rows.filter(days.holds("review") | pl.col("review").is_null())


@kept
def held_rows(ret: Return, days: Window, *, adoption: bool) -> pl.DataFrame:
    """The rows of `reviews_held` with `key`; judged are those in the window."""
    rows, in_year = _rows(ret, days), days.holds("date")
    met = (
        chains(ret, adoption=adoption)
        .filter(days.holds("held"))
        .unique(["child", "held"], keep="last", maintain_order=True)
        .select("child", "key", "period", "kind", "due", "days_late", "state", "basis", date="held")
    )
    respite = within(rows.filter(pl.col("child").is_not_null()), all_periods(ret).filter("respite"))
    reason = (
        pl.when(pl.col("child").is_null())
        .then(pl.lit("no child"))
        .when(pl.col("date").is_null())
        .then(pl.lit("no date"))
        .when(~in_year)
        .then(pl.lit("not in the year"))
        .when(pl.col("key").is_null() & pl.col("in_respite"))
        .then(pl.lit("respite"))
        .when(pl.col("key").is_null())
        .then(pl.lit("not in care"))
    )
    return (
        rows.join(met, on=["child", "date"], how="left", maintain_order="left")
        .join(
            respite.select("child", "date", in_respite=pl.lit(value=True)).unique(),
            on=["child", "date"],
            how="left",
            maintain_order="left",
        )
        .with_columns(reason=reason, state=pl.col("state").fill_null("not_judged"), review="date")
    )


def at_reviews(ret: Return, items: pl.DataFrame) -> pl.DataFrame:
    """Items with the period's `key` and a `day`, or else a `review`, as items that `cut` takes: those of `key` and day.

    The episode is that of the period that had begun last by the day; null where there is no key.
    """
    items = items if "day" in items.columns else items.with_columns(day="review")
    begun = episodes(ret).select("episode", key="period", day="decom")
    return (
        items.drop("episode", strict=False)
        .with_row_index("place")
        .sort("key", "day", nulls_last=True)
        .join_asof(begun, on="day", by="key", strategy="backward", check_sortedness=False)
        .sort("place")
        .drop("place")
    )


def _rows(ret: Return, days: Window) -> pl.DataFrame:
    """The rows of this return's Reviews, and what the previous one holds beyond them in the window."""
    now, before = (_named(tables, last_year=old) for tables, old in ((ret.tables, False), (ret.previous, True)))
    strays = before.filter(days.holds("date") & pl.col("child").is_not_null())
    strays = strays.join(now, on=["child", "date"], how="anti")
    order = [*(code for code in codes.REVIEW_CODE if code != "PN0"), "PN0"]
    rank = pl.col("participation").replace_strict(order, range(len(order)), default=len(order), return_dtype=pl.Int32)
    same = pl.all_horizontal(pl.col(name) == pl.col(name).shift(1) for name in ("child", "date"))
    flags = {
        "taken_part": {code: entry.participated for code, entry in codes.REVIEW_CODE.items()},
        "attended": {code: entry.attended for code, entry in codes.REVIEW_CODE.items()},
    }
    return (
        pl.concat([now, strays])
        .sort("child", "date", rank, "participation", "last_year", "row", nulls_last=True)
        .with_columns(
            repeat=same.fill_null(value=False),
            **{
                name: pl.col("participation").replace_strict(known, default=None, return_dtype=pl.Boolean)
                for name, known in flags.items()
            },
        )
    )


def _named(tables: dict[str, pl.DataFrame] | None, *, last_year: bool) -> pl.DataFrame:
    frame = (tables or {}).get(Reviews.name)
    if frame is None:
        frame = pl.DataFrame(schema={"CHILD": pl.String, "REVIEW": pl.Date, "REVIEW_CODE": pl.String, "row": pl.UInt32})
    child, code = (pl.when(pl.col(name) != "").then(pl.col(name)) for name in ("CHILD", "REVIEW_CODE"))
    return frame.select(child=child, date="REVIEW", participation=code, row="row", last_year=pl.lit(last_year))


@derived("day, or month's end", UP_TO_DATE, key=["as_at"], by=CUTS)
def reviews_up_to_date(
    ret: Return, as_at: dt.date | None = None, *, adoption: bool = True, by: By = ()
) -> pl.DataFrame:
    """How many of the children looked after at the close of a day had no review owing.

    A review is owing from the close of its due date until it is held: a late review, once held, is up to date again.
    Children whose first review is still ahead are up to date. A child is assumed to be up to date where the review to
    come has an assumed due date that has not passed; once it has passed, the review is owing whatever the right day.

    Args:
        ret: the return.
        as_at: a day of the year; the last day of each of its months unless it is given.
        adoption: whether a placement for adoption and a placement order start their own clocks, as in `reviews_due`.
        by: what the table is cut by, any of `CUTS`.

    Returns:
        {columns}

    Raises:
        ConfigError: `as_at` is not in the year, it cannot be cut so, or the package `holidays` is not installed.

    Source: as for `reviews_due`; the form of a board's monthly scorecard.
    """
    if as_at is not None and not ret.year.start <= as_at <= ret.year.end:
        msg = f"reviews are up to date as at a day of the year {ret.year.label}: {as_at:%d/%m/%Y} is not in it"
        raise ConfigError(msg)
    cuts, steps = cuts_of(by), every_step(ret, adoption=adoption)
    days = month_ends(ret.year.start, ret.year.end) if as_at is None else [as_at]
    found = pl.concat(_as_at(ret, steps, day, cuts) for day in days)
    return in_order(found, cuts).with_columns(
        up_to_date=pl.col("children") - pl.col("overdue"),
        percent=percent(pl.col("children") - pl.col("overdue"), "children"),
        **ranged(pl.col("children") - pl.col("overdue") - pl.col("assumed"), "children"),
    )


def _as_at(ret: Return, steps: pl.DataFrame, day: dt.date, by: Sequence[str]) -> pl.DataFrame:
    """The children of a day and how many are overdue or assumed, in each group."""
    not_held = pl.col("held").is_null() | (pl.col("held") > day)
    owing = not_held & (pl.col("due") <= day)
    open_then = steps.filter(not_held & ((pl.col("due") <= day) | (pl.col("since") <= day)))
    states = open_then.group_by("key").agg(overdue=owing.any())
    children = here(ret, day).join(states, left_on="period", right_on="key", how="left", maintain_order="left")
    counts = tally(
        cut(ret, children, by).with_columns(as_at=pl.lit(day)),
        by,
        pl.DataFrame({"as_at": [day]}, schema={"as_at": pl.Date}),
        children=pl.len(),
        overdue=pl.col("overdue").sum(),
        assumed=(~pl.col("overdue")).sum(),
    )
    undated = undated_reviews(ret)
    doubts = pl.concat([doubtful(ret, day).select(undated.columns), undated])
    return beside(ret, counts, by, doubts).with_columns(unknown=pl.lit(0, pl.UInt32))


def undated_reviews(ret: Return) -> pl.DataFrame:
    """This return's reviews without CHILD or a readable REVIEW, as items that `cut` takes: of no day and no episode."""
    rows = _named(ret.tables, last_year=False).filter(pl.col("child").is_null() | pl.col("date").is_null())
    return rows.select("child", day=pl.lit(None, pl.Date), episode=pl.lit(None, pl.UInt32))


def month_ends(first: dt.date, last: dt.date) -> list[dt.date]:
    """The last day of each month of a year from its first day to its last."""
    starts = pl.select(pl.lit(first).dt.offset_by(pl.format("{}mo", pl.int_range(1, 12)))).to_series()
    return [*(day - dt.timedelta(days=1) for day in starts), last]
