"""What a pipeline hands over, table by table, as pandera models: the layout of a collection year and its codes.

They mean what the JSON Schemas and Table Schemas of `schemas/` mean, and are made of the same description.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pandera.polars as pa
import polars as pl

from returns903.derive.model import Model
from returns903.errors import ConfigError
from returns903.tables.base import Column, Table
from returns903.tables.describe import pattern_of, tables_in
from returns903.words import printable
from returns903.years import Year, rules_year


class Contracts(Mapping[str, type[Model]]):
    """The models of a collection year's tables, by name or as attributes: ``for_year("2024-25").Episodes``."""

    def __init__(self, year: str, models: dict[str, type[Model]]) -> None:
        self.year = year
        self._models = models

    def __getitem__(self, name: str) -> type[Model]:
        return self._models[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._models)

    def __len__(self) -> int:
        return len(self._models)

    def __getattr__(self, name: str) -> type[Model]:
        if not name.startswith("_") and name in self._models:
            return self._models[name]
        msg = f"there is no table {printable(name)} in {self.year}; the tables are {', '.join(self._models)}"
        raise AttributeError(msg)

    def __dir__(self) -> list[str]:
        return sorted([*super().__dir__(), *self._models])

    def __repr__(self) -> str:
        return f"<schemas of {self.year}: {', '.join(self._models)}>"


def for_year(year: Year | str, *, typed: bool = False) -> Contracts:
    """pandera models of the tables of a collection year, as a pipeline should hand them over.

    A model asks for every column of the table in that year and no other, in any order: cells as text, as they stand in
    a file, or typed (days as `Date`, all else as text). A blank is null, never an empty text, and lies only where the
    return lets a cell be blank; codes are those of the year's lists; other text has the published form. No two rows
    have the same key. How rows and tables fit together is what the rules are for.

    ``for_year("2024-25").Episodes.validate(frame)`` returns the frame, or raises `InputError`: table, column, check and
    rows, and no cell. A `LazyFrame` is collected to be checked, and comes back lazy. The models serve
    `pandera.typing.polars.DataFrame` and `pandera.check_types` as any.

    Args:
        year: the collection year.
        typed: whether days are of type `Date`; they are text otherwise, as dd/mm/yyyy.

    Raises:
        ConfigError: no rules, and so no layout, are known for the year.
    """
    if not isinstance(typed, bool):
        msg = "typed is True or False: whether days are dates or text"
        raise ConfigError(msg)
    return _for_label(rules_year(year), typed)


@cache
def _for_label(year: str, typed: bool) -> Contracts:
    return Contracts(year, {of.name: _model(of, year, typed) for of in tables_in(year)})


def _model(of: Table, year: str, typed: bool) -> type[Model]:
    columns = of.columns(year)
    body: dict[str, Any] = {name: _field(column, year, typed) for name, column in columns.items()}
    body["__annotations__"] = {name: _dtype(column, typed) for name, column in columns.items()}
    body["Config"] = type("Config", (), {"strict": True, "unique": list(of.key), "name": f"{of.name} {year}"})
    body |= {"__module__": __name__, "__doc__": f"{of.meaning}, as a return of {year} has it."}
    return type(of.name, (Model,), body)


def _dtype(column: Column, typed: bool) -> type[pl.DataType]:
    return pl.Date if typed and column.kind == "date" else pl.String


def _field(column: Column, year: str, typed: bool) -> Any:
    form: dict[str, Any] = {}
    if _dtype(column, typed) == pl.String:
        if codes := column.valid_codes(year):
            form["isin"] = codes
        elif pattern := pattern_of(column):
            form["str_matches"] = pattern
        else:
            form["str_length"] = {"min_value": 1}
    return pa.Field(nullable=column.blank, description=column.meaning, **form)
