"""The command line. Nothing but typer is loaded until a command runs."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from returns903.cli_reconcile import reconcile
from returns903.errors import ConfigError, InputError, ReturnsError

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from returns903.results import Result

app = typer.Typer(
    help="Validate the SSDA903 return of looked-after children before it is submitted.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


app.command()(reconcile)


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


class SchemaFormat(StrEnum):
    """How a layout is described."""

    json_schema = "json-schema"
    table_schema = "table-schema"


def _version(wanted: bool) -> None:
    if wanted:
        from returns903 import __version__

        typer.echo(f"returns903 {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


@app.command()
def validate(
    path: Annotated[Path, typer.Argument(help="Folder, zip, CSV, XML, XLSX or Parquet of the return.")],
    year: Annotated[
        str | None, typer.Option(help="Collection year, such as 2024-25; inferred and said otherwise.")
    ] = None,
    previous: Annotated[
        Path | None, typer.Option(help="Last year's return, for the rules that compare with it.")
    ] = None,
    la: Annotated[str | None, typer.Option(metavar="CODE", help="The authority: ONS code, DfE number or name.")] = None,
    providers: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Ofsted's list of homes and providers.")
    ] = None,
    postcodes: Annotated[
        Path | None, typer.Option(metavar="FILE", help="ONS Postcode Directory, as CSV or Parquet.")
    ] = None,
    select: Annotated[
        str | None, typer.Option(metavar="CODES", help="Only these rules: codes, beginnings, topics, with commas.")
    ] = None,
    ignore: Annotated[str | None, typer.Option(metavar="CODES", help="Leave out these rules.")] = None,
    rules_year: Annotated[str | None, typer.Option(metavar="YEAR", help="Apply another year's rules.")] = None,
    format: Annotated[
        Format, typer.Option(help="How findings are written; json and csv carry identifiers.")
    ] = Format.text,
    output: Annotated[Path | None, typer.Option(metavar="FILE", help="Write to a file instead of the screen.")] = None,
    fail_on: Annotated[FailOn, typer.Option(help="What makes the exit status 1.")] = FailOn.error,
    show_ids: Annotated[
        bool, typer.Option("--show-ids", help="Show children's identifiers in the text report.")
    ] = False,
) -> None:
    """Check a return against the rules of its year.

    Exit status: 0 nothing to mend, 1 findings, 2 the input could not be read, an option is wrong or a rule crashed.
    """
    with _progress() as say:
        say("Reading the return")
        import returns903

        the_return = returns903.read_return(
            path, year=year, previous=previous, local_authority=la, providers=providers, postcodes=postcodes
        )
        say("Checking the rules")
        result = returns903.validate(the_return, select=_names(select), ignore=_names(ignore), rules_year=rules_year)
        for note in the_return.notes:
            if note.kind == "inferred":
                _stderr().print(note.message, highlight=False, markup=False)
        say("Writing the report")
        _write(result, format, output, show_ids)
    raise typer.Exit(_status(result, fail_on))


@app.command()
def rules(
    year: Annotated[str | None, typer.Option(help="Collection year; the latest otherwise.")] = None,
    diff: Annotated[
        tuple[str, str] | None, typer.Option(metavar="YEAR YEAR", help="What changed between two years.")
    ] = None,
) -> None:
    """List the rules of a year, or what changed between two."""
    from returns903.reports.rule_list import diff_listing, listing
    from returns903.years import RULE_YEARS

    _print(diff_listing(*diff) if diff else listing(year or RULE_YEARS[-1]))


@app.command()
def rule(code: Annotated[str, typer.Argument(help="The rule's code, such as 503D.")]) -> None:
    """Explain a rule: when it fires, why, how to mend it, its years and an example."""
    from rich.markdown import Markdown

    from returns903.reports.rule_page import page

    text = page(code)
    _print(Markdown(text)) if sys.stdout.isatty() else typer.echo(text, nl=False)


@app.command()
def schema(
    table: Annotated[str | None, typer.Argument(help="One table; all of the year otherwise.")] = None,
    year: Annotated[str | None, typer.Option(help="Collection year; the latest otherwise.")] = None,
    format: Annotated[SchemaFormat, typer.Option(help="How the layout is described.")] = SchemaFormat.json_schema,  # noqa: A002
) -> None:
    """Describe the layout of the return's tables for other programs, as JSON."""
    import json

    from returns903.tables.describe import json_schema, table_schema, tables_in
    from returns903.years import RULE_YEARS

    describe = json_schema if format is SchemaFormat.json_schema else table_schema
    every = {of.name: of for of in tables_in(year or RULE_YEARS[-1])}
    if table is not None and table not in every:
        msg = f"there is no table {table!r} in {year or RULE_YEARS[-1]}; the tables are {', '.join(every)}"
        raise ConfigError(msg)
    chosen = [every[table]] if table else list(every.values())
    described = {of.name: describe(of, year or RULE_YEARS[-1]) for of in chosen}
    typer.echo(json.dumps(described[table] if table else described, indent=2, ensure_ascii=False))


def _names(text: str | None) -> list[str] | None:
    return None if text is None else [name.strip() for name in text.split(",") if name.strip()]


def _write(result: Result, form: Format, output: Path | None, show_ids: bool) -> None:
    if form is Format.text:
        from returns903.reports import text

        _print(text.render(result, show_ids=show_ids), output)
        return
    if form is Format.json:
        from returns903.reports.document import to_json as make
    else:
        from returns903.reports.csv import to_csv as make
    if output is None:
        typer.echo(make(result), nl=form is Format.json)
    else:
        _save(output, make(result))


def _save(output: Path, text: str) -> None:
    try:
        output.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        msg = f"{output} cannot be written: {error.strerror}"
        raise InputError(msg) from None


def _status(result: Result, fail_on: FailOn) -> int:
    if result.codes("crashed"):
        return 2
    found = set(result.findings.get_column("severity").unique())
    counts = {FailOn.error: {"error"}, FailOn.query: {"error", "query"}, FailOn.never: set()}[fail_on]
    return 1 if found & counts else 0


def _print(what: RenderableType, output: Path | None = None) -> None:
    from rich.console import Console

    if output is None:
        _console().print(what)
        return
    console = Console(width=120, color_system=None, file=io.StringIO())
    with console.capture() as captured:
        console.print(what)
    _save(output, captured.get())


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False, width=None if sys.stdout.isatty() else 120)


def _stderr() -> Console:
    from rich.console import Console

    return Console(stderr=True)


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Say on a terminal's stderr what is being done; silent elsewhere."""
    console = _stderr()
    if not console.is_terminal:
        yield lambda step: None
        return
    with console.status("") as status:
        yield lambda step: status.update(f"{step} …")


def _fail(message: str) -> NoReturn:
    typer.echo(f"returns903: {message}", err=True)
    raise SystemExit(2)


def main() -> None:
    """Run the command line; whatever goes wrong is told in one line, without a traceback or a cell's value."""
    try:
        app()
    except ReturnsError as error:
        _fail(str(error))
    except KeyboardInterrupt:
        _fail("stopped")
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None
    except Exception as error:
        place = _place(error)
        _fail(f"a fault of this program ({type(error).__name__} at {place}); please report it")


def _place(error: BaseException) -> str:
    """Where in this package an error came from, without what it was about."""
    place, step = "cli", error.__traceback__
    while step is not None:
        module = step.tb_frame.f_globals.get("__name__", "")
        if module.startswith("returns903"):
            place = f"{module.removeprefix('returns903.')}:{step.tb_lineno}"
        step = step.tb_next
    return place
