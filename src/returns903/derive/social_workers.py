"""How many social workers children had in the year, and who had the same one for six months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from returns903.derive.care import of_episodes
from returns903.derive.cells import told
from returns903.derive.counts import percent
from returns903.derive.cuts import CUTS, By, beside, crossed, cut, cuts_of, in_order, tally
from returns903.derive.declared import count, derived, share, text
from returns903.derive.health import for_a_year
from returns903.derive.placements import in_care_for, standing
from returns903.derive.population import NOT_JUDGED, doubtful
from returns903.returns import Return
from returns903.tables import SWEpisodes

WORKERS = ("no_social_worker", "one_social_worker", "two_social_workers", "three_or_more_social_workers")
SAME = "same_social_worker_for_six_months"
MANY = len(WORKERS) - 1
MONTHS = 6
ALL, ALL_YEAR, TWO_YEARS = "all", "twelve_months", "two_years"
IN_TWO_YEARS = "three_or_more_social_workers_in_two_years"
NO_TABLE = "the return has no table SWEpisodes; over two years, the previous one has none or is not at hand"
STABILITY = {
    "population": text(
        "all: looked after on the last day of the year; twelve_months: and for at least twelve months, as in "
        "`health`; two_years: and without a break for at least two years, as in `placement_stability`",
        values=(ALL, ALL_YEAR, TWO_YEARS),
    ),
    "measure": text(
        "how many in the year, each counted once; or the present one for six months; of two_years, how many in the two "
        "years",
        values=(*WORKERS, SAME, IN_TWO_YEARS),
    ),
    "denominator": count("children of the population, respite apart"),
    "children": count("those it is true of", NO_TABLE),
    "others": count("the rest: children and others add up to denominator", NO_TABLE),
    "percent": share("children of denominator", f"of nobody, or {NO_TABLE}"),
    "unknown": count(
        "children left out of the population, since care began before the first episode known, which lies in the year "
        "(in the two years)"
    ),
    "undated": count("rows of SWEpisodes without CHILD, SW_ID or a readable SW_DECOM, which are in no figure"),
    "not_judged": NOT_JUDGED,
}


@derived("population and measure", STABILITY, key=["population", "measure"], by=CUTS)
def social_workers(ret: Return, *, by: By = ()) -> pl.DataFrame:
    """Three or more social workers in the year or in two, and the same one for six months, of children looked after.

    A social worker counts for a child with a row of SWEpisodes that began by the last day of the year and had not ended
    before its first day, and once only, however often the child came back to the same one (by SW_ID). An SW_DEC that is
    no date counts as none.

    Over two years a row counts that had not ended before the first day of the previous year, in either return, and a
    social worker in both counts once. This takes SWEpisodes of both.

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
    known, both = rows.filter(_whole()), _of_two_years(ret)
    people = (
        of_episodes(cut(ret, for_a_year(ret), cuts), standing(ret))
        .join(_from(ret.year.start, ret, known), on="child", how="left", maintain_order="left")
        .join(_from(ret.year.previous.start, ret, both, "in_two"), on="child", how="left", maintain_order="left")
        .join(_present(ret, known), on="child", how="left", maintain_order="left")
        .with_columns(pl.col("n", "in_two").fill_null(0).clip(0, MANY), pl.col("settled").fill_null(value=False))
    )
    counts = in_order(pl.concat(_measures(ret, people, cuts)), cuts)
    table = counts.with_columns(
        others=pl.col("denominator") - pl.col("children"), percent=percent("children", "denominator")
    )
    undated = beside(ret, table, cuts, _nowhere(rows.filter(~_whole()))).rename({"not_judged": "undated"})
    return beside(ret, undated, cuts, doubtful(ret, ret.year.end))


def _measures(ret: Return, people: pl.DataFrame, by: Sequence[str]) -> Iterator[pl.DataFrame]:
    """The rows of each population and measure; null where the table that tells it is not at hand."""
    true_of = {name: pl.col("n") == n for n, name in enumerate(WORKERS)} | {SAME: pl.col("settled")}
    told, told_before = (SWEpisodes.name in (tables or {}) for tables in (ret.tables, ret.previous))
    for population, about in ((ALL, pl.lit(value=True)), (ALL_YEAR, pl.col("all_year"))):
        for name, true in true_of.items():
            yield _measured(people, by, population, about, name, true if told else None)
    in_two = pl.col("in_two") >= MANY if told and told_before else None
    yield _measured(people, by, TWO_YEARS, in_care_for("24mo", ret.year.end), IN_TWO_YEARS, in_two)


def _measured(
    people: pl.DataFrame, by: Sequence[str], population: str, about: pl.Expr, name: str, true_of: pl.Expr | None
) -> pl.DataFrame:
    """One measure; of whom it is true is null where that is not told."""
    labelled = people.with_columns(population=pl.lit(population), measure=pl.lit(name), belongs=about)
    counts = tally(
        labelled,
        by,
        crossed(population=[population], measure=[name]),
        denominator=pl.col("belongs").sum(),
        children=(pl.col("belongs") & (pl.lit(value=False) if true_of is None else true_of)).sum(),
        unknown=pl.col("belongs").null_count(),
    )
    return counts if true_of is not None else counts.with_columns(children=pl.lit(None, pl.UInt32))


def _from(first: dt.date, ret: Return, rows: pl.DataFrame, name: str = "n") -> pl.DataFrame:
    """How many social workers each child had from a day to the last of the year."""
    ended = pl.col("end") < first
    touches = (pl.col("start") <= ret.year.end) & ~ended.fill_null(value=False)
    return rows.filter(touches).group_by("child").agg(pl.col("worker").n_unique().alias(name))


def _of_two_years(ret: Return) -> pl.DataFrame:
    return pl.concat([_rows(ret.tables), _rows(ret.previous or {})]).filter(_whole())


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
    return rows.select("child", day="start", episode=pl.lit(None, pl.UInt32))


def _rows(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The rows of SWEpisodes: child, worker, start, end."""
    texts, dates = ("CHILD", "SW_ID"), ("SW_DECOM", "SW_DEC")
    empty = pl.DataFrame(schema=[*((name, pl.String) for name in texts), *((name, pl.Date) for name in dates)])
    rows = tables.get(SWEpisodes.name, empty)
    return rows.select(child=told("CHILD"), worker=told("SW_ID"), start="SW_DECOM", end="SW_DEC")
