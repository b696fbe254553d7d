"""Episodes of both returns put together, and the periods of care they make: the ground of every derived table.

Where the previous return is given its episodes stand before this year's; of an episode that both returns hold (the same
child and DECOM) this year's row stands for both. A row without CHILD or a readable DECOM cannot be placed in time: it is
left out here and counted by `not_placed`. A DEC that cannot be read counts as none.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from returns903 import codes
from returns903.frames import Frames
from returns903.returns import Return
from returns903.tables import Asylum, Episodes, Header

RESPITE = ("V3", "V4")
CARRIED = ("LS", "CIN", "PLACE", "PLACE_PROVIDER", "RNE", "REC", "REASON_PLACE_CHANGE", "URN", "HOME_POST", "PL_POST")
"""The columns of Episodes that the rows of `episodes` carry beside their dates."""


def episodes(ret: Return) -> pl.DataFrame:
    """The episodes of both returns, by child and DECOM.

    Columns: child, decom, dec (null: open or unreadable), those of `CARRIED`, last_year (bool: the row stands in the
    previous return alone), row, respite (bool: LS is V3 or V4), and period (int, counting from 1 through the whole
    frame: episodes with one number make one period of care).
    """
    now, before = _rows(ret.tables, last_year=False), _rows(ret.previous, last_year=True)
    both = pl.concat([before.join(now, on=["child", "decom"], how="anti"), now])
    placed = both.filter(pl.col("child").is_not_null() & pl.col("decom").is_not_null())
    ordered = placed.sort("child", "decom", "row")
    goes_on = (
        (pl.col("child") == pl.col("child").shift(1))
        & (pl.col("decom") == pl.col("dec").shift(1))
        & (pl.col("REC").shift(1) == "X1")
        & pl.col("RNE").ne_missing("S")
    ).fill_null(value=False)
    return ordered.with_columns(
        respite=pl.col("LS").is_in(RESPITE).fill_null(value=False), period=(~goes_on).cum_sum().cast(pl.UInt32)
    )


def _rows(tables: dict[str, pl.DataFrame] | None, *, last_year: bool) -> pl.DataFrame:
    frame = (tables or {}).get(Episodes.name)
    columns = {"child": "CHILD", "decom": "DECOM", "dec": "DEC"} | {name: name for name in CARRIED}
    if frame is None:
        schema = {name: pl.Date if name in ("decom", "dec") else pl.String for name in columns}
        frame = pl.DataFrame(schema=schema | {"row": pl.UInt32})
    else:
        frame = frame.select(**{new: pl.col(old) for new, old in columns.items()}, row=pl.col("row"))
    return frame.with_columns(last_year=pl.lit(last_year))


def not_placed(ret: Return) -> int:
    """How many of this year's episodes have no CHILD or no readable DECOM."""
    frame = ret.tables.get(Episodes.name)
    return 0 if frame is None else frame.filter(pl.col("CHILD").is_null() | pl.col("DECOM").is_null()).height


def periods_of_care(ret: Return) -> pl.DataFrame:
    """Each child's periods of care that touch the year.

    A period is a child's episodes in order of DECOM, chained while the next DECOM equals the DEC and the episode ended
    with REC X1. A new one starts with RNE S, after a gap, or after an ending for good. Both returns are used. Kept are
    the periods without an end, and those that ended on or after the first day of the year.

    Returns:
        One row a period, by child and start: child, period (1, 2, ... for each child), start, start_known (the first
        episode has RNE S), end (null: open), reason (REC of the last episode; null: open or blank), episodes (how
        many), days (from start to end, or to the last day of the year while open), open, respite (every episode has LS
        V3 or V4).

    Source: the return's own coding of episodes; an end for good is any REC but X1.
    """
    found = _periods(ret).filter(touches(ret))
    return found.with_columns(period=pl.int_range(1, pl.len() + 1).over("child").cast(pl.UInt32))


def all_periods(ret: Return) -> pl.DataFrame:
    """The periods of both returns, touching the year or not, with `key`: the number their episodes carry as `period`."""
    return _periods(ret, keyed=True)


def touches(ret: Return) -> pl.Expr:
    """Whether what has this `end` touches the year."""
    return pl.col("end").is_null() | (pl.col("end") >= ret.year.start)


def _periods(ret: Return, *, keyed: bool = False) -> pl.DataFrame:
    found = (
        episodes(ret)
        .group_by("period", maintain_order=True)
        .agg(
            child=pl.col("child").first(),
            start=pl.col("decom").first(),
            start_known=(pl.col("RNE").first() == "S").fill_null(value=False),
            end=pl.col("dec").last(),
            reason=pl.col("REC").last(),
            episodes=pl.len().cast(pl.UInt32),
            respite=pl.col("respite").all(),
        )
        .with_columns(days=days(pl.col("start"), pl.col("end"), ret.year.end), open=pl.col("end").is_null())
    )
    columns = ["child", "period", "start", "start_known", "end", "reason", "episodes", "days", "open", "respite"]
    return found.select(*columns, *([pl.col("period").alias("key")] if keyed else []))


