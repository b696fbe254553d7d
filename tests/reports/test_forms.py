"""Every form of one result tells the same, and no more of the children than it may."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fastexcel
import polars as pl
import pytest
from lxml import etree
from sarif_pydantic import Sarif

import returns903
from returns903.reports.forms import FORMS
from returns903.reports.parquet import REST
from returns903.testing import synthesise

ROOT = Path(__file__).resolve().parents[2]
MARK = "ZQX"
RESULTS = ("return-with-faults", "clean-return", "made up", "made up of 10,000 children")
Counts = tuple[int, int, int]
"""Findings, rules with findings, and children where the form tells them."""


@pytest.fixture(scope="module", params=RESULTS)
def result(request: pytest.FixtureRequest) -> returns903.Result:
    if request.param == "made up":
        return returns903.validate(synthesise(300, year="2025-26", seed=3, faults=0.5).load())
    if request.param == "made up of 10,000 children":
        return returns903.validate(synthesise(10_000, year="2024-25", seed=4, faults=0.2).load())
    return returns903.validate(returns903.read_return(ROOT / "examples" / request.param, year="2024-25"))


def written(result: returns903.Result, form: str, *, show_ids: bool = False) -> bytes:
    return FORMS[form].write(result, show_ids=show_ids)


def of_text(content: bytes) -> Counts:
    found = re.findall(r"(?m)^(?:Errors|Queries): ([\d,]+) findings? of ([\d,]+) rules?", content.decode())
    return (
        (*(sum(int(n.replace(",", "")) for n in numbers) for numbers in zip(*found, strict=True)), 0)
        if found
        else (0, 0, 0)
    )


def of_json(content: bytes) -> Counts:
    found = json.loads(content)["findings"]
    return len(found), len({row["rule"] for row in found}), len({row["child"] for row in found} - {None})


def of_frame(frame: pl.DataFrame) -> Counts:
    return frame.height, frame["rule"].n_unique(), frame["child"].drop_nulls().n_unique()


def of_sarif(content: bytes) -> Counts:
    found = json.loads(content)["runs"][0]["results"]
    return len(found), len({row["ruleId"] for row in found}), 0


def of_junit(content: bytes) -> Counts:
    suite = etree.fromstring(content)[0]
    told = {each.get("name"): each.get("value") for each in suite.find("properties")}
    return int(told["findings"]), len(suite.findall("testcase/failure")), int(told["children"])


def of_github(content: bytes) -> Counts:
    lines = content.decode().splitlines()
    rules = [line for line in lines if "title=Rule" in line]
    rows = [int(re.findall(r"([\d,]+) rows? of", line)[-1].replace(",", "")) for line in rules]
    return sum(rows), len(rules), 0


def of_markdown(content: bytes) -> Counts:
    numbers = re.findall(r"(?m)^\| Both \| ([\d,]+) \| ([\d,]+) \| [\d,]+ \| ([\d,]+)", content.decode())[0]
    findings, rules, children = (int(n.replace(",", "")) for n in numbers)
    return findings, rules, children


def of_workbook(content: bytes) -> Counts:
    lines = fastexcel.read_excel(content).load_sheet("Work list", dtypes="string").to_polars()
    return of_frame(lines.rename({"Rule": "rule", "Child": "child"}))


def data_of(content: bytes) -> Any:
    """The data that a page draws its findings from."""
    return json.loads(re.findall(r'<script type="application/json" id="data">(.*?)</script>', content.decode())[0])


def of_html(content: bytes) -> Counts:
    found = data_of(content)
    numbers = found["findings"]["rule"]
    return len(numbers), len({found["rules"][n]["code"] for n in numbers}), len(found["children"])


COUNTED: dict[str, Callable[[bytes], Counts]] = {
    "text": of_text,
    "json": of_json,
    "csv": lambda content: of_frame(pl.read_csv(content, infer_schema=False)),
    "xlsx": of_workbook,
    "html": of_html,
    "sarif": of_sarif,
    "junit": of_junit,
    "github": of_github,
    "markdown": of_markdown,
    "parquet": lambda content: of_frame(pl.read_parquet(io.BytesIO(content))),
}


def test_each_form_is_counted() -> None:
    assert COUNTED.keys() == FORMS.keys()


@pytest.mark.parametrize("form", FORMS)
def test_every_form_tells_the_same_counts(result: returns903.Result, form: str) -> None:
    findings, rules, children = of_frame(result.findings)
    told = COUNTED[form](written(result, form))
    assert told[:2] == (findings, rules)
    assert told[2] in (children, 0)


STATES: dict[str, Callable[[bytes], dict[str, str]]] = {
    "json": lambda content: {each["rule"]: each["state"] for each in json.loads(content)["outcomes"]},
    "sarif": lambda content: json.loads(content)["runs"][0]["properties"]["states"],
    "parquet": lambda content: {
        each["rule"]: each["state"]
        for each in json.loads(pl.read_parquet_metadata(io.BytesIO(content))[REST])["outcomes"]
    },
    "xlsx": lambda content: dict(
        fastexcel.read_excel(content)
        .load_sheet("Rules", dtypes="string")
        .to_polars()
        .select("Rule", "State")
        .iter_rows()
    ),
    "junit": lambda content: {case.get("name"): _state(case) for case in etree.fromstring(content).iter("testcase")},
}


def _state(case: Any) -> str:
    return {"skipped": "skipped", "failure": "findings", "error": "crashed"}[case[0].tag] if len(case) else "passed"


@pytest.mark.parametrize("form", STATES)
def test_the_forms_that_can_hold_the_state_of_every_rule(result: returns903.Result, form: str) -> None:
    assert STATES[form](written(result, form)) == {code: each.state for code, each in result.outcomes.items()}


def test_sarif_is_sarif(result: returns903.Result) -> None:
    run = Sarif.model_validate_json(written(result, "sarif")).runs[0]
    for each in run.results or []:
        assert run.tool.driver.rules is not None
        assert run.tool.driver.rules[each.rule_index].id == each.rule_id


def test_junit_is_what_build_servers_read(result: returns903.Result) -> None:
    schema = etree.XMLSchema(etree.parse(ROOT / "tests" / "reports" / "junit.xsd"))
    schema.assertValid(etree.fromstring(written(result, "junit")))


@pytest.fixture(scope="module")
def marked() -> returns903.Result:
    """A return in every cell of which there is a mark."""
    from returns903.tables import TABLES

    frames = {
        name: pl.DataFrame({column: [f"{MARK}{column}"] * 2 for column in of.columns()}) for name, of in TABLES.items()
    }
    return returns903.validate(returns903.Return.from_frames(frames, year="2024-25", previous=frames))


@pytest.mark.parametrize("form", [name for name, form in FORMS.items() if not form.carries_ids])
def test_no_cell_is_in_a_form_that_is_passed_on(marked: returns903.Result, form: str) -> None:
    assert marked.findings.height > 100
    assert MARK not in written(marked, form).decode()
    asked = written(marked, form, show_ids=True).decode()
    assert (f"{MARK}CHILD" in asked) == FORMS[form].may_ask
    assert MARK not in asked.replace(f"{MARK}CHILD", "")


def test_the_work_list_goes_child_by_child_and_shows_the_cells(marked: returns903.Result) -> None:
    lines = fastexcel.read_excel(written(marked, "xlsx")).load_sheet("Work list", dtypes="string").to_polars()
    assert lines["Child"].unique().to_list() == [f"{MARK}CHILD"]
    assert lines.columns[-4:] == ["Owner", "Status", "Comment", "Accept until"]
    flagged = lines.filter(pl.col("Rule") == "141")
    assert flagged["Cells"].unique().to_list() == [f"DECOM: {MARK}DECOM"]


def test_a_cell_that_a_spreadsheet_would_run_is_text() -> None:
    frames = {"Episodes": pl.DataFrame({"CHILD": ["=1+1"], "LS": ['=HYPERLINK("x")'], "DECOM": ["01/05/2024"]})}
    result = returns903.validate(returns903.Return.from_frames(frames, year="2024-25"), select="144")
    lines = fastexcel.read_excel(written(result, "xlsx")).load_sheet("Work list", dtypes="string").to_polars()
    assert lines["Child"].to_list() == ["=1+1"]
    assert lines["Cells"].to_list() == ['LS: =HYPERLINK("x")']
