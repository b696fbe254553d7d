"""Children in placements other than foster care."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from returns903.testing.lives.chance import Chance
from returns903.testing.lives.course import Course
from returns903.testing.lives.days import Span
from returns903.testing.lives.foster import STATUSES
from returns903.testing.lives.model import FOSTER, Life
from returns903.testing.lives.places import YOUNGEST, is_open, opens

_ORDERS = ("C2", "C1")


def placed_in(*kinds: str, statuses: Sequence[str] = STATUSES) -> Callable[[Chance, Span], Life]:
    """Tells of a child in one of these kinds of placement, from the beginning of care on.

    On the last day of a kind that goes out of use nobody comes to it any more, but on the day before.
    """

    def tell(chance: Chance, when: Span) -> Life:
        place = chance.pick([place for place in kinds if opens(place, when) is not None])
        from_age, since = YOUNGEST.get(place, 0), opens(place, when) or 0
        course = Course.of(chance, when, from_age + 1, 17 if since else 18)
        plan = course.stays(from_age=from_age, since=since)
        if not is_open(place, plan.days[0], plan.days[-1]):
            course.follows([plan.days[0] - 1, *plan.days[1:]], ends=plan.ends)
        course.enter(chance.pick(statuses), place)
        course.end()
        return course.told()

    return tell


def with_parents(chance: Chance, when: Span) -> Life:
    """Placed with parents under a care order, from the beginning or after a foster home."""
    course = Course.of(chance, when, 1, 18)
    changes = chance.below(2)
    course.stays(changes=changes)
    course.enter(chance.pick(_ORDERS), "P1" if not changes else chance.pick(FOSTER))
    if changes:
        course.move("P1")
    course.end()
    return course.told()
