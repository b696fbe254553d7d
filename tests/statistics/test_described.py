"""What a table to publish is made of: what it names is there, and ties go with the names of tables."""

from __future__ import annotations

import polars as pl
import pytest

from returns903.errors import ConfigError
from returns903.statistics import Alike, AtMost, ColumnTotal, Link, Percentage, Place, Published, Together
from returns903.statistics.described import picked

FRAME = pl.DataFrame({"label": ["a", "b"], "sex": ["F", "M"], "n": [6, 7], "of": [9, 9], "share": [66.7, 77.8]})
EVERY = pl.lit(value=True)


def table(name: str = "made") -> Published:
    return Published(name, FRAME, ("n", "of"), (Percentage("share", "n", "of"),))


def test_labels_are_neither_counts_nor_percentages() -> None:
    assert table().labels == ("label", "sex")


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({"counts": ("n", "gone")}, "no column gone"),
        ({"percentages": (Percentage("gone", "n"),)}, "no column gone"),
        ({"percentages": (Percentage("share", "gone"),)}, "no column gone"),
        ({"percentages": (Percentage("share", "n", "gone"),)}, "no column gone"),
        ({"column_totals": (ColumnTotal("gone", ("n",)),)}, "no column gone"),
        ({"column_totals": (ColumnTotal("n", ("gone", "away")),)}, "no column away, gone"),
        ({"percentages": (Percentage("share", "of"),)}, "of is used as a count"),
        ({"percentages": (Percentage("share", "n", "of"),)}, "of is used as a count"),
        ({"column_totals": (ColumnTotal("n", ("of",)),)}, "of is used as a count"),
    ],
)
def test_what_is_named_is_there(about: dict[str, object], told: str) -> None:
    with pytest.raises(ConfigError, match=f"the table made.* {told}"):
        Published("made", FRAME, **{"counts": ("n",), **about})  # type: ignore[arg-type]


def test_rows_are_picked_by_their_values() -> None:
    assert picked(table(), pl.col("n") > 6) == {(): [1]}
    assert picked(table(), EVERY, ["of"]) == {(9,): [0, 1]}
    assert picked(table(), EVERY, ["sex", "of"]) == {("F", 9): [0], ("M", 9): [1]}
    with pytest.raises(ConfigError, match="the table made has no column away, gone"):
        picked(table(), EVERY, ["gone", "sex", "away"])


def places(*names: str) -> tuple[Place, ...]:
    return tuple(Place(name, "n", EVERY) for name in names)


def named(tie: object) -> list[list[str]]:
    """The tables that each side of a tie names."""
    sides = ((tie.total,), tie.parts) if isinstance(tie, Link) else tie.sides  # type: ignore[attr-defined]
    return [[place.table for place in side] for side in sides]


def test_ties_go_with_the_names_of_tables() -> None:
    ties = (
        Link(places("a")[0], places("a", "b"), ("sex",)),
        AtMost(places("a"), places("b", "a"), ("sex",)),
        Alike(places("b"), places("a"), ("sex",)),
    )
    called = Together((table("a"), table("b")), ties).called("last ")
    assert [each.name for each in called.tables] == ["last a", "last b"]
    assert [named(tie) for tie in called.ties] == [
        [["last a"], ["last a", "last b"]],
        [["last a"], ["last b", "last a"]],
        [["last b"], ["last a"]],
    ]
    assert [type(tie) for tie in called.ties] == [Link, AtMost, Alike]
    assert {tie.by for tie in called.ties} == {("sex",)}


def test_tables_beside_others_are_alike_where_they_have_one_name() -> None:
    tie, there = Alike(places("a"), places("b")), Alike(places("a"), places("a"))
    both = Together((table("a"), table("b")), (tie,)).beside(Together((table("a"), table("c")), (there,)))
    assert [each.name for each in both.tables] == ["a", "b", "beside a", "beside c"]
    first, second, *same = both.ties
    assert first is tie
    assert named(second) == [["beside a"], ["beside a"]]
    assert [(named(each), each.left[0].column, each.by) for each in same] == [  # type: ignore[union-attr]
        ([["a"], ["beside a"]], "n", ("label", "sex")),
        ([["a"], ["beside a"]], "of", ("label", "sex")),
    ]
    sides = [place for each in same for side in each.sides for place in side]  # type: ignore[union-attr]
    assert [picked(table(), place.rows) for place in sides] == [{(): [0, 1]}] * 4
