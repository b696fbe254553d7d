"""A life as it is told, step by step: every episode follows lawfully from the one before."""

from __future__ import annotations

from returns903.rules.groups import TEMPORARY
from returns903.testing.lives import world
from returns903.testing.lives.chance import Chance
from returns903.testing.lives.days import Span
from returns903.testing.lives.endings import endings
from returns903.testing.lives.model import Episode, Life, Permanence
from returns903.testing.lives.person import aged, person
from returns903.testing.lives.previous import Cells, permanence
from returns903.testing.lives.reviews import reviews
from returns903.testing.lives.times import Stay, stay
from returns903.testing.lives.workers import workers
from returns903.testing.lives.world import Home

_NEEDS = ("N1", "N5", "N4", "N3", "N8", "N2", "N6", "N7")
_REASONS = ("CARPL", "PLACE", "STAND", "ALLEG", "APPRR", "CLOSE", "CREQB", "CREQO", "CHILD", "LAREQ", "OTHER")
"""Why a placement is changed; CUSTOD goes with custody alone."""


class Course:
    """The course of a life up to the last day of a collection year.

    A period of care is planned by its days: `enter` takes the first of them, every further step the next, `end` the
    last. A placement that lasts over several steps is given their number, so that it is open for so long.
    """

    def __init__(self, chance: Chance, when: Span, life: Life) -> None:
        self.chance = chance
        self.when = when
        self.life = life
        self.home_post: str | None = chance.pick(world.HOME_POSTS)
        self.plan = Stay([], ends=False)
        self._step = 0

    @classmethod
    def of(cls, chance: Chance, when: Span, youngest: int, oldest: int, *, female: bool | None = None) -> Course:
        """The course of somebody who is `youngest` to `oldest` years old on the last day of the year."""
        return cls(chance, when, person(chance, aged(chance, when, youngest, oldest), female=female))

    @property
    def now(self) -> Episode:
        """The episode told last."""
        return self.life.episodes[-1]

    @property
    def day(self) -> int:
        """The day of the next step."""
        return self.plan.days[self._step]

    @property
    def until(self) -> int:
        """The day of the step after the next."""
        return self.after(1)

    def after(self, steps: int) -> int:
        """The day that is so many steps after the next."""
        return self.plan.days[self._step + steps]

    def stays(self, *, changes: int = 0, from_age: int = 0, since: int = 0, leaves: bool | None = None) -> Stay:
        """Plans a period of care, as ``times.stay`` has it."""
        planned = stay(
            self.chance, self.when, self.life.born, changes=changes, from_age=from_age, since=since, leaves=leaves
        )
        return self.follows(planned.days, ends=planned.ends)

    def follows(self, days: list[int], *, ends: bool) -> Stay:
        """Plans a period of care with just these days."""
        self.plan, self._step = Stay(days, ends), 0
        return self.plan

    def enter(
        self, ls: str, place: str, *, lasts: int = 1, cin: str | None = None, before: Cells | None = None
    ) -> None:
        """The planned period of care begins, because of a need and after what had been arranged before."""
        known = self.life.episodes[0].decom if self.life.episodes else self.day
        before = before or permanence(self.chance, self.life.born, known)
        self.life.permanence.append(Permanence(self.day, before))
        self._begin("S", ls, cin or self.chance.pick(_NEEDS), self.home(place, lasts))

    def change_status(self, ls: str) -> None:
        """The legal status changes and nothing else."""
        self._go_on("L", ls, self.now.home)

    def move(self, place: str, *, ls: str | None = None, because: str | None = None, lasts: int = 1) -> None:
        """The child moves to other carers, under another legal status where one is given."""
        home = self.home(place, lasts)
        if place not in TEMPORARY and self.now.home.place not in TEMPORARY:
            self.now.reason_place_change = because or self.chance.pick(_REASONS)
        self._go_on("B" if ls not in (None, self.now.ls) else "P", ls or self.now.ls, home)

    def stay_with_carers(self, home: Home, *, ls: str | None = None, because: str = "PLACE") -> None:
        """The placement becomes another with the same carers, under another legal status where one is given."""
        self.now.reason_place_change = because
        self._go_on("U" if ls not in (None, self.now.ls) else "T", ls or self.now.ls, home)

    def go_back(self) -> None:
        """The child goes back from a temporary placement to the one before."""
        self._go_on("P", self.now.ls, self.life.episodes[-2].home)

    def end(self, rec: str | None = None) -> None:
        """The period of care ends if it is to, for one of the lawful reasons where none is given."""
        if self.plan.ends:
            self.now.dec = self.plan.days[-1]
            self.now.rec = rec or self.chance.pick(endings(self.life, self.now, self.now.dec))

    def told(self) -> Life:
        """The life, with its reviews and social workers."""
        self.life.reviews += reviews(self.chance, self.life, self.when)
        self.life.workers += workers(self.chance, self.life, self.when)
        return self.life

    def home(self, place: str, lasts: int = 1) -> Home:
        """A home of this kind for so many steps, where the child is not already."""
        until = self.after(lasts)
        home = world.home(self.chance, place, day=self.day, until=until)
        here = self.now.home if self.life.episodes else None
        if home != here:
            return home
        return next(other for other in world.homes(place, day=self.day) if other != here and other.last >= until)

    def _go_on(self, rne: str, ls: str, home: Home) -> None:
        before = self.now
        before.dec, before.rec = self.day, "X1"
        self._begin(rne, ls, before.cin, home)

    def _begin(self, rne: str, ls: str, cin: str, home: Home) -> None:
        self.life.episodes.append(Episode(self.day, rne, ls, cin, home, self.home_post))
        self._step += 1
