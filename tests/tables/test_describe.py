"""The schemas describe the return: other programs take them, and find in the examples just what is wrong there."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import frictionless
import jsonschema
import pytest

import returns903
from returns903.tables import TABLES
from returns903.tables.describe import json_schema, table_schema, tables_in
from returns903.years import RULE_YEARS

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
YEAR = "2024-25"
"""The year of the two examples; the one of the annual report is of a year before any schema's."""

DESCRIBED = [(of.name, year) for year in RULE_YEARS for of in tables_in(year)]

PLANTED = {
    ("header.csv", 9, "ETHNIC"),
    ("episodes.csv", 2, "DECOM"),
    ("episodes.csv", 4, "LS"),
    ("reviews.csv", 10, "REVIEW"),
    ("oc2.csv", 2, "SDQ_SCORE"),
    ("oc2.csv", None, "NOTES"),
}
"""What breaks the layout in the example with faults, by file, line and column; no line is the header's."""


@pytest.mark.parametrize(("name", "year"), DESCRIBED)
def test_frictionless_takes_each_table_schema(name: str, year: str) -> None:
    described = table_schema(TABLES[name], year)
    assert described["name"] == described["name"].lower()
    assert list(frictionless.Schema.metadata_validate(described)) == []
    assert frictionless.Schema.from_descriptor(described).field_names == list(TABLES[name].columns(year))


def _files(folder: str) -> Iterator[tuple[str, Path]]:
    """The table and path of each file of an example."""
    the_return = returns903.read_return(EXAMPLES / folder, year=YEAR)
    for name, frame in the_return.tables.items():
        yield name, EXAMPLES / folder / frame["file"][0]


def _wrong(name: str, path: Path) -> Iterator[tuple[str, int | None, str]]:
    schema = frictionless.Schema.from_descriptor(table_schema(TABLES[name], YEAR))
    resource = frictionless.Resource(path=path.name, basepath=str(path.parent), schema=schema)
    for task in resource.validate().tasks:
        for error in task.errors:
            found = error.to_dict()
            yield path.name, found.get("rowNumber"), found.get("fieldName") or found["label"]


@pytest.mark.parametrize(("folder", "wrong"), [("clean-return", set()), ("return-with-faults", PLANTED)])
def test_frictionless_finds_in_an_example_what_was_planted_there(folder: str, wrong: set[object]) -> None:
    files = list(_files(folder))
    assert len(files) == len(list((EXAMPLES / folder).glob("*.csv")))
    assert {error for name, path in files for error in _wrong(name, path)} == wrong


@pytest.mark.parametrize(("name", "year"), DESCRIBED)
def test_a_blank_is_null_in_json_and_never_an_empty_text(name: str, year: str) -> None:
    described = json_schema(TABLES[name], year)
    jsonschema.Draft202012Validator.check_schema(described)
    for column, about in described["properties"].items():
        may_be_blank = TABLES[name].columns(year)[column].blank
        assert jsonschema.Draft202012Validator(about).is_valid(None) == may_be_blank, column
        assert not jsonschema.Draft202012Validator(about).is_valid(""), column


def _rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [{name: cell or None for name, cell in row.items()} for row in csv.DictReader(lines)]


def test_the_rows_of_the_clean_example_are_valid_json() -> None:
    for name, path in _files("clean-return"):
        checker = jsonschema.Draft202012Validator(json_schema(TABLES[name], YEAR))
        rows = _rows(path)
        assert rows
        assert [error.message for row in rows for error in checker.iter_errors(row)] == []
