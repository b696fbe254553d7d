"""Children who leave care, and those who come back."""

from __future__ import annotations

from returns903.testing.lives.chance import Chance
from returns903.testing.lives.course import Course
from returns903.testing.lives.days import Span, birthday, text
from returns903.testing.lives.foster import STATUSES
from returns903.testing.lives.model import FOSTER, Absence, Life
from returns903.testing.lives.places import places
from returns903.testing.lives.previous import NOTHING, Cells
from returns903.testing.lives.times import ADULT
from returns903.testing.lives.world import DFE_NUMBER

_ORDERS = {"E45": "P2", "E46": "P2", "E47": "P2", "E48": "P2", "E41": "P3"}
"""What PREV_PERM says of a child who is back in care after such an end of it."""
_MAY_RETURN = ("E4A", "E4B", "E8", "E13", "E3", *_ORDERS)
_SHORTEST, _AWAY, _LONG = 10, 200, 1500
"""Days in care at the least, between two periods at the most, and before the 18th birthday at the most."""


def left(chance: Chance, when: Span) -> Life:
    """Left care in the year, for one of many reasons."""
    course = Course.of(chance, when, 1, 17)
    changes = chance.below(3)
    course.stays(changes=changes, leaves=True)
    course.enter(chance.pick(STATUSES), chance.pick(FOSTER))
    for _ in range(changes):
        course.move(chance.pick(places(course.life.born, course.now.ls, course.day, course.until)))
    course.end()
    return course.told()


def came_of_age(chance: Chance, when: Span) -> Life:
    """Left care on the 18th birthday, at times while missing."""
    course = Course.of(chance, when, 18, 18)
    entered = course.stays().days[0]
    adult = birthday(course.life.born, ADULT)
    course.follows([entered, adult], ends=True)
    course.enter(chance.pick(STATUSES), chance.pick((*FOSTER, "K2")))
    missing = adult - entered > _SHORTEST and chance.often(0.2)
    if missing:
        course.life.absences.append(Absence("M", adult - 1 - chance.below(_SHORTEST - 2), adult))
    course.end("E8" if missing else None)
    return course.told()


def stayed_on(chance: Chance, when: Span) -> Life:
    """In a children's home by agreement since before the 18th birthday, and still there after it."""
    course = Course.of(chance, when, ADULT, ADULT + 2)
    entered = birthday(course.life.born, ADULT) - _SHORTEST - chance.below(_LONG)
    course.follows([entered, when.last], ends=False)
    course.enter("V2", "K2")
    course.end()
    return course.told()


def came_back(chance: Chance, when: Span) -> Life:
    """In care again after care had ended, the day after or later."""
    course = Course.of(chance, when, 4, 17)
    first_end = chance.day(when.first_before, when.last - 60)
    first_entry = first_end - _SHORTEST - chance.below(_AWAY)
    course.follows([first_entry, first_end], ends=True)
    course.enter(chance.pick(STATUSES), chance.pick(FOSTER))
    rec = chance.pick(_MAY_RETURN)
    course.end(rec)
    again = first_end + 1 + chance.below(min(_AWAY, when.last - 30 - first_end))
    course.stays(since=again)
    known = first_end < when.first <= course.day and rec in _ORDERS
    before: Cells = (_ORDERS[rec], str(DFE_NUMBER), text(first_end)) if known else NOTHING
    course.enter(chance.pick(STATUSES), chance.pick(FOSTER), before=before)
    course.end()
    return course.told()
