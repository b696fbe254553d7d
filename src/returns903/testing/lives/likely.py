"""Draws in which codes and ages come as often as they are known to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import TypeVar

from returns903.testing.lives.chance import Chance

T = TypeVar("T")


class Shares:
    """How often what comes: weights as whole numbers, of which only the proportions count."""

    def __init__(self, codes: Mapping[str, int], ages: Sequence[int], girls: float) -> None:
        """Take the weights.

        Args:
            codes: the weights of codes, of whatever list.
            ages: the weights of the ages from 0 on, on the last day of the year.
            girls: the share of girls.
        """
        self.girls = girls
        self._codes = codes
        self._ages = ages
        self._known: dict[tuple[object, ...], list[int]] = {}

    def among(self, items: tuple[object, ...]) -> list[int]:
        """The weights of the items, each added to those before; of equal ones where not all the items have a weight."""
        found = self._known.get(items)
        if found is None:
            weights = [self._codes.get(item) if isinstance(item, str) else None for item in items]
            known = [weight for weight in weights if weight is not None]
            whole = len(known) == len(items) and any(known)
            found = self._known[items] = list(accumulate(known if whole else (1 for _ in items)))
        return found

    def of_ages(self, youngest: int, oldest: int) -> list[int]:
        """The weights of the ages from one to another, each added to those before."""
        found = self._known.get((youngest, oldest))
        if found is None:
            weights = self._ages[youngest : oldest + 1]
            found = self._known[youngest, oldest] = list(accumulate(weights if any(weights) else (1 for _ in weights)))
        return found


class Likely(Chance):
    """A run of draws from one seed that keeps to shares."""

    __slots__ = ("_shares",)

    def __init__(self, seed: int, shares: Shares) -> None:
        super().__init__(seed)
        self._shares = shares

    def pick(self, items: Sequence[T]) -> T:
        """One of the items, each as often as its weight says."""
        return items[self._at(self._shares.among(tuple(items)))]

    def age(self, youngest: int, oldest: int) -> int:
        """An age between two, each as often as its weight says."""
        return youngest + self._at(self._shares.of_ages(youngest, oldest))

    def girl(self) -> bool:
        """Whether somebody is a girl."""
        return self.often(self._shares.girls)

    def _at(self, bounds: list[int]) -> int:
        return bisect_right(bounds, self._next() * bounds[-1])
