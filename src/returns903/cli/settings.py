"""What a file of settings may say, once: its keys, their types, and the option that each stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, ValidationInfo

from returns903.cli.validate import FailOn
from returns903.errors import ConfigError
from returns903.reference import authorities
from returns903.rules.registry import Severity
from returns903.words import printable
from returns903.years import Year
from returns903.years import rules_year as label_of_rules

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Key = tuple[str, ...]
"""The place of a value in the file: ``("severity", "361")``."""


def _makes(check: Callable[[Any], object]) -> AfterValidator:
    """A value that `check` makes something of; what it says otherwise is told."""

    def checked(value: Any) -> Any:
        try:
            check(value)
        except ConfigError as error:
            raise ValueError(str(error)) from None
        return value

    return AfterValidator(checked)


def _beside(value: str, info: ValidationInfo) -> str:
    """A path as seen from the folder that the file lies in."""
    return str(Path(info.context or "") / value)


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Names = Annotated[list[Name], Field(min_length=1)]
Place = Annotated[str, StringConstraints(min_length=1), AfterValidator(_beside)]


def _dashed(name: str) -> str:
    return name.replace("_", "-")


class Settings(BaseModel):
    """Settings of returns903: what its commands take where the command line says nothing else."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
        use_attribute_docstrings=True,
        alias_generator=_dashed,
        title="returns903.toml",
    )

    year: Annotated[str, _makes(Year.of)] | None = None
    """The collection year, such as 2024-25."""
    authority: Annotated[str | int, _makes(authorities.code)] | None = None
    """The authority making the return: ONS code, DfE number or name."""
    previous: Place | None = None
    """Last year's return."""
    providers: Place | None = None
    """Ofsted's list of homes and providers."""
    postcodes: Place | None = None
    """The ONS Postcode Directory, as CSV or Parquet."""
    allow_missing: Names | None = None
    """Tables that are meant to be absent."""
    select: Names | None = None
    """The only rules to run: codes, beginnings of codes, or topics."""
    ignore: Names | None = None
    """Rules to leave out, named likewise."""
    severity: Annotated[dict[Name, Severity], Field(min_length=1)] | None = None
    """What rules count as instead, by code, beginning of codes or topic: error or query."""
    rules: Annotated[list[Place], Field(min_length=1)] | None = None
    """Files of rules of your own, as Python."""
    rules_year: Annotated[str, _makes(label_of_rules)] | None = None
    """Another year whose rules are applied."""
    outputs: Annotated[list[Place], Field(min_length=1)] | None = None
    """The files that `validate` writes, each in the form of its name."""
    baseline: Place | None = None
    """An earlier result, as .json or .parquet, for what is new and what is fixed."""
    accepted: Place | None = None
    """The file of accepted findings, which `accept` writes and `validate` sets apart."""
    fail_on: Annotated[FailOn, Field(strict=False)] | None = None
    """What makes the exit status of `validate` 1."""

    def options(self) -> dict[str, str | list[str]]:
        """What is set, as the words of options, by the names of their parameters; several files are a list."""
        given = self.model_dump(exclude_none=True)
        return {_OPTIONS.get(name, name): _words(name, value) for name, value in given.items()}


_OPTIONS = {"authority": "la", "outputs": "output"}
"""The parameters of options that are not called as their keys."""


def key_of(parameter: str) -> str:
    """The key of the file that stands for an option, by the name of its parameter."""
    names = {parameter: name for name, parameter in _OPTIONS.items()}
    return _dashed(names.get(parameter, parameter))


def _words(name: str, value: Any) -> str | list[str]:
    if name in ("outputs", "rules"):
        return list(value)
    if isinstance(value, dict):
        return ",".join(f"{key}={part}" for key, part in value.items())
    return ",".join(value) if isinstance(value, list) else str(value)


def checked(raw: dict[str, Any], folder: Path) -> Settings | list[tuple[Key, str]]:
    """The settings that a file holds, its paths as seen from its folder; or what is wrong with which keys."""
    try:
        return Settings.model_validate(raw, context=folder)
    except ValidationError as error:
        return list(_wrong(error.errors(include_input=False, include_url=False)))


_SAID = {
    "string_type": "must be text in quotes",
    "string_too_short": "must not be empty",
    "list_type": 'must be a list of texts, such as ["101", "SW"]',
    "too_short": "must not be empty: leave the key out",
    "dict_type": 'must be a table, such as {"361" = "query"}',
    "int_type": "must be text in quotes, or a whole number",
}


def _wrong(errors: Iterable[ErrorDetails]) -> Iterable[tuple[Key, str]]:
    """What is wrong, by key. Values are not quoted."""
    for error in errors:
        key = tuple(str(part) for part in error["loc"][:2] if isinstance(part, str))
        key = key[:2] if key[:1] == ("severity",) else key[:1]
        yield key, f"{printable('.'.join(key))} {_said(key, error)}"


def _said(key: Key, error: ErrorDetails) -> str:
    kind = error["type"]
    if kind == "extra_forbidden":
        known = [_dashed(name) for name in Settings.model_fields]
        near = get_close_matches(_dashed(key[0].lower()), known, n=1)
        return f"is no setting: {f'is {near[0]} meant?' if near else 'there are ' + ', '.join(known)}"
    if kind in ("enum", "literal_error"):
        return f"must be one of {error['ctx']['expected']}"
    if kind == "value_error":
        return f"cannot be used: {error['ctx']['error']}"
    return _SAID.get(kind, "cannot be used")
