"""The hidden cells that a reader can work out by elimination."""

from __future__ import annotations

import pytest

from returns903.statistics.cells import Cells
from returns903.statistics.recover import recoverable


def cells(count: int, *sums: tuple[list[int], list[int]], unprinted: int = 0) -> Cells:
    """So many cells, the last of them printed nowhere, and what comes to the same."""
    made = Cells()
    for number in range(count):
        made.add(0, guarded=True)
        if number < count - unprinted:
            made.spots[number].append(("made", "n", number))
    for left, right in sums:
        made.balance(left, right)
    return made


TOTAL = ([3], [0, 1, 2])


@pytest.mark.parametrize(
    ("sums", "hidden", "found"),
    [
        ([], [0, 1], []),
        ([TOTAL], [0], [0]),
        ([TOTAL], [3], [3]),
        ([TOTAL], [0, 1], []),
        ([TOTAL], [], []),
        ([TOTAL, ([4], [0, 1])], [0, 1, 4], [4]),
        ([TOTAL, ([4], [0, 1])], [0, 1], []),  # the same said twice
        ([TOTAL, ([4], [0])], [0, 1], [0, 1]),  # one known leads to the next
        ([([4], [0]), TOTAL], [0, 1], [0, 1]),
        ([([0, 1], [4]), ([0], [1, 5])], [0, 1], [0, 1]),  # a sum and a difference
        ([([0, 1], [4]), ([1, 2], [5]), ([0, 2], [6])], [0, 1, 2], [0, 1, 2]),  # three sums of two
        ([([0, 1], [4]), ([1, 2], [5]), ([2, 3], [6]), ([3, 0], [7])], [0, 1, 2, 3], []),  # four in a ring
        ([([0, 0], [1]), ([0], [2])], [0, 1], [0, 1]),
        ([([4], [5]), ([0], [4]), ([1], [2])], [0, 1], [0, 1]),  # one that says nothing of what is hidden comes first
    ],
)
def test_what_the_sums_leave_one_value_for(
    sums: list[tuple[list[int], list[int]]], hidden: list[int], found: list[int]
) -> None:
    assert recoverable(cells(8, *sums), hidden) == found
    assert recoverable(cells(8, *reversed(sums)), hidden) == found


def test_what_nobody_prints_is_hidden_and_is_not_named() -> None:
    assert recoverable(cells(5, TOTAL, unprinted=1), [0]) == [0]
    assert recoverable(cells(5, ([0], [1, 4]), unprinted=1), [0]) == []
    assert recoverable(cells(5, ([1], [2, 4]), ([0], [1, 4]), unprinted=1), [0]) == [0]
