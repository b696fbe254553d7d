"""The command `validate`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from returns903.cli.options import (
    AllowMissing,
    Authority,
    Force,
    Ignore,
    PostcodeFile,
    Previous,
    ProviderList,
    RulesYear,
    Select,
    Severities,
    ThePath,
    TheYear,
    chosen,
    form_of,
    names,
    outputs,
    severities,
    to_file,
)
from returns903.cli.show import as_text, progress, put, say, say_loud, say_year, show
from returns903.errors import ConfigError
from returns903.words import printable

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
    select: Select = None,
    ignore: Ignore = None,
    severity: Severities = None,
    rules_year: RulesYear = None,
    allow_missing: AllowMissing = None,
    format: Annotated[
        Format | None,
        typer.Option(help="How findings are written: by the name of the output, else text. json and csv carry ids."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write to a file (.txt, .json, .csv) instead of the screen."
        ),
    ] = None,
    force: Force = False,
    fail_on: Annotated[FailOn, typer.Option(help="What makes the exit status 1.")] = FailOn.error,
    show_ids: Annotated[
        bool, typer.Option("--show-ids", help="Show children's identifiers in the text report.")
    ] = False,
) -> None:
    """Check a return against the rules of its year.

    Exit status: 0 nothing to mend, 1 findings, 2 the return or a core table could not be read, no rule ran, a rule
    crashed, an option is wrong or the output cannot be written.
    """
    target, writer = to_file(output), outputs(path, previous, providers, postcodes, force=force)
    form = _form(format, target)
    select_codes, weights = chosen("--select", select), severities(severity)
    if target is not None:
        writer.check_file(target)
    with progress() as step:
        step("Reading the return")
        import returns903

        the_return = returns903.read_return(
            path,
            year=year,
            previous=previous,
            local_authority=la,
            providers=providers,
            postcodes=postcodes,
            allow_missing=names(allow_missing),
        )
        step("Checking the rules")
        result = returns903.validate(
            the_return, select=select_codes, ignore=names(ignore), rules_year=rules_year, severity=weights
        )
    say_year(the_return)
    if weights:
        say(f"counted otherwise than published: {', '.join(f'{code} as {weight}' for code, weight in weights.items())}")
    if target is None:
        _show(result, form, show_ids)
    else:
        content = _document(result, form, show_ids).encode("utf-8", "replace")
        writer.write_file(target, content, private=show_ids or form is not Format.text)
    _say_loud(result)
    raise typer.Exit(_status(result, fail_on))


def _form(format: Format | None, target: Path | None) -> Format:
    form = form_of(format, target, list(Format))
    if form is None and target is not None:
        msg = f"the name {printable(target.name)} says no form: end it in .txt, .json or .csv, or give --format"
        raise ConfigError(msg)
    return Format(form or Format.text)


def _show(result: Result, form: Format, show_ids: bool) -> None:
    if form is Format.text:
        from returns903.reports import text

        show(text.render(result, show_ids=show_ids))
    else:
        put(_document(result, form, show_ids))


def _document(result: Result, form: Format, show_ids: bool) -> str:
    if form is Format.json:
        from returns903.reports.document import to_json

        return to_json(result)
    if form is Format.csv:
        from returns903.reports.csv import to_csv

        return to_csv(result)
    from returns903.reports import text

    return as_text(text.render(result, show_ids=show_ids))


def _say_loud(result: Result) -> None:
    """Once more below the report, where it is the last that is seen: what nobody may overlook."""
    from returns903.reports.summary import loud

    say_loud(loud(result))


def _status(result: Result, fail_on: FailOn) -> int:
    if result.failures:
        return 2
    found = set(result.findings.get_column("severity").unique())
    counts = {FailOn.error: {"error"}, FailOn.query: {"error", "query"}, FailOn.never: set()}[fail_on]
    return 1 if found & counts else 0
