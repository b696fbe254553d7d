"""Returns from frames: values count as they stand, and dates are read strictly."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

import returns903
from returns903 import Return, schemas
from returns903.tables import TABLES


def episodes(**columns: list[object]) -> pl.DataFrame:
    the_return = Return.from_frames({"Episodes": pl.DataFrame(columns, strict=False)}, year="2024-25")
    return the_return["Episodes"]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("05/04/2024", dt.date(2024, 4, 5)),
        ("5/4/2024", dt.date(2024, 4, 5)),
        ("29/02/2024", dt.date(2024, 2, 29)),
        ("29/02/2023", None),
        ("05/04/24", None),
        (" 05/04/2024", None),
        ("05/04/2024 00:00", None),
        ("2024-04-05", None),
        ("05-04-2024", None),
        ("31/06/2024", None),
        ("01/01/0001", None),
        ("", None),
        ("\u0660\u0665/\u0660\u0664/\u0662\u0660\u0662\u0664", None),
    ],
)
def test_dates_are_read_strictly(cell: str, day: dt.date | None) -> None:
    assert episodes(CHILD=["A"], DECOM=[cell])["DECOM"][0] == day


def test_typed_frames_are_taken_as_they_are() -> None:
    found = episodes(CHILD=[7], DECOM=[dt.date(2024, 4, 5)], DEC=[dt.datetime(2024, 5, 1)], URN=[1234567.0])
    assert found.select("CHILD", "DECOM", "DEC", "URN").row(0) == (
        "7",
        dt.date(2024, 4, 5),
        dt.date(2024, 5, 1),
        "1234567",
    )


def test_a_time_in_a_zone_keeps_its_day() -> None:
    summer = pl.Series([dt.datetime(2024, 5, 1)]).dt.replace_time_zone("Europe/London")
    assert episodes(CHILD=["A"], DECOM=summer)["DECOM"][0] == dt.date(2024, 5, 1)  # type: ignore[arg-type]


def test_a_number_too_large_for_a_code_is_not_blank() -> None:
    assert episodes(CHILD=["A"], URN=[1e300])["URN"][0] == "1e+300"


def test_a_distance_may_be_a_category() -> None:
    distance = pl.Series(["12.5"], dtype=pl.Categorical)
    assert episodes(CHILD=["A"], PL_DISTANCE=distance)["PL_DISTANCE"][0] == 12.5  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", [["SECRET"], {"a": "SECRET"}, b"SECRET", dt.timedelta(days=1), dt.time(1), object()])
def test_what_no_text_stands_for_is_refused(cell: object) -> None:
    with pytest.raises(returns903.InputError, match="Episodes holds neither text, numbers nor dates in LS"):
        episodes(CHILD=["A"], LS=[cell])


def test_values_are_kept_as_they_stand() -> None:
    assert episodes(CHILD=["a "], LS=[" c2"])["LS"][0] == " c2"


def test_rows_and_lines_stand_beside_the_columns() -> None:
    found = episodes(CHILD=["A", "B"])
    assert found["row"].to_list() == [0, 1]
    assert found["line"].to_list() == [None, None]


def test_a_table_nobody_knows_is_refused() -> None:
    with pytest.raises(returns903.InputError, match="Episode"):
        Return.from_frames({"Episode": pl.DataFrame()}, year="2024-25")


def test_what_is_no_frame_is_refused() -> None:
    with pytest.raises(returns903.ConfigError, match="list"):
        Return.from_frames({"Episodes": []}, year="2024-25")  # type: ignore[dict-item]


@pytest.mark.parametrize("name", TABLES)
def test_every_typed_table_meets_its_model(name: str) -> None:
    the_return = Return.from_frames({name: pl.DataFrame({"CHILD": ["A"]})}, year="2024-25")
    getattr(schemas, name).validate(the_return[name])


@pytest.mark.parametrize("name", ["providers", "postcodes"])
def test_a_reference_list_of_lists_is_refused(name: str) -> None:
    odd = pl.DataFrame({"URN": [["1"]], "postcode": [["AA1 1AA"]]})
    with pytest.raises(returns903.InputError, match=f"the frame of {name} holds neither"):
        Return.from_frames({}, year="2024-25", **{name: odd})
