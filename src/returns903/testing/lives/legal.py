"""Children under changing legal statuses, in police protection and on remand."""

from __future__ import annotations

from returns903.testing.lives.chance import Chance
from returns903.testing.lives.course import Course
from returns903.testing.lives.days import Span, birthday
from returns903.testing.lives.model import FOSTER, Life
from returns903.testing.lives.times import ADULT

_PROCEEDINGS = (("C1", "C2"), ("V2", "C1", "C2"), ("V2", "C1"), ("V2", "C2"), ("C1", "V2"), ("C2", "V2"))
_PROTECTION = (
    ("L1",),
    ("L2",),
    ("L3",),
    ("L1", "L2"),
    ("L2", "C1"),
    ("L1", "V2"),
    ("L3", "V2"),
    ("L1", "L2", "C1", "C2"),
)
_CRIMINAL = (("J1",), ("J2",), ("J3",), ("J2", "J1"))
_LONGEST = {"L1": 3, "L2": 21, "L3": 7, "J2": 21}
"""Days that a legal status may last."""
_SHORTEST = 8
"""Days that any other status lasts at the least, and those it may last longer."""
_LONGER = 90
_NEWCOMER = "UN4"
_NEWCOMER_DAYS = 7


def in_proceedings(chance: Chance, when: Span) -> Life:
    """In one placement while the court decides."""
    course = Course.of(chance, when, 1, 18)
    statuses = chance.pick(_PROCEEDINGS)
    course.stays(changes=len(statuses) - 1)
    _under(course, statuses, chance.pick(FOSTER))
    return course.told()


def protected(chance: Chance, when: Span) -> Life:
    """Taken into protection at once, by the police or an order of the court, and what became of it."""
    course = Course.of(chance, when, 2, 17)
    statuses = chance.pick(_PROTECTION)
    entered, *_, until = _short(course, statuses)
    if until - entered <= _NEWCOMER_DAYS and until < when.last - 10 and chance.often(0.5):
        course.life.pupil = _NEWCOMER
    _under(course, statuses, chance.pick((*FOSTER, "R2", "K2")))
    return course.told()


def remanded(chance: Chance, when: Span) -> Life:
    """Remanded, detained by the police or under a youth rehabilitation order."""
    course = Course.of(chance, when, 13, 17)
    statuses = chance.pick(_CRIMINAL)
    _short(course, statuses)
    _under(course, statuses, chance.pick(("K2", "U6", "K1", "R5") if statuses == ("J1",) else ("U6", "K2", "K1")))
    return course.told()


def _under(course: Course, statuses: tuple[str, ...], place: str) -> None:
    """In one placement under one legal status after the other."""
    course.enter(statuses[0], place, lasts=len(statuses))
    for ls in statuses[1:]:
        course.change_status(ls)
    course.end()


def _short(course: Course, statuses: tuple[str, ...]) -> list[int]:
    """The days of a period of care with statuses that may not last for long."""
    chance, when = course.chance, course.when
    lengths = [
        1 + chance.below(_LONGEST[ls]) if ls in _LONGEST else _SHORTEST + chance.below(_LONGER) for ls in statuses
    ]
    latest = min(when.last, birthday(course.life.born, ADULT) - 1)
    ends = chance.often(0.7) or latest < when.last or (len(statuses) > 1 and not when.moved_may_stay)
    until = chance.day(when.first + 1, latest) if ends else when.last
    days = [until - sum(lengths[number:]) for number in range(len(lengths))]
    return course.follows([*days, until], ends=ends).days
