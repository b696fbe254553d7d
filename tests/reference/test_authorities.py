import json
from importlib.resources import files
from typing import Any

import pytest

from returns903.errors import ConfigError
from returns903.reference import authorities
from returns903.reference.authorities import all_authorities, area, authority, code, upper_tier

RAW = json.loads(files("returns903.reference").joinpath("authorities.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("value", "ons"),
    [
        ("E09000008", "E09000008"),
        (" e09000008 ", "E09000008"),
        ("306", "E09000008"),
        ("croydon", "E09000008"),
        ("London Borough of Croydon", "E09000008"),
        ("City of London", "E09000001"),
        ("City of London Corporation", "E09000001"),
        ("Bristol City Council", "E06000023"),
        ("City of York Council", "E06000014"),
        ("Durham", "E06000047"),
        ("Hull City Council", "E06000010"),
        ("St Helens Council", "E08000013"),
        ("BRIGHTON & HOVE", "E06000043"),
        ("Stoke on Trent", "E06000021"),
        ("Royal Borough of Kensington and Chelsea", "E09000020"),
        ("Derby", "E06000015"),
        ("Derbyshire County Council", "E10000007"),
        ("Bournemouth, Christchurch & Poole Council", "E06000058"),
        ("E10000027", "E06000066"),
        ("E10000023", "E06000065"),
        ("E10000002", "E06000060"),
        ("E08000016", "E08000038"),
        ("E08000019", "E08000039"),
        ("E08000020", "E08000037"),
        ("835", "E06000059"),
        ("837", "E06000058"),
        ("Cumbria", "E10000006"),
    ],
)
def test_a_code_number_or_name_gives_the_newest_ons_code(value: str, ons: str) -> None:
    assert code(value) == ons


def test_no_authority_is_no_code() -> None:
    assert code(None) is None
    assert code(None, strict=False) is None


@pytest.mark.parametrize("value", ["auth", "CORRECT", "E07000008", "WAL", ""])
def test_an_unknown_value_stays_as_it_is_where_it_may(value: str) -> None:
    assert code(value, strict=False) == value


def test_an_unknown_value_is_an_error_that_helps() -> None:
    with pytest.raises(ConfigError, match=r"did you mean Croydon \(E09000008\)"):
        code("Croyden")
    with pytest.raises(ConfigError, match="DfE number"):
        code("zz")
    with pytest.raises(ConfigError, match=r"is a district; the return is made by Cambridgeshire \(E10000003\)"):
        code("E07000008")


def test_every_authority_is_found_by_its_codes_and_its_name() -> None:
    for one in all_authorities():
        for value in (one.ons, one.dfe, one.name, one.name.upper(), f"{one.name} Council", *one.former_ons):
            assert code(value) == one.ons, value


def test_an_authority_knows_its_years() -> None:
    assert authority("Cumbria").in_force("2022-23")
    assert not authority("Cumbria").in_force("2023-24")
    assert authority("942").in_force("2023-24")
    assert not authority("942").in_force("2022-23")
    assert authority("Barnsley").former_ons == ("E08000016",)
    assert authority("839").former_dfe == ("836", "837")


@pytest.mark.parametrize(
    ("lower", "upper"),
    [
        ("E07000008", "E10000003"),
        ("E07000100", "E10000015"),
        ("E07000240", "E10000015"),
        ("E07000154", "E06000062"),
        ("E07000150", "E06000061"),
        ("E07000026", "E06000063"),
        ("E07000031", "E06000064"),
        ("E07000163", "E06000065"),
        ("E07000246", "E06000066"),
        ("E07000048", "E06000058"),
        ("E07000049", "E06000059"),
        ("E06000048", "E06000057"),
        ("E06000014", "E06000014"),
        ("E08000019", "E08000039"),
        ("E09000008", "E09000008"),
        ("E10000027", "E06000066"),
        ("E06000999", "E06000999"),
        ("S12000033", "SCO"),
        ("N09000003", "NIR"),
        ("W06000015", "WAL"),
        ("WAL", "WAL"),
        ("L99999999", None),
        ("M99999999", None),
        ("E07999999", None),
        ("E12000001", None),
        ("", None),
        (None, None),
    ],
)
def test_a_district_gives_the_authority_above_it(lower: str | None, upper: str | None) -> None:
    assert upper_tier(lower) == upper


def test_a_divided_county_takes_in_its_successors() -> None:
    assert area("909") == {"E10000006", "E06000063", "E06000064"}
    assert area("E06000063") == {"E06000063"}
    assert area("auth") == {"auth"}
    assert area(None) == frozenset()


def test_the_data_are_of_one_piece() -> None:
    current = {one.ons for one in all_authorities()}
    assert len(current) == 155
    assert set(RAW["former_ons"].values()) <= current
    assert not set(RAW["former_ons"]) & current
    assert set(RAW["former_dfe"].values()) <= current
    assert not set(RAW["former_dfe"]) & {one.dfe for one in all_authorities()}
    assert set(RAW["other_names"].values()) <= current
    for old, new in RAW["succeeded_by"].items():
        assert {old, *new} <= current
    districts = [district for within in RAW["districts"].values() for district in within]
    assert len(districts) == len(set(districts)) == 208
    assert set(RAW["districts"]) <= current - set(RAW["succeeded_by"])


def test_no_name_stands_for_two_authorities() -> None:
    assert len({authorities.find(one.name) for one in all_authorities()}) == 155


@pytest.mark.parametrize(("value", "ons"), [(301, "E09000002"), ("301", "E09000002"), (" 301 ", "E09000002")])
def test_a_dfe_number_may_be_a_number(value: Any, ons: str) -> None:
    assert code(value) == ons
    assert authority(value).ons == ons


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize("value", [301.0, True, b"301", ["301"], object(), -1, 1000])
def test_what_is_neither_text_nor_a_dfe_number(value: Any, strict: bool) -> None:
    with pytest.raises(ConfigError, match=r"is given by its ONS code|has three digits") as raised:
        code(value, strict=strict)
    assert len(str(raised.value)) < 200


def test_a_number_too_long_to_be_shown() -> None:
    with pytest.raises(ConfigError, match="three digits"):
        code(10**5000)


@pytest.mark.parametrize("value", [None, 1.0, "", "nowhere", "x" * 10**6, "\x1b[31m", 999])
def test_an_authority_that_is_none_is_an_error(value: Any) -> None:
    with pytest.raises(ConfigError) as raised:
        authority(value)
    assert str(raised.value).isprintable()
    assert len(str(raised.value)) < 300
