"""Validating many returns: what `validate --batch` takes, and what it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from returns903.cli.options import chosen, names, place, return_given, whole_number
from returns903.cli.show import counting, put, read_whole, say, say_loud, show
from returns903.errors import ConfigError
from returns903.limits import PROCESSES
from returns903.words import counted

if TYPE_CHECKING:
    from returns903.batch.many import Batch
    from returns903.returns import Return

Many = Annotated[
    Path | None,
    typer.Option(
        "--batch",
        parser=place,
        metavar="FOLDER|LIST",
        help="Many returns instead of PATH: a folder with a folder or file for each, or a list of them as CSV.",
    ),
]
Cluster = Annotated[
    str | None, typer.Option("--dask", metavar="ADDRESS", help="Check a batch on the Dask cluster at this address.")
]
Processes = Annotated[
    str | None, typer.Option(metavar="N", help="Processes for a batch; as many as there are processors otherwise.")
]
Derived = Annotated[
    str | None, typer.Option("--tables", metavar="NAMES", help="Derived tables that a batch keeps too, with commas.")
]
NoIds = Annotated[bool, typer.Option("--no-ids", help="Leave children's identifiers out of what a batch keeps.")]
NO_PATH = "missing argument 'PATH', or --batch with many returns; --help tells the options"
SCREENS = ("text", "json")
"""The forms in which the summary is shown."""


def refuse_alone(**given: object) -> None:
    """Refuse what only a batch takes.

    Raises:
        ConfigError: some of it is given.
    """
    if named := [name for name, value in given.items() if value]:
        msg = f"--{named[0].replace('_', '-')} goes with --batch alone"
        raise ConfigError(msg)


def refuse_beside(**given: object) -> None:
    """Refuse what one return takes and a batch does not; the file of settings may set it.

    Raises:
        ConfigError: some of it is given.
    """
    if named := [name for name, value in given.items() if value]:
        name = "PATH" if named[0] == "path" else f"--{named[0].replace('_', '-')}"
        msg = f"{name} is of one return and does not go with --batch; --no-config leaves out what settings say"
        raise ConfigError(msg)


def one_or_many(
    path: Path | None, many: Path | None, year: str | None, previous: Path | None, la: str | None, *others: Any
) -> Callable[[Callable[[str], object]], Return]:
    """What reads the return that figures are worked out from, or those of a batch together.

    Args:
        path: of a return.
        many: of a batch.
        year, previous, la: the options of these names.
        others: the lists of providers and postcodes, and the tables that may be missing.

    Raises:
        ConfigError: neither is given, or what goes with the other.
    """
    providers, postcodes, allow_missing = others
    if many is None:
        if path is None:
            raise ConfigError(NO_PATH)
        given = return_given(path, year, previous, la, providers, postcodes, allow_missing)
        return lambda _: read_whole(**given)
    refuse_beside(path=path, la=la)
    from returns903.batch.across import read_together
    from returns903.batch.jobs import jobs_of

    jobs = jobs_of(many, year=year, previous=previous, providers=providers, postcodes=postcodes)
    return lambda told: read_together(jobs, names(allow_missing), told)


def batch(
    many: Path,
    output: list[Path],
    given: Mapping[str, Any],
    *,
    form: str | None,
    dask: str | None,
    processes: str | None,
    tables: str | None,
    no_ids: bool,
) -> Batch:
    """Validate a batch and show its summary.

    Args:
        many: the folder or list.
        output: the folder of the dataset, alone.
        given: what `validate_many` takes of the inputs and rules.
        form: of the summary on the screen.
        dask: the address of a cluster.
        processes: how many of this machine.
        tables: the names of derived tables.
        no_ids: whether identifiers are left out.

    Raises:
        ConfigError: an option makes no sense beside the others, or as `validate_many`.
        InputError: as `validate_many`.
    """
    if len(output) != 1:
        msg = "--batch needs one --output, the folder of the dataset"
        raise ConfigError(msg)
    if form not in (None, *SCREENS):
        msg = f"the summary of a batch is shown as {' or '.join(SCREENS)}; all of its forms stand in the dataset"
        raise ConfigError(msg)
    count = whole_number("--processes", processes, PROCESSES)
    asked: dict[str, Any] = {"tables": chosen("--tables", tables) or (), "ids": not no_ids, "processes": count}
    from returns903.batch import summary
    from returns903.batch.cluster import dask_client
    from returns903.batch.many import validate_many

    with dask_client(dask) if dask else nullcontext() as client, counting() as told:
        made = validate_many(many, output=output[0], **given, **asked, client=client, told=told)
    rules = made.by_rule()
    put(summary.to_json(made.entries, rules)) if form == "json" else show(summary.text(made.entries, rules))
    _say(made)
    return made


def _say(made: Batch) -> None:
    kept = len(made.entries) - len(made.fresh)
    if kept:
        say(f"{counted(kept, 'return')} had not changed since an earlier run, and {'is' if kept == 1 else 'are'} kept")
    say(f"written: {made.output}")
    failed = made.failures
    say_loud([f"{counted(len(failed), 'return')} failed: {', '.join(failed)}"] if failed else [])
