"""The models say what is wrong with a frame, and quote no cell of it."""

from __future__ import annotations

import datetime as dt
import traceback
from collections.abc import Callable
from typing import Any

import pandera.polars as pa
import polars as pl
import pytest

from returns903 import InputError, schemas
from returns903.derive.model import Model
from returns903.tables import TABLES

MARK = "SECRET"
MODELS: dict[str, type[Model]] = {**{name: getattr(schemas, name) for name in TABLES}, **schemas.DERIVED}

CELLS = {
    pl.String: [MARK] * 7,
    pl.Date: [dt.date(1987, 6, 5)] * 7,
    pl.Boolean: [True] * 7,
    pl.UInt32: [0] * 7,
    pl.Int32: [-987654321] * 7,
    pl.Int64: [-987654321] * 7,
    pl.Float64: [987654321.5] * 7,
}


def of_its_types(model: type[Model]) -> pl.DataFrame:
    """A frame of a model's types, in which many a cell is none that the model allows."""
    types = {name: column.dtype.type for name, column in model.to_schema().columns.items()}
    return pl.DataFrame({name: pl.Series(CELLS[dtype], dtype=dtype) for name, dtype in types.items()})


def all_text(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(pl.lit(MARK).alias(name) for name in frame.columns)


def all_null(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.when(pl.int_range(pl.len()) > 0).then(pl.all()))


def all_categories(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.lit(MARK).cast(pl.Enum([MARK])).alias(name) for name in frame.columns)


def all_lists(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.lit(MARK).implode().alias(name) for name in frame.columns)


def all_bytes(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.lit(MARK.encode()).alias(name) for name in frame.columns)


def all_lists_of_bytes(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.lit(MARK.encode()).implode().alias(name) for name in frame.columns)


def all_structs(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.struct(a=pl.lit(MARK)).alias(name) for name in frame.columns)


def all_far(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.lit(2**31 - 1, pl.Int32).cast(pl.Date).alias(name) for name in frame.columns)


def bytes_beside(frame: pl.DataFrame) -> pl.DataFrame:
    return all_null(frame).with_columns(pl.lit(MARK.encode()).alias("other"))


def none_left(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(pl.lit(MARK).alias("other"))


def turned(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(reversed(frame.columns))


def uncollectable(frame: pl.DataFrame) -> pl.LazyFrame:
    return frame.lazy().with_columns(pl.lit(MARK).str.to_integer().alias(frame.columns[0]))


def as_it_is(frame: pl.DataFrame) -> pl.DataFrame:
    return frame


ODD = [all_bytes, all_lists_of_bytes, all_structs, all_far, bytes_beside]
FAULTS = [as_it_is, all_text, all_null, all_categories, all_lists, none_left, turned, uncollectable, *ODD]
WAYS: dict[str, Callable[[type[Model], Any], Any]] = {
    "validate": lambda model, frame: model.validate(frame),
    "validate lazily": lambda model, frame: model.validate(frame, lazy=True),
    "some rows": lambda model, frame: model.validate(frame, head=2),
    "call": lambda model, frame: model(frame),
    "the schema": lambda model, frame: model.to_schema().validate(frame, lazy=True),
}


def refusal(way: str, model: type[Model], frame: Any) -> InputError | None:
    try:
        WAYS[way](model, frame)
    except InputError as error:
        return error
    return None


@pytest.mark.parametrize(
    ("fault", "way"), [*((fault, "validate lazily") for fault in FAULTS), *((all_text, way) for way in WAYS)]
)
@pytest.mark.parametrize("name", MODELS)
def test_no_model_quotes_a_cell(name: str, fault: Callable[[pl.DataFrame], Any], way: str) -> None:
    error = refusal(way, MODELS[name], fault(of_its_types(MODELS[name])))
    if error is None:
        assert fault in (as_it_is, all_null, turned, uncollectable, bytes_beside)
        return
    assert str(error).startswith(f"{name}: ")
    assert "\n" not in str(error)
    assert error.__cause__ is None
    assert error.__context__ is None or fault is uncollectable
    said = "".join(traceback.format_exception(error)) + repr(error) + repr(error.args)
    assert not [cell for cell in (MARK, "987654321", "1987") if cell in said]


@pytest.mark.parametrize("name", MODELS)
def test_nothing_makes_polars_panic(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    for fault in ODD:
        error = refusal("validate lazily", MODELS[name], fault(of_its_types(MODELS[name])))
        assert "cannot be checked" not in str(error)
    assert capfd.readouterr() == ("", "")


def test_every_model_is_one_of_these() -> None:
    assert len(MODELS) >= 24
    for model in MODELS.values():
        assert issubclass(model, Model)
        assert issubclass(model, pa.DataFrameModel)


class Small(Model):
    child: str
    kind: str = pa.Field(nullable=True, isin=["a", "b"])
    days: pl.Int64 = pa.Field(ge=0, unique=True)

    class Config:
        strict = True
        ordered = True


GOOD = pl.DataFrame({"child": ["A", "B"], "kind": ["a", None], "days": [0, 1]})


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (GOOD, ""),
        (GOOD.drop("kind"), "column kind is missing"),
        (GOOD.with_columns(more=1), "column more is none of the table's"),
        (GOOD.select("kind", "child", "days"), "column kind is not in its place"),
        (GOOD.with_columns(more=b""), "column more is none of the table's"),
        (GOOD.with_columns(days=b""), "column days is not of the type Int64"),
        (
            GOOD.with_columns(child=pl.Series([0, -(2**31)], dtype=pl.Int32).cast(pl.Date)),
            "column child holds a day that no calendar has in 1 row: 1",
        ),
        (GOOD.with_columns(child=1), "column child is not of the type String"),
        (GOOD.with_columns(child=None).cast({"child": pl.String}), "column child is null in 2 rows: 0, 1"),
        (GOOD.with_columns(kind=pl.lit(MARK)), r"column kind fails isin\(\['a', 'b'\]\) in 2 rows: 0, 1"),
        (GOOD.with_columns(days=pl.Series([0, -5])), r"column days fails greater_than_or_equal_to\(0\) in 1 row: 1"),
        (GOOD.with_columns(days=3), "column days holds the same as another row in 2 rows: 0, 1"),
        (
            pl.concat([GOOD] * 10).with_columns(days=pl.int_range(20), kind=pl.lit("c")),
            "in 20 rows, the first of them 0, 1, 2, 3, 4",
        ),
    ],
)
def test_what_is_said_of_a_frame(frame: pl.DataFrame, said: str) -> None:
    if not said:
        assert Small.validate(frame).equals(frame)
        return
    with pytest.raises(InputError, match=f"^Small: .*{said}"):
        Small.validate(frame, lazy=True)


def test_many_faults_are_counted() -> None:
    with pytest.raises(InputError, match=r"; and [0-9]+ further faults$"):
        schemas.Episodes.validate(pl.DataFrame({"row": [1]}), lazy=True)


@pytest.mark.parametrize("given", [None, 3, MARK, {"child": [MARK]}, GOOD.to_series()])
def test_what_is_no_frame(given: Any) -> None:
    with pytest.raises(InputError, match=r"^Small: ") as raised:
        Small.validate(given)
    assert MARK not in str(raised.value)
