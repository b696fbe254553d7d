"""The layout of the return, by table and year, for other programs: JSON Schema and Frictionless Table Schema."""

from __future__ import annotations

from typing import Any

from returns903.tables import TABLES
from returns903.tables.base import Column, Table
from returns903.years import Year, rules_year

_LEAP = "[0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00"
_DAYS = (
    "(0?[1-9]|1[0-9]|2[0-8])/(0?[1-9]|1[0-2])/[0-9]{4}",
    "(29|30)/(0?[13-9]|1[0-2])/[0-9]{4}",
    "31/(0?[13578]|1[02])/[0-9]{4}",
    f"29/0?2/({_LEAP})",
)
DATE_PATTERN = f"^({'|'.join(_DAYS)})$"
"""A day of the calendar as dd/mm/yyyy, for languages that know patterns and no dates."""


def tables_in(year: Year | str) -> list[Table]:
    """The tables that exist in a collection year, in the order of the return."""
    label = rules_year(year)
    return [of for of in TABLES.values() if of.in_year(label)]


def json_schema(of: Table, year: Year | str) -> dict[str, Any]:
    """JSON Schema of one row of a table: its cells as text, as they stand in the file, or null where they are blank."""
    label = rules_year(year)
    columns = of.columns(label)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:returns903:{label}:{of.name}",
        "title": f"{of.name} {label}",
        "description": f"{of.meaning}. A row holds its cells as text; a blank cell is null, never an empty text.",
        "type": "object",
        "properties": {name: _json_column(column, label) for name, column in columns.items()},
        "required": list(columns),
        "additionalProperties": False,
    }


def _json_column(column: Column, year: str) -> dict[str, Any]:
    described: dict[str, Any] = {
        "description": column.meaning,
        "type": ["string", "null"] if column.blank else "string",
    }
    if codes := column.valid_codes(year):
        described["enum"] = [*codes, *([None] if column.blank else [])]
    elif pattern := pattern_of(column):
        described["pattern"] = pattern
    else:
        described["minLength"] = 1
    if column.kind == "date":
        described["$comment"] = "dd/mm/yyyy"
    return described


def table_schema(of: Table, year: Year | str) -> dict[str, Any]:
    """Frictionless Table Schema of a table as a CSV file, in which a blank cell is empty."""
    label = rules_year(year)
    return {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "name": f"{of.name}-{label}".lower(),
        "title": of.meaning,
        "fields": [_field(column, label) for column in of.columns(label).values()],
        "primaryKey": list(of.key),
        "missingValues": [""],
    }


def _field(column: Column, year: str) -> dict[str, Any]:
    described: dict[str, Any] = {"name": column.name, "description": column.meaning, "type": "string"}
    limits: dict[str, Any] = {"required": not column.blank}
    if column.kind == "date":
        described |= {"type": "date", "format": "%d/%m/%Y"}
    elif codes := column.valid_codes(year):
        limits["enum"] = codes
    elif pattern := pattern_of(column):
        limits["pattern"] = pattern
    return {**described, "constraints": limits}


def pattern_of(column: Column) -> str | None:
    """The regular expression that every cell of a column matches, blank ones aside; None where any text will do."""
    if column.kind == "date":
        return DATE_PATTERN
    return f"^({column.pattern})$" if column.pattern else None
