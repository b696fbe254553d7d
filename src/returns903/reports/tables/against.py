"""Figures held against targets and against those of others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from returns903.pages.grid import Cell, Column, Grid, Mark, written
from returns903.published.collect import Sheet, Tables
from returns903.published.compare import Comparison, Comparisons, State

COMPARED = "scorecard"
"""The table whose rows are measures that can be compared."""
MARKS: dict[State, Mark] = {
    "met": Mark("met", "good"),
    "near": Mark("near", "near"),
    "missed": Mark("missed", "bad"),
}


def in_words(comparisons: Comparisons | None, measure: str, value: Cell) -> list[str | Mark]:
    """What a figure is held against, a line each; a suppressed figure meets and misses nothing."""
    found = comparisons.of.get(measure) if comparisons else None
    if comparisons is None or found is None:
        return []
    pairs = zip(comparisons.others, found.others, strict=True)
    lines: list[str | Mark] = [f"{name} {written(other, 'percent')}%" for name, other in pairs if other is not None]
    if found.target is not None:
        mark = _mark(found, value)
        text = f"target {found.target:g}%"
        lines.append(text if mark is None else Mark(f"{text}: {mark.text}", mark.kind))
    return lines


def with_comparisons(grid: Grid, sheet: Sheet, tables: Tables) -> Grid:
    """The months' figures with the target, whether the last month met it, and the figures of others, in columns."""
    comparisons = tables.comparisons
    if comparisons is None:
        return grid
    names = dict.fromkeys(sheet.frame.get_column("measure"))
    found = {sheet.of.label(name): comparisons.of.get(name) for name in names}
    targets = ["Target", f"{grid.columns[-1].heading} against it"] if comparisons.has_targets else []
    return replace(
        grid,
        columns=(*grid.columns, *(Column(name, "percent", "Held against") for name in (*targets, *comparisons.others))),
        rows=tuple((*row, *_cells(found.get(str(row[0])), row[-1], comparisons)) for row in grid.rows),
    )


def _cells(found: Comparison | None, last: Cell, comparisons: Comparisons) -> Iterator[Cell]:
    if comparisons.has_targets:
        yield found.target if found else None
        yield _mark(found, last) if found else None
    yield from found.others if found else [None] * len(comparisons.others)


def _mark(found: Comparison, value: Cell) -> Mark | None:
    state = found.state(value) if isinstance(value, int | float) else None
    return MARKS[state] if state else None
