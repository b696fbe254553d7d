"""Whether reviews were on time, in both forms in use side by side: by child and by review."""

from __future__ import annotations

import polars as pl

from returns903.derive.breakdowns import AGE_BANDS, LEGAL_STATUS_GROUPS, UNKNOWN, age_band
from returns903.derive.care import (
    age_on,
    all_periods,
    asylum_seekers,
    birth_dates,
    episodes,
    group_of,
    looked_after,
    not_placed,
)
from returns903.derive.counts import percent
from returns903.derive.declared import count, derived, share, text
from returns903.derive.population import not_judged_on
from returns903.derive.reviews import held_rows, undated_reviews
from returns903.derive.reviews_due import KINDS, chains, twentieth_working_day
from returns903.returns import Return

MEASURES = ("child", "reviews_held", "reviews_due")
ALL = "all"
ASYLUM = ("unaccompanied asylum-seeking", "others")
BREAKDOWNS = {
    "kind": (*KINDS, UNKNOWN),
    "asylum": (*ASYLUM, UNKNOWN),
    "age_band": (*AGE_BANDS, UNKNOWN),
    "legal_status_group": (*LEGAL_STATUS_GROUPS, UNKNOWN),
    "basis": ("known", "assumed", UNKNOWN),
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
    "not_judged": count("rows of the return left out of the measure, below"),
}

_ITEM = {
    "child": pl.String,
    "key": pl.UInt32,
    "day": pl.Date,
    "kind": pl.String,
    "basis": pl.String,
    "state": pl.String,
}
"""What is counted: a child or a review, its day, and its state; null: not judged."""


@derived("measure and breakdown", TIMELY, key=["measure", "breakdown"])
def review_timeliness(ret: Return, *, adoption: bool = True) -> pl.DataFrame:
    """How many reviews were on time, by child and by review, in all and broken down.

    Three measures, each by its own name; they answer different questions and need not agree:

    * `child`: the children looked after on the last day of the year, respite apart, whose period of care had lasted 20
      working days by then. A child is on time only if every review that fell due in the year in that period was held on
      or before its due date; one late review counts for good. A child with no review due in the year is on time.
    * `reviews_held`: the reviews held in the year, respite apart, those of one child and day as one.
    * `reviews_due`: the reviews that fell due in the year while the period of care lasted, respite apart.

    Args:
        ret: the return.
        adoption: whether a placement for adoption and a placement order start their own clocks, as in `reviews_due`.

    Returns:
        {columns}

        Those of nobody are shown too, in the order of `MEASURES` and `BREAKDOWNS`. Age, legal status and asylum flag
        are those of the last day of the year, the day of the review, or the due date. The rows of each breakdown add up
        to `all` in every count. not_judged counts, for `child`, this return's episodes that may or may not have lasted
        on the last day, as in `legal_status_on`; for `reviews_due`, its episodes without CHILD or a readable DECOM; for
        both, besides, its reviews without CHILD or a readable date; for `reviews_held`, the reviews that `reviews_held`
        does not judge, respite and repeats apart.

    Raises:
        ConfigError: the package `holidays` is not installed.

    Source: `child` is the form of the former national indicator 66 (children's cases reviewed within timescales); the
    reviews are those of local annual reports of independent reviewing services.
    """
    steps = chains(ret, adoption=adoption)
    undated = undated_reviews(ret)
    counted = {
        "child": pl.concat([_children(ret, steps), _blank(not_judged_on(ret, ret.year.end) + undated)]),
        "reviews_held": _held(ret, steps),
        "reviews_due": pl.concat([_due(ret, steps), _blank(not_placed(ret) + undated)]),
    }
    return pl.concat(_measured(name, _described(ret, items)) for name, items in counted.items())


def _blank(n: int) -> pl.DataFrame:
    return pl.DataFrame({name: [None] * n for name in _ITEM}, schema=_ITEM)


