"""The command line. Nothing but typer is loaded until a command runs."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from returns903.cli import streams
from returns903.cli.accept import accept
from returns903.cli.child import child
from returns903.cli.config import config, prepare
from returns903.cli.convert import convert
from returns903.cli.explain import rule, rules, schema
from returns903.cli.installed import doctor, example
from returns903.cli.options import place
from returns903.cli.reconcile import reconcile
from returns903.cli.reduce import reduce
from returns903.cli.serve import serve
from returns903.cli.show import put, say
from returns903.cli.synthesise import synthesise
from returns903.cli.tables import tables
from returns903.cli.tidy import tidy
from returns903.cli.validate import validate
from returns903.errors import attempted, refuse_without_docstrings, told

HELP = ("-h", "--help")
INTERRUPTED = 130
"""What typer makes of Ctrl-C."""
UsageError: type[Exception] = typer.BadParameter.__mro__[2]
"""What typer raises of options: click's, of which it brings its own in some versions."""


class _Commands(TyperGroup):
    """Commands that give help before anything looks at the other words, which would load pydantic."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if set(HELP) & set(args):
            wanted = next((self.commands[word] for word in args if word in self.commands), None)
            about = ctx if wanted is None else wanted.context_class(wanted, info_name=wanted.name, parent=ctx)
            put(about.get_help())
            raise typer.Exit
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_Commands,
    help="Validate the SSDA903 return of looked-after children, and derive its statistics from the same rows.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": list(HELP), "max_content_width": 100},
)
SETTLED = (validate, accept, child, tables, reconcile, convert, tidy, reduce, rule, rules)
"""The commands that take the file of settings: those that read a return, or tell of rules."""
for command in (*SETTLED, synthesise, schema, example, doctor, serve):
    app.command()(command)
app.command(context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})(config)


def _version(wanted: bool) -> None:
    if wanted:
        from returns903 import __version__

        put(f"returns903 {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    ctx: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
    file: Annotated[
        Path | None,
        typer.Option("--config", parser=place, metavar="FILE", help="Settings; the nearest returns903.toml otherwise."),
    ] = None,
    no_config: Annotated[bool, typer.Option("--no-config", help="Take no file of settings.")] = False,
) -> None:
    prepare(ctx, file, no_config, {command.__name__ for command in SETTLED}, {config.__name__, doctor.__name__})


def main() -> None:
    """Run the command line; whatever goes wrong is told in one line, without a traceback or a cell's value."""
    streams.make_ready()
    status: list[int | None] = []
    try:
        error = attempted(lambda: status.append(_run()))
    except MemoryError:
        _fail("there is not enough memory for this")
    if error is not None:
        _fail(_plain(error) if isinstance(error, UsageError) else told(error))
    if status == [INTERRUPTED]:
        _fail("stopped")
    raise SystemExit(status[0])


def _run() -> int | None:
    refuse_without_docstrings()
    status: int | None = app(None if sys.argv[1:] else _meant_by_nothing(), standalone_mode=False)
    return status


def _meant_by_nothing() -> list[str]:
    """What is meant where nothing is said: the page, by somebody who sits at a terminal; help, elsewhere."""
    is_somebody_there = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
    return [serve.__name__] if is_somebody_there and not os.environ.get("CI") else list(HELP[1:])


def _plain(error: Any) -> str:
    """What is wrong with the options, without the words of the libraries that found out."""
    said = error.format_message().replace("Value error, ", "").rstrip(".")
    command = error.ctx.command_path if error.ctx is not None else "returns903"
    return f"{said[:1].lower()}{said[1:]}; {command} --help tells the options"


def _fail(message: str) -> NoReturn:
    say(f"returns903: {message}", loud=True)
    raise SystemExit(2)
