"""The command `reduce`."""

from __future__ import annotations

import shlex
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from returns903.cli.options import (
    Authority,
    Force,
    OwnRules,
    PostcodeFile,
    Previous,
    ProviderList,
    ThePath,
    TheYear,
    outputs,
    take_up,
    to_file,
)
from returns903.cli.show import progress, put, say, say_loud, say_year
from returns903.errors import ConfigError
from returns903.words import counted, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from returns903.results import Outcome
    from returns903.returns import Return
    from returns903.testing.reducing import Reduced
    from returns903.writing import Outputs

CELLS_NAMED = 12
"""Cells that could not be made safe, named one by one; any more are counted."""


class CaseFormat(StrEnum):
    """How a reduced return is printed."""

    frames = "frames"
    case = "case"


def reduce(
    ctx: typer.Context,
    path: ThePath,
    rule: Annotated[str, typer.Option("--rule", metavar="CODE", help="The rule to keep firing, such as 361.")],
    year: TheYear = None,
    previous: Previous = None,
    la: Authority = None,
    providers: ProviderList = None,
    postcodes: PostcodeFile = None,
    rules: OwnRules = None,
    format: Annotated[
        CaseFormat, typer.Option(help="Printed: Python that makes the return from frames, or a case for tests/rules.")
    ] = CaseFormat.frames,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help="Write the reduced return as CSV instead of the screen."),
    ] = None,
    force: Force = False,
    show_ids: Annotated[
        bool, typer.Option("--show-ids", help="Print those cells too that could not be made safe.")
    ] = False,
) -> None:
    """Find the smallest return on which a rule still fires (or crashes), made up as far as can be.

    Exit status: 0 found, and safe to pass on; 1 found, but some cells could not be made safe, or written as CSV; 2 the
    rule is not in force or does not fire, the return could not be read, an option is wrong or the output cannot be
    written.
    """
    from returns903.testing.reducing.files import OURS

    target, writer = to_file(output), outputs(ctx, path, previous, providers, postcodes, *(rules or ()), force=force)
    if target is not None:
        writer.check_folder(target, OURS)
    take_up(rules, path, previous)
    with progress() as step:
        step("Reading the return")
        from returns903 import read_return

        found = read_return(
            path, year=year, previous=previous, local_authority=la, providers=providers, postcodes=postcodes
        )
        _say_of_return(found)
        code = _in_force(rule, found)
        step("Checking the rule")
        outcome = _outcome(found, code)
        reduced = _reduced(found, code, outcome, step)
    lost: list[str] = []
    if target is None:
        put(_printed(reduced, code, outcome, format, hide_unsafe=not show_ids))
    else:
        lost = _write(reduced, code, target, writer)
    ends = "still fires" if outcome.reason is None else f"still crashes, {outcome.reason}"
    _say_of_reduced(reduced, f"rule {code} {ends}", is_hidden=target is None and not show_ids)
    raise typer.Exit(1 if reduced.unsafe or lost else 0)


def _in_force(rule: str, found: Return) -> str:
    """The code of the rule as it is written in the rules of the return's year."""
    from returns903.rules import definitions_in_force
    from returns903.years import rules_year

    label = rules_year(found.year)
    codes = {definition.code.upper(): definition.code for definition in definitions_in_force(label)}
    code = codes.get(rule.strip().upper())
    if code is None:
        msg = (
            f"no rule {printable(rule)!r} is in force in {label}; returns903 rules --year {label} lists those that are"
        )
        raise ConfigError(msg)
    return code


def _reduced(found: Return, code: str, outcome: Outcome, step: Callable[[str], None]) -> Reduced:
    """The least return on which the rule ends likewise."""
    from returns903.engine import validate
    from returns903.testing.reducing import reduce as smallest

    tried = 0

    def ends_so(ret: Return) -> bool:
        nonlocal tried
        tried += 1
        step(f"Taking away what the rule does not need; {counted(tried, 'return')} tried")
        ended = validate(ret, select=[code]).outcomes[code]
        return (ended.state, ended.reason) == (outcome.state, outcome.reason)

    return smallest(found, keeps=ends_so)


def _outcome(found: Return, code: str) -> Outcome:
    """How the rule ends on the whole return: with findings, or with a crash.

    Raises:
        ConfigError: otherwise.
    """
    from returns903.engine import validate
    from returns903.reports.summary import HINTS

    outcome = validate(found, select=[code]).outcomes[code]
    if outcome.state in ("passed", "skipped"):
        reason = outcome.reason or "it finds nothing in this return"
        hint = f"; {HINTS[reason]}" if reason in HINTS else ""
        msg = f"rule {code} does not fire: {reason}{hint}"
        raise ConfigError(msg)
    return outcome


def _say_of_return(found: Return) -> None:
    """What nobody may overlook of the return that was read."""
    from returns903.reports.summary import doubts

    say_year(found)
    say_loud(doubts(found))
    say_loud(note.said for note in found.unread)


def _printed(reduced: Reduced, code: str, outcome: Outcome, form: CaseFormat, *, hide_unsafe: bool) -> str:
    """The reduced return as Python; where the rule crashes, nothing can be asserted of its findings."""
    if outcome.state == "crashed":
        return reduced.frames(hide_unsafe=hide_unsafe)
    printed = reduced.case if form is CaseFormat.case else reduced.script
    return printed(code, hide_unsafe=hide_unsafe)


def _write(reduced: Reduced, code: str, target: Path, writer: Outputs) -> list[str]:
    """Write the files and say how to look at them; what CSV does not carry."""
    from returns903.testing.reducing.files import OURS

    files, lost = reduced.files()
    writer.write_folder(target, files, OURS, private=bool(reduced.unsafe))
    say(f"written to {printable(str(target))}; to look at it: {_command(reduced, code, target, files)}")
    say_loud(f"not written, so that the rule may not fire there: {what}" for what in lost)
    return lost


def _say_of_reduced(reduced: Reduced, ends: str, *, is_hidden: bool) -> None:
    """What is left, and what of it is not made up."""
    tables = ", ".join(dict.fromkeys(name for name, _ in reduced.rows)) or "no table"
    say(f"{ends}: {counted(len(reduced.rows), 'row')} left in {tables}")
    if reduced.unsafe:
        named = ", ".join(map(str, reduced.unsafe[:CELLS_NAMED]))
        more = len(reduced.unsafe) - CELLS_NAMED
        beyond = f" and {more:,} more" if more > 0 else ""
        shown = '; "(not shown)" stands for it, and --show-ids shows it' if is_hidden else ""
        say_loud([f"not made safe, for the rule needs what stood there: {named}{beyond}{shown}"])


def _command(reduced: Reduced, code: str, target: Path, files: Mapping[str, bytes]) -> str:
    """The command that validates what was written."""
    from returns903.testing.reducing.files import BEFORE, RETURN, absent

    words = ["returns903", "validate", str(target / RETURN), "--year", reduced.draft.year.label, "--select", code]
    if any(name.startswith(f"{BEFORE}/") for name in files):
        words += ["--previous", str(target / BEFORE)]
    if reduced.draft.local_authority is not None:
        words += ["--la", reduced.draft.local_authority]
    for name in ("providers", "postcodes"):
        words += [f"--{name}", str(target / f"{name}.csv")] if f"{name}.csv" in files else []
    lacking = absent(files)
    words += ["--allow-missing", ",".join(lacking)] if lacking else []
    return printable(shlex.join(words))
