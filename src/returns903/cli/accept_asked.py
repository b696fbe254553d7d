"""What the options of `accept` ask for: findings named one by one, or the lines of a workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from returns903.cli.options import whole_number
from returns903.errors import ConfigError
from returns903.limits import SHEET_ROWS
from returns903.words import printable

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

    from returns903.accepting.add import Why
    from returns903.reports.worklist import Lines
    from returns903.results import Result

Given = Mapping[str, str | None]
"""Options by their names, without the dashes."""
NEEDED = ("rule", "reason", "by", "until")


@dataclass(frozen=True)
class Named:
    """The findings that options name."""

    rules: str
    row: int | None
    table: str | None
    child: str | None
    why: Why

    @classmethod
    def of(cls, given: Given) -> Self:
        """What the options say.

        Raises:
            ConfigError: one is missing, or makes no sense.
        """
        from returns903.accepting.add import Why

        lacking = [f"--{name}" for name in NEEDED if not (given[name] or "").strip()]
        lacking += [] if given["row"] or given["child"] else ["--row or --child"]
        if lacking:
            msg = f"to accept a finding takes {', '.join(lacking)} besides; or --from, a workbook that is filled in"
            raise ConfigError(msg)
        why = Why(str(given["reason"]), str(given["by"]), _day(str(given["until"])))
        row = whole_number("--row", given["row"], SHEET_ROWS, least=0)
        return cls(str(given["rule"]), row, given["table"], given["child"], why)

    def found(self, result: Result) -> Lines:
        """The findings that are meant.

        Raises:
            ConfigError: there is none, or rows of this number stand in several tables. No child is named.
        """
        from returns903.reports.worklist import Lines

        code = result.definition(self.rules).code
        found = self._those(result, code)
        tables = found.select("table", "previous").unique().height
        if found.is_empty() or (self.row is not None and tables > 1):
            raise ConfigError(_none(result, code) if found.is_empty() else _several(code))
        numbers = found.get_column("number").to_list()
        return Lines(dict.fromkeys(numbers, self.why), dict.fromkeys(numbers, f"rule {code}"), [])

    def _those(self, result: Result, code: str) -> pl.DataFrame:
        import polars as pl

        found = result.findings.with_row_index("number").filter(rule=code)
        if self.row is not None:
            found = found.filter(row=self.row)
        if self.child is not None:
            found = found.filter(pl.col("child").str.strip_chars().str.to_uppercase() == self.child.strip().upper())
        if self.table is not None:
            of, _, rest = self.table.strip().partition(".")
            found = found.filter(pl.col("table").str.to_lowercase() == of.lower(), previous=bool(rest))
        return found


@dataclass(frozen=True)
class FromWorkbook:
    """The findings on whose lines of a workbook someone says so."""

    lines: pl.DataFrame
    rules: str

    @classmethod
    def of(cls, path: Path, given: Given) -> Self:
        """What the workbook says.

        Raises:
            ConfigError: findings are named besides, or as `read_back`.
        """
        from returns903.reports.worklist import read_back, rules_of

        if extra := [f"--{name}" for name, value in given.items() if value is not None]:
            msg = f"--from takes everything from the workbook: leave out {', '.join(extra)}"
            raise ConfigError(msg)
        lines = read_back(path)
        return cls(lines, ",".join(rules_of(lines)))

    def found(self, result: Result) -> Lines:
        """The findings that the lines are about."""
        from returns903.reports.worklist import matched

        return matched(result, self.lines)


def _none(result: Result, code: str) -> str:
    outcome = result.outcomes[code]
    if outcome.reason is not None:
        return f"rule {code} did not run: {outcome.reason}"
    return f"rule {code} flags no such row: 'returns903 validate' tells the rows that it flags"


def _several(code: str) -> str:
    return f"rule {code} flags rows of this number in several tables: name one by --table, such as Episodes.last_year"


def _day(text: str) -> dt.date:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    msg = f"--until is a day, such as 2027-03-31 or 31/03/2027, and {printable(text)!r} is none"
    raise ConfigError(msg)
