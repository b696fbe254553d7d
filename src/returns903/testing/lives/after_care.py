"""Young people who have left care, of whom OC3 tells from 17 to 21."""

from __future__ import annotations

from returns903.testing.lives.chance import Chance
from returns903.testing.lives.course import Course
from returns903.testing.lives.days import Span, birthday
from returns903.testing.lives.endings import endings
from returns903.testing.lives.foster import STATUSES
from returns903.testing.lives.leavers import NO_LEAVERS
from returns903.testing.lives.model import FOSTER, Life
from returns903.testing.lives.places import places
from returns903.testing.lives.times import ADULT

_SHORTEST = 100
"""Days in care, of which a care leaver has at least 91."""
_LONGEST = 1500
_APART = 10
"""Days between two steps, and between leaving care and the birthday by which that has to be."""


def left_by_18(chance: Chance, when: Span) -> Life:
    """Left care in this year or the last, and is 17, 18 or 19 when the year ends."""
    age = (19, 18, 17)[chance.below(3)]
    course = Course.of(chance, when, age, age)
    born = course.life.born
    latest = birthday(born, ADULT) if age > ADULT else birthday(born, age) - _APART
    left = chance.day(max(when.first_before, birthday(born, 16) + 1), latest)
    entered = left - _SHORTEST - chance.below(_LONGEST)
    soonest = max(entered + _APART, when.first_before)
    moves = [chance.day(soonest, left - _APART)] if soonest < left - _APART and chance.often(0.4) else []
    course.follows([entered, *moves, left], ends=True)
    course.enter(chance.pick(STATUSES), chance.pick(FOSTER))
    if moves:
        course.move(chance.pick(places(born, course.now.ls, course.day, course.until)))
    return _leaves(course)


def stayed_in_home(chance: Chance, when: Span) -> Life:
    """Stayed in a children's home after 18 by agreement, and is 19, 20 or 21 when the year ends."""
    age = 19 + chance.below(3)
    course = Course.of(chance, when, age, age)
    adult = birthday(course.life.born, ADULT)
    left = chance.day(max(when.first_before, adult) + 1, when.last - 1)
    course.follows([adult - _SHORTEST - chance.below(_LONGEST // 2), left], ends=True)
    course.enter("V2", "K2")
    return _leaves(course)


def _leaves(course: Course) -> Life:
    """Leaves care as somebody with whom the authority keeps in touch."""
    ways = [rec for rec in endings(course.life, course.now, course.plan.days[-1]) if rec not in NO_LEAVERS]
    course.end(course.chance.pick(ways))
    course.life.leaves_care = True
    return course.told()
