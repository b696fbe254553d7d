"""What the options of `tables` ask for: which tables, in what form, and what some of them need beside the return."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from returns903.cli.options import chosen, form_of, place, to_file, whole_number
from returns903.errors import ConfigError
from returns903.limits import POPULATION
from returns903.writing import Outputs

if TYPE_CHECKING:
    from returns903.published.definition import Definition, Options
    from returns903.reports.tables.pack import Pack
    from returns903.reports.tables.write import Target


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


class PackName(StrEnum):
    """Tables that go together."""

    annual_report = "annual-report"
    scorecard = "scorecard"
    statutory = "statutory"


Only = Annotated[
    str | None, typer.Option(metavar="NAMES", help="Only these tables, with commas; those of children by name.")
]
Form = Annotated[
    TablesFormat | None, typer.Option(help="By the name of the output file, else csv; a pack is a page and a book.")
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="DIR|FILE", help="A folder for csv, parquet and packs; else a file."),
]
Control = Annotated[Disclosure, typer.Option(help="Suppress 1 to 5 and what gives them away, round to 10, or nothing.")]
ThePack = Annotated[
    PackName | None,
    typer.Option(help="An annual report, its monthly scorecard alone, or the national data sets."),
]
Population = Annotated[
    str | None, typer.Option(metavar="N", help="Children under 18 in the area, for rates per 10,000.")
]
PopulationLastYear = Annotated[str | None, typer.Option(metavar="N", help="As many as there were the year before.")]
Compare = Annotated[
    Path | None,
    typer.Option(parser=place, metavar="FILE", help="Targets and others' figures to hold these against, as CSV."),
]
CommentaryFile = Annotated[
    Path | None,
    typer.Option(parser=place, metavar="FILE", help="Your own words for a pack, as Markdown: headings of chapters."),
]


def pack_of(name: PackName | None) -> Pack | None:
    """The pack of this name."""
    from returns903.reports.tables.pack import PACKS

    return None if name is None else PACKS[name.value]


def wanted_of(only: str | None, disclosure: Disclosure, pack: Pack | None) -> list[Definition]:
    """The tables asked for.

    Raises:
        ConfigError: both a pack and tables are named, or as `returns903.published.collect.chosen`.
    """
    from returns903.published import collect
    from returns903.reports.tables.pack import definitions

    if pack is not None and only is not None:
        msg = "a pack has its own tables: give --pack or --only"
        raise ConfigError(msg)
    if pack is not None:
        return definitions(pack)
    return collect.chosen(chosen("--only", only), disclosure.value)


def form_asked(form: TablesFormat | None, output: Path | None, pack: Pack | None) -> str | None:
    """The form asked for, or that of the file named; None: a pack in both of its forms."""
    found = form_of(form, to_file(output), list(TablesFormat))
    return "csv" if found is None and pack is None else found


def target_of(output: Path | None, form: str | None, pack: Pack | None, writer: Outputs) -> Target | None:
    """Where the tables go; None: to the screen."""
    from returns903.reports.tables.write import Target

    path = to_file(output)
    return None if path is None else Target(path, form, writer, pack)


def options_of(
    local_categories: Path | None, populations: tuple[str | None, str | None], compare: Path | None, notes: Path | None
) -> Options:
    """What some tables need beside the return; the populations are of this year and the year before.

    Raises:
        ConfigError: a file cannot be read or makes no sense, or a population is no number.
    """
    from returns903.derive import local_categories as read_categories
    from returns903.published.compare import comparisons
    from returns903.published.definition import Options
    from returns903.reports.tables.commentary import read

    names = ("--population", "--population-last-year")
    this, last = (whole_number(name, text, POPULATION) for name, text in zip(names, populations, strict=True))
    return Options(
        tuple(read_categories(local_categories)) if local_categories else (),
        this,
        last,
        comparisons(compare) if compare else None,
        read(notes) if notes else "",
    )
