"""The pytest plugin, as the tests of another project see it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from returns903 import Return
from returns903.testing import cases
from returns903.testing.told import DifferenceError

pytest_plugins = ["pytester"]

HEADING = "the least return on which it fails"
START = """
import polars as pl
import pytest
from hypothesis import Phase, assume, given, note, settings
from hypothesis import strategies as st
from returns903 import validate
from returns903.testing import assert_flags, assert_valid, strategies
from returns903.texts import texts, texts_of_last_year, with_texts

RETURNS = strategies.returns("2024-25", max_children=3)
quickly = settings(max_examples=20, deadline=None, database=None, derandomize=True, phases=[Phase.generate])

def a_day_early(ret):
    changed = texts(ret)
    changed["Episodes"] = changed["Episodes"].with_columns(pl.col("DEC").str.replace("^31/", "30/"))
    return with_texts(ret, changed, texts_of_last_year(ret))
"""
Run = Callable[..., pytest.RunResult]


@pytest.fixture
def run(pytester: pytest.Pytester) -> Run:
    """Run pytest on a file of tests."""

    def run(tests: str, *options: str) -> pytest.RunResult:
        pytester.makepyfile(START + tests)
        return pytester.runpytest("-p", "no:cacheprovider", "-W", "error", *options)

    return run


def said(result: pytest.RunResult) -> list[str]:
    """What stands under the heading, up to the next one."""
    lines = result.stdout.lines
    start = next((i for i, line in enumerate(lines) if HEADING in line), len(lines))
    end = next(
        (i for i, line in enumerate(lines) if i > start and line.startswith(("====", "____", "----"))), len(lines)
    )
    return lines[start + 1 : end]


def pasted(lines: list[str]) -> Return:
    """The return that the lines make when they are pasted and run."""
    names: dict[str, Any] = {}
    exec("\n".join(lines[1:]), names)
    ret = names["ret"]
    assert isinstance(ret, Return)
    return ret


MANY_REVIEWS = """
@quickly
@given(ret=RETURNS, number=st.integers())
def test_few_reviews(ret, number):
    assert ret["Reviews"].height < 2, "two reviews"
"""


def test_the_return_that_is_drawn_is_reduced(run: Run) -> None:
    result = run(MANY_REVIEWS)
    result.assert_outcomes(failed=1)
    lines = said(result)
    assert lines[0].startswith("ret: Reduced(2 rows in Reviews;")
    least = pasted(lines)
    assert list(least.tables) == ["Reviews"]
    assert least["Reviews"].height == 2


def test_what_the_test_says_of_the_call_makes_no_difference(run: Run) -> None:
    result = run("""
@pytest.fixture(scope="module")
def most():
    return 1

class TestReviews:
    @quickly
    @given(ret=RETURNS)
    def test_few(self, most, ret):
        note("looked at")
        assume(ret["Header"].height)
        assert ret["Reviews"].height <= most
        ret = None
""")
    result.assert_outcomes(failed=1)
    least = pasted(said(result))
    assert (least["Reviews"].height, least["Header"].height) == (2, 1)


def test_the_same_rules_go_on_differing_while_it_is_reduced(run: Run) -> None:
    result = run("""
@quickly
@given(RETURNS)
def test_mine(ret):
    changed = a_day_early(ret)
    fired = set(validate(changed).codes("findings"))
    if fired:
        assert_flags(changed, {sorted(fired)[0]: {}})
""")
    result.assert_outcomes(failed=1)
    lines = said(result)
    assert lines[0].startswith("ret: Reduced(")
    assert "Episodes" in pasted(lines).tables


def test_the_return_of_an_assertion_is_reduced_where_none_was_drawn(run: Run) -> None:
    result = run("""
@quickly
@given(st.tuples(RETURNS))
def test_mine(pair):
    assert_valid(a_day_early(pair[0]))
""")
    result.assert_outcomes(failed=1)
    about, _, *lines = said(result)
    assert about.startswith("the return on which rule ")
    case = eval("\n".join(lines), {"fires": cases.fires})
    cases.check(case)
    assert case.code in about
    with pytest.raises(DifferenceError):
        cases.check(cases.passes(case.code, "it fires", year=case.year, previous=case.previous, **case.tables))


QUIET = {
    "no property": "def test_plain(lawful_return):\n    assert_valid(a_day_early(lawful_return))",
    "no return": "@quickly\n@given(st.integers())\ndef test_number(number):\n    assert number < 0",
    "no rule fires": """
@quickly
@given(st.tuples(RETURNS))
def test_not_flagged(pair):
    assert_flags(pair[0], {"375": {"Episodes": [0]}})
""",
    "it passes": "@quickly\n@given(RETURNS)\ndef test_lawful(ret):\n    assert_valid(ret)",
}


@pytest.mark.parametrize("tests", QUIET.values(), ids=QUIET)
def test_where_there_is_no_return_to_reduce_nothing_is_said(tests: str, run: Run) -> None:
    assert said(run(tests)) == []


ALWAYS = "\n@quickly\n@given(RETURNS)\ndef test_never(ret):\n    assert ret is None\n"


def test_nothing_is_reduced_where_that_is_turned_off(run: Run) -> None:
    assert said(run(ALWAYS, "--returns903-reduce", "0")) == []
    assert pasted(said(run(ALWAYS))).tables == {}


def test_the_search_ends_in_time_and_says_so(run: Run) -> None:
    lines = said(run(MANY_REVIEWS, "--returns903-reduce", "0.000001"))
    assert "; stopped after 1e-06 seconds, so there may be less" in lines[0]
    assert {"Header", "Reviews"} <= pasted(lines).tables.keys()


def test_a_cell_that_cannot_be_replaced_is_not_shown(run: Run) -> None:
    result = run("""
