"""What the assertions of the kit hold a return to, and how they tell what differs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl
import pytest

from returns903 import ConfigError, Return, rules_in_force
from returns903.rules.registry import rule
from returns903.tables import Episodes
from returns903.testing import assert_flags, assert_valid, cases, check_rule, faults, lives
from returns903.testing.cases import fires, load, passes, skips
from returns903.testing.told import LINES
from returns903.years import Year

YEAR = Year("2024-25")
CHILDREN = [("A1", lives.life("settled in foster care", 0, YEAR)), ("A2", lives.life("adopted", 0, YEAR))]
LAWFUL = lives.put_together(CHILDREN, YEAR).load()
FAULT = faults.for_rule("184", YEAR)[0]
BROKEN = FAULT.apply(LAWFUL)
ROW = BROKEN.rows["PlacedAdoption"][0]
STAY = {"PLACE": "T1", "DECOM": "01/05/2024", "DEC": "30/06/2024"}
SHORT = {**STAY, "DEC": "01/06/2024"}
"""A stay in hospital, too long to be a temporary placement (rule 375), and one that is not."""


def told(assertion: Callable[[], None]) -> list[str]:
    """The lines in which it says what differs."""
    with pytest.raises(AssertionError) as raised:
        assertion()
    return [line.strip() for line in str(raised.value).splitlines()]


def test_a_lawful_return_is_valid() -> None:
    assert_valid(LAWFUL)


def test_what_makes_a_return_not_valid_is_told_by_rule_table_and_row() -> None:
    lines = told(lambda: assert_valid(BROKEN.ret))
    assert lines[0] == f"the return of 2024-25 is not valid: {1 + len(FAULT.also)} rules fire"
    message = next(known.message for known in rules_in_force(YEAR) if known.code == "184")
    at = lines.index(f"184 (error) {message}")
    assert lines[at + 1] == f"PlacedAdoption: expected no row; found row {ROW}"


def test_findings_that_are_ignored_do_not_count() -> None:
    assert_valid(BROKEN.ret, ignore=["184", *FAULT.also])
    assert told(lambda: assert_valid(BROKEN.ret, ignore=FAULT.also))[0].endswith("1 rule fires")
    with pytest.raises(ConfigError):
        assert_valid(LAWFUL, ignore="no rule")


def test_a_return_on_which_no_rule_runs_is_not_valid() -> None:
    assert told(lambda: assert_valid(Return.from_frames({}, year=YEAR)))[1] == "no rule ran: all were skipped"


def test_a_cell_is_shown_only_where_that_is_asked_for() -> None:
    def say(*, show: bool) -> str:
        return "\n".join(told(lambda: assert_flags(BROKEN.ret, {"184": {}}, show=show)))

    assert "F001" not in say(show=False)
    assert f"row {ROW}: CHILD 'F001'" in say(show=True)


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ({"Episodes": [1]}, "Episodes: expected row 1; found rows 0, 2"),
        ({"Episodes": [0]}, "Episodes: expected row 0; found rows 0, 2"),
        ({"Episodes": [0, 1, 2]}, "Episodes: expected rows 0, 1, 2; found rows 0, 2"),
        ({}, "Episodes: expected no row; found rows 0, 2"),
        ({"Episodes": [0, 2], "Header": [0]}, "Header: expected row 0; found no row"),
        ({"Episodes": [0, 2], "Episodes.last_year": [0]}, "Episodes.last_year: expected row 0; found no row"),
    ],
)
def test_rows_that_are_expected_and_found_are_told(expected: Mapping[str, list[int]], said: str) -> None:
    ret = load({"Episodes": [STAY, SHORT, STAY]}, "2024-25")
    assert_flags(ret, {"375": {"Episodes": [2, 0]}})
    assert said in told(lambda: assert_flags(ret, {"375": expected}))


def test_rows_are_counted_in_the_table_as_handed_in() -> None:
    rows = [{"CHILD": "Z", **STAY}, {"CHILD": "B", **SHORT}, {"CHILD": "A", **STAY}]
    ret = Return.from_frames({"Episodes": pl.DataFrame(rows)}, year=YEAR)
    assert_flags(ret, {"375": {"Episodes": [0, 2]}})


def test_other_rules_count_only_where_that_is_asked_for() -> None:
    assert_flags(BROKEN.ret, {"184": BROKEN.rows})
    lines = told(lambda: assert_flags(BROKEN.ret, {"184": BROKEN.rows}, only=True))
    assert [line.split()[0] for line in lines if "(error)" in line] == [*FAULT.also]
    assert_flags(LAWFUL, {}, only=True)


def test_a_rule_that_does_not_run_is_told_with_its_reason() -> None:
    alone = load({"Header": {}}, "2024-25")
    assert told(lambda: assert_flags(alone, {"375": {}}))[1] == "375 skipped: no Episodes"


def test_a_long_difference_is_cut() -> None:
    many = load({"Episodes": [STAY] * 200}, "2024-25")
    lines = told(lambda: assert_flags(many, {"375": {"Episodes": [*range(150), 300]}}, show=True))
    assert lines[2] == (
        "Episodes: expected rows 0, 1, 2, 3, 4, 5, 6, 7 and 143 more; found rows 0, 1, 2, 3, 4, 5, 6, 7 and 192 more"
    )
    assert lines[3] == "missing row 300; unexpected rows 150, 151, 152, 153, 154, 155, 156, 157 and 42 more"
    assert lines[4] == "row 300: there is no such row"
    everything = told(lambda: check_rule("375", fires=[{"Episodes": SHORT}] * 40))
    assert len(everything) == LINES
    assert everything[-1] == f"and {1 + 2 * 40 - LINES + 1} further lines"


@pytest.mark.parametrize(
    ("flags", "about"),
    [
        ({"no such": {}}, "no rule no such is in force in 2024-25"),
        ({"37": {}}, "no rule 37 is in force"),
        ({"375": {"Episode": []}}, "'Episode' is no table"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(flags: Mapping[str, Any], about: str) -> None:
    with pytest.raises(ConfigError, match=about):
        assert_flags(LAWFUL, flags)


def test_a_rule_is_checked_on_returns_rows_and_faults() -> None:
    check_rule("184", fires=[BROKEN, BROKEN.ret], passes=[LAWFUL])
    check_rule("375", fires=[{"Episodes": STAY}, ({"Episodes": [SHORT, STAY]}, {"Episodes": [1]})], passes=[LAWFUL])
    born, otherwise = {"DOB": "01/02/2010"}, {"DOB": "02/02/2010"}
    pair = {"Header": born, "Header.last_year": otherwise}
    check_rule("203", fires=[(pair, {"Header": [0]})], passes=[{"Header": born, "Header.last_year": born}])


def test_which_return_is_not_as_expected_is_told() -> None:
    lines = told(
        lambda: check_rule(
            "375",
            fires=[{"Episodes": STAY}, {"Episodes": SHORT}, ({"Episodes": STAY}, {"Episodes": [1]})],
            passes=[{"Episodes": SHORT}, {"Episodes": STAY}, {"Header": {}}],
        )
    )
    assert lines[0] == "rule 375 does not do what is expected of it"
    assert [line for line in lines if line.endswith("]:")] == ["fires[1]:", "fires[2]:", "passes[1]:", "passes[2]:"]
    assert lines[lines.index("fires[1]:") + 1] == "flags nothing"
    assert lines[lines.index("passes[2]:") + 1] == "375 skipped: no Episodes"


@pytest.mark.usefixtures("spare_rules")
def test_a_rule_of_ones_own_is_checked_by_its_function() -> None:
    @rule("OWN1", flags=Episodes, fields=[Episodes.PLACE])
    def in_hospital() -> pl.Expr:
        """The child is in hospital.

        When: PLACE is T1.

        Why: an authority may ask for it.

        Fix: ask the hospital.
        """
        return Episodes.PLACE == "T1"

    check_rule(in_hospital, fires=[{"Episodes": {"PLACE": "T1"}}], passes=[{"Episodes": {"PLACE": "U1"}}])
    with pytest.raises(AssertionError, match="rule OWN1"):
        check_rule(in_hospital, fires=[{"Episodes": {"PLACE": "U1"}}])


@pytest.mark.parametrize(
    "given", [{"rule": "375"}, {"rule": len, "passes": [LAWFUL]}, {"rule": "x", "passes": [LAWFUL]}]
)
def test_a_rule_that_cannot_be_checked_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ConfigError):
        check_rule(**given)


WRONG = [
    (fires("375", "a row too many", flags={"Episodes": [0, 1]}, Episodes=STAY), "found row 0"),
    (fires("375", "it is short", flags={"Episodes": [0]}, Episodes=SHORT), "found no row"),
    (passes("375", "it is long", Episodes=STAY), "found row 0"),
    (passes("375", "there is none", Header={}), "375 skipped: no Episodes"),
    (skips("375", "it runs", reason="no Episodes", Episodes=SHORT), "is not skipped"),
    (skips("375", "for another reason", reason="no Header", Header={}), "'no Episodes'"),
]


@pytest.mark.parametrize(("case", "said"), WRONG, ids=[case.because for case, _ in WRONG])
def test_a_case_that_is_wrong_fails(case: cases.Case, said: str) -> None:
    assert said in "\n".join(told(lambda: cases.check(case)))
