"""`returns903 synthesise`: what it writes is read, validated and named by the command that it tells."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from returns903 import read_return, validate
from returns903.testing import lives, synthesise
from tests.cli.conftest import Run
from tests.testing.test_synthesis import MAY_QUERY

MAKE = "synthesise --children 60 --seed 5 --year 2024-25 --output"


def told(err: str) -> str:
    """The command to check the return with, without the name of the program."""
    found = re.search("^check it: returns903 (.+)$", err, re.MULTILINE)
    assert found is not None
    return found[1]


def held(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("form", ["csv", "xml", "xlsx", "parquet"])
def test_the_command_that_is_told_validates_what_is_written(run: Run, tmp_path: Path, form: str) -> None:
    status, out, err = run(MAKE, tmp_path / "made", f"--previous --format {form}")
    assert (status, out) == (0, "")
    status, out, err = run(told(err), "--format csv")
    assert status == 0, err
    assert {line.split(",")[0] for line in out.splitlines()[1:]} <= MAY_QUERY


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_what_is_written_is_what_is_made(run: Run, tmp_path: Path, form: str) -> None:
    run(MAKE, tmp_path / "made", f"--previous --format {form}")
    suffix = "" if form in ("csv", "parquet") else f".{form}"
    now, before = (tmp_path / "made" / f"{name}{suffix}" for name in ("return", "previous"))
    read = read_return(now, year="2024-25", previous=before, local_authority=lives.AUTHORITY)
    made = synthesise(60, seed=5, year="2024-25").load()
    assert made.previous is not None
    assert read.previous is not None
    for some, others in ((read.tables, made.tables), (read.previous, made.previous)):
        assert {name: frame.drop("line", "file").to_dicts() for name, frame in some.items()} == {
            name: frame.drop("line", "file").to_dicts() for name, frame in others.items()
        }


def test_the_same_words_write_the_same_files(run: Run, tmp_path: Path) -> None:
    for name in ("one", "other"):
        run(MAKE, tmp_path / name, "--previous --faults 10%")
    assert held(tmp_path / "one") == held(tmp_path / "other")
    run(MAKE.replace("--seed 5", "--seed 6"), tmp_path / "third")
    assert held(tmp_path / "one")["return/header.csv"] != held(tmp_path / "third")["return/header.csv"]


def test_last_year_and_faults_are_written_where_they_are_asked_for(run: Run, tmp_path: Path) -> None:
    run(MAKE, tmp_path / "made")
    assert {name.partition("/")[0] for name in held(tmp_path / "made")} == {"return", "providers.csv", "postcodes.csv"}
    run(MAKE, tmp_path / "more", "--previous --faults 101")
    more = {name.partition("/")[0] for name in held(tmp_path / "more")} - {"return", "providers.csv", "postcodes.csv"}
    assert more == {"previous", "faults.csv"}


@pytest.mark.parametrize("given", ["101,503A", "0.2", "20%"])
def test_faults_are_told_and_found(run: Run, tmp_path: Path, given: str) -> None:
    *_, err = run(MAKE, tmp_path / "made", f"--previous --faults {given}")
    faults = pl.read_csv(tmp_path / "made" / "faults.csv", infer_schema=False)
    assert faults.columns == ["child", "rule", "changes"]
    assert faults["rule"].to_list() == ["101", "503A"] if "," in given else 5 < faults.height < 25
    *_, out = run(told(err), "--format csv --output", tmp_path / "found.csv")
    found = pl.read_csv(tmp_path / "found.csv", infer_schema=False).select("child", "rule").unique()
    assert faults.join(found, on=["child", "rule"], how="anti").is_empty(), out


def test_another_authority(run: Run, tmp_path: Path) -> None:
    *_, err = run(MAKE, tmp_path / "made", "--la Kent")
    assert "--la E10000016" in told(err)
    assert run(told(err))[0] == 0


def test_what_is_there_is_replaced_by_force_alone(run: Run, tmp_path: Path) -> None:
    run(MAKE, tmp_path / "made", "--previous --faults 101")
    before = held(tmp_path / "made")
    status, _, err = run(MAKE, tmp_path / "made")
    assert status == 2
    assert "give --force to replace it" in err
    assert held(tmp_path / "made") == before
    assert run(MAKE, tmp_path / "made", "--force --format xml")[0] == 0
    assert set(held(tmp_path / "made")) == {"return.xml", "providers.csv", "postcodes.csv"}


@pytest.mark.parametrize("stranger", ["notes.txt", "return/notes.txt", "previous/deeper/header.csv"])
def test_a_folder_with_anything_else_is_left_alone(run: Run, tmp_path: Path, stranger: str) -> None:
    (tmp_path / "made" / stranger).parent.mkdir(parents=True)
    (tmp_path / "made" / stranger).write_text("x", encoding="utf-8")
    status, _, err = run(MAKE, tmp_path / "made", "--force")
    assert status == 2
    assert "which is not of this program" in err
    assert held(tmp_path / "made") == {stranger: b"x"}


REFUSED = {
    "--children 0": "--children is a whole number from 1 to 1,000,000",
    "--children some": "--children is a whole number from 1 to 1,000,000",
    "--children 60 --seed -1": "--seed is a whole number from 0 to 4,294,967,295",
    "--children 60 --year 2019-20": "2019-20",
    "--children 60 --year soon": "'soon' is not a collection year",
    "--children 60 --format ods": "ods",
    "--children 60 --faults 999": "no rule 999",
    "--children 60 --faults ,": "--faults names nothing",
    "--children 60 --faults x.y": "a share such as 5% or 0.05",
    "--children 60 --faults 0%": "more than 0 and at most 1",
    "--children 60 --faults 150%": "more than 0 and at most 1",
    "--children 60 --faults 503A": "rule 503A reads last year's return, which is not asked for",
    "--children 60 --la Nowhere": "Nowhere",
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_makes_no_sense_is_refused_before_anything_is_written(run: Run, tmp_path: Path, words: str) -> None:
    year = "" if "--year" in words else "--year 2024-25"
    status, out, err = run("synthesise", words, year, "--output", tmp_path / "made")
    assert (status, out) == (2, "")
    assert REFUSED[words] in err
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_told_before_the_work(run: Run, tmp_path: Path) -> None:
    status, _, err = run("synthesise --children 1000000 --year 2024-25 --output", tmp_path / "none" / "made")
    assert status == 2
    assert "there is no folder" in err


def test_a_return_that_is_written_holds_all_that_rules_read(run: Run, tmp_path: Path) -> None:
    run(MAKE, tmp_path / "made", "--previous")
    folder = tmp_path / "made"
    read = read_return(
        folder / "return",
        year="2024-25",
        previous=folder / "previous",
        local_authority=lives.AUTHORITY,
        providers=folder / "providers.csv",
        postcodes=folder / "postcodes.csv",
    )
    assert not read.unread
    assert validate(read).codes("skipped") == ["105"]
