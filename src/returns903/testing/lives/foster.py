"""Children in foster care."""

from __future__ import annotations

from returns903.testing.lives.chance import Chance
from returns903.testing.lives.course import Course
from returns903.testing.lives.days import Span
from returns903.testing.lives.model import FOSTER, Life
from returns903.testing.lives.person import aged, person
from returns903.testing.lives.times import stay

STATUSES = ("C2", "V2", "C1")


def settled(chance: Chance, when: Span) -> Life:
    """In one foster home since care began, and still there."""
    born = aged(chance, when, 0, 17)
    course = Course(chance, when, person(chance, born))
    course.enter(stay(chance, when, born, leaves=False).entered, chance.pick(STATUSES), chance.pick(FOSTER))
    return course.told()


def moved(chance: Chance, when: Span) -> Life:
    """From one foster home to others, for any reason."""
    born = aged(chance, when, 1, 18)
    course = Course(chance, when, person(chance, born))
    time = stay(chance, when, born, changes=1 + chance.below(3))
    course.enter(time.entered, chance.pick(STATUSES), chance.pick(FOSTER))
    for day in time.changes:
        course.move(day, chance.pick(FOSTER))
    if time.left is not None:
        course.leave(time.left)
    return course.told()
