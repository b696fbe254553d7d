"""When things happen in a life, seen from the collection year in which it is told."""

from __future__ import annotations

from typing import NamedTuple

from returns903.testing.lives.chance import Chance
from returns903.testing.lives.days import Span, birthday

ADULT = 18
_LONG_BEFORE = 1500
_WINDOW = 400
_APART = 8
"""Days between two changes at the least."""


class Stay(NamedTuple):
    """A period of care by its days."""

    days: list[int]
    """The first day and those on which the episode changes, and at the end the last day of care or of the year."""
    ends: bool
    """Whether care ends on that last day."""


def stay(
    chance: Chance,
    when: Span,
    born: int,
    *,
    changes: int = 0,
    from_age: int = 0,
    since: int = 0,
    leaves: bool | None = None,
) -> Stay:
    """A period of care that the return of the year tells of, until the 18th birthday at the latest.

    Args:
        chance: what decides.
        when: the collection year.
        born: the day of birth.
        changes: how many times the episode changes.
        from_age: the age before which care does not begin.
        since: a day before which care does not begin.
        leaves: whether care ends within the year; None where either may be.
    """
    room = _APART * (changes + 1)
    earliest = max(since, birthday(born, from_age))
    of_age = birthday(born, ADULT)
    must_leave = of_age <= when.last or (changes > 0 and not when.moved_may_stay)
    ends = must_leave or bool(leaves) or (leaves is None and chance.often(0.4))
    latest = min(when.last, of_age)
    until = _end(chance, max(when.first, earliest + room), latest) if ends else latest
    entered = max(earliest, min(_entry(chance, when, earliest), until - room if ends or changes else until))
    since = max(entered, until - room - chance.below(_WINDOW))
    return Stay([entered, *steps(chance, since, until, changes), until], ends)


def steps(chance: Chance, first: int, last: int, count: int) -> list[int]:
    """So many days one after the other between two days, neither of which is among them."""
    width = (last - first) // (count + 1)
    return [first + width * number + chance.below(max(1, width - 1)) + 1 for number in range(count)]


def _entry(chance: Chance, when: Span, earliest: int) -> int:
    """A day on which care may begin: most often before the year, at times on the first or last day of one."""
    kind = chance.below(20)
    if kind < 8:
        return when.first_before - 300 - chance.below(_LONG_BEFORE)
    if kind < 12:
        return chance.day(when.first_before, when.first - 1)
    if kind < 17:
        return chance.day(when.first + 1, when.last)
    return (when.first, when.first - 1, earliest)[kind - 17]


def _end(chance: Chance, earliest: int, latest: int) -> int:
    """A day on which care may end: at times the last of the year, or the 18th birthday."""
    return latest if chance.often(0.06) else chance.day(earliest, latest)
