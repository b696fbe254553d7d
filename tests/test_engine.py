"""Rules are evaluated together; each ends in one visible state, and none stands in another's way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

import returns903
from returns903.errors import ConfigError
from returns903.frames import prepare
from returns903.rules.registry import rule
from returns903.tables import AD1, Episodes, Header


def a_return(**tables: dict[str, list[Any]]) -> returns903.Return:
    frames = {name: pl.DataFrame(columns) for name, columns in tables.items()}
    return returns903.Return.from_frames(frames, year="2022-23")


def make(code: str, expression: Callable[[], Any], **about: Any) -> None:
    def body() -> Any:
        """Made up.

        When: never.

        Why: a test.

        Fix: nothing.
        """
        return expression()

    rule(code, **{"flags": Episodes, "fields": [Episodes.LS], **about})(body)


@pytest.mark.usefixtures("spare_rules")
def test_a_rule_that_crashes_hides_no_other_and_tells_no_cell() -> None:
    make("X1", lambda: Episodes.LS.str.to_integer() > 0)
    make("X2", lambda: Episodes.LS == "SECRET")
    result = returns903.validate(a_return(Episodes={"CHILD": ["A"], "LS": ["SECRET"]}), select=["X1", "X2"])
    assert result.outcomes["X1"].state == "crashed"
    assert "SECRET" not in str(result.outcomes["X1"])
    assert result.outcomes["X2"].count == 1


@pytest.mark.usefixtures("spare_rules")
def test_a_rule_that_cannot_be_built_crashes_alone() -> None:
    make("X1", lambda: Episodes.LS + (1 / 0))
    make("X2", lambda: Episodes.LS.is_not_null())
    result = returns903.validate(a_return(Episodes={"CHILD": ["A"], "LS": ["C2"]}), select=["X1", "X2"])
    assert result.outcomes["X1"].reason == "ZeroDivisionError in test_engine.body"
    assert result.outcomes["X2"].state == "findings"


@pytest.mark.usefixtures("spare_rules")
def test_rows_of_both_tables_of_a_pair_are_flagged() -> None:
    make("X1", lambda: (Episodes.LS == "C2") & (Header.SEX == "1"), flags=[Episodes, Header])
    the_return = a_return(
        Episodes={"CHILD": ["A", "B", "A"], "LS": ["C2", "C2", "V2"]}, Header={"CHILD": ["B", "A"], "SEX": ["2", "1"]}
    )
    found = returns903.validate(the_return, select=["X1"]).findings
    assert found.select("table", "row").rows() == [("Episodes", 0), ("Header", 1)]


@pytest.mark.usefixtures("spare_rules")
def test_a_blank_child_meets_no_other_blank_child() -> None:
    make("X1", lambda: Header.row.is_not_null(), flags=[Episodes])
    make("X2", lambda: Episodes.previous.row.is_not_null())
    the_return = a_return(Episodes={"CHILD": [None, None, "A"]}, Header={"CHILD": [None, "B", None]})
    result = returns903.validate(the_return, select=["X1", "X2"])
    assert result.codes("passed") == ["X1", "X2"]


def test_one_identifier_for_too_many_rows_is_refused_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "PAIRS", 5)
    rows = {"CHILD": ["SECRET"] * 3, "DOB": ["01/02/2010"] * 3}
    ret = a_return(Header=rows, Episodes={"CHILD": ["SECRET"] * 2, "DECOM": ["01/05/2022"] * 2})
    with pytest.raises(returns903.InputError, match="one child has 3 rows of Header, too many to compare") as told:
        returns903.validate(ret, "302")
    assert "SECRET" not in str(told.value)
    monkeypatch.setattr(prepare, "PAIRS", 6)
    assert returns903.validate(ret, "302").outcomes["302"].state == "passed"


@pytest.mark.usefixtures("spare_rules")
def test_each_table_may_be_flagged_by_a_condition_of_its_own() -> None:
    make("X1", lambda: {AD1: AD1.NB_ADOPTR == "3", Header: Header.SEX == "9"}, flags=[AD1, Header])
    the_return = a_return(AD1={"CHILD": ["A"], "NB_ADOPTR": ["3"]}, Header={"CHILD": ["B"], "SEX": ["9"]})
    found = returns903.validate(the_return, select=["X1"]).findings
    assert found.select("table", "child").rows() == [("AD1", "A"), ("Header", "B")]


@pytest.mark.usefixtures("spare_rules")
def test_two_definitions_may_not_be_in_force_at_once() -> None:
    make("X1", lambda: Episodes.LS.is_null(), until="2023-24")
    make("X1", lambda: Episodes.LS.is_null(), since="2024-25")
    with pytest.raises(ConfigError, match="X1"):
        make("X1", lambda: Episodes.LS.is_null(), since="2025-26")


def test_a_rule_without_its_table_is_skipped_and_says_so() -> None:
    result = returns903.validate(a_return(Header={"CHILD": ["A"]}))
    assert result.outcomes["141"].state == "skipped"
    assert result.outcomes["141"].reason == "no Episodes"
    assert result.outcomes["503A"].reason == "no previous return"


def test_a_missing_column_reads_as_blank() -> None:
    result = returns903.validate(a_return(Episodes={"CHILD": ["A"]}), select=["141", "143"])
    assert result.codes("passed") == ["141", "143"]


@pytest.mark.parametrize(
    ("select", "ignore", "chosen"),
    [
        (["503A"], None, ["503A"]),
        (["503"], None, ["503A", "503B", "503C", "503D", "503E", "503F", "503G", "503H", "503J"]),
        (["101", "102"], ["102"], ["101"]),
        (["101"], None, ["101"]),
        (["int3"], None, ["INT31", "INT32", "INT33", "INT34", "INT35", "INT36"]),
        (["reviews"], ["44"], ["166", "167"]),
    ],
)
def test_rules_are_chosen_by_code_beginning_or_topic(
    select: list[str], ignore: list[str] | None, chosen: list[str]
) -> None:
    result = returns903.validate(a_return(Header={"CHILD": ["A"]}), select=select, ignore=ignore)
    assert list(result.outcomes) == chosen


def test_a_name_that_selects_nothing_is_refused() -> None:
    with pytest.raises(returns903.ConfigError, match="'999'"):
        returns903.validate(a_return(Header={"CHILD": ["A"]}), select=["999"])


def test_rules_of_another_year_can_be_applied() -> None:
    the_return = a_return(Header={"CHILD": ["A"], "SEX": ["1"]})
    assert returns903.validate(the_return, select=["101"]).outcomes["101"].state == "passed"
    assert returns903.validate(the_return, select=["101"], rules_year="2024-25").outcomes["101"].state == "findings"


def test_the_findings_frame_has_its_columns_with_and_without_rows() -> None:
    columns = ["rule", "severity", "table", "previous", "row", "line", "file", "child", "fields", "message"]
    for sex in ("1", "9"):
        found = returns903.validate(a_return(Header={"CHILD": ["A"], "SEX": [sex]}), select=["101"]).findings
        assert found.columns == columns


def test_the_findings_frame_can_be_written_as_it_is() -> None:
    result = returns903.validate(a_return(Header={"CHILD": ["A"], "SEX": ["9"]}), select=["101"])
    assert result.findings["fields"].to_list() == ["SEX"]
    assert "101,error,Header,false,0,,,A,SEX," in result.findings.write_csv()
