"""Who was looked after at any time in a window, and in which episode a child was on a day of its own."""

from __future__ import annotations

import polars as pl

from returns903.derive.care import episodes
from returns903.derive.windows import Window
from returns903.returns import Return


def in_care(ret: Return, days: Window) -> pl.DataFrame:
    """The children looked after at any time in a window, respite apart, as items that `cut` and `tally` take.

    An episode begun by the last day, and not ended or ended on the first day or later; of several, the one that began
    last. The day is that on which it ended, or the last one. Who is looked after in the year stands in this year's
    return; the previous one is asked about windows that begin before.
    """
    known = ~pl.col("last_year") | pl.lit(days.first < ret.year.start)
    touches = (pl.col("decom") <= days.last) & (pl.col("dec").is_null() | (pl.col("dec") >= days.first))
    last = episodes(ret).filter(known & touches & ~pl.col("respite")).unique("child", keep="last", maintain_order=True)
    return last.select("child", "row", "last_year", day=pl.min_horizontal("dec", pl.lit(days.last)))


def on_its_day(ret: Return, items: pl.DataFrame) -> pl.DataFrame:
    """Items with child and day, in their order, with the episode that the child was in at the close of the day.

    As in `looked_after`; row and last_year are null where the child was in none.
    """
    numbered = items.with_row_index("item")
    each = numbered.select("item", "child", "day").join(episodes(ret), on="child", maintain_order="left_right")
    open_then = (pl.col("decom") <= pl.col("day")) & (pl.col("dec").is_null() | (pl.col("dec") > pl.col("day")))
    known = ~pl.col("last_year") | (pl.col("day") < ret.year.start)
    then = each.filter(open_then & known & ~pl.col("respite")).unique("item", keep="last", maintain_order=True)
    episode = then.select("item", "row", "last_year")
    return numbered.join(episode, on="item", how="left", maintain_order="left").drop("item")
