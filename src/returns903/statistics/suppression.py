"""Which cells to hide, so that none of the small ones can be worked out from what is left.

The small counts are hidden first. Then, for each of them, the cheapest *other* set of tables is looked for: one that
keeps every sum and the known bounds, and in which this cell has another value. Whatever is shown and differs there must
be hidden as well; after that, a reader cannot tell the two apart, and the cell cannot be worked out. Cells hidden in
this way come with such a proof of their own, and hiding more later takes no proof away.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from returns903.statistics.cells import FARTHEST, SMALL, Cells

Cost = float
"""What hiding a cell costs: its value, beyond `DEAR` hardly more; more for a zero and each step up from the rows."""
Move = dict[int, int]
"""By how much cells differ in another set of tables; those that do not are left out."""

STEP, PER_HEIGHT, FOR_ZERO, DEAR = 30, 30, 20, 60
"""A step through a cell that is hidden already costs too: a short way through a new one beats a maze of free ones."""
PER_SUM = 30
"""What a sum that is out of balance is reckoned to cost, at the least, until it is put right."""
STATES_PER_IMBALANCE = 2
MOST_STATES = 10_000


def hidden_cells(cells: Cells, hidden: Iterable[int] = (), shown: Iterable[int] = ()) -> set[int]:
    """The numbers of the cells to hide: the small ones, and those they could be worked out from.

    Of further cells the smallest are taken, a zero being reckoned as 20 and each step up from the rows as 30 more: a
    total is hidden only where no row will do as well.

    Args:
        cells: the numbers and what ties them.
        hidden: those that are hidden already, wherever they stand.
        shown: those that can be read elsewhere, so that hiding them here would hide nothing.
    """
    return _Suppression(cells, set(hidden), set(shown)).run()


class _Suppression:
    def __init__(self, cells: Cells, hidden: set[int], shown: set[int]) -> None:
        self.cells = cells
        self.signs = [each.signs for each in cells.sums]
        self.sums_of: list[list[int]] = [[] for _ in cells.values]
        for number, signs in enumerate(self.signs):
            for cell in signs:
                self.sums_of[cell].append(number)
        self.small = cells.small
        self.shown = shown - self.small
        self.hidden = self.small | cells.unprinted | (hidden - self.shown)
        heights = _heights(cells)
        self.costs: list[Cost] = [
            STEP + PER_HEIGHT * heights[n] + FOR_ZERO * (v == 0) + _worth(v) for n, v in enumerate(cells.values)
        ]

    def run(self) -> set[int]:
        proved: set[int] = set()
        for cell in sorted(self.small, key=lambda n: (self.cells.values[n], n)):
            if cell not in proved and self.sums_of[cell]:
                move = self._other(cell)
                self.hidden |= move.keys()
                proved |= move.keys()
        return self.hidden - self.cells.unprinted

    def _other(self, cell: int) -> Move:
        """The cheapest move that changes a cell.

        First among those a reader could not rule out who knows which cells are hidden for being small. Where there is
        none (five rows of 1 under a total of 5, all hidden), among those that a reader of the mere marks could not.
        """
        for bounded in (True, False):
            move = _Search(self, bounded).cheapest(cell)
            if move is not None:
                return move
        return dict.fromkeys(self._connected(cell) - self.shown, 0)

    def _connected(self, cell: int) -> set[int]:
        """All cells that sums tie to this one. With all of them hidden, nothing is known of any."""
        found, todo = {cell}, [cell]
        while todo:
            near = {other for number in self.sums_of[todo.pop()] for other in self.signs[number]} - found
            found |= near
            todo += sorted(near)
        return found


@dataclass(frozen=True, slots=True)
class _State:
    """A move under way, and the sums it has put out of balance, by how much."""

    move: Move
    owed: dict[int, int]


class _Search:
    """Cheapest first, through moves that put right one sum out of balance at a time."""

    def __init__(self, of: _Suppression, bounded: bool) -> None:
        self.of = of
        self.bounded = bounded

    def cheapest(self, cell: int) -> Move | None:
        ticket = count()
        queue: list[tuple[Cost, int, Cost, _State]] = []
        seen: dict[tuple[tuple[int, int], ...], int] = {}

        def put(cost: Cost, state: _State) -> None:
            heapq.heappush(queue, (cost + PER_SUM * len(state.owed), next(ticket), cost, state))

        for step in (1, -1):
            after = self._stepped(_State({}, {}), cell, step)
            if after is not None:
                put(0, after)
        for _ in range(MOST_STATES):
            if not queue:
                return None
            _, _, cost, state = heapq.heappop(queue)
            if not state.owed:
                return state.move
            key = (*sorted(state.owed.items()), (-1, state.move[cell]))
            seen[key] = seen.get(key, 0) + 1
            if seen[key] > STATES_PER_IMBALANCE:
                continue
            for added, after in self._next(state):
                put(cost + added, after)
        return None

    def _next(self, state: _State) -> Iterator[tuple[Cost, _State]]:
        number = min(state.owed, key=lambda n: (len(self.of.signs[n]), n))
        owed = state.owed[number]
        for cell, sign in self.of.signs[number].items():
            after = self._stepped(state, cell, -1 if sign * owed > 0 else 1)
            if after is not None:
                free = cell in self.of.hidden or cell in state.move
                yield (STEP if free else self.of.costs[cell]), after

    def _stepped(self, state: _State, cell: int, step: int) -> _State | None:
        """The state with one cell a step further, or None where that cannot be."""
        by = state.move.get(cell, 0)
        value = self.of.cells.values[cell] + by + step
        back = by * step < 0
        if back or abs(by + step) > FARTHEST or value < self.of.cells.least[cell] or cell in self.of.shown:
            return None
        if self.bounded and cell in self.of.small and value not in SMALL:
            return None
        owed = dict(state.owed)
        for number in self.of.sums_of[cell]:
            owed[number] = owed.get(number, 0) + step * self.of.signs[number][cell]
            if not owed[number]:
                del owed[number]
        return _State({**state.move, cell: by + step}, owed)


def _worth(value: int) -> float:
    """A number that grows with the value, beyond `DEAR` by less than one in all: a large cell is not worth a maze."""
    return value if value <= DEAR else DEAR + 1 - DEAR / value


def _heights(cells: Cells) -> list[int]:
    """How far up each cell stands: 0 for what is no total, 1 for a total of such cells, and so on."""
    heights = [0] * len(cells.values)
    for _ in range(len(cells.sums) + 1):
        before = list(heights)
        for each in cells.sums:
            if each.total is not None:
                below = max((heights[n] for n in each.signs if n != each.total), default=0)
                heights[each.total] = max(heights[each.total], below + 1)
        if heights == before:
            break
    return heights
