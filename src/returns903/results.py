"""What a validation found: findings, and how every rule ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from returns903.returns import Return
from returns903.rules import Definition, Rule
from returns903.words import counted

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


@dataclass(frozen=True)
class Outcome:
    """How one rule ended."""

    state: State
    reason: str | None = None
    """Why it was skipped or crashed; null otherwise."""
    count: int = 0
    """The rows it flagged."""


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
        sound = [d for d in rules if self.outcomes[d.code].state != "crashed"]
        self.rules = {definition.code: Rule.of(definition) for definition in sound}
        """What is told of each rule that did not crash."""

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
