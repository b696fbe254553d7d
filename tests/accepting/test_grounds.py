"""What a finding rests on: it changes with the cells that count, and with nothing else."""

from __future__ import annotations

from typing import Any, NamedTuple

import polars as pl
import pytest

import returns903
from returns903.accepting.grounds import with_grounds
from returns903.tables import TABLES

Rows = list[dict[str, str | None]]
Tables = dict[str, Rows]


class Case(NamedTuple):
    """Tables on which a rule flags a row, and others on which it does."""

    rule: str
    before: Tables
    after: Tables
    is_same: bool
    rows: tuple[int, int] = (0, 0)
    """The number of the row before and after."""


def row(child: str = "A1", **cells: str | None) -> dict[str, str | None]:
    return {"CHILD": child, **cells}


HOLIDAYS = [row(PLACE="T3", DECOM=f"01/0{month}/2024") for month in (5, 6, 7)]
LEAVER = [row("A1", DOB="01/05/2004", IN_TOUCH="YES", ACTIV="F1", ACCOM="D"), row("B2", DOB="01/05/2004")]
BORN = [row("A1", DOB="01/05/2004"), row("B2", DOB="01/05/2004")]
BRIEFLY = [row("A1", DECOM="01/05/2022", DEC="02/05/2022", LS="C2"), row("B2", DECOM="01/05/2022", LS="C2")]
DECIDED = [row(DATE_PLACED="01/06/2024"), row(DATE_PLACED="01/05/2024")]
ENDED = [row(DECOM="01/05/2022", DEC="01/04/2024", REC="E11")]
GAP = [row(DECOM="01/05/2023", DEC="01/06/2023", RNE="S"), row(DECOM="03/06/2023", DEC="01/07/2023", RNE="P")]

CASES = {
    "how many there are counts": Case(
        "377", {"Episodes": HOLIDAYS}, {"Episodes": [*HOLIDAYS, row(PLACE="T3", DECOM="01/08/2024")]}, is_same=False
    ),
    "others of another kind do not": Case(
        "377", {"Episodes": HOLIDAYS}, {"Episodes": [*HOLIDAYS, row(PLACE="U4")]}, is_same=True
    ),
    "a row by itself, not its number": Case(
        "377", {"Episodes": HOLIDAYS}, {"Episodes": [row("Z9", PLACE="U4"), *HOLIDAYS]}, is_same=True, rows=(0, 1)
    ),
    "a partner that there is twice": Case(
        "117",
        {"PlacedAdoption": DECIDED, "Episodes": ENDED},
        {"PlacedAdoption": [*DECIDED, DECIDED[0]], "Episodes": ENDED},
        is_same=True,
    ),
    "another partner": Case(
        "117",
        {"PlacedAdoption": DECIDED, "Episodes": ENDED},
        {"PlacedAdoption": [*DECIDED, row(DATE_PLACED="01/07/2024")], "Episodes": ENDED},
        is_same=False,
    ),
    "the end of the row before": Case(
        "433",
        {"Episodes": GAP},
        {"Episodes": [GAP[0] | {"DEC": "02/06/2023"}, GAP[1]]},
        is_same=False,
        rows=(1, 1),
    ),
    "the reason of the row before": Case(
        "433", {"Episodes": GAP}, {"Episodes": [GAP[0] | {"LS": "C2"}, GAP[1]]}, is_same=True, rows=(1, 1)
    ),
    "the child's rows, of a rule that is a function": Case(
        "1001",
        {"OC3": LEAVER, "Header": BORN, "Episodes": BRIEFLY},
        {"OC3": LEAVER, "Header": BORN, "Episodes": [BRIEFLY[0] | {"DEC": "03/05/2022"}, BRIEFLY[1]]},
        is_same=False,
    ),
    "another child's": Case(
        "1001",
        {"OC3": LEAVER, "Header": BORN, "Episodes": BRIEFLY},
        {"OC3": LEAVER, "Header": BORN, "Episodes": [*BRIEFLY, row("C3", DECOM="01/05/2022", LS="C2")]},
        is_same=True,
    ),
    "a misprint of a date and another one": Case(
        "141", {"Episodes": [row(DECOM="soon")]}, {"Episodes": [row(DECOM="late")]}, is_same=False
    ),
    "a blank is no text": Case("101", {"Header": [row(SEX=None)]}, {"Header": [row(SEX="null")]}, is_same=False),
}


def grounds(rule: str, tables: Tables, number: int) -> str:
    """What the one finding of this row rests on."""
    frames = {name: pl.DataFrame(rows, schema=schema_of(name, rows)) for name, rows in tables.items()}
    nobody: Any = {"Episodes": pl.DataFrame([row("Z9", DECOM="01/05/2021")])}
    ret = returns903.Return.from_frames(frames, year="2022-23" if rule == "1001" else "2024-25", previous=nobody)
    result = returns903.validate(ret, select=rule)
    found = with_grounds(result, pl.Series(range(result.findings.height), dtype=pl.UInt32))
    (text,) = found.filter(pl.col("row") == number, pl.col("table") == result.findings["table"][0])["grounds"]
    return str(text)


def schema_of(table: str, rows: Rows) -> dict[str, type[pl.String]]:
    return {name: pl.String for name in TABLES[table].columns() if any(name in each for each in rows)}


@pytest.mark.parametrize("because", CASES)
def test_what_counts_and_what_does_not(because: str) -> None:
    case = CASES[because]
    before, after = (
        grounds(case.rule, tables, number) for tables, number in zip((case.before, case.after), case.rows, strict=True)
    )
    assert (before == after) is case.is_same, (before, after)
