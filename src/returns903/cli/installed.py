"""The commands about the installation itself: `doctor`, and `example`, which writes one that came with it."""

from __future__ import annotations

import shlex
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from returns903.cli.options import Force, place
from returns903.cli.show import say, show
from returns903.words import counted
from returns903.writing import Outputs


class Example(StrEnum):
    """The examples that come with the package."""

    return_with_faults = "return-with-faults"
    clean_return = "clean-return"
    annual_report = "annual-report"
    own_rules = "own-rules"
    recipes = "recipes"
    pipeline = "pipeline"


NEXT = {
    Example.return_with_faults: "returns903 validate {}",
    Example.clean_return: "returns903 validate {}",
    Example.annual_report: "returns903 tables {}/return --previous {}/previous --year 2018-19 --la E09000002 "
    "--pack annual-report --output report",
    Example.own_rules: "read {}/README.md",
    Example.recipes: "read {}/README.md",
    Example.pipeline: "read {}/README.md",
}
"""What to do with each, by the folder that it was written to."""


def doctor(ctx: typer.Context) -> None:
    """Tell what there is of this installation, and what to do: versions, extras, reference data, cache, terminal.

    Exit status: 0 told, 2 a package of the core is missing, or the rules of an installed package cannot be loaded.
    """
    from returns903.reports.installation import facts, is_broken, shown

    found = facts(None if ctx.obj is None else ctx.obj.path)
    show(shown(found))
    raise typer.Exit(2 if is_broken(found) else 0)


def example(
    folder: Annotated[Path, typer.Argument(metavar="DIR", parser=place, help="The folder to write, which is made.")],
    which: Annotated[
        Example, typer.Option("--which", help="A return with faults or without, a year's pack, or a project.")
    ] = Example.return_with_faults,
    force: Force = False,
) -> None:
    """Write an example that came with the package, to try things on. Nobody in it is real.

    Exit status: 0 written, 2 the output cannot be written.
    """
    from returns903.shipped import example as files_of

    files = files_of(which.value)
    Outputs(force=force).write_folder(folder, files, files, private=False)
    say(f"written: {counted(len(files), 'file')} in {folder}")
    say(f"next: {NEXT[which].replace('{}', shlex.quote(str(folder)))}")
