"""Where a placement lies and how far from home, worked out from postcodes."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from returns903.frames import Frames
from returns903.tables import Episodes
from tests.frames.worked_out import Cells, a_return

HERE, THERE, WALES = "E09000008", "E09000002", "WAL"
DIRECTORY = pl.DataFrame(
    {
        "postcode": ["AA1 1AA", "AA1 1AB", "AA1 1AC", "AA1 1AD", "AA1 1AE"],
        "authority": [HERE, HERE, THERE, WALES, "E06000061"],
        "east": [500_000.0, 503_000.0, 500_000.0, 340_000.0, None],
        "north": [200_000.0, 204_000.0, 216_093.0, 200_000.0, None],
    }
)
PLACES = ("PL_LA", "PL_LOCATION", "PL_DISTANCE", "HOME_POST_KNOWN", "PL_POST_KNOWN")


def placed(home: str | None, place: str | None, own: str | None = HERE, postcodes: Any = DIRECTORY, **more: Any) -> Any:
    """What is worked out for one episode."""
    cells: Cells = {"CHILD": ["A"], "HOME_POST": [home], "PL_POST": [place], **more}
    given = a_return({"Episodes": cells}, Episodes=cells, options={"local_authority": own, "postcodes": postcodes})
    frames = Frames(given)
    found = [
        frames.base(of, [f"{of.id}.{name}" for name in PLACES]).select([f"{of.id}.{name}" for name in PLACES]).row(0)
        for of in (Episodes, Episodes.last_year)
    ]
    assert found[0] == found[1]
    return found[0]


@pytest.mark.parametrize(
    ("home", "place", "expected"),
    [
        ("AA1 1AA", "AA1 1AA", (HERE, "IN", 0.0, "1", "1")),
        ("AA1 1AA", "AA1 1AB", (HERE, "IN", 3.1, "1", "1")),  # 5 km by 3 and 4
        ("AA1 1AB", "AA1 1AA", (HERE, "IN", 3.1, "1", "1")),
        ("AA1 1AA", "AA1 1AC", (THERE, "OUT", 10.0, "1", "1")),  # 16,093 m to the north
        ("AA1 1AA", "AA1 1AD", (WALES, "OUT", 99.4, "1", "1")),  # 160 km to the west
        ("AA1 1AA", "AA1 1AE", ("E06000061", "OUT", None, "1", "1")),  # without a grid reference
        ("AA1 1AA", "AA9 9AA", (None, None, None, "1", "0")),
        ("AA9 9AA", "AA1 1AA", (HERE, "IN", None, "0", "1")),
        ("AA1 1AA", None, (None, None, None, "1", None)),
        (None, "AA1 1AC", (THERE, "OUT", None, None, "1")),
        (None, None, (None, None, None, None, None)),
    ],
)
def test_area_location_and_distance(home: str | None, place: str | None, expected: tuple[Any, ...]) -> None:
    assert placed(home, place) == expected


def test_the_distance_is_in_miles_of_1609_3_metres() -> None:
    """At 999.9 miles a metre more in the mile would show."""
    metres = round(999.9 * 1609.3)
    directory = pl.DataFrame(
        {"postcode": ["AA1 1AA", "AA1 1AB"], "authority": [HERE, HERE], "east": [0.0, metres], "north": [0.0, 0.0]}
    )
    assert placed("AA1 1AA", "AA1 1AB", postcodes=directory)[2] == 999.9


def test_the_parts_of_a_divided_authority_are_inside_it() -> None:
    assert placed("AA1 1AA", "AA1 1AE", own="E10000021")[:2] == ("E10000021", "IN")
    assert placed("AA1 1AA", "AA1 1AE", own=None)[:2] == ("E06000061", "OUT")


def test_what_is_brought_stands_as_it_is() -> None:
    assert placed("AA1 1AA", "AA1 1AC", PL_LOCATION=["IN"]) == (THERE, "IN", 10.0, "1", "1")
    assert placed("AA1 1AA", "AA1 1AC", PL_LA=[WALES], PL_DISTANCE=["4"]) == (WALES, "OUT", 4.0, "1", "1")
