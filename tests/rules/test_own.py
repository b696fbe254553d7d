"""Rules of one's own hold beside the published ones; a file that makes none is told with its line."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import returns903
from returns903.errors import ConfigError
from returns903.rules import definitions, registry
from returns903.tables import Episodes
from returns903.testing import check_rule

GOOD = '''
from returns903 import rule
from returns903.tables import Episodes

@rule("LBX-1", flags=Episodes, fields=[Episodes.PLACE], severity="{severity}")
def at_u1():
    """{message}"""
    return Episodes.PLACE == "U1"
'''


@pytest.fixture(autouse=True)
def own_rules_end_with_the_test() -> Iterator[None]:
    definitions()
    before = {code: list(found) for code, found in registry._registry.items()}
    yield
    registry._registry.clear()
    registry._registry.update(before)


def written(folder: Path, text: str, name: str = "ours.py") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def good(message: str = "At U1.", severity: str = "error") -> str:
    return GOOD.format(message=message, severity=severity)


def a_return(*places: str) -> returns903.Return:
    frame = pl.DataFrame({"CHILD": [f"A{n}" for n, _ in enumerate(places)], "PLACE": places})
    return returns903.Return.from_frames({"Episodes": frame}, year="2024-25")


def test_a_rule_of_a_file_runs_beside_the_published_ones(tmp_path: Path) -> None:
    (told,) = returns903.load_rules(written(tmp_path, good()))
    assert (told.code, told.topic, told.message, told.when, told.is_own) == ("LBX-1", "ours", "At U1.", "", True)
    assert told in returns903.rules_in_force("2024-25")
    result = returns903.validate(a_return("U1", "U2"))
    assert result.outcomes["LBX-1"].count == 1
    assert len(result.outcomes) > 300
    assert returns903.validate(a_return("U2"), select="lbx").outcomes["LBX-1"].state == "passed"
    check_rule("LBX-1", fires=[{"Episodes": {"PLACE": "U1"}}], passes=[{"Episodes": {"PLACE": "U2"}}])


def test_a_rule_that_lacks_a_table_is_skipped(tmp_path: Path) -> None:
    text = good().replace('Episodes.PLACE == "U1"', "Episodes.PLACE == Episodes.last_year.PLACE")
    returns903.load_rules(written(tmp_path, text))
    outcome = returns903.validate(a_return("U1"), select="LBX-1").outcomes["LBX-1"]
    assert (outcome.state, outcome.reason) == ("skipped", "no previous return")


def test_a_rule_that_fails_crashes_alone_and_says_where(tmp_path: Path) -> None:
    text = good().replace('Episodes.PLACE == "U1"', "Episodes.PLACE.list.first() == 'U1'")
    returns903.load_rules(written(tmp_path, text))
    outcomes = returns903.validate(a_return("U1")).outcomes
    crashed = {code: outcome.reason for code, outcome in outcomes.items() if outcome.state == "crashed"}
    assert list(crashed) == ["LBX-1"]
    assert str(crashed["LBX-1"]).endswith("in ours.at_u1")


def test_a_file_loaded_again_says_what_it_says_now(tmp_path: Path) -> None:
    returns903.load_rules(written(tmp_path, good("One.")))
    (told,) = returns903.load_rules(written(tmp_path, good("Two.")))
    assert told.message == "Two."
    with pytest.raises(ConfigError):
        returns903.load_rules(written(tmp_path, "x ="))
    assert "LBX-1" not in {d.code for d in definitions()}


def test_files_of_one_name_are_two(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    returns903.load_rules(written(tmp_path, good()))
    returns903.load_rules(written(tmp_path / "other", good().replace("LBX-1", "LBY-1")))
    assert {"LBX-1", "LBY-1"} <= {d.code for d in definitions()}
    with pytest.raises(ConfigError, match=r"ours\.py:5: two definitions of rule LBX-1 are in force in one year"):
        returns903.load_rules(written(tmp_path / "other", good()))


def test_nothing_is_left_beside_a_file(tmp_path: Path) -> None:
    returns903.load_rules(written(tmp_path, good()))
    assert [path.name for path in tmp_path.iterdir()] == ["ours.py"]
    assert str(tmp_path) not in sys.path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 1\nx =\n", r"^ours\.py:2: SyntaxError: invalid syntax$"),
        ("\nimport no_such_module_at_all\n", r"^ours\.py:2: ModuleNotFoundError: No module named"),
        ("x = 1\n", r"^ours\.py holds no rule: a rule is a function under @returns903\.rule"),
        ("", r"^ours\.py holds no rule"),
        (good().replace("LBX-1", "361"), r"^ours\.py:5: rule 361 has a code without a prefix of its own"),
        (good().replace("LBX-1", "LBX-"), r"rule LBX- has a code without a prefix"),
        (good(severity="bad"), r"^ours\.py:5: rule LBX-1 is neither error nor query$"),
        (good(message=" "), r"^ours\.py:5: rule LBX-1 says nothing: the first paragraph"),
        (good("One.\n\n    Then: what."), r"rule LBX-1: a paragraph of its text begins with none of When, Why, Fix"),
        (good().replace("flags=Episodes", "flags='Episodes'"), r"rule LBX-1 flags something that is no table"),
        (good().replace("flags=Episodes", "flags=()"), r"rule LBX-1 flags something that is no table"),
        (good().replace("[Episodes.PLACE]", "[Episodes.PLACES]"), r"^ours\.py:5: AttributeError: "),
        (good().replace("[Episodes.PLACE]", "['PLACE']"), r"rule LBX-1 has fields that are no columns of tables"),
        (good().replace("[Episodes.PLACE]", "[]"), r"rule LBX-1 has fields that are no columns of tables"),
        (
            good().replace("severity=", "since='1999-00', severity="),
            r"rule LBX-1 begins in no collection year with pub",
        ),
        (good().replace("severity=", "until='2099-00', severity="), r"rule LBX-1 ends in no collection year with publ"),
    ],
)
def test_a_file_that_makes_no_rule(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        returns903.load_rules(written(tmp_path, text))
    assert not [d for d in definitions() if d.is_own]


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"^none\.py: cannot be read \(No such file or directory\)$"):
        returns903.load_rules(tmp_path / "none.py")
    (tmp_path / "bytes.py").write_bytes(b"x = '\xff'\n")
    with pytest.raises(ConfigError, match=r"^bytes\.py:1: SyntaxError: "):
        returns903.load_rules(tmp_path / "bytes.py")


def test_a_function_defined_again_takes_the_place_of_the_one_before() -> None:
    def define(place: str) -> None:
        @returns903.rule("LBX-2", flags=Episodes, fields=[Episodes.PLACE])
        def at_some_place() -> pl.Expr:
            """At some place."""
            return Episodes.PLACE == place

    define("U1")
    define("U2")
    assert returns903.validate(a_return("U1", "U2"), select="LBX-2").findings["row"].to_list() == [1]


def test_an_own_error_is_accepted_as_it_is(tmp_path: Path) -> None:
    from returns903.accepting.held import published_errors

    returns903.load_rules(written(tmp_path, good()))
    result = returns903.validate(a_return("U1"))
    assert "361" in published_errors(result)
    assert "LBX-1" not in published_errors(result)


def test_no_published_rule_is_taken_for_ones_own() -> None:
    assert not [d.code for d in definitions() if d.is_own]


def packaged(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    entry = EntryPoint("ours", value, registry.PACKAGED)
    monkeypatch.setattr(registry, "entry_points", lambda group: [entry] if group == registry.PACKAGED else [])
    monkeypatch.setattr(registry, "_loaded", False)


def test_rules_of_an_installed_package_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, good(), "a_vendors_rules.py")
    monkeypatch.syspath_prepend(tmp_path)
    packaged(monkeypatch, "a_vendors_rules")
    assert "LBX-1" in {d.code for d in definitions()}


def test_a_package_whose_rules_cannot_be_loaded_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    packaged(monkeypatch, "no_such_module_at_all")
    with pytest.raises(
        ConfigError, match=r"the rules of an installed package cannot be loaded \(no_such_module_at_all"
    ):
        definitions()


def shell(*words: str | Path, at: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "returns903", *map(str, words)]
    return subprocess.run(command, cwd=at, capture_output=True, text=True, check=False)


@pytest.fixture
def a_folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "header.csv").write_text("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nA1,1,01/01/2015,WBRI,,,\n")
    (tmp_path / "data" / "episodes.csv").write_text(
        "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
        "A1,01/05/2024,S,C2,N1,U1,PR1,,,,,,\n"
    )
    written(tmp_path, good())
    return tmp_path


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("validate", "data", "--rules", "ours.py", "--select", "LBX"), 1, "LBX-1"),
        (("child", "A1", "data", "--rules", "ours.py"), 0, "At U1."),
        (("rule", "LBX-1", "--rules", "ours.py"), 0, "# LBX-1: At U1."),
        (("rule", "LBX-1", "--where", "--rules", "ours.py"), 0, "ours.py:5"),
        (("rules", "--rules", "ours.py"), 0, "LBX-1"),
        (("reduce", "data", "--rule", "LBX-1", "--rules", "ours.py"), 0, "PLACE"),
    ],
)
def test_commands_take_a_file_of_rules(a_folder: Path, words: Any, status: int, said: str) -> None:
    done = shell(*words, at=a_folder)
    assert (done.returncode, done.stderr if done.returncode == 2 else "") == (status, "")
    assert said in done.stdout


def test_the_file_of_settings_names_rules(a_folder: Path) -> None:
    (a_folder / "returns903.toml").write_text('rules = ["ours.py"]\n')
    (a_folder / "deeper").mkdir()
    done = shell("validate", "../data", "--select", "LBX", at=a_folder / "deeper")
    assert done.returncode == 1
    assert "LBX-1" in done.stdout


def test_nothing_is_run_from_the_folder_of_the_data(a_folder: Path) -> None:
    (a_folder / "data" / "deep").mkdir()
    written(a_folder / "data" / "deep", "raise SystemExit(0)")
    done = shell("validate", "data", "--rules", "data/deep/ours.py", at=a_folder)
    assert done.returncode == 2
    assert "ours.py lies in the folder of the data, from which nothing is run" in done.stderr


def test_a_bad_file_is_told_in_one_line(a_folder: Path) -> None:
    written(a_folder, "x =\n")
    done = shell("validate", "data", "--rules", "ours.py", at=a_folder)
    assert (done.returncode, done.stderr) == (2, "returns903: ours.py:1: SyntaxError: invalid syntax\n")


def test_the_example_passes_its_tests() -> None:
    example = Path(__file__).parents[2] / "examples" / "own-rules"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=example, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
