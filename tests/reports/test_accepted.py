"""What is accepted is told apart in every form, stays counted, and what holds no longer is named."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import fastexcel
import jsonschema
import polars as pl
import pytest
from lxml import etree
from sarif_pydantic import Sarif

import returns903
from returns903.accepting.add import Why, add, opened, save
from returns903.accepting.held import CHANGED, COLUMNS
from returns903.reports.forms import FORMS
from returns903.reports.parquet import REST
from returns903.views.since import earlier
from tests.reports.test_forms import COUNTED, ROOT, data_of, of_frame

TODAY, LATER = dt.date(2026, 12, 1), dt.date(2027, 3, 31)
REASON, WHO = "asked and confirmed", "A. Officer"
RULES = ("144", "141")
ACCEPTED, LEFT = 3, 2
"""Of the rule 144 two findings of three are accepted and of 141 one of one, one of them an error by force; one of 143
lapsed."""


def checked(*statuses: str, **given: str) -> returns903.Result:
    """Children with a legal status and a reason for a new episode each; the first has no day."""
    rows = [(f"CHILD{n}", ls, "soon" if n == 0 else "01/05/2024", "S") for n, ls in enumerate(statuses)]
    frame = pl.DataFrame(rows, schema=["CHILD", "LS", "DECOM", "RNE"], orient="row")
    ret = returns903.Return.from_frames({"Episodes": frame}, year="2024-25")
    return returns903.validate(ret, select=["144", "141", "143"], **given)


@pytest.fixture
def accepted(tmp_path: Path) -> Path:
    """A file that accepts what was found before one child's status was changed."""
    before = checked("?", "?", "!", "C2")
    why = Why(REASON, WHO, LATER)
    path = tmp_path / "accepted.toml"
    save(add(opened(path, ()), before, dict.fromkeys(range(before.findings.height), why), today=TODAY, force=True), ())
    return path


@pytest.fixture
def held(accepted: Path) -> returns903.Result:
    """Two of those findings are as they were, the status of CHILD2 is another, and CHILD3 has a fault of its own."""
    result = checked("?", "?", "!!", "x", severity={"144": "query"})  # type: ignore[arg-type]
    result.accept(accepted, today=TODAY)
    return result


def written(result: returns903.Result, form: str, *, show_ids: bool = False) -> bytes:
    return FORMS[form].write(result, show_ids=show_ids)


def of_line(content: bytes) -> int:
    found = re.findall(
        r"Accepted by accepted.toml: (\d+) findings? of (\d+) rules?, among them 3 errors", content.decode()
    )
    assert found == [("3", "2")]
    return int(found[0][0])


def of_column(frame: pl.DataFrame) -> int:
    return frame.height - frame["accepted"].null_count()


def of_sarif(content: bytes) -> int:
    return sum(map(len, (each["suppressions"] for each in json.loads(content)["runs"][0]["results"])))


def of_junit(content: bytes) -> int:
    told = {each.get("name"): each.get("value") for each in etree.fromstring(content).iter("property")}
    return int(told["accepted"])


def of_workbook(content: bytes) -> int:
    lines = fastexcel.read_excel(content).load_sheet("Work list", dtypes="string").to_polars()
    assert lines["Status"].to_list() == [None, None, *["accepted"] * ACCEPTED]
    return lines.filter(Comment=REASON, Owner=WHO, Status="accepted").height


TELLS: dict[str, Callable[[bytes], int]] = {
    "text": of_line,
    "json": lambda content: sum(row["accepted"] is not None for row in json.loads(content)["findings"]),
    "csv": lambda content: of_column(pl.read_csv(content)),
    "xlsx": of_workbook,
    "html": lambda content: sum(reason >= 0 for reason in data_of(content)["findings"]["accepted"]),
    "sarif": of_sarif,
    "junit": of_junit,
    "github": of_line,
    "markdown": of_line,
    "parquet": lambda content: of_column(pl.read_parquet(io.BytesIO(content))),
}


def test_each_form_is_tried() -> None:
    assert FORMS.keys() == TELLS.keys()


@pytest.mark.parametrize("form", TELLS)
def test_every_form_tells_what_is_accepted(held: returns903.Result, form: str) -> None:
    assert TELLS[form](written(held, form)) == ACCEPTED


@pytest.mark.parametrize("form", sorted(TELLS.keys() - {"junit", "github"}))
def test_what_is_accepted_stays_counted(held: returns903.Result, form: str) -> None:
    findings, rules, _ = of_frame(held.findings)
    assert findings == ACCEPTED + LEFT
    assert COUNTED[form](written(held, form))[:2] == (findings, rules)


def lapsed_place(result: returns903.Result) -> str:
    """Where the one entry that lapsed begins: the order within a rule is that of fingerprints."""
    assert result.acceptance is not None
    (place,) = result.acceptance.entries.filter(state=CHANGED).get_column("place")
    assert place in {f"accepted.toml:{line}" for line in (5, 16, 27, 38)}
    return str(place)


