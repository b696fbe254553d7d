"""How children took part in their reviews."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import polars as pl

from returns903 import codes
from returns903.derive.care import all_periods, looked_after
from returns903.derive.counts import percent
from returns903.derive.cuts import CUTS, By, counted, crossed, cut, cuts_of, in_order, tally
from returns903.derive.declared import count, derived, share, text
from returns903.derive.reviews import at_reviews, held_in
from returns903.derive.windows import Period, window
from returns903.returns import Return

MEASURES = ("review", "child", "child_every_review", "looked_after_every_review")
EVERY_REVIEW = MEASURES[2:]
"""The measures in which a child counts by all its reviews of the year."""
WEEKS = 4
"""How long a child has been looked after whom indicator C63 is about."""
UNDER_4 = "PN0"
CODES = tuple(code for code in codes.REVIEW_CODE if code != UNDER_4)
"""The codes of a review of a child aged 4 or over."""
WAYS = ("taken_part", "not_taken_part", "attended", "not_attended")


TAKEN_PART = {
    "measure": text("what is counted", values=MEASURES),
    "breakdown": text(
        "all; code:PN1 to code:PN7, which add up to all; taken_part and not_taken_part, which do; attended and "
        "not_attended, which do too"
    ),
    "denominator": count("reviews or children aged 4 and over"),
    "count": count("how many of them"),
    "percent": share("of the denominator"),
    "under_4": count("reviews with PN0, or children without any other code"),
    "not_judged": count(
        "reviews without a code of the list, or that `reviews_held` does not judge, respite apart; children with no "
        "other review, and reviews without CHILD; of looked_after_every_review, besides, children of whom it is not "
        f"known whether they have been looked after for {WEEKS} weeks"
    ),
}


@derived("measure and breakdown", TAKEN_PART, key=["measure", "breakdown"], by=CUTS)
def review_participation(ret: Return, *, period: Period | None = None, by: By = ()) -> pl.DataFrame:
    """How children aged 4 and over took part in their reviews of the year, respite apart: by review and by child.

    The code says whether a child was 4: PN0 is a review of a younger one, PN1 to PN7 one of a child aged 4 or over.
    PN1, PN2, PN3, PN5 and PN6 say that the child took part, PN1 to PN4 that the child attended. Four measures:

    * `review`: the reviews held in the year with one of these codes; rows of one child and day are one.
    * `child`: the children with such a review, each by the last one in the year.
    * `child_every_review`: the same children; `taken_part` and `attended` mean in every such review of the year. One
      review without them counts for good, and so there are no rows by code.
    * `looked_after_every_review`: the same, of the children looked after on the last day of the year whose period of
      care had begun four weeks before or earlier.

    Args:
        ret: the return.
        period: first and last day, instead of the year's: also those of `looked_after_every_review`.
        by: what the table is cut by, any of `CUTS`: as of the day of the review, of a child's last one.

    Returns:
        {columns}

        Those of nobody are shown too. Denominator, under_4 and not_judged add up to all reviews, or to all children who
        have one.

    Raises:
        ConfigError: it cannot be cut so; the period is none, or reaches beyond the returns at hand; the package
            `holidays` is not installed.

    Source: the participation codes of the return. `looked_after_every_review` is the form of the former performance
    indicator C63: children looked after for four weeks on 31 March who gave their views to each of their reviews.
    """
    cuts = cuts_of(by)
    held = held_in(ret, period, adoption=True)
    rows = cut(ret, at_reviews(ret, held), cuts) if cuts else held
    code = pl.when(pl.col("reason").is_null()).then("participation")
    rows = rows.with_columns(code=pl.when(code.is_in([*CODES, UNDER_4])).then(code))
    found = {
        "review": rows,
        "child": _last(rows),
        "child_every_review": _every_review(rows),
        "looked_after_every_review": _every_review(_looked_after(ret, window(ret, period).last, rows)),
    }
    return in_order(pl.concat(_measured(name, items, cuts) for name, items in found.items()), cuts)


def _every_review(rows: pl.DataFrame) -> pl.DataFrame:
    """Each child's last review, with whether the child took part in all of them."""
    named = rows.filter(pl.col("child").is_not_null() & pl.col("code").is_in(CODES))
    always = named.group_by("child").agg(pl.col("taken_part", "attended").all())
    return _last(rows).drop("taken_part", "attended").join(always, on="child", how="left", maintain_order="left")


def _looked_after(ret: Return, day: dt.date, rows: pl.DataFrame) -> pl.DataFrame:
    """The reviews of children looked after on a day for four weeks, without their code where that is not known."""
    long = pl.col("start") <= day - dt.timedelta(weeks=WEEKS)
    periods = all_periods(ret).select("start", "start_known", period="key")
    children = (
        looked_after(ret, day)
        .join(periods, on="period", how="left", maintain_order="left")
        .select("child", long=pl.when(long).then(statement=True).when("start_known").then(statement=False))
    )
    known = rows.join(children.filter(pl.col("long").fill_null(value=True)), on="child", maintain_order="left")
    found = known.with_columns(code=pl.when("long").then("code")).drop("long")
    return pl.concat([found, rows.filter(pl.col("child").is_null())])


def _last(rows: pl.DataFrame) -> pl.DataFrame:
    """Each child's last review with a code of a child aged 4 or over, or else with PN0, or else the last.

    Reviews without a child stay.
    """
    rank = pl.when(pl.col("code") == UNDER_4).then(1).when(pl.col("code").is_not_null()).then(2).otherwise(0)
    named = rows.filter(pl.col("child").is_not_null()).sort(rank, maintain_order=True)
    return pl.concat([named.unique("child", keep="last", maintain_order=True), rows.filter(pl.col("child").is_null())])


def _measured(measure: str, rows: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    shown = ["all", *(f"code:{code}" for code in CODES if measure not in EVERY_REVIEW), *WAYS]
    older = counted(rows.filter(pl.col("code").is_in(CODES)), *by, "code", "taken_part", "attended")
    ways = [_way("taken_part"), _way("attended"), pl.lit("all"), pl.format("code:{}", "code")]
    each = pl.concat(older.with_columns(measure=pl.lit(measure), breakdown=way) for way in ways)
    grid = crossed(measure=[measure], breakdown=shown)
    counts = tally(each, by, grid, count=pl.col("n").sum())
    whole = tally(
        rows.with_columns(measure=pl.lit(measure)),
        by,
        crossed(measure=[measure]),
        denominator=pl.col("code").is_in(CODES).sum(),
        under_4=(pl.col("code") == UNDER_4).sum(),
        not_judged=pl.col("code").null_count(),
    )
    return counts.join(whole, on=[*by, "measure"], how="left", maintain_order="left").with_columns(
        percent=percent("count", "denominator")
    )


def _way(name: str) -> pl.Expr:
    return pl.when(name).then(pl.lit(name)).otherwise(pl.lit(f"not_{name}"))
