import random
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from returns903.errors import InputError
from returns903.reference import postcode_package
from returns903.reference.authorities import all_authorities, upper_tier
from returns903.reference.postcode_copies import keep_copy, number_of, read_copy, text_of
from returns903.reference.postcode_package import PACKAGE, PackagedPostcodes
from returns903.reference.postcodes import Postcodes
from tests.reference.packed import packed

LISTED = [("AA1 1AA", "E07000008", 1.0, 2.0), ("AB1 1AA", None, None, None)]
ASKED = pl.Series(["AA1 1AA", "AB1 1AA", "BA1 1AA", "1", None])
LOCATED = [
    ("E10000003", 1.0, 2.0, True),
    (None, None, None, True),
    *[(None, None, None, False)] * 2,
    (None, None, None, None),
]


def needs_package() -> PackagedPostcodes:
    found = PackagedPostcodes.installed()
    if found is None:
        pytest.skip(f"{PACKAGE} is not installed")
    return found


def test_a_package_of_another_layout(monkeypatch: pytest.MonkeyPatch) -> None:
    class Other:
        version = "3000.1"
        files: list[Any] = []

    monkeypatch.setattr(postcode_package, "distribution", lambda name: Other())
    with pytest.raises(InputError, match=rf"{PACKAGE} 3000\.1 is not laid out"):
        Postcodes.load(None)


@pytest.mark.parametrize(
    "data",
    [
        None,
        {"postcode": ["SECRET"]},
        {"pcd": "SECRET", "laua": 1, "oseast1m": {}, "osnrth1m": None},
        {"pcd": ["SECRET"], "laua": [], "oseast1m": [], "osnrth1m": [1, 2]},
        ["SECRET"],
    ],
)
def test_a_letter_of_another_layout(tmp_path: Path, data: Any) -> None:
    brotli, msgpack = pytest.importorskip("brotli"), pytest.importorskip("msgpack")
    path = tmp_path / "postcodes_A.msgpack.br"
    path.write_bytes(b"no brotli" if data is None else brotli.compress(msgpack.packb({"data": data})))
    with pytest.raises(InputError, match="not laid out") as raised:
        Postcodes(PackagedPostcodes("1", {"A": path})).locate(pl.Series(["A"]))
    assert "SECRET" not in str(raised.value)


