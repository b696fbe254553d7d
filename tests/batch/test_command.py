"""The command line of a batch: exit status, screens, and options that do not go together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.batch.conftest import CALM, KENT, LEEDS, contents
from tests.cli.conftest import Run, run  # noqa: F401


@pytest.fixture
def many(run: Run, returns: Path, tmp_path: Path) -> Run:  # noqa: F811
    def call(*words: str | Path) -> tuple[int, str, str]:
        return run("--no-config validate --processes 1 --batch", returns, "--output", tmp_path / "out", *words)

    return call


def test_the_summary_names_returns_and_rules_and_no_child(many: Run) -> None:
    status, out, err = many()
    assert status == 1
    assert "3 returns: 2 with findings, 1 passed." in out
    assert all(name in out for name in (CALM, KENT, LEEDS, "Barking and Dagenham", "356"))
    assert "EX0" not in out + err
    assert "written: " in err


def test_the_same_run_again_says_what_it_kept_and_the_same_summary(many: Run) -> None:
    first, again = many(), many()
    assert again[:2] == first[:2]
    assert "3 returns had not changed since an earlier run, and are kept" in again[2]


STATUS = [
    ("", 1),
    ("--fail-on never", 0),
    ("--ignore 1,2,3,4,5,6,7,8,9,S,I,N,P,R,D,U --fail-on query", 2),
    ("--select 356", 1),
    ("--select 141 --severity 141=query", 0),
    ("--select 141 --severity 141=query --fail-on query", 1),
]


@pytest.mark.parametrize(("options", "status"), STATUS)
def test_the_exit_status_is_that_of_the_worst_return(many: Run, options: str, status: int) -> None:
    assert many(options)[0] == status


def test_a_failed_return_gives_2_and_is_told_last(many: Run, returns: Path) -> None:
    (returns / "empty").mkdir()
    status, out, err = many()
    assert status == 2
    assert "failed: empty: empty: no table of the return" in " ".join(out.split())
    assert err.splitlines()[-1] == "1 return failed: empty"


def test_json_on_the_screen_is_the_summary_in_the_dataset(many: Run, tmp_path: Path) -> None:
    status, out, _ = many("--format json")
    assert status == 1
    told = json.loads(out)
    assert told == json.loads((tmp_path / "out" / "summary" / "summary.json").read_text(encoding="utf-8"))
    assert told["states"] == {"failed": 0, "findings": 2, "passed": 1}
    assert [each["return"] for each in told["returns"]] == [LEEDS, CALM, KENT]
    assert {rule["rule"] for rule in told["rules"] if rule["findings"]} >= {"141", "356"}


REFUSED = [
    ("--la 301", "--la is of one return and does not go with --batch"),
    ("--show-ids", "--show-ids is of one return"),
    ("--baseline x.json", "--baseline is of one return"),
    ("--accepted x.toml", "--accepted is of one return"),
    ("--force", "--force is of one return"),
    ("--output second", "--batch needs one --output"),
    ("--format csv", "the summary of a batch is shown as text or json"),
    ("--processes 0", "--processes is a whole number from 1"),
    ("--tables nothing", "there is no table 'nothing'"),
    ("--tables reviews_due --no-ids", "has a row a child"),
    ("--previous nowhere", "nowhere is no folder; for a batch"),
    ("--select nothing", "nothing"),
]


@pytest.mark.parametrize(("options", "said"), REFUSED)
def test_what_does_not_go_with_a_batch_is_refused(many: Run, tmp_path: Path, options: str, said: str) -> None:
    status, out, err = many(options)
    assert (status, out) == (2, "")
    assert said in err
    assert not list((tmp_path / "out").glob("year=*"))


@pytest.mark.parametrize("options", ["--no-ids", "--processes 2", "--tables scorecard", "--dask tcp://x"])
def test_what_only_a_batch_takes_is_refused_without_one(run: Run, returns: Path, options: str) -> None:  # noqa: F811
    status, _, err = run("validate", returns / KENT, options)
    assert status == 2
    assert "goes with --batch alone" in err


def test_a_path_is_needed_where_there_is_no_batch(run: Run) -> None:  # noqa: F811
    assert "PATH" in run("validate")[2]


def test_no_identifier_is_kept_where_none_is_wanted(many: Run, tmp_path: Path) -> None:
    many("--no-ids")
    assert not any(b"EX0" in content for content in contents(tmp_path / "out").values())
