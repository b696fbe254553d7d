"""Rows of an authority's own in the table of leaving reasons, such as one-night stays, named in a small TOML file."""

from __future__ import annotations

import datetime as dt
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Self

import polars as pl
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from returns903 import codes
from returns903.errors import ConfigError
from returns903.reading.bounded import settings_of
from returns903.words import printable

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Label = Annotated[Name, AfterValidator(printable)]
NO_ENDING = "X1"
"""The only REC with which care goes on."""


class LocalCategory(BaseModel):
    """A row of an authority's own, and the leavers who belong in it: those who meet every condition given.

    At least one condition is given. A leaver whom several categories would take belongs in the first.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)

    name: Label
    """What the row is called."""
    codes: list[str] | None = Field(default=None, min_length=1)
    """The reason is one of these codes (REC)."""
    children: list[Name] | None = Field(default=None, min_length=1)
    """The child is one of these (CHILD)."""
    dates: list[dt.date] | None = Field(default=None, min_length=1)
    """The child ceased on one of these days."""
    first_date: dt.date | None = None
    """The child ceased on this day or later."""
    last_date: dt.date | None = None
    """The child ceased on this day or earlier."""
    days_at_most: int | None = Field(default=None, ge=0)
    """The period of care that ended lasted this many days or fewer: 1 for a stay of one night."""

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        msg = ""
        if not self.model_fields_set - {"name"}:
            msg = "needs at least one condition"
        elif set(self.codes or ()) - (set(codes.code_list("REC")) - {NO_ENDING}):
            msg = "names a code with which no child leaves care"
        elif self.first_date and self.last_date and self.first_date > self.last_date:
            msg = "has a first_date after its last_date"
        if msg:
            raise ValueError(msg)
        return self

    def takes(self) -> pl.Expr:
        """Whether a row of `leaving_care` belongs in this category."""
        conditions = [
            None if self.codes is None else pl.col("reason").is_in(self.codes),
            None if self.children is None else pl.col("child").is_in(self.children),
            None if self.dates is None else pl.col("ceased").is_in(pl.Series(self.dates, dtype=pl.Date).implode()),
            None if self.first_date is None else pl.col("ceased") >= self.first_date,
            None if self.last_date is None else pl.col("ceased") <= self.last_date,
            None if self.days_at_most is None else pl.col("days") <= self.days_at_most,
        ]
        return pl.all_horizontal(condition.fill_null(value=False) for condition in conditions if condition is not None)


class _File(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    category: list[LocalCategory] = Field(min_length=1)


def local_categories(path: str | Path) -> list[LocalCategory]:
    """The local categories of a TOML file, in its order.

    ::

        [[category]]
        name = "One night before dispersal"
        codes = ["E3"]
        days_at_most = 1

    Raises:
        ConfigError: the file cannot be read, is no TOML, or a category makes no sense; the text holds no value of it.
    """
    return _checked(settings_of(Path(path))[1])


def _checked(raw: dict[str, Any]) -> list[LocalCategory]:
    try:
        found = _File.model_validate(raw).category
    except ValidationError as error:
        raise ConfigError(_said(error.errors(include_input=False, include_url=False)[0])) from None
    names = [category.name for category in found]
    if twice := [number for number, name in enumerate(names, 1) if name in names[: number - 1]]:
        msg = f"local category {twice[0]} has the name of one before it"
        raise ConfigError(msg)
    return found


_KEYS = ", ".join(LocalCategory.model_fields)
_SAID = {
    "missing": "is missing",
    "string_type": "must be text in quotes",
    "string_too_short": "must not be empty",
    "string_too_long": "is too long",
    "list_type": "must be a list, in square brackets",
    "too_short": "must not be empty",
    "date_type": "must be a day, written like 2024-05-01 without quotes",
    "int_type": "must be a whole number",
    "greater_than_equal": "must not be below 0",
}


def _said(error: ErrorDetails) -> str:
    """What is wrong with a file of categories; keys that we do not know may be anything, and are not quoted."""
    where, kind = error["loc"], error["type"]
    of = f"local category {where[1] + 1}" if len(where) > 1 and isinstance(where[1], int) else "a local category"
    if kind == "extra_forbidden":
        return f"{of} has a key that is none of {_KEYS}" if len(where) > 1 else "each local category is a [[category]]"
    if len(where) < 2:
        return "the file holds no local category: each begins with [[category]] on a line of its own"
    if kind == "value_error":
        return f"{of} {error['ctx']['error']}; the keys are {_KEYS}"
    key = next((part for part in where[2:] if part in LocalCategory.model_fields), None)
    return f"{of}: {key} {_SAID.get(kind, 'cannot be used')}" if key else f"{of} is no table of keys"


def assigned(leavers: pl.DataFrame, categories: list[LocalCategory]) -> pl.DataFrame:
    """The leavers with `local`: the number, from 0, of the first category that takes them; null: none."""
    number = reduce(
        lambda otherwise, item: pl.when(item[1].takes()).then(pl.lit(item[0])).otherwise(otherwise),
        reversed(list(enumerate(categories))),
        pl.lit(None, pl.Int32),
    )
    return leavers.with_columns(local=number.cast(pl.Int32))
