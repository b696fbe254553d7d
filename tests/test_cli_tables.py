"""The command `tables`: what it writes, what it says, and its exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import fastexcel
import polars as pl
import pytest
import typer

from returns903 import cli
from returns903.cli.tables import tables
from returns903.published.catalogue import AGGREGATES
from tests.reports.tables_example import CATEGORIES, EXAMPLE

CLEAN = Path(__file__).resolve().parents[1] / "examples" / "clean-return"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(tables)
    app.callback()(lambda: None)
    monkeypatch.setattr(cli, "app", app)

    def call(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["returns903", "tables", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        out, err = capsys.readouterr()
        return int(left.value.code or 0), out, err

    return call


def test_csv_into_a_folder(run: Run, tmp_path: Path) -> None:
    status, out, err = run(CLEAN, "--year", "2024-25", "--output", tmp_path / "out")
    assert (status, out) == (0, "")
    assert f"written: {len(AGGREGATES) + 1} files" in err
    names = {path.stem for path in (tmp_path / "out").iterdir()}
    assert {"breakdowns", "scorecard", "about"} <= names
    assert not {"periods_of_care", "leaving_care", "reviews_due"} & names


def test_the_year_is_inferred_and_said(run: Run, tmp_path: Path) -> None:
    assert "2024-25" in run(CLEAN, "--output", tmp_path)[2]


def test_tables_of_children_when_named_and_said(run: Run, tmp_path: Path) -> None:
    status, _, err = run(CLEAN, "--year", "2024-25", "--only", "periods_of_care,legal_status_on", "--output", tmp_path)
    assert status == 0
    assert "periods_of_care holds a row a child, with identifiers: not for publication" in err
    assert "EX001" in (tmp_path / "periods_of_care.csv").read_text(encoding="utf-8")
    assert (tmp_path / "legal_status_on.csv").read_text(encoding="utf-8").count(",c,") > 0


def test_no_disclosure_control_is_said_and_stamped(run: Run, tmp_path: Path) -> None:
    status, _, err = run(CLEAN, "--year", "2024-25", "--disclosure", "none", "--output", tmp_path)
    assert status == 0
    assert "Not for publication" in err
    assert "periods_of_care, " in err
    assert pl.read_csv(tmp_path / "breakdowns.csv").get_column("disclosure_control").unique().to_list() == ["none"]
    assert (tmp_path / "reviews_due.csv").exists()


def test_figures_are_held_against_those_of_a_file(run: Run, tmp_path: Path) -> None:
    given = tmp_path / "england.csv"
    given.write_text("measure,target,England\nwithin_20_miles,99.5,74\n", encoding="utf-8")
    page = tmp_path / "pack.html"
    words = (CLEAN, "--year", "2024-25", "--pack", "annual-report", "--disclosure", "none", "--compare", given)
    assert run(*words, "--output", page)[0] == 0
    assert "England 74.0%" in page.read_text(encoding="utf-8")
    given.write_text("measure,England\nnonsense,74\n", encoding="utf-8")
    status, _, err = run(*words, "--output", tmp_path / "other.html")
    assert status == 2
    assert "no measure that can be compared" in " ".join(err.split())
    assert run(*words, "--output", given, "--format", "html", "--force")[0] == 2


@pytest.mark.parametrize("form", ["xlsx", "html", "json"])
def test_one_file_by_its_name_or_by_format(run: Run, tmp_path: Path, form: str) -> None:
    one, other = tmp_path / f"t.{form}", tmp_path / "tables"
    assert run(CLEAN, "--year", "2024-25", "--output", one)[0] == 0
    assert run(CLEAN, "--year", "2024-25", "--format", form, "--output", other)[0] == 0
    if form == "json":
        assert json.loads(one.read_text(encoding="utf-8")) == json.loads(other.read_text(encoding="utf-8"))
    assert one.stat().st_size == pytest.approx(other.stat().st_size, rel=0.01)


def test_parquet(run: Run, tmp_path: Path) -> None:
    assert run(CLEAN, "--year", "2024-25", "--format", "parquet", "--output", tmp_path)[0] == 0
    assert pl.read_parquet(tmp_path / "breakdowns.parquet").schema["children"] == pl.UInt32


def test_stdout(run: Run) -> None:
    status, out, _ = run(CLEAN, "--year", "2024-25", "--only", "not_judged")
    assert status == 0
    assert out.splitlines()[0] == "reason,rows"
    assert json.loads(run(CLEAN, "--year", "2024-25", "--format", "json")[1])["run"]["year"] == "2024-25"


def test_the_pack(run: Run, tmp_path: Path) -> None:
    words = (
        EXAMPLE / "return",
        "--previous",
        EXAMPLE / "previous",
        "--year",
        "2018-19",
        "--la",
        "E09000002",
        "--pack",
        "annual-report",
        "--local-categories",
        CATEGORIES,
        "--population",
        90000,
        "--output",
        tmp_path,
    )
    status, _, err = run(*words)
    assert status == 0, err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["annual-report.html", "annual-report.xlsx"]
    assert "One night before dispersal" in (tmp_path / "annual-report.html").read_text(encoding="utf-8")
    assert "Scorecard" in fastexcel.read_excel(tmp_path / "annual-report.xlsx").sheet_names
    assert "AR0" not in (tmp_path / "annual-report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([CLEAN, "--output", "no/such/folder/t.json"], "cannot be written: there is no folder"),
        ([CLEAN, "--output", "no/such/folder"], "cannot be written: there is no folder"),
        ([CLEAN, "--only", "nonsense", "--output", "x"], "no table 'nonsense'"),
        ([CLEAN, "--only", "scorecard", "--pack", "annual-report", "--output", "x"], "--pack or --only"),
        ([CLEAN, "--pack", "annual-report"], "give --output"),
        ([CLEAN], "give --output"),
        ([CLEAN, "--format", "xlsx"], "give --output"),
        ([CLEAN, "--disclosure", "hide"], "disclosure"),
        ([CLEAN, "--population", "0"], "population"),
        ([CLEAN, "--local-categories", "nowhere.toml", "--output", "x"], "nowhere.toml: cannot be read"),
        (["no-such-folder", "--output", "x"], "no-such-folder"),
    ],
)
def test_what_is_wrong_gives_2_and_is_said(run: Run, words: list[object], said: str) -> None:
    status, out, err = run(*words)
    assert status == 2
    assert out == ""
    assert said in err
    assert "Traceback" not in err


def test_the_command_loads_nothing_heavy() -> None:
    script = "import sys, returns903.cli.tables\nprint(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert not loaded & {"polars", "pandera", "altair", "jinja2", "xlsxwriter", "vl_convert"}
