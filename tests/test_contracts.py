"""What a pipeline hands over: three schemas of one meaning, errors without cells, eager and lazy frames alike."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import frictionless
import jsonschema
import pandera.polars as pa
import polars as pl
import pytest
from pandera.errors import SchemaErrors
from pandera.typing.polars import DataFrame, LazyFrame

import returns903
from returns903 import InputError, schemas
from returns903.errors import ConfigError
from returns903.tables import TABLES
from returns903.tables.base import Column, Table
from returns903.tables.describe import json_schema, table_schema, tables_in
from returns903.testing import synthesise
from returns903.years import RULE_YEARS

DESCRIBED = [(of.name, year) for year in RULE_YEARS for of in tables_in(year)]
DAYS = ["01/02/2024", "1/2/2024", "29/02/2024", "29/2/2000", "31/12/1999", "30/04/2024", "30/11/2023"]
NO_DAYS = ["29/02/2023", "29/02/1900", "30/02/2024", "31/04/2024", "00/01/2024", "01/13/2024", "01/01/24", "2024-01-01"]
TEXTS = [
    "A1",
    "UN1",
    "1",
    "0",
    "SC012345",
    "SW1A 1AA",
    "A123456789012",
    "301",
    "x",
    "a1",
    "é",
    "A1 ",
    "A" * 21,
    "ZZ/ZZ/2020",
]
Cell = str | None


@cache
def probes(of: Table, name: str) -> tuple[Cell, ...]:
    """Cells for a column: codes of every year, days and none, texts of many forms, and a blank."""
    codes = [code for year in RULE_YEARS for code in of.all_columns()[name].valid_codes(year)]
    return tuple(dict.fromkeys([*codes, *DAYS, *NO_DAYS, *TEXTS, None]))


def lawful(column: Column, of: Table, year: str) -> str:
    checker = jsonschema.Draft202012Validator(json_schema(of, year)["properties"][column.name])
    return next(cell for cell in probes(of, column.name) if cell is not None and checker.is_valid(cell))


def rows(of: Table, year: str) -> list[dict[str, Cell]]:
    """A lawful row for each cell of each column, with that cell in its place."""
    columns = of.columns(year)
    base: dict[str, Cell] = {name: lawful(column, of, year) for name, column in columns.items()}
    found: list[dict[str, Cell]] = []
    for name in columns:
        found += [{**base, "CHILD": f"C{len(found) + n}", name: cell} for n, cell in enumerate(probes(of, name))]
    return found


def by_json_schema(of: Table, year: str, rows: list[dict[str, Cell]]) -> set[int]:
    checker = jsonschema.Draft202012Validator(json_schema(of, year))
    return {n for n, row in enumerate(rows) if not checker.is_valid(row)}


def by_table_schema(of: Table, year: str, rows: list[dict[str, Cell]]) -> set[int]:
    cells = [list(of.columns(year)), *([cell or "" for cell in row.values()] for row in rows)]
    schema = frictionless.Schema.from_descriptor(table_schema(of, year))
    report = frictionless.Resource(data=cells, schema=schema).validate(limit_errors=10_000)
    return {error.to_dict()["rowNumber"] - 2 for task in report.tasks for error in task.errors}


def by_model(of: Table, year: str, frame: pl.DataFrame, *, typed: bool = False) -> set[int]:
    """The rows that the model refuses, which pandera's own errors tell and ours count."""
    ours = schemas.for_year(year, typed=typed)[of.name].to_schema()
    theirs = pa.DataFrameSchema(ours.columns, strict=ours.strict, unique=ours.unique)
    try:
        theirs.validate(frame, lazy=True)
    except SchemaErrors as error:
        outputs = [fault.check_output for fault in error.schema_errors]
        return {row for output in outputs for row in output.get_column("check_output").not_().arg_true()}
    return set()


def as_days(of: Table, frame: pl.DataFrame) -> tuple[pl.DataFrame, set[int]]:
    """The frame with days, and the rows in which what is no day became the blank that may be there."""
    dates = [name for name in frame.columns if of.all_columns()[name].kind == "date"]
    has_century = pl.col(dates).str.contains("/[0-9]{4}$")
    typed = frame.with_columns(pl.when(has_century).then(pl.col(dates).str.to_date("%d/%m/%Y", strict=False)))
    blanks = [name for name in dates if of.all_columns()[name].blank]
    lost = [(frame[name].is_not_null() & typed[name].is_null()).arg_true() for name in blanks]
    return typed, {row for rows in lost for row in rows}


@pytest.mark.parametrize(("name", "year"), DESCRIBED)
def test_the_three_schemas_refuse_the_same_rows(name: str, year: str) -> None:
    of = TABLES[name]
    asked = rows(of, year)
    wrong = by_json_schema(of, year, asked)
    assert 0 < len(wrong) < len(asked)
    frame = pl.DataFrame(asked, schema=dict.fromkeys(of.columns(year), pl.String))
    assert by_model(of, year, frame) == wrong
    assert by_table_schema(of, year, asked) == wrong
    typed, lost = as_days(of, frame)
    assert by_model(of, year, typed, typed=True) == wrong - lost


