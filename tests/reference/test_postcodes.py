import importlib.metadata
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from returns903.errors import InputError
from returns903.reference import postcode_package
from returns903.reference.authorities import all_authorities, upper_tier
from returns903.reference.postcode_package import PACKAGE, PackagedPostcodes
from returns903.reference.postcodes import Postcodes

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


def needs_package() -> PackagedPostcodes:
    found = PackagedPostcodes.installed()
    if found is None:
        pytest.skip(f"{PACKAGE} is not installed")
    return found


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


def test_missing_columns_are_named_and_no_cells() -> None:
    with pytest.raises(
        InputError, match=r"lacks the column authority .* and north .* its columns are pcds, east"
    ) as raised:
        load(pl.DataFrame({"pcds": ["SECRET"], "east": [1]}))
    assert "SECRET" not in str(raised.value)


def test_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        load(tmp_path / "nowhere.csv")
    (tmp_path / "bad.parquet").write_bytes(b"no parquet")
    with pytest.raises(InputError, match="cannot be read"):
        load(tmp_path / "bad.parquet")
    (tmp_path / "empty.csv").write_bytes(b"")
    with pytest.raises(InputError):
        load(tmp_path / "empty.csv")


def test_no_source_and_no_package(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(postcode_package, "distribution", absent)
    assert Postcodes.load(None) is None


def test_a_package_of_another_layout(monkeypatch: pytest.MonkeyPatch) -> None:
    class Other:
        version = "3000.1"
        files: list[Any] = []

    monkeypatch.setattr(postcode_package, "distribution", lambda name: Other())
    with pytest.raises(InputError, match=rf"{PACKAGE} 3000\.1 is not laid out"):
        Postcodes.load(None)


@pytest.mark.parametrize("content", [b"no brotli", None])
def test_a_letter_of_another_layout(tmp_path: Path, content: bytes | None) -> None:
    brotli, msgpack = pytest.importorskip("brotli"), pytest.importorskip("msgpack")
    path = tmp_path / "postcodes_A.msgpack.br"
    path.write_bytes(content or brotli.compress(msgpack.packb({"columns": [], "data": {"postcode": ["SECRET"]}})))
    with pytest.raises(InputError, match="not laid out") as raised:
        Postcodes(PackagedPostcodes("1", {"A": path})).locate(pl.Series(["A"]))
    assert "SECRET" not in str(raised.value)


def packed(folder: Path) -> Postcodes:
    brotli, msgpack = pytest.importorskip("brotli"), pytest.importorskip("msgpack")
    nan = float("nan")
    data = {"pcd": ["AA1 1AA", "AB1 1AA"], "laua": ["E07000008", nan], "oseast1m": [1.0, nan], "osnrth1m": [2.0, nan]}
    path = folder / "postcodes_A.msgpack.br"
    path.write_bytes(brotli.compress(msgpack.packb({"columns": list(data), "data": data})))
    return Postcodes(PackagedPostcodes("1", {"A": path}))


ASKED = pl.Series(["AA1 1AA", "AB1 1AA", "BA1 1AA", "1", None])
ROWS = [
    ("E10000003", 1.0, 2.0, True),
    (None, None, None, True),
    *[(None, None, None, False)] * 2,
    (None, None, None, None),
]


def test_a_packed_letter_is_read_and_kept(tmp_path: Path, cache: Path) -> None:
    postcodes = packed(tmp_path)
    assert not cache.exists()
    assert postcodes.locate(ASKED).rows() == ROWS
    assert [path.suffix for path in (cache / "postcodes").iterdir()] == [".parquet"]


def test_a_kept_letter_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed(tmp_path).locate(ASKED)
    monkeypatch.setattr(PackagedPostcodes, "_unpack", lambda self, path: pytest.fail("the copy is there"))
    assert packed(tmp_path).locate(ASKED).rows() == ROWS


@pytest.mark.parametrize("damage", [b"", b"PAR1 and no more", None])
def test_a_damaged_copy_is_made_anew(tmp_path: Path, cache: Path, damage: bytes | None) -> None:
    packed(tmp_path).locate(ASKED)
    (kept,) = (cache / "postcodes").iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[: len(whole) // 2] + whole[-40:] if damage is None else damage)
    assert packed(tmp_path).locate(ASKED).rows() == ROWS
    assert kept.read_bytes() == whole


def test_a_copy_with_other_columns_is_made_anew(tmp_path: Path, cache: Path) -> None:
    packed(tmp_path).locate(ASKED)
    (kept,) = (cache / "postcodes").iterdir()
    pl.DataFrame({"key": ["AA11AA"]}).write_parquet(kept)
    assert packed(tmp_path).locate(ASKED).rows() == ROWS


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path, cache: Path) -> None:
    cache.write_text("a file where the folder should be")
    assert packed(tmp_path).locate(ASKED).rows() == ROWS


def test_the_installed_package(cache: Path) -> None:
    packaged = needs_package()
    postcodes = load(None)
    assert postcodes.version == packaged.version
    assert postcodes.described == f"{PACKAGE} {packaged.version}"
    assert not cache.exists()
    located = postcodes.locate(pl.Series(["SW1A 1AA", "cb2 1tn", "ZE1 0AA", "JE2 3AB"]))
    assert located["authority"].to_list() == ["E09000033", "E10000003", "SCO", None]
    assert located.row(0)[1:3] == (529090.0, 179645.0)
    assert sorted(path.name.split("-")[-2] for path in (cache / "postcodes").iterdir()) == ["C", "J", "S", "Z"]


def test_every_english_district_of_the_package_has_an_authority() -> None:
    packaged = needs_package()
    lower: set[str] = set()
    for path in packaged._letters.values():
        lower |= set(packaged._unpack(path)["lower"].drop_nulls().unique())
    english = {code for code in lower if code.startswith("E")}
    assert len(english) > 290
    assert not {code for code in english if upper_tier(code) not in {one.ons for one in all_authorities()}}
    today = {one.ons for one in all_authorities() if one.in_force("2025-26")}
    assert {upper_tier(code) for code in english} == today
