"""Lawful answers to what a return asks once a year: health (OC2), leaving care (OC3) and adoption (AD1).

Each function gives the cells that follow the date of birth in its table. Days are whole numbers, as in `days`.
"""

from __future__ import annotations

from functools import cache

from returns903 import codes
from returns903.testing.lives.chance import Chance
from returns903.testing.lives.days import birthday, span, text
from returns903.years import Year

Cells = tuple[str | None, ...]

_HIGHEST_SCORE = 40
_REASONS = ("SDQ2", "SDQ3", "SDQ4", "SDQ5")
_OUTSIDE_AGE_RANGE = "SDQ1"

_NOTHING_KNOWN = ("0", "0")
_GONE = ("DIED", "RHOM")
"""Answers to IN_TOUCH beside which nothing is told of activity and accommodation."""
_OUT_OF_TOUCH = ("NO", "REFU", "NREQ")
_FOYERS = ("T1", "T2")
_FORMER_CARERS = ("Z1", "Z2")

_ADOPTERS = (
    ("2", "MF", "L11"),
    ("2", "MF", "L2"),
    ("2", "MF", "L3"),
    ("2", "MM", "L12"),
    ("2", "FF", "L12"),
    ("2", "MM", "L2"),
    ("2", "FF", "L2"),
    ("2", "MM", "L4"),
    ("2", "FF", "L4"),
    ("1", "F1", "L0"),
    ("1", "M1", "L0"),
)
"""NB_ADOPTR, SEX_ADOPTR and LS_ADOPTR that go together."""


def health(chance: Chance, born: int, year: Year) -> Cells:
    """The ten answers of OC2 for a child who was looked after for the whole year."""
    last = span(year).last
    convicted = _yes(chance, 0.03) if birthday(born, 10) <= last else None
    checked = _yes(chance, 0.88) if birthday(born, 5) > last else None
    core = (_no(chance, 0.15), _no(chance, 0.2), _no(chance, 0.1))
    return (*_difficulties(chance, born, year), convicted, checked, *core, *_misuse(chance, birthday(born, 10) <= last))


def leaver(chance: Chance, born: int, year: Year, *, before: Cells | None = None) -> Cells:
    """The three answers of OC3: IN_TOUCH, ACTIV and ACCOM.

    Args:
        chance: what decides.
        born: the day of birth.
        year: the collection year.
        before: the answers of the year before, where there are any: whoever had died is dead.
    """
    if before and before[0] == "DIED":
        return before
    if chance.often(0.04):
        return (chance.pick(_GONE), *_NOTHING_KNOWN)
    first = span(year).first
    homes = _accommodation(year, adult=birthday(born, 18) < first, lately_seventeen=birthday(born, 17) >= first)
    lives = (chance.pick(_activities(year)), chance.pick(homes))
    if chance.often(0.1):
        return (chance.pick(_OUT_OF_TOUCH), *(lives if chance.often(0.2) else _NOTHING_KNOWN))
    return ("YES", *lives)


def adoption(chance: Chance, *, decided: int, matched: int, fostered: bool) -> tuple[str, ...]:
    """The six answers of AD1.

    Args:
        chance: what decides.
        decided: the day of the decision that the child should be placed for adoption.
        matched: the day on which the child was matched with the adopters.
        fostered: whether the adopters had been the child's foster carers (placements A3 and A5).
    """
    return (text(decided), text(matched), "1" if fostered else "0", *chance.pick(_ADOPTERS))


def _yes(chance: Chance, share: float) -> str:
    return "1" if chance.often(share) else "0"


def _no(chance: Chance, share: float) -> str:
    return "0" if chance.often(share) else "1"


def _difficulties(chance: Chance, born: int, year: Year) -> Cells:
    """SDQ_SCORE and SDQ_REASON: asked from the year of the fourth birthday to that of the seventeenth."""
    when = span(year)
    fourth, seventeenth = birthday(born, 4), birthday(born, 17)
    if fourth > when.last or seventeenth < when.first:
        return (None, None)
    if chance.often(0.25):
        at_the_edge = fourth > when.first or seventeenth <= when.last
        return (None, chance.pick((_OUTSIDE_AGE_RANGE, *_REASONS) if at_the_edge else _REASONS))
    return (str(chance.below(_HIGHEST_SCORE + 1)), None)


def _misuse(chance: Chance, of_age: bool) -> Cells:
    """SUBSTANCE_MISUSE, INTERVENTION_RECEIVED and INTERVENTION_OFFERED."""
    if not (of_age and chance.often(0.1)):
        return ("0", None, None)
    return ("1", "0", _yes(chance, 0.5)) if chance.often(0.5) else ("1", "1", None)


@cache
def _activities(year: Year) -> tuple[str, ...]:
    return tuple(code for code in _valid("ACTIV", year) if code != _NOTHING_KNOWN[0])


@cache
def _accommodation(year: Year, *, adult: bool, lately_seventeen: bool) -> tuple[str, ...]:
    """Where a care leaver may live who was 18 when the year began, or turned 17 in the year."""
    excluded = (*_NOTHING_KNOWN, *(() if adult else _FOYERS), *(_FORMER_CARERS if lately_seventeen else ()))
    return tuple(code for code in _valid("ACCOM", year) if code not in excluded)


def _valid(name: str, year: Year) -> list[str]:
    """The codes of a list in a year, which may be the one before the first whose rules are known."""
    return [code for code, entry in codes.code_list(name).items() if entry.valid_in(year.label)]