@pytest.mark.parametrize("form", ["text", "github", "junit", "markdown", "sarif", "xlsx", "json", "parquet"])
def test_what_holds_no_longer_is_named(held: returns903.Result, form: str) -> None:
    content, place = written(held, form), lapsed_place(held)
    if form == "xlsx":
        told = fastexcel.read_excel(content).load_sheet("Accepted").to_polars().select("Place", "State").rows()
        assert (place, "cells changed") in told
    elif form in ("json", "parquet"):
        whole = content.decode() if form == "json" else pl.read_parquet_metadata(io.BytesIO(content))[REST]
        entries = json.loads(whole)["acceptance"]["entries"]
        assert {place: "cells changed"} == {
            entry["place"]: entry["state"] for entry in entries if entry["state"] != "accepted"
        }
    else:
        assert f"{place}, rule 144: a cell that the rule reads has changed since" in content.decode()


@pytest.mark.parametrize("form", TELLS)
def test_what_counts_otherwise_than_published_is_said(held: returns903.Result, form: str) -> None:
    content = written(held, form)
    if form == "csv":
        told = pl.read_csv(content, infer_schema=False).filter(rule="144").select("severity", "published")
        assert told.unique().rows() == [("query", "error")]
    elif form == "xlsx":
        book = fastexcel.read_excel(content)
        rules = book.load_sheet("Rules", dtypes="string").to_polars().filter(Rule="144")
        assert rules.select("Severity", "Published as").rows() == [("query", "error")]
    elif form in ("json", "parquet"):
        whole = content.decode() if form == "json" else pl.read_parquet_metadata(io.BytesIO(content))[REST]
        assert json.loads(whole)["run"]["severities"] == {"144": "query"}
    elif form == "sarif":
        (override,) = json.loads(content)["runs"][0]["invocations"][0]["ruleConfigurationOverrides"]
        assert override == {"descriptor": {"id": "144"}, "configuration": {"level": "warning"}}
    else:
        assert "Counted otherwise than published: 144 as query" in content.decode()


@pytest.mark.parametrize("form", TELLS)
def test_nothing_is_said_of_it_where_nothing_is_asked(form: str) -> None:
    content = written(checked("?", "?", "!"), form)
    if form == "html":
        assert data_of(content)["reasons"] == []
        assert b"Accepted by" not in content
        assert b"Counted otherwise" not in content
    elif form != "xlsx":
        assert b"ccept" not in content
        assert b"ublished" not in content


def test_a_rule_with_nothing_left_is_skipped_in_junit_and_has_no_annotation(held: returns903.Result) -> None:
    suite = etree.fromstring(written(held, "junit"))
    etree.XMLSchema(etree.parse(ROOT / "tests" / "reports" / "junit.xsd")).assertValid(suite)
    cases = {case.get("name"): case for case in suite.iter("testcase")}
    assert cases["141"].findtext("skipped") == "accepted: 1 row"
    assert "2 rows, 2 children" in cases["144"].find("failure").get("message")
    assert cases["144"].findtext("failure").endswith("and 2 accepted")
    lines = written(held, "github").decode().splitlines()
    assert [line for line in lines if line.startswith(("::error", "::warning")) and "Rule 141" in line] == []
    assert any(line.startswith("::warning title=Rule 144") and "2 rows of 2 children" in line for line in lines)


def test_sarif_stays_sarif_and_json_meets_its_schema(held: returns903.Result) -> None:
    Sarif.model_validate_json(written(held, "sarif"))
    schema = json.loads((ROOT / "schemas" / "result.schema.json").read_text(encoding="utf-8"))
    for result in (held, checked("?")):
        jsonschema.validate(json.loads(written(result, "json")), schema)


@pytest.mark.parametrize("form", ["json", "parquet"])
def test_a_result_with_accepted_findings_is_an_earlier_result_too(
    held: returns903.Result, form: str, tmp_path: Path
) -> None:
    path = tmp_path / f"last.{form}"
    path.write_bytes(written(held, form))
    assert earlier(path).equals(held.findings)


@pytest.mark.parametrize("form", [name for name, form in FORMS.items() if not form.carries_ids])
def test_reasons_are_told_where_they_are_asked_for(held: returns903.Result, form: str) -> None:
    plain, asked = (written(held, form, show_ids=shown).decode() for shown in (False, True))
    assert REASON not in plain
    assert WHO not in plain
    assert (REASON in asked) == (form in ("text", "sarif"))


def test_a_reason_is_no_formula(accepted: Path) -> None:
    accepted.write_text(accepted.read_text(encoding="utf-8").replace(REASON, "=1+1"), encoding="utf-8")
    result = checked("?")
    result.accept(accepted, today=TODAY)
    assert set(pl.read_csv(written(result, "csv"))["accepted"]) == {"'=1+1"}
    assert result.acceptance is not None
    assert result.acceptance.findings.schema == COLUMNS
