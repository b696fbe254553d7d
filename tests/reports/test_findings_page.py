"""The page of findings holds what the result holds, marks the cells that rules read, and does nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import returns903
from returns903.reports.findings.page import to_page
from returns903.tables import table
from returns903.testing import synthesise
from returns903.texts import as_texts
from tests.reports.test_forms import data_of

ROOT = Path(__file__).resolve().parents[2]
EVIL = '</script><img src=x onerror="alert(1)">&{{7*7}}'


def made(result: returns903.Result) -> Any:
    return data_of(to_page(result).encode())


@pytest.fixture(scope="module")
def result() -> returns903.Result:
    return returns903.validate(synthesise(120, year="2025-26", seed=5, faults=0.5).load())


def cell(data: Any, t: int, column: str, row: int) -> str | None:
    of = data["tables"][t]
    encoded = of["cells"][of["columns"].index(column)]
    found: str | None = encoded["values"][encoded["at"][row]]
    return found


def test_every_finding_stands_at_its_row(result: returns903.Result) -> None:
    data = made(result)
    found, tables = data["findings"], data["tables"]
    rows = zip(found["rule"], found["table"], found["row"], found["child"], strict=True)
    told = [
        (
            data["rules"][rule]["code"],
            tables[t]["name"],
            tables[t]["last"],
            tables[t]["row"][row],
            data["children"][child] if child >= 0 else None,
        )
        for rule, t, row, child in rows
    ]
    assert told == result.findings.select("rule", "table", "previous", "row", "child").rows()
    for t, row, child in zip(found["table"], found["row"], found["child"], strict=True):
        assert tables[t]["child"][row] == child


def test_the_cells_are_those_of_the_return(result: returns903.Result) -> None:
    ret, data = result.the_return, made(result)
    for t, of in enumerate(data["tables"]):
        frames = (ret.previous if of["last"] else ret.tables) or {}
        texts = as_texts({of["name"]: frames[of["name"]]})[of["name"]]
        for place, number in enumerate(of["row"]):
            for column in of["columns"]:
                assert cell(data, t, column, place) == texts.item(number, column)


def test_the_rows_beside_a_flagged_one_and_the_header_are_there(result: returns903.Result) -> None:
    data = made(result)
    shown = {(of["name"], of["last"], row) for of in data["tables"] for row in of["row"]}
    for code in result.findings["rule"].unique():
        around = result.rows(code, context=True).select("table", "previous", "row")
        assert set(around.iter_rows()) <= shown


def test_the_columns_that_a_rule_reads_and_looks_at_are_marked() -> None:
    ret = returns903.read_return(ROOT / "examples" / "return-with-faults", year="2024-25")
    data = made(returns903.validate(ret, select="148"))
    (rule,) = data["rules"]
    (t,) = {*data["findings"]["table"]}
    names = data["tables"][t]["columns"]
    assert {names[n] for n in rule["fields"][str(t)]} == {"DEC", "REC"}
    assert {names[n] for n in rule["reads"][str(t)]} == {"DEC", "REC"}
    assert table("Episodes").name == data["tables"][t]["name"]


def test_what_comes_first_is_the_child_with_most_to_mend(result: returns903.Result) -> None:
    assert made(result)["children"] == result.by_child()["child"].drop_nulls().to_list()


def test_the_page_runs_nothing_but_its_own_script_and_asks_for_nothing(result: returns903.Result) -> None:
    text = to_page(result)
    policy = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)[0].replace("&#39;", "'")
    for kind, tag in (("style", "style"), ("script", "script")):
        inside = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        assert len(inside) == 1
        digest = base64.b64encode(hashlib.sha256(inside[0].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert not re.search(r"https?://|url\(|@import|innerHTML|outerHTML|insertAdjacentHTML|eval\(|\son\w+=", text)


def test_cells_are_never_read_as_markup() -> None:
    frame = pl.DataFrame({"CHILD": [EVIL, None], "LS": [EVIL, "C2"], "DECOM": ["01/05/2024", EVIL]})
    text = to_page(returns903.validate(returns903.Return.from_frames({"Episodes": frame}, year="2024-25")))
    assert "<img" not in text.lower()
    assert text.count("</script>") == 2
    data = data_of(text.encode())
    assert data["children"] == [EVIL]
    assert -1 in data["findings"]["child"]


def test_accepted_and_new_findings_are_told(tmp_path: Path, result: returns903.Result) -> None:
    earlier = returns903.validate(result.the_return, select=["144"])
    again = returns903.validate(result.the_return)
    again.since(_json(earlier, tmp_path))
    found = made(again)["findings"]
    assert sum(found["new"]) == again.baseline.counts["new"]  # type: ignore[union-attr]
    assert set(found["accepted"]) == {-1}


def _json(result: returns903.Result, folder: Path) -> Path:
    from returns903.reports.forms import FORMS

    path = folder / "last.json"
    path.write_bytes(FORMS["json"].write(result, show_ids=True))
    return path


def test_the_head_says_what_to_give_so_that_more_rules_run() -> None:
    ret = returns903.read_return(ROOT / "examples" / "return-with-faults", year="2024-25")
    result = returns903.validate(ret)
    head = to_page(result).partition("</header>")[0]
    without = [each for each in result.outcomes.values() if each.reason == "no previous return"]
    assert f"{len(without)} rules did not run: no previous return. Give <code>--previous PATH</code>" in head


def test_a_clean_return_says_so() -> None:
    ret = returns903.read_return(ROOT / "examples" / "clean-return", year="2024-25")
    data = made(returns903.validate(ret))
    assert data["rules"] == data["children"] == data["tables"] == []
    assert data["findings"]["rule"] == []
