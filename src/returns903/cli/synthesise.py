"""The command `synthesise`. Nothing but typer is loaded until it runs."""

from __future__ import annotations

import shlex
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from returns903.cli.options import Authority, Force, chosen, place, whole_number
from returns903.cli.show import progress, say
from returns903.errors import ConfigError
from returns903.limits import CHILDREN, SEED
from returns903.words import counted
from returns903.writing import Outputs

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from returns903.testing.synthesis import Synthesised

RETURN, PREVIOUS = "return", "previous"
"""What the return and last year's are called in the folder that is written."""
PROVIDERS, POSTCODES, FAULTS = "providers.csv", "postcodes.csv", "faults.csv"
"""What stands beside them."""


class SynthesiseFormat(StrEnum):
    """How a return is written."""

    csv = "csv"
    xml = "xml"
    xlsx = "xlsx"
    parquet = "parquet"


def synthesise(
    children: Annotated[str, typer.Option(metavar="N", help="How many children the return tells of.")],
    year: Annotated[str, typer.Option(metavar="YEAR", help="Collection year, such as 2024-25.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", parser=place, metavar="DIR", help="A folder, which is made.")
    ],
    seed: Annotated[str, typer.Option(metavar="S", help="A whole number; the same one makes the same return.")] = "0",
    previous: Annotated[bool, typer.Option("--previous", help="Make last year's return as well.")] = False,
    faults: Annotated[
        str | None,
        typer.Option(
            metavar="CODES|RATE", help="Rules that fire on a child each, with commas; or a share such as 5% or 0.05."
        ),
    ] = None,
    la: Authority = None,
    format: Annotated[SynthesiseFormat, typer.Option(help="How returns are written.")] = SynthesiseFormat.csv,
    force: Force = False,
) -> None:
    """Make a large made-up return with shares like England's, and what goes with it, for tests and demonstrations.

    Exit status: 0 written, 2 an option is wrong or the output cannot be written.
    """
    number = whole_number("--children", children, CHILDREN) or 0
    drawn = whole_number("--seed", seed, SEED, least=0) or 0
    wanted, writer = _faults(faults), Outputs(force=force)
    ours = _names()
    writer.check_folder(output, ours)
    with progress() as step:
        step("Making children")
        from returns903.testing import synthesise as make

        made = make(
            number,
            seed=drawn,
            year=year,
            previous=previous,
            faults=wanted,
            authority=la,
            progress=lambda count: step(f"Making children: {count:,} of {number:,}"),
        )
        step("Writing the files")
        files, said = _files(made, format)
        writer.write_folder(output, files, ours, private=False)
    for line in said:
        say(line)
    say(f"written: {counted(len(files), 'file')} in {output}")
    say(f"check it: {_command(made, output, files)}")


def _faults(text: str | None) -> list[str] | float | None:
    """The rules or the share that are meant; a share has a point or a per cent sign.

    Raises:
        ConfigError: it is neither, or names nothing.
    """
    if text is None or not ("." in text or "%" in text):
        return chosen("--faults", text)
    try:
        share = float(text.strip().removesuffix("%")) / (100 if "%" in text else 1)
    except ValueError:
        msg = "--faults takes rules with commas between them, or a share such as 5% or 0.05"
        raise ConfigError(msg) from None
    return share


def _names() -> frozenset[str]:
    """Every name that a file of the folder may have."""
    from returns903.forms import names_within

    return frozenset({PROVIDERS, POSTCODES, FAULTS, *names_within(RETURN), *names_within(PREVIOUS)})


def _files(made: Synthesised, form: SynthesiseFormat) -> tuple[dict[str, bytes], list[str]]:
    """The files by name, and what the form does not carry."""
    from returns903.forms import files_within
    from returns903.testing import lives

    files, said = files_within(RETURN, made.tables, form.value)
    if made.previous is not None:
        of_last_year, _ = files_within(PREVIOUS, made.previous, form.value)
        files |= of_last_year
    files[PROVIDERS] = lives.providers().write_csv().encode()
    files[POSTCODES] = lives.postcodes(made.local_authority).write_csv().encode()
    if made.faults:
        files[FAULTS] = _told(made).write_csv().encode()
    return files, said


def _told(made: Synthesised) -> pl.DataFrame:
    """Which child has a fault, the rule that fires and what was changed."""
    import polars as pl

    rows = [(child, fault.rule, "; ".join(fault.changes)) for child, fault in made.faults.items()]
    return pl.DataFrame(rows, schema=["child", "rule", "changes"], orient="row")


def _command(made: Synthesised, folder: Path, files: Mapping[str, bytes]) -> str:
    """What to type to validate the return."""
    places = {name.partition("/")[0] for name in files}
    now, before = (
        next((folder / name for name in places if Path(name).stem == wanted), None) for wanted in (RETURN, PREVIOUS)
    )
    last_year = [] if before is None else ["--previous", before]
    reference = ["--providers", folder / PROVIDERS, "--postcodes", folder / POSTCODES]
    words = ["returns903", "validate", now, "--year", made.year.label, *last_year, "--la", made.local_authority]
    return shlex.join(map(str, [*words, *reference]))
