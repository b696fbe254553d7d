"""What a validation found beside what was expected of it, told in few lines and without cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from returns903.reading.identifiers import CHILD
from returns903.results import Result
from returns903.returns import Return
from returns903.tables.base import LAST_YEAR
from returns903.texts import texts, texts_of_last_year

Flags = Mapping[str, Sequence[int]]
"""Rows by table, counted from 0; ``Episodes.last_year`` is last year's."""

LINES = 30
"""The most lines that a difference takes."""
ROWS = 8
"""The most rows that are named one by one."""
SHOWN = 3
"""The most rows of a table whose cells are shown."""


class DifferenceError(AssertionError):
    """A return is not as an assertion says. It keeps what it is about, so that the least such return can be found."""

    def __init__(self, heading: str, lines: Sequence[str], ret: Return, codes: Sequence[str]) -> None:
        told = [heading, *lines]
        more = len(told) - LINES
        super().__init__("\n".join(told if more <= 0 else [*told[: LINES - 1], f"  and {more + 1} further lines"]))
        self.ret = ret
        self.codes = tuple(codes)
        """The rules that flag what they should not, or do not flag what they should."""


def flagged(result: Result) -> dict[str, dict[str, list[int]]]:
    """The rows that each rule flags, by rule and table, as `assert_flags` takes them."""
    by = ["rule", "table", "previous"]
    found: dict[str, dict[str, list[int]]] = {}
    for code, table, is_last, rows in result.findings.group_by(by, maintain_order=True).agg("row").iter_rows():
        found.setdefault(code, {})[f"{table}.{LAST_YEAR}" if is_last else table] = rows
    return found


class Told:
    """Gathers what differs, rule by rule."""

    def __init__(self, result: Result, *, show: bool = False, indent: str = "  ") -> None:
        self.result = result
        self.lines: list[str] = []
        self.codes: list[str] = []
        self._show = show
        self._indent = indent
        self._found = flagged(result)

    @property
    def differs(self) -> bool:
        """Whether anything does."""
        return bool(self.lines)

    def error(self, heading: str) -> DifferenceError:
        """What to raise."""
        return DifferenceError(heading, self.lines, self.result.the_return, self.codes)

    def say(self, line: str) -> None:
        """Tell of something that is no row."""
        self.lines.append(self._indent + line)

    def compare(self, code: str, expected: Flags, *, state: str | None = None) -> None:
        """Tell what a rule flags and should not, and what it does not flag and should.

        Args:
            code: a rule that was chosen.
            expected: the rows.
            state: how the rule is to end, where the rows do not tell.
        """
        outcome = self.result.outcomes[code]
        found = self._found.get(code, {})
        wanted = {table: sorted(set(rows)) for table, rows in expected.items() if len(rows)}
        states = {state} if state else {"findings"} if wanted else {"passed"}
        if outcome.state in states and found == wanted:
            return
        self.codes.append(code)
        if outcome.state in ("skipped", "crashed"):
            self.say(f"{code} {outcome.state}: {outcome.reason}")
            return
        about = self.result.rules[code]
        self.say(f"{code} ({about.severity}) {about.message}")
        if state == "skipped":
            self.say("  is not skipped")
        for table in dict.fromkeys([*wanted, *found]):
            self._rows(code, table, wanted.get(table, []), found.get(table, []))

    def _rows(self, code: str, table: str, wanted: list[int], found: list[int]) -> None:
        if wanted == found:
            return
        missing, beyond = sorted({*wanted} - {*found}), sorted({*found} - {*wanted})
        self.say(f"  {table}: expected {_named(wanted)}; found {_named(found)}")
        if wanted and found and len(wanted) + len(found) > ROWS:
            self.say(f"    missing {_named(missing)}; unexpected {_named(beyond)}")
        if self._show:
            for row in [*missing[:SHOWN], *beyond[:SHOWN]]:
                self.say(f"    row {row}: {self._cells(code, table, row)}")

    def _cells(self, code: str, table: str, row: int) -> str:
        """The cells of a row that the rule is about."""
        name, _, last = table.partition(".")
        ret = self.result.the_return
        frame = ((texts_of_last_year(ret) or {}) if last else texts(ret)).get(name, pl.DataFrame())
        if row >= frame.height:
            return "there is no such row"
        fields = [field.removeprefix(f"{table}.") for field in self.result.rules[code].fields]
        columns = [column for column in dict.fromkeys([CHILD, *fields]) if column in frame.columns]
        cells = {column: frame[column][row] for column in columns}
        return ", ".join(f"{column} {'blank' if cell is None else repr(cell)}" for column, cell in cells.items())


def _named(rows: Sequence[int]) -> str:
    """Rows by their numbers, as many as are read with ease."""
    if not rows:
        return "no row"
    listed = ", ".join(map(str, rows[:ROWS]))
    many = f" and {len(rows) - ROWS} more" if len(rows) > ROWS else ""
    return f"row{'s' if len(rows) > 1 else ''} {listed}{many}"
