"""The three ways of publishing counts: small ones suppressed, all rounded, or as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from returns903.errors import ConfigError
from returns903.statistics.cells import SMALL, Cells
from returns903.statistics.described import BESIDE, Percentage, Published, Tie, Together, picked
from returns903.statistics.recover import recoverable
from returns903.statistics.suppression import hidden_cells
from returns903.statistics.tied import cells_of

Method = Literal["suppress", "round", "none"]
METHODS: tuple[Method, ...] = ("suppress", "round", "none")

STATED: dict[str, str] = {
    "suppress": "Numbers from 1 to 5 are suppressed (c), and so are further numbers they could be worked out from, and "
    "the percentages of both. A zero is a true zero.",
    "round": "Numbers are rounded to the nearest 10, totals on their own, so rows may not add up to them. Percentages "
    "are whole numbers from unrounded data.",
    "none": "No disclosure control: numbers are as counted, small ones included. Not for publication.",
}
"""What a page of tables says of its numbers, by method."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule that a table's numbers are published by."""

    threshold: str
    """Which counts are suppressed for being small."""
    rounding: str
    secondary: str
    """What else is suppressed."""

    @property
    def said(self) -> str:
        """In a line."""
        return f"Suppressed: {self.threshold}. Further suppressed: {self.secondary}. Rounded: {self.rounding}."


NO_RULE = Rule("none", "not", "none")
RULES: dict[str, Rule] = {
    "suppress": Rule(
        f"{SMALL[0]} to {SMALL[-1]}", "not", "whatever those could be worked out from, and percentages of both"
    ),
    "round": Rule("none", "numbers to the nearest 10, percentages to whole numbers", "none"),
    "none": NO_RULE,
}
"""The rules, by method."""


@dataclass(frozen=True, slots=True, eq=False)
class Controlled:
    """A table after disclosure control."""

    name: str
    frame: pl.DataFrame
    """The table with its own types; what is suppressed is null."""
    hidden: pl.DataFrame
    """For each column of counts and percentages, which rows are suppressed."""
    method: Method

    def written(self, *, mark: str = "c", decimals: int = 1) -> pl.DataFrame:
        """The table as text: the mark where a number is suppressed, nothing where it does not apply."""
        return self.frame.with_columns(
            pl.when(self.hidden.get_column(name))
            .then(pl.lit(mark))
            .otherwise(_text(self.frame.get_column(name), decimals if self.method != "round" else 0))
            .alias(name)
            for name in self.hidden.columns
        )


def control(
    tables: Published | Sequence[Published],
    method: str = "suppress",
    links: Sequence[Tie] = (),
    *,
    beside: Together | None = None,
) -> list[Controlled]:
    """Make tables fit to be published together.

    Args:
        tables: all tables that are published together; only what is given here and in `links` is guarded.
        method: `suppress` hides counts from 1 to 5, whatever they could be worked out from, and their percentages;
            `round` gives counts to the nearest 10 (a half upwards) and percentages as whole numbers from unrounded
            data; `none` gives all as it is.
        links: the numbers that stand in several of these tables, and what else ties one to another.
        beside: tables of the same form that are published by themselves, before or after these, as if these were not
            there: put under control first, they stay as they are, and what both give alike is hidden alike.

    Returns:
        The tables in their order.

    Raises:
        ConfigError: there is no such method, or a sum that a table or link claims does not hold.

    Source: Explore Education Statistics guidance on rounding and suppression; suppression of 1 to 5 as in the national
    tables of authorities.
    """
    given = [tables] if isinstance(tables, Published) else list(tables)
    if method == "suppress":
        return suppress(given, links, beside)
    if method == "round":
        return [_rounded(table) for table in given]
    if method == "none":
        return [Controlled(table.name, table.frame, _nothing_hidden(table), "none") for table in given]
    msg = f"there is no disclosure control {method!r}; there are {', '.join(METHODS)}"
    raise ConfigError(msg)


def suppress(
    tables: Sequence[Published], links: Sequence[Tie] = (), beside: Together | None = None
) -> list[Controlled]:
    """`control` by suppression."""
    cells, hidden = _hidden(Together(tuple(tables), tuple(links)), beside)
    if recoverable(cells, hidden):
        msg = "a suppressed number could be worked out from these tables; nothing is published"
        raise ConfigError(msg)
    spots = {spot for n in hidden for spot in cells.spots[n]}
    return [
        _suppressed(table, {(column, row) for name, column, row in spots if name == table.name}) for table in tables
    ]


def _hidden(published: Together, beside: Together | None) -> tuple[Cells, set[int]]:
    """The numbers of tables, those published beside them too, and which of them are hidden."""
    if beside is None:
        cells = cells_of(published)
        hidden = hidden_cells(cells)
    else:
        out, gone = _hidden(beside, None)
        cells = cells_of(published.beside(beside))

        def here(numbers: Iterable[int]) -> set[int]:
            spots = (spot for n in numbers for spot in out.spots[n])
            return {cells.numbers[BESIDE + table, column, row] for table, column, row in spots}

        hidden = hidden_cells(cells, here(gone), here(set(range(len(out.values))) - gone))
    # What follows from what a table means (a kind that no review can be of) is told by no number, and can stay.
    return cells, hidden - {n for n in recoverable(cells, hidden) if n not in cells.small}


def _suppressed(table: Published, gone: set[tuple[str, int]]) -> Controlled:
    rows = range(table.frame.height)
    columns = {name: [(name, row) in gone for row in rows] for name in table.counts}
    for percentage in table.percentages:
        known = columns.get(percentage.column, [False] * len(rows))
        columns[percentage.column] = [a or b for a, b in zip(known, _goes(table, percentage, columns), strict=True)]
    masks = pl.DataFrame([pl.Series(name, values, dtype=pl.Boolean) for name, values in columns.items()])
    shown = table.frame.with_columns(
        pl.when(~masks.get_column(name)).then(pl.col(name)).alias(name) for name in masks.columns
    )
    return Controlled(table.name, shown, masks, "suppress")


def _goes(table: Published, percentage: Percentage, hidden: dict[str, list[bool]]) -> Iterator[bool]:
    """Whether a percentage goes, row by row: with either of its counts, as the other would give that one away."""
    above, over = hidden[percentage.of], percentage.over
    if isinstance(over, pl.Expr):
        totals = picked(table, over, percentage.by)
        keys = [()] * len(above) if not percentage.by else table.frame.select(percentage.by).rows()
        below = [any(above[row] for row in totals.get(key, [])) for key in keys]
    else:
        below = hidden[over] if over else [False] * len(above)
    return (a or b for a, b in zip(above, below, strict=True))


def _rounded(table: Published) -> Controlled:
    counts = ((pl.col(name) + 5) // 10 * 10 for name in table.counts)
    # A hair above a half, because 72.5 may have come out as 72.49999999999999.
    percentages = ((pl.col(p.column) + (0.5 + 1e-9)).floor() for p in table.percentages)
    return Controlled(table.name, table.frame.with_columns(*counts, *percentages), _nothing_hidden(table), "round")


def _nothing_hidden(table: Published) -> pl.DataFrame:
    names = dict.fromkeys([*table.counts, *(p.column for p in table.percentages)])
    no = [False] * table.frame.height
    return pl.DataFrame([pl.Series(name, no, dtype=pl.Boolean) for name in names])


def _text(column: pl.Series, decimals: int) -> pl.Series:
    if not column.dtype.is_float():
        return column.cast(pl.String)
    return pl.Series(column.name, [None if v is None else f"{v:.{decimals}f}" for v in column], dtype=pl.String)
