"""What an expression comes to on a small return, row by row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

from returns903 import Return
from returns903.frames import Frames
from returns903.frames.computed import collected
from returns903.tables import Episodes, Table

Cells = Mapping[str, Sequence[str | None]]
"""The columns of a table, as text."""


def a_return(previous: Mapping[str, Cells] | None = None, options: Any = None, **tables: Cells) -> Return:
    def frames(of: Mapping[str, Cells]) -> dict[str, pl.DataFrame]:
        return {name: pl.DataFrame(cells, schema=dict.fromkeys(cells, pl.String)) for name, cells in of.items()}

    before = None if previous is None else frames(previous)
    return Return.from_frames(frames(tables), previous=before, year="2024-25", **(options or {}))


def worked_out(
    build: Callable[[], pl.Expr], anchor: Table = Episodes, previous: Mapping[str, Cells] | None = None, **tables: Cells
) -> list[Any]:
    """The values of an expression on the anchor's rows, in the order of the file."""
    with collected() as computed:
        expression = build()
    frames = Frames(a_return(previous, **tables), computed)
    frame = frames.beside(anchor, expression.meta.root_names())
    return (
        frame.select(pl.col(f"{anchor.id}.row"), value=expression)
        .sort(f"{anchor.id}.row")
        .get_column("value")
        .to_list()
    )
