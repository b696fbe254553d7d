"""Every block of code on every page runs, and says what the page says it does."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, ROOT, Block, Command, blocks, commands, named

SKIPPED = {
    "pip install": "it installs this package: `.ci/run` and the environment wheel do",
    "tox run": "it runs these tests",
    "pytest": "the tests of this project and of its examples run elsewhere",
    "mypy": "the environment types runs it",
    "ruff": "the environment lint runs it",
    "tools/": "it writes into the project: tests/tools and tests/house run it",
    "--from work.xlsx": "somebody fills the workbook in first: tests/accepting does",
    " ... ": "it stands for any words",
    "validate return ": "the settings there are wrong: tests/cli/test_config.py",
    "children_return": "tests/test_pipeline_example.py runs it",
}
"""Commands that are not run here, by what stands in them, and why not."""

GIVEN = """
import datetime as dt
import polars as pl
import returns903
from returns903 import Return, derive

ret = returns903.read_return("examples/return-with-faults", year="2024-25")
"""
"""What the Python of a page may take as given where it says nothing of it."""

GIVEN_TOO = {
    "CONTRIBUTING.md": """
        import inspect
        from returns903.derive import declared, flows
        vars().update(vars(declared) | vars(flows))
        COLUMNS = {}
        def derived(*a, **k): return lambda body: body
    """,
    "docs/reading.md": """
        header, episodes = (pl.DataFrame({"CHILD": ["A1"]}) for _ in range(2))
    """,
    "docs/testing-kit.md": """
        import pytest
        def my_export_and_back(ret): return ret
        def my_pipeline(ret): return returns903.validate(ret)
        ret = returns903.read_return("examples/clean-return", year="2024-25")
    """,
    "docs/writing-rules.md": """
        from returns903.tables import *
        from returns903.terms import *
        from returns903.tables import Table
        def rule(*a, **k): return lambda body: body() is None or body
    """,
    "docs/derived/pack-2019.md": """
        import shutil
        for name in ("this-year", "last-year"): shutil.copytree("examples/clean-return", name, dirs_exist_ok=True)
    """,
}
"""More of it, by page."""


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with what stands in a clone and is read, and nothing that is written."""
    (tmp_path / "schemas").symlink_to(ROOT / "schemas")
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    header = ROOT / "examples" / "clean-return"
    (tmp_path / "episodes.csv").write_bytes((header / "episodes.csv").read_bytes())
    (tmp_path / "published.csv").write_bytes((ROOT / "tests" / "cli" / "published.csv").read_bytes())
    return tmp_path


def run(words: list[str] | str, at: Path) -> subprocess.CompletedProcess[str]:
    place = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    source = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    environment = {**os.environ, "PATH": place, "PYTHONPATH": source, "COLUMNS": "120"}
    return subprocess.run(
        words, cwd=at, shell=isinstance(words, str), capture_output=True, text=True, check=False, env=environment
    )


def of_kind(page: Path, *kinds: str) -> list[Block]:
    return [block for block in blocks(page) if block.kind in kinds]


def with_kind(*kinds: str) -> list[Path]:
    return [page for page in PAGES if of_kind(page, *kinds)]


def is_skipped(command: Command) -> bool:
    return any(part in f"{command.words} " for part in SKIPPED)


def differs(said: tuple[str, ...], found: str) -> str | None:
    """The first line of those that a page shows that was not said, in their order."""
    lines = iter([line.rstrip() for line in found.splitlines()])
    shown = [line.rstrip() for line in said if line.strip() and line.strip() != "..."]
    return next((line for line in shown if line not in lines), None)


@pytest.mark.parametrize("page", with_kind("console"), ids=named)
def test_commands_run_and_say_what_the_page_shows(page: Path, here: Path) -> None:
    at = here / page.parent.relative_to(ROOT) if page.is_relative_to(ROOT / "examples") else here
    if "docs/settings.md" in named(page):
        (here / "returns903.toml").write_text(of_kind(page, "toml")[0].text, encoding="utf-8")
    for block in of_kind(page, "console"):
        for command in commands(block):
            if is_skipped(command):
                continue
            done = run(command.words, at)
            where = f"{named(page)}:{block.line}: {command.words}\n{done.stdout}{done.stderr}"
            is_refused = any(line.startswith("returns903: ") for line in command.said)
            assert done.returncode in ((2,) if is_refused else (0, 1)), where
            assert "Traceback" not in done.stderr, where
            assert differs(command.said, done.stdout + done.stderr) is None, where


@pytest.mark.parametrize("page", with_kind("python"), ids=named)
def test_the_python_of_a_page_runs(page: Path, here: Path) -> None:
    given = GIVEN + textwrap.dedent(GIVEN_TOO.get(named(page), ""))
    parts = [given, *(f"# line {block.line}\n{block.text}" for block in of_kind(page, "python"))]
    (here / "page.py").write_text("\n".join(parts), encoding="utf-8")
    for block in of_kind(page, "console"):
        for command in commands(block):
            if not is_skipped(command) and "returns903 accept" in command.words:
                run(command.words, here)
    done = run([sys.executable, "-W", "error", "page.py"], here)
    assert done.returncode == 0, f"{named(page)}\n{done.stderr}"


@pytest.mark.parametrize("page", with_kind("toml", "json"), ids=named)
def test_what_is_shown_of_a_file_is_one(page: Path) -> None:
    for block in of_kind(page, "toml", "json"):
        (tomllib if block.kind == "toml" else json).loads(block.text)


def test_no_block_is_of_a_kind_that_is_not_looked_at() -> None:
    looked_at = {"python", "console", "toml", "json", "text", "yaml"}
    assert [f"{named(p)}:{b.line}" for p in PAGES for b in blocks(p) if b.kind not in looked_at] == []


def test_whatever_is_skipped_is_there() -> None:
    words = [f"{c.words} " for p in PAGES for b in of_kind(p, "console") for c in commands(b)]
    assert [part for part in SKIPPED if not any(part in each for each in words)] == []
    assert ast.parse(GIVEN)
