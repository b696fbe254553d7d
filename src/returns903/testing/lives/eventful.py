"""Children in whose care much happens: courts decide, carers change, and they are away for days.

Whoever stays in care after any of this gets SW12STG2 from 2023-24 on, so that these lives are for large returns alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from returns903.rules.groups import TEMPORARY
from returns903.testing.lives.chance import Chance
from returns903.testing.lives.course import Course
from returns903.testing.lives.days import Span, birthday
from returns903.testing.lives.foster import LONGEST_AWAY
from returns903.testing.lives.model import Life
from returns903.testing.lives.places import places
from returns903.testing.lives.times import ADULT, Stay, steps
from returns903.testing.lives.world import Home

_PATHS = ("C2", "C1", "V2", "C1 C2", "V2 C1", "V2 C2", "V2 C1 C2")
"""The legal statuses that follow each other."""
_LEGAL = ("L", "B", "U")
"""What brings a new legal status: an order alone, with other carers, or with the same carers in another placement."""
_OTHER = ("P", "T", "away")
"""What does not: other carers, the same carers in another placement, or days away with others."""
_HOLIDAY, _HOLIDAYS = "T3", 2
"""A temporary placement while the carers are on holiday, and how many of them pass 377."""
_NO_HOLIDAY = tuple(place for place in TEMPORARY if place != _HOLIDAY)
_WITH_OTHERS = ("P", "B")
_AWAY, _BACK = "away", "back"
_SAME_CARERS = {"U3": "U1", "U6": "U4"}
"""Foster placements, and what they become where the child is to stay for long."""
_BETWEEN = 48
"""Days for which one change more may come."""


def stays_in_care(chance: Chance, when: Span) -> Life:
    """Still in care when the year ends, or until the 18th birthday."""
    return _told(chance, when, leaves=False)


def leaves_care(chance: Chance, when: Span) -> Life:
    """Leaves care within the year."""
    return _told(chance, when, leaves=True)


def _told(chance: Chance, when: Span, *, leaves: bool) -> Life:
    course = Course.of(chance, when, 1, 18)
    plan = _plan(course, leaves=leaves)
    changes = len(plan.days) - 2
    statuses = chance.pick(_PATHS).split()[-1 - changes :]
    happening = _with_days_away(course, plan, _events(chance, changes, len(statuses) - 1))
    orders, lasts = iter(statuses), _lasts(happening, 0)
    ls = next(orders)
    course.enter(ls, _place(course, ls, lasts), lasts=lasts)
    for number, event in enumerate(happening, 1):
        _happens(course, event, orders, _lasts(happening, number))
    course.end()
    return course.told()


def _plan(course: Course, *, leaves: bool) -> Stay:
    """A period of care with the more changes in this year and the one before, the longer it lasts."""
    chance, (days, ends) = course.chance, course.stays(changes=1, leaves=leaves)
    of_age = birthday(course.life.born, ADULT)
    until = max(days[-1], of_age) if ends and not leaves else days[-1]
    since = max(days[0], course.when.first_before)
    changes = 1 + chance.below(1 + (until - since) // _BETWEEN)
    return Stay([days[0], *steps(chance, since, until, changes), until], ends)


def _events(chance: Chance, count: int, orders: int) -> list[str]:
    """So many events, among them so many new legal statuses."""
    found: list[str] = []
    for left in range(count, 0, -1):
        legal = chance.below(left) < orders
        orders -= legal
        found.append(chance.pick(_LEGAL if legal else _OTHER))
    return found


def _with_days_away(course: Course, plan: Stay, events: list[str]) -> list[str]:
    """What happens on each day of the plan, to which the ends of temporary placements are added."""
    chance = course.chance
    days, happening = plan.days[:1], list[str]()
    for event, day, following in zip(events, plan.days[1:-1], plan.days[2:], strict=True):
        days.append(day)
        if event == _AWAY:
            place = chance.pick(TEMPORARY if happening.count(_HOLIDAY) < _HOLIDAYS else _NO_HOLIDAY)
            days.append(day + 1 + chance.below(min(LONGEST_AWAY[place], following - day - 1)))
            happening += [place, _BACK]
        else:
            happening.append(event)
    course.follows([*days, plan.days[-1]], ends=plan.ends)
    return happening


def _lasts(happening: list[str], since: int) -> int:
    """How many steps the placement lasts that begins before this one."""
    others = (number for number, event in enumerate(happening[since:], 1) if event in _WITH_OTHERS)
    return next(others, len(happening) - since + 1)


def _happens(course: Course, event: str, orders: Iterator[str], lasts: int) -> None:
    same = _with_same_carers(course.now.home)
    if event == _BACK:
        course.go_back()
    elif event in TEMPORARY:
        course.move(event)
    elif event == "L":
        course.change_status(next(orders))
    elif event in ("T", "U") and same:
        course.stay_with_carers(same, ls=next(orders) if event == "U" else None)
    else:
        ls = next(orders) if event in _LEGAL else course.now.ls
        course.move(_place(course, ls, lasts), ls=ls, lasts=lasts)


def _with_same_carers(home: Home) -> Home | None:
    place = _SAME_CARERS.get(home.place)
    return home._replace(place=place) if place else None


def _place(course: Course, ls: str, lasts: int) -> str:
    return course.chance.pick(places(course.life.born, ls, course.day, course.after(lasts)))
