"""Returns from frames: values count as they stand, and dates are read strictly."""

from __future__ import annotations

import datetime as dt
import pickle
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

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


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (pl.Series(["7.00"]).cast(pl.Decimal(9, 2)), "7"),
        (pl.Series(["7.50"]).cast(pl.Decimal(9, 2)), "7.50"),
        (pl.Series([2**100], dtype=pl.Int128), str(2**100)),
        (pl.Series([1.5], dtype=pl.Float32), "1.5"),
        (pl.Series([None], dtype=pl.Null), None),
        (pl.Series([True]), "1"),
        (pl.Series(["U6"], dtype=pl.Enum(["U6"])), "U6"),
    ],
    ids=str,
)
def test_numbers_and_codes_of_any_type_are_text(number: pl.Series, text: str | None) -> None:
    assert episodes(CHILD=["A"], URN=number)["URN"][0] == text  # type: ignore[arg-type]


def ticks(*counts: int, unit: str, zone: str | None) -> pl.Series:
    return pl.Series(counts, dtype=pl.Int64).cast(pl.Datetime(unit, zone))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "far",
    [
        pl.Series([2**31 - 1, -(2**31)], dtype=pl.Int32).cast(pl.Date),
        pl.Series([dt.date(9999, 12, 31), dt.date(1, 1, 1)]),
        *(
            ticks(2**63 - 1, -(2**63), unit=unit, zone=zone)
            for unit in ("ms", "us", "ns")
            for zone in (None, "Europe/London", "Pacific/Kiritimati")
        ),
    ],
    ids=lambda far: str(far.dtype),
)
def test_a_day_that_no_return_has_is_unreadable(far: pl.Series) -> None:
    every = {column: far for column, about in TABLES["Episodes"].columns().items() if about.kind == "date"}
    frames = {"Episodes": pl.DataFrame({"CHILD": ["A", "A"], **every, "PL_POST": far})}
    the_return = Return.from_frames(frames, previous=frames, year="2024-25", local_authority=301)
    assert the_return["Episodes"]["DECOM"].to_list() == [None, None]
    assert the_return.tables["Episodes"]["DECOM.text"].null_count() == 0
    result = returns903.validate(the_return)
    assert result.codes("crashed") == []
    assert "141" in result.codes("findings")


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


FRAME = pl.DataFrame({"CHILD": ["A", "B"], "DECOM": [dt.date(2024, 4, 5), None], "URN": ["1", "2"]})


class Stream:
    """Speaks Arrow, and is nothing else."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.frame.__arrow_c_stream__(requested_schema)


def of_pandas(frame: pl.DataFrame) -> Any:
    return pytest.importorskip("pandas").DataFrame(frame.to_dict(as_series=False)).astype({"DECOM": "datetime64[ns]"})


def of_pyarrow(frame: pl.DataFrame) -> Any:
    return pytest.importorskip("pyarrow").table(frame)


def of_duckdb(frame: pl.DataFrame) -> Any:
    return pytest.importorskip("duckdb").from_arrow(of_pyarrow(frame))


@pytest.mark.parametrize("made", [pl.DataFrame.lazy, Stream, of_pandas, of_pyarrow, of_duckdb])
def test_whatever_is_a_frame_is_taken(made: Callable[[pl.DataFrame], Any]) -> None:
    found = Return.from_frames({"Episodes": made(FRAME)}, previous={"Episodes": made(FRAME)}, year="2024-25")
    assert found["Episodes"].select(FRAME.columns).rows() == FRAME.rows()
    assert found.last_year("Episodes").equals(found["Episodes"])


class Broken:
    """Says that it speaks Arrow, and fails with the cell in its words."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        raise TypeError("SECRET")


@pytest.mark.parametrize(
    "given",
    [
        Broken(),
        pl.LazyFrame({"CHILD": ["SECRET"]}).select(pl.col("CHILD").cast(pl.Date)),
        pl.LazyFrame({"CHILD": ["SECRET"]}).select("SECRET"),
    ],
)
def test_a_frame_that_fails_is_told_by_its_table_alone(given: Any) -> None:
    with pytest.raises(returns903.InputError, match=r"^the table Episodes") as caught:
        Return.from_frames({"Episodes": given}, year="2024-25")
    assert "SECRET" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("other", ["providers", "postcodes"])
