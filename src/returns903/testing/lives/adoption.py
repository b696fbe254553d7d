"""Children who are to be adopted: the decision, the placement with adopters, and what came of it."""

from __future__ import annotations

from returns903.rules.groups import ADOPTED
from returns903.testing.lives import world, yearly
from returns903.testing.lives.chance import Chance
from returns903.testing.lives.course import Course
from returns903.testing.lives.days import Span
from returns903.testing.lives.foster import STATUSES
from returns903.testing.lives.model import FOSTER, Decision, Life

_PLACES = ("A6", "A4", "A5", "A3")
_WITH_CARERS = ("A3", "A5")
_ORDERED = ("A5", "A6")
_PLACEMENT_ORDER = "E1"
_AFTER_THE_ORDER = ("C2", "V2")
_REVERSED = ("RD1", "RD2", "RD3", "RD4")
_OTHERWISE = ("E4A", "E48", "E13", "E41", "E8", "E2")
"""How care ends for a child who was not adopted after all."""
_OLDEST = 9
_A_MONTH = 30


def decided(chance: Chance, when: Span) -> Life:
    """In foster care, with a decision for adoption that stands or was reversed."""
    course = Course.of(chance, when, 1, _OLDEST)
    course.stays()
    course.enter(chance.pick(STATUSES), chance.pick(FOSTER))
    course.end()
    day = _decide(course, course.plan.days[-1])
    if chance.often(0.3):
        _reverse(course, max(day, when.first), course.plan.days[-1])
    return course.told()


def ordered(chance: Chance, when: Span) -> Life:
    """In foster care under a placement order, and still without adopters when the year ends.

    From 2023-24 on that gets SW12STG2.
    """
    course = Course.of(chance, when, 1, _OLDEST)
    course.stays(changes=1, leaves=False)
    course.enter(chance.pick(("C2", "C1")), chance.pick(FOSTER), lasts=2)
    _decide(course, course.day)
    course.change_status(_PLACEMENT_ORDER)
    return course.told()


def placed(chance: Chance, when: Span) -> Life:
    """With adopters, who may have fostered the child, since care began or after a foster home."""
    course = Course.of(chance, when, 1, _OLDEST)
    place = chance.pick(_PLACES)
    changes = chance.below(2) if when.moved_may_stay else 0
    course.stays(changes=changes, leaves=False)
    if changes:
        _foster(course, place)
    else:
        course.enter(_PLACEMENT_ORDER if place in _ORDERED else chance.pick(("V2", "C2")), place)
        course.life.decisions.append(Decision(course.now.decom))
    return course.told()


def adopted(chance: Chance, when: Span) -> Life:
    """Adopted in the year, by foster carers or by others."""
    course = Course.of(chance, when, 1, _OLDEST)
    place = chance.pick(_PLACES)
    ordered_before = place in _ORDERED and chance.often(0.5)
    _leaves_before_the_last_day(course, changes=1 + ordered_before)
    _foster(course, place, ordered_before=ordered_before)
    day = course.life.decisions[-1].day
    matched = chance.day(day, course.now.decom)
    fostered = place in _WITH_CARERS
    course.end(chance.pick(ADOPTED))
    course.life.adoption = yearly.adoption(chance, decided=day, matched=matched, fostered=fostered)
    return course.told()


def given_up(chance: Chance, when: Span) -> Life:
    """Placed with adopters, until the decision was reversed: back in foster care, or out of care."""
    course = Course.of(chance, when, 1, _OLDEST)
    place = chance.pick(_PLACES)
    returns = chance.below(2)
    course.stays(changes=1 + returns, leaves=None if returns else True)
    _foster(course, place)
    if returns:
        _reverse(course, course.day, course.day)
        course.move(chance.pick(FOSTER), ls=chance.pick(_AFTER_THE_ORDER) if place in _ORDERED else None)
        course.end()
    else:
        _reverse(course, max(course.now.decom, when.first), course.day)
        course.end(chance.pick(_OTHERWISE))
    return course.told()


def _foster(course: Course, place: str, *, ordered_before: bool = False) -> None:
    """From a foster home to adopters, after the decision, with an order of the court where the placement needs one."""
    course.enter(course.chance.pick(STATUSES), course.chance.pick(FOSTER), lasts=1 + ordered_before)
    _decide(course, course.day)
    if ordered_before:
        course.change_status(_PLACEMENT_ORDER)
    ls = _PLACEMENT_ORDER if place in _ORDERED else None
    if place in _WITH_CARERS:
        course.stay_with_carers(world.adopted_by_carers(course.now.home, place), ls=ls)
    else:
        course.move(place, ls=ls, because="CARPL")


def _decide(course: Course, latest: int) -> int:
    """Adoption is decided on, at times after an earlier decision that was reversed before the year."""
    chance, decisions = course.chance, course.life.decisions
    entered = course.life.episodes[0].decom
    day = chance.day(entered, latest)
    before = min(day, course.when.first) - 1
    if before - entered > _A_MONTH and chance.often(0.2):
        first = chance.day(entered, before - 1)
        decisions.append(Decision(first, chance.day(first + 1, before), chance.pick(_REVERSED)))
    decisions.append(Decision(day))
    return day


def _reverse(course: Course, earliest: int, latest: int) -> None:
    """The decision is reversed, between two days."""
    decision = course.life.decisions[-1]
    decision.reversed_on = course.chance.day(earliest, latest)
    decision.reason = course.chance.pick(_REVERSED)


def _leaves_before_the_last_day(course: Course, *, changes: int) -> None:
    """Plans a period of care that ends before the year's last day: a child in care until then has no row in AD1."""
    plan = course.stays(changes=changes, leaves=True)
    course.follows([*plan.days[:-1], min(plan.days[-1], course.when.last - 1)], ends=True)