def _in_year(ret: Return, day: str) -> pl.Expr:
    return pl.col(day).is_between(ret.year.start, ret.year.end)


def _children(ret: Return, steps: pl.DataFrame) -> pl.DataFrame:
    starts = all_periods(ret).select("key", "start").filter(twentieth_working_day(pl.col("start")) <= ret.year.end)
    here = (
        looked_after(ret, ret.year.end)
        .select("child", key="period")
        .join(starts, on="key", how="semi", maintain_order="left")
    )
    worst = (
        pl.when((pl.col("state") == "missed").any())
        .then(pl.lit("missed"))
        .when((pl.col("state") == "late").any())
        .then(pl.lit("late"))
    )
    states = steps.filter(_in_year(ret, "due")).group_by("key").agg(state=worst)
    bases = steps.group_by("key").agg(basis=pl.col("basis").first())
    return (
        here.join(states, on="key", how="left", maintain_order="left")
        .join(bases, on="key", how="left", maintain_order="left")
        .with_columns(
            day=pl.lit(ret.year.end), kind=pl.lit(None, pl.String), state=pl.col("state").fill_null("on_time")
        )
        .select(list(_ITEM))
    )


def _held(ret: Return, steps: pl.DataFrame) -> pl.DataFrame:
    rows = held_rows(ret, steps).filter(~pl.col("repeat") & pl.col("reason").ne_missing("respite"))
    judged = pl.when(pl.col("state") != "not_judged").then("state")
    return rows.with_columns(day="review", state=judged).select(list(_ITEM))


def _due(ret: Return, steps: pl.DataFrame) -> pl.DataFrame:
    return steps.filter(pl.col("owed") & _in_year(ret, "due")).with_columns(day="due").select(list(_ITEM))


def _described(ret: Return, items: pl.DataFrame) -> pl.DataFrame:
    """The items with asylum, age_band and legal_status_group on their day."""
    seeker, other = (pl.lit(name) for name in ASYLUM)
    asylum = pl.when(pl.col("child").is_in(asylum_seekers(ret).implode())).then(seeker)
    statuses = episodes(ret).select("LS", key="period", day="decom")
    return (
        items.sort("key", "day", nulls_last=True)
        .join_asof(statuses, on="day", by="key", strategy="backward", check_sortedness=False)
        .join(birth_dates(ret).select("child", "dob"), on="child", how="left", maintain_order="left")
        .with_columns(
            asylum=asylum.when(pl.col("child").is_not_null()).then(other),
            age_band=age_band(age_on(pl.col("dob"), pl.col("day"))),
            legal_status_group=group_of("LS", "LS"),
        )
    )


def _measured(measure: str, items: pl.DataFrame) -> pl.DataFrame:
    names = [name for name in BREAKDOWNS if not (measure == "child" and name == "kind")]
    shown = [ALL, *(f"{name}:{value}" for name in names for value in BREAKDOWNS[name])]
    state = pl.col("state")
    counts = {
        "on_time": state == "on_time",
        "late": state.is_in(["late", "missed"]),
        "missed": state == "missed",
        "not_judged": state.is_null(),
    }
    sums = [which.sum().cast(pl.UInt32).alias(name) for name, which in counts.items()]
    label = {name: pl.format("{}:{}", pl.lit(name), pl.col(name).fill_null(UNKNOWN)) for name in names}
    by_name = [items.group_by(name).agg(sums).select(*counts, breakdown=label[name]) for name in names]
    found = pl.concat([items.select(*sums, breakdown=pl.lit(ALL)), *by_name])
    return (
        pl.DataFrame({"breakdown": shown})
        .join(found, on="breakdown", how="left", maintain_order="left")
        .with_columns(pl.col(list(counts)).fill_null(0), measure=pl.lit(measure))
        .with_columns(denominator=pl.col("on_time") + pl.col("late"))
        .with_columns(percent=percent("on_time", "denominator"))
    )
