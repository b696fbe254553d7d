"""What a validation found: findings, and how every rule ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import polars as pl

from returns903.errors import ConfigError
from returns903.returns import Return, Source
from returns903.rules import Definition, Rule
from returns903.words import counted, printable
from returns903.writing import Outputs

if TYPE_CHECKING:
    from returns903.accepting.held import Acceptance
    from returns903.views.explained import Explanation
    from returns903.views.since import Since

State = Literal["passed", "findings", "skipped", "crashed"]

FINDINGS: dict[str, pl.DataType | type[pl.DataType]] = {
    "rule": pl.String,
    "severity": pl.String,
    "table": pl.String,
    "previous": pl.Boolean,
    "row": pl.UInt32,
    "line": pl.UInt32,
    "file": pl.String,
    "child": pl.String,
    "fields": pl.String,
    "message": pl.String,
}
"""The columns of ``Result.findings``."""

_ENDED: dict[State, str] = {
    "findings": "with findings",
    "passed": "passed",
    "skipped": "skipped",
    "crashed": "crashed",
}
"""What is said of rules by how they ended."""


@dataclass(frozen=True)
class Outcome:
    """How one rule ended."""

    state: State
    reason: str | None = None
    """Why it was skipped or crashed; null otherwise."""
    count: int = 0
    """The rows it flagged."""

    def _repr_html_(self) -> str:
        """How a notebook shows it."""
        from returns903.pages.notebook import shown

        return shown(_ENDED[self.state], [self.reason or counted(self.count, "finding")])


class Result:
    """The findings of a validation, and the outcome of every rule that was chosen."""

    def __init__(
        self,
        *,
        findings: pl.DataFrame,
        outcomes: Mapping[str, Outcome],
        the_return: Return,
        rules_year: str,
        rules: Sequence[Definition],
    ) -> None:
        self.findings = findings
        """One row for each flagged row: rule, severity (error or query), table, previous (the row is in last year's
        return), row (0-based data row of that table), line and file (null for frames), child, fields (the columns to
        look at, blanks between them), message. Sorted by rule, table and row."""
        self.outcomes = dict(outcomes)
        """By code: state (passed, findings, skipped, crashed), reason (for the last two), count (of flagged rows)."""
        self.the_return = the_return
        self.rules_year = rules_year
        """The collection year whose rules were applied."""
        self._definitions = {definition.code: definition for definition in rules}
        sound = [d for d in rules if self.outcomes[d.code].state != "crashed"]
        self.rules = {definition.code: Rule.of(definition) for definition in sound}
        """What is told of each rule that did not crash."""
        self.baseline: Since | None = None
        """This result held against an earlier one, once `since` was asked for: reports then tell what is new."""
        self.acceptance: Acceptance | None = None
        """What of this is accepted, once `accept` was asked for: reports then set it apart."""

    @property
    def reading(self) -> pl.DataFrame:
        """What was seen while reading; see ``Return.reading``."""
        return self.the_return.reading

    @property
    def failures(self) -> list[str]:
        """Why the run must not be taken for a pass: what could not be read, that no rule ran, rules that crashed."""
        failures = [note.said for note in self.the_return.unread]
        crashed = self.codes("crashed")
        if crashed:
            failures.append(f"{counted(len(crashed), 'rule')} crashed, a fault of this program: {', '.join(crashed)}")
        elif not self.codes("passed") and not self.codes("findings"):
            failures.append("no rule ran: none was chosen" if not self.outcomes else "no rule ran: all were skipped")
        return failures

    def codes(self, state: State) -> list[str]:
        """The rules that ended in a state, in the order of their codes."""
        return [code for code, outcome in self.outcomes.items() if outcome.state == state]

    def definition(self, code: str) -> Definition:
        """The definition of a rule that was chosen.

        Raises:
            ConfigError: it was not.
        """
        found = self._definitions.get(code) or self._definitions.get(str(code).strip().upper())
        if found is None:
            msg = f"rule {printable(str(code))!r} was not among those that were chosen; result.outcomes names them"
            raise ConfigError(msg)
        return found

    def since(self, earlier: Source | pl.DataFrame) -> Since:
        """What is new since an earlier result, what is still there, and what was fixed; reports tell it from then on.

        Args:
            earlier: a file that was written as JSON or Parquet, or the `findings` of a result.

        Raises:
            InputError: the file cannot be read, or is no result.
        """
        from returns903.views.since import earlier as read_earlier
        from returns903.views.since import since

        is_frame = isinstance(earlier, pl.DataFrame)
        before = earlier if isinstance(earlier, pl.DataFrame) else read_earlier(Path(earlier))
        name = "the earlier result" if is_frame else Path(str(earlier)).name
        self.baseline = since(self.findings, before, name)
        return self.baseline

    def accept(self, accepted: Source, *, today: dt.date | None = None) -> Acceptance:
        """Set apart what a file accepts, with a reason; reports tell it from then on, and `findings` stays as it is.

        Args:
            accepted: the file, as `returns903 accept` writes it; its key lies beside it.
            today: the day on which it is to hold; this one where it is not given.

        Raises:
            ConfigError: the file or its key cannot be read, makes no sense, or they do not belong together.
        """
        from returns903.accepting.entries import read_accepted
        from returns903.accepting.held import hold

        self.acceptance = hold(self, read_accepted(Path(accepted)), today or dt.date.today())
        return self.acceptance

    def summary(self) -> pl.DataFrame:
        """How much was found: a row for errors, one for queries and one for all.

        Columns: severity (error, query, all), rules (with findings), findings, rows (a row that several rules flag
        is one), children (whose identifier is given).
        """
        from returns903.views.counts import summary

        return summary(self)

    def by_rule(self) -> pl.DataFrame:
        """How each rule ended: a row a rule, in the order of their codes.

        Columns: rule, severity, state (passed, findings, skipped, crashed), reason (why it was skipped or crashed,
        else null), findings, children (with a finding of it), message (null for a rule that crashed).
        """
        from returns903.views.counts import by_rule

        return by_rule(self)

    def by_child(self) -> pl.DataFrame:
        """What was found of each child: a row a child with findings, those with most errors first.

        Columns: child (null: rows without an identifier, together), errors, queries, rows, rules (a list of codes).
        """
        from returns903.views.counts import by_child

        return by_child(self)

    def rows(self, code: str, *, context: bool = False) -> pl.DataFrame:
        """The rows that a rule flagged, with their cells as they stand in the return. It holds cells and identifiers.

        Columns: role (flagged; with `context` also before, after and header), table, previous (the row is in last
        year's return), row, line and file as in `findings`, reads (a list: the columns of this table that the rule
        reads), and then the columns of the tables, as text; null: blank, or none of this row's table. The rows go
        child by child, in the order of time.

        Args:
            code: the rule.
            context: the child's row before and after each flagged one too, and the child's rows of Header.

        Raises:
            ConfigError: the rule was not among those that were chosen.
        """
        from returns903.views.rows import rows

        return rows(self, self.definition(code).code, context=context)

    def write(
        self, path: Source, *, show_ids: bool = False, force: bool = False, inputs: Iterable[Source] = ()
    ) -> Path:
        """Write the result in the form that the ending of the name says, as `returns903 validate --output` does.

        JSON, CSV, XLSX, HTML and Parquet hold identifiers, and the workbook and the page cells as well: such a file is
        made for its owner alone.

        Args:
            path: the file; .txt, .json, .csv, .xlsx, .html, .sarif, .xml (JUnit), .md or .parquet.
            show_ids: identifiers in text, SARIF, JUnit and Markdown too.
            force: replace a file that is there.
            inputs: what the return was read from; no file replaces it or is written into it.

        Returns:
            The file.

        Raises:
            ConfigError: the name says no form, a package for it is not installed, or the file must not be replaced.
            InputError: it cannot be written.
        """
        from returns903.reports.forms import form_of

        file = Path(path)
        form = form_of(file)
        writer = Outputs(tuple(map(Path, inputs)), force=force)
        writer.check_file(file)
        return writer.write_file(file, form.write(self, show_ids=show_ids), private=form.carries_ids or show_ids)

    def __repr__(self) -> str:
        found = counted(self.findings.height, "finding")
        return f"<Result for {self.the_return.year.label} by the rules of {self.rules_year}: {found}>"

    def _repr_html_(self) -> str:
        """How a notebook shows it: counts by rule; no identifier, no cell."""
        from returns903.pages.notebook import shown

        states = ", ".join(f"{len(self.codes(state)):,} {said}" for state, said in _ENDED.items())
        found = self.by_rule().filter(state="findings").sort("severity", "rule")
        columns = ("rule", "severity", "findings", "children", "message")
        return shown(repr(self)[1:-1], [*self.failures, f"rules: {states}"], columns, found.select(columns).rows())

    def explain(self, code: str, row: int, *, table: str | None = None, previous: bool | None = None) -> Explanation:
        """Why a rule fired at a row: what it says, and every cell that it reads. It holds cells.

        Args:
            code: the rule.
            row: the number of the row that it flagged, as in `findings`.
            table: the row's table, where the rule flags rows of that number in several.
            previous: whether the row is in last year's return, where it flags some in both.

        Raises:
            ConfigError: the rule did not flag that row, or it is not said of which table.
        """
        from returns903.views.explained import explain

        return explain(self, self.definition(code), row, table=table, previous=previous)
