"""The rules of a year as a table, and what changed between two years."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from returns903.rules import Rule, rules_in_force
from returns903.years import Year, rules_year


@dataclass(frozen=True)
class Difference:
    """What separates the rules of two years."""

    added: list[Rule]
    removed: list[Rule]
    changed: list[tuple[Rule, Rule]]
    """The definition before and the one after."""


def difference(before: Year | str, after: Year | str) -> Difference:
    """The rules added, removed and redefined from one year to another."""
    old = {rule.code: rule for rule in rules_in_force(before)}
    new = {rule.code: rule for rule in rules_in_force(after)}
    return Difference(
        added=[rule for code, rule in new.items() if code not in old],
        removed=[rule for code, rule in old.items() if code not in new],
        changed=[(old[code], rule) for code, rule in new.items() if code in old and old[code].years != rule.years],
    )


def listing(year: Year | str) -> RenderableType:
    """The rules of a year as something rich can print."""
    rules = rules_in_force(year)
    return Group(Text(f"{len(rules)} rules in force in {rules_year(year)}", style="bold"), _table(rules))


def diff_listing(before: Year | str, after: Year | str) -> RenderableType:
    """The difference of two years as something rich can print."""
    found = difference(before, after)
    head = f"{rules_year(before)} to {rules_year(after)}: {len(found.added)} added, {len(found.removed)} removed, "
    parts: list[RenderableType] = [Text(f"{head}{len(found.changed)} redefined", style="bold")]
    for title, rules in (("Added", found.added), ("Removed", found.removed)):
        if rules:
            parts += [Text(f"\n{title}", style="bold"), _table(rules)]
    if found.changed:
        listed = _columns("rule", "what changed")
        for _, after_rule in found.changed:
            listed.add_row(after_rule.code, Text(after_rule.changed or after_rule.message))
        parts += [Text("\nRedefined", style="bold"), listed]
    return Group(*parts)


def _table(rules: list[Rule]) -> Table:
    listed = _columns("rule", "severity", "topic", "what is wrong with a flagged row")
    for rule in rules:
        listed.add_row(rule.code, rule.severity, rule.topic.replace("_", " "), Text(rule.message))
    return listed


def _columns(*names: str) -> Table:
    listed = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for name in names[:-1]:
        listed.add_column(name, no_wrap=True)
    listed.add_column(names[-1], overflow="fold")
    return listed
