"""Where nothing tells how far or on which side of the boundary placements lie, no nought is printed for it."""

from __future__ import annotations

import polars as pl
import pytest

from returns903 import Return, derive
from returns903.derive.places_used import ELSEWHERE, OWN
from returns903.published.catalogue import DEFINITIONS
from returns903.published.collect import chosen, collect
from returns903.published.definition import Options
from returns903.reports.tables.layout import grids
from returns903.testing import synthesise

MADE = synthesise(150, year="2024-25").load()
BARE = {name: frame.drop("PL_LOCATION", "PL_DISTANCE", strict=False) for name, frame in MADE.tables.items()}
SIDES, NEAR_OR_FAR = ["inside", "outside"], ["20 miles or less", "more than 20 miles"]
OF = pl.col("breakdown")
TOLD_BY_THE_AUTHORITY = {
    "placement_distance": pl.col("location").is_in(SIDES),
    "distance_from_home": pl.col("location").is_in(SIDES),
    "placements_by_code": (OF == "area") & pl.col("category").is_in([OWN, ELSEWHERE]),
    "placement_changes": (OF == "boundary") & pl.col("category").is_in(SIDES),
}
TOLD_BY_POSTCODES = {
    "placement_distance": pl.col("distance").is_in(NEAR_OR_FAR),
    "distance_from_home": ~pl.col("distance").is_in(["unknown", "total"]),
    "placements_by_code": pl.lit(value=False),
    "placement_changes": (OF == "distance") & pl.col("category").is_in(NEAR_OR_FAR),
}


def made(name: str, ret: Return) -> tuple[pl.DataFrame, pl.DataFrame]:
    """A table as it is published and as it is derived."""
    return DEFINITIONS[name].make(ret, Options()), getattr(derive, name)(ret)


@pytest.mark.parametrize("name", TOLD_BY_THE_AUTHORITY)
@pytest.mark.parametrize("has_authority", [False, True])
@pytest.mark.parametrize("has_postcodes", [False, True])
def test_only_what_an_input_would_tell_is_left_blank(name: str, has_authority: bool, has_postcodes: bool) -> None:
    authority, postcodes = MADE.local_authority if has_authority else None, MADE.postcodes if has_postcodes else None
    shown, derived = made(name, Return(BARE, year=MADE.year, local_authority=authority, postcodes=postcodes))
    blank = pl.lit(value=False)
    blank |= TOLD_BY_THE_AUTHORITY[name] if not has_authority else False
    blank |= TOLD_BY_POSTCODES[name] if not has_postcodes else False
    numbers = [column for column in ("children", "placements", "percent") if column in shown.columns]
    assert derived.filter(blank).select(numbers[0]).sum().item() == 0
    assert shown.equals(derived.with_columns(pl.when(~blank).then(column).alias(column) for column in numbers))


def test_a_page_says_what_is_not_known_and_leaves_it_out() -> None:
    ret = Return(BARE, year=MADE.year, postcodes=MADE.postcodes)
    tables = collect(ret, chosen(list(TOLD_BY_THE_AUTHORITY), "none"), "none")
    crossed, miles, changes = (
        grids(tables[name], tables, brief=True)
        for name in ("placement_distance", "distance_from_home", "placement_changes")
    )
    assert "Not known: Inside; Outside." in crossed[0].notes
    assert [grid.title for grid in miles] == ["Not known", "All"]
    assert "Not known: Inside the authority's area; Outside it." in miles[-1].notes
    (boundary,) = (grid for grid in changes if grid.title.startswith("Inside"))
    assert [row[0] for row in boundary.rows] == ["Not known", "Total"]
    assert boundary.notes == ("Not known: Inside; Outside.",)
