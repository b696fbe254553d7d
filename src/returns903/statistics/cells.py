"""The cells of published tables as numbers that hang together: which is the sum of which, and which are one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from returns903.errors import ConfigError

SMALL = range(1, 6)
"""Counts that are not shown: 1 to 5. A zero is shown."""

FARTHEST = 3
"""By how much a number is moved at most where another set of tables is looked for that looks the same."""

Spot = tuple[str, str, int]
"""Where a count stands: table, column, row number."""


@dataclass(frozen=True, slots=True)
class Sum:
    """What a reader knows to add up: the numbers times their signs come to 0."""

    signs: dict[int, int]
    total: int | None = None
    """Which number is the total of the others; None where none of them is."""


@dataclass(slots=True)
class Cells:
    """Every number of a set of tables, in the order in which they stand, and the sums between them.

    A number that stands in several places is one number: cells that are known to be the same share its place here.
    """

    values: list[int] = field(default_factory=list)
    spots: list[list[Spot]] = field(default_factory=list)
    """Where each number is printed; nowhere: one that nobody prints, such as those *not* on time."""
    least: list[int] = field(default_factory=list)
    """What each number cannot be below, and everyone knows it."""
    guarded: list[bool] = field(default_factory=list)
    """Whether it is to be kept from the reader where it is small."""
    sums: list[Sum] = field(default_factory=list)
    numbers: dict[Spot, int] = field(default_factory=dict)

    @property
    def small(self) -> set[int]:
        """The numbers that are not shown."""
        return {n for n, value in enumerate(self.values) if value in SMALL and self.guarded[n]}

    @property
    def unprinted(self) -> set[int]:
        """The numbers that stand nowhere."""
        return {n for n, spots in enumerate(self.spots) if not spots}

    def add(self, value: int, *, guarded: bool, least: int = 0) -> int:
        """Number a cell."""
        self.values.append(value)
        self.spots.append([])
        self.least.append(least)
        self.guarded.append(guarded)
        return len(self.values) - 1

    def at(self, table: str, column: str, rows: Iterable[int]) -> list[int]:
        """The cells of a column in these rows; those that do not apply are left out."""
        return [n for row in rows if (n := self.numbers.get((table, column, row))) is not None]

    def come_to(self, cells: Iterable[int]) -> int:
        """What cells add up to."""
        return sum(self.values[n] for n in cells)

    def relate(self, total: Sequence[int], parts: Sequence[int], where: str) -> None:
        """Note a sum that is claimed.

        Raises:
            ConfigError: there is more than one total, or the parts do not add up to it.
        """
        if len(total) > 1:
            msg = f"{where}: {len(total)} rows are said to be the total; one is meant"
            raise ConfigError(msg)
        if not total or not parts or tuple(total) == tuple(parts):
            return
        if total[0] in parts or self.come_to(parts) != self.values[total[0]]:
            msg = f"{where}: what is said to be the total is not the sum of its parts"
            raise ConfigError(msg)
        self.balance(total, parts, total[0])

    def balance(self, left: Sequence[int], right: Sequence[int], total: int | None = None) -> None:
        """Note that two lists of cells come to the same."""
        signs = Counter(right)
        signs.subtract(left)
        kept = {n: sign for n, sign in signs.items() if sign}
        if kept:
            self.sums.append(Sum(kept, total))

    def rest(self, whole: Sequence[int], parts: Sequence[int], *, guarded: bool) -> None:
        """Note that parts are within a whole: what is left of it is a number too, of 0 or more."""
        left = self.add(self.come_to(whole) - self.come_to(parts), guarded=guarded)
        self.balance(whole, [*parts, left], whole[0] if guarded else None)


def settled(cells: Cells) -> Cells:
    """The same numbers with those that are one made one; sums that say nothing new are gone."""
    found = cells
    while (one := _one_number(found)) is not None:
        found = _joined(found, one)
    return found


def _one_number(cells: Cells) -> list[int] | None:
    """For each number the first that is known to be the same; None: no two are."""
    first = list(range(len(cells.values)))

    def of(n: int) -> int:
        while first[n] != n:
            n = first[n]
        return n

    others: dict[frozenset[tuple[int, int]], int] = {}
    for each in cells.sums:
        if len(each.signs) == 2 and sorted(each.signs.values()) == [-1, 1]:
            one, other = sorted(of(n) for n in each.signs)
            first[other] = one
        for n, sign in each.signs.items() if sorted(map(abs, each.signs.values())) == [1, 1, 1] else ():
            # two sums that share all but one number each: the rest of a whole, told twice
            key = frozenset((m, s * sign) for m, s in each.signs.items() if m != n)
            one, other = sorted((of(n), of(others.setdefault(key, n))))
            first[other] = one
    numbers = [of(n) for n in range(len(first))]
    return None if numbers == list(range(len(first))) else numbers


def _joined(cells: Cells, one: list[int]) -> Cells:
    """The numbers renumbered, each told once; `one` says which stands for which."""
    place = {n: number for number, n in enumerate(dict.fromkeys(one))}
    made = Cells()
    for n in place:
        made.add(cells.values[n], guarded=False)
    for n, root in enumerate(one):
        here = place[root]
        made.spots[here] += cells.spots[n]
        made.least[here] = max(made.least[here], cells.least[n])
        made.guarded[here] |= cells.guarded[n]
    made.numbers = {spot: place[one[n]] for spot, n in cells.numbers.items()}
    known: set[frozenset[tuple[int, int]]] = set()
    for each in cells.sums:
        signs: Counter[int] = Counter()
        for n, sign in each.signs.items():
            signs[place[one[n]]] += sign
        kept = {n: sign for n, sign in signs.items() if sign}
        told = {frozenset(kept.items()), frozenset((n, -sign) for n, sign in kept.items())}
        if kept and not known & told:
            known |= told
            made.sums.append(Sum(kept, None if each.total is None else place[one[each.total]]))
    return made