def test_reference_lists_may_be_lazy_too(other: str) -> None:
    listed = pl.LazyFrame(
        {"URN": ["1"], "postcode": ["AA1 1AA"], "authority": ["E09000008"], "east": [1], "north": [1]}
    )
    found = Return.from_frames({}, year="2024-25", **{other: listed})  # type: ignore[arg-type]
    assert getattr(found, other) is not None


def noted(the_return: Return, *kinds: str) -> list[tuple[Any, ...]]:
    wanted = the_return.reading.filter(pl.col("kind").is_in(kinds))
    return wanted.select("kind", "table", "previous", "column").rows()


def test_columns_that_are_none_of_the_tables_are_noted() -> None:
    given = pl.DataFrame({"CHILD": ["A"], "DOBB": ["01/01/2010"], "sex": ["1"], "NOTES": ["x"]})
    the_return = Return.from_frames({"Header": given}, previous={"Header": given}, year="2024-25")
    for previous in (False, True):
        assert [("ignored column", "Header", previous, c) for c in ("DOBB", "sex", "NOTES")] == [
            note for note in noted(the_return, "ignored column") if note[2] == previous
        ]
    said = the_return.reading["message"].to_list()
    assert "column DOBB is none of Header's; left out. Did you mean DOB?" in said
    assert "column sex is none of Header's; left out. Did you mean SEX?" in said
    assert "column NOTES is none of Header's; left out" in said
    assert {("missing column", "Header", False, "DOB"), ("missing column", "Header", True, "SEX")} <= {
        *noted(the_return, "missing column")
    }


def test_a_frame_without_one_column_of_its_table_was_not_read() -> None:
    given = pl.DataFrame({"child": ["A"], "decom": ["01/04/2024"]})
    the_return = Return.from_frames({"Episodes": given, "Reviews": pl.DataFrame()}, year="2024-25")
    assert noted(the_return, "not read") == [("not read", "Episodes", False, None)]


def test_identifiers_that_differ_only_in_capitals_are_noted() -> None:
    given = pl.DataFrame({"CHILD": ["SECRET1", "secret1 ", "B"]})
    the_return = Return.from_frames({"Header": given}, year="2024-25")
    assert the_return["Header"]["CHILD"].n_unique() == 3
    (said,) = the_return.reading.filter(pl.col("kind") == "identifiers")["message"]
    assert said.startswith("1 identifier written in several ways")
    assert "secret" not in said.lower()


