"""Figures held against targets and against those of others."""

from __future__ import annotations

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
    names = {sheet.of.label(name): name for name in sheet.frame.get_column("measure")}
    targets = ["Target", f"{grid.columns[-1].heading} against it"] if comparisons.has_targets else []
    return replace(
        grid,
        columns=(*grid.columns, *(Column(name, "percent", "Held against") for name in (*targets, *comparisons.others))),
        rows=tuple((*row, *held_against(comparisons, names.get(str(row[0]), ""), row[-1])) for row in grid.rows),
    )


def held_against(comparisons: Comparisons | None, measure: str, value: Cell) -> list[Cell]:
    """Target and state of a figure where there are targets, then others' figures; blank where nothing is given."""
    if comparisons is None:
        return []
    found = comparisons.of.get(measure)
    state: list[Cell] = [found.target, _mark(found, value)] if found else [None, None]
    others = found.others if found else [None] * len(comparisons.others)
    return [*(state if comparisons.has_targets else []), *others]


def _mark(found: Comparison, value: Cell) -> Mark | None:
    state = found.state(value) if isinstance(value, int | float) else None
    return MARKS[state] if state else None
