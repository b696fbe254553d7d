"""The command that writes a return in another form."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from returns903 import read_return
from returns903.texts import texts
from tests.cli.conftest import FAULTS, Run


@pytest.mark.parametrize(
    ("output", "options", "said"),
    [
        ("r", "", ""),
        ("r", "--format parquet", ""),
        ("r.xlsx", "", ""),
        ("r.xml", "--format xml", "SWEpisodes: XML has no such table; 9 rows left out\n"),
    ],
)
def test_a_return_in_another_form(run: Run, tmp_path: Path, output: str, options: str, said: str) -> None:
    path = tmp_path / output
    assert run("convert", FAULTS, "-o", path, options) == (0, "", f"{said}written: {path}\n")
    wanted, again = (texts(read_return(place, year="2024-25")) for place in (FAULTS, path))
    assert len(again) == len(wanted) - (output == "r.xml")
    assert all(again[name].select(wanted[name].columns).equals(wanted[name]) for name in again)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("-o TMP/there.xml", "there.xml is there already: give --force to replace it"),
        ("-o TMP/return", "return is an input of this run, and no output replaces it"),
        ("-o TMP/return/r.xml", "lies in"),
        ("-o TMP/r.csv", "name a folder for csv and parquet"),
        ("-o TMP/r.xml --format xlsx", "a file .xml or .xlsx for these two"),
        ("-o TMP/r.xml --allow-missing Nothing", "'Nothing' is no table of the return"),
    ],
)
def test_what_is_refused(run: Run, tmp_path: Path, words: str, said: str) -> None:
    shutil.copytree(FAULTS, tmp_path / "return")
    (tmp_path / "there.xml").touch()
    status, out, told = run("convert", tmp_path / "return", words.replace("TMP", str(tmp_path)))
    assert (status, out) == (2, "")
    assert said in told
    assert {item.name for item in tmp_path.iterdir()} == {"return", "there.xml"}


def test_a_return_not_wholly_read_is_not_converted(run: Run, tmp_path: Path) -> None:
    shutil.copytree(FAULTS, tmp_path / "return")
    (tmp_path / "return" / "episodes.csv").unlink()
    status, _, told = run("convert", tmp_path / "return", "-o", tmp_path / "r.xml")
    assert status == 2
    assert "no table Episodes was read" in told
    assert "a return not wholly read is not converted" in told
    assert not (tmp_path / "r.xml").exists()
    assert run("convert", tmp_path / "return", "-o", tmp_path / "r.xml", "--allow-missing episodes")[0] == 0
