"""The source holds nothing that could carry a return elsewhere, and nothing that prints a frame in passing."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src"
MODULES = sorted(SOURCE.rglob("*.py"))

NETWORK = {
    "aiohttp",
    "asyncio",
    "ctypes",
    "email",
    "ftplib",
    "http",
    "httpx",
    "imaplib",
    "multiprocessing",
    "poplib",
    "pty",
    "requests",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
    "subprocess",
    "telnetlib",
    "urllib",
    "urllib3",
    "webbrowser",
    "xmlrpc",
}
"""Modules that open connections or start programs."""
SERVES = {"returns903/serving/server.py": {"http", "http.server"}, "returns903/cli/serve.py": {"webbrowser"}}
"""The page on this machine: what listens, and what opens it. tests/serving holds it to 127.0.0.1."""
SPREADS = {
    "returns903/__main__.py": {"multiprocessing"},
    "returns903/batch/processes.py": {"multiprocessing"},
    "returns903/batch/dataset.py": {"urllib.parse"},
}
"""A batch of returns: it starts processes of this program and no other, and spells names of folders."""
SPEAKING = {"logging", "warnings"}
"""Modules by which a value could end up in a log: errors and notes in our own words are all that is said."""
SILENCES = {"returns903/reading/workbooks.py": {"logging"}}
"""Modules that take one of these to keep another library from speaking."""
RUNS = {"returns903/rules/own.py": {"exec"}}
"""Modules that run a program: a file of rules that is named, and that does not lie with the data."""
FORBIDDEN_CALLS = {"print", "breakpoint", "eval", "exec", "input"}
FORBIDDEN_METHODS = {"system", "popen", "spawnl", "execv", "fork", "show", "glimpse", "urlopen"}


def imported(tree: ast.Module) -> Iterator[str]:
    """The modules that a module imports by statement or by name; where the name is made up, every text it may be."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Call) and called(node) in ("import_module", "__import__"):
            yield from (text.value for text in ast.walk(tree) if isinstance(text, ast.Constant) and is_name(text.value))


def is_name(value: object) -> bool:
    """Whether a constant may be the name of a module."""
    return isinstance(value, str) and all(part.isidentifier() for part in value.split("."))


def called(node: ast.Call) -> str | None:
    """The last name of what a call calls."""
    what = node.func
    return what.id if isinstance(what, ast.Name) else what.attr if isinstance(what, ast.Attribute) else None


@pytest.mark.parametrize("module", SILENCES)
def test_who_silences_another_library_says_nothing_itself(module: str) -> None:
    tree = ast.parse((SOURCE / module).read_text(encoding="utf-8"))
    attributes = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    of_logging = {node.attr for node in attributes if isinstance(node.value, ast.Name) and node.value.id == "logging"}
    of_loggers = {
        node.attr for node in attributes if isinstance(node.value, ast.Call) and called(node.value) == "getLogger"
    }
    assert of_logging == {"getLogger", "CRITICAL"}
    assert of_loggers == {"setLevel"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_can_reach_no_network_and_prints_nothing(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    where = path.relative_to(SOURCE).as_posix()
    names = set(imported(tree)) - SILENCES.get(where, set()) - SERVES.get(where, set()) - SPREADS.get(where, set())
    assert not {name for name in names if name.split(".")[0] in NETWORK | SPEAKING}
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    forbidden = FORBIDDEN_CALLS - RUNS.get(path.relative_to(SOURCE).as_posix(), set())
    assert not [node.lineno for node in calls if isinstance(node.func, ast.Name) and node.func.id in forbidden]
    assert not [
        node.lineno for node in calls if isinstance(node.func, ast.Attribute) and node.func.attr in FORBIDDEN_METHODS
    ]


def test_the_check_sees_what_it_should() -> None:
    tree = ast.parse("import http.client\nfrom urllib import request\nNAMES = ['socket']\nimport_module(NAMES[0])")
    assert {name.split(".")[0] for name in imported(tree)} == {"http", "urllib", "socket"}
    assert len(MODULES) > 60
