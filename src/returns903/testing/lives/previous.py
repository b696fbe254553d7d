"""What had been arranged for a child before care began: PREV_PERM, LA_PERM and DATE_PERM."""

from __future__ import annotations

from returns903 import codes
from returns903.testing.lives.chance import Chance
from returns903.testing.lives.days import text

Cells = tuple[str | None, ...]

NOTHING: Cells = ("Z1", None, None)
_KINDS = ("P2", "P1", "P3", "P4")
_AUTHORITIES = tuple(codes.code_list("LA_PERM"))


def permanence(chance: Chance, born: int, before: int) -> Cells:
    """What was arranged for a child born on `born` before the day `before`, most often nothing."""
    if not chance.often(0.4) or before - born < 60:
        return NOTHING
    return (chance.pick(_KINDS), chance.pick(_AUTHORITIES), date(chance, chance.day(born + 20, before - 20), before))


def date(chance: Chance, day: int, before: int) -> str:
    """The day as DATE_PERM has it: in full or with ZZ for what is not known, in any case earlier than `before`."""
    full = text(day)
    forms = [full, "ZZ/ZZ/ZZZZ"]
    if text(before)[3:] != full[3:]:
        forms.append(f"ZZ{full[2:]}")
    if text(before)[6:] != full[6:]:
        forms.append(f"ZZ/ZZ{full[5:]}")
    return chance.pick(forms)
