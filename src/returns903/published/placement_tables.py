"""The tables of placements beside those of stability and distance; and what their numbers are to each other."""

from __future__ import annotations

from collections.abc import Iterator

from returns903 import derive
from returns903.derive.cuts import TEMPORARY_GROUP
from returns903.derive.lengths import NOWHERE
from returns903.published.care_tables import CATEGORY, CLAIM, HERE, LENGTH, MEASURE, broken, lengths
from returns903.statistics import AtMost, Link, Place, Tie

TABLES = (
    lengths(
        derive.length_of_placement,
        "How long children have been in their placement",
        "The length of the placement that each child is in on the last day of the year, and of every placement that "
        "ended in it. Temporary absences do not end a placement. Some began before what the return shows: they have "
        "lasted at least so long. " + CLAIM,
        "placements",
    ),
)


def ties() -> Iterator[Tie]:
    """What the numbers of these tables are to each other and to those of other tables."""

    def current(length: str) -> Place:
        return Place("length_of_placement", "placements", (MEASURE == "current") & (LENGTH == length))

    yield Link(HERE, (current("total"),))
    away = broken("breakdowns", "placement_group", CATEGORY == TEMPORARY_GROUP)
    yield AtMost((current(NOWHERE),), (away,))
