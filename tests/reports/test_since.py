"""A result is held against an earlier one, and every form tells what is new, still there and fixed."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import fastexcel
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import returns903
from returns903 import cli
from returns903.errors import InputError
from returns903.reports.forms import FORMS
from returns903.results import FINDINGS
from returns903.views import since as since_module
from returns903.views.since import FIXED, NEW, STILL, earlier, since

Episode = tuple[str, str, str]
Counts = dict[str, int]


def checked(*episodes: Episode) -> returns903.Result:
    """Children with a legal status each: no code of the list but C2 and V2."""
    frame = pl.DataFrame(episodes, schema=["CHILD", "LS", "DECOM"], orient="row")
    return returns903.validate(
        returns903.Return.from_frames({"Episodes": frame}, year="2024-25"), select=["144", "141"]
    )


BEFORE = (("A", "??", "01/05/2024"), ("B", "??", "01/05/2024"), ("B", "??", "01/06/2024"), ("C", "C2", "soon"))
NOW = (
    ("B", "??", "01/06/2024"),
    ("D", "C2", "01/05/2024"),
    ("A", "C2", "01/05/2024"),
    ("B", "V2", "02/07/2024"),
    ("E", "??", "x"),
)
COUNTS = {NEW: 2, STILL: 1, FIXED: 3}
"""A's status and one of B's were mended, as was C's day; E is new, with two findings."""


@pytest.fixture
def held() -> returns903.Result:
    result = checked(*NOW)
    result.since(checked(*BEFORE).findings)
    return result


def test_findings_are_new_or_still_there_and_those_of_then_may_be_fixed(held: returns903.Result) -> None:
    assert held.baseline is not None
    assert held.baseline.counts == COUNTS
    told = held.baseline.findings.select("rule", "child", "since").rows()
    assert sorted(told) == [("141", "E", NEW), ("144", "B", STILL), ("144", "E", NEW)]
    assert sorted(held.baseline.fixed.select("rule", "child").rows()) == [("141", "C"), ("144", "A"), ("144", "B")]
    assert sorted(held.baseline.by_rule().rows()) == [("141", 1, 0, 1), ("144", 1, 1, 2)]
    assert sorted(held.baseline.by_child().rows()) == [("A", 0, 0, 1), ("B", 0, 1, 1), ("C", 0, 0, 1), ("E", 2, 0, 0)]


def of_json(content: bytes) -> Counts:
    told = json.loads(content)["since"]
    assert len(told["gone"]) == told["fixed"]
    return {NEW: told["new"], STILL: told["still_there"], FIXED: told["fixed"]}


def of_column(frame: pl.DataFrame) -> Counts:
    """The file has the findings of now alone."""
    return dict(frame["since"].value_counts().iter_rows()) | {FIXED: COUNTS[FIXED]}


def of_sarif(content: bytes) -> Counts:
    found = [each["baselineState"] for each in json.loads(content)["runs"][0]["results"]]
    return {NEW: found.count("new"), STILL: found.count("unchanged"), FIXED: found.count("absent")}


def of_junit(content: bytes) -> Counts:
    told = {each.get("name"): each.get("value") for each in etree.fromstring(content).iter("property")}
    return {state: int(told[state]) for state in COUNTS}


def of_line(content: bytes) -> Counts:
    found = re.search(r"Since the earlier result: (\d+) new, (\d+) still there, (\d+) fixed", content.decode())
    assert found
    return dict(zip(COUNTS, map(int, found.groups()), strict=True))


def of_workbook(content: bytes) -> Counts:
    frame = fastexcel.read_excel(content).load_sheet("Since").to_polars().filter(By="Rule")
    return {state: frame[state.capitalize()].sum() for state in COUNTS}


