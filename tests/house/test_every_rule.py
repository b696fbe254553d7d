"""What holds for every rule: it is proved, it can run, and it says what it must."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from pathlib import Path

import polars as pl
import pytest
from tools.new_rule import UNWRITTEN

import returns903
from returns903.rules import Definition, definitions, definitions_in_force
from returns903.tables import MADE, TABLES, split, table
from returns903.tables.base import NUMBER
from returns903.years import RULE_YEARS, Year
from tests.rules.case import every_case

DEFINITIONS = definitions()
SPEC = Path(__file__).resolve().parents[3] / "shared"


def _id(definition: Definition) -> str:
    return f"{definition.code} {definition.since}"


PROVED = {(case.state, case.definition) for case in every_case()}


@pytest.mark.parametrize("definition", DEFINITIONS, ids=_id)
def test_a_case_fires_it_and_a_near_miss_does_not(definition: Definition) -> None:
    assert {("findings", definition), ("passed", definition)} <= PROVED


@pytest.mark.parametrize("definition", DEFINITIONS, ids=_id)
def test_it_says_what_it_must(definition: Definition) -> None:
    words = definition.sections
    assert {"When", "Why", "Fix"} <= words.keys()
    assert all(words.values())
    assert UNWRITTEN not in definition.text
    first = min(d.since for d in DEFINITIONS if d.code == definition.code)
    assert ("Changed" in words) == (definition.since != first)
    assert not words["message"].startswith(" ")
    assert len(words["message"]) <= 160


@pytest.mark.parametrize("definition", DEFINITIONS, ids=_id)
def test_its_columns_exist_in_its_years(definition: Definition) -> None:
    years = [year for year in RULE_YEARS if definition.in_force(year)]
    assert years
    named = [split(name) for name in definition.names] + list(definition.fields)
    for of_id, rest in named:
        of, column = table(of_id), rest.removesuffix(".text").rpartition(".")[2]
        if column in ("row", NUMBER):
            continue
        assert column in of.all_columns()
        if of.name in TABLES and not of.is_last_year:
            assert all(of.in_year(year) and of.all_columns()[column].in_year(year) for year in years)


@pytest.mark.parametrize("definition", DEFINITIONS, ids=_id)
def test_its_fields_are_columns_of_tables_it_flags_or_reads(definition: Definition) -> None:
    assert definition.fields
    known = {of.id for of in definition.reads}
    assert {of_id for of_id, _ in definition.fields} <= known
    assert all(of.name not in MADE for of in definition.flags)


@pytest.mark.parametrize("year", RULE_YEARS)
def test_all_rules_run_on_tables_without_rows(year: str) -> None:
    empty = {name: pl.DataFrame({"CHILD": []}, schema={"CHILD": pl.String}) for name in TABLES}
    the_return = returns903.Return.from_frames(empty, previous=empty, year=year, local_authority="E09000002")
    result = returns903.validate(the_return)
    assert result.codes("crashed") == []
    assert result.codes("findings") == []


@pytest.mark.parametrize("year", RULE_YEARS)
def test_what_rules_compute_is_shared_only_where_it_is_the_same(year: str) -> None:
    known: dict[str, pl.Expr] = {}
    for definition in definitions_in_force(year):
        if not definition.is_function:
            for name, entry in definition.build(Year(year), Year(year), "E09000002").computed.items():
                assert known.setdefault(name, entry.expression).meta.eq(entry.expression), name
    assert len(known) > 60


def test_names_of_rules_are_told_apart_within_a_topic() -> None:
    bodies = {(d.topic, d.body.__name__, d.body.__code__) for d in DEFINITIONS}
    names = Counter((topic, name) for topic, name, _ in bodies)
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.skipif(not SPEC.is_dir(), reason="the specification is not here")
@pytest.mark.parametrize("year", RULE_YEARS)
def test_the_rules_in_force_are_those_published(year: str) -> None:
    yaml = pytest.importorskip("yaml")
    years = yaml.safe_load((SPEC / "spec/rules/2023-24-to-2026-27.yaml").read_text())["years"]
    published = set(years[year]["active"])
    if year >= "2025-26":
        later = yaml.safe_load((SPEC / "spec/rules/2025-26-later.yaml").read_text())["years_2025_26_later"]
        published = published - set(later["deleted"]) - {"SW10STG2"} | set(later["added"])
    assert {d.code for d in definitions_in_force(year)} == published


def test_stated_disagreements_give_their_reason() -> None:
    path = Path(__file__).resolve().parents[1] / "conformance" / "disagreements.toml"
    for name, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
        assert len(entry["reason"]) > 20, name


def test_rules_json_of_each_year_lists_the_rules_in_force() -> None:
    for year in RULE_YEARS:
        path = Path(__file__).resolve().parents[2] / "schemas" / year / "rules.json"
        listed = [entry["code"] for entry in json.loads(path.read_text(encoding="utf-8"))]
        assert listed == [rule.code for rule in returns903.rules_in_force(Year(year))]