def test_a_letter_is_unpacked_and_kept(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    postcodes = packed(tmp_path, LISTED)
    assert not cache.exists()
    assert postcodes.locate(ASKED).rows() == LOCATED
    assert [path.suffix for path in (cache / "postcodes").iterdir()] == [".arrow"]
    monkeypatch.setattr(PackagedPostcodes, "_unpack", lambda self, path: pytest.fail("the copy is there"))
    assert packed(tmp_path, LISTED).locate(ASKED).rows() == LOCATED


def cut_in_the_middle(whole: bytes) -> bytes:
    return whole[: len(whole) // 2] + whole[-40:]


DAMAGE = {
    "empty": lambda whole: b"",
    "a byte": lambda whole: b"A",
    "four bytes": lambda whole: bytes(4),
    "foreign": lambda whole: b"PAR1 and no more",
    "cut short": lambda whole: whole[:-1],
    "cut in the middle": cut_in_the_middle,
    "doubled": lambda whole: whole * 2,
    "zeros": lambda whole: bytes(len(whole)),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_a_damaged_copy_is_made_anew(tmp_path: Path, cache: Path, what: str) -> None:
    packed(tmp_path, LISTED).locate(ASKED)
    (kept,) = (cache / "postcodes").iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(DAMAGE[what](whole))
    assert packed(tmp_path, LISTED).locate(ASKED).rows() == LOCATED
    assert kept.read_bytes() == whole


def test_no_byte_of_a_copy_may_be_another(tmp_path: Path, cache: Path) -> None:
    packed(tmp_path, LISTED).locate(ASKED)
    (kept,) = (cache / "postcodes").iterdir()
    whole = kept.read_bytes()
    draw = random.Random(0)
    for at in range(0, len(whole), 7):
        kept.write_bytes(whole[:at] + bytes([whole[at] ^ draw.randrange(1, 256)]) + whole[at + 1 :])
        assert packed(tmp_path, LISTED).locate(ASKED).rows() == LOCATED
        assert kept.read_bytes() == whole


def test_the_copy_of_another_letter_is_none(tmp_path: Path, cache: Path) -> None:
    both = [*LISTED, ("BA1 1AA", "E09000008", 3, 4)]
    packed(tmp_path, both).locate(pl.Series(["A", "B"]))
    a, b = sorted((cache / "postcodes").iterdir())
    a.write_bytes(b.read_bytes())
    assert packed(tmp_path, both).locate(ASKED.head(2)).rows() == LOCATED[:2]


def test_a_copy_is_of_one_content(tmp_path: Path) -> None:
    packed(tmp_path, LISTED).locate(ASKED)
    moved = [("AA1 1AA", "E09000008", 1.0, 2.0), LISTED[1]]
    assert packed(tmp_path, moved).locate(ASKED).row(0)[0] == "E09000008"


def test_a_copy_of_other_columns_is_none(tmp_path: Path) -> None:
    keep_copy(pl.DataFrame({"key": [1]}), tmp_path / "a.arrow")
    assert (tmp_path / "a.arrow").is_file()
    assert read_copy(tmp_path / "a.arrow") is None


def test_a_folder_in_the_place_of_a_copy(tmp_path: Path, cache: Path) -> None:
    packed(tmp_path, LISTED).locate(ASKED)
    (kept,) = (cache / "postcodes").iterdir()
    kept.unlink()
    kept.mkdir()
    assert packed(tmp_path, LISTED).locate(ASKED).rows() == LOCATED


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path, cache: Path) -> None:
    cache.write_text("a file where the folder should be")
    assert packed(tmp_path, LISTED).locate(ASKED).rows() == LOCATED


@given(st.text(alphabet="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=11).filter(lambda t: t[0] != "0"))
def test_a_number_stands_for_one_text(text: str) -> None:
    assert text_of(pl.select(number_of(pl.lit(text))).item()) == text


@pytest.mark.parametrize("text", ["", " A", "A-1", "A_1", "É1", "A1\n", "Z" * 40])
def test_other_texts_have_no_number(text: str) -> None:
    assert pl.select(number_of(pl.lit(text))).item() is None


def test_the_installed_package(cache: Path) -> None:
    packaged = needs_package()
    postcodes = Postcodes.load(None)
    assert postcodes is not None
    assert postcodes.version == packaged.version
    assert postcodes.described == f"{PACKAGE} {packaged.version}"
    located = Postcodes(PackagedPostcodes(packaged.version or "", packaged._letters)).locate(
        pl.Series(["SW1A 1AA", "cb2 1tn", "ZE1 0AA", "JE2 3AB"])
    )
    assert located["authority"].to_list() == ["E09000033", "E10000003", "SCO", None]
    assert located.row(0)[1:3] == (529090.0, 179645.0)
    assert sorted(path.name.split("-")[-2] for path in (cache / "postcodes").iterdir()) == ["C", "J", "S", "Z"]


def test_every_english_district_of_the_package_has_an_authority() -> None:
    packaged = needs_package()
    lower: set[str] = set()
    for path in packaged._letters.values():
        lower |= {text_of(number) for number in packaged._unpack(path)["lower"].drop_nulls().unique()}
    english = {code for code in lower if code.startswith("E")}
    assert len(english) > 290
    assert not {code for code in english if upper_tier(code) not in {one.ons for one in all_authorities()}}
    today = {one.ons for one in all_authorities() if one.in_force("2025-26")}
    assert {upper_tier(code) for code in english} == today
