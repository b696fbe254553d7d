"""Numbers that hang together: what is known to be one number is made one, and nothing else is."""

from __future__ import annotations

import pytest

from returns903.errors import ConfigError
from returns903.statistics.cells import Cells, Sum, settled


def cells(*values: int) -> Cells:
    """Numbers that are printed, each in the column of its place."""
    made = Cells()
    for number, value in enumerate(values):
        made.add(value, guarded=True)
        made.spots[number].append(("made", f"c{number}", 0))
        made.numbers["made", f"c{number}", 0] = number
    return made


def test_a_number_is_0_or_more_unless_more_is_known() -> None:
    made = Cells()
    assert [made.add(4, guarded=True), made.add(7, guarded=False, least=1)] == [0, 1]
    assert (made.values, made.least, made.guarded, made.spots) == ([4, 7], [0, 1], [True, False], [[], []])


def test_small_is_1_to_5_where_it_is_guarded() -> None:
    made = cells(0, 1, 5, 6)
    made.add(3, guarded=False)
    assert made.small == {1, 2}
    assert made.unprinted == {4}


def test_cells_are_found_by_where_they_stand() -> None:
    made = cells(4, 7)
    assert made.at("made", "c0", [0]) == [0]
    assert made.at("made", "c1", [0, 1]) == [1]
    assert made.at("other", "c0", [0]) == []
    assert made.come_to([0, 1]) == 11


@pytest.mark.parametrize(
    ("total", "parts", "sums"),
    [
        ([2], [0, 1], [Sum({0: 1, 1: 1, 2: -1}, 2)]),
        ([], [0, 1], []),  # no total
        ([2], [], []),  # no parts
        ([0], [0], []),  # itself
        ([3], [4], [Sum({3: -1, 4: 1}, 3)]),  # the same number in two places
        ([2, 3], [], "2 rows are said to be the total"),
        ([0], [0, 4], "not the sum of its parts"),  # among its own parts, where 4 is 0
        ([2], [0], "not the sum of its parts"),
    ],
)
def test_a_sum_that_is_claimed(total: list[int], parts: list[int], sums: list[Sum] | str) -> None:
    made = cells(3, 4, 7, 0, 0)
    if isinstance(sums, str):
        with pytest.raises(ConfigError, match=f"here: .*{sums}"):
            made.relate(total, parts, "here")
    else:
        made.relate(total, parts, "here")
        assert made.sums == sums


def test_what_stands_on_both_sides_cancels_out() -> None:
    made = cells(3, 4, 7)
    made.balance([0, 1], [1, 2])
    made.balance([0, 1], [1, 0])
    assert made.sums == [Sum({0: -1, 2: 1})]


@pytest.mark.parametrize("guarded", [True, False])
def test_what_is_left_of_a_whole(guarded: bool) -> None:
    made = cells(50, 48)
    made.rest([0], [1], guarded=guarded)
    assert (made.values, made.guarded, made.least) == ([50, 48, 2], [True, True, guarded], [0, 0, 0])
    assert made.sums == [Sum({0: -1, 1: 1, 2: 1}, 0 if guarded else None)]


def test_numbers_that_are_the_same_are_made_one() -> None:
    """0 is 3, 3 is 1, and 2 stays apart."""
    made = cells(4, 4, 9, 4)
    made.least[3], made.guarded[0] = 1, False
    made.balance([0], [3])
    made.balance([3], [1])
    one = settled(made)
    assert one.values == [4, 9]
    assert one.spots == [[("made", f"c{n}", 0) for n in (0, 1, 3)], [("made", "c2", 0)]]
    assert (one.least, one.guarded) == ([1, 0], [True, True])
    assert one.numbers == {("made", "c0", 0): 0, ("made", "c1", 0): 0, ("made", "c2", 0): 1, ("made", "c3", 0): 0}
    assert one.sums == []


def test_the_unguarded_stays_so_where_both_are() -> None:
    made = cells(4, 4)
    made.guarded = [False, False]
    made.balance([0], [1])
    assert settled(made).guarded == [False]


def test_two_that_come_to_nothing_together_are_not_the_same() -> None:
    made = cells(0, 0)
    made.balance([], [0, 1])
    assert settled(made).values == [0, 0]
    made.balance([0, 0], [1])  # twice the one is the other
    assert settled(made).values == [0, 0]


def test_the_rest_of_a_whole_told_twice_is_one_number() -> None:
    made = cells(50, 48)
    made.rest([0], [1], guarded=True)
    made.rest([0], [1], guarded=False)
    one = settled(made)
    assert one.values == [50, 48, 2]
    assert one.sums == [Sum({0: -1, 1: 1, 2: 1}, 0)]


@pytest.mark.parametrize(("again", "left"), [(([0], [1, 2]), 5), (([2], [0, 1]), 4), (([0, 1], [3]), 4)])
def test_sums_of_three_make_numbers_one_where_they_share_two(again: tuple[list[int], list[int]], left: int) -> None:
    """3 = 0 + 1 beside 4 = 0 + 1 makes 3 and 4 one; one that has a number on the other side does not."""
    made = cells(0, 0, 0, 0, 0)
    made.balance([4], [0, 1])
    made.balance(*again)
    assert len(settled(made).values) == left


def test_longer_sums_make_nothing_one() -> None:
    made = cells(1, 1, 1, 3, 3)
    made.balance([3], [0, 1, 2])
    made.balance([4], [0, 1, 2])
    assert len(settled(made).values) == 5


def test_sums_are_told_once_when_numbers_are_one() -> None:
    """A whole and its parts in two tables: one sum is left, and its total is still its total."""
    made = cells(3, 4, 2, 9, 3, 4, 2, 9)
    made.relate([7], [4, 5, 6], "here")
    made.relate([3], [0, 1, 2], "here")
    made.balance([0, 1, 2], [3])
    for n in range(4):
        made.balance([n], [n + 4])
    one = settled(made)
    assert one.values == [3, 4, 2, 9]
    assert one.sums == [Sum({0: 1, 1: 1, 2: 1, 3: -1}, 3)]


def test_nothing_is_done_where_nothing_is_the_same() -> None:
    made = cells(3, 4, 7)
    made.relate([2], [0, 1], "here")
    assert settled(made) is made
