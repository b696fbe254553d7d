"""Every public name has its place in the reference, every command its section, and links lead somewhere."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest
import typer

import returns903
from returns903.cli import app
from tests.docs.pages import PAGES, ROOT, named
from tools import reference

EVERY = sorted((ROOT / "docs").rglob("*.md"))
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_ANCHOR = re.compile(r"[^\w\- ]")


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("module", reference.MODULES)
def test_every_public_name_is_there(module: str) -> None:
    page = text(ROOT / "docs" / "reference" / f"{module}.md")
    names = [name for name in reference.public(module) if f"{module}.{name}" not in reference.MODULES]
    assert [name for name in names if not re.search(rf":: {re.escape(module)}\.{name}$", page, re.MULTILINE)] == []


@pytest.mark.parametrize("module", reference.MODULES)
def test_every_public_name_says_what_it_is(module: str) -> None:
    made = import_module(module)
    told = [(name, getattr(made, name)) for name in reference.public(module)]
    assert [name for name, what in told if inspect.isclass(what) or inspect.isroutine(what) if not what.__doc__] == []


def test_every_public_module_is_there() -> None:
    modules = {f"returns903.{name}" for name in returns903._MODULES}
    assert modules <= set(reference.MODULES)


def test_every_command_and_option_is_there() -> None:
    page = text(ROOT / "docs" / "reference" / "commands.md")
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    for name, command in commands.items():
        section = page.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        spelt = [option for each in command.params for option in each.opts if option.startswith("--")]
        assert [option for option in spelt if f"`{option}`" not in section and option != "--help"] == [], name


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as the documentation makes them."""
    headings = re.findall(r"^#{1,3} (.+)$", text(path), re.MULTILINE)
    return {_ANCHOR.sub("", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", [*EVERY, *(page for page in PAGES if page not in EVERY)], ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    missing = []
    for link in _LINK.findall(re.sub(r"^```.*?^```$", "", text(page), flags=re.MULTILINE | re.DOTALL)):
        if "://" in link:
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            missing.append(link)
    assert missing == []
