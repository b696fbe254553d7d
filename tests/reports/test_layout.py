"""Tables laid out for people: which rows and columns are printed, and in which words."""

from __future__ import annotations

import pytest

from returns903.pages.grid import Grid
from returns903.published.collect import collect
from returns903.published.definition import Options
from returns903.reports.tables.layout import APART, NONE, grids
from returns903.reports.tables.pack import definitions
from tests.reports.tables_example import pack, small


def laid_out(name: str) -> list[Grid]:
    return grids(pack()[name], pack())


def headings(grid: Grid) -> list[str]:
    return [column.heading for column in grid.columns]


def test_each_breakdown_is_a_grid_of_its_own_with_its_total() -> None:
    found = laid_out("breakdowns")
    assert [grid.title for grid in found[:3]] == ["By sex", "By ethnic background", "By broad ethnic group"]
    for grid in found:
        assert grid.totals == {len(grid.rows) - 1}
        assert not grid.heads


def test_a_column_in_which_only_noughts_can_stand_is_left_out() -> None:
    child, held, due = laid_out("review_timeliness")
    assert "Of those, not held" in headings(child)
    assert "Of those, not held" in headings(due)
    assert "Of those, not held" not in headings(held)


def test_a_part_may_have_headings_of_its_own() -> None:
    assert [headings(grid)[1] for grid in laid_out("review_timeliness")] == ["Children", "Reviews", "Reviews"]


def test_a_percentage_of_nobody_is_a_dash_and_said_below_the_last_grid() -> None:
    first, *_, last = laid_out("review_timeliness")
    row = next(row for row in first.rows if row[0] == "A review that is assumed")
    assert row[1:5] == (0, 0, 0, 0)
    assert row[5] == NONE
    assert not first.notes
    assert last.notes == (f"{NONE}: there is nothing to work a percentage out of.", APART)


def test_a_rate_without_a_population_is_no_row_and_said_below() -> None:
    this, last = laid_out("scorecard")
    rate = "Looked after, per 10,000 children"
    assert rate in [row[0] for row in this.rows]
    assert rate not in [row[0] for row in last.rows]
    assert f"{rate}: the number of children who live in the area is not given for this year." in last.notes
    assert not any(rate in note for note in this.notes)


def test_what_a_suppressed_figure_may_mean_is_said_where_there_is_one() -> None:
    def notes(method: str) -> str:
        return " ".join(grids(pack(method)["reviews_up_to_date"], pack(method))[0].notes)

    assert "c: so few children had a review owing" in notes("suppress")
    assert "c:" not in notes("none")


@pytest.mark.parametrize("name", ["placement_stability", "not_judged", "review_timeliness"])
def test_the_words_of_a_page_are_no_names_of_columns(name: str) -> None:
    tables = collect(small("C1"), definitions(), "none", Options())
    words = [str(value) for grid in grids(tables[name], tables) for row in grid.rows for value in row]
    assert not [word for word in words if "_" in word or word in ("Known", "Assumed", "No placement")]