GOOD = {"CHILD": ["A1", "A2"], "SEX": ["M", "F"], "DOB": ["01/02/2015", "29/2/2016"], "ETHNIC": ["WBRI", "REFU"]}
GOOD |= {"UPN": ["UN1", "UN2"], "MOTHER": [None, "0"], "MC_DOB": [None, None]}
MARK = "SECRET"


def a_header(**columns: list[Any]) -> pl.DataFrame:
    return pl.DataFrame(GOOD | columns, schema=dict.fromkeys(GOOD, pl.String))


FAULTS = [
    (a_header(), ""),
    (a_header().select(reversed(GOOD)), ""),
    (a_header(SEX=["M", MARK]), r"^Header 2024-25: column SEX fails isin\(\['M', 'F', 'U'\]\) in 1 row: 1"),
    (a_header(SEX=["M", "1"]), "column SEX fails isin"),
    (a_header(SEX=["M", None]), "column SEX is null in 1 row: 1"),
    (a_header(MOTHER=["", None]), "column MOTHER fails isin"),
    (a_header(CHILD=["a1", MARK * 4]), "column CHILD fails str_matches.* in 2 rows: 0, 1"),
    (a_header(DOB=["31/02/2015", "01/02/15"]), "column DOB fails str_matches.* in 2 rows: 0, 1"),
    (a_header(CHILD=[MARK, MARK]), "two rows have the same CHILD in 2 rows: 0, 1"),
    (a_header().drop("UPN"), "column UPN is missing"),
    (a_header().with_columns(OTHER=pl.lit(MARK)), "column OTHER is none of the table's"),
    (a_header().with_columns(DOB=dt.date(2015, 1, 2)), "column DOB is not of the type String"),
]


@pytest.mark.parametrize(("frame", "said"), FAULTS)
@pytest.mark.parametrize("is_lazy", [False, True])
def test_what_is_wrong_is_told_without_a_cell(frame: pl.DataFrame, said: str, is_lazy: bool) -> None:
    given: Any = frame.lazy() if is_lazy else frame
    header = schemas.for_year("2024-25").Header
    if not said:
        checked = header.validate(given, lazy=True)
        assert isinstance(checked, pl.LazyFrame if is_lazy else pl.DataFrame)
        assert checked.lazy().collect().equals(frame)
        return
    with pytest.raises(InputError, match=said) as raised:
        header.validate(given, lazy=True)
    assert MARK not in str(raised.value)


def test_a_typed_table_has_days() -> None:
    header = schemas.for_year(returns903.Year("2024-25"), typed=True)["Header"]
    frame = a_header().with_columns(pl.col("DOB", "MC_DOB").str.to_date("%d/%m/%Y"))
    assert header.validate(frame).equals(frame)
    with pytest.raises(InputError, match="column DOB is not of the type Date"):
        header.validate(a_header())


header: Any = schemas.for_year("2024-25").Header


@pytest.mark.parametrize("is_lazy", [False, True])
def test_models_serve_check_types(is_lazy: bool) -> None:
    @pa.check_types
    def eager(frame: DataFrame[header]) -> DataFrame[header]:
        return frame.with_columns(SEX=pl.lit("X")) if frame.height > 1 else frame  # type: ignore[no-any-return]

    @pa.check_types
    def lazy(frame: LazyFrame[header]) -> LazyFrame[header]:
        return frame.with_columns(SEX=pl.lit("X"))  # type: ignore[no-any-return]

    step: Any = lazy if is_lazy else eager
    with pytest.raises(InputError, match="column SEX fails isin"):
        step(a_header().lazy() if is_lazy else a_header())
    assert is_lazy or eager(a_header().head(1)).height == 1
    with pytest.raises(InputError, match="column CHILD fails"):
        step(a_header(CHILD=["a", "b"]).lazy() if is_lazy else a_header(CHILD=["a", "b"]))


def test_each_year_has_its_tables_and_columns() -> None:
    for year in RULE_YEARS:
        models = schemas.for_year(year)
        assert list(models) == [of.name for of in tables_in(year)]
        for name, model in models.items():
            assert list(model.to_schema().columns) == list(TABLES[name].columns(year))
            assert getattr(models, name) is model
            assert name in dir(models)
    assert "SWEpisodes" not in schemas.for_year("2022-23")
    with pytest.raises(AttributeError, match="there is no table SWEpisodes in 2022-23; the tables are Header, "):
        _ = schemas.for_year("2022-23").SWEpisodes


@pytest.mark.parametrize(("year", "typed"), [("1999-00", False), ("nonsense", False), ("2024-25", "yes")])
def test_what_makes_no_contract(year: str, typed: Any) -> None:
    with pytest.raises(ConfigError):
        schemas.for_year(year, typed=typed)


@pytest.mark.parametrize("year", RULE_YEARS)
def test_a_made_up_return_keeps_its_contract(year: str) -> None:
    ret = synthesise(200, year=year, seed=3).load()
    for typed in (False, True):
        models = schemas.for_year(year, typed=typed)
        for name, frame in ret.tables.items():
            columns = list(TABLES[name].columns(year))
            days = [column for column in columns if frame.schema[column] == pl.Date]
            given = (
                frame.select(columns)
                if typed
                else frame.select(columns).with_columns(pl.col(days).dt.strftime("%d/%m/%Y"))
            )
            models[name].validate(given, lazy=True)
