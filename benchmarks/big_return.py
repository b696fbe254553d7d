"""A large made-up return and the one before, as frames of text, for timing: children 1 to N, about four episodes each.

The rows are plausible, not right: rules fire on them, which is what costs time.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from returns903.tables import TABLES
from returns903.years import Year

PER_CHILD = 4


def _text(day: pl.Expr) -> pl.Expr:
    return day.dt.strftime("%d/%m/%Y")


def _pick(values: list[str | None], seed: int) -> pl.Expr:
    index = (pl.int_range(pl.len()).hash(seed) % len(values)).cast(pl.UInt32)
    return pl.lit(pl.Series(values, dtype=pl.String)).gather(index)


def _day(first: dt.date, days: int, seed: int) -> pl.Expr:
    return pl.lit(first) + pl.duration(days=(pl.int_range(pl.len()).hash(seed) % days).cast(pl.Int64))


def big_return(children: int, year: Year, seed: int = 1) -> dict[str, pl.DataFrame]:
    """The tables of a return by name, all cells text."""
    who = pl.DataFrame({"n": range(children)}).select(
        CHILD=pl.format("C{}", "n"),
        DOB=_day(dt.date(year.start.year - 17, 1, 1), 6000, 1),
        SEX=_pick(["M", "F"], 2),
        ETHNIC=_pick(["WBRI", "BAFR", "AIND", "MWBC"], 3),
        UPN=pl.format("A{}", pl.col("n") + 100_000_000_000),
        MOTHER=_pick([None, "0"], 4),
    )
    tables = {"Header": who.with_columns(_text(pl.col("DOB")), MC_DOB=pl.lit(None, pl.String))}
    tables["Episodes"] = _episodes(who, year, seed)
    child = who.select("CHILD", _text(pl.col("DOB")))
    twice = pl.concat([child, child])
    tables["Reviews"] = twice.with_columns(
        REVIEW=_text(_day(year.start, 365, 5)), REVIEW_CODE=_pick(["PN0", "PN1", "PN5"], 6)
    )
    yes_no = [name for name, column in TABLES["OC2"].columns().items() if column.codes == ("YES_NO",)]
    tables["OC2"] = child.with_columns(
        SDQ_SCORE=_pick(["4", "17", None], 7),
        SDQ_REASON=_pick([None, "SDQ2"], 8),
        **{name: _pick(["0", "1", None], 20 + i) for i, name in enumerate(yes_no)},
    )
    tables["UASC"] = child.head(children // 10).with_columns(SEX=_pick(["M", "F"], 2), DUC=pl.lit(None, pl.String))
    tables["OC3"] = child.head(children // 8).with_columns(
        IN_TOUCH=_pick(["YES", "NO"], 9), ACTIV=_pick(["F1", "G5", "0"], 10), ACCOM=_pick(["B1", "U1", "0"], 11)
    )
    tables["AD1"] = child.tail(children // 20).with_columns(
        DATE_INT=_text(_day(year.previous.start, 300, 12)),
        DATE_MATCH=_text(_day(year.previous.start, 365, 13)),
        FOSTER_CARE=_pick(["0", "1"], 14),
        NB_ADOPTR=_pick(["1", "2"], 15),
        SEX_ADOPTR=_pick(["MF", "F1"], 16),
        LS_ADOPTR=_pick(["L0", "L11"], 17),
    )
    tables["PlacedAdoption"] = child.tail(children // 15).with_columns(
        DATE_PLACED=_text(_day(year.previous.start, 365, 18)),
        DATE_PLACED_CEASED=pl.lit(None, pl.String),
        REASON_PLACED_CEASED=pl.lit(None, pl.String),
    )
    tables["PrevPerm"] = child.with_columns(
        PREV_PERM=_pick(["Z1", "P1"], 19), LA_PERM=_pick([None, "301"], 30), DATE_PERM=_pick([None, "ZZ/04/2018"], 31)
    )
    start = _day(year.start, 360, 32)
    tables["Missing"] = pl.concat([child.head(children // 5)] * 2).with_columns(
        MISSING=_pick(["M", "A"], 33), MIS_START=_text(start), MIS_END=_text(start + pl.duration(days=2))
    )
    if year.label >= "2023-24":
        tables["SWEpisodes"] = twice.with_columns(
            SW_ID=_pick(["SW10001", "SW10002"], 34),
            SW_DECOM=_text(_day(year.start, 300, 35)),
            SW_DEC=_pick([None, f"01/03/{year.end.year}"], 36),
            SW_REASON=_pick(["FCONTA", "LEFTRL"], 37),
        )
    return tables


def _episodes(who: pl.DataFrame, year: Year, seed: int) -> pl.DataFrame:
    number = pl.int_range(pl.len()) % PER_CHILD
    rows = who.select("CHILD").select(pl.col("CHILD").repeat_by(PER_CHILD).explode())
    first = pl.lit(year.start) - pl.duration(days=(pl.col("CHILD").hash(seed) % 900).cast(pl.Int64))
    decom = first + pl.duration(days=number * 250)
    last = number == PER_CHILD - 1
    return rows.select(
        "CHILD",
        DECOM=_text(decom),
        RNE=pl.when(number == 0).then(pl.lit("S")).otherwise(_pick(["L", "P", "U"], 40)),
        LS=_pick(["C1", "C2", "V2", "E1"], 41),
        CIN=pl.lit("N1"),
        PLACE=_pick(["U4", "U6", "K2", "P1", "A6", "T0"], 42),
        PLACE_PROVIDER=_pick(["PR1", "PR4"], 43),
        DEC=pl.when(~last).then(_text(decom + pl.duration(days=250))),
        REC=pl.when(~last).then(pl.lit("X1")),
        REASON_PLACE_CHANGE=_pick([None, "CARPL"], 44),
        HOME_POST=_pick(["RM10 7BN", "RM8 2AB"], 45),
        PL_POST=_pick(["RM9 5AR", "RM10 9SA", "CF10 1EP"], 46),
        URN=_pick(["SC000001", "2000001", None], 47),
    )
