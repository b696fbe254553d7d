"""What a rule finds depends on the return alone: not on the order of rows, files and children, nor on other rules.

The returns used have no two rows of a child on one day of their table's order, nor two without a day: where rows tie
the first in the file counts, as `docs/bad-data.md` says, so that there the order is part of the data.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import polars as pl
import pytest

import returns903
from returns903.rules import TOPICS, definitions, definitions_in_force
from returns903.tables import TABLES
from returns903.testing import lives
from returns903.testing.faults.of_rules import ACROSS_CHILDREN
from returns903.testing.lives import Made
from returns903.years import RULE_YEARS
from tests.properties import faulty as made_up

Found = set[tuple[str, str, bool, int, str | None]]
"""Rule, table, whether it is last year's, row, child."""
Order = dict[tuple[str, bool], list[int]]
"""For each table, and whether it is last year's: which row of the original stands in each place."""


@cache
def faulty(year: str) -> Made:
    return made_up.faulty(year, seed=11).with_tables(untied)


def untied(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Of the rows of a child on one day of their table's order, or without one, the first alone."""
    order = TABLES[name].order
    if order is None:
        return frame
    day = pl.col(order).str.to_date("%d/%m/%Y", strict=False)
    return frame.filter(pl.struct("CHILD", day).is_first_distinct())


@cache
def loaded(year: str) -> returns903.Return:
    return faulty(year).load()


@cache
def usual(year: str) -> returns903.Result:
    return returns903.validate(loaded(year))


def found(result: returns903.Result, order: Order | None = None) -> Found:
    """The findings, with the rows that stood in their place in the original."""
    rows = result.findings.select("rule", "table", "previous", "row", "child").iter_rows()
    return {
        (rule, name, last, row if order is None else order[name, last][row], child)
        for rule, name, last, row, child in rows
    }


def as_usual(year: str) -> Found:
    """The findings on the return as it stands: many, or a comparison with them would say nothing."""
    assert len(usual(year).codes("findings")) > 270
    return found(usual(year))


def both_years(made: Made) -> tuple[tuple[bool, Mapping[str, pl.DataFrame]], ...]:
    """The tables of this year and of last year, and whether they are last year's."""
    assert made.previous is not None
    return (False, made.tables), (True, made.previous)


def reordered(made: Made, chance: random.Random) -> tuple[Made, Order]:
    """The return with the rows of every table of both years shuffled."""
    order: Order = {}
    sets: list[dict[str, pl.DataFrame]] = []
    for last, frames in both_years(made):
        sets.append({})
        for name, frame in frames.items():
            order[name, last] = chance.sample(range(frame.height), frame.height)
            sets[-1][name] = frame[order[name, last]]
    return replace(made, tables=sets[0], previous=sets[1]), order


def test_the_return_used_has_no_ties_and_touches_every_topic() -> None:
    topics: set[str] = set()
    for year in RULE_YEARS:
        topics |= {usual(year).rules[code].topic for code in usual(year).codes("findings")}
        assert usual(year).codes("crashed") == []
        for tables in (loaded(year).tables, loaded(year).previous or {}):
            for name, frame in tables.items():
                if order := TABLES[name].order:
                    assert not frame.select("CHILD", order).is_duplicated().any()
    assert topics == set(TOPICS)


@pytest.mark.parametrize("year", RULE_YEARS)
def test_the_order_of_rows_changes_nothing(year: str) -> None:
    made, order = reordered(faulty(year), random.Random(year))
    assert found(returns903.validate(made.load()), order) == as_usual(year)


@pytest.mark.parametrize("year", RULE_YEARS)
def test_the_order_of_tables_and_of_reference_lists_changes_nothing(year: str) -> None:
    made = faulty(year)
    (_, now), (_, before) = both_years(made)
    turned = returns903.Return.from_frames(
        dict(reversed(now.items())),
        previous=dict(reversed(before.items())),
        year=year,
        local_authority=lives.AUTHORITY,
        providers=lives.providers().reverse(),
        postcodes=lives.postcodes(lives.AUTHORITY).reverse(),
    )
    assert returns903.validate(turned).findings.equals(usual(year).findings)


@pytest.mark.parametrize("year", RULE_YEARS)
def test_the_names_of_children_change_nothing(year: str) -> None:
    made = faulty(year)
    names = made.children()
    renamed = dict(zip(names, random.Random(year).sample([f"Z{n}" for n in range(1000)], len(names)), strict=True))
    other = made.with_tables(lambda _, frame: frame.with_columns(pl.col("CHILD").replace_strict(renamed, default=None)))
    expected = {(*rest, None if child is None else renamed[child]) for *rest, child in as_usual(year)}
    assert found(returns903.validate(other.load())) == expected


@pytest.mark.parametrize("year", RULE_YEARS)
def test_a_rule_alone_finds_what_it_finds_among_others(year: str) -> None:
    """Each definition in the last year that it is in force."""
    later = {d for y in RULE_YEARS if y > year for d in definitions_in_force(y)}
    alone = [d.code for d in definitions_in_force(year) if d not in later]
    for code in alone:
        result = returns903.validate(loaded(year), select=[code])
        assert result.outcomes == {code: usual(year).outcomes[code]}
        assert result.findings.equals(usual(year).findings.filter(pl.col("rule") == code)), code


def test_every_definition_is_tried_alone() -> None:
    assert set(definitions()) == {d for year in RULE_YEARS for d in definitions_in_force(year)}


@pytest.mark.parametrize("year", RULE_YEARS)
def test_selecting_every_rule_by_its_code_is_selecting_none(year: str) -> None:
    codes = [d.code for d in definitions_in_force(year)]
    assert returns903.validate(loaded(year), select=codes).findings.equals(usual(year).findings)
    some = returns903.validate(loaded(year), select=(code for code in codes[::7]))
    assert list(some.outcomes) == codes[::7]


def written(folder: Path, frames: Mapping[str, pl.DataFrame]) -> Path:
    """The frames as files of a folder, under their names."""
    folder.mkdir()
    for name, frame in frames.items():
        frame.write_csv(folder / f"{name}.csv")
    return folder


def read(year: str, folder: Path, previous: Path) -> returns903.Result:
    the_return = returns903.read_return(
        folder,
        year=year,
        previous=previous,
        local_authority=lives.AUTHORITY,
        providers=lives.providers(),
        postcodes=lives.postcodes(lives.AUTHORITY),
    )
    return returns903.validate(the_return)


@pytest.mark.parametrize("year", RULE_YEARS[::2])
def test_a_table_in_two_files_and_files_in_any_order_change_nothing(year: str, tmp_path: Path) -> None:
    made = faulty(year)
    whole = read(year, *(written(tmp_path / f"whole {last}", frames) for last, frames in both_years(made)))
    assert len(whole.codes("findings")) > 270
    order: Order = {}
    parts: list[dict[str, pl.DataFrame]] = []
    for last, frames in both_years(made):
        parts.append({})
        for number, (name, frame) in enumerate(frames.items()):
            first, second = list(range(1, frame.height, 2)), list(range(0, frame.height, 2))
            order[name, last] = first + second
            parts[-1] |= {f"{99 - number} a": frame[first], f"{99 - number} b": frame[second]}
    split = read(year, written(tmp_path / "split", parts[0]), written(tmp_path / "split last", parts[1]))
    assert found(split, order) == found(whole)


@pytest.mark.parametrize("year", RULE_YEARS)
def test_a_child_is_judged_alike_whoever_else_is_in_the_return(year: str) -> None:
    """But for rules that compare children."""
    made = faulty(year)
    some = set(made.children()[::2])
    order: Order = {}
    sets: list[dict[str, pl.DataFrame]] = []
    for last, frames in both_years(made):
        sets.append({})
        for name, frame in frames.items():
            order[name, last] = [row for row, child in enumerate(frame["CHILD"]) if child in some]
            sets[-1][name] = frame[order[name, last]]
    fewer = replace(made, tables=sets[0], previous=sets[1])
    of_them = {each for each in as_usual(year) if each[-1] in some and each[0] not in ACROSS_CHILDREN}
    now = found(returns903.validate(fewer.load()), order)
    assert {each for each in now if each[0] not in ACROSS_CHILDREN} == of_them
