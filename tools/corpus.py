"""The returns whose findings are kept: the examples, and for each year a return made once and stored.

A stored return tells of 300 synthesised children, with 120 faults of general kinds in places drawn by lot, and then of
one child for each rule in force, on whom that rule fires.
"""

from __future__ import annotations

import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from returns903 import Return, read_return
from returns903.tables.base import LAST_YEAR
from returns903.testing import faults, lives
from returns903.testing.faults.broken import Whole
from returns903.testing.synthesis import synthesise
from returns903.years import RULE_YEARS, Year

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
STORED = ROOT / "tests" / "ratchet" / "corpus"
CHILDREN, STRUCK = 300, 120
KINDS = [kind for kind in faults.KINDS if "missing" not in kind]
"""Faults of a whole table or column would leave rules without anything to find."""


def returns() -> Iterator[tuple[str, Return, str]]:
    """Each return by its name, and the year whose rules are applied to it."""
    for name in ("clean-return", "return-with-faults"):
        yield f"examples/{name}", read_return(EXAMPLES / name, year="2024-25", local_authority="E09000002"), "2024-25"
    report = EXAMPLES / "annual-report"
    read = read_return(report / "return", year="2018-19", previous=report / "previous", local_authority="E09000002")
    yield "examples/annual-report", read, RULE_YEARS[0]
    for label in RULE_YEARS:
        yield label, stored(label), label


def stored(label: str) -> Return:
    """The stored return of a year, with last year's, the providers and the postcodes."""
    return read_return(
        STORED / f"{label}.zip",
        year=label,
        previous=STORED / f"{label}-last-year.zip",
        local_authority=lives.AUTHORITY,
        providers=STORED / "providers.csv",
        postcodes=STORED / "postcodes.csv",
    )


def make() -> None:
    """Make the stored returns anew."""
    STORED.mkdir(parents=True, exist_ok=True)
    lives.providers().write_csv(STORED / "providers.csv")
    lives.postcodes().write_csv(STORED / "postcodes.csv")
    for label in RULE_YEARS:
        whole = broken(Year(label))
        pack(STORED / f"{label}.zip", whole.frames())
        pack(STORED / f"{label}-last-year.zip", whole.frames(previous=True))


def broken(year: Year) -> Whole:
    """The rows of a year's return, faults included."""
    made, by_lot = synthesise(CHILDREN, seed=1, year=year), random.Random(year.label)
    last = {f"{name}.{LAST_YEAR}": frame for name, frame in (made.previous or {}).items()}
    rows = {name: [list(row) for row in frame.rows()] for name, frame in {**made.tables, **last}.items()}
    whole = Whole(rows, year)
    for number in range(STRUCK):
        place = [by_lot.randrange(2**12) for _ in range(3)]
        table = by_lot.choice(list(made.tables))
        faults.GeneralFault(KINDS[number % len(KINDS)], table, *place).strike(whole)
    for number, fault in enumerate(faults.for_year(year)):
        whole.add(fault.rows(f"F{number:04}"))
    return whole


def pack(path: Path, frames: dict[str, pl.DataFrame]) -> None:
    """Put tables into a zip, the same bytes for the same tables."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, frame in frames.items():
            packed.writestr(zipfile.ZipInfo(f"{name}.csv"), frame.write_csv(), zipfile.ZIP_DEFLATED)
