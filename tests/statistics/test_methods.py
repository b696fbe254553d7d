"""Suppressed, rounded or as they are: what becomes of counts and percentages, and what cannot be published."""

from __future__ import annotations

import polars as pl
import pytest

from returns903.errors import ConfigError
from returns903.statistics import AtMost, Controlled, Link, Percentage, Place, Published, RowTotal, Together, control

EVERY = pl.lit(value=True)
LEVEL = pl.col("level")
ROWS = RowTotal(LEVEL == "total", LEVEL == "row")


def table(name: str, *values: int, total: bool = True) -> Published:
    """Rows, and their total as the last one."""
    levels = ["row"] * (len(values) - 1) + ["total"] if total else ["row"] * len(values)
    frame = pl.DataFrame({"label": [f"r{n}" for n in range(len(values))], "level": levels, "n": values})
    return Published(name, frame, ("n",), row_totals=(ROWS,) if total else ())


def test_what_stands_beside_can_make_a_table_unfit_to_publish() -> None:
    """Two rows and the total can be read beside it: the 3 between them cannot be kept."""
    beside = Together((table("rows", 10, 20, 30), table("all", 33, total=False)))
    now = [table("rows", 10, 20, 3, 33), table("all", 33, total=False)]
    link = Link(Place("all", "n", EVERY), (Place("rows", "n", LEVEL == "total"),))
    assert control(now, links=[link])[0].written().get_column("n").to_list() == ["c", "20", "c", "33"]
    with pytest.raises(ConfigError, match="could be worked out from these tables; nothing is published"):
        control(now, links=[link], beside=beside)


def test_what_follows_from_the_meaning_of_a_table_stays() -> None:
    """The other table lists what occurs: that it has no r2 makes the 0 known, and hiding it would help nobody."""
    whole, listed = table("whole", 5, 5, 0, 10), table("listed", 8, total=False)
    rest = Link(
        Place("whole", "n", pl.col("label") == "r2"), (Place("listed", "n", pl.col("label") == "r2"),), ("label",)
    )
    assert shown(control([whole, listed])[0]) == ["c", "c", "c", "10"]
    assert shown(control([whole, listed], links=[rest])[0]) == ["c", "c", "0", "c"]


def shown(controlled: Controlled, name: str = "n") -> list[str | None]:
    return controlled.written().get_column(name).to_list()


def test_a_percentage_goes_with_the_total_of_its_own_group() -> None:
    """The totals of two groups: that of group a is hidden, so are all shares of it; those of group b stay."""
    frame = pl.DataFrame(
        {
            "group": ["a", "a", "a", "b", "b", "b"],
            "level": ["row", "row", "total"] * 2,
            "n": [5, 5, 10, 40, 60, 100],
            "share": [50.0, 50.0, 100.0, 40.0, 60.0, 100.0],
        }
    )
    share = Percentage("share", "n", LEVEL == "total", by=("group",))
    published = Published("t", frame, ("n",), (share,), (RowTotal(LEVEL == "total", LEVEL == "row", by=("group",)),))
    made = control(published)[0]
    assert shown(made) == ["c", "c", "c", "40", "60", "100"]
    assert shown(made, "share") == ["c", "c", "c", "40.0", "60.0", "100.0"]


def test_a_percentage_goes_where_any_of_its_totals_is_hidden() -> None:
    frame = pl.DataFrame({"level": ["total", "total"], "n": [3, 50], "share": [3.0, 50.0]})
    published = Published("t", frame, ("n",), (Percentage("share", "n", LEVEL == "total"),))
    assert shown(control(published)[0], "share") == ["c", "c"]


def test_a_column_that_is_the_percentage_of_two_counts_goes_with_any() -> None:
    frame = pl.DataFrame({"n": [3, 60, 70], "m": [60, 4, 80], "of": [90, 90, 90], "share": [1.0, 2.0, 3.0]})
    both = (Percentage("share", "n"), Percentage("share", "m"))
    assert shown(control(Published("t", frame, ("n", "m", "of"), both))[0], "share") == ["c", "c", "3.0"]


def test_a_percentage_that_does_not_apply_is_blank() -> None:
    frame = pl.DataFrame({"n": [3, None], "share": [3.0, None]})
    published = Published("t", frame, ("n",), (Percentage("share", "n"),))
    assert shown(control(published)[0], "share") == ["c", None]
    assert control(published)[0].written(mark="*", decimals=2).rows() == [("*", "*"), (None, None)]
    assert control(published, "none")[0].written(decimals=2).rows() == [("3", "3.00"), (None, None)]


def test_rounding_is_to_10_and_to_whole_per_cent_a_half_upwards() -> None:
    frame = pl.DataFrame({"n": [4, 5, 24, 25], "share": [72.5, 72.49999999999999, 72.4999, 0.0]})
    published = Published("t", frame, ("n",), (Percentage("share", "n"),))
    rounded = control(published, "round")[0]
    assert rounded.method == "round"
    assert rounded.written(decimals=2).rows() == [("0", "73"), ("10", "73"), ("20", "72"), ("30", "0")]
    assert rounded.hidden.to_dict(as_series=False) == {"n": [False] * 4, "share": [False] * 4}


@pytest.mark.parametrize("method", ["suppress", "round", "none"])
def test_a_table_says_by_which_method_it_was_made(method: str) -> None:
    made = control([table("one", 7, 7), table("two", 8, 9, 17)], method)
    assert [(each.name, each.method) for each in made] == [("one", method), ("two", method)]


def test_what_a_subset_leaves_is_nothing_to_hide() -> None:
    part, whole = table("part", 8, total=False), table("whole", 10, total=False)
    tie = AtMost((Place("part", "n", EVERY),), (Place("whole", "n", EVERY),))
    assert [shown(each) for each in control([part, whole], links=[tie])] == [["8"], ["10"]]
