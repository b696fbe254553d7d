import importlib.metadata
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from returns903.reference import postcode_package, postcodes
from returns903.reference.authorities import find, upper_tier
from returns903.reference.postcodes import Postcodes
from tests.reference.packed import packed

FRAME = pl.DataFrame(
    {
        "postcode": ["AA1 1AA", "ab1 1aa", "WW1 1WW", "NN1 1NN", "AA1 1AA"],
        "authority": ["E09000008", "E07000008", "W06000015", None, "E09000001"],
        "east": [530000.0, 540000.5, 300000.0, None, 1.0],
        "north": [180000, 250000, 200000, None, 1],
    }
)
ONSPD = """pcd,pcd2,pcds,oslaua,oscty,oseast1m,osnrth1m
AA1 1AA,AA1  1AA,AA1 1AA,E10000027,x,530000,180000
JE1 1AA,JE1  1AA,JE1 1AA,L99999999,x,,
"""


def load(source: Any) -> Postcodes:
    found = Postcodes.load(source)
    assert found is not None
    return found


def test_postcodes_are_located_row_by_row_whatever_their_spelling() -> None:
    asked = pl.Series("PL_POST", ["aa11aa", None, "ZZ9 9ZZ", "AB1  1AA", "", "ww1 1ww", "AA1 1AA", "nn11nn"])
    located = load(FRAME).locate(asked)
    schema = {"authority": pl.String, "east": pl.Float64, "north": pl.Float64, "known": pl.Boolean}
    assert located.schema == schema
    assert located["authority"].to_list() == ["E09000008", None, None, "E10000003", None, "WAL", "E09000008", None]
    assert located["east"].to_list() == [530000.0, None, None, 540000.5, None, 300000.0, 530000.0, None]


def test_known_is_told_apart_from_located() -> None:
    located = load(FRAME).locate(pl.Series(["NN1 1NN", "ZZ9 9ZZ", None, " "]))
    assert located["known"].to_list() == [True, False, None, None]


@pytest.mark.parametrize("asked", [pl.Series([], dtype=pl.String), pl.Series([None, None]), pl.Series(["Q"])])
def test_nothing_to_look_up(asked: pl.Series) -> None:
    located = load(FRAME).locate(asked)
    assert located.height == asked.len()
    assert located["authority"].null_count() == asked.len()


def test_what_was_looked_up_is_forgotten_when_it_is_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postcodes, "_REMEMBERED", 1)
    directory = load(FRAME)
    for asked in ("AA11AA", "WW11WW", "AA11AA"):
        found = directory.locate(pl.Series([asked, "NN11NN"]))
        assert found["known"].to_list() == [True, True]
        assert directory._found.is_empty()


def test_a_second_question_adds_to_the_first() -> None:
    postcodes = load(FRAME)
    assert postcodes.locate(pl.Series(["AA11AA"]))["authority"].to_list() == ["E09000008"]
    assert postcodes.locate(pl.Series(["WW11WW", "AA11AA"]))["authority"].to_list() == ["WAL", "E09000008"]


def test_the_directory_as_csv_and_parquet(tmp_path: Path) -> None:
    (tmp_path / "ONSPD.csv").write_text(ONSPD)
    pl.read_csv(tmp_path / "ONSPD.csv").rename(str.upper).write_parquet(tmp_path / "ONSPD.parquet")
    for name in ("ONSPD.csv", "ONSPD.parquet"):
        postcodes = load(tmp_path / name)
        assert (postcodes.described, postcodes.version) == (name, None)
        located = postcodes.locate(pl.Series(["AA1 1AA", "JE1 1AA"]))
        assert located.rows() == [("E06000066", 530000.0, 180000.0, True), (None, None, None, True)]


def test_newer_column_names() -> None:
    newer = {"PCD7": ["AA1 1AA"], "lad24cd": ["E09000001"], "lad25cd": ["306"], "east1m": ["1"], "north1m": ["2"]}
    assert load(pl.DataFrame(newer)).locate(pl.Series(["AA1 1AA"])).rows() == [("E09000008", 1.0, 2.0, True)]


def test_no_source_and_no_package(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(postcode_package, "distribution", absent)
    assert Postcodes.load(None) is None


SPELLINGS = st.text(alphabet="AB1ab \t0É", max_size=6)
ROWS = st.lists(
    st.tuples(
        st.text(alphabet="AB1", min_size=1, max_size=3),
        st.sampled_from(["E07000008", "E09000008", "W06000015", "L99999999", None]),
        st.one_of(st.none(), st.integers(0, 3)),
        st.one_of(st.none(), st.integers(0, 3)),
    ),
    min_size=1,
    max_size=8,
)


def plainly(asked: str | None, rows: list[tuple[Any, ...]]) -> tuple[Any, ...]:
    """Where a postcode lies, by going through the rows from the first."""
    key = "".join((asked or "").upper().split())
    for postcode, lower, east, north in rows:
        if key == postcode:
            return (upper_tier(lower) or find(lower or "")), east, north, True
    return None, None, None, False if key else None


@pytest.mark.parametrize("form", ["frame", "package", "package read again"])
@given(rows=ROWS, asked=st.lists(st.one_of(st.none(), SPELLINGS), max_size=8), again=st.lists(SPELLINGS, max_size=3))
def test_all_forms_find_what_going_through_the_rows_finds(
    form: str, tmp_path_factory: Any, rows: list[tuple[Any, ...]], asked: list[str | None], again: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("package")
    columns = {"postcode": pl.String, "authority": pl.String, "east": pl.Float64, "north": pl.Float64}
    frame = pl.DataFrame(rows, schema=columns, orient="row")
    if form == "package read again":
        packed(folder, rows).locate(frame["postcode"])
    postcodes = load(frame) if form == "frame" else packed(folder, rows)
    for part in (asked, again):
        located = postcodes.locate(pl.Series(part, dtype=pl.String))
        assert located.rows() == [plainly(one, rows) for one in part]