def days(start: pl.Expr, end: pl.Expr, year_end: dt.date) -> pl.Expr:
    """Days from start to end, or to the last day of the year where there is no end; Int64."""
    return (end.fill_null(year_end) - start).dt.total_days()


def legal_status_runs(ret: Return) -> pl.DataFrame:
    """Within each period of care, neighbouring episodes with one legal status merged; those that touch the year.

    Returns:
        One row a run, by child and start: child, period (as in `periods_of_care`), legal_status (null: blank), group
        (the national group; null for respite and for what is no code), start, end (null: open), days (as in
        `periods_of_care`), episodes, open.

    Source: legal status groups of the national statistics of children looked after in England.
    """
    rows = episodes(ret)
    numbers = all_periods(ret).filter(touches(ret)).select(
        "key", number=pl.int_range(1, pl.len() + 1).over("child").cast(pl.UInt32)
    )  # fmt: skip
    begins = (pl.col("period") != pl.col("period").shift(1)) | pl.col("LS").ne_missing(pl.col("LS").shift(1))
    return (
        rows.with_columns(run=begins.fill_null(value=True).cum_sum())
        .group_by("run", maintain_order=True)
        .agg(
            child=pl.col("child").first(), key=pl.col("period").first(), legal_status=pl.col("LS").first(),
            start=pl.col("decom").first(), end=pl.col("dec").last(), episodes=pl.len().cast(pl.UInt32),
        )
        .filter(touches(ret))
        .join(numbers, on="key", how="inner", maintain_order="left")
        .select(
            "child", pl.col("number").alias("period"), "legal_status", group=group_of("legal_status", "LS"),
            start="start", end="end", days=days(pl.col("start"), pl.col("end"), ret.year.end), episodes="episodes",
            open=pl.col("end").is_null(),
        )
    )  # fmt: skip


def group_of(column: str, code_list: str) -> pl.Expr:
    """The national group of a code; null where it has none."""
    groups = {code: entry.group for code, entry in codes.code_list(code_list).items() if entry.group}
    return pl.col(column).replace_strict(groups, default=None, return_dtype=pl.String)


def looked_after(ret: Return, day: dt.date) -> pl.DataFrame:
    """The episode that each child looked after at the close of a day was in; respite stands apart.

    An episode begun on or before the day and not ended by its close: DEC is later or there is none. Of several, the one
    that began last.

    Returns:
        The columns of `episodes`, one row a child, and asylum (bool: an unaccompanied asylum seeker).
    """
    open_then = (pl.col("decom") <= day) & (pl.col("dec").is_null() | (pl.col("dec") > day)) & ~pl.col("respite")
    rows = episodes(ret).filter(open_then).unique("child", keep="last", maintain_order=True)
    return rows.with_columns(asylum=pl.col("child").is_in(asylum_seekers(ret).implode()))


def asylum_seekers(ret: Return) -> pl.Series:
    """The children marked as unaccompanied asylum seekers this year; empty where the return does not say."""
    frames = Frames(ret)
    if not frames.has(Asylum):
        return pl.Series("child", [], dtype=pl.String)
    marked = frames.base(Asylum).filter(Asylum.STATUS == "1")
    return marked.select(Asylum.CHILD.alias("child")).to_series().drop_nulls().unique()


def birth_dates(ret: Return) -> pl.DataFrame:
    """Each child's date of birth and other marks from Header, this year's before the previous return's.

    Columns: child, dob (null: blank or unreadable), sex, ethnic; one row a child.
    """
    found = [tables[Header.name] for tables in (ret.tables, ret.previous or {}) if Header.name in tables]
    columns = {"child": pl.String, "dob": pl.Date, "sex": pl.String, "ethnic": pl.String}
    rows = [f.select(child="CHILD", dob="DOB", sex="SEX", ethnic="ETHNIC") for f in found]
    every = pl.concat(rows) if rows else pl.DataFrame(schema=columns)
    return every.filter(pl.col("child").is_not_null()).unique("child", keep="first", maintain_order=True)


def age_on(dob: pl.Expr, day: pl.Expr) -> pl.Expr:
    """Full years of age on a day; a birthday on 29 February is kept on 28 February in other years. Null: no birth date."""
    years = day.dt.year() - dob.dt.year()
    return years - (dob.dt.offset_by(pl.format("{}y", years)) > day).cast(pl.Int32)
