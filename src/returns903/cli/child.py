"""The command `child`. Nothing but typer is loaded until it runs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from returns903.cli.checked import checked, say_of_run
from returns903.cli.options import (
    AllowMissing,
    Authority,
    Ignore,
    OwnRules,
    PostcodeFile,
    Previous,
    ProviderList,
    RulesYear,
    Select,
    Severities,
    ThePath,
    TheYear,
    place,
    return_given,
    rules_chosen,
    take_up,
)
from returns903.cli.show import progress, put, say_loud, show


class ChildFormat(StrEnum):
    """How the rows are written."""

    text = "text"
    json = "json"


def child(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="The child's identifier, as the return has it.")],
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
    rules: OwnRules = None,
    accepted: Annotated[
        Path | None,
        typer.Option(parser=place, metavar="FILE", help="What is accepted, as 'returns903 accept' writes it: told."),
    ] = None,
    format: Annotated[ChildFormat, typer.Option(help="How the rows are written.")] = ChildFormat.text,
) -> None:
    """Show all rows of one child in order of time, with what was flagged. They hold the cells of the return.

    Exit status: 0 shown, 2 no row is of this child, or as of validate.
    """
    take_up(rules, path, previous)
    chosen = rules_chosen(select, ignore, rules_year, severity)
    with progress(2) as step:
        result = checked(return_given(path, year, previous, la, providers, postcodes, allow_missing), chosen, step)
    if accepted is not None:
        result.accept(accepted)
    say_of_run(result, chosen)
    from returns903.reports.child import child_rows, render
    from returns903.reports.summary import loud

    found = child_rows(result, identifier)
    put(found.model_dump_json(indent=1)) if format is ChildFormat.json else show(render(result, found))
    say_loud(loud(result))
    raise typer.Exit(2 if result.failures else 0)
