"""Episodes of both returns put together, and the periods of care they make: the ground of every derived table.

Where the previous return is given its episodes stand before this year's; of an episode that both returns hold (the
same child and DECOM) this year's row stands for both. A row without CHILD or a readable DECOM cannot be placed in time:
it is left out here and counted by `not_judged`. A DEC that cannot be read counts as none, and so the episode as open;
it is marked `end_unknown` and counted by `not_judged` too. An empty text counts as blank.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import polars as pl

from returns903 import codes
from returns903.derive.asylum import with_asylum
from returns903.derive.cells import told
from returns903.derive.declared import count, date, days, derived, flag, text
from returns903.derive.kept import kept
from returns903.derive.neighbours import Columns, changes, runs
from returns903.returns import Return
from returns903.tables import Episodes, Header
from returns903.tables.base import TEXT

RESPITE = ("V3", "V4")
CARRIED = ("LS", "CIN", "PLACE", "PLACE_PROVIDER", "RNE", "REC", "REASON_PLACE_CHANGE", "URN", "HOME_POST", "PL_POST")
"""The columns of Episodes that the rows of `episodes` carry beside their dates."""

CHILD = text("CHILD")
PERIOD = {
    "child": CHILD,
    "period": count("1, 2, ... among the child's periods that are kept", least=1),
    "start": date("DECOM of the first episode"),
    "start_known": flag("the first episode has RNE S, so that nothing came before it"),
    "end": date("DEC of the last episode", "open"),
    "reason": text("REC of the last episode", "open, or blank"),
    "episodes": count("how many", least=1),
    "days": days("from start to end, or to the last day of the year while open"),
    "open": flag("the last episode has no readable DEC"),
    "respite": flag("every episode has LS V3 or V4: such periods stand apart from every other count"),
}
RUN = {
    "child": CHILD,
    "period": count("as in `periods_of_care`", least=1),
    "legal_status": text("LS", "blank"),
    "group": text("its national group", "respite, or no code of the list"),
    "start": date("DECOM of the first episode"),
    "end": date("DEC of the last episode", "open"),
    "days": days("from start to end, or to the last day of the year while open"),
    "episodes": count("how many", least=1),
    "open": flag("the last episode has no readable DEC"),
}
REASONS = (
    "episodes_without_child",
    "episodes_without_start",
    "episodes_with_unknown_end",
    "episodes_gone_since_last_year",
    "headers_without_birth_date",
)

Tables = Mapping[str, pl.DataFrame]


@kept
def episodes(ret: Return) -> pl.DataFrame:
    """The episodes of both returns, by child and DECOM.

    Of several episodes that one child began on one day, those that ended sooner stand first, then one that starts care;
    the place in the file plays no part.

    Columns: child, decom, dec (null: open or unreadable), those of `CARRIED`, end_unknown (bool: there is no dec, but
    DEC or REC say that the episode has ended), respite (bool: LS is V3 or V4), last_year (bool: the row stands in the
    previous return alone), row (its place in that return's Episodes), period (int, counting from 1 through the whole
    frame: episodes with one number make one period of care) and episode (the place of the row in this frame, from 0).
    """
    ordered = _placed(ret).sort(
        "child",
        "decom",
        "dec",
        pl.col("RNE").ne_missing("S"),
        pl.col("REC").ne_missing("X1"),
        *CARRIED,
        nulls_last=True,
    )
    goes_on = (
        (pl.col("child") == pl.col("child").shift(1))
        & (pl.col("decom") == pl.col("dec").shift(1))
        & (pl.col("REC").shift(1) == "X1")
        & pl.col("RNE").ne_missing("S")
    ).fill_null(value=False)
    return ordered.with_columns(period=(~goes_on).cum_sum().cast(pl.UInt32), episode=_numbers())


def _placed(ret: Return) -> pl.DataFrame:
    now, before = _rows(ret.tables, last_year=False), _rows(ret.previous or {}, last_year=True)
    both = pl.concat([before.join(now, on=["child", "decom"], how="anti"), now])
    return both.filter(pl.col("child").is_not_null() & pl.col("decom").is_not_null())


@kept
def facts_of_episodes(ret: Return) -> pl.DataFrame:
    """What each episode says of the child and where it stands, in the order of their numbers, those of `unplaced` too.

    Columns: row, last_year, LS, CIN, PLACE.
    """
    return pl.concat(each.select("row", "last_year", "LS", "CIN", "PLACE") for each in (episodes(ret), unplaced(ret)))


def of_episodes(items: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """The items beside what is known of the episode that each names; known stands in the order of their numbers."""
    return items.hstack(known.select(pl.all().gather(items.get_column("episode"))))


@kept
def unplaced(ret: Return) -> pl.DataFrame:
    """This year's episodes without CHILD or a readable DECOM, in file order: the columns of `episodes` but period.

    Their numbers come after those of `episodes`.
    """
    rows = _rows(ret.tables, last_year=False).filter(pl.col("child").is_null() | pl.col("decom").is_null())
    return rows.with_columns(episode=_numbers(episodes(ret).height))


def _numbers(first: int = 0) -> pl.Expr:
    return pl.int_range(first, first + pl.len(), dtype=pl.UInt32)


def _rows(tables: Tables, *, last_year: bool) -> pl.DataFrame:
    frame = tables.get(Episodes.name)
    if frame is None:
        texts = dict.fromkeys(("CHILD", *CARRIED, f"DEC.{TEXT}"), pl.String)
        frame = pl.DataFrame(schema={**texts, "DECOM": pl.Date, "DEC": pl.Date})
    return frame.select(
        child=told("CHILD"),
        decom="DECOM",
        dec="DEC",
        **{name: told(name) for name in CARRIED},
        end_unknown=pl.col("DEC").is_null() & (told(f"DEC.{TEXT}").is_not_null() | told("REC").is_not_null()),
        respite=pl.col("LS").is_in(RESPITE).fill_null(value=False),
        last_year=pl.lit(last_year),
        row=_numbers(),
    )


@derived(
    "reason why rows cannot be judged",
    {"reason": text("why", values=REASONS), "rows": count("how many")},
    key=["reason"],
)
def not_judged(ret: Return) -> pl.DataFrame:
    """The rows that the derived tables cannot judge in full, for what their dates or CHILD do not say.

    Returns:
        {columns}

        All reasons are always there. Of this year's return
        `episodes_without_child`; `episodes_without_start` (no readable DECOM); `episodes_with_unknown_end` (DEC
        unreadable, or blank although REC is given: counted as open); `headers_without_birth_date` (no readable DOB). Of
        the previous return `episodes_gone_since_last_year` (open there and not in this one: their periods stay open).
    """
    rows, header = _rows(ret.tables, last_year=False), ret.tables.get(Header.name)
    counts = (
        rows.filter(pl.col("child").is_null()).height,
        rows.filter(pl.col("child").is_not_null() & pl.col("decom").is_null()).height,
        rows.filter("end_unknown").height,
        episodes(ret).filter(pl.col("last_year") & pl.col("dec").is_null()).height,
        0 if header is None else header.get_column("DOB").null_count(),
    )
    return pl.DataFrame({"reason": REASONS, "rows": counts}, schema_overrides={"rows": pl.UInt32})


@derived("period of care, by child and start", PERIOD, key=["child", "period"])
def periods_of_care(ret: Return) -> pl.DataFrame:
    """Each child's periods of care that touch the year.

    A period is a child's episodes in order of DECOM, chained while the next DECOM equals the DEC and the episode ended
    with REC X1. A new one starts with RNE S, after a gap (or an overlap), or after an ending for good. Both returns are
    used. Kept are the periods without an end, and those that ended on or after the first day of the year. Episodes
    without CHILD or DECOM are in none; `not_judged` counts them.

    Returns:
        {columns}

    Source: the return's own coding of episodes; an end for good is any REC but X1.
    """
    found = all_periods(ret).filter(pl.col("number").is_not_null())
    return found.with_columns(period="number")


@kept
def all_periods(ret: Return) -> pl.DataFrame:
    """The periods of both returns, touching the year or not.

    Columns: those of `periods_of_care`, but `period` is what the episodes carry; key (the same); number (the `period`
    of `periods_of_care`; null where the period does not touch the year).
    """
    others = (~pl.col("respite")).cum_sum()
    begun: Columns = {"period": "period", "child": "child", "start": "decom", "rne": "RNE", "before": others.shift(1)}
    ended: Columns = {"end": "dec", "reason": "REC", "since": others}
    found = runs(episodes(ret), changes("period"), begun, ended).with_columns(
        start_known=(pl.col("rne") == "S").fill_null(value=False),
        episodes="n",
        respite=pl.col("since") == pl.col("before").fill_null(0),
        days=lasted(ret),
        open=pl.col("end").is_null(),
    )
    number = touches(ret).cum_sum().over("child").cast(pl.UInt32)
    return found.select(*PERIOD, key="period", number=pl.when(touches(ret)).then(number))


def touches(ret: Return) -> pl.Expr:
    """Whether what has this `end` touches the year."""
    return pl.col("end").is_null() | (pl.col("end") >= ret.year.start)


def lasted(ret: Return) -> pl.Expr:
    """Days from `start` to `end`, or to the last day of the year where there is no end; Int64."""
    return (pl.col("end").fill_null(ret.year.end) - pl.col("start")).dt.total_days()


@derived("run of one legal status within a period, by child and start", RUN)
def legal_status_runs(ret: Return) -> pl.DataFrame:
    """Within each period of care, neighbouring episodes with one legal status merged; those that touch the year.

    Returns:
        {columns}

    Source: legal status groups of the national statistics of children looked after in England.
    """
    numbers = all_periods(ret).select("key", period="number").filter(pl.col("period").is_not_null())
    begins = (pl.col("period") != pl.col("period").shift(1)) | pl.col("LS").ne_missing(pl.col("LS").shift(1))
    return (
        episodes(ret)
        .group_by(begins.fill_null(value=True).cum_sum().alias("run"), maintain_order=True)
        .agg(
            child=pl.col("child").first(),
            key=pl.col("period").first(),
            legal_status=pl.col("LS").first(),
            start=pl.col("decom").first(),
            end=pl.col("dec").last(),
            episodes=pl.len().cast(pl.UInt32),
        )
        .filter(touches(ret))
        .join(numbers, on="key", how="inner", maintain_order="left")
        .with_columns(group=group_of("legal_status", "LS"), days=lasted(ret), open=pl.col("end").is_null())
    )


def group_of(column: str, code_list: str) -> pl.Expr:
    """The national group of a code; null where it has none."""
    groups = {code: entry.group for code, entry in codes.code_list(code_list).items() if entry.group}
    return pl.col(column).replace_strict(groups, default=None, return_dtype=pl.String)


def listed(column: str, code_list: str) -> pl.Expr:
    """A code as a label of counts: `codes.NOT_A_CODE` for all that is none; null where it is blank."""
    is_code = pl.col(column).is_in(list(codes.code_list(code_list)))
    return pl.when(is_code).then(column).when(pl.col(column).is_not_null()).then(pl.lit(codes.NOT_A_CODE))


@kept
def looked_after(ret: Return, day: dt.date) -> pl.DataFrame:
    """The episode that each child looked after at the close of a day was in; respite stands apart.

    An episode begun on or before the day and not ended by its close: DEC is later or there is none. Of several, the one
    that began last. Who is looked after on a day of the year stands in this year's return; the previous one is asked
    about earlier days.

    Returns:
        The columns of `episodes`, one row a child, and those of `with_asylum`.
    """
    open_then = (pl.col("decom") <= day) & (pl.col("dec").is_null() | (pl.col("dec") > day)) & ~pl.col("respite")
    known = ~pl.col("last_year") | pl.lit(day < ret.year.start)
    rows = episodes(ret).filter(open_then & known).unique("child", keep="last", maintain_order=True)
    return with_asylum(ret, rows, pl.lit(day))


@kept
def birth_dates(ret: Return) -> pl.DataFrame:
    """Each child's date of birth and other marks from Header, this year's before the previous return's.

    Of several rows of one child in one return, the one with the earliest date of birth.

    Columns: child, dob (null: blank or unreadable), sex, ethnic; one row a child, in order.
    """
    found = [tables[Header.name] for tables in (ret.tables, ret.previous or {}) if Header.name in tables]
    columns = {"child": pl.String, "dob": pl.Date, "sex": pl.String, "ethnic": pl.String}
    rows = [
        frame.select(child=told("CHILD"), dob="DOB", sex=told("SEX"), ethnic=told("ETHNIC"), age_of_row=age)
        for age, frame in enumerate(found)
    ]
    every = pl.concat(rows) if rows else pl.DataFrame(schema=columns | {"age_of_row": pl.Int32})
    first = every.sort("child", "age_of_row", "dob", "sex", "ethnic", nulls_last=True).unique(
        "child", keep="first", maintain_order=True
    )
    return first.filter(pl.col("child").is_not_null()).select(list(columns))


def age_on(dob: pl.Expr, day: pl.Expr) -> pl.Expr:
    """Full years of age on a day; a birthday on 29 February is kept on the 28th in other years. Null: no birth date."""
    years = day.dt.year() - dob.dt.year()
    return years - (dob.dt.offset_by(pl.format("{}y", years)) > day).cast(pl.Int32)
