"""The command `validate`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from returns903.cli.options import Authority, PostcodeFile, Previous, ProviderList, ThePath, TheYear, names
from returns903.cli.show import progress, save, say_year, show

if TYPE_CHECKING:
    from returns903.results import Result


class Format(StrEnum):
    """How findings are written."""

    text = "text"
    json = "json"
    csv = "csv"


class FailOn(StrEnum):
    """What makes the exit status 1."""

    error = "error"
    query = "query"
    never = "never"


def validate(
    path: ThePath,
    year: TheYear = None,
    previous: Previous = None,
    la: Authority = None,
    providers: ProviderList = None,
    postcodes: PostcodeFile = None,
    select: Annotated[
        str | None, typer.Option(metavar="CODES", help="Only these rules: codes, beginnings, topics, with commas.")
    ] = None,
    ignore: Annotated[str | None, typer.Option(metavar="CODES", help="Leave out these rules.")] = None,
    rules_year: Annotated[str | None, typer.Option(metavar="YEAR", help="Apply another year's rules.")] = None,
    format: Annotated[
        Format, typer.Option(help="How findings are written; json and csv carry identifiers.")
    ] = Format.text,
    output: Annotated[Path | None, typer.Option(metavar="FILE", help="Write to a file instead of the screen.")] = None,
    fail_on: Annotated[FailOn, typer.Option(help="What makes the exit status 1.")] = FailOn.error,
    show_ids: Annotated[
        bool, typer.Option("--show-ids", help="Show children's identifiers in the text report.")
    ] = False,
) -> None:
    """Check a return against the rules of its year.

    Exit status: 0 nothing to mend, 1 findings, 2 the input could not be read, an option is wrong or a rule crashed.
    """
    with progress() as say:
        say("Reading the return")
        import returns903

        the_return = returns903.read_return(
            path, year=year, previous=previous, local_authority=la, providers=providers, postcodes=postcodes
        )
        say("Checking the rules")
        result = returns903.validate(the_return, select=names(select), ignore=names(ignore), rules_year=rules_year)
    say_year(the_return)
    _write(result, format, output, show_ids)
    raise typer.Exit(_status(result, fail_on))


def _write(result: Result, form: Format, output: Path | None, show_ids: bool) -> None:
    if form is Format.text:
        from returns903.reports import text

        show(text.render(result, show_ids=show_ids), output)
        return
    if form is Format.json:
        from returns903.reports.document import to_json as make
    else:
        from returns903.reports.csv import to_csv as make
    if output is None:
        typer.echo(make(result), nl=form is Format.json)
    else:
        save(output, make(result))


def _status(result: Result, fail_on: FailOn) -> int:
    if result.codes("crashed"):
        return 2
    found = set(result.findings.get_column("severity").unique())
    counts = {FailOn.error: {"error"}, FailOn.query: {"error", "query"}, FailOn.never: set()}[fail_on]
    return 1 if found & counts else 0
