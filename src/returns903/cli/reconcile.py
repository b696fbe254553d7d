"""The command `reconcile`. Nothing but typer is loaded until it runs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from returns903.cli.options import AllowMissing, Authority, LocalCategories, Previous, TheYear, names, place
from returns903.cli.show import put, read_whole, show
from returns903.errors import ConfigError
from returns903.words import printable

if TYPE_CHECKING:
    import polars as pl

    from returns903.returns import Return


class ReconcileFormat(StrEnum):
    """How the checks are written."""

    text = "text"
    json = "json"


class Rounded(StrEnum):
    """What counts may be rounded to."""

    five = "5"
    ten = "10"


def reconcile(
    ctx: typer.Context,
    published: Annotated[Path, typer.Argument(parser=place, metavar="FILE", help="The published table, as CSV.")],
    the_return: Annotated[
        Path | None, typer.Option("--return", parser=place, metavar="PATH", help="The return it was made from.")
    ] = None,
    year: TheYear = None,
    previous: Previous = None,
    la: Authority = None,
    allow_missing: AllowMissing = None,
    rounded: Annotated[
        Rounded | None, typer.Option(metavar="5|10", help="The counts are rounded to the nearest 5 or 10.")
    ] = None,
    categories: LocalCategories = None,
    format: Annotated[ReconcileFormat, typer.Option(help="How the checks are written.")] = ReconcileFormat.text,
) -> None:
    """Hold a published table against its own sums and the return.

    Exit status: 0 nothing contradicts, 1 something does, 2 the input could not be read or an option is wrong.
    """
    from returns903.reconcile import CONTRADICTS
    from returns903.reconcile import reconcile as checked

    if the_return is None:
        _refuse_idle(ctx)
    source = _return(the_return, year, previous, la, allow_missing)
    checks = checked(published, source, rounded=None if rounded is None else int(rounded), categories=categories)
    _write(checks, printable(str(published)), format)
    raise typer.Exit(1 if (checks.get_column("state") == CONTRADICTS).any() else 0)


def _refuse_idle(ctx: typer.Context) -> None:
    """Refuse what the command line says of a return that is not given; settings may name what is not needed here."""
    options = {"year": "--year", "previous": "--previous", "la": "--la", "allow_missing": "--allow-missing"}
    sources = {option: ctx.get_parameter_source(name) for name, option in options.items()}
    if idle := [option for option, source in sources.items() if source is not None and source.name == "COMMANDLINE"]:
        msg = f"{', '.join(idle)} is about a return; give it with --return"
        raise ConfigError(msg)


def _return(
    path: Path | None, year: str | None, previous: Path | None, la: str | None, allow_missing: str | None
) -> Return | None:
    if path is None:
        return None
    return read_whole(path=path, year=year, previous=previous, local_authority=la, allow_missing=names(allow_missing))


def _write(checks: pl.DataFrame, source: str, form: ReconcileFormat) -> None:
    from returns903.reports.reconcile_text import render, to_json

    if form is ReconcileFormat.json:
        put(to_json(checks, source))
        return
    show(render(checks, source))
