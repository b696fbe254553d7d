"""The command `config`, and how the file of settings comes to the other commands. Light until it runs."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from returns903.cli.settings_file import OWN, SHARED, Found, settings_file
from returns903.cli.show import say, show
from returns903.errors import ConfigError
from returns903.words import printable

if TYPE_CHECKING:
    from rich.console import RenderableType

SHOWN = "validate"
"""The command whose options are shown where none is named."""


def prepare(ctx: typer.Context, file: Path | None, unwanted: bool, commands: set[str], telling: set[str]) -> None:
    """Let the settings of the file be what these commands take where the command line says nothing else.

    Those that are `telling` are given the file itself, to tell of it.

    Raises:
        ConfigError: as `settings_file`; or a file is named and none is wanted.
    """
    if file is not None and unwanted:
        msg = "--config names a file, and --no-config takes none: give one of the two"
        raise ConfigError(msg)
    called = ctx.invoked_subcommand
    if unwanted or called not in commands | telling:
        return
    ctx.obj = settings_file(file)
    ctx.default_map = {name: _taken(ctx.command.commands[name], ctx.obj) for name in commands}  # type: ignore[attr-defined]
    if ctx.obj is not None and ctx.default_map.get(called):
        say(f"settings: {ctx.obj.path} (returns903 config shows them)")


def config(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[COMMAND] [OPTION]...", help="The words of another command.")
    ] = None,
) -> None:
    """Show what each option of a command is set to, and by what: the command line, a file of settings, or its default.

    Give it before the words of the command: returns903 config validate --year 2024-25

    Exit status: 0 shown, 2 the file of settings or an option is wrong.
    """
    name, *rest = words or [SHOWN]
    root: Any = ctx.parent
    if name not in root.default_map:
        msg = f"{printable(name)!r} is no command that takes settings; these do: {', '.join(sorted(root.default_map))}"
        raise ConfigError(msg)
    command = copy(root.command.commands[name])
    command.params = [_optional(option) for option in command.params]
    show(_page(command, command.make_context(name, rest, parent=root), ctx.obj))


def _optional(option: Any) -> Any:
    """A parameter that may be left out: what is shown is not run."""
    changed = copy(option)
    changed.required = False
    return changed


def _taken(command: Any, found: Found | None) -> dict[str, object]:
    """What a command takes of the settings: those that it has an option for."""
    given = {} if found is None else found.options
    return {option.name: given[option.name] for option in command.params if _is_set(command, option, given)}


def _is_set(command: Any, option: Any, given: Collection[str]) -> bool:
    return option.name in given and _has_key(command, option)


def _has_key(command: Any, option: Any) -> bool:
    """Whether an option may be set in the file: the output is that of `validate` alone."""
    return bool(option.name != "output" or command.name == SHOWN)


def _page(command: Any, of: Any, found: Found | None) -> RenderableType:
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    where = f"no {OWN} and no {SHARED} with [tool.returns903] is taken" if found is None else str(found.path)
    listed = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for heading in ("option", "key", "value", "from"):
        listed.add_column(heading, overflow="fold", no_wrap=heading == "option")
    for cells in _rows(command, of, found):
        listed.add_row(*map(Text, cells))
    return Group(Text(f"{command.name}: {printable(where)}", style="bold"), listed)


def _rows(command: Any, of: Any, found: Found | None) -> Iterator[tuple[str, str, str, str]]:
    from returns903.cli.settings import Settings, key_of

    keys = {name.replace("_", "-") for name in Settings.model_fields}
    for option in command.params:
        if option.param_type_name != "option" or option.name == "help":
            continue
        key = key_of(option.name) if _has_key(command, option) and key_of(option.name) in keys else ""
        source = of.get_parameter_source(option.name).name
        where = {"COMMANDLINE": "command line", "DEFAULT": "default"}.get(source, source.lower())
        if source == "DEFAULT_MAP" and found is not None:
            where = found.place((key,))
        yield max(option.opts, key=len), key, _shown(of.params.get(option.name)), where


def _shown(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_shown, value))
    return "-" if value is None else "no" if value is False else "yes" if value is True else printable(str(value))
