"""What changed from each collection year to the next: rules, code lists, tables and columns."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from returns903 import codes
from returns903.reports.rule_list import difference
from returns903.rules import Rule
from returns903.tables import TABLES
from returns903.tables.describe import tables_in
from returns903.years import RULE_YEARS


def files() -> Iterator[tuple[Path, str]]:
    """The pages by their paths from the root."""
    years = list(pairwise(RULE_YEARS))
    for before, after in years:
        yield Path(f"docs/changes/{after}.md"), page(before, after)
    lines = ["# What changed from year to year", "", "```{toctree}", ":maxdepth: 1", ""]
    yield Path("docs/changes/index.md"), "\n".join([*lines, *(after for _, after in reversed(years)), "```", ""])


def page(before: str, after: str) -> str:
    """What a year brought: for people who validated the last one's return."""
    found = difference(before, after)
    lines = [
        f"# {after}",
        "",
        f"What is new against {before}. `returns903 rules --diff {before} {after}` shows the rules.",
    ]
    lines += _rules("Rules that came", found.added)
    lines += _rules("Rules that went", found.removed)
    if found.changed:
        lines += ["", "## Rules that changed", "", "| rule | what changed |", "|---|---|"]
        lines += [f"| {_link(rule)} | {_cell(rule.changed or rule.message)} |" for _, rule in found.changed]
    lines += _section("Codes", list(_codes(before, after)))
    lines += _section("Tables and columns", list(_layout(before, after)))
    return "\n".join(lines) + "\n"


def _rules(heading: str, rules: list[Rule]) -> list[str]:
    if not rules:
        return ["", f"## {heading}", "", "None."]
    lines = ["", f"## {heading}", "", "| rule | severity | what is wrong with a flagged row |", "|---|---|---|"]
    return lines + [f"| {_link(rule)} | {rule.severity} | {_cell(rule.message)} |" for rule in rules]


def _section(heading: str, lines: list[str]) -> list[str]:
    return ["", f"## {heading}", "", *(lines or ["As before."])]


def _codes(before: str, after: str) -> Iterator[str]:
    for name in codes.names():
        listed = codes.code_list(name)
        old, new = set(listed.valid(before)), set(listed.valid(after))
        for what, some in (("came", new - old), ("went", old - new)):
            if some:
                named = (f"`{code}` ({listed[code].label})" for code in listed if code in some)
                yield f"- **{name}**, {what}: {', '.join(named)}"


def _layout(before: str, after: str) -> Iterator[str]:
    old, new = ({of.name for of in tables_in(year)} for year in (before, after))
    for what, some in (("came", new - old), ("went", old - new)):
        yield from (
            f"- [{name}](../tables/{name}.md) {what}: {of.meaning}" for name, of in TABLES.items() if name in some
        )
    for name in (name for name in TABLES if name in old & new):
        was, is_now = TABLES[name].columns(before), TABLES[name].columns(after)
        for what, columns in (("came", is_now.keys() - was.keys()), ("went", was.keys() - is_now.keys())):
            if columns:
                yield f"- {name}: {', '.join(sorted(columns))} {what}"


def _link(rule: Rule) -> str:
    return f"[{rule.code}](../rules/{rule.code}.md)"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
