"""The command `convert`. Nothing but typer is loaded until it runs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from returns903.cli.options import AllowMissing, Force, ThePath, names, outputs, place
from returns903.cli.show import progress, say, say_loud
from returns903.errors import InputError


class ConvertFormat(StrEnum):
    """How a return is written."""

    csv = "csv"
    xml = "xml"
    xlsx = "xlsx"
    parquet = "parquet"


def convert(
    ctx: typer.Context,
    path: ThePath,
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", parser=place, metavar="DIR|FILE", help="A folder for csv and parquet, or a file."
        ),
    ],
    format: Annotated[
        ConvertFormat | None, typer.Option(help="By the name of the output, else csv in a folder.")
    ] = None,
    allow_missing: AllowMissing = None,
    force: Force = False,
) -> None:
    """Write a return in another form: a folder of CSV or Parquet, one XML file or one workbook.

    Exit status: 0 written, 2 the input could not be read wholly, or the output cannot be written.
    """
    from returns903.forms import check, write_tables
    from returns903.reading import read_tables
    from returns903.returns import tables_named
    from returns903.texts import as_texts

    writer = outputs(ctx, path, force=force)
    form = check(output, format, writer)
    with progress() as step:
        step("Reading the return")
        read = read_tables(path, allow_missing=tables_named(names(allow_missing)))
        say_loud(note.said for note in read.unread)
        if read.unread:
            msg = "a return not wholly read is not converted; --allow-missing names what may be absent"
            raise InputError(msg)
        step("Writing it")
        said = write_tables(as_texts(read.tables), output, form, writer)
    for line in said:
        say(line)
    say(f"written: {output}")
