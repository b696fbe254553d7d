"""What came of reconciling a published table, for the terminal and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

import polars as pl
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from returns903.reconcile import AGREES, CONTRADICTS, UNKNOWN

_STYLES = {CONTRADICTS: "bold red", UNKNOWN: "bold yellow", AGREES: "green"}
_TITLES = {CONTRADICTS: "Contradicts", UNKNOWN: "Cannot be said", AGREES: "Agrees"}


def render(checks: pl.DataFrame, source: str) -> RenderableType:
    """The checks by state, contradictions first, each in a sentence; those that agree one line a kind."""
    return Group(*_parts(checks, source))


def _parts(checks: pl.DataFrame, source: str) -> Iterator[RenderableType]:
    counts = {state: checks.filter(pl.col("state") == state).height for state in _TITLES}
    yield Text(f"{source}: {_counted(checks.height)}", style="bold")
    for state in (CONTRADICTS, UNKNOWN):
        if counts[state]:
            yield Text(f"\n{_TITLES[state]}: {counts[state]}", style=_STYLES[state])
            for row in checks.filter(pl.col("state") == state).iter_rows(named=True):
                yield Padding(Text(sentence(row)), (0, 0, 0, 2), expand=False)
    if counts[AGREES]:
        yield Text(f"\n{_TITLES[AGREES]}: {counts[AGREES]}", style=_STYLES[AGREES])
        kinds = checks.filter(pl.col("state") == AGREES).group_by("check", "column", maintain_order=True).len()
        for check, column, many in kinds.iter_rows():
            yield Padding(Text(f"{column}: {check}, {_counted(many)}"), (0, 0, 0, 2), expand=False)


def sentence(row: dict[str, object]) -> str:
    """One check in a line: where it is, and what there is to say."""
    place = " ".join(str(part) for part in (f"line {row['line']}," if row["line"] else "", row["column"]) if part)
    about = f" [{row['row']}]" if row["row"] and row["check"] not in ("rows and total", "total and return") else ""
    return f"{place}{about}: {row['message']}"


def _counted(many: int) -> str:
    return f"{many} check{'s' * (many != 1)}"


def to_json(checks: pl.DataFrame, source: str) -> str:
    """The checks as one JSON object: the table, how many there are of each state, and every check."""
    counts = {state: checks.filter(pl.col("state") == state).height for state in _TITLES}
    document = {"published": source, "counts": counts, "checks": checks.to_dicts()}
    return json.dumps(document, indent=2, ensure_ascii=False)
