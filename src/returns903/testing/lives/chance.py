"""What comes by chance in a made-up life: the same for the same seed on every machine and every Python."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """A run of draws from one seed. The seed 0 draws the plainest every time: the first, the fewest, the earliest, no.

    Only ``random()`` of the standard library stands behind it, whose numbers are promised not to change.
    """

    __slots__ = ("_next",)

    def __init__(self, seed: int) -> None:
        self._next: Callable[[], float] = random.Random(seed).random if seed else _nought

    def below(self, count: int) -> int:
        """A whole number from 0 to `count` - 1."""
        return int(self._next() * count)

    def pick(self, items: Sequence[T]) -> T:
        """One of the items, of which the first is the plainest."""
        return items[int(self._next() * len(items))]

    def age(self, youngest: int, oldest: int) -> int:
        """An age between two, both possible; plainly one in the middle."""
        ages = oldest - youngest + 1
        return youngest + (self.below(ages) + ages // 2) % ages

    def girl(self) -> bool:
        """Whether somebody is a girl."""
        return self.often(0.45)

    def often(self, share: float) -> bool:
        """True in this share of cases."""
        return self._next() >= 1.0 - share

    def day(self, first: int, last: int) -> int:
        """A day from `first` to `last`, both possible; the first where there is none between."""
        return first + int(self._next() * max(1, last - first + 1))


def _nought() -> float:
    return 0.0
