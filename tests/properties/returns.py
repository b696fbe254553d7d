"""Made-up returns: plausible lives in care with faults sown over every table, the same for the same seed."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import polars as pl
from hypothesis import strategies as st

import returns903
from returns903.tables import TABLES, Column
from returns903.years import RULE_YEARS, Year

HERE, THERE, FAR = "E09000002", "E09000016", "E06000023"
POSTCODES = {
    "RM1 1AA": (THERE, 551000.0, 188000.0),
    "IG11 7AA": (HERE, 544000.0, 184000.0),
    "RM8 2BB": (HERE, 547000.0, 187500.0),
    "BS1 4AA": (FAR, 358000.0, 173000.0),
    "CF10 1AA": ("W06000015", 318000.0, 176000.0),
    "EH1 1AA": ("S12000036", None, None),
}
UNKNOWN_POSTCODE = "ZZ9 9ZZ"
URNS = {
    "SC100001": ("K2", "PR4", None, "RM1 1AA", THERE),
    "SC100002": ("U4,U5,U6", "PR1,PR4", None, "IG11 7AA", HERE),
    "1200003": ("K1,K2,S1", "PR5", "30/06/2023", "BS1 4AA", FAR),
    "1200004": ("H5", "PR3", None, "RM8 2BB", HERE),
}

Row = dict[str, str | None]
Rows = dict[str, list[Row]]


def postcodes() -> pl.DataFrame:
    """A directory of six postcodes."""
    rows = [(postcode, *place) for postcode, place in POSTCODES.items()]
    return pl.DataFrame(rows, schema=["postcode", "authority", "east", "north"], orient="row")


def providers() -> pl.DataFrame:
    """A provider list of four numbers."""
    columns = ["URN", "PLACE_CODES", "PROVIDER_CODES", "REG_END", "POSTCODE", "LA_CODE_INFERRED"]
    return pl.DataFrame([(urn, *entry) for urn, entry in URNS.items()], schema=columns, orient="row")


@dataclass(frozen=True)
class Made:
    """A return as frames of text, with the previous one."""

    year: str
    tables: Mapping[str, pl.DataFrame]
    previous: Mapping[str, pl.DataFrame]

    def load(self) -> returns903.Return:
        """The return, with everything that a rule may need beside it."""
        return returns903.Return.from_frames(
            self.tables,
            previous=self.previous,
            year=self.year,
            local_authority=HERE,
            providers=providers(),
            postcodes=postcodes(),
        )

    def with_tables(self, change: Callable[[str, pl.DataFrame], pl.DataFrame]) -> Made:
        """The same return with every table, of both years, changed."""
        return replace(
            self,
            tables={name: change(name, frame) for name, frame in self.tables.items()},
            previous={name: change(name, frame) for name, frame in self.previous.items()},
        )

    def children(self) -> list[str]:
        """Every identifier in any table of either year."""
        frames = [*self.tables.values(), *self.previous.values()]
        return sorted({child for frame in frames for child in frame["CHILD"].drop_nulls()})


def columns_of(table: str) -> list[str]:
    """The columns of a file, and the asylum marker, which XML returns have in Header."""
    return [*TABLES[table].columns(), *(["UASC"] if table == "Header" else [])]


def frame(table: str, rows: Iterable[Row]) -> pl.DataFrame:
    """Rows as a frame of text with the columns of a file."""
    columns = columns_of(table)
    return pl.DataFrame(
        [[row.get(name) for name in columns] for row in rows], schema=dict.fromkeys(columns, pl.String), orient="row"
    )


def text(day: dt.date) -> str:
    """A date as the return writes it."""
    return f"{day:%d/%m/%Y}"


def returns(*, year: str, children: int = 60, seed: int = 1, faults: float = 0.05) -> Made:
    """A return with so many children, the previous one with four fifths of them, and that share of cells made wrong.

    No two rows of a child have the same date in the column that orders their table, nor are two of them without one:
    of rows on one day the first in the file counts, so that their order would matter.
    """
    maker = _Maker(random.Random(f"{seed} {year}"), Year(year), faults)
    return maker.made([f"{n:03d}{'ABCD'[n % 4]}" for n in range(1, children + 1)])


class _Maker:
    def __init__(self, chance: random.Random, year: Year, faults: float) -> None:
        self.chance = chance
        self.year = year
        self.faults = faults

    def made(self, names: list[str]) -> Made:
        now: Rows = {name: [] for name in TABLES}
        before: Rows = {name: [] for name in TABLES}
        for number, child in enumerate(names):
            life = self.life(child)
            if number % 5:
                self.add(before, self.seen_in(life, self.year.previous))
            if number % 11:
                self.add(now, self.seen_in(life, self.year))
        return Made(self.year.label, self.frames(now), self.frames(before))

    def add(self, rows: Rows, life: Rows) -> None:
        for name, found in life.items():
            rows[name] += [self.spoilt(name, row) for row in found]

    def frames(self, rows: Rows) -> dict[str, pl.DataFrame]:
        return {name: frame(name, _untied(name, found)) for name, found in rows.items()}

    def day(self, first: dt.date, last: dt.date) -> dt.date:
        return first + dt.timedelta(days=self.chance.randint(0, max(0, (last - first).days)))

    def often(self, share: float) -> bool:
        return self.chance.random() < share

    def life(self, child: str) -> Rows:
        """Everything about a child, whatever its year."""
        age = self.chance.choice([0, 1, 3, 4, 9, 12, 15, 16, 17, 18, 19, 20, 21])
        born = self.day(
            self.year.end - dt.timedelta(days=366 * age + 200), self.year.end - dt.timedelta(days=365 * age)
        )
        born = min(born, self.year.end - dt.timedelta(days=30))
        dob = text(born)
        start = self.day(max(born, self.year.start - dt.timedelta(days=700)), self.year.end - dt.timedelta(days=20))
        codes = {name: self.coded(name, {"CHILD": child, "DOB": dob}) for name in TABLES}
        rows: Rows = {name: [] for name in TABLES}
        rows["Header"] = [codes["Header"]() | {"UASC": self.chance.choice("0001")} for _ in range(1 + self.often(0.03))]
        rows["Episodes"] = self.episodes(codes["Episodes"], start)
        in_care = (start, self.year.end + dt.timedelta(days=10))
        for name, share, most in (
            ("Reviews", 0.9, 4),
            ("Missing", 0.3, 3),
            ("SWEpisodes", 0.9, 4),
            ("DoLo", 0.2, 3),
            ("PlacedAdoption", 0.3, 3),
            ("AD1", 0.2, 1),
            ("UASC", 0.2, 1),
            ("OC2", 0.6, 1),
            ("OC3", 0.4, 1),
            ("PrevPerm", 0.5, 1),
        ):
            if self.often(share):
                count = self.chance.randint(1, most) + self.often(0.05)
                rows[name] = [self.dated(name, codes[name](), in_care) for _ in range(count)]
        return rows

    def coded(self, table: str, own: Row) -> Callable[[], Row]:
        """Makes rows with a value in every column but the dates."""
        columns = TABLES[table].columns(self.year)

        def make() -> Row:
            values = {name: self.value(column) for name, column in columns.items() if column.kind != "date"}
            return values | {name: value for name, value in own.items() if name in columns}

        return make

    def value(self, column: Column) -> str | None:
        if column.blank and self.often(0.3):
            return None
        if column.codes:
            return self.chance.choice(column.valid_codes(self.year) or column.valid_codes(RULE_YEARS[-1]))
        some = {
            "UPN": ["UN1", "UN2", "UN3", "UN4", "A123456789012", "B98765432101A"],
            "SDQ_SCORE": ["0", "12", "40"],
            "SW_ID": ["SW123", "SW456", "XX99"],
            "URN": [*URNS, "XXXXXXX", "SC999999"],
            "DATE_PERM": ["12/05/2015", "ZZ/05/2015", "ZZ/ZZ/ZZZZ", text(self.year.start)],
        }
        return self.chance.choice(some.get(column.name, [*POSTCODES, UNKNOWN_POSTCODE]))

    def episodes(self, make: Callable[[], Row], start: dt.date) -> list[Row]:
        rows: list[Row] = []
        count = self.chance.randint(1, 4)
        for number in range(count):
            end = self.day(start + dt.timedelta(days=1), start + dt.timedelta(days=200))
            last = number == count - 1
            row = make() | {"DECOM": text(start), "DEC": text(end)}
            if number == 0:
                row["RNE"] = "S"
            row["REC"] = (
                self.chance.choice(TABLES["Episodes"].columns()["REC"].valid_codes(self.year)) if last else "X1"
            )
            if last and self.often(0.6):
                row |= {"DEC": None, "REC": None, "REASON_PLACE_CHANGE": None}
            rows.append(row)
            start = end + dt.timedelta(days=self.chance.choice([0, 0, 0, 1, 30]))
        return rows

    def dated(self, table: str, row: Row, within: tuple[dt.date, dt.date]) -> Row:
        """The row with its dates, in the order of their columns."""
        first, last = within
        for name, column in TABLES[table].columns(self.year).items():
            if column.kind == "date" and name != "DOB":
                first = self.day(first, last)
                row[name] = None if column.blank and self.often(0.4) else text(first)
        return row

    def seen_in(self, life: Rows, year: Year) -> Rows:
        """What the return of a year says of the life: nothing that began after it, no end of it later than its own."""
        seen: Rows = {}
        for name, rows in life.items():
            order = TABLES[name].order
            seen[name] = [dict(row) for row in rows if order is None or _day(row[order]) <= year.end]
            for row in seen[name] if name == "Episodes" else []:
                if row["DEC"] and _day(row["DEC"]) > year.end:
                    row |= {"DEC": None, "REC": None, "REASON_PLACE_CHANGE": None}
        return seen

    def spoilt(self, table: str, row: Row) -> Row:
        """The row with some cells made wrong: blank, unreadable, another code or day, a word."""
        columns = TABLES[table].all_columns()
        return {
            name: self.wrong(columns[name], value) if self.often(self.faults) else value for name, value in row.items()
        }

    def wrong(self, column: Column, value: str | None) -> str | None:
        if column.name == "CHILD":
            return self.chance.choice([value, value, None, "NOBODY1", "NOBODY2"])
        if column.kind == "date":
            near = self.day(self.year.start - dt.timedelta(days=800), self.year.end + dt.timedelta(days=60))
            return self.chance.choice([None, "31/02/2024", "29/02/2024", "unknown", text(near), text(near)])
        return self.chance.choice([None, "?", "X9", self.value(column), self.value(column)])


def _day(cell: str | None) -> dt.date:
    return dt.datetime.strptime(cell, "%d/%m/%Y").date() if cell else dt.date.max


def _untied(table: str, rows: list[Row]) -> list[Row]:
    """The rows without those that share a child and a place in its order with an earlier one."""
    order = TABLES[table].order
    if order is None:
        return rows
    return list({(row["CHILD"], _place(row[order])): row for row in reversed(rows)}.values())[::-1]


def _place(cell: str | None) -> dt.date | None:
    """The day by which rows are ordered; None for a cell without one."""
    try:
        return _day(cell) if cell else None
    except ValueError:
        return None


BAD_WORDS: tuple[str | None, ...] = (
    None,
    "",
    "\x00",
    "x" * 5000,
    "\U0001f9d2\u200d\U0001f467",
    "=cmd|' /C calc'!A0",
    "-1",
    "1e400",
    "NaN",
    "(?P<",
    "31/02/2024",
)
"""What nobody should write in a cell: nothing, control characters, formulas, numbers that are none, patterns."""
BAD_DAYS: tuple[str | None, ...] = (
    None,
    " ",
    "\x00",
    "31/02/2024",
    "01/01/1700",
    "31/12/2261",
    "29/02/2000",
    "29/02/2024",
    "29/02/2096",
    "2024-04-01",
)
"""What is no date, or a day far away, or one that is not in every year."""
BAD_CELLS = tuple(dict.fromkeys((*BAD_WORDS, *BAD_DAYS)))


@st.composite
def bad_returns(draw: st.DrawFn, *, children: int = 8, changes: int = 6) -> Made:
    """A return of any year with faults, some cells of which are made bad, and some rows doubled or taken out."""
    made = returns(year=draw(st.sampled_from(RULE_YEARS)), children=children, seed=draw(st.integers(0, 1000)))
    frames: list[dict[str, Any]] = [dict(made.tables), dict(made.previous)]
    for _ in range(draw(st.integers(1, changes))):
        of = draw(st.sampled_from(frames))
        name = draw(st.sampled_from(sorted(of)))
        of[name] = draw(_changed(of[name]))
    return replace(made, tables=frames[0], previous=frames[1])


@st.composite
def _changed(draw: st.DrawFn, table: pl.DataFrame) -> pl.DataFrame:
    kind = draw(st.sampled_from(["cell", "cell", "cell", "column", "double", "drop", "no rows", "no column"]))
    column = draw(st.sampled_from(table.columns))
    if kind == "no column" and table.width > 1:
        return table.drop(column)
    if kind == "column":
        return table.with_columns(pl.lit(draw(st.sampled_from(BAD_CELLS)), pl.String).alias(column))
    if kind == "no rows" or table.is_empty():
        return table.clear()
    row = draw(st.integers(0, table.height - 1))
    at = pl.int_range(pl.len()) == row
    if kind == "double":
        return pl.concat([table, table.slice(row, 1)])
    if kind == "drop":
        return table.filter(~at)
    cell = draw(st.one_of(st.sampled_from(BAD_CELLS), st.text(max_size=12)))
    return table.with_columns(pl.when(at).then(pl.lit(cell, pl.String)).otherwise(pl.col(column)).alias(column))
