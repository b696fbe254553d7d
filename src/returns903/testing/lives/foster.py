"""Children in foster care, and children who move."""

from __future__ import annotations

from returns903.rules.groups import TEMPORARY
from returns903.testing.lives.chance import Chance
from returns903.testing.lives.course import Course
from returns903.testing.lives.days import Span, birthday
from returns903.testing.lives.model import FOSTER, Life
from returns903.testing.lives.places import places

STATUSES = ("C2", "V2", "C1")
_RELATIVES = ("U3", "U2", "U1")
_CUSTODY = "R5"
_RESPONSIBLE = 12
"""The age from which on custody is told of; rules ask for ten."""
LONGEST_AWAY = {"T0": 14, "T1": 42, "T2": 21, "T3": 21, "T4": 7}
"""Days that a temporary placement may last."""


def settled(chance: Chance, when: Span) -> Life:
    """In one foster home since care began, and still there."""
    course = Course.of(chance, when, 0, 17)
    course.stays(leaves=False)
    course.enter(chance.pick(STATUSES), chance.pick(FOSTER))
    return course.told()


def with_relatives(chance: Chance, when: Span) -> Life:
    """Fostered by relatives or friends, who may become carers of another kind."""
    course = Course.of(chance, when, 1, 18)
    changes = chance.below(3)
    course.stays(changes=changes)
    course.enter(chance.pick(STATUSES), _RELATIVES[0], lasts=changes + 1)
    for place in _RELATIVES[1 : changes + 1]:
        ls = chance.pick((None, "C2", "C1"))
        course.stay_with_carers(course.now.home._replace(place=place), ls=ls)
    course.end()
    return course.told()


def moved(chance: Chance, when: Span) -> Life:
    """From one placement to others of any kind, for any reason."""
    course = Course.of(chance, when, 1, 18)
    changes = 1 + chance.below(3)
    course.stays(changes=changes)
    ls = chance.pick(STATUSES)
    course.enter(ls, chance.pick(_open_to(course, ls)))
    for _ in range(changes):
        ls = chance.pick((ls, ls, *STATUSES))
        if birthday(course.life.born, _RESPONSIBLE) <= course.now.decom and chance.often(0.1):
            course.move(_CUSTODY, ls=ls, because="CUSTOD")
        else:
            course.move(chance.pick(_open_to(course, ls)), ls=ls)
    course.end()
    return course.told()


def away_and_back(chance: Chance, when: Span) -> Life:
    """In a temporary placement for some days, and back where the child was before unless the year ends first."""
    course = Course.of(chance, when, 1, 18)
    plan = course.stays(changes=1)
    entered, away, until = plan.days
    place = chance.pick(TEMPORARY)
    still_away = not plan.ends and chance.often(0.3)
    if still_away:
        course.follows([entered, max(entered + 1, until - chance.below(LONGEST_AWAY[place])), until], ends=False)
    else:
        back = away + 1 + chance.below(min(LONGEST_AWAY[place], until - away - 1))
        course.follows([entered, away, back, until], ends=plan.ends)
    ls = chance.pick(STATUSES)
    course.enter(ls, chance.pick(FOSTER), lasts=len(course.plan.days) - 1)
    course.move(place, ls=chance.pick((ls, ls, *STATUSES)))
    if not still_away:
        course.go_back()
    course.end()
    return course.told()


def _open_to(course: Course, ls: str) -> list[str]:
    return places(course.life.born, ls, course.day, course.until)
