"""`doctor` tells what there is and what to do; `example` writes what came with the package."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from returns903.cli.installed import NEXT, Example
from returns903.reports import installation
from returns903.reports.installation import EXTRAS, advice, facts, is_broken
from returns903.shipped import EXAMPLES, example, shipped

ROOT = Path(__file__).resolve().parents[2]


def run(*words: str | Path, at: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    import os

    command = [sys.executable, "-m", "returns903", *map(str, words)]
    return subprocess.run(
        command, cwd=at, capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )


def lacking(monkeypatch: pytest.MonkeyPatch, *packages: str) -> None:
    known = installation.version

    def version(package: str) -> str:
        if package in packages:
            raise PackageNotFoundError(package)
        return known(package)

    monkeypatch.setattr(installation, "version", version)


def test_the_extras_are_those_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = project["optional-dependencies"]
    names = {name: [spec.partition(">")[0] for spec in specs if "[" not in spec] for name, specs in declared.items()}
    assert {extra.name: list(extra.packages) for extra in EXTRAS} == {n: p for n, p in names.items() if n != "all"}
    core = [spec.partition(">")[0].partition("[")[0] for spec in project["dependencies"]]
    assert list(installation.CORE) == core


def test_nothing_is_wanted_where_all_is_there() -> None:
    found = facts(None)
    assert not is_broken(found)
    assert [fact for fact in found["Extras"] if not fact.says.startswith("installed: ")] == []


def test_what_is_missing_is_told_with_what_adds_it(monkeypatch: pytest.MonkeyPatch) -> None:
    lacking(monkeypatch, "fastexcel", "hypothesis")
    found = facts(None)
    assert advice(found) == 'for what is missing: pip install "returns903[excel,testing]"'
    assert not is_broken(found)


def test_a_missing_core_package_is_no_sound_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    lacking(monkeypatch, "jinja2")
    found = facts(None)
    assert "pip install jinja2" in advice(found)
    assert is_broken(found)


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, "Nothing is missing: returns903 validate PATH"),
        ({"RETURNS903_CACHE": __file__}, "set RETURNS903_CACHE to a folder"),
        ({"PYTHONIOENCODING": "cp1252"}, "cp1252; characters it lacks are written plainly"),
    ],
)
def test_doctor(tmp_path: Path, environment: dict[str, str], said: str) -> None:
    done = run("doctor", at=tmp_path, **environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert said in " ".join(done.stdout.split())


def test_doctor_names_the_settings(tmp_path: Path) -> None:
    (tmp_path / "returns903.toml").write_text('year = "2024-25"\n')
    assert "returns903.toml" in run("doctor", at=tmp_path).stdout
    assert "is no command that takes settings" in run("config", "doctor", at=tmp_path).stderr


@pytest.mark.parametrize("which", Example)
def test_each_example_is_written_whole(tmp_path: Path, which: Example) -> None:
    done = run("example", "deep er", "--which", which.value, at=tmp_path)
    assert done.returncode == 0, done.stderr
    assert NEXT[which].replace("{}", "'deep er'") in done.stderr
    written = {p.relative_to(tmp_path / "deep er").as_posix() for p in (tmp_path / "deep er").rglob("*") if p.is_file()}
    assert written == set(example(which.value))
    assert written
    again = run("example", "deep er", "--which", which.value, at=tmp_path)
    assert (again.returncode, "--force" in again.stderr) == (2, True)
    assert run("example", "deep er", "--which", which.value, "--force", at=tmp_path).returncode == 0


def test_the_examples_are_all_there_are() -> None:
    assert list(EXAMPLES) == [each.value for each in Example]
    assert {path.name for path in shipped("examples").iterdir() if path.is_dir()} == set(EXAMPLES)
    assert (shipped("schemas") / "2024-25" / "Episodes.schema.json").is_file()


def test_the_example_ends_as_it_says(tmp_path: Path) -> None:
    assert run("example", "tried", at=tmp_path).returncode == 0
    assert run("validate", "tried", at=tmp_path).returncode == 1
