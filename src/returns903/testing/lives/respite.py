"""Children in short breaks."""

from __future__ import annotations

from returns903.testing.lives.chance import Chance
from returns903.testing.lives.course import Course
from returns903.testing.lives.days import Span
from returns903.testing.lives.model import Life
from returns903.testing.lives.previous import NOTHING

_DISABILITY = "N2"
_ENDINGS = ("E4A", "E8", "E4B")
_MOST, _LONGEST = 7, 10
"""Breaks of a series and days of a break: together no more than the 75 days that a year may have."""
_PLACES = ("U6", "R1", "K2", "R2", "U3", "U5", "S1")
_REGISTERED_BY_NONE = ("R1", "R2")


def series(chance: Chance, when: Span) -> Life:
    """A series of breaks, each of them a period of care, the last of which may not be over."""
    course = _disabled(chance, when)
    place = chance.pick(_places(when))
    is_open = chance.often(0.2)
    end = when.last if is_open else chance.day(when.first + _LONGEST, when.last)
    breaks: list[list[int]] = []
    for _ in range(1 + chance.below(_MOST)):
        breaks.append([end - 1 - chance.below(_LONGEST), end])
        end = breaks[-1][0] - 14 - chance.below(40)
    for number, days in enumerate(reversed(breaks), 1):
        course.follows(days, ends=not is_open or number < len(breaks))
        course.enter("V3", place, cin=_DISABILITY, before=NOTHING)
        course.end(chance.pick(_ENDINGS))
    return course.told()


def agreed(chance: Chance, when: Span) -> Life:
    """An agreement for short breaks, without each of them."""
    course = _disabled(chance, when)
    course.stays(from_age=7)
    course.enter("V4", chance.pick(_places(when)), cin=_DISABILITY)
    course.end(chance.pick(_ENDINGS))
    return course.told()


def _disabled(chance: Chance, when: Span) -> Course:
    course = Course.of(chance, when, 8, 17)
    course.life.pupil = chance.pick(("number", "blank"))
    return course


def _places(when: Span) -> tuple[str, ...]:
    """Where breaks are taken.

    From 2025-26 on the words of 218, which ask for a registration number, no longer pass over a placement whose
    postcode is not told, and 214 forbids both; so only places stay that have no number.
    """
    return _PLACES if when.label < "2025-26" else _REGISTERED_BY_NONE
