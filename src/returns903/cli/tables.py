"""The command `tables`. Nothing but typer is loaded until it runs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from returns903.cli.options import (
    Authority,
    LocalCategories,
    PostcodeFile,
    Previous,
    ProviderList,
    ThePath,
    TheYear,
    names,
)
from returns903.cli.show import progress, say_year
from returns903.errors import ConfigError

if TYPE_CHECKING:
    from returns903.reports.tables.collect import Tables
    from returns903.reports.tables.definition import Definition
    from returns903.returns import Return


class TablesFormat(StrEnum):
    """How tables are written."""

    csv = "csv"
    xlsx = "xlsx"
    html = "html"
    json = "json"
    parquet = "parquet"


class Disclosure(StrEnum):
    """What is done to small numbers."""

    suppress = "suppress"
    round = "round"
    none = "none"


class Pack(StrEnum):
    """Tables that go together."""

    annual_report = "annual-report"


def tables(
    path: ThePath,
    year: TheYear = None,
    previous: Previous = None,
    la: Authority = None,
    providers: ProviderList = None,
    postcodes: PostcodeFile = None,
    only: Annotated[
        str | None, typer.Option(metavar="NAMES", help="Only these tables, with commas; those of children by name.")
    ] = None,
    format: Annotated[
        TablesFormat | None, typer.Option(help="By the name of the output file, else csv; a pack is a page and a book.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option(metavar="DIR|FILE", help="A folder for csv, parquet and packs; else a file.")
    ] = None,
    disclosure: Annotated[
        Disclosure, typer.Option(help="Suppress 1 to 5 and what gives them away, round to 10, or nothing.")
    ] = Disclosure.suppress,
    pack: Annotated[Pack | None, typer.Option(help="All that an annual report holds, with charts.")] = None,
    local_categories: LocalCategories = None,
    population: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Children under 18 in the area, for rates per 10,000.")
    ] = None,
) -> None:
    """Work out the tables that are published from a return.

    Exit status: 0 written, 2 the input could not be read, an option is wrong or the output cannot be written.
    """
    if pack is not None and only is not None:
        msg = "a pack has its own tables: give --pack or --only"
        raise ConfigError(msg)
    form = _format(format, output, pack)
    from returns903.derive import local_categories as read_categories
    from returns903.reports.tables.collect import collect
    from returns903.reports.tables.definition import Options
    from returns903.returns import read_return

    wanted = _wanted(only, disclosure, pack)
    options = Options(tuple(read_categories(local_categories)) if local_categories else (), population)
    with progress() as say:
        say("Reading the return")
        found = read_return(
            path, year=year, previous=previous, local_authority=la, providers=providers, postcodes=postcodes
        )
        say("Working out the tables")
        made = collect(found, wanted, disclosure.value, options, beside=pack is not None)
    _say(found, made)
    _write(made, form, output, pack)


def _format(form: TablesFormat | None, output: Path | None, pack: Pack | None) -> str | None:
    """The form asked for, or that of the file named; None: a pack in both of its forms."""
    if form is not None:
        return form.value
    ending = output.suffix.lstrip(".").lower() if output is not None else ""
    if ending in ("xlsx", "html", "json"):
        return ending
    return "csv" if pack is None else None


def _wanted(only: str | None, disclosure: Disclosure, pack: Pack | None) -> list[Definition]:
    from returns903.reports.tables.collect import chosen
    from returns903.reports.tables.pack import definitions

    if pack is not None:
        return definitions()
    return chosen(names(only), disclosure.value)


def _say(found: Return, made: Tables) -> None:
    """What the reader has to know beside the tables, on stderr."""
    say_year(found)
    for text in made.notes:
        typer.echo(text, err=True)
    if made.method == "none":
        typer.echo(made.statement, err=True)
    children = [sheet.of.name for sheet in made.sheets if sheet.of.child_level]
    if children:
        verb = "holds" if len(children) == 1 else "hold"
        typer.echo(f"{', '.join(children)} {verb} a row a child, with identifiers: not for publication", err=True)


def _write(made: Tables, form: str | None, output: Path | None, pack: Pack | None) -> None:
    from returns903.reports.tables.write import document, write, write_pack

    if output is None:
        if form is None:
            msg = f"the pack {pack} is a page and a workbook: give --output and a folder for them"
            raise ConfigError(msg)
        typer.echo(document(made, form, pack=pack is not None), nl=form == "json")
        return
    if form is None and pack is not None:
        written = write_pack(made, pack.value, output)
    else:
        written = write(made, str(form), output, pack=None if pack is None else pack.value)
    where = str(written[0]) if len(written) == 1 else f"{len(written)} files in {output}"
    typer.echo(f"written: {where}", err=True)
