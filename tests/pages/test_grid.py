"""Grids: their parts, their headings over several columns, and how values are written."""

from __future__ import annotations

import datetime as dt

import pytest

from returns903.pages.grid import HIDDEN, Cell, Column, Format, Grid, Noted, written


def grid(rows: int, heads: dict[int, str] | None = None, above: tuple[str, ...] = ("",)) -> Grid:
    columns = tuple(Column(str(n), "count", name) for n, name in enumerate(above))
    return Grid("", columns, tuple((n,) * len(columns) for n in range(rows)), heads=heads or {})


@pytest.mark.parametrize(
    ("rows", "heads", "parts"),
    [
        (0, {}, []),
        (2, {}, [("", [0, 1])]),
        (3, {0: "A", 2: "B"}, [("A", [0, 1]), ("B", [2])]),
        (3, {1: "B"}, [("", [0]), ("B", [1, 2])]),
    ],
)
def test_parts(rows: int, heads: dict[int, str], parts: list[tuple[str, list[int]]]) -> None:
    assert grid(rows, heads).parts() == parts


@pytest.mark.parametrize(
    ("above", "spans"),
    [
        (("", ""), []),
        (("", "x", "x"), [("", 0, 0), ("x", 1, 2)]),
        (("x", "y", "y", ""), [("x", 0, 0), ("y", 1, 2), ("", 3, 3)]),
        (("x", "", "x"), [("x", 0, 0), ("", 1, 1), ("x", 2, 2)]),
    ],
)
def test_spans(above: tuple[str, ...], spans: list[tuple[str, int, int]]) -> None:
    found = grid(0, above=above)
    assert found.spans == spans
    assert found.edges == {first for _, first, _ in spans if first}


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (None, "count", ""),
        (HIDDEN, "percent", "c"),
        (True, "flag", "yes"),
        (False, "flag", "no"),
        (1234, "count", "1,234"),
        (66.666, "percent", "66.7"),
        (2.0, "count", "2"),
        (dt.date(2024, 3, 1), "date", "01/03/2024"),
        ("<b>", "text", "<b>"),
        (Noted(66.666, "why"), "percent", "66.7"),
        (Noted("84% to 91%", "why"), "percent", "84% to 91%"),
    ],
)
def test_values(value: Cell, form: Format, text: str) -> None:
    assert written(value, form) == text


def test_footnotes_are_numbered_as_they_are_come_upon() -> None:
    one, other, again = Noted("84% to 91%", "assumed"), Noted(5, "in part"), Noted(3.5, "assumed")
    found = Grid("", (Column("", "text"), Column("", "percent")), (("a", one), ("b", other), ("c", again), ("d", 1)))
    assert found.footnotes == ("assumed", "in part")
    assert [found.sign(row[1]) for row in found.rows] == ["1", "2", "1", ""]
