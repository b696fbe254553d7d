"""When a child's case was reviewed, and how the child took part."""

from __future__ import annotations

from returns903.testing.lives.chance import Chance
from returns903.testing.lives.days import Span, birthday
from returns903.testing.lives.model import Life

_TOO_YOUNG = "PN0"
_TOOK_PART = ("PN1", "PN2", "PN3", "PN4", "PN5", "PN6", "PN7")
_FIRST, _SECOND, _NEXT = 20, 80, 150
"""Days after which a review is held at the earliest: after the start of care, the first review, the one before."""


def reviews(chance: Chance, life: Life, when: Span) -> list[tuple[int, str]]:
    """The reviews of the year and the one before, with the part that the child took."""
    found: list[tuple[int, str]] = []
    speaks = birthday(life.born, 4)
    for first, last in _periods(life, when):
        day = first + _FIRST - chance.below(8)
        wait = _SECOND
        while day <= last:
            if day >= when.first_before:
                found.append((day, _TOO_YOUNG if day < speaks else chance.pick(_TOOK_PART)))
            day += wait + chance.below(10)
            wait = _NEXT
    return found


def _periods(life: Life, when: Span) -> list[tuple[int, int]]:
    """The periods of care, short breaks aside; of a long one only what is near the two years."""
    found: list[tuple[int, int]] = []
    for episode in life.episodes:
        last = when.last if episode.dec is None else episode.dec
        if episode.is_respite or last < when.first_before:
            continue
        if episode.rne == "S" or not found:
            found.append((max(episode.decom, when.first_before - _NEXT), last))
        else:
            found[-1] = (found[-1][0], last)
    return found
