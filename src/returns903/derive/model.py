"""The base of this library's pandera models, and those of the derived tables.

pandera's errors quote cells; those of these models do not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pandera.polars as pa
import polars as pl
from pandera.backends.base import BaseSchemaBackend
from pandera.config import ValidationDepth, config_context
from pandera.constants import CHECK_OUTPUT_KEY
from pandera.errors import SchemaError, SchemaErrors

from returns903.derive.declared import TABLES, Column, Declared
from returns903.errors import InputError, told_as
from returns903.words import counted, heading

ROWS_NAMED, FAULTS_NAMED = 5, 10
"""So many rows of a fault are named, and so many faults; the others are counted."""

_ABOUT_COLUMNS = {
    "column_in_dataframe": "is missing",
    "column_in_schema": "is none of the table's",
    "column_ordered": "is not in its place",
}
_TOLD = (pl.String, pl.Boolean, pl.Date, pl.Categorical, pl.Enum, pl.Null)
"""The types, numbers aside, of which pandera can tell what fails."""
_FIRST, _LAST = ((day - dt.date(1970, 1, 1)).days for day in (dt.date.min, dt.date.max))
_ABOUT_CELLS = {"not_nullable": "is null", "field_uniqueness": "holds the same as another row"}


class Model(pa.DataFrameModel):
    """A pandera model whose `validate` raises `InputError`: table, column, check and rows, and no cell."""

    @classmethod
    def build_schema_(cls, **kwargs: Any) -> pa.DataFrameSchema:
        """The schema, for pandera to call."""
        made = super().build_schema_(**kwargs)
        return _Schema(made.columns, checks=made.checks, **kwargs)


def model_of(name: str) -> type[Model]:
    """The model of a derived table, from its declaration: these columns and no other, in order unless it can be cut."""
    table = TABLES[name]
    body: dict[str, Any] = {column: _field(of) for column, of in table.columns.items()}
    body |= {name: pa.Field() for name in table.by}
    body["__annotations__"] = {column: of.dtype for column, of in table.columns.items()}
    body["__annotations__"] |= dict.fromkeys(table.by, pl.String | None)
    body["Config"] = type("Config", (), {"strict": True, "ordered": not table.by})
    if table.key:
        body["rows_told_apart"] = pa.dataframe_check(_told_apart(table))
    body |= {"__module__": "returns903.derive.models", "__doc__": f"`{name}`: one row a {table.row}."}
    return type(table.model, (Model,), body)


def _told_apart(table: Declared) -> Any:
    """The check that no two rows of a group have one key."""

    def rows_told_apart(_: type[Model], data: pa.PolarsData) -> pl.LazyFrame:
        there = data.lazyframe.collect_schema().names()
        key = [name for name in (*table.by, *table.key) if name in there]
        return data.lazyframe.select(pl.struct(key).is_unique() if key else pl.lit(value=True))

    return rows_told_apart


def _field(of: Column) -> Any:
    allowed = list(of.values) or None
    null = of.null is not None
    return pa.Field(nullable=null, isin=allowed, ge=of.least, le=of.most, description=of.says)


class _Schema(pa.DataFrameSchema):
    """A schema that tells what is wrong without a cell, whether it is asked through its model or by itself."""

    def validate(self, check_obj: Any, *args: Any, **kwargs: Any) -> Any:
        """The frame itself, where it is as the schema says."""
        with told_as(InputError(f"{self.name}: cannot be checked; a frame of polars is wanted")):
            if odd := list(self._odd(check_obj)):
                msg = f"{self.name}: {_listed(odd)}"
                raise InputError(msg)
            try:
                with config_context(validation_depth=ValidationDepth.SCHEMA_AND_DATA):  # of lazy frames too
                    return super().validate(check_obj, *args, **kwargs)
            except (SchemaError, SchemaErrors) as error:
                told = _told(error)
        # Raised here, it does not carry pandera's error, and the cells in it, as its context.
        msg = f"{self.name}: {told}"
        raise InputError(msg)

    def _odd(self, frame: pl.DataFrame | pl.LazyFrame) -> Iterator[str]:
        """What pandera cannot tell: it writes rows that fail as JSON, which has no bytes, lists or far days."""
        for name, dtype in frame.collect_schema().items():
            if not (dtype.is_numeric() or dtype in _TOLD):
                if name in self.columns:
                    yield f"column {name} is not of the type {self.columns[name].dtype}"
                elif self.strict:
                    yield f"column {heading(name)} {_ABOUT_COLUMNS['column_in_schema']}"
            elif not isinstance(frame, pl.LazyFrame) and dtype == pl.Date:
                far = ~frame.get_column(name).to_physical().is_between(_FIRST, _LAST)
                if far.any():
                    yield f"column {heading(name)} holds a day that no calendar has{_named(far)}"

    @classmethod
    def get_backend(cls, check_obj: Any = None, check_type: type | None = None) -> BaseSchemaBackend:
        """What pandera checks its own schemas with."""
        return pa.DataFrameSchema.get_backend(check_obj, check_type)


def _told(error: SchemaError | SchemaErrors) -> str:
    faults = error.schema_errors if isinstance(error, SchemaErrors) else [error]
    return _listed(list(dict.fromkeys(_fault(fault) for fault in faults)))


def _listed(told: list[str]) -> str:
    more = [f"and {counted(len(told) - FAULTS_NAMED, 'further fault')}"] if len(told) > FAULTS_NAMED else []
    return "; ".join(told[:FAULTS_NAMED] + more)


def _fault(fault: SchemaError) -> str:
    check = fault.check if isinstance(fault.check, str) else fault.check.error or fault.check.name
    if check in _ABOUT_COLUMNS:
        return f"column {heading(str(fault.failure_cases))} {_ABOUT_COLUMNS[check]}"
    if check == "multiple_fields_uniqueness":
        return f"two rows have the same {', '.join(fault.schema.unique)}{''.join(_rows(fault.check_output))}"
    column = f"column {fault.column_name}"
    if check.startswith("dtype("):
        return f"{column} is not of the type {check.removeprefix('dtype(').strip(chr(39) + ')')}"
    return f"{column} {_ABOUT_CELLS.get(check) or f'fails {check}'}{''.join(_rows(fault.check_output))}"


def _rows(passed: Any) -> Iterator[str]:
    """Which rows do not pass, where pandera says so."""
    if isinstance(passed, pl.DataFrame):
        yield _named(passed.get_column(CHECK_OUTPUT_KEY).not_())


def _named(fails: pl.Series) -> str:
    rows = fails.arg_true()
    named = ", ".join(map(str, rows.head(ROWS_NAMED)))
    many = f", the first of them {named}" if rows.len() > ROWS_NAMED else f": {named}"
    return f" in {counted(rows.len(), 'row')}{many} (counted from 0)"
