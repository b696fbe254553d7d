"""Names that people choose, with markup or characters that steer a terminal: shown as they are, or without those."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from tests.cli.conftest import CLEAN, FAULTS, PUBLISHED, Run

STEERING = "\x1b]0;owned\a\x1b[31m"
NASTY = ["[/x].csv", "[red]epi[bold].csv", "[link=x]e.csv", f"{STEERING}.csv", "a\tb\nc.csv", "\u202egpj.csv"]


def _in_folder(target: Path, name: str) -> Path:
    if "/" in name:
        pytest.skip("no name of a file")
    shutil.copytree(FAULTS, target / "RET")
    (target / "RET" / "episodes.csv").rename(target / "RET" / name)
    return target / "RET"


def _in_zip(target: Path, name: str) -> Path:
    with zipfile.ZipFile(target / "RET.zip", "w") as archive:
        for path in FAULTS.iterdir():
            archive.write(path, name if path.name == "episodes.csv" else path.name)
    return target / "RET.zip"


def _as_folder(target: Path, name: str) -> Path:
    folder = target / name.replace("/", "")
    shutil.copytree(FAULTS, folder)
    return folder


@pytest.mark.parametrize("name", NASTY)
@pytest.mark.parametrize("made", [_in_folder, _in_zip, _as_folder])
def test_a_file_may_have_any_name(run: Run, tmp_path: Path, made: Callable[[Path, str], Path], name: str) -> None:
    path = made(tmp_path, name)
    for options in ("--year 2024-25", "--format csv", "--format json"):
        status, out, err = run("validate", path, options)
        assert status == 1
        assert clean(out + err)
    status, out, _ = run("validate", path)
    assert "Errors: 16 findings" in out
    shown = "".join(c if c.isprintable() else "?" for c in name.rpartition("/")[2])
    assert made is _as_folder or shown in out.replace("\n", "")


@pytest.mark.parametrize("sheet", ["episodes", "bold", "red", "link=x"])
def test_a_sheet_may_have_any_name(run: Run, tmp_path: Path, sheet: str) -> None:
    book = xlsxwriter.Workbook(tmp_path / "r.xlsx")
    for name, file in ((sheet, "episodes.csv"), ("other", "header.csv")):
        page = book.add_worksheet(name)
        for number, line in enumerate((FAULTS / file).read_text(encoding="utf-8").splitlines()):
            page.write_row(number, 0, line.split(","))
    book.close()
    _, out, _ = run("validate", tmp_path / "r.xlsx", "--year 2024-25")
    assert f"r.xlsx [{sheet}]" in out


@pytest.mark.parametrize(
    "words",
    [
        ["validate"],
        ["validate", CLEAN, "--previous"],
        ["validate", CLEAN, "--providers"],
        ["validate", CLEAN, "--postcodes"],
        ["validate", CLEAN, "--output"],
        ["validate", CLEAN, "--la"],
        ["validate", CLEAN, "--year"],
        ["validate", CLEAN, "--select"],
        ["validate", CLEAN, "--format"],
        ["validate", CLEAN, "--allow-missing"],
        ["child EX003"],
        ["tidy"],
        ["tidy", CLEAN, "--output"],
        ["child", CLEAN],
        ["child EX003", CLEAN, "--previous"],
        ["config"],
        ["--config"],
        ["tables", CLEAN, "--output"],
        ["tables", CLEAN, "--only"],
        ["tables", CLEAN, "--population"],
        ["tables", CLEAN, "--only not_judged --local-categories"],
        ["reconcile"],
        ["reduce"],
        ["reduce", CLEAN, "--rule"],
        ["reduce", CLEAN, "--rule 101 --output"],
        ["reconcile", PUBLISHED, "--return"],
        ["rule"],
        ["schema"],
        ["rules", "--year"],
        ["validate", CLEAN, "--format csv"],
    ],
)
def test_no_argument_reaches_the_terminal_raw(run: Run, words: list[str | Path]) -> None:
    status, out, err = run(*words, Path(f"{STEERING}no/such"))
    assert status == 2
    assert clean(out + err)


def test_no_setting_reaches_the_terminal_raw(run: Run) -> None:
    status, out, err = run("config validate --year", Path(f"{STEERING}no/such"))
    assert status == 0
    assert "?]0;owned??[31mno/such" in out
    assert clean(out + err)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--population x", "--population is a whole number from 1 to 100,000,000"),
        ("--population 0", "--population is a whole number from 1 to 100,000,000"),
        ("--population 12345678901234567890123", "--population is a whole number from 1 to 100,000,000"),
        ("--population ²", "--population is a whole number from 1 to 100,000,000"),
        ("--disclosure hide", "invalid value for '--disclosure': 'hide' is not one of 'suppress', 'round', 'none'"),
        ("--only ,", "--only names nothing"),
        ("--nonsense", "no such option"),
    ],
)
def test_what_is_wrong_with_an_option_is_said_in_plain_words(run: Run, words: str, said: str) -> None:
    status, out, err = run("tables", CLEAN, words)
    assert (status, out) == (2, "")
    assert said in err
    assert len(err.splitlines()) == 1
    assert "alue error" not in err


def clean(text: str) -> bool:
    """Whether a text steers no terminal."""
    return all(c.isprintable() or c == "\n" for c in text)
