"""What stands around the package: the hook, the action, the image and the forms say what is so."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from returns903.cli import app

ROOT = Path(__file__).resolve().parents[2]
FAULTY, CLEAN = ROOT / "examples" / "return-with-faults", ROOT / "examples" / "clean-return"


def loaded(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def options_of(command: str) -> set[str]:
    found = typer.main.get_command(app).commands[command]  # type: ignore[attr-defined]
    return {option for each in found.params for option in each.opts}


def shell(script: str, at: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    place = os.pathsep.join([str(at / "bin"), os.environ["PATH"]])
    (at / "bin").mkdir(exist_ok=True)
    command = at / "bin" / "returns903"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m returns903 "$@"\n')
    command.chmod(0o700)
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        cwd=at,
        env={**os.environ, "PATH": place, "PYTHONPATH": str(ROOT / "src"), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def validating() -> tuple[str, set[str]]:
    """The script of the action's step that validates, and the variables it takes."""
    step = next(step for step in loaded("action.yml")["runs"]["steps"] if step.get("name") == "Validate")
    return step["run"], set(step["env"])


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"RETURN": str(FAULTY), "YEAR": "2024-25", "AUTHORITY": "E09000002"}, 1),
        ({"RETURN": str(FAULTY), "FAIL_ON": "never"}, 0),
        ({"RETURN": str(CLEAN), "YEAR": "2024-25", "PREVIOUS": "", "FAIL_ON": "error"}, 0),
        ({"RETURN": "no such folder"}, 2),
    ],
)
def test_the_action_validates(tmp_path: Path, given: dict[str, str], status: int) -> None:
    script, taken = validating()
    plain = dict.fromkeys(taken, "") | {"FAIL_ON": "error", "SARIF": "found.sarif"}
    summary = tmp_path / "summary.md"
    done = shell(script, tmp_path, **plain | given, RUNNER_TEMP=str(tmp_path), GITHUB_STEP_SUMMARY=str(summary))
    assert done.returncode == status, done.stderr
    assert (tmp_path / "found.sarif").exists() is summary.exists() is (status < 2)


def test_the_action_takes_what_it_says() -> None:
    action = loaded("action.yml")
    step = next(step for step in action["runs"]["steps"] if step.get("name") == "Validate")
    used = set(re.findall(r"inputs\.([\w-]+)", yaml.safe_dump(action["runs"])))
    assert used == set(action["inputs"])
    assert set(re.findall(r"\$\{?([A-Z_]+)", step["run"])) - {"RUNNER_TEMP", "GITHUB_STEP_SUMMARY"} == set(step["env"])
    assert {f"--{name}" for name in re.findall(r'"([a-z-]+):\$', step["run"])} <= options_of("validate")


def test_the_hook_is_a_command_that_there_is() -> None:
    (hook,) = loaded(".pre-commit-hooks.yaml")
    assert hook["entry"] == "returns903 validate"
    assert hook["pass_filenames"] is False


def test_the_image_is_made_of_files_that_there_are_and_runs_as_nobody_special() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copied = [
        word for line in lines if line.startswith("COPY ") and "--from" not in line for word in line.split()[1:-1]
    ]
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert [name for name in copied if not (ROOT / name).exists() or f"!{name.removeprefix('./')}" not in ignored] == []
    assert any(line.startswith("USER ") for line in lines[lines.index("FROM python:3.13-slim") :])
    assert not [line for line in lines if line.startswith("FROM") and re.search(r":latest|^FROM \S+(?<!-slim)$", line)]


def test_the_citation_is_of_this_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    cited = loaded("CITATION.cff")
    assert (cited["title"], str(cited["version"]), cited["license"]) == (project["name"], project["version"], "MIT")


@pytest.mark.parametrize("form", sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[!c]*.yml")), ids=lambda p: p.name)
def test_the_forms_ask_for_no_data(form: Path) -> None:
    content = yaml.safe_load(form.read_text(encoding="utf-8"))
    promised = [each for each in content["body"] if each["type"] == "checkboxes"]
    assert promised[0]["attributes"]["options"][0]["required"] is True
    assert "No data of children" in content["body"][0]["attributes"]["value"]
