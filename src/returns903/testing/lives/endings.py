"""Why a period of care may end."""

from __future__ import annotations

from returns903.testing.lives.days import birthday
from returns903.testing.lives.model import FOSTER, Episode, Life

_AT_ANY_AGE = ("E4A", "E4B", "E13", "E41", "E3", "E8", "E16", "E2")
_GUARDIANS = {True: ("E45", "E46"), False: ("E47", "E48")}
"""Special guardianship, to those who fostered the child and to others."""


def endings(life: Life, last: Episode, day: int) -> list[str]:
    """The reasons, other than adoption, for which care may end on that day; the plainest first."""
    if day >= birthday(life.born, 18):
        return [*(["E17"] if last.home.place in FOSTER else []), "E8", "E5", "E6", "E7"]
    found = [*_AT_ANY_AGE, *_GUARDIANS[False]]
    found += _GUARDIANS[True] if last.home.place in FOSTER else ()
    found += ["E9"] if day >= birthday(life.born, 10) else []
    found += ["E5", "E6", "E7"] if day >= birthday(life.born, 16) else []
    return [*found, "E14"] if last.ls == "J1" else found
