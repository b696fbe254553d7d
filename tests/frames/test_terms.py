"""The words that rules are written in, each on a few rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from returns903.frames import terms
from returns903.frames.computed import collected
from returns903.tables import Episodes, Header, Reviews
from tests.frames.worked_out import Cells, worked_out

DAYS: Cells = {"CHILD": ["A"] * 3, "DECOM": ["01/05/2024", "31/06/2024", None], "LS": ["C2", "V2", None]}

PLAIN: dict[str, tuple[Callable[[], pl.Expr], list[Any]]] = {
    "given, a date": (lambda: terms.given(Episodes.DECOM), [True, True, False]),
    "given, a code": (lambda: terms.given(Episodes.LS), [True, True, False]),
    "blank": (lambda: terms.blank(Episodes.DECOM), [False, False, True]),
    "unreadable": (lambda: terms.unreadable(Episodes.DECOM), [False, True, False]),
    "as written": (lambda: terms.as_written(Episodes.DECOM), ["01/05/2024", "31/06/2024", None]),
    "written alike": (lambda: terms.written_alike(Episodes.DECOM, Episodes.DECOM), [True, True, False]),
    "no date": (lambda: terms.no_date(Episodes.DECOM), [None, "31/06/2024", None]),
    "as written, a code": (lambda: terms.as_written(Episodes.LS), ["C2", "V2", None]),
    "one of one": (lambda: terms.one_of(Episodes.LS, "C2"), [True, False, None]),
    "one of several": (lambda: terms.one_of(Episodes.LS, "C2", ("V2", "V3")), [True, True, None]),
    "one of two": (lambda: terms.one_of(Episodes.LS, "C2", "V2"), [True, True, None]),
    "other than two": (lambda: terms.other_than(Episodes.LS, "C1", "C2"), [False, True, True]),
    "other than": (lambda: terms.other_than(Episodes.LS, "C2", "C1"), [False, True, True]),
    "differs": (lambda: terms.differs(Episodes.LS, pl.lit("C2")), [False, True, True]),
    "differs, two blanks": (lambda: terms.differs(Episodes.LS, Episodes.LS), [False, False, False]),
    "any of": (lambda: terms.any_of(Episodes.LS == "C2", Episodes.DECOM.is_null()), [True, True, True]),
    "any of none": (lambda: terms.any_of(Episodes.LS == "V2", Episodes.LS == "V3"), [False, True, False]),
    "all of": (lambda: terms.all_of(Episodes.LS == "V2", Episodes.DECOM.is_null()), [False, True, False]),
}


@pytest.mark.parametrize("word", PLAIN)
def test_words_about_cells(word: str) -> None:
    build, expected = PLAIN[word]
    assert worked_out(build, Episodes=DAYS) == expected


def test_years_after_a_leap_day() -> None:
    day = worked_out(lambda: terms.years_after(Header.DOB, 1), Header, Header={"CHILD": ["A"], "DOB": ["29/02/2008"]})
    assert day == [dt.date(2009, 2, 28)]


REVIEWS: Cells = {
    "CHILD": ["A", "A", "B", None, "A"],
    "REVIEW_CODE": ["PN1", "PN2", "PN1", "PN1", None],
}
CHILDREN: Cells = {"CHILD": ["A", "B", "C", None]}

OF_CHILDREN: dict[str, tuple[Callable[[], pl.Expr], list[Any]]] = {
    "any row": (lambda: terms.any_row(Reviews, Reviews.REVIEW_CODE == "PN2"), [True, False, False, False]),
    "any blank": (lambda: terms.any_row(Reviews, Reviews.REVIEW_CODE.is_null()), [True, False, False, False]),
    "has a row": (lambda: terms.has_row(Reviews), [True, True, False, False]),
    "rows": (lambda: terms.count_rows(Reviews), [3, 1, 0, 0]),
    "rows that fit": (lambda: terms.count_rows(Reviews, Reviews.REVIEW_CODE == "PN1"), [1, 1, 0, 0]),
    "rows other than": (lambda: terms.count_rows(Reviews, Reviews.REVIEW_CODE != "PN1"), [1, 0, 0, 0]),
    "a fact": (lambda: terms.of_child(Reviews, Reviews.REVIEW_CODE.n_unique()), [3, 1, None, None]),
}


@pytest.mark.parametrize("word", OF_CHILDREN)
def test_words_about_a_childs_rows(word: str) -> None:
    build, expected = OF_CHILDREN[word]
    assert worked_out(build, Header, Header=CHILDREN, Reviews=REVIEWS) == expected


EPISODES: Cells = {
    "CHILD": ["B", "A", "A", "A", "A", None, "C", "C", "D"],
    "DECOM": [
        *("05/05/2024", "02/05/2024", "01/05/2024", "02/05/2024", "31/06/2024"),
        *("01/05/2024", None, None, "03/05/2024"),
    ],
    "DEC": ["06/05/2024", "04/05/2024", "02/05/2024", "03/05/2024", None, None, None, None, None],
    "LS": ["b", "a1", "a0", "a2", "a3", "n", "c0", "c1", "d"],
    "REC": ["X1", "X1", "X1", None, "X1", "X1", "X1", "X1", None],
}
"""Of A: two rows on the last day and one without a readable day. No row of C has a day; one row is no child's."""


