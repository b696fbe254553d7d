"""The monthly sheet that boards read, every figure of it from one return."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import polars as pl

from returns903.derive.care import looked_after, unplaced
from returns903.derive.counts import APART, percent
from returns903.derive.declared import Column, count, date, derived, text
from returns903.derive.leaving import leaving_care, leaving_care_reasons
from returns903.derive.participation import CODES
from returns903.derive.placements import TOTAL, TWO_YEARS, distance, stability
from returns903.derive.places import places
from returns903.derive.population import not_judged_on, started_in_year
from returns903.derive.reviews import month_ends, reviews_held, reviews_up_to_date
from returns903.errors import ConfigError
from returns903.returns import Return
from returns903.tables import UASC, Header, Reviews

PER = 10_000
CHILDREN, PERCENT, RATE = "children", "percent", "per 10,000 children"
THREE_OR_MORE = "three_or_more_placements"
NEAR = "within_20_miles"
MEASURES = (
    "looked_after",
    "looked_after_asylum_seeking",
    "looked_after_others",
    "looked_after_rate",
    "looked_after_rate_others",
    "started",
    "ceased",
    "reviews_up_to_date",
    "took_part_in_reviews",
    THREE_OR_MORE,
    TWO_YEARS,
    NEAR,
)
"""The measures in the order of the sheet."""


CARD = {
    "month": date("its last day"),
    "measure": text("see above", values=MEASURES),
    "unit": text("of the value", values=(CHILDREN, PERCENT, RATE)),
    "value": Column(pl.Float64, "the figure to read, unrounded", "see above, or of nobody", least=0),
    "numerator": count("what the value is worked out from", "as value"),
    "denominator": count("what the value is worked out from", "a count, or as value"),
    **{name: column.or_null("no percentage, or as value") for name, column in APART.items()},
    "assumed": APART["assumed"],
    "unknown": count(
        "children left out of the denominator, as in `placement_stability`, or in it with unknown distance; reviews in "
        "the month without a code of the list"
    ),
    "not_judged": count("rows that may or may not concern the month: as in the table of that name"),
}


class Month(NamedTuple):
    """The children looked after at a month's end, and the episodes that may or may not have lasted then."""

    end: dt.date
    children: pl.DataFrame
    not_judged: int


class Figure(NamedTuple):
    """One cell of the sheet."""

    month: dt.date
    measure: str
    unit: str
    numerator: int | None
    denominator: int | None = None
    unknown: int = 0
    not_judged: int = 0
    assumed: int = 0


@derived("month and measure, by month and in the order of the sheet", CARD, key=["month", "measure"])
def scorecard(ret: Return, population: int | None = None) -> pl.DataFrame:
    """The figures that a board reads each month of the year, from the return of the whole year.

    Each is the figure of the derived table of that name, as at the last day of the month or for the month, so that the
    last month agrees with the year's tables and the months add up to them:

    * `looked_after`, `looked_after_asylum_seeking`, `looked_after_others` (the two add up to the first) and
      `looked_after_rate`, per 10,000 children of the population, and `looked_after_rate_others`, the same without
      asylum-seeking children: at the month's end (`looked_after_on`).
    * `started`, `ceased`: in the month, each child's first start and last ceasing of the year alone
      (`started_in_year`, `leaving_care`), so the change in `looked_after` is not always their difference.
    * `reviews_up_to_date`: of the children looked after at the month's end (`reviews_up_to_date`).
    * `took_part_in_reviews`: of the reviews held in the month of children aged 4 and over (`review_participation`).
    * `three_or_more_placements`: in the twelve months to the month's end, for all months but the last with those that
      only the previous return holds; `two_years_in_one_placement` (`placement_stability`). `within_20_miles`: of all
      children, those of unknown distance among them (`placement_distance`).

    What the return does not hold is null: the placements of twelve months that begin before the returns at hand do (so
    without the previous return every month but the last), reviews without the table Reviews, asylum-seeking children
    without UASC or a flag in Header, distances where none is known.

    Args:
        ret: the return.
        population: the children under 18 who live in the authority's area; without it there is no rate.

    Returns:
        {columns}

    Raises:
        ConfigError: the population is no positive number, or the package `holidays` is not installed.

    Source: the form of a board's monthly scorecard; the definitions are those of the tables named.
    """
    if population is not None and population < 1:
        msg = "a rate per 10,000 children needs the number of children in the population"
        raise ConfigError(msg)
    days = month_ends(ret.year.start, ret.year.end)
    months = [Month(day, looked_after(ret, day), not_judged_on(ret, day)) for day in days]
    found = [
        *(figure for month in months for figure in _population(ret, month, population)),
        *_changes(ret, days),
        *_reviews(ret, days),
        *_placements(ret, months),
    ]
    counts = dict.fromkeys(("numerator", "denominator", "unknown", "not_judged", "assumed"), pl.UInt32)
    frame = pl.DataFrame(
        found, schema={"month": pl.Date, "measure": pl.String, "unit": pl.String, **counts}, orient="row"
    )
    order = pl.col("measure").replace_strict(MEASURES, range(len(MEASURES)), return_dtype=pl.UInt8)
    return frame.sort("month", order).with_columns(value=_value(), **_apart())


