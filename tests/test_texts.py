"""Tables as text, and back, without any change."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from polars.testing import assert_frame_equal

import returns903
from returns903.tables import TABLES
from returns903.testing import strategies
from returns903.texts import texts, texts_of_last_year, with_texts

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
BESIDE = ["line", "file"]
"""What tells where a row was read: a frame has no such place."""


def assert_same(one: returns903.Return, other: returns903.Return) -> None:
    for these, those in ((one.tables, other.tables), (one.previous, other.previous)):
        assert (these is None) == (those is None)
        assert list(these or {}) == list(those or {})
        for name, frame in (these or {}).items():
            assert_frame_equal(frame.drop(BESIDE), (those or {})[name].drop(BESIDE))


@given(strategies.years().flatmap(lambda year: strategies.returns(year, valid=False)))
@settings(max_examples=30, deadline=None)
def test_a_bad_return_comes_back_as_it_was(ret: returns903.Return) -> None:
    again = with_texts(ret, texts(ret), texts_of_last_year(ret))
    assert_same(again, ret)
    beside = ("year", "local_authority", "providers", "postcodes")
    assert all(getattr(again, name) is getattr(ret, name) for name in beside)


@pytest.mark.parametrize(
    ("path", "previous"),
    [
        ("clean-return", None),
        ("return-with-faults", "clean-return"),
        ("annual-report/return", "annual-report/previous"),
    ],
)
def test_an_example_comes_back_as_it_was(path: str, previous: str | None) -> None:
    before = None if previous is None else EXAMPLES / previous
    ret = returns903.read_return(EXAMPLES / path, year="2024-25", previous=before)
    assert_same(with_texts(ret, texts(ret), texts_of_last_year(ret)), ret)


def test_text_is_what_stood_there() -> None:
    cells = ["01/04/2024", "31/02/2024", "", None]
    ret = returns903.Return.from_frames({"Reviews": pl.DataFrame({"REVIEW": cells})}, year="2024-25")
    made = texts(ret)["Reviews"]
    assert made["REVIEW"].to_list() == cells
    assert made.columns == list(TABLES["Reviews"].columns())
    assert texts_of_last_year(ret) is None


def test_derived_columns_stay_where_they_were_brought() -> None:
    given_frame = pl.DataFrame({"CHILD": ["A1"] * 4, "PL_DISTANCE": ["1.5", "10", "far", None]})
    ret = returns903.Return.from_frames({"Episodes": given_frame}, year="2024-25")
    made = texts(ret)["Episodes"]
    assert made["PL_DISTANCE"].to_list() == ["1.5", "10", "far", None]
    assert "PL_LA" not in made.columns
    assert_same(with_texts(ret, texts(ret), None), ret)


def test_a_frame_of_types_comes_back_as_it_was() -> None:
    typed = pl.DataFrame({"CHILD": [7, 8], "DOB": pl.Series([0, 5_000_000], dtype=pl.Int32).cast(pl.Date)})
    ret = returns903.Return.from_frames({"Header": typed}, year="2024-25")
    assert_same(with_texts(ret, texts(ret), None), ret)
