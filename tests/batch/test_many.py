"""A batch finds what each validation by itself finds, redoes what changed, and goes on past what is broken."""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import returns903
from returns903 import Batch, ConfigError, InputError, validate_many
from tests.batch.conftest import CALM, FAULTS, KENT, LEEDS, contents

YEAR = "2024-25"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return tmp_path / "out"


def alone(folder: Path, name: str) -> returns903.Result:
    return returns903.validate(returns903.read_return(folder / name, year=YEAR, local_authority=name))


def test_it_finds_what_each_validation_finds(returns: Path, here: Path) -> None:
    batch = validate_many(returns, output=here, processes=2)
    assert batch.returns.select("return", "year", "authority", "state").rows() == [
        (LEEDS, YEAR, LEEDS, "findings"),
        (CALM, YEAR, CALM, "passed"),
        (KENT, YEAR, KENT, "findings"),
    ]
    for name in (CALM, KENT, LEEDS):
        result = alone(returns, name)
        found = batch.scan("findings").filter(pl.col("return") == name).collect()
        assert_frame_equal(found.select(result.findings.columns), result.findings)
        outcomes = batch.scan("outcomes").filter(pl.col("return") == name).collect()
        assert_frame_equal(outcomes.select(result.by_rule().columns), result.by_rule())
        reading = batch.scan("reading").filter(pl.col("return") == name).collect()
        assert reading.height >= result.reading.height
    whole = pl.read_parquet(here / "year=*/authority=*/return=*/findings.parquet", hive_partitioning=True)
    assert whole.height == sum(alone(returns, name).findings.height for name in (KENT, LEEDS))


def test_by_rule_adds_up(returns: Path, here: Path) -> None:
    batch = validate_many(returns, output=here, processes=1)
    rules, found = batch.by_rule(), [alone(returns, name).by_rule() for name in (CALM, KENT, LEEDS)]
    for count in ("findings", "children"):
        assert rules.get_column(count).sum() == sum(each.get_column(count).sum() for each in found)
    states = rules.select("passed", "with_findings", "skipped", "crashed").sum_horizontal()
    assert set(states) == {3}
    assert rules.get_column("rule").to_list() == found[0].get_column("rule").to_list()


def test_the_bytes_do_not_depend_on_who_does_the_work(returns: Path, tmp_path: Path) -> None:
    validate_many(returns, output=tmp_path / "one", processes=1, tables=["scorecard"])
    validate_many(returns, output=tmp_path / "two", processes=2, tables=["scorecard"])
    with ThreadPoolExecutor(2) as pool:
        validate_many(returns, output=tmp_path / "threads", client=pool, tables=["scorecard"])
    assert contents(tmp_path / "one") == contents(tmp_path / "two") == contents(tmp_path / "threads")


def _change_a_file(returns: Path) -> None:
    file = returns / KENT / "episodes.csv"
    file.write_bytes(file.read_bytes() + b"\n")


def _add_a_file(returns: Path) -> None:
    (returns / KENT / "notes.txt").write_text("nothing\n", encoding="utf-8")


def _rename_a_file(returns: Path) -> None:
    (returns / KENT / "episodes.csv").rename(returns / KENT / "other.csv")


@pytest.mark.parametrize("change", [_change_a_file, _add_a_file, _rename_a_file])
def test_only_what_changed_is_redone(returns: Path, here: Path, change: Callable[[Path], None]) -> None:
    assert validate_many(returns, output=here, processes=1).fresh == {CALM, KENT, LEEDS}
    before = contents(here)
    again = validate_many(returns, output=here, processes=1)
    assert again.fresh == set()
    assert contents(here) == before
    change(returns)
    assert validate_many(returns, output=here, processes=1).fresh == {KENT}


@pytest.mark.parametrize("options", [{"ignore": "103"}, {"ids": False}, {"severity": {"103": "query"}}])
def test_another_question_is_answered_anew(returns: Path, here: Path, options: dict[str, object]) -> None:
    validate_many(returns, output=here, processes=1)
    assert validate_many(returns, output=here, processes=1, **options).fresh == {CALM, KENT, LEEDS}  # type: ignore[arg-type]


def _gone(folder: Path) -> None:
    (folder / "outcomes.parquet").unlink()


