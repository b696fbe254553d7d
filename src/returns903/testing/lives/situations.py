"""The situations that a life may be in, by name."""

from __future__ import annotations

from collections.abc import Callable

from returns903.errors import ConfigError
from returns903.testing.lives import foster
from returns903.testing.lives.chance import Chance
from returns903.testing.lives.days import Span, span
from returns903.testing.lives.model import Life
from returns903.words import printable
from returns903.years import Year, rules_year

_TOLD_BY: dict[str, Callable[[Chance, Span], Life]] = {
    "settled in foster care": foster.settled,
    "moved between foster homes": foster.moved,
}

SITUATIONS: tuple[str, ...] = tuple(_TOLD_BY)
"""The names of the situations, the plainest first."""


def life(situation: str, seed: int, year: Year) -> Life:
    """A life in a situation, the same for the same seed everywhere.

    Args:
        situation: one of `SITUATIONS`.
        seed: any whole number; 0 gives the plainest life.
        year: the collection year in whose return, and in the one before, the life is to be seen.

    Raises:
        ConfigError: there is no such situation, or no rules are known for the year.
    """
    if situation not in _TOLD_BY:
        msg = f"{printable(situation)!r} is no situation of a life; they are {', '.join(SITUATIONS)}"
        raise ConfigError(msg)
    rules_year(year)
    told = _TOLD_BY[situation](Chance(seed), span(year))
    told.seed = seed
    return told
