"""A grid of cells with words for headings: what a page and a workbook both print as one table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Format = Literal["text", "count", "percent", "date", "flag"]
"""How the values of a column are written."""


class Hidden:
    """What stands where a number is suppressed."""

    def __str__(self) -> str:
        return "c"


HIDDEN = Hidden()


@dataclass(frozen=True, slots=True)
class Bound:
    """What stands where a percentage is suppressed of which something can be said all the same."""

    percent: int
    is_least: bool
    """It is that or more; else that or less."""

    def __str__(self) -> str:
        return self.said("")

    def said(self, unit: str) -> str:
        """In words, with a unit."""
        return f"{self.percent}{unit} or {'more' if self.is_least else 'less'}"


@dataclass(frozen=True, slots=True)
class Mark:
    """A judgement in a word, with a colour that says the same."""

    text: str
    kind: Literal["good", "near", "bad"]

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Noted:
    """A number, or a text such as "84% to 91%", that must not be read without its footnote."""

    value: str | int | float
    note: str


@dataclass(frozen=True, slots=True)
class Spark:
    """A line through the numbers that stand in other columns of the row; None where there is none."""

    values: tuple[float | None, ...]
    columns: tuple[int, int]
    """The first and last of those columns."""

    def __str__(self) -> str:
        return ""


Cell = str | int | float | bool | dt.date | Hidden | Bound | Mark | Noted | Spark | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a grid; `above` is the heading it shares with its neighbours."""

    heading: str
    format: Format
    above: str = ""

    @property
    def is_number(self) -> bool:
        """Whether its cells stand at the right."""
        return self.format in ("count", "percent")


@dataclass(frozen=True, slots=True)
class Grid:
    """What is printed as one table."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: frozenset[int] = frozenset()
    """The rows that are totals."""
    heads: Mapping[int, str] = field(default_factory=dict)
    """Rows of a heading that stand before the rows with these numbers."""
    notes: tuple[str, ...] = ()

    @property
    def footnotes(self) -> tuple[str, ...]:
        """The notes of single cells, each once, in the order in which they are come upon; see `sign`."""
        return tuple(dict.fromkeys(value.note for row in self.rows for value in row if isinstance(value, Noted)))

    def sign(self, value: Cell) -> str:
        """What stands at a cell to lead to its footnote: the footnote's number, or nothing."""
        return str(self.footnotes.index(value.note) + 1) if isinstance(value, Noted) else ""

    @property
    def spans(self) -> list[tuple[str, int, int]]:
        """The headings over several columns, with the first and last of them; none where no column has one."""
        found: list[tuple[str, int, int]] = []
        for place, column in enumerate(self.columns):
            if found and column.above and found[-1][0] == column.above:
                found[-1] = (column.above, found[-1][1], place)
            else:
                found.append((column.above, place, place))
        return found if any(above for above, _, _ in found) else []

    @property
    def edges(self) -> frozenset[int]:
        """The columns at which another heading over several begins."""
        return frozenset(first for _, first, _ in self.spans[1:])

    def parts(self) -> list[tuple[str, list[int]]]:
        """The rows by number, in runs: each with the heading before it, empty where there is none."""
        found: list[tuple[str, list[int]]] = []
        for number in range(len(self.rows)):
            if not found or number in self.heads:
                found.append((self.heads.get(number, ""), []))
            found[-1][1].append(number)
        return found


def written(value: Cell, form: Format = "text") -> str:
    """A value as people read it; percentages to one decimal, blank for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Noted):
        return written(value.value, form)
    if isinstance(value, float):
        return f"{value:,.1f}" if form == "percent" else f"{value:,g}"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else str(value)
