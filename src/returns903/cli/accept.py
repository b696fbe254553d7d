"""The command `accept`. Nothing but typer is loaded until it runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from returns903.cli.accept_asked import FromWorkbook, Named
from returns903.cli.checked import checked, say_of_run
from returns903.cli.options import (
    AllowMissing,
    Authority,
    OwnRules,
    PostcodeFile,
    Previous,
    ProviderList,
    RulesYear,
    ThePath,
    TheYear,
    place,
    return_given,
    rules_chosen,
    take_up,
)
from returns903.cli.show import progress, say, say_loud
from returns903.errors import ConfigError
from returns903.words import counted

if TYPE_CHECKING:
    from returns903.results import Result

FILE = Path("accepted.toml")
"""Where it is written when nothing else is said."""
TOLD = 20
"""Lines that are wrong and named one by one; any more are counted."""


def accept(
    path: ThePath,
    rule: Annotated[str | None, typer.Option(metavar="CODE", help="The rule whose finding is accepted.")] = None,
    row: Annotated[
        str | None, typer.Option(metavar="N", help="The number of the flagged row in its table, as findings have it.")
    ] = None,
    table: Annotated[
        str | None, typer.Option(metavar="TABLE", help="Its table, where the rule flags rows of several.")
    ] = None,
    child: Annotated[str | None, typer.Option(metavar="ID", help="All that the rule flags of this child.")] = None,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Why it is right although it looks wrong.")] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who accepts it.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="The last day on which that holds.")] = None,
    worklist: Annotated[
        Path | None,
        typer.Option("--from", parser=place, metavar="FILE", help="A workbook of validate, filled in, instead."),
    ] = None,
    accepted: Annotated[
        Path, typer.Option(parser=place, metavar="FILE", help="The file to write; its key lies beside it.")
    ] = FILE,
    force_errors: Annotated[
        bool, typer.Option("--force-errors", help="Errors too, which the Department does not let pass.")
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Accept nothing, but remove what lapsed: gone, changed, or past its day.")
    ] = False,
    year: TheYear = None,
    previous: Previous = None,
    la: Authority = None,
    providers: ProviderList = None,
    postcodes: PostcodeFile = None,
    rules_year: RulesYear = None,
    allow_missing: AllowMissing = None,
    rules: OwnRules = None,
) -> None:
    """Accept findings that are right although they look wrong, with a reason and until a day.

    Give what validate was given beside the path, or rules may find something else.

    Exit status: 0 accepted, 1 some lines of the workbook could not be, 2 nothing was: an option is wrong, there is no
    such finding, or the return or the file could not be read.
    """
    from returns903.accepting.add import add, opened, ready, refused, save
    from returns903.accepting.key import key_beside
    from returns903.reports.summary import doubts

    inputs = tuple(each for each in (path, previous, providers, postcodes, worklist) if each is not None)
    named = {"rule": rule, "row": row, "table": table, "child": child, "reason": reason, "by": by, "until": until}
    if prune:
        _refuse_more([*named.values(), worklist])
    asked = None if prune else Named.of(named) if worklist is None else FromWorkbook.of(worklist, named)
    ready(accepted, inputs)
    has_key = key_beside(accepted).exists()
    given = return_given(path, year, previous, la, providers, postcodes, allow_missing)
    take_up(rules, path, previous)
    if asked is None:
        _prune(accepted, inputs, given, rules_year)
        return
    chosen = rules_chosen(asked.rules, None, rules_year, None)
    with progress(3) as step:
        result = checked(given, chosen, step)
        step("Accepting")
        found, today = asked.found(result), dt.date.today()
        wrong = refused(result, found.whys, today=today, force=force_errors)
        whys = {number: why for number, why in found.whys.items() if number not in wrong}
        told = [*found.wrong, *(f"{found.places[number]}: {said}" for number, said in wrong.items())]
        if whys:
            save(add(opened(accepted, inputs), result, whys, today=today, force=force_errors), inputs)
    say_of_run(result, chosen)
    say_loud([*doubts(result.the_return), *(note.said for note in result.the_return.unread)])
    _say_wrong(told)
    if not whys:
        msg = "nothing was accepted"
        raise ConfigError(msg)
    _say_accepted(result, whys, accepted)
    if not has_key:
        say(f"{key_beside(accepted)} was made: keep it beside that file, and from others; without it nothing holds")
    raise typer.Exit(1 if told else 0)


def _refuse_more(others: Collection[object]) -> None:
    if any(each is not None for each in others):
        msg = "--prune accepts nothing: leave out what would be accepted"
        raise ConfigError(msg)


def _prune(accepted: Path, inputs: tuple[Path, ...], given: Mapping[str, Any], rules_year: str | None) -> None:
    """Remove the entries that accept nothing any more, and say how many."""
    from returns903.accepting.add import pruned, save
    from returns903.accepting.entries import read_accepted

    before = read_accepted(accepted)
    rules = rules_chosen(None, None, rules_year, None)
    with progress(2) as step:
        result = checked(given, rules, step)
    say_of_run(result, rules)
    left, removed = pruned(before, result, dt.date.today())
    if removed:
        save(left, inputs)
    told = ", ".join(f"{count:,} {state}" for state, count in removed.items())
    say(f"removed: {told or 'nothing'}; {counted(len(left.entries), 'entry', 'entries')} left in {accepted}")


def _say_wrong(told: Sequence[str]) -> None:
    for line in told[:TOLD]:
        say(line, loud=True)
    if len(told) > TOLD:
        say(f"and {counted(len(told) - TOLD, 'more line')}", loud=True)


def _say_accepted(result: Result, numbers: Collection[int], accepted: Path) -> None:
    from returns903.accepting.held import published_errors

    known = published_errors(result)
    rules = result.findings[sorted(numbers)].get_column("rule")
    errors = sum(rule in known for rule in rules)
    said = f"accepted: {counted(len(rules), 'finding')} of {counted(rules.n_unique(), 'rule')}, in {accepted}"
    say(said)
    if errors:
        say(f"among them {counted(errors, 'error')}, which the Department does not let pass", loud=True)
