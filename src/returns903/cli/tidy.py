"""The command `tidy`. Nothing but typer is loaded until it runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from returns903.cli.convert import ConvertFormat
from returns903.cli.options import AllowMissing, Force, ThePath, names, outputs, place
from returns903.cli.show import progress, say, say_loud, show
from returns903.errors import InputError
from returns903.words import counted, printable

if TYPE_CHECKING:
    from rich.console import RenderableType

    from returns903.tidying import Tidied
    from returns903.writing import Outputs

RETURN, CHANGES = "return", "changes.csv"
"""What the return and the list of changes are called in the folder that is written."""
LEFT_OUT = ("ignored column", "ignored file", "empty", "no value")
"""Kinds of notes on what of the files that are read is not in those that are written."""


def tidy(
    ctx: typer.Context,
    path: ThePath,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", parser=place, metavar="DIR", help="A folder for the return and the changes."),
    ] = None,
    format: Annotated[ConvertFormat, typer.Option(help="How the return is written.")] = ConvertFormat.csv,
    allow_missing: AllowMissing = None,
    force: Force = False,
) -> None:
    """Repair what is safe to repair: blanks around cells, capitals, the form of dates and postcodes.

    Without --output nothing is written: what would be changed is counted.

    Exit status: 0 done, 2 the input could not be read wholly, or the output cannot be written.
    """
    from returns903.returns import tables_named
    from returns903.tidying import tidied

    writer = outputs(ctx, path, force=force)
    if output is not None:
        writer.check_folder(output, _names())
    with progress() as step:
        step("Reading the return")
        found = tidied(path, allow_missing=tables_named(names(allow_missing)))
        say_loud(note.said for note in found.unread)
        if found.unread:
            msg = "a return not wholly read is not tidied; --allow-missing names what may be absent"
            raise InputError(msg)
        if output is not None:
            step("Writing it")
            _write(found, output, format, writer)
    for note in found.notes:
        if note.kind in LEFT_OUT:
            say(note.said)
    show(_counts(found))
    if output is not None:
        say(f"written: {printable(str(output / RETURN))}{_suffix(format)} and {CHANGES}, every change with its cells")


def _suffix(form: ConvertFormat) -> str:
    return f".{form}" if form in (ConvertFormat.xml, ConvertFormat.xlsx) else ""


def _names() -> frozenset[str]:
    """Every name that a file of the folder may have."""
    from returns903.forms import names_within

    return frozenset({CHANGES, *names_within(RETURN)})


def _write(found: Tidied, folder: Path, form: ConvertFormat, writer: Outputs) -> None:
    from returns903.forms import files_within
    from returns903.reports.csv import safe

    files, said = files_within(RETURN, found.tables, form.value)
    changes = found.changes.with_columns(safe("file"), safe("before"), safe("after"))
    writer.write_folder(folder, {**files, CHANGES: changes.write_csv().encode()}, _names(), private=True)
    for line in said:
        say(line)


def _counts(found: Tidied) -> RenderableType:
    """How many cells are changed, by table, column and kind; no cell is shown."""
    from rich.table import Table
    from rich.text import Text

    changes = found.changes
    if changes.is_empty():
        return Text("Nothing to repair.")
    rows = changes.select("table", "row").n_unique()
    listed = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", title_justify="left")
    listed.title = f"{counted(changes.height, 'cell')} in {counted(rows, 'row')}"
    for name in ("table", "column", "what", "cells"):
        listed.add_column(name, justify="right" if name == "cells" else "left")
    counts = changes.group_by("table", "column", "kind", maintain_order=True).len()
    for table, column, kind, count in counts.sort("table", "column", maintain_order=True).iter_rows():
        listed.add_row(table, column, kind, f"{count:,}")
    return listed
