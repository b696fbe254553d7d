"""What is worked out once for a return, and anew when one of its tables or its year has changed."""

from __future__ import annotations

import polars as pl
import pytest

from returns903 import Return
from returns903.derive.kept import kept


class Counted:
    """A table that is worked out, and how often."""

    def __init__(self) -> None:
        self.calls = 0

    def make(self, ret: Return, day: int = 0, *, wide: bool = False) -> pl.DataFrame:
        self.calls += 1
        return pl.DataFrame({"rows": [ret["Header"].height], "day": [day], "wide": [wide]})


def header(*children: str) -> pl.DataFrame:
    return pl.DataFrame({"CHILD": children}, schema={"CHILD": pl.String})


@pytest.mark.parametrize("previous", [None, {}, {"Header": header("A")}])
def test_it_is_worked_out_once_for_a_return_and_each_argument(previous: dict[str, pl.DataFrame] | None) -> None:
    counted = Counted()
    of = kept(counted.make)
    ret = Return.from_frames({"Header": header("A", "B")}, previous=previous, year="2024-25")
    assert [of(ret).row(0) for _ in range(3)] == [(2, 0, False)] * 3
    assert counted.calls == 1
    assert [of(ret, 1).row(0), of(ret, wide=True).row(0), of(ret, 1).row(0)] == [
        (2, 1, False),
        (2, 0, True),
        (2, 1, False),
    ]
    assert counted.calls == 3


def test_it_is_worked_out_anew_for_another_return_or_table() -> None:
    counted = Counted()
    of = kept(counted.make)
    one, other = (Return.from_frames({"Header": header("A")}, year="2024-25") for _ in range(2))
    assert (of(one).row(0), of(other).row(0), counted.calls) == ((1, 0, False), (1, 0, False), 2)
    one.tables["Header"] = other.tables["Header"].clone()
    of(one)
    assert counted.calls == 3
    one.tables["Reviews"] = pl.DataFrame()
    of(one)
    of(one)
    assert counted.calls == 4


def test_what_is_done_to_the_table_leaves_it_as_it_was() -> None:
    of = kept(Counted().make)
    ret = Return.from_frames({"Header": header("A")}, year="2024-25")
    of(ret).insert_column(0, pl.Series("x", [1]))
    assert of(ret).columns == ["rows", "day", "wide"]
