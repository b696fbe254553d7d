"""How many social workers children had in the year, and who had the same one for six months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from returns903.derive.cells import told
from returns903.derive.counts import percent
from returns903.derive.cuts import CUTS, By, beside, crossed, cut, cuts_of, in_order, tally
from returns903.derive.declared import count, derived, share, text
from returns903.derive.health import for_a_year
from returns903.derive.population import NOT_JUDGED, doubtful
from returns903.returns import Return
from returns903.tables import SWEpisodes

WORKERS = ("no_social_worker", "one_social_worker", "two_social_workers", "three_or_more_social_workers")
SAME = "same_social_worker_for_six_months"
MONTHS = 6
ALL, ALL_YEAR = "all", "twelve_months"
NO_TABLE = "the return has no table SWEpisodes"
STABILITY = {
    "population": text(
        "all: looked after on the last day of the year; twelve_months: and for at least twelve months, as in `health`",
        values=(ALL, ALL_YEAR),
    ),
    "measure": text(
        "how many in the year, each counted once; or the present one for six months", values=(*WORKERS, SAME)
    ),
    "denominator": count("children of the population, respite apart"),
    "children": count("those it is true of", NO_TABLE),
    "others": count("the rest: children and others add up to denominator", NO_TABLE),
    "percent": share("children of denominator", f"of nobody, or {NO_TABLE}"),
    "unknown": count(
        "children left out of the population, since care began before the first episode known, which lies in the year"
    ),
    "undated": count("rows of SWEpisodes without CHILD, SW_ID or a readable SW_DECOM, which are in no figure"),
    "not_judged": NOT_JUDGED,
}


@derived("population and measure", STABILITY, key=["population", "measure"], by=CUTS)
def social_workers(ret: Return, *, by: By = ()) -> pl.DataFrame:
    """Three or more social workers in the year, and the same one for six months, among the children looked after.

    A social worker counts for a child with a row of SWEpisodes that began by the last day of the year and had not ended
    before its first day, and once only, however often the child came back to the same one (by SW_ID). An SW_DEC that is
    no date counts as none.

    The present social worker is the one whose row, open at the close of the last day, began last. With the rows of the
    same social worker just before it, none of another's between, it must have begun six calendar months before.

    Args:
        ret: the return; from 2023-24 on it has the table.
        by: what the table is cut by, any of `CUTS`: as of the last day of the year.

    Returns:
        {columns}

    Raises:
        ConfigError: it cannot be cut so.

    Source: the national table of social worker stability by local authority, which counts each social worker once a
    child; six months with the same one as local scorecards have it, of children in care for twelve months.
    """
    cuts = cuts_of(by)
    rows = _rows(ret.tables)
    known = rows.filter(_whole())
    people = (
        cut(ret, for_a_year(ret), cuts)
        .join(_in_year(ret, known), on="child", how="left", maintain_order="left")
        .join(_present(ret, known), on="child", how="left", maintain_order="left")
        .with_columns(pl.col("n").fill_null(0).clip(0, len(WORKERS) - 1), pl.col("settled").fill_null(value=False))
    )
    true_of = {name: pl.col("n") == n for n, name in enumerate(WORKERS)} | {SAME: pl.col("settled")}
    belongs = {ALL: pl.lit(value=True), ALL_YEAR: pl.col("all_year")}
    found = [
        _measured(people, cuts, population, about, name, true)
        for population, about in belongs.items()
        for name, true in true_of.items()
    ]
    counts = in_order(pl.concat(found), cuts).with_columns(
        children=pl.when(SWEpisodes.name in ret.tables).then("children"),
    )
    table = counts.with_columns(
        others=pl.col("denominator") - pl.col("children"), percent=percent("children", "denominator")
    )
    undated = beside(ret, table, cuts, _nowhere(rows.filter(~_whole()))).rename({"not_judged": "undated"})
    return beside(ret, undated, cuts, doubtful(ret, ret.year.end))


def _measured(
    people: pl.DataFrame, by: Sequence[str], population: str, about: pl.Expr, name: str, true_of: pl.Expr
) -> pl.DataFrame:
    labelled = people.with_columns(population=pl.lit(population), measure=pl.lit(name), belongs=about)
    return tally(
        labelled,
        by,
        crossed(population=[population], measure=[name]),
        denominator=pl.col("belongs").sum(),
        children=(pl.col("belongs") & true_of).sum(),
        unknown=pl.col("belongs").null_count(),
    )


def _in_year(ret: Return, rows: pl.DataFrame) -> pl.DataFrame:
    """How many social workers (n) each child had in the year."""
    ended = pl.col("end") < ret.year.start
    touches = (pl.col("start") <= ret.year.end) & ~ended.fill_null(value=False)
    return rows.filter(touches).group_by("child").agg(n=pl.col("worker").n_unique())


def _present(ret: Return, rows: pl.DataFrame) -> pl.DataFrame:
    """Whether each child has had its present social worker for six months: child, settled."""
    day = ret.year.end
    begun = rows.filter(pl.col("start") <= day).sort("child", "start", "end", "worker", nulls_last=True)
    stays = (pl.col("child") == pl.col("child").shift(1)) & (pl.col("worker") == pl.col("worker").shift(1))
    runs = begun.with_columns(run=(~stays.fill_null(value=False)).cum_sum()).with_columns(
        since=pl.col("start").first().over("run")
    )
    lasts = pl.col("end").is_null() | (pl.col("end") > day)
    present = runs.filter(lasts).unique("child", keep="last", maintain_order=True)
    return present.select("child", settled=pl.col("since").dt.offset_by(f"{MONTHS}mo") <= day)


def _whole() -> pl.Expr:
    return pl.all_horizontal(pl.col(name).is_not_null() for name in ("child", "worker", "start"))


def _nowhere(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows as items of a child in no episode."""
    return rows.select("child", day="start", row=pl.lit(None, pl.UInt32), last_year=pl.lit(None, pl.Boolean))


def _rows(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The rows of SWEpisodes: child, worker, start, end."""
    texts, dates = ("CHILD", "SW_ID"), ("SW_DECOM", "SW_DEC")
    empty = pl.DataFrame(schema=[*((name, pl.String) for name in texts), *((name, pl.Date) for name in dates)])
    rows = tables.get(SWEpisodes.name, empty)
    return rows.select(child=told("CHILD"), worker=told("SW_ID"), start="SW_DECOM", end="SW_DEC")
