"""The options that several commands take, said once, and what is made of their words."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from returns903.errors import ConfigError
from returns903.words import printable
from returns903.writing import Outputs

if TYPE_CHECKING:
    from returns903.rules.registry import Severity


def place(given: str) -> Path:
    """A path that is named: an unset variable is not the folder that one is in."""
    if not given:
        msg = "it names nothing: is a variable unset?"
        raise typer.BadParameter(msg)
    return Path(given)


_RETURN = typer.Argument(metavar="PATH", parser=place, help="Folder, zip, CSV, XML, XLSX or Parquet of the return.")
ThePath = Annotated[Path, _RETURN]
ThePathOrNone = Annotated[Path | None, _RETURN]
TheYear = Annotated[
    str | None, typer.Option(metavar="YEAR", help="Collection year, such as 2024-25; inferred and said otherwise.")
]
Previous = Annotated[
    Path | None, typer.Option(parser=place, metavar="PATH", help="Last year's return, for what compares with it.")
]
Authority = Annotated[str | None, typer.Option(metavar="CODE", help="The authority: ONS code, DfE number or name.")]
ProviderList = Annotated[
    Path | None, typer.Option(parser=place, metavar="FILE", help="Ofsted's list of homes and providers.")
]
PostcodeFile = Annotated[
    Path | None, typer.Option(parser=place, metavar="FILE", help="ONS Postcode Directory, as CSV or Parquet.")
]
AllowMissing = Annotated[
    str | None, typer.Option(metavar="TABLES", help="Tables that are meant to be absent, with commas.")
]
Select = Annotated[
    str | None, typer.Option(metavar="CODES", help="Only these rules: codes, beginnings, topics, with commas.")
]
Ignore = Annotated[str | None, typer.Option(metavar="CODES", help="Leave out these rules.")]
RulesYear = Annotated[str | None, typer.Option(metavar="YEAR", help="Apply another year's rules.")]
Severities = Annotated[
    str | None,
    typer.Option("--severity", metavar="RULES", help="What rules count as instead, such as 361=query,SW=error."),
]
OwnRules = Annotated[
    list[Path] | None,
    typer.Option("--rules", parser=place, metavar="FILE", help="Rules of your own, as Python; may be given again."),
]
LocalCategories = Annotated[
    Path | None,
    typer.Option(parser=place, metavar="FILE", help="The authority's own rows of the leaving table, as TOML."),
]
Force = Annotated[bool, typer.Option("--force", help="Replace what the output names; never an input.")]

STDOUT = ("-", "/dev/stdout")
"""Names of an output that mean stdout."""
FILE_KINDS = {
    ".txt": "text",
    ".htm": "html",
    **{f".{kind}": kind for kind in ("json", "csv", "xlsx", "html", "parquet")},
    **{f".{kind}": kind for kind in ("docx", "md", "ods", "pdf", "xls", "xlsm", "xml", "zip")},
}
"""What the ending of a file's name promises."""


def names(text: str | None) -> list[str]:
    """Names given with commas between them; none where the option is left out."""
    return [name.strip() for name in (text or "").split(",") if name.strip()]


def chosen(option: str, text: str | None) -> list[str] | None:
    """The names of an option that chooses; None where it is left out, which chooses all.

    Raises:
        ConfigError: it is given and names nothing, as an unset variable does.
    """
    if text is not None and not names(text):
        msg = f"{option} names nothing: give names with commas between them, or leave it out"
        raise ConfigError(msg)
    return None if text is None else names(text)


def severities(text: str | None) -> dict[str, Severity]:
    """Severities by the names of rules; whether there are such rules and severities `validate` finds out.

    Raises:
        ConfigError: the option is given and names nothing, or one without a severity.
    """
    pairs = [name.partition("=") for name in chosen("--severity", text) or ()]
    if any(not equals for _, equals, _ in pairs):
        msg = "--severity takes rules and what they count as, such as 361=query,SW=error"
        raise ConfigError(msg)
    return cast("dict[str, Severity]", {name.strip(): value.strip().lower() for name, _, value in pairs})


def return_given(
    path: Path,
    year: str | None,
    previous: Path | None,
    la: str | None,
    providers: Path | None,
    postcodes: Path | None,
    allow_missing: str | None,
) -> dict[str, Any]:
    """What `read_return` takes, from the options in the order in which every command has them."""
    return {
        "path": path,
        "year": year,
        "previous": previous,
        "local_authority": la,
        "providers": providers,
        "postcodes": postcodes,
        "allow_missing": names(allow_missing),
    }


def take_up(rules: list[Path] | None, *data: Path | None) -> None:
    """Take up rules of one's own, but none that came with the data.

    Raises:
        ConfigError: a file lies in a folder of the data, or its rules cannot be loaded.
    """
    if rules:
        from returns903.rules.own import load_rules, refuse_within

        for file in rules:
            refuse_within(file, *data)
            load_rules(file)


def rules_chosen(
    select: str | None, ignore: str | None, rules_year: str | None, severity: str | None
) -> dict[str, Any]:
    """What `validate` takes beside the return.

    Raises:
        ConfigError: an option is given and names nothing.
    """
    return {
        "select": chosen("--select", select),
        "ignore": names(ignore),
        "rules_year": rules_year,
        "severity": severities(severity),
    }


def whole_number(option: str, text: str | None, most: int, least: int = 1) -> int | None:
    """A number of `least` or more; None where the option is left out.

    Raises:
        ConfigError: it is none, or too large.
    """
    if text is None:
        return None
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= len(str(most)) and least <= int(digits) <= most):
        msg = f"{option} is a whole number from {least} to {most:,}"
        raise ConfigError(msg)
    return int(digits)


def outputs(ctx: typer.Context, *inputs: Path | None, force: bool) -> Outputs:
    """What a run may write that reads these files and folders, and the file of settings where one is taken."""
    settings = None if ctx.obj is None else ctx.obj.path
    return Outputs(tuple(path for path in (*inputs, settings) if path is not None), force)


def is_from_settings(ctx: typer.Context, parameter: str) -> bool:
    """Whether an option is set by the file of settings alone."""
    source = ctx.get_parameter_source(parameter)
    return source is not None and source.name == "DEFAULT_MAP"


def accepted_files(accepted: Path | None) -> tuple[Path, ...]:
    """The file of accepted findings and its key, which are inputs of a run; none where none is taken."""
    from returns903.accepting.key import key_beside

    return () if accepted is None else (accepted, key_beside(accepted))


def to_file(output: Path | None) -> Path | None:
    """The file or folder that is meant; None for stdout."""
    return None if output is None or str(output) in STDOUT else output


def form_of(form: str | None, output: Path | None, forms: Collection[str]) -> str | None:
    """The form asked for, or else that which the name of the output promises; None where neither says.

    Raises:
        ConfigError: they contradict each other, or the name promises a form that there is none of.
    """
    promised = FILE_KINDS.get(output.suffix.lower()) if output is not None else None
    if promised is None or promised == form:
        return form
    name = printable(output.name) if output is not None else ""
    if form is not None:
        msg = f"{name} is not named for {form}, which --format asks for"
        raise ConfigError(msg)
    if promised not in forms:
        msg = f"{name} is named for a form that is not written; there are {', '.join(forms)}"
        raise ConfigError(msg)
    return promised
