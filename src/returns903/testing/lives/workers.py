"""The social workers that a child has had."""

from __future__ import annotations

from returns903.testing.lives.chance import Chance
from returns903.testing.lives.days import Span
from returns903.testing.lives.model import Life, Worker

_FIRST_CONTACT = "FCONTA"
_WHY_CHANGED = ("LEFTRL", "MANAGE", "ORGRST", "TSPROC", "ABSENC", "CHCHAN", "PCCHAN", "SWDIED", "OTHERS")
_SHORTEST = 60
_GAP = 4
"""One worker follows the other after fewer days than these; rules allow five."""
_LOOKED_BACK = 500
_TURN_OF_THE_YEAR = 10
"""Days on either side of 1 April on which no worker changes, since rules read an end there as one without a sequel."""


def workers(chance: Chance, life: Life, when: Span) -> list[Worker]:
    """The workers of the child's last period of care, one after the other; the last of them stays.

    SW12STG2 asks that every worker known to a return began after each start of care in it and by the end, so those of
    an earlier period are not told of, nor a change after the child left.
    """
    in_care = [episode for episode in life.episodes if not episode.is_respite]
    if not in_care:
        return []
    entry = max(episode.decom for episode in in_care if episode.rne == "S")
    last = when.last if in_care[-1].dec is None else in_care[-1].dec
    found = [_worker(chance, _FIRST_CONTACT, max(entry, when.first_before - _LOOKED_BACK))]
    while chance.often(0.5):
        day = _clear_of_april(found[-1].start + _SHORTEST + chance.below(200), when)
        if day >= last:
            break
        found[-1].end = day - chance.below(_GAP)
        found.append(_worker(chance, chance.pick(_WHY_CHANGED), day))
    return found


def _worker(chance: Chance, reason: str, start: int) -> Worker:
    return Worker(f"{chance.pick(('SW', 'SW', 'SW', 'XX'))}{100000 + chance.below(900000)}", reason, start)


def _clear_of_april(day: int, when: Span) -> int:
    turns = (when.first_before, when.first, when.last + 1)
    near = [turn for turn in turns if abs(turn - day) <= _TURN_OF_THE_YEAR]
    return near[0] + _TURN_OF_THE_YEAR + 1 if near else day
