"""A life as it is told, step by step: every episode follows lawfully from the one before."""

from __future__ import annotations

from returns903.testing.lives import world
from returns903.testing.lives.chance import Chance
from returns903.testing.lives.days import Span
from returns903.testing.lives.endings import endings
from returns903.testing.lives.model import TEMPORARY, Episode, Life, Permanence
from returns903.testing.lives.previous import Cells, permanence
from returns903.testing.lives.reviews import reviews
from returns903.testing.lives.workers import workers
from returns903.testing.lives.world import Home

_NEEDS = ("N1", "N5", "N4", "N3", "N8", "N2", "N6", "N7")
_REASONS = ("CARPL", "PLACE", "STAND", "ALLEG", "APPRR", "CLOSE", "CREQB", "CREQO", "CHILD", "LAREQ", "OTHER")
"""Why a placement is changed; CUSTOD goes with custody alone."""


class Course:
    """The course of a life up to the last day of a collection year."""

    def __init__(self, chance: Chance, when: Span, life: Life) -> None:
        self.chance = chance
        self.when = when
        self.life = life
        self.home_post: str | None = chance.pick(world.HOME_POSTS)

    @property
    def now(self) -> Episode:
        """The episode told last."""
        return self.life.episodes[-1]

    def enter(self, day: int, ls: str, place: str, *, cin: str | None = None, before: Cells | None = None) -> None:
        """A period of care begins, for this need and after what had been arranged before."""
        known = self.life.episodes[0].decom if self.life.episodes else day
        before = before or permanence(self.chance, self.life.born, known)
        self.life.permanence.append(Permanence(day, before))
        need = cin or self.chance.pick(_NEEDS)
        home = self._home(place, day)
        self.life.episodes.append(Episode(day, "S", ls, need, home, self._home_post(ls)))

    def change_status(self, day: int, ls: str) -> None:
        """Only the legal status changes."""
        self._go_on(day, "L", ls, self.now.home)

    def move(self, day: int, place: str, *, ls: str | None = None, because: str | None = None) -> None:
        """The child moves to another placement with other carers, under another legal status where one is given."""
        home = self._home(place, day)
        changed = ls is not None and ls != self.now.ls
        if not {place, self.now.home.place} & set(TEMPORARY):
            self.now.reason_place_change = because or self.chance.pick(_REASONS)
        self._go_on(day, "B" if changed else "P", ls or self.now.ls, home)

    def stay_with_carers(self, day: int, home: Home, *, ls: str | None = None, because: str = "PLACE") -> None:
        """The placement becomes another with the same carers, under another legal status where one is given."""
        changed = ls is not None and ls != self.now.ls
        self.now.reason_place_change = because
        self._go_on(day, "U" if changed else "T", ls or self.now.ls, home)

    def return_to(self, day: int, home: Home) -> None:
        """The child goes back to where it was before a temporary placement."""
        self._go_on(day, "P", self.now.ls, home)

    def leave(self, day: int, rec: str | None = None) -> None:
        """The period of care ends, for one of the reasons that are lawful on that day where none is given."""
        self.now.dec = day
        self.now.rec = rec or self.chance.pick(endings(self.life, self.now, day))

    def told(self) -> Life:
        """The life, with its reviews and social workers."""
        self.life.reviews += reviews(self.chance, self.life, self.when)
        self.life.workers += workers(self.chance, self.life, self.when)
        return self.life

    def _go_on(self, day: int, rne: str, ls: str, home: Home) -> None:
        before = self.now
        before.dec, before.rec = day, "X1"
        self.life.episodes.append(Episode(day, rne, ls, before.cin, home, self._home_post(ls)))

    def _home_post(self, ls: str) -> str | None:
        return None if ls in ("V3", "V4") else self.home_post

    def _home(self, place: str, day: int) -> Home:
        """Somewhere of this kind where the child is not already."""
        homes = world.homes(place, day=day)
        here = self.life.episodes[-1].home if self.life.episodes else None
        home = self.chance.pick(homes)
        return home if home != here else homes[homes.index(home) - 1]