def _value() -> pl.Expr:
    part, whole = pl.col("numerator"), pl.col("denominator")
    rate = pl.when(whole > 0).then(PER * part / whole)
    return (
        pl.when(pl.col("unit") == CHILDREN)
        .then(part.cast(pl.Float64))
        .when(pl.col("unit") == RATE)
        .then(rate)
        .otherwise(percent(part, whole))
    )


def _apart() -> dict[str, pl.Expr]:
    """What is known, assumed and unknown of the percentages."""
    is_share = (pl.col("unit") == PERCENT) & pl.col("numerator").is_not_null()
    whole, assumed, unknown = pl.col("denominator"), pl.col("assumed"), pl.col("unknown")
    is_within = pl.col("measure") == NEAR
    every = pl.when(is_within).then(whole).otherwise(whole + unknown)
    found = {
        "known": whole - assumed - pl.when(is_within).then(unknown).otherwise(0),
        "least": percent(pl.col("numerator") - assumed, every),
        "most": percent(pl.col("numerator") + unknown, every),
    }
    return {name: pl.when(is_share).then(value) for name, value in found.items()}


def _population(ret: Return, month: Month, population: int | None) -> list[Figure]:
    asylum = month.children.get_column("asylum")
    flagged = UASC.name in ret.tables or "UASC" in ret.tables.get(Header.name, pl.DataFrame()).columns
    seeking, others = (int(asylum.sum()), int((~asylum).sum())) if flagged else (None, None)
    counts = {"looked_after": len(asylum), "looked_after_asylum_seeking": seeking, "looked_after_others": others}
    unsure = month.not_judged
    found = [Figure(month.end, name, CHILDREN, n, not_judged=unsure) for name, n in counts.items()]
    rates = {"looked_after_rate": len(asylum), "looked_after_rate_others": others}
    rated = [Figure(month.end, name, RATE, n, population, not_judged=unsure) for name, n in rates.items()]
    return found if population is None else [*found, *rated]


def _changes(ret: Return, days: list[dt.date]) -> list[Figure]:
    starts_undated = unplaced(ret).filter((pl.col("RNE") == "S") & ~pl.col("respite")).height
    ends_undated = leaving_care_reasons(ret).get_column("not_judged").to_list()[-1]
    started = _by_month(ret, started_in_year(ret), "start", days)
    ceased = _by_month(ret, leaving_care(ret), "ceased", days)
    return [
        *(Figure(day, "started", CHILDREN, part.height, not_judged=starts_undated) for day, part in started),
        *(Figure(day, "ceased", CHILDREN, part.height, not_judged=ends_undated) for day, part in ceased),
    ]


def _by_month(ret: Return, rows: pl.DataFrame, column: str, days: list[dt.date]) -> list[tuple[dt.date, pl.DataFrame]]:
    """The rows of each month, with its last day."""
    firsts = [ret.year.start, *(day + dt.timedelta(days=1) for day in days[:-1])]
    return [
        (last, rows.filter(pl.col(column).is_between(first, last))) for first, last in zip(firsts, days, strict=True)
    ]


def _reviews(ret: Return, days: list[dt.date]) -> list[Figure]:
    if Reviews.name not in ret.tables:
        return [
            Figure(day, name, PERCENT, None) for day in days for name in ("reviews_up_to_date", "took_part_in_reviews")
        ]
    up_to_date = reviews_up_to_date(ret).select("as_at", "up_to_date", "children", "not_judged", "assumed")
    rows = reviews_held(ret).filter(~pl.col("repeat") & pl.col("reason").ne_missing("respite"))
    undated = rows.filter(pl.col("review").is_null()).height
    found = []
    for day, part in _by_month(ret, rows, "review", days):
        judged = part.filter(pl.col("reason").is_null())
        older = judged.filter(pl.col("participation").is_in(CODES))
        unknown = judged.filter(pl.col("participation").is_in([*CODES, "PN0"]).fill_null(value=False).not_()).height
        took_part = int(older.get_column("taken_part").sum())
        doubtful = undated + part.height - judged.height
        found.append(Figure(day, "took_part_in_reviews", PERCENT, took_part, older.height, unknown, doubtful))
    return [
        *(
            Figure(day, "reviews_up_to_date", PERCENT, n, of, 0, unsure, assumed)
            for day, n, of, unsure, assumed in up_to_date.iter_rows()
        ),
        *found,
    ]


def _placements(ret: Return, months: list[Month]) -> list[Figure]:
    found = []
    known = places(ret, pl.concat(month.children.select("episode") for month in months))
    for end, children, unsure in months:
        for row in stability(ret, end, children).iter_rows(named=True):
            if (name := row["measure"]) in (THREE_OR_MORE, TWO_YEARS):
                found.append(Figure(end, name, PERCENT, row["children"], row["denominator"], row["unknown"], unsure))
        far_off = distance(children.join(known, on="episode", how="left"))
        near, far, unknown, every = far_off.filter(pl.col("location") == TOTAL).get_column("children")
        told = near + far > 0 or every == 0
        found.append(Figure(end, NEAR, PERCENT, near if told else None, every, unknown, unsure))
    return found
