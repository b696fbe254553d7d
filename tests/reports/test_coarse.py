"""Tables of which more than half is suppressed are shown by their next rung, and say so."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import pytest

from returns903.published.catalogue import DEFINITIONS
from returns903.published.collect import Sheet
from returns903.reports.tables.coarse import LADDERS, coarse
from tests.reports.tables_example import pack


def sheet(name: str, labels: dict[str, Sequence[object]], hidden: Sequence[bool], value: int = 9) -> Sheet:
    """A table with these rows, its numbers all the same, or suppressed."""
    of = DEFINITIONS[name]
    numbers = pl.DataFrame({column: [None if gone else value for gone in hidden] for column in of.numbers})
    return Sheet(of, pl.DataFrame(labels).hstack(numbers), pl.DataFrame(dict.fromkeys(of.numbers, hidden)))


def quarters(first: int, others: int) -> Sheet:
    """Four quarters of two kinds and of all, in which so many numbers of the kinds, and of all, are suppressed."""
    kinds = [kind for kind in ("initial", "second", "all") for _ in range(4)]
    days = pl.Series(["2018-06-30", "2018-09-30", "2018-12-31", "2019-03-31"] * 3).str.to_date()
    gone = [n < first for n in range(8)] + [n < others for n in range(4)]
    return sheet("reviews_by_quarter", {"kind": kinds, "quarter": days.to_list()}, gone)


@pytest.mark.parametrize(
    ("kinds", "everything", "kept", "note"),
    [
        (0, 0, 12, ""),
        (6, 0, 12, ""),  # 6 of 12 is no more than half
        (7, 0, 4, "shown for all kinds together only, because more than half of the numbers would be suppressed"),
        (8, 2, 4, "shown for all kinds together only, because more than half of the numbers would be suppressed"),
        (8, 3, 0, "left out, because more than half of the numbers would be suppressed"),
    ],
)
def test_the_rungs_of_a_ladder(kinds: int, everything: int, kept: int, note: str) -> None:
    shown, notes = coarse(quarters(kinds, everything))
    assert shown.frame.height == shown.hidden.height == kept
    assert len(notes) == bool(note)
    assert all(note in each for each in notes)


def test_noughts_are_no_numbers_to_be_shown() -> None:
    few = sheet(
        "leaving_care_reasons", {"category": ["a", "b"], "kind": ["reason"] * 2, "reason": ["E1", "E2"]}, [True, False]
    )
    assert coarse(few)[0].frame.height == 2
    none = sheet(
        "leaving_care_reasons",
        {"category": ["a", "b"], "kind": ["reason"] * 2, "reason": ["E1", "E2"]},
        [True, False],
        0,
    )
    assert coarse(none)[0].frame.height == 0


def test_a_table_without_a_ladder_is_shown_by_its_totals() -> None:
    rows = {"breakdown": ["sex"] * 3 + ["asylum"] * 2, "category": ["male", "female", "total", "others", "total"]}
    shown, notes = coarse(sheet("looked_after_in_year", rows, [True, True, False, False, False]))
    assert shown.frame.get_column("category").to_list() == ["total", "others", "total"]
    assert notes == [
        "By sex: shown in total only, because more than half of the numbers would be suppressed otherwise."
    ]


def test_last_year_counts_and_goes_with_this_year() -> None:
    this, last = quarters(0, 0), quarters(8, 4)
    both = Sheet(this.of, this.frame, this.hidden, last_year=last)
    assert coarse(both)[0].frame.height == 12
    half = Sheet(this.of, quarters(3, 0).frame, quarters(3, 0).hidden, last_year=last)
    shown, _ = coarse(half)
    assert shown.last_year is not None
    assert shown.frame.height == shown.last_year.frame.height == 4


def test_care_leavers_are_shown_by_band() -> None:
    shown, _ = coarse(pack()["care_leaver_outcomes"])
    assert set(shown.frame.get_column("age")) == {"17-18", "19-21", "22-25"}


@pytest.mark.parametrize("name", LADDERS)
def test_every_rung_picks_rows_of_the_table(name: str) -> None:
    found = pack("none")[name].frame
    for rung in LADDERS[name].rungs:
        assert rung.rows is None or 0 < found.filter(rung.rows).height < found.height