TELLS: dict[str, Callable[[bytes], Counts]] = {
    "text": of_line,
    "json": of_json,
    "csv": lambda content: of_column(pl.read_csv(content)),
    "xlsx": of_workbook,
    "html": of_line,
    "sarif": of_sarif,
    "junit": of_junit,
    "github": of_line,
    "markdown": of_line,
    "parquet": lambda content: of_column(pl.read_parquet(io.BytesIO(content))),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_tells_what_changed(held: returns903.Result, form: str) -> None:
    assert TELLS[form](FORMS[form].write(held, show_ids=False)) == COUNTS


@pytest.mark.parametrize("form", ["json", "parquet"])
def test_a_written_result_is_read_again(tmp_path: Path, form: str) -> None:
    for number, result in enumerate((checked(*BEFORE), checked(("A", "C2", "01/05/2024")))):
        path = tmp_path / f"{number}.{form}"
        path.write_bytes(FORMS[form].write(result, show_ids=False))
        assert earlier(path).equals(result.findings)


@pytest.mark.parametrize("form", ["json", "parquet"])
def test_an_earlier_result_has_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    path = tmp_path / f"a.{form}"
    path.write_bytes(FORMS[form].write(checked(*BEFORE), show_ids=False))
    found = earlier(path).height
    monkeypatch.setattr(since_module, "BASELINE_ROWS", found)
    assert earlier(path).height == found
    monkeypatch.setattr(since_module, "BASELINE_ROWS", found - 1)
    with pytest.raises(InputError, match=rf"^a.{form}: more than {found - 1} findings, which no result has$"):
        earlier(path)
    monkeypatch.setattr(since_module, "BASELINE_BYTES", 10)
    with pytest.raises(InputError, match=rf"^a.{form}: larger than"):
        earlier(path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", b"{}"),
        ("a.json", b"SECRET"),
        ("a.json", b'{"findings": [{"rule": "SECRET"}]}'),
        ("a.parquet", b"SECRET"),
        ("a.txt", b"SECRET"),
    ],
)
def test_what_is_no_earlier_result_is_told_in_a_line(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=f"{name} holds no earlier result") as error:
        earlier(path)
    assert "SECRET" not in str(error.value)
    with pytest.raises(InputError, match=r"b.json: cannot be read"):
        earlier(tmp_path / "b.json")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_a_pipe_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    with pytest.raises(InputError, match=r"pipe.json: a folder, pipe or device, not a file"):
        earlier(tmp_path / "pipe.json")


def test_only_what_is_new_fails_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*words: object) -> int:
        monkeypatch.setattr(sys, "argv", ["returns903", "validate", *map(str, words), "--year", "2024-25"])
        with pytest.raises(SystemExit) as left:
            cli.main()
        return int(left.value.code or 0)

    faults = Path(__file__).resolve().parents[2] / "examples" / "return-with-faults"
    last = tmp_path / "last.json"
    assert run(faults, "--output", last) == 1
    assert run(faults, "--baseline", last, "--fail-on", "new") == 0
    assert run(faults, "--baseline", last) == 1
    found = json.loads(last.read_text(encoding="utf-8"))
    del found["findings"][0]
    last.write_text(json.dumps(found), encoding="utf-8")
    assert run(faults, "--baseline", last, "--fail-on", "new") == 1
    assert run(faults, "--fail-on", "new") == 2
    assert "--fail-on new needs --baseline" in capsys.readouterr().err


ROWS = st.lists(st.tuples(st.sampled_from("12"), st.sampled_from(["A", "B", None])), max_size=8)


Rows = list[tuple[str, str | None]]


def findings(rows: Rows) -> pl.DataFrame:
    told = [{"rule": rule, "child": child, "table": "Episodes", "previous": False} for rule, child in rows]
    return pl.DataFrame(told, schema=FINDINGS)


@given(ROWS, ROWS)
def test_nothing_is_counted_twice_or_lost(
    now: list[tuple[str, str | None]], then: list[tuple[str, str | None]]
) -> None:
    counts = since(findings(now), findings(then), "last").counts
    assert counts[NEW] + counts[STILL] == len(now)
    assert counts[FIXED] + counts[STILL] == len(then)
    both = sum(min(now.count(each), then.count(each)) for each in set(now))
    assert counts[STILL] == both
