"""The strategies: lawful returns are silent, broken ones crash nothing, all of life is met, and failures shrink."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from returns903 import Return, validate
from returns903.tables import TABLES
from returns903.testing import faults, lives, strategies
from returns903.texts import texts, texts_of_last_year
from returns903.years import RULE_YEARS, Year
from tests.testing.lives.test_reach import OUT_OF_REACH, SOUGHT_APART

EXAMPLES = 2000
LATEST = RULE_YEARS[-1]


def drawn(examples: int) -> settings:
    """So many examples of a strategy, the same each time; nothing is looked for among them."""
    return settings(database=None, phases=[Phase.generate], derandomize=True, deadline=None, max_examples=examples)


TABLES_OF_ALL = st.sets(st.sampled_from([name for name in TABLES if name not in ("Header", "Episodes")]))


def states(ret: Return) -> dict[str, str]:
    return {code: outcome.state for code, outcome in validate(ret).outcomes.items()}


@pytest.mark.parametrize("year", RULE_YEARS)
@settings(max_examples=int(os.environ.get("RETURNS903_PROOF", "25")))
@given(data=st.data())
def test_no_rule_says_anything_of_a_lawful_return(year: str, data: st.DataObject) -> None:
    ret = data.draw(strategies.returns(year, previous=data.draw(st.booleans())))
    assert set(states(ret).values()) <= {"passed", "skipped"}


@settings(max_examples=40)
@given(data=st.data(), year=strategies.years(), names=TABLES_OF_ALL)
def test_a_return_has_the_tables_asked_for_and_is_lawful_still(
    data: st.DataObject, year: Year, names: set[str]
) -> None:
    wanted = {"Header", "Episodes", *(name for name in names if TABLES[name].in_year(year.label))}
    ret = data.draw(strategies.returns(year, tables=wanted))
    assert set(texts(ret)) == wanted
    assert set(states(ret).values()) <= {"passed", "skipped"}


@settings(max_examples=60)
@given(data=st.data(), year=strategies.years())
def test_no_rule_crashes_on_anything(data: st.DataObject, year: Year) -> None:
    assert "crashed" not in states(data.draw(strategies.returns(year, valid=False))).values()


@settings(max_examples=20)
@given(data=st.data(), fewest=st.integers(0, 5), more=st.integers(0, 5))
def test_the_bounds_hold(data: st.DataObject, fewest: int, more: int) -> None:
    ret = data.draw(strategies.returns(LATEST, min_children=fewest, max_children=fewest + more))
    assert fewest <= texts(ret)["Header"].height <= fewest + more


@pytest.mark.parametrize(("named", "code"), [("E09000006", "E09000006"), (301, "E09000002"), ("Kent", "E10000016")])
def test_any_authority_may_make_the_return(named: str | int, code: str) -> None:
    @drawn(15)
    @given(strategies.returns(LATEST, authority=named))
    def lawful(ret: Return) -> None:
        assert ret.local_authority == code
        assert validate(ret).findings.is_empty()

    lawful()


def test_last_years_return_is_there_when_asked_for() -> None:
    def some(strategy: st.SearchStrategy[Return]) -> Return:
        return find(strategy, lambda ret: True, settings=settings(database=None))

    assert some(strategies.returns("2024-25")).previous is not None
    assert some(strategies.returns("2024-25", previous=False)).previous is None


REFUSED: list[tuple[str, st.SearchStrategy[Any]]] = [
    ("2019-20", strategies.returns("2019-20")),
    ("no table of 2024-25", strategies.returns("2024-25", tables=["Episode"])),
    ("no table of 2024-25", strategies.returns("2024-25", tables="DoLo")),
    ("min <= max", strategies.returns("2024-25", min_children=3, max_children=2)),
    ("0 <= min", strategies.returns("2024-25", min_children=-1)),
    ("<= 200", strategies.returns("2024-25", max_children=201)),
    ("Narnia", strategies.returns("2024-25", authority="Narnia")),
    ("situations=", strategies.children("2024-25", situations=["happy"])),
    ("situations=", strategies.children("2024-25", situations=[])),
    ("no table of 2024-25", strategies.tables("Wages", year="2024-25")),
    ("no column 'PL_LA'", strategies.cells("Episodes.PL_LA", "2024-25")),
    ("no table of 2024-25", strategies.cells("LS", "2024-25")),
    ("no rule", strategies.from_rule("0")),
    ("no rule", strategies.from_rule("706")),
    ("no rule", strategies.faults("2024-25", rules=["706"])),
    ("2024-25", strategies.from_rule("706", year="2024-25")),
]


@pytest.mark.parametrize(("said", "strategy"), REFUSED, ids=lambda value: str(value)[:60])
def test_what_makes_no_sense_is_refused_in_words(said: str, strategy: st.SearchStrategy[Any]) -> None:
    with pytest.raises(InvalidArgument, match=said):
        find(strategy, lambda drawn: True, settings=settings(database=None))


def test_a_strategy_says_how_it_was_built() -> None:
    assert repr(strategies.returns("2024-25", max_children=3)) == "returns('2024-25', max_children=3)"
    assert repr(strategies.from_rule("361", fires=False)) == "from_rule('361', fires=False)"


@settings(max_examples=60)
@given(data=st.data(), year=strategies.years())
def test_a_rule_fires_on_what_is_drawn_from_it_and_not_on_near_misses(data: st.DataObject, year: Year) -> None:
    code = data.draw(st.sampled_from([fault.rule for fault in faults.for_year(year)]))
    for fires in (True, False):
        result = validate(data.draw(strategies.from_rule(code, year=year, fires=fires)), code)
        assert result.outcomes[code].state == ("findings" if fires else "passed")
        assert result.findings["child"].n_unique() == int(fires)


@settings(max_examples=40)
@given(data=st.data(), year=strategies.years())
def test_a_drawn_fault_strikes_where_it_says(data: st.DataObject, year: Year) -> None:
    ret = data.draw(strategies.returns(year, min_children=1, max_children=3))
    broken, rows = data.draw(strategies.faults(year)).apply(ret)
    now = texts(broken) | {f"{name}.last_year": frame for name, frame in (texts_of_last_year(broken) or {}).items()}
    assert all(at < now[table].height for table, places in rows.items() if table in now for at in places)


@settings(max_examples=30)
@given(data=st.data(), year=strategies.years(), valid=st.booleans())
def test_a_table_has_the_columns_of_its_file(data: st.DataObject, year: Year, valid: bool) -> None:
    name = data.draw(st.sampled_from([name for name, table in TABLES.items() if table.in_year(year.label)]))
    frame = data.draw(strategies.tables(name, year=year, valid=valid))
    assert frame.schema == dict.fromkeys(TABLES[name].columns(), pl.String())


@settings(max_examples=80)
@given(data=st.data(), year=strategies.years())
def test_a_lawful_cell_may_stand_in_its_column(data: st.DataObject, year: Year) -> None:
    of = TABLES[data.draw(st.sampled_from([name for name, table in TABLES.items() if table.in_year(year.label)]))]
    column = data.draw(st.sampled_from(list(of.columns(year).values())))
    cell = data.draw(strategies.cells(f"{of.name}.{column.name}", year))
    codes = column.valid_codes(year)
    assert column.blank if cell is None else not codes or cell in codes


@settings(max_examples=20)
@given(strategies.legal_status_runs("2024-25", max_children=4))
def test_legal_status_runs_are_the_derived_table(runs: pl.DataFrame) -> None:
    assert {"child", "legal_status"} <= set(runs.columns)


@pytest.mark.parametrize("year", RULE_YEARS if os.environ.get("RETURNS903_EXAMPLES") == "random" else [LATEST])
def test_every_code_of_the_year_is_among_the_examples(year: str) -> None:
    met: dict[tuple[str, str], set[str]] = defaultdict(set)

    @drawn(EXAMPLES)
    @given(strategies.returns(year, previous=False))
    def draw(ret: Return) -> None:
        for table, frame in texts(ret).items():
            for column in frame.iter_columns():
                met[table, column.name].update(column.drop_nulls())

    draw()
    for table, of in TABLES.items():
        for name, column in of.columns(Year(year)).items() if of.in_year(year) else ():
            lawful = {code for code in column.valid_codes(year) if (name, code) not in OUT_OF_REACH}
            if lawful and name != SOUGHT_APART:
                assert met[table, name] == lawful, (table, name, lawful ^ met[table, name])


def test_nobody_in_a_return_without_last_year_sought_asylum_only_then() -> None:
    asked = strategies._asked(LATEST)
    told = [strategies._told("seeking asylum", seed, asked, "A1", previous=False) for seed in range(200)]
    assert any(rows["UASC"] for rows in told)
    assert not [rows for rows in told if rows["UASC.last_year"] and not rows["UASC"]]


def test_every_situation_is_among_the_examples() -> None:
    asked = strategies._asked(LATEST)
    met: set[str] = set()

    @drawn(EXAMPLES // 10)
    @given(st.lists(strategies._child(asked), max_size=12))
    def draw(children: list[strategies.Child]) -> None:
        met.update(situation for situation, _, _ in children)

    draw()
    assert met == set(lives.SITUATIONS)


def rows_of(ret: Return) -> int:
    return sum(frame.height for frame in texts(ret).values())


def least(strategy: st.SearchStrategy[Return], holds: Callable[[Return], bool]) -> Return:
    return find(strategy, holds, settings=settings(database=None, derandomize=True, max_examples=2000, deadline=None))


def test_a_lawful_return_shrinks_to_one_child_of_the_plainest_kind_that_shows_it() -> None:
    def has_break(ret: Return) -> bool:
        return "V3" in texts(ret)["Episodes"].get_column("LS")

    ret = least(strategies.returns("2024-25"), has_break)
    assert texts(ret)["Header"].height == 1
    assert {name for name, frame in texts(ret).items() if frame.height} <= {
        "Header",
        "Episodes",
        "PrevPerm",
        "SWEpisodes",
    }


@pytest.mark.parametrize("code", ["184"])
def test_a_broken_return_shrinks_to_one_child(code: str) -> None:
    ret = least(strategies.returns("2024-25", valid=False), lambda ret: not validate(ret, code).findings.is_empty())
    assert texts(ret)["Header"].height <= 1
    assert rows_of(ret) <= 5
