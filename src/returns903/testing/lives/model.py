"""A life: all that returns say of one child, whatever their year. Days are whole numbers, as in ``days``."""

from __future__ import annotations

from dataclasses import dataclass, field

from returns903.rules.groups import FOSTER as FOSTER_HOMES
from returns903.rules.groups import RESPITE
from returns903.testing.lives.world import Home

FOSTER = FOSTER_HOMES[::-1]
"""The kinds of foster home, the plainest first."""


@dataclass(slots=True)
class Episode:
    """An episode of a period of care, named as the columns are. One that is open has no `dec`."""

    decom: int
    rne: str
    ls: str
    cin: str
    home: Home
    home_post: str | None
    dec: int | None = None
    rec: str | None = None
    reason_place_change: str | None = None

    def lasts_into(self, day: int) -> bool:
        """Whether it is open on that day or ends on it or later."""
        return self.dec is None or self.dec >= day

    @property
    def is_respite(self) -> bool:
        """Whether it is a short break."""
        return self.ls in RESPITE


@dataclass(slots=True)
class Absence:
    """A time that the child was missing (M) or away without leave (A)."""

    kind: str
    start: int
    end: int | None


@dataclass(slots=True)
class Order:
    """A deprivation of liberty order."""

    start: int
    end: int | None


@dataclass(slots=True)
class Worker:
    """A social worker's time with the child; `reason` is why this worker took the child on."""

    name: str
    reason: str
    start: int
    end: int | None = None


@dataclass(slots=True)
class Decision:
    """A decision that the child should be placed for adoption, and its end where it was reversed."""

    day: int
    reversed_on: int | None = None
    reason: str | None = None


@dataclass(slots=True)
class Permanence:
    """What had been arranged before the period of care that begins on `entry`: PREV_PERM, LA_PERM, DATE_PERM."""

    entry: int
    cells: tuple[str | None, ...]


@dataclass(slots=True)
class Life:
    """One child's time with one authority."""

    seed: int
    """What the yearly answers come from; 0 for the plainest."""
    born: int
    female: bool
    ethnic: str
    pupil: str
    """Why there is no pupil number (UN1 until the child is of school age, UN2 to UN5), or ``number`` or ``blank``."""
    episodes: list[Episode] = field(default_factory=list)
    reviews: list[tuple[int, str]] = field(default_factory=list)
    """The day of each review and how the child took part."""
    workers: list[Worker] = field(default_factory=list)
    permanence: list[Permanence] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    adoption: tuple[str, ...] | None = None
    """The six adoption details, as AD1 has them after the date of birth."""
    first_child: int | None = None
    """The day on which a girl's first child was born."""
    asylum_until: int | None = None
    """The last day as an unaccompanied asylum-seeking child, the 18th birthday at the latest."""
    leaves_care: bool = False
    """Whether the authority keeps in touch as with a care leaver, which OC3 tells of at the ages 17 to 21."""
