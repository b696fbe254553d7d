"""The command line. Nothing but typer is loaded until a command runs."""

from __future__ import annotations

import sys
from typing import Annotated, NoReturn

import typer

from returns903.cli.explain import rule, rules, schema
from returns903.cli.reconcile import reconcile
from returns903.cli.tables import tables
from returns903.cli.validate import validate
from returns903.errors import ReturnsError

app = typer.Typer(
    help="Validate the SSDA903 return of looked-after children, and derive its statistics from the same rows.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (validate, tables, reconcile, rule, rules, schema):
    app.command()(command)


def _version(wanted: bool) -> None:
    if wanted:
        from returns903 import __version__

        typer.echo(f"returns903 {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


def _fail(message: str) -> NoReturn:
    typer.echo(f"returns903: {message}", err=True)
    raise SystemExit(2)


def main() -> None:
    """Run the command line; whatever goes wrong is told in one line, without a traceback or a cell's value."""
    try:
        app()
    except ReturnsError as error:
        _fail(str(error))
    except KeyboardInterrupt:
        _fail("stopped")
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None
    except Exception as error:
        place = _place(error)
        _fail(f"a fault of this program ({type(error).__name__} at {place}); please report it")


def _place(error: BaseException) -> str:
    """Where in this package an error came from, without what it was about."""
    place, step = "cli", error.__traceback__
    while step is not None:
        module = step.tb_frame.f_globals.get("__name__", "")
        if module.startswith("returns903"):
            place = f"{module.removeprefix('returns903.')}:{step.tb_lineno}"
        step = step.tb_next
    return place
