"""Figures held against targets and against those of others."""

from __future__ import annotations

from dataclasses import replace

from returns903.pages.grid import Bound, Cell, Column, Grid, Mark, Spark, written
from returns903.published.collect import Sheet, Tables
from returns903.published.compare import MEASURES, Comparison, Comparisons, State

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


def with_lines(grid: Grid, months: Grid) -> Grid:
    """A grid of months with a line through the numbers of each row, after its label."""
    columns = (1, len(months.columns) - 1)

    def line(row: tuple[Cell, ...]) -> Spark:
        values = (value if isinstance(value, int | float) else None for value in row[columns[0] : columns[1] + 1])
        return Spark(tuple(values), (columns[0] + 1, columns[1] + 1))

    return replace(
        grid,
        columns=(grid.columns[0], Column("", "text"), *grid.columns[1:]),
        rows=tuple((row[0], line(row), *row[1:]) for row in grid.rows),
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
    if isinstance(value, Bound):  # 95 or more meets a target of 90, and says nothing of one of 97
        state = found.state(value.percent) if value.is_least == (MEASURES[found.measure] == "more") else None
        return MARKS["met"] if state == "met" else None
    state = found.state(value) if isinstance(value, int | float) else None
    return MARKS[state] if state else None
