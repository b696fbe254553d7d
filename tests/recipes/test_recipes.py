"""The recipes run. Those with tools that are not installed run in an environment of their own: tox run -e recipes."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import returns903

RECIPES = Path(__file__).resolve().parents[2] / "examples" / "recipes"
FAULTY, CLEAN = RECIPES.parent / "return-with-faults", RECIPES.parent / "clean-return"
OF_TESTS = {
    "frames.py": "pandas",
    "notebook.ipynb": "nbclient",
    "dagster_check.py": "dagster",
    "prefect_flow.py": "prefect",
}


def recipe(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(Path(name).stem, RECIPES / name)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_frames_of_others_make_the_same_return() -> None:
    pytest.importorskip("pandas")
    frames = recipe("frames.py")
    made = [make(CLEAN) for make in (frames.from_pandas, frames.from_duckdb, frames.from_pyarrow)]
    expected = returns903.validate(returns903.read_return(CLEAN, year="2024-25"), select=["102", "356"])
    for ret in made:
        assert returns903.validate(ret, select=["102", "356"]).outcomes == expected.outcomes
        assert (
            ret["Episodes"].drop("file", "line").equals(returns903.read_return(CLEAN)["Episodes"].drop("file", "line"))
        )
        findings, runs, _ = frames.back(ret)
        assert list(findings.columns)[:2] == ["rule", "severity"]
        assert runs.num_rows > 0


def test_a_notebook_runs(tmp_path: Path) -> None:
    nbclient: Any = pytest.importorskip("nbclient", reason="tox run -e recipes")
    nbformat: Any = pytest.importorskip("nbformat")
    book = nbformat.read(RECIPES / "notebook.ipynb", as_version=4)
    nbclient.NotebookClient(book, resources={"metadata": {"path": str(RECIPES)}}, timeout=120).execute()
    shown = json.dumps([cell.get("outputs", []) for cell in book.cells[:5]])
    assert "text/html" in shown
    assert "EX003" not in shown


@pytest.mark.parametrize(("folder", "passes"), [(FAULTY, False), (CLEAN, True)])
def test_a_check_of_dagster(tmp_path: Path, folder: Path, passes: bool) -> None:
    dagster: Any = pytest.importorskip("dagster", reason="tox run -e recipes")
    made = recipe("dagster_check.py")
    config = {"path": str(folder), "year": "2024-25", "report": str(tmp_path / "report.html")}
    done = dagster.materialize(
        [made.ssda903], run_config={"ops": {"ssda903": {"config": config}}}, raise_on_error=False
    )
    (checked,) = done.get_asset_check_evaluations()
    assert checked.passed is passes
    assert (tmp_path / "report.html").exists()


@pytest.mark.parametrize(("folder", "status"), [(FAULTY, 1), (CLEAN, 0)])
def test_a_flow_of_prefect(tmp_path: Path, folder: Path, status: int) -> None:
    pytest.importorskip("prefect", reason="tox run -e recipes")
    command = [sys.executable, str(RECIPES / "prefect_flow.py"), str(folder), "2024-25", str(tmp_path / "report.html")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stderr
    assert "EX003" not in done.stdout + done.stderr


def test_the_page_says_what_runs_each() -> None:
    page = (RECIPES / "README.md").read_text(encoding="utf-8")
    for path in sorted(RECIPES.glob("*.*")):
        if path.suffix in (".py", ".ipynb"):
            line = next(line for line in page.splitlines() if f"`{path.name}`" in line)
            assert ("not run by any test" in line) is (path.name not in OF_TESTS)