def rows(*marked: int) -> list[bool]:
    return [n in marked for n in range(9)]


OF_ORDER: dict[str, tuple[Callable[[], pl.Expr], list[Any]]] = {
    "earliest": (lambda: terms.earliest(Episodes), rows(0, 2, 8)),
    "earliest that fits": (lambda: terms.earliest(Episodes, Episodes.LS == "a2"), rows(3)),
    "earliest of others": (lambda: terms.earliest(Episodes, Episodes.LS != "a0"), rows(0, 1, 8)),
    "earliest, a blank does not fit": (lambda: terms.earliest(Episodes, Episodes.REC == "X1"), rows(0, 2)),
    "latest, the first of one day": (lambda: terms.latest(Episodes), rows(0, 1, 8)),
    "latest of others": (lambda: terms.latest(Episodes, Episodes.LS != "a1"), rows(0, 3, 8)),
    "latest, a blank does not fit": (lambda: terms.latest(Episodes, Episodes.REC == "X1"), rows(0, 1)),
    "at the earliest": (lambda: terms.at_earliest(Episodes.LS), ["b", "a0", "a0", "a0", "a0", None, None, None, "d"]),
    "at the latest": (lambda: terms.at_latest(Episodes.LS), ["b", "a1", "a1", "a1", "a1", None, None, None, "d"]),
    "at the latest that fits": (
        lambda: terms.at_latest(Episodes.LS, Episodes.LS.is_in(["a0", "a2", "b"])),
        ["b", "a2", "a2", "a2", "a2", None, None, None, None],
    ),
    "before by days": (
        lambda: terms.before_by(Episodes.LS, Episodes.DECOM, Episodes.DEC),
        [None, "a2", None, "a0", "a1", None, None, "c0", None],
    ),
    "before by the day that ends": (
        lambda: terms.before_by(Episodes.LS, Episodes.DEC),
        [None, "a2", None, "a0", "a1", None, None, "c0", None],
    ),
}


@pytest.mark.parametrize("word", OF_ORDER)
def test_words_about_the_order_of_rows(word: str) -> None:
    build, expected = OF_ORDER[word]
    assert worked_out(build, Episodes=EPISODES) == expected


def test_what_has_no_order_has_no_earliest_row() -> None:
    with pytest.raises(TypeError, match="the rows of Header have no order"):
        worked_out(lambda: terms.earliest(Header), Header, Header=CHILDREN)


@pytest.mark.parametrize("column", [pl.col("Episodes:mark#12345678"), Episodes.LS.alias("Episodes.DECOM")])
def test_only_a_column_as_it_stands_is_given_or_blank(column: pl.Expr) -> None:
    with pytest.raises(TypeError, match="is not a column as it stands"):
        terms.given(column)


def test_only_a_date_is_unreadable() -> None:
    with pytest.raises(TypeError, match=r"Episodes\.LS is not a date"):
        terms.unreadable(Episodes.LS)


def test_a_mark_is_named_by_the_function_that_asks_for_it() -> None:
    with collected() as computed:
        terms.has_row(Reviews)
        terms.latest(Episodes)
        terms.of_row(Episodes, Episodes.LS.is_null())
        _of_its_own()
    assert [name.partition("#")[0] for name in computed] == [
        "Reviews:has_row",
        "Episodes:latest",
        "Episodes:test_a_mark_is_named_by_the_function_that_asks_for_it",
        "Episodes:of_its_own",
    ]
    assert [entry.is_fact for entry in computed.values()] == [True, False, False, False]


def _of_its_own() -> pl.Expr:
    return terms.of_row(Episodes, Episodes.LS.is_not_null())
