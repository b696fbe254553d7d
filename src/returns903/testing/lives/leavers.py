"""Whose row OC3 has: those who left care, from 17 to 21."""

from __future__ import annotations

from returns903.testing.lives.days import Span, birthday
from returns903.testing.lives.model import Episode, Life

NO_LEAVERS = ("E2", "E3", "E11", "E12")
"""Ends of care after which nobody is a care leaver: death, another authority, adoption."""
_DAYS_SINCE_14 = 91


def is_reported(life: Life, when: Span) -> bool:
    """Whether OC3 of the year tells of the young person.

    Both returns together must show the thirteen weeks of care since the age of 14 and some since 16; someone of 17 or
    18 had left before the birthday in the year; and a mother has no row once she has no episode in the year, since
    her child's birth could not be told there.
    """
    if not life.leaves_care or not birthday(life.born, 17) <= when.last < birthday(life.born, 22):
        return False
    known = [e for e in life.episodes if e.decom <= when.last and e.lasts_into(when.first_before) and not e.is_respite]
    if not known or known[-1].dec is None or known[-1].dec >= when.last or known[-1].rec in NO_LEAVERS:
        return False
    age = next(age for age in (21, 20, 19, 18, 17) if birthday(life.born, age) <= when.last)
    if age < 19 and known[-1].dec >= birthday(life.born, age):
        return False
    if life.first_child is not None and known[-1].dec < when.first:
        return False
    return (
        _days_since(known, birthday(life.born, 14)) >= _DAYS_SINCE_14
        and _days_since(known, birthday(life.born, 16)) >= 1
    )


def _days_since(episodes: list[Episode], day: int) -> int:
    return sum(max(0, (episode.dec or day) - max(episode.decom, day)) for episode in episodes)
