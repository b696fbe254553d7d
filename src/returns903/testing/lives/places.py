"""The kinds of placement that a child may come to."""

from __future__ import annotations

from functools import cache, lru_cache

from returns903.testing.lives import world
from returns903.testing.lives.days import Span, age
from returns903.testing.lives.model import FOSTER

ELSEWHERE = ("Z1", "Z11", "Z12", "Z13", "Z14")
SUPPORTED = ("K3", "H5", "P2")
YOUNGEST = world.YOUNGEST | {"R2": 1, "K2": 5, "S1": 7, "K1": 12, "R5": 12}
"""The age from which on children come to placements of a kind: at least what the rules of every year ask."""
_AT_ANY_TIME = (*FOSTER, "K2", "R1", "R2", "R3", "S1", "P3", "K1", "P1")


def places(born: int, ls: str, day: int, until: int) -> list[str]:
    """The kinds of placement that a child may be in from one day to another; not adoptive, temporary or in custody."""
    at_any_time, at_times = _at(age(born, day), ls)
    return [*at_any_time, *(place for place in at_times if is_open(place, day, until))]


@cache
def _at(age: int, ls: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The kinds for an age and a legal status: those that are always in use, and others."""
    always, others = (
        tuple(place for place in some if YOUNGEST.get(place, 0) <= age and (place, ls) != ("P1", "V2"))
        for some in (_AT_ANY_TIME, (*SUPPORTED, *ELSEWHERE))
    )
    return always, others


@lru_cache(maxsize=256)
def opens(place: str, when: Span) -> int | None:
    """The earliest day on which a placement of the kind can begin that may last through the year, as far as it matters.

    None: there is none in the year.
    """
    days = (0, when.first_before, when.first)
    return next((day for day in days if is_open(place, day, when.last)), None)


def is_open(place: str, day: int, until: int) -> bool:
    """Whether there are placements of the kind from one day to another."""
    return world.lasts(place, day=day) >= until
