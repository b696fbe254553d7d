"""Each table says by what rule its numbers are published, in every form."""

from __future__ import annotations

import io
import json

import polars as pl
import pytest

from returns903.reports.tables.csv_json import about, to_json
from returns903.reports.tables.page import page
from tests.reports.tables_example import everything

SAID = {
    "suppress": ("1 to 5", "not", "whatever those could be worked out from, and percentages of both"),
    "round": ("none", "numbers to the nearest 10, percentages to whole numbers", "none"),
    "none": ("none", "not", "none"),
}


@pytest.mark.parametrize("method", SAID)
def test_a_rule_is_said_of_each_table_in_every_form(method: str) -> None:
    tables, (threshold, rounding, secondary) = everything(method), SAID[method]
    rules = {"threshold": threshold, "rounding": rounding, "secondary": secondary}
    assert all(entry["disclosure"] == rules for entry in json.loads(to_json(tables))["tables"])
    beside = pl.read_csv(io.StringIO(about(tables)))
    assert beside.select(list(rules)).unique().rows(named=True) == [rules]
    if method != "none":
        said = f"Suppressed: {threshold}. Further suppressed: {secondary}. Rounded: {rounding}."
        assert page(tables).count(said) == len(tables.sheets)


def test_a_table_of_children_is_under_no_rule() -> None:
    tables = everything("none")
    child = next(sheet for sheet in tables.sheets if sheet.of.child_level)
    assert tables.rule(child).said == "Suppressed: none. Further suppressed: none. Rounded: not."
