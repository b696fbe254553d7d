"""The command `tables`. Nothing but typer is loaded until it runs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from returns903.cli.options import (
    AllowMissing,
    Authority,
    Force,
    LocalCategories,
    PostcodeFile,
    Previous,
    ProviderList,
    ThePath,
    TheYear,
    chosen,
    form_of,
    names,
    outputs,
    place,
    to_file,
    whole_number,
)
from returns903.cli.show import progress, put, read_whole, say
from returns903.errors import ConfigError
from returns903.limits import POPULATION
from returns903.writing import Outputs

if TYPE_CHECKING:
    from returns903.published.collect import Tables
    from returns903.published.definition import Definition, Options
    from returns903.reports.tables.write import Target
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
    allow_missing: AllowMissing = None,
    only: Annotated[
        str | None, typer.Option(metavar="NAMES", help="Only these tables, with commas; those of children by name.")
    ] = None,
    format: Annotated[
        TablesFormat | None, typer.Option(help="By the name of the output file, else csv; a pack is a page and a book.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR|FILE", help="A folder for csv, parquet and packs; else a file."),
    ] = None,
    disclosure: Annotated[
        Disclosure, typer.Option(help="Suppress 1 to 5 and what gives them away, round to 10, or nothing.")
    ] = Disclosure.suppress,
    pack: Annotated[Pack | None, typer.Option(help="All that an annual report holds, with charts.")] = None,
    local_categories: LocalCategories = None,
    population: Annotated[
        str | None, typer.Option(metavar="N", help="Children under 18 in the area, for rates per 10,000.")
    ] = None,
    compare: Annotated[
        Path | None,
        typer.Option(parser=place, metavar="FILE", help="Targets and others' figures to hold these against, as CSV."),
    ] = None,
    force: Force = False,
) -> None:
    """Work out the tables that are published from a return.

    Exit status: 0 written, 2 the input could not be read, an option is wrong or the output cannot be written.
    """
    wanted, form = _wanted(only, disclosure, pack), _form(format, to_file(output), pack)
    writer = outputs(path, previous, providers, postcodes, local_categories, compare, force=force)
    target = _target(output, form, pack, writer)
    options = _options(local_categories, population, compare)
    from returns903.published.collect import collect
    from returns903.reports.tables.write import check_screen

    check_screen(form, wanted) if target is None else target.check(wanted)
    with progress() as step:
        step("Reading the return")
        found = read_whole(
            path=path,
            year=year,
            previous=previous,
            local_authority=la,
            providers=providers,
            postcodes=postcodes,
            allow_missing=names(allow_missing),
        )
        step("Working out the tables")
        made = collect(found, wanted, disclosure.value, options, beside=pack is not None)
    _say(found, made, options)
    _write(made, form, target, pack)


def _target(output: Path | None, form: str | None, pack: Pack | None, writer: Outputs) -> Target | None:
    from returns903.reports.tables.write import Target

    path = to_file(output)
    return None if path is None else Target(path, form, writer, None if pack is None else pack.value)


def _options(local_categories: Path | None, population: str | None, compare: Path | None) -> Options:
    from returns903.derive import local_categories as read_categories
    from returns903.published.compare import comparisons
    from returns903.published.definition import Options

    residents = whole_number("--population", population, POPULATION)
    return Options(
        tuple(read_categories(local_categories)) if local_categories else (),
        residents,
        comparisons(compare) if compare else None,
    )


def _form(form: TablesFormat | None, target: Path | None, pack: Pack | None) -> str | None:
    """The form asked for, or that of the file named; None: a pack in both of its forms."""
    found = form_of(form, target, list(TablesFormat))
    return "csv" if found is None and pack is None else found


def _wanted(only: str | None, disclosure: Disclosure, pack: Pack | None) -> list[Definition]:
    from returns903.published import collect
    from returns903.reports.tables.pack import definitions

    if pack is not None and only is not None:
        msg = "a pack has its own tables: give --pack or --only"
        raise ConfigError(msg)
    if pack is not None:
        return definitions()
    return collect.chosen(chosen("--only", only), disclosure.value)


def _say(found: Return, made: Tables, options: Options) -> None:
    """What the reader has to know beside the tables, on stderr."""
    from returns903.published.hints import hints

    for text in (*made.notes, *hints(found, options, [sheet.of.name for sheet in made.sheets])):
        say(text)
    if made.method == "none":
        say(made.statement)
    children = [sheet.of.name for sheet in made.sheets if sheet.of.child_level]
    if children:
        verb = "holds" if len(children) == 1 else "hold"
        say(f"{', '.join(children)} {verb} a row a child, with identifiers: not for publication")


def _write(made: Tables, form: str | None, target: Target | None, pack: Pack | None) -> None:
    from returns903.reports.tables.write import document

    if target is None:
        put(document(made, str(form), pack=pack is not None))
        return
    written = target.write(made)
    say(f"written: {written[0] if len(written) == 1 else f'{len(written)} files in {target.path}'}")
