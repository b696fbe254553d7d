"""Charts: what they are given is drawn, and what is suppressed has no bar."""

from __future__ import annotations

import re

from returns903.pages.charts import Bar, Piece, side_by_side, stacked, svg
from returns903.pages.grid import HIDDEN

COLOURS = {"one": "#111111", "two": "#222222", "three": "#333333"}


def texts(drawn: str) -> list[str]:
    return re.findall(r">([^<>]+)</t", drawn)


def test_numbers_stand_at_their_bars_and_a_suppressed_one_has_none() -> None:
    bars = [Bar("First", "now", 40), Bar("First", "then", HIDDEN), Bar("Second", "now", 1234), Bar("Second", "then", 0)]
    drawn = svg(side_by_side(bars, "children"), "name", "A title & more")
    assert {"First", "Second", "now", "then", "40", "c", "1,234", "0", "children"} <= set(texts(drawn))
    assert drawn.count('aria-label="A title &amp; more"') == 1


def test_labels_stand_in_the_order_in_which_they_are_given_and_long_ones_are_folded() -> None:
    bars = [Bar(label, "now", 1) for label in ("Zulu", "Alpha", "a long label " * 5)]
    words = texts(svg(side_by_side(bars, "n"), "name", "t"))
    assert words.index("Zulu") < words.index("Alpha")
    assert "a long label a long label a long label a" in words
    assert "long label a long label" in words


def test_pieces_are_stacked_with_their_total_above_and_what_is_nobody_is_in_no_legend() -> None:
    pieces = [Piece("April", "one", 3), Piece("April", "two", 0), Piece("May", "one", 5), Piece("May", "three", 2)]
    made = stacked(pieces, COLOURS, "children", {"April": 3, "May": HIDDEN})
    assert made is not None
    words = texts(svg(made, "name", "t"))
    assert {"one", "three", "April", "May", "c"} <= set(words)
    assert "two" not in words


def test_nothing_to_draw_is_no_chart() -> None:
    assert stacked([Piece("April", "one", 0)], COLOURS, "children") is None


def test_what_a_chart_refers_to_by_id_is_its_own() -> None:
    made = stacked([Piece("a", "one", 1, "left"), Piece("a", "one", 1, "right")], COLOURS, "n")
    assert made is not None
    drawn = svg(made, "mine", "t")
    ids = re.findall(r'\bid="([^"]*)"', drawn)
    assert all(name.startswith("mine-") for name in ids)
    assert set(re.findall(r"url\(#([^)]*)\)", drawn)) <= set(ids)