def _half(folder: Path) -> None:
    file = folder / "findings.parquet"
    file.write_bytes(file.read_bytes()[:100])


def _no_entry(folder: Path) -> None:
    (folder / "run.json").unlink()


def _no_json(folder: Path) -> None:
    (folder / "run.json").write_text("{", encoding="utf-8")


@pytest.mark.parametrize("harm", [_gone, _half, _no_entry, _no_json])
def test_half_a_result_does_not_count(returns: Path, here: Path, harm: Callable[[Path], None]) -> None:
    whole = validate_many(returns, output=here, processes=1)
    before = contents(here)
    harm(here / f"year={YEAR}" / f"authority={KENT}" / f"return={KENT}")
    again = validate_many(returns, output=here, processes=1)
    assert again.fresh == {KENT}
    assert contents(here) == before
    assert again.returns.equals(whole.returns)


def test_what_a_killed_run_left_is_dropped(returns: Path, here: Path) -> None:
    part = here / ".returns903-0123456789ab.part"
    part.mkdir(parents=True)
    (part / "findings.parquet").write_bytes(b"half")
    validate_many(returns, output=here, processes=1)
    assert not part.exists()


def test_a_return_that_cannot_be_read_is_named_and_stops_no_other(returns: Path, here: Path) -> None:
    (returns / "empty").mkdir()
    (returns / "broken.zip").write_bytes(b"PK no zip")
    (returns / "bomb.xml").write_text("<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", encoding="utf-8")
    os.mkfifo(returns / "empty" / "pipe.csv")
    batch = validate_many(returns, output=here, processes=2)
    assert set(batch.failures) == {"empty", "broken", "bomb"}
    assert batch.returns.filter(state="failed").get_column("why").null_count() == 0
    assert batch.returns.filter(pl.col("state") != "failed").height == 3
    assert validate_many(returns, output=here, processes=1).fresh == {"empty", "broken", "bomb"}


def test_a_return_that_can_no_longer_be_read_leaves_nothing_of_before(returns: Path, here: Path) -> None:
    validate_many(returns, output=here, processes=1)
    shutil.rmtree(returns / KENT)
    (returns / KENT).mkdir()
    batch = validate_many(returns, output=here, processes=1)
    assert set(batch.failures) == {KENT}
    assert not list(here.glob(f"year=*/authority=*/return={KENT}"))


def test_a_return_that_is_no_pass_is_kept_and_told(returns: Path, here: Path) -> None:
    (returns / CALM / "more.xlsx").write_bytes(b"no workbook")
    batch = validate_many(returns, output=here, processes=1)
    assert "more.xlsx" in batch.failures[CALM][0]
    assert batch.scan("outcomes").filter(pl.col("return") == CALM).collect().height
    assert not validate_many(returns, output=here, processes=1).fresh


def test_a_return_that_changes_its_year_moves(returns: Path, here: Path) -> None:
    validate_many(returns, output=here, processes=1)
    validate_many(returns, output=here, processes=1, year="2025-26")
    stand = {path.parts[-3:] for path in here.glob("year=*/authority=*/return=*")}
    assert stand == {("year=2025-26", f"authority={name}", f"return={name}") for name in (CALM, KENT, LEEDS)}


def test_returns_of_earlier_runs_stay(returns: Path, here: Path) -> None:
    validate_many(returns, output=here, processes=1)
    batch = validate_many([{"path": returns / KENT, "authority": KENT}], output=here, processes=1)
    assert batch.fresh == set()
    assert batch.returns.height == 1
    assert len(list(here.glob("year=*/authority=*/return=*"))) == 3
    manifest = json.loads((here / "manifest.json").read_text(encoding="utf-8"))
    assert [each["name"] for each in manifest["returns"]] == [LEEDS, CALM, KENT]


def test_identifiers_are_left_out(returns: Path, here: Path) -> None:
    kept = validate_many(returns, output=here, processes=1)
    children = kept.scan("findings").select("child").drop_nulls().unique().collect().to_series().to_list()
    assert children
    batch = validate_many(returns, output=here, processes=1, ids=False)
    assert "child" not in batch.scan("findings").collect_schema()
    assert "child" not in batch.scan("reading").collect_schema()
    for name, content in contents(here).items():
        for child in children:
            assert child.encode() not in content, name