def test_what_a_return_gives_can_be_handed_in_again_without_a_note() -> None:
    every = {name: pl.DataFrame({column: ["A"] for column in of.columns()}) for name, of in TABLES.items()}
    the_return = Return.from_frames(every, year="2024-25")
    again = Return.from_frames(the_return.tables, year="2024-25")
    assert the_return.reading.height == again.reading.height == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"frames": []}, "takes frames by the names of their tables"),
        ({"frames": "folder"}, "read_return reads files"),
        ({"frames": FRAME}, "takes frames by the names of their tables"),
        ({"previous": "folder"}, "^previous= takes frames by the names"),
        ({"previous": FRAME}, "^previous= takes frames by the names"),
        ({"frames": {"Episodes": []}}, "the table Episodes is of type list; give a frame"),
        ({"frames": {"Episodes": None}}, "the table Episodes is of type NoneType; give a frame"),
        ({"frames": {"Episodes": "episodes.csv"}}, "the table Episodes is of type str; give a frame"),
        ({"providers": 5}, "is of type int; give a frame"),
        ({"year": 2024}, "'2024-25', and no int"),
        ({"year": dt.date(2024, 4, 1)}, "'2024-25', and no date"),
        ({"year": None}, "a year takes a label"),
        ({"year": "SECRET"}, "write it like 2024-25"),
        ({"local_authority": 1.5}, "ONS code, DfE number or name, not by a float"),
    ],
    ids=str,
)
def test_an_argument_that_makes_no_sense_is_told(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(returns903.ConfigError, match=said):
        Return.from_frames(**{"frames": {}, "year": "2024-25", **arguments})


def test_validate_takes_no_path() -> None:
    with pytest.raises(
        returns903.ConfigError, match="takes a Return, and this is of type str; make one by read_return"
    ):
        returns903.validate("folder")  # type: ignore[arg-type]


def test_an_authority_may_be_a_number() -> None:
    assert Return.from_frames({}, year="2024-25", local_authority=301).local_authority == "E09000002"


@pytest.mark.parametrize("name", TABLES)
def test_every_typed_table_meets_its_model(name: str) -> None:
    the_return = Return.from_frames({name: pl.DataFrame({"CHILD": ["A"]})}, year="2024-25")
    getattr(schemas, name).validate(the_return[name])


@pytest.mark.parametrize("name", ["providers", "postcodes"])
def test_a_reference_list_of_lists_is_refused(name: str) -> None:
    columns = ("URN", "postcode", "authority", "east", "north")
    odd = pl.DataFrame({column: [["SECRET"]] for column in columns})
    with pytest.raises(returns903.InputError, match=r"holds neither text, numbers nor dates in .*postcode") as caught:
        Return.from_frames({}, year="2024-25", **{name: odd})  # type: ignore[arg-type]
    assert "SECRET" not in str(caught.value)


def of_year(start: int, child: str = "A", **more: object) -> dict[str, pl.DataFrame]:
    dates = {"DECOM": dt.date(start, 5, 1), "DEC": dt.date(start, 6, 1)}
    return {"Episodes": pl.DataFrame({"CHILD": [child], **dates, **more})}


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (of_year(2024), None, []),
        (of_year(2024), of_year(2023), []),
        (of_year(2025), None, ["the year is 2024-25, but 1 of 1 dates of ceased episodes fall in 2025-26"]),
        (
            of_year(2024),
            of_year(2024),
            ["the previous return has the same rows as this one; give last year's, or none"],
        ),
        (
            of_year(2024),
            of_year(2022, "B"),
            ["the previous return should be of 2023-24, but 1 of 1 dates of ceased episodes fall in 2022-23"],
        ),
        (
            {"Episodes": of_year(2024)["Episodes"].clear()},
            of_year(2023),
            ["Episodes has no rows, and had 1 last year; is the file complete?"],
        ),
    ],
)
def test_what_speaks_against_the_year_or_the_previous_frames(now: Any, before: Any, said: list[str]) -> None:
    the_return = Return.from_frames(now, year="2024-25", previous=before)
    loud = the_return.reading.filter(pl.col("kind").is_in(["wrong year", "wrong previous", "emptied"]))
    assert [message.split(", though")[0] for message in loud["message"]] == said
    assert pickle.loads(pickle.dumps(the_return)).notes == the_return.notes


def test_texts_of_nothing_in_frames_are_counted_by_column() -> None:
    given = {"Episodes": pl.DataFrame({"CHILD": ["A", "B", ""], "LS": ["C2", "", " "], "DEC": ["", None, None]})}
    the_return = Return.from_frames(given, year="2024-25", previous=given)
    said = the_return.reading.filter(pl.col("kind") == "not null")
    counts = [("CHILD", 1), ("DEC", 1), ("LS", 2)]
    for previous in (False, True):
        found = said.filter(pl.col("previous") == previous).sort("column")
        assert found.select("column", "count").rows() == counts
    assert said["message"][0] == '1 cell of CHILD with "" or blanks: not null, and so not blank; make them null'


@pytest.mark.parametrize("authority", ["", " "])
def test_a_blank_authority_is_refused(authority: str) -> None:
    with pytest.raises(returns903.ConfigError, match="is no local authority of England"):
        Return.from_frames({}, year="2024-25", local_authority=authority)


@pytest.mark.parametrize("authority", ["ZZZ", "E99999999"])
def test_frames_may_be_of_a_made_up_authority_and_files_may_not(authority: str) -> None:
    assert Return.from_frames({}, year="2024-25", local_authority=authority).local_authority == authority
    with pytest.raises(returns903.ConfigError, match="is no local authority of England"):
        returns903.read_return(Path(__file__).parents[1] / "examples" / "clean-return", local_authority=authority)
