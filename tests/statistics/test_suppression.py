"""Which further cells are hidden: the least that does, and the least that a reader misses."""

from __future__ import annotations

import pytest

from returns903.statistics.cells import Cells
from returns903.statistics.suppression import hidden_cells

Sums = dict[int, list[int]]
"""Totals and their parts."""


def cells(values: list[int], sums: Sums) -> Cells:
    made = Cells()
    for number, value in enumerate(values):
        made.add(value, guarded=True)
        made.spots[number].append(("made", "n", number))
    for total, parts in sums.items():
        made.relate([total], parts, "here")
    return made


ONE: Sums = {3: [0, 1, 2]}
TWO_LEVELS: Sums = {2: [0, 1], 5: [3, 4], 6: [2, 5]}


@pytest.mark.parametrize(
    ("values", "sums", "hidden"),
    [
        ([3, 20, 30, 53], ONE, {0, 1}),  # the smaller row
        ([3, 30, 20, 53], ONE, {0, 2}),
        ([3, 70, 60, 133], ONE, {0, 2}),  # also where both are large
        ([3, 0, 19, 22], ONE, {0, 2}),  # a zero is reckoned as 20
        ([3, 0, 21, 24], ONE, {0, 1}),
        ([3, 200, 100, 303], ONE, {0, 2}),
        ([2, 4, 30, 36], ONE, {0, 1}),  # two small ones
        ([1, 1, 30, 32], ONE, {0, 1, 2}),  # 1 and 1 are known
        ([5, 5, 30, 40], ONE, {0, 1, 2}),
        ([1, 2, 30, 33], ONE, {0, 1}),
        ([6, 7, 8, 21], ONE, set()),
        ([3, 40, 43, 10, 20, 30, 73], TWO_LEVELS, {0, 1}),  # within the group
        ([5, 5, 10, 12, 40, 52, 62], TWO_LEVELS, {0, 1, 2, 6}),  # the group's total, and the total of all
        ([5, 5, 10, 9, 20, 29, 39], TWO_LEVELS, {0, 1, 2, 3, 5}),  # or a smaller group beside
    ],
)
def test_the_least_is_hidden(values: list[int], sums: Sums, hidden: set[int]) -> None:
    assert hidden_cells(cells(values, sums)) == hidden


def test_what_is_hidden_anyway_is_used() -> None:
    made = cells([3, 20, 30, 53], ONE)
    assert hidden_cells(made, hidden=[2]) == {0, 2}
    assert hidden_cells(made, hidden=[1]) == {0, 1}


def test_what_can_be_read_elsewhere_is_not_hidden() -> None:
    made = cells([3, 20, 30, 53], ONE)
    assert hidden_cells(made, shown=[1]) == {0, 2}
    assert hidden_cells(made, shown=[1, 2]) == {0, 3}
    assert hidden_cells(made, hidden=[1, 2], shown=[1]) == {0, 2}
    assert hidden_cells(made, shown=[0]) == {0, 1}  # a small one is hidden all the same


def test_where_nothing_helps_all_that_hangs_together_is_hidden() -> None:
    made = cells([3, 20, 30, 53, 7, 8, 15], ONE | {6: [4, 5]})
    assert hidden_cells(made, shown=[1, 2, 3]) == {0}
    made.least[:3] = [3, 20, 30]
    assert hidden_cells(made, shown=[3]) == {0, 1, 2}


def test_where_being_small_tells_too_much_the_marks_alone_have_to_do() -> None:
    """5 and 5 under a 10 that can be read elsewhere: no more is hidden, though who knows why they are can tell them."""
    made = cells([5, 5, 10, 10, 20, 30, 40], TWO_LEVELS)
    assert hidden_cells(made, shown=[2]) == {0, 1}


@pytest.mark.parametrize(("alike", "hidden"), [(3, {0, 1, 2, 3, 4}), (4, {0, 1, 2, 3, 4, 5, 6})])
def test_no_number_is_moved_by_more_than_3(alike: int, hidden: set[int]) -> None:
    """Counts that are the same, and a total that moves by as many: beyond 3 it is as if nothing helped."""
    made = cells(
        [3] * alike + [3 * alike, 40, 3 * alike + 40], {alike: list(range(alike)), alike + 2: [alike, alike + 1]}
    )
    for one in range(alike - 1):
        made.balance([one], [one + 1])
    assert hidden_cells(made) == hidden


def test_a_number_that_nobody_prints_is_hidden_and_not_named() -> None:
    made = cells([50, 48], {})
    made.rest([0], [1], guarded=True)
    assert made.small == {2}
    assert hidden_cells(made) == {1}


def test_a_number_is_never_below_its_least() -> None:
    """A 5 beside a 7 that cannot be less: the 5 may be a 4 and the 7 an 8. A 1 may not, so that the total goes."""
    five, one = cells([5, 7, 12], {2: [0, 1]}), cells([1, 7, 8], {2: [0, 1]})
    five.least[1] = one.least[1] = 7
    assert hidden_cells(five) == {0, 1}
    assert hidden_cells(one) == {0, 2}


def test_a_cross_is_closed_by_a_rectangle_of_the_smallest() -> None:
    """Rows 0-2 and columns: a small cell takes one more of its row, one more of its column, and their crossing."""
    values = [3, 20, 30, 53, 40, 7, 60, 107, 70, 80, 90, 240, 113, 107, 180, 400]
    across: Sums = {4 * r + 3: [4 * r, 4 * r + 1, 4 * r + 2] for r in range(4)}
    down: Sums = {12 + c: [c, 4 + c, 8 + c] for c in range(4)}
    made = cells(values, {})
    for sums in (across, down):
        for total, parts in sums.items():
            made.relate([total], parts, "here")
    assert hidden_cells(made) == {0, 1, 4, 5}
