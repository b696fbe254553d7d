"""What an input that was not given would make known is said wherever tables are handed on."""

from __future__ import annotations

import polars as pl
import pytest

from returns903 import Return
from returns903.published.catalogue import AGGREGATES
from returns903.published.collect import chosen, collect
from returns903.published.definition import Definition, Options
from returns903.published.hints import HINTS, hints
from returns903.reports.tables.write import document
from returns903.testing import synthesise

BEYOND = ["not_judged", "rows"]
"""Counts of rows that cannot be judged, of the previous return too where it is there."""


def made(seed: int = 1) -> Return:
    return synthesise(150, seed=seed, year="2024-25", sown=0.01 * (seed % 2)).load()


def told(ret: Return, *names: str) -> list[str]:
    return hints(ret, Options(), names or [each.name for each in AGGREGATES])


def figures(of: Definition, ret: Return) -> pl.DataFrame:
    return of.make(ret, Options()).drop(BEYOND, strict=False)


@pytest.mark.parametrize("seed", [0, 1])
def test_a_table_that_the_previous_return_changes_is_named_without_it(seed: int) -> None:
    ret = made(seed)
    alone = Return(
        ret.tables, year=ret.year, local_authority=ret.local_authority, providers=ret.providers, postcodes=ret.postcodes
    )
    (named,) = (hint.tables for hint in HINTS if hint.give.startswith("--previous"))
    changed = {each.name for each in AGGREGATES if not figures(each, ret).equals(figures(each, alone))}
    assert changed
    assert changed - set(named) == set()


def test_each_is_said_only_where_it_is_missing() -> None:
    ret = made()
    assert not any(text.startswith(("without --previous", "without --la", "without --postcodes")) for text in told(ret))
    bare = Return(
        {name: frame.drop(pl.selectors.starts_with("PL_DIST", "PL_LOC")) for name, frame in ret.tables.items()},
        year=ret.year,
    )
    assert [text.split(":")[0] for text in told(bare)] == [f"without {hint.give}" for hint in HINTS]
    assert told(bare, "legal_status_on") == []
    (only,) = (text for text in told(bare, "placement_distance") if "--la" in text)
    assert (
        only
        == "without --la CODE: whether placements lie inside the authority's area is not known (placement_distance)"
    )


@pytest.mark.parametrize(("form", "head"), [("html", "<main"), ("json", '"tables"')])
def test_they_stand_at_the_head_of_what_is_handed_on(form: str, head: str) -> None:
    ret = Return(made().tables, year=made().year)
    tables = collect(ret, chosen(["placement_distance"], "none"), "none")
    assert "ithout --la CODE" in document(tables, form).partition(head)[0]
