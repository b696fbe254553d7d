"""The names of the derived tables, and the models of their frames."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pandera.polars as pa
import pytest

from returns903 import derive, schemas

HERE = [name for name, home in derive.HOMES.items() if find_spec(f"returns903.derive.{home}")]


def test_every_name_has_a_home() -> None:
    assert set(derive.__all__) == set(derive.HOMES)
    assert set(derive.HOMES) <= set(dir(derive))


@pytest.mark.parametrize("name", HERE)
def test_a_name_means_what_is_documented(name: str) -> None:
    found = getattr(derive, name)
    assert not isinstance(found, ModuleType)
    assert found.__doc__
    assert isinstance(found, FunctionType | type)


def test_a_name_that_is_none_is_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = derive.nothing
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = schemas.nothing


@pytest.mark.parametrize("name", [name for name in HERE if derive.HOMES[name] == name])
def test_a_function_stands_before_the_module_of_its_name(name: str) -> None:
    assert isinstance(import_module(f"returns903.derive.{name}"), ModuleType)
    assert isinstance(getattr(derive, name), FunctionType)


def test_models_are_found_by_the_names_of_their_tables() -> None:
    assert {"PeriodsOfCare", "LegalStatusRuns", "LeavingCare", "LegalStatusOn"} <= set(schemas.DERIVED)
    for name, model in schemas.DERIVED.items():
        assert getattr(schemas, name) is model
        assert issubclass(model, pa.DataFrameModel)
        assert model.__doc__


def test_derived_tables_need_no_pandera() -> None:
    code = "import sys\nfrom returns903.derive import care, leaving, population\nprint('pandera' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


DOCS = Path(__file__).resolve().parents[2] / "docs" / "derived"


@pytest.mark.parametrize("page", ["care.md", "leaving.md"])
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
