"""Every home of the made-up world is one that no rule about placements and providers objects to, in any year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import polars as pl
import pytest

import returns903
from returns903 import Return, Year, codes
from returns903.reference.authorities import upper_tier
from returns903.reference.postcodes import Postcodes
from returns903.testing.lives import world
from returns903.testing.lives.chance import Chance
from returns903.testing.lives.days import birthday, ordinal, text
from returns903.testing.lives.world import Home
from returns903.years import RULE_YEARS

ABOUT_PLACES = {
    *("PLACE", "PLACE_PROVIDER", "URN", "PL_POST", "HOME_POST"),
    *("PL_LA", "PL_LOCATION", "PL_DISTANCE", "HOME_POST_KNOWN", "PL_POST_KNOWN"),
}
ASKS_FOR_MORE = {"380"}
"""The rule that a temporary placement has one before it: no single episode can meet it."""

EPISODE = ("CHILD", "DECOM", "RNE", "LS", "PLACE", "PLACE_PROVIDER", "DEC", "REC", "HOME_POST", "PL_POST", "URN")


def _about_places(year: Year) -> list[str]:
    rules = returns903.rules_in_force(year)
    columns = {rule.code: {field.split(".")[-1] for field in rule.fields} for rule in rules}
    return [code for code, named in columns.items() if named & ABOUT_PLACES and code not in ASKS_FOR_MORE]


def _episodes(year: Year) -> Iterator[tuple[int, Home]]:
    """Each home that is on offer around the beginning of the year or in it, with the first such day."""
    first = year.start.toordinal()
    seen = set()
    for code in codes.PLACE.valid(year):
        for day in (first - 30, first, first + 240):
            for home in world.homes(code, day=day):
                if home not in seen and home.last >= first:
                    seen.add(home)
                    yield day, home


def _return(year: Year) -> Return:
    """One child in each home: 16 when the placement began, in the first home of its own that has another postcode."""
    episodes, header = [], []
    for number, (day, home) in enumerate(_episodes(year)):
        ended = (text(home.last), "E8") if home.last < year.end.toordinal() else (None, None)
        status = "E1" if home.place in ("A5", "A6") else "C2"
        before = next(post for post in world.HOME_POSTS if post != home.post)
        placed = (home.place, home.provider, *ended, before, home.post, home.urn)
        episodes.append((str(number), text(day), "S", status, *placed))
        header.append((str(number), text(birthday(day, -16) - 1)))
    tables = {
        "Episodes": pl.DataFrame(episodes, schema=dict.fromkeys(EPISODE, pl.String), orient="row"),
        "Header": pl.DataFrame(header, schema=dict.fromkeys(("CHILD", "DOB"), pl.String), orient="row"),
        "UASC": pl.DataFrame(schema={"CHILD": pl.String}),
        "PlacedAdoption": pl.DataFrame(
            [(row[0], row[1]) for row in episodes], schema=("CHILD", "DATE_PLACED"), orient="row"
        ),
    }
    return Return.from_frames(
        tables,
        previous={"UASC": tables["UASC"]},
        year=year,
        local_authority=world.AUTHORITY,
        providers=world.providers(),
        postcodes=world.postcodes(),
    )


@pytest.mark.parametrize("label", RULE_YEARS)
def test_no_rule_about_places_objects_to_a_home(label: str) -> None:
    year = Year(label)
    result = returns903.validate(_return(year), select=_about_places(year))
    assert dict(Counter(result.findings.get_column("rule"))) == {}
    ran = [code for code, outcome in result.outcomes.items() if outcome.state == "passed"]
    assert len(ran) > 40
    assert {"164", "169", "179", "218", "219", "221", "222", "224", "229", "392a", "392c", "1008"} <= set(ran)


@pytest.mark.parametrize("label", RULE_YEARS)
def test_every_type_of_placement_and_every_provider_has_a_home(label: str) -> None:
    year = Year(label)
    offered = {home for day in range(year.start.toordinal(), year.end.toordinal(), 60) for home in _on(day, year)}
    assert {home.place for home in offered} == set(codes.PLACE.valid(year))
    assert {home.provider for home in offered} == {*codes.PLACE_PROVIDER, None}


def _on(day: int, year: Year) -> Iterator[Home]:
    for code in codes.PLACE.valid(year):
        yield from world.homes(code, day=day)


@pytest.mark.parametrize(
    ("code", "day", "offered"),
    [
        ("K3", (2024, 3, 31), False),
        ("K3", (2024, 4, 1), True),
        ("P2", (2023, 10, 27), True),
        ("P2", (2023, 10, 28), False),
        ("P2", (2024, 4, 1), True),
        ("P2", (2025, 3, 31), False),
        ("H5", (2025, 3, 30), True),
        ("H5", (2025, 3, 31), False),
        ("Z1", (2025, 3, 31), False),
        ("Z11", (2025, 3, 31), False),
        ("Z11", (2025, 4, 1), True),
    ],
)
def test_a_code_is_offered_while_it_is_in_use(code: str, day: tuple[int, int, int], offered: bool) -> None:
    assert bool(world.homes(code, day=ordinal(*day))) is offered


def test_the_plainest_home_is_the_authoritys_own_and_stays_open() -> None:
    home = world.home(Chance(0), "U6", day=ordinal(2024, 6, 1))
    assert home == world.homes("U6", day=ordinal(2024, 6, 1))[0]
    assert (home.provider, home.last) == ("PR1", world.LATER)
    assert home.urn is not None


def test_a_home_that_is_to_last_is_not_one_that_closes() -> None:
    day, until = ordinal(2024, 6, 1), ordinal(2026, 6, 1)
    found = [world.home(Chance(seed), "U6", day=day, until=until) for seed in range(400)]
    assert min(home.last for home in found) >= until
    assert any(home.last < until for home in world.homes("U6", day=day))


def test_homes_are_likelier_near_than_far() -> None:
    area = dict(world.postcodes().select("postcode", "authority").rows())
    found = Counter(area[world.home(Chance(seed), "K2", day=ordinal(2024, 6, 1)).post] for seed in range(1, 1001))
    assert 500 < found[world.AUTHORITY] < 700
    assert 0 < sum(found[abroad] for abroad in ("WAL", "SCO", "NIR")) < 100


def test_postcodes_lie_in_authorities() -> None:
    found = world.postcodes()
    assert found.get_column("postcode").is_unique().all()
    assert [upper_tier(code) for code in found.get_column("authority")] == found.get_column("authority").to_list()
    assert set(world.HOME_POSTS) <= set(found.get_column("postcode"))


def test_the_installed_directory_knows_every_postcode() -> None:
    pytest.importorskip("brotli")
    installed = Postcodes.load(None)
    if installed is None:
        pytest.skip("no directory of postcodes is installed")
    ours = world.postcodes()
    theirs = installed.locate(ours.get_column("postcode"))
    assert theirs.get_column("authority").to_list() == ours.get_column("authority").to_list()
    assert theirs.select("east", "north").rows() == ours.select("east", "north").rows()


def test_an_entry_of_the_list_has_a_number_of_its_own() -> None:
    numbers = world.providers().get_column("URN")
    assert numbers.is_unique().all()
    assert numbers.str.contains(r"^[0-9]{7}$").all()
