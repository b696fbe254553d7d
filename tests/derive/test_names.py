"""The names of the derived tables, and the models of their frames."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import FunctionType, ModuleType
from typing import Any

import pandera.polars as pa
import pytest

from returns903 import derive, schemas
from returns903.derive.declared import TABLES

MODULES = [module.name for module in iter_modules(derive.__path__)]


def test_every_table_is_a_name_of_the_package() -> None:
    assert set(TABLES) <= set(derive.__all__)
    assert {TABLES[name].home for name in TABLES} <= {f"returns903.derive.{home}" for home in MODULES}


@pytest.mark.parametrize("name", derive.__all__)
def test_a_name_means_what_is_documented(name: str) -> None:
    found = getattr(derive, name)
    assert found.__doc__
    assert isinstance(found, FunctionType | type)


@pytest.mark.parametrize("name", [name for name in derive.__all__ if name in MODULES])
def test_a_function_stands_before_the_module_of_its_name(name: str) -> None:
    assert isinstance(import_module(f"returns903.derive.{name}"), ModuleType)
    assert isinstance(getattr(derive, name), FunctionType)


def test_models_are_found_by_the_names_of_their_tables() -> None:
    assert {table.model for table in TABLES.values()} == set(schemas.DERIVED)
    for name, model in schemas.DERIVED.items():
        assert getattr(schemas, name) is model
        assert issubclass(model, pa.DataFrameModel)
        assert model.__doc__


@pytest.mark.parametrize("name", TABLES)
def test_the_docstring_lists_the_columns(name: str) -> None:
    doc = getattr(derive, name).__doc__
    assert [f"* {column}: " for column in TABLES[name].columns if f"* {column}: " not in doc] == []
    assert f"One row a {TABLES[name].row}:" in " ".join(doc.split())


def test_derived_tables_need_no_pandera() -> None:
    code = "import sys\nfrom returns903 import derive\nprint('pandera' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


DOCS = Path(__file__).resolve().parents[2] / "docs" / "derived"


@pytest.mark.parametrize(
    "page", ["care.md", "leaving.md", "cuts.md", "health.md", "missing.md", "adoption.md", "social_workers.md"]
)
def test_the_example_of_a_page_gives_the_table_below_it(page: str) -> None:
    code, table = (DOCS / page).read_text(encoding="utf-8").split("## Example")[1].split("```python")[1].split("```")
    *before, last = code.strip().splitlines()
    names: dict[str, Any] = {}
    exec("\n".join(before), names)
    frame = eval(last, names)
    head, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.strip().splitlines()]
    as_text = [["null" if value is None else str(value) for value in row] for row in frame.rows()]
    told = [[value.lower() if value in ("True", "False") else value for value in row] for row in as_text]
    assert (head, rows) == (frame.columns, told)