def test_no_summary_holds_an_identifier(returns: Path, here: Path) -> None:
    batch = validate_many(returns, output=here, processes=1)
    children = batch.scan("findings").select("child").drop_nulls().unique().collect().to_series().to_list()
    for name, content in contents(here / "summary").items():
        assert not any(child.encode() in content for child in children), name
    assert set(contents(here / "summary")) == {
        "returns.parquet",
        "rules.parquet",
        "summary.html",
        "summary.json",
        "summary.txt",
    }


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
def test_what_holds_identifiers_is_its_owners_alone(returns: Path, here: Path) -> None:
    validate_many(returns, output=here, processes=1)
    for path in (here, *here.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_derived_tables_are_kept(returns: Path, here: Path) -> None:
    batch = validate_many(returns, output=here, processes=1, tables=["looked_after_on", "periods_of_care"])
    expected = returns903.derive.periods_of_care(
        returns903.read_return(returns / KENT, year=YEAR, local_authority=KENT)
    )
    found = batch.scan("periods_of_care").filter(pl.col("return") == KENT).collect()
    assert found.height == expected.height


MAKES_NO_SENSE = [
    ({"select": "nothing"}, "nothing"),
    ({"ignore": ["zzz"]}, "zzz"),
    ({"rules_year": "1999-00"}, "no rules are known"),
    ({"tables": ["nothing"]}, "there is no table"),
    ({"tables": ["periods_of_care"], "ids": False}, "has a row a child"),
    ({"processes": 0}, "processes is a whole number"),
    ({"processes": 2, "client": ThreadPoolExecutor(1)}, "give processes of this machine, or a client"),
    ({"client": "tcp://x"}, "client takes a Dask client"),
    ({"rules": ["none.py"]}, "none.py"),
    ({"allow_missing": ["Nothing"]}, "no table of the return"),
]


@pytest.mark.parametrize(("options", "said"), MAKES_NO_SENSE)
def test_what_makes_no_sense_is_refused_before_the_work(
    returns: Path, here: Path, options: dict[str, object], said: str
) -> None:
    with pytest.raises(ConfigError, match=said):
        validate_many(returns, output=here, **options)  # type: ignore[arg-type]
    assert not list(here.glob("year=*"))


def test_no_output_lies_in_or_around_an_input(returns: Path, tmp_path: Path) -> None:
    before = contents(tmp_path)
    for place in (returns / KENT, returns / KENT / "out", tmp_path):
        with pytest.raises(ConfigError, match=r"input of this run|which this run reads|not of this program"):
            validate_many(returns, output=place)
    assert contents(tmp_path) == before


def test_a_folder_with_something_else_is_left_alone(returns: Path, here: Path) -> None:
    here.mkdir()
    (here / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"holds mine.txt, which is not of this program"):
        validate_many(returns, output=here)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_an_output_that_cannot_be_written_is_told(returns: Path, tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    with pytest.raises(InputError, match="cannot be written"):
        validate_many(returns, output=tmp_path / "locked" / "out")


def test_a_notebook_shows_no_identifier(returns: Path, here: Path) -> None:
    batch: Batch = validate_many(returns, output=here, processes=1)
    assert repr(batch) == "<Batch of 3 returns: 2 findings, 1 passed>"
    assert "EX0" not in batch._repr_html_()
    with pytest.raises(ConfigError, match="holds no 'nothing'"):
        batch.scan("nothing")


def test_a_file_that_changes_while_it_is_read_is_not_kept(
    returns: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = returns903.read_return

    def changed(**given: object) -> returns903.Return:
        found = read(**given)  # type: ignore[arg-type]
        if given["local_authority"] == KENT:
            _change_a_file(returns)
        return found

    monkeypatch.setattr(returns903, "read_return", changed)
    with ThreadPoolExecutor(1) as pool:
        batch = validate_many(returns, output=here, client=pool)
    assert list(batch.failures) == [KENT]
    assert "changed while they were read" in batch.failures[KENT][0]


def test_a_worker_of_another_version_is_refused(returns: Path, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from returns903.batch import work

    asked = work.programs()
    monkeypatch.setattr(work, "programs", lambda: asked | {"returns903": "0.0.9"})
    with ThreadPoolExecutor(1) as pool:
        batch = validate_many([FAULTS], output=here, client=pool)
    assert set(batch.failures) == {FAULTS.name}
