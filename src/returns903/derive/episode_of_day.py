"""In which episode a child was on a day of its own."""

from __future__ import annotations

import polars as pl

from returns903.derive.care import episodes
from returns903.returns import Return


def on_its_day(ret: Return, items: pl.DataFrame) -> pl.DataFrame:
    """Items with child and day, in their order, with the episode that the child was in at the close of the day.

    As in `looked_after`; episode is null where the child was in none.
    """
    numbered = items.with_row_index("item")
    each = numbered.select("item", "child", "day").join(episodes(ret), on="child", maintain_order="left_right")
    open_then = (pl.col("decom") <= pl.col("day")) & (pl.col("dec").is_null() | (pl.col("dec") > pl.col("day")))
    known = ~pl.col("last_year") | (pl.col("day") < ret.year.start)
    then = each.filter(open_then & known & ~pl.col("respite")).unique("item", keep="last", maintain_order=True)
    return numbered.join(then.select("item", "episode"), on="item", how="left", maintain_order="left").drop("item")
