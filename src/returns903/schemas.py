"""pandera models of the typed tables and of the derived ones: the contract of every frame this library hands out.

They check columns and types, not the rules of the return: a code that is not in its list is a finding, not a broken
frame. ``schemas.Episodes.validate(ret["Episodes"])`` returns the frame, or raises `InputError`, which names column,
check and rows and quotes no cell.
"""

from __future__ import annotations

from typing import Any

import pandera.polars as pa
import polars as pl

from returns903.contracts import Contracts as Contracts
from returns903.contracts import for_year as for_year
from returns903.derive import models
from returns903.derive.model import Model
from returns903.derive.models import *  # noqa: F403  all of them, however many
from returns903.tables import TABLES, Table


def _model(of: Table) -> type[Model]:
    columns: dict[str, Any] = {"row": pl.UInt32, "line": pl.UInt32, "file": pl.String}
    fields: dict[str, Any] = {"row": pa.Field(), "line": pa.Field(nullable=True), "file": pa.Field(nullable=True)}
    for name, column in of.all_columns().items():
        columns[name] = column.dtype
        fields[name] = pa.Field(nullable=True, description=column.meaning)
        if column.derived:
            columns[name] = column.dtype | None
    body = {"__annotations__": columns, "__module__": __name__, "__doc__": of.meaning, **fields}
    return type(of.name, (Model,), body)


Header = _model(TABLES["Header"])
Episodes = _model(TABLES["Episodes"])
Reviews = _model(TABLES["Reviews"])
UASC = _model(TABLES["UASC"])
OC2 = _model(TABLES["OC2"])
OC3 = _model(TABLES["OC3"])
AD1 = _model(TABLES["AD1"])
PlacedAdoption = _model(TABLES["PlacedAdoption"])
PrevPerm = _model(TABLES["PrevPerm"])
Missing = _model(TABLES["Missing"])
SWEpisodes = _model(TABLES["SWEpisodes"])
DoLo = _model(TABLES["DoLo"])


DERIVED: dict[str, type[Model]] = {name: getattr(models, name) for name in models.__all__}
"""The models of the derived tables by name; each is a name of this module too."""
