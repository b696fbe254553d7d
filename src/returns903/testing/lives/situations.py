"""The situations that a life may be in, by name."""

from __future__ import annotations

from collections.abc import Callable
from zlib import crc32

from returns903.errors import ConfigError
from returns903.testing.lives import adoption, after_care, circumstances, eventful, foster, leaving, legal, respite
from returns903.testing.lives.chance import Chance
from returns903.testing.lives.days import Span, span
from returns903.testing.lives.likely import Likely, Shares
from returns903.testing.lives.model import Life
from returns903.testing.lives.places import ELSEWHERE, SUPPORTED
from returns903.testing.lives.settings import placed_in, with_parents
from returns903.words import printable
from returns903.years import Year, rules_year

Teller = Callable[[Chance, Span], Life]

_TOLD_BY: dict[str, Teller] = {
    "settled in foster care": foster.settled,
    "fostered by relatives": foster.with_relatives,
    "moved between placements": foster.moved,
    "left care": leaving.left,
    "in a children's home": placed_in("K2", "R3"),
    "in a residential setting": placed_in("R1", "R2", "S1", "P3"),
    "in a secure home": placed_in("K1", statuses=("C2", "V2", "J1")),
    "in supported accommodation": placed_in(*SUPPORTED),
    "in another placement": placed_in(*ELSEWHERE),
    "placed with parents": with_parents,
    "in a temporary placement": foster.away_and_back,
    "in care proceedings": legal.in_proceedings,
    "in police protection": legal.protected,
    "on remand": legal.remanded,
    "left care at 18": leaving.came_of_age,
    "still in care after 18": leaving.stayed_on,
    "back in care": leaving.came_back,
    "in a series of short breaks": respite.series,
    "agreed short breaks": respite.agreed,
    "seeking asylum": circumstances.seeking_asylum,
    "a mother": circumstances.mother,
    "missing": circumstances.missing,
    "deprived of liberty": circumstances.deprived_of_liberty,
    "to be adopted": adoption.decided,
    "placed for adoption": adoption.placed,
    "adopted": adoption.adopted,
    "not adopted after all": adoption.given_up,
    "after care": after_care.left_by_18,
    "after a children's home": after_care.stayed_in_home,
}

_EVENTFUL: dict[str, Teller] = {
    "much moved": eventful.stays_in_care,
    "much moved and left": eventful.leaves_care,
    "without adopters yet": adoption.ordered,
}

SITUATIONS: tuple[str, ...] = tuple(_TOLD_BY)
"""The names of the situations, the plainest first."""

EVENTFUL: tuple[str, ...] = tuple(_EVENTFUL)
"""Further situations, of large returns: those who stay in care get SW12STG2 from 2023-24 on."""


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
    own = seed and (seed << 32) + crc32(situation.encode())
    return _tell(_TOLD_BY[situation], Chance(own), own, span(year))


def likely_life(situation: str, seed: int, year: Year, shares: Shares) -> Life:
    """A life whose codes and ages come as often as the shares say; who has moved may stay in care when a year ends.

    Args:
        situation: one of `SITUATIONS`, or of `EVENTFUL`.
        seed: any whole number but 0.
        year: the collection year.
        shares: how often what comes.
    """
    teller = _EVENTFUL.get(situation) or _TOLD_BY[situation]
    return _tell(teller, Likely(seed, shares), seed, span(year)._replace(moved_may_stay=True))


def _tell(teller: Teller, chance: Chance, seed: int, when: Span) -> Life:
    told = teller(chance, when)
    told.seed = seed
    return told
