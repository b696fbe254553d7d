"""The command `validate`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from returns903.cli.batch import NO_PATH, Cluster, Derived, Many, NoIds, Processes, refuse_alone, refuse_beside
from returns903.cli.batch import batch as many_checked
from returns903.cli.checked import checked, say_of_run
from returns903.cli.options import (
    AllowMissing,
    Authority,
    Force,
    Ignore,
    OwnRules,
    PostcodeFile,
    Previous,
    ProviderList,
    RulesYear,
    Select,
    Severities,
    ThePathOrNone,
    TheYear,
    accepted_files,
    is_from_settings,
    names,
    outputs,
    place,
    return_given,
    rules_chosen,
    take_up,
)
from returns903.cli.show import progress, say, say_loud
from returns903.cli.targets import targets_of
from returns903.errors import ConfigError

if TYPE_CHECKING:
    from returns903.batch.many import Batch
    from returns903.results import Result


class Format(StrEnum):
    """How findings are written."""

    text = "text"
    json = "json"
    csv = "csv"
    xlsx = "xlsx"
    html = "html"
    sarif = "sarif"
    junit = "junit"
    github = "github"
    markdown = "markdown"
    parquet = "parquet"


class FailOn(StrEnum):
    """What makes the exit status 1."""

    error = "error"
    query = "query"
    new = "new"
    never = "never"


_COUNTS: dict[FailOn, set[str]] = {FailOn.error: {"error"}, FailOn.query: {"error", "query"}, FailOn.never: set()}
"""The severities that make the exit status 1."""


def validate(
    ctx: typer.Context,
    path: ThePathOrNone = None,
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
    baseline: Annotated[
        Path | None,
        typer.Option(
            parser=place,
            metavar="FILE",
            help="An earlier result, as .json or .parquet: what is new, what is fixed.",
        ),
    ] = None,
    accepted: Annotated[
        Path | None,
        typer.Option(
            parser=place,
            metavar="FILE",
            help="What is accepted, as 'returns903 accept' writes it: told apart, and no reason for exit status 1.",
        ),
    ] = None,
    format: Annotated[
        Format | None,
        typer.Option(help="The form of what goes to the screen, or of an output whose name says none."),
    ] = None,
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="A file, in the form its name ends in (.txt .json .csv .xlsx .sarif .xml .md .parquet); may be "
            "given again.",
        ),
    ] = None,
    force: Force = False,
    fail_on: Annotated[FailOn, typer.Option(help="What makes the exit status 1.")] = FailOn.error,
    show_ids: Annotated[
        bool, typer.Option("--show-ids", help="Show children's identifiers where they are left out otherwise.")
    ] = False,
    batch: Many = None,
    dask: Cluster = None,
    processes: Processes = None,
    tables: Derived = None,
    no_ids: NoIds = False,
) -> None:
    """Check a return against the rules of its year, or many with --batch.

    Exit status: 0 nothing to mend, 1 findings, 2 the return or a core table could not be read, no rule ran, a rule
    crashed, an option is wrong or the output cannot be written. Of a batch: that of its worst return.
    """
    chosen = rules_chosen(select, ignore, rules_year, severity)
    if batch is not None:
        refuse_beside(path=path, la=la, baseline=baseline, accepted=accepted, show_ids=show_ids, force=force)
        given: dict[str, Any] = {"year": year, "previous": previous, "providers": providers, "postcodes": postcodes}
        given |= {"allow_missing": names(allow_missing), "rules": rules or (), **chosen}
        ways: dict[str, Any] = {"dask": dask, "processes": processes, "tables": tables, "no_ids": no_ids}
        raise typer.Exit(_worst(many_checked(batch, output or [], given, form=format, **ways), fail_on))
    refuse_alone(dask=dask, processes=processes, tables=tables, no_ids=no_ids)
    if path is None:
        raise ConfigError(NO_PATH)
    inputs = (path, previous, providers, postcodes, baseline, *accepted_files(accepted), *(rules or ()))
    writer = outputs(ctx, *inputs, force=force)
    if fail_on is FailOn.new and baseline is None:
        msg = "--fail-on new needs --baseline, an earlier result"
        raise ConfigError(msg)
    targets = targets_of(output or [], format, from_settings=is_from_settings(ctx, "output"))
    take_up(rules, path, previous)
    for target in targets:
        target.check(writer)
    files, screens = ([t for t in targets if (t.file is None) is is_screen] for is_screen in (False, True))
    with progress(2 + len(files)) as step:
        source = return_given(path, year, previous, la, providers, postcodes, allow_missing)
        result = checked(source, chosen, step)
        _hold(result, baseline, accepted)
        for target in files:
            step(f"Writing {target.name}")
            target.write(result, writer, show_ids=show_ids)
    say_of_run(result, chosen)
    for target in screens:
        target.write(result, writer, show_ids=show_ids)
    _say_loud(result)
    raise typer.Exit(_status(result, fail_on))


def _hold(result: Result, baseline: Path | None, accepted: Path | None) -> None:
    """Hold the result against an earlier one, and against what is accepted."""
    if baseline is not None:
        result.since(baseline)
    if accepted is not None:
        result.accept(accepted)


def _say_loud(result: Result) -> None:
    """Once more below the report, where it is the last that is seen: what nobody may overlook."""
    from returns903.reports.accepted import doubts
    from returns903.reports.summary import loud

    for line in doubts(result):
        say(line)
    say_loud(loud(result))


def _status(result: Result, fail_on: FailOn) -> int:
    """What is accepted counts for nothing here."""
    from returns903.views.states import still_to_do

    if result.failures:
        return 2
    if fail_on is FailOn.new:
        return 1 if "new" in still_to_do(result).get_column("since") else 0
    found = set(still_to_do(result).get_column("severity").unique())
    return 1 if found & _COUNTS[fail_on] else 0


def _worst(batch: Batch, fail_on: FailOn) -> int:
    if batch.failures:
        return 2
    found = {"error": any(e.errors for e in batch.entries), "query": any(e.queries for e in batch.entries)}
    return 1 if any(found[severity] for severity in _COUNTS[fail_on]) else 0