@quickly
@given(RETURNS)
def test_no_own_foster_carers(ret):
    assert "9900001" not in ret["Episodes"]["URN"].to_list()
""")
    lines = said(result)
    assert lines[0].endswith("; 1 cell not shown: it fails with what was drawn alone")
    assert pasted(lines)["Episodes"]["URN"].to_list() == ["(not shown)"]


def test_what_does_not_fail_again_is_not_reduced(run: Run) -> None:
    result = run("""
@quickly
@given(ret=RETURNS, data=st.data())
def test_draws(ret, data):
    assert data.draw(st.integers()) > 99
""")
    assert said(result) == [
        "the return cannot be reduced: the test does not fail alike when it is called again with what was drawn"
    ]


def test_the_returns_that_stand_ready_are_of_the_year_and_rules_of_the_marker(run: Run) -> None:
    run(
        """
pytestmark = pytest.mark.returns903(year="2023-24", rules=["375"])

def test_lawful(lawful_return):
    assert lawful_return.year.label == "2023-24"
    assert_valid(lawful_return)

@pytest.mark.returns903(year="2024-25")
class TestNearer:
    @pytest.mark.returns903(rules=["184"])
    def test_faulty(self, faulty_return):
        ret, rows = faulty_return
        assert (ret.year.label, list(rows)) == ("2024-25", ["184"])
        assert_flags(ret, rows)

    def test_rules_of_the_module(self, faulty_return):
        assert list(faulty_return.rows) == ["375"]
""",
        "--strict-markers",
    ).assert_outcomes(passed=3)


def test_without_a_marker_the_year_is_the_last_and_every_rule_has_its_fault(run: Run) -> None:
    run("""
from returns903.years import RULE_YEARS

def test_faulty(faulty_return):
    assert faulty_return.ret.year.label == RULE_YEARS[-1]
    assert len(faulty_return.rows) > 300
""").assert_outcomes(passed=1)


@pytest.mark.parametrize("given", ['"2024-25"', 'rule=["184"]', 'rules="184"'])
def test_a_marker_that_makes_no_sense_is_refused(given: str, run: Run) -> None:
    result = run(f"@pytest.mark.returns903({given})\ndef test_it(lawful_return):\n    pass")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*the marker takes year=*"])


COUNTED = """
@pytest.mark.returns903(year="2024-25", rules=["184"])
def test_one(faulty_return):
    assert_flags(faulty_return.ret, {"184": faulty_return.rows["184"]})

@pytest.mark.returns903(year="2024-25", rules=["375"])
def test_two(faulty_return):
    assert_flags(faulty_return.ret, {"375": faulty_return.rows["375"]})

@pytest.mark.returns903(year="2022-23")
def test_other_year(lawful_return):
    assert_valid(lawful_return)
"""
SUMS = ["rules that fired: 0 of 293 (2022-23)", "rules that fired: 2 of 305 (2024-25)"]


@pytest.mark.parametrize("options", [[], ["-n", "2"]], ids=["one process", "two workers"])
def test_the_rules_that_fired_are_counted(options: list[str], run: Run) -> None:
    result = run(COUNTED, "--returns903-rules", *options)
    result.assert_outcomes(passed=3)
    assert [line for line in result.stdout.lines if line.startswith("rules that fired")] == SUMS


def test_the_rules_that_never_fired_are_named_where_that_is_asked_for(run: Run) -> None:
    lines = run(COUNTED, "--returns903-rules", "-v").stdout.lines
    (never,) = (line for line in lines if line.startswith("never fired (2024-25)"))
    codes = never.partition(": ")[2].split(", ")
    assert len(codes) == 305 - 2
    assert not {"184", "375"} & set(codes)


def test_reducing_counts_for_nothing(run: Run) -> None:
    result = run(
        """
@quickly
@given(st.just(None))
def test_it(_):
    from returns903.testing.ready import faulty
    assert_flags(faulty("2024-25", ["184"]).ret, {"184": {}})
""",
        "--returns903-rules",
    )
    assert said(result)[0].startswith("the return on which rule 184 fires")
    assert "rules that fired: 1 of 305 (2024-25)" in result.stdout.lines


def test_nothing_is_counted_unless_asked_for(run: Run) -> None:
    assert not [line for line in run(COUNTED).stdout.lines if line.startswith("rules that fired")]
    result = run("def test_it():\n    pass", "--returns903-rules")
    assert "rules that fired: none, for no return was validated" in result.stdout.lines


HEAVY = {"polars", "pandera", "pydantic", "hypothesis", "returns903.returns", "returns903.rules"}


def test_a_run_that_uses_nothing_of_it_loads_nothing(tmp_path: Any) -> None:
    (tmp_path / "test_it.py").write_text("def test_it(): pass")
    options = ["-q", "-p", "no:cacheprovider", "-p", "no:hypothesispytest", str(tmp_path)]
    script = f"import pytest, sys; pytest.main({options!r}); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=tmp_path)
    loaded = set(done.stdout.split())
    assert "returns903.testing.plugin" in loaded
    assert not HEAVY & loaded
