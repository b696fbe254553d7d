"""The cells as they were written, beside the tables that are made of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import polars as pl

from returns903.reading.assemble import Assembly
from returns903.reading.cells import as_text
from returns903.reading.notes import Note
from returns903.reading.raw import Raw
from returns903.reading.recognise import normal_header
from returns903.tables import TABLES


class AssemblyAsWritten(Assembly):
    """An assembly that keeps what stood in the cells."""

    def __init__(self, notes: list[Note]) -> None:
        super().__init__(notes)
        self._kept: dict[str, list[pl.DataFrame]] = defaultdict(list)

    def _add_part(self, raw: Raw, notes: list[Note]) -> None:
        found: list[pl.DataFrame] = []

        def cells(notes: list[Note]) -> pl.DataFrame:
            found.append(raw.cells(notes))
            return found[-1]

        parts = len(self.inputs)
        super()._add_part(replace(raw, cells=cells), notes)
        for item in self.inputs[parts:]:
            self._kept[item.table].append(_written(raw, item.table, found[-1]))

    def written(self) -> dict[str, pl.DataFrame]:
        """By table, a row for each row that was read, in their order: the text of each cell; null and empty: blank."""
        return {name: pl.concat(parts, how="diagonal") for name, parts in self._kept.items()}


def _written(raw: Raw, table: str, found: pl.DataFrame) -> pl.DataFrame:
    """The columns of the table as text, without rows that have no filled cell, which are not read."""
    wanted = {*TABLES[table].columns(), *raw.brings}
    places = {normal_header(header): str(n) for n, header in enumerate(raw.headers)}
    kept = {name: place for name, place in places.items() if name in wanted}
    text = found.select(as_text(pl.col(place), found.schema[place]).alias(name) for name, place in kept.items())
    return text.filter(pl.any_horizontal(pl.all().str.strip_chars() != ""))
