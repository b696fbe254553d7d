"""What comes of the declaration of a derived table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from tools.derived import MARKED, columns, page

from returns903 import ConfigError, InputError
from returns903.derive.declared import TABLES, count, derived, share, text
from returns903.derive.model import model_of

COLUMNS = {
    "child": text("CHILD"),
    "kind": text("whether it is odd", "not told", values=("odd", "even")),
    "n": count("how many", least=1),
    "share": share("of all"),
}
Table = Callable[[pl.DataFrame], pl.DataFrame]


def frame(**changes: list[Any]) -> pl.DataFrame:
    cells = {"child": ["A", "B"], "kind": ["odd", None], "n": [1, 2], "share": [0.0, None]} | changes
    return pl.DataFrame(cells, schema_overrides={"kind": pl.String, "n": pl.UInt32, "share": pl.Float64})


@pytest.fixture
def odd_ones(monkeypatch: pytest.MonkeyPatch) -> Table:
    monkeypatch.setitem(TABLES, "odd_ones", TABLES["not_judged"])

    @derived("child, by name", COLUMNS, key=["child"])
    def odd_ones(found: pl.DataFrame) -> pl.DataFrame:
        """The odd ones.

        Returns:
            {columns}

            And no more.
        """
        return found

    return odd_ones


def test_the_docstring_says_what_the_columns_are(odd_ones: Table) -> None:
    assert (odd_ones.__doc__ or "").splitlines() == [
        "The odd ones.",
        "",
        "Returns:",
        "    One row a child, by name:",
        "",
        "    * child: CHILD.",
        "    * kind: whether it is odd (odd, even); null: not told.",
        "    * n: how many.",
        "    * share: of all, in per cent, unrounded; null: of nobody.",
        "",
        "    And no more.",
    ]


def test_a_docstring_without_a_place_for_the_columns_is_refused() -> None:
    def even_ones(found: pl.DataFrame) -> pl.DataFrame:
        """The even ones."""
        return found

    with pytest.raises(ConfigError, match="the docstring of even_ones has no line"):
        derived("child", COLUMNS)(even_ones)
    assert "even_ones" not in TABLES


def test_the_frame_has_the_columns_in_their_order_and_no_other(odd_ones: Table) -> None:
    assert odd_ones(frame(beside=[1, 2]).select("beside", "share", "n", "kind", "child")).equals(frame())


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"child": [None, "B"]}, "column child is null in 1 row: 0"),
        ({"child": ["A", "A"]}, "fails"),
        ({"kind": ["odd", "other"]}, "column kind fails isin"),
        ({"n": [0, 1]}, "column n fails greater_than_or_equal_to"),
        ({"share": [-0.5, 0]}, "column share fails greater_than_or_equal_to"),
        ({"share": [101, 0]}, "column share fails less_than_or_equal_to"),
        ({"beside": [1, 2]}, "column beside is none of the table's"),
    ],
)
@pytest.mark.usefixtures("odd_ones")
def test_the_model_is_that_of_the_declaration(wrong: dict[str, list[Any]], told: str) -> None:
    model = model_of("odd_ones")
    assert (model.__name__, model.__doc__) == ("OddOnes", "`odd_ones`: one row a child, by name.")
    assert model.validate(frame()).equals(frame())
    assert model.to_schema().columns["kind"].description == "whether it is odd"
    with pytest.raises(InputError, match=f"OddOnes: .*{told}"):
        model.validate(frame(**wrong))


@pytest.mark.usefixtures("odd_ones")
def test_a_page_has_the_columns_where_it_asks_for_them() -> None:
    assert columns(TABLES["odd_ones"]).splitlines()[2:] == [
        "| `child` | text | CHILD |  |",
        "| `kind` | text | whether it is odd (odd, even) | not told |",
        "| `n` | whole number | how many |  |",
        "| `share` | number | of all, in per cent, unrounded | of nobody |",
    ]
    head, foot = "By hand.\n\n<!-- columns of odd_ones -->\n", "<!-- end -->\n\nBy hand.\n"
    made = page(f"{head}old\n{foot}")
    assert made == f"{head}\n{columns(TABLES['odd_ones'])}\n{foot}"
    assert page(made) == made
    assert len(MARKED.findall(made)) == 1
