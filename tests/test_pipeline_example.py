"""The example of a pipeline works as it is: its step, and its own tests."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "pipeline"
LISTS = ("--providers", "reference/providers.csv", "--postcodes", "reference/postcodes.csv")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example by itself, without what earlier runs left behind."""
    folder = tmp_path_factory.mktemp("example") / "pipeline"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("__pycache__", ".*_cache", ".hypothesis", ".tox"))
    return folder


def run(folder: Path, *words: str, path: str = "") -> subprocess.CompletedProcess[str]:
    code = f"import sys, runpy; sys.path.insert(0, {path!r}); sys.argv = {list(words)!r}; "
    code += f"runpy.run_module({words[0]!r}, run_name='__main__')"
    return subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True)


def test_its_tests_pass(copy: Path) -> None:
    done = run(copy, "pytest", "-q", "-p", "no:cacheprovider")
    assert done.returncode == 0, done.stdout
    assert "rules that fired" in done.stdout
    assert "skipped" not in done.stdout


def test_its_step_makes_the_return_of_the_sample(copy: Path) -> None:
    words = ("extract", "return", "--year", "2024-25", "--la", "Croydon", *LISTS)
    done = run(copy, "children_return", *words, path=str(copy / "src"))
    assert (done.returncode, done.stderr) == (0, "")
    assert (copy / "return" / "episodes.csv").read_text(encoding="utf-8").startswith("CHILD,DECOM,RNE,LS,")


def test_the_sample_is_what_its_maker_makes(copy: Path) -> None:
    before = {path: path.read_bytes() for folder in ("extract", "reference") for path in (copy / folder).iterdir()}
    subprocess.run([sys.executable, "make.py"], cwd=copy, check=True)
    assert {path: path.read_bytes() for path in before} == before
    assert len(before) == 5


def test_it_can_be_installed_by_itself() -> None:
    declared = tomllib.loads((EXAMPLE / "pyproject.toml").read_text(encoding="utf-8"))
    assert "returns903[testing]" in declared["dependency-groups"]["test"]
    assert (EXAMPLE / declared["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"][0]).is_dir()
    assert (EXAMPLE / ".github" / "workflows" / "test.yml").is_file()
