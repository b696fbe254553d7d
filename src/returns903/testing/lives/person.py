"""Who a child is: the day of birth and what Header says beside it."""

from __future__ import annotations

from returns903 import codes
from returns903.testing.lives.chance import Chance
from returns903.testing.lives.days import Span, birthday, ordinal
from returns903.testing.lives.model import Life

_ETHNIC = tuple(codes.code_list("ETHNIC"))
_PUPILS = ("number",) * 6 + ("UN1",) * 4 + ("UN2", "UN3", "UN5")
_LEAP_DAYS = tuple(ordinal(year, 2, 29) for year in range(1996, 2028, 4))


def aged(chance: Chance, when: Span, youngest: int, oldest: int) -> int:
    """A day of birth of somebody `youngest` to `oldest` years old on the last day of the year; plainly one between."""
    age = chance.age(youngest, oldest)
    born = birthday(when.last, -age) - (180 + chance.below(365)) % 365
    if chance.often(0.03):
        latest, earliest = birthday(when.last, -youngest), birthday(when.last, -oldest - 1) + 2
        leap = [day for day in _LEAP_DAYS if earliest <= day <= latest]
        return chance.pick(leap) if leap else born
    return born


def person(chance: Chance, born: int, *, female: bool | None = None) -> Life:
    """Somebody born on that day, without any care yet."""
    return Life(
        seed=0,
        born=born,
        female=chance.girl() if female is None else female,
        ethnic=chance.pick(_ETHNIC),
        pupil=chance.pick(_PUPILS),
    )
