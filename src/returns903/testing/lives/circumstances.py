"""Children about whom a table of its own tells something."""

from __future__ import annotations

from returns903.testing.lives.chance import Chance
from returns903.testing.lives.course import Course
from returns903.testing.lives.days import Span, birthday
from returns903.testing.lives.foster import STATUSES
from returns903.testing.lives.model import FOSTER, Absence, Episode, Life, Order
from returns903.testing.lives.places import opens, places
from returns903.testing.lives.times import ADULT

_WITHOUT_PARENTS = "N8"
_IN_THEIR_TEENS = 13
_ASSESSED = "E15"
_BEFORE_18 = ("otherwise",) * 7 + (_ASSESSED,) * 3
"""How care may end before 18, each as often as it stands here."""
_LIBERTY = ("K2", "Z13", "Z12")


def seeking_asylum(chance: Chance, when: Span) -> Life:
    """Unaccompanied and seeking asylum, whose status may end before the age of 18, by an age assessment too."""
    course = Course.of(chance, when, 13, 18)
    course.home_post = None
    changes = chance.below(2)
    plan = course.stays(changes=changes, from_age=11)
    ls = chance.pick(("V2", "C2"))
    course.enter(ls, chance.pick(FOSTER), cin=_WITHOUT_PARENTS)
    if changes:
        course.move(chance.pick(places(course.life.born, ls, course.day, course.until)))
    adult, until = birthday(course.life.born, ADULT), plan.days[-1]
    assessed = plan.ends and until < adult and chance.pick(_BEFORE_18) == _ASSESSED
    settled = not assessed and chance.often(0.3)
    granted = chance.day(max(plan.days[0] + 1, when.first_before), until)
    course.life.asylum_until = until if assessed else granted if settled else adult
    course.end(_ASSESSED if assessed else None)
    return course.told()


def mother(chance: Chance, when: Span) -> Life:
    """A girl who is a mother, or becomes one in care: before anything else about her care changes."""
    course = Course.of(chance, when, 14, 18, female=True)
    changes = chance.below(2)
    plan = course.stays(changes=changes)
    course.enter(chance.pick(STATUSES), chance.pick(FOSTER))
    if changes:
        course.move(chance.pick(FOSTER))
    course.end()
    first = max(birthday(course.life.born, _IN_THEIR_TEENS), plan.days[1] - 500)
    course.life.first_child = chance.day(first, max(first, plan.days[1]))
    return course.told()


def missing(chance: Chance, when: Span) -> Life:
    """Missing or away without leave, at times still when the year ends, or when one ends and the next begins."""
    course = Course.of(chance, when, 11, 18)
    changes = chance.below(2)
    course.stays(changes=changes)
    course.enter(chance.pick(STATUSES), chance.pick((*FOSTER, "K2")))
    if changes:
        course.move(chance.pick((*FOSTER, "K2")))
    course.end()
    for episode in course.life.episodes:
        course.life.absences += _absences(chance, when, episode)
    return course.told()


def _absences(chance: Chance, when: Span, episode: Episode) -> list[Absence]:
    """Times away within an episode, none of which touches another."""
    found: list[Absence] = []
    last = when.last if episode.dec is None else episode.dec - 1
    day = max(episode.decom + 1, when.first_before + chance.below(300))
    for _ in range(1 + chance.below(4)):
        start = day + chance.below(40)
        end = start + chance.below(60)
        if end > last:
            break
        found.append(Absence(chance.pick("MA"), start, end))
        day = end + 2
    if episode.dec is None and day < last and chance.often(0.4):
        found.append(Absence("M", chance.day(max(day, last - 20), last), None))
    return found


def deprived_of_liberty(chance: Chance, when: Span) -> Life:
    """Under one or more orders that deprive of liberty, in a home where that is to be expected."""
    course = Course.of(chance, when, 12, 17)
    place = chance.pick([place for place in _LIBERTY if opens(place, when) is not None])
    course.stays(from_age=8, since=opens(place, when) or 0)
    course.enter(chance.pick(STATUSES), place)
    course.end()
    course.life.orders += _orders(chance, when, course.now)
    return course.told()


def _orders(chance: Chance, when: Span, episode: Episode) -> list[Order]:
    """Orders one after the other within an episode, the last of them open where it is."""
    found: list[Order] = []
    last = when.last if episode.dec is None else episode.dec - 1
    day = max(episode.decom + 1, when.first - chance.below(100))
    for _ in range(1 + chance.below(3)):
        end = day + 1 + chance.below(84)
        if end > last:
            break
        found.append(Order(day, end))
        day = end + chance.below(3)
    if episode.dec is None and day <= last and chance.often(0.5):
        found.append(Order(day, None))
    return found
