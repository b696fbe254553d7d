"""The reference: a page for each public module, whose docstrings sphinx sets, and one for the commands."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any, get_args, get_type_hints

import typer

from returns903.cli import app

MODULES = {
    "returns903": "Reading a return, checking its rules, and what comes of it",
    "returns903.derive": "The derived tables",
    "returns903.schemas": "Models of tables: what a pipeline hands over, and what this library hands out",
    "returns903.statistics": "Disclosure control",
    "returns903.terms": "The words that rules are written in",
    "returns903.tables": "The tables of the return and their columns",
    "returns903.codes": "Code lists",
    "returns903.testing": "The testing kit",
    "returns903.testing.strategies": "Strategies that draw returns",
    "returns903.testing.faults": "Faults for every rule",
    "returns903.testing.cases": "Cases of a rule",
    "returns903.testing.relations": "What must hold of whatever handles a return",
}
"""The public modules, and what each holds."""


def files() -> Iterator[tuple[Path, str]]:
    """The pages by their paths from the root."""
    yield Path("docs/reference/commands.md"), commands()
    for module in MODULES:
        yield Path(f"docs/reference/{module}.md"), page(module)
    yield Path("docs/reference/index.md"), index()


def public(module: str) -> list[str]:
    """The public names of a module."""
    made = import_module(module)
    names = getattr(made, "__all__", None) or [
        name
        for name, what in vars(made).items()
        if not name.startswith("_") and getattr(what, "__module__", None) == module
    ]
    return sorted(names, key=str.lower)


def page(module: str) -> str:
    """A module's page: what sphinx is to set for each of its names."""
    made = import_module(module)
    lines = [f"# {module}", "", "```{eval-rst}", f".. automodule:: {module}", ""]
    for name in public(module):
        what = getattr(made, name)
        if inspect.ismodule(what):
            continue
        if not (inspect.isclass(what) or inspect.isroutine(what)):  # whose docstring is that of its type
            lines += [f".. py:data:: {module}.{name}", "", f"   {getattr(what, 'meaning', '')}".rstrip(), ""]
            continue
        kind = "class" if inspect.isclass(what) else "function"
        lines += [f".. auto{kind}:: {module}.{name}"]
        lines += ["   :members:", "   :inherited-members:"] if kind == "class" and module == "returns903" else []
        lines += [""]
    return "\n".join([*lines, "```"]) + "\n"


def commands() -> str:
    """What each command does and takes."""
    found: Any = typer.main.get_command(app)
    lines = ["# Commands", "", "What `returns903 COMMAND --help` says too; [](../command-line.md) tells the rest.", ""]
    for name, command in sorted(found.commands.items()):
        taken = [option for option in command.params if option.param_type_name == "argument"]
        given = [option for option in command.params if option.param_type_name == "option" and option.name != "help"]
        hints = get_type_hints(command.callback)
        words = " ".join(["returns903", name, *(["[OPTION]..."] if given else []), *map(_metavar, taken)])
        lines += [f"## {name}", "", f"`{words}`", "", *(_paragraphs(command.help)), "| | |", "|---|---|"]
        lines += [f"| `{_metavar(option)}` | {_cell(option.help)} |" for option in taken]
        lines += [f"| {_spelt(option, hints)} | {_cell(option.help)}{_default(option)} |" for option in given]
        lines += [""]
    return "\n".join(lines)


def _metavar(option: Any) -> str:
    return str(option.metavar or option.name.upper())


def _paragraphs(text: str) -> list[str]:
    return [line for part in inspect.cleandoc(text).split("\n\n") for line in (" ".join(part.split()), "")]


def _spelt(option: Any, hints: Mapping[str, Any]) -> str:
    kinds = [each for each in (hints[option.name], *get_args(hints[option.name])) if inspect.isclass(each)]
    choices = next((list(each) for each in kinds if issubclass(each, StrEnum)), [])
    values = option.metavar or "\\|".join(choices)
    names = ", ".join(f"`{name}`" for name in sorted(option.opts, key=len, reverse=True))
    return f"{names} {values}".rstrip()


def _cell(text: str | None) -> str:
    return " ".join((text or "").split()).replace("|", "\\|")


def _default(option: Any) -> str:
    value = getattr(option.default, "value", option.default)
    is_said = value not in (None, False, (), []) and not callable(value)
    return f" Where nothing is said: `{value}`." if is_said else ""


def index() -> str:
    """The list of the pages."""
    lines = ["# Reference", "", "```{toctree}", ":maxdepth: 1", "", "commands", *MODULES, "```", ""]
    lines += ["| module | what it holds |", "|---|---|"]
    lines += [f"| [{module}]({module}.md) | {what} |" for module, what in MODULES.items()]
    return "\n".join(lines) + "\n"
