"""Whether children who came into care had a permanent home before, and which of them came back."""

from __future__ import annotations

import polars as pl

from returns903.derive.care import episodes
from returns903.derive.cells import told
from returns903.derive.counts import percent
from returns903.derive.cuts import CUTS, By, crossed, cut, cuts_of, in_order, last_in, tally, with_total
from returns903.derive.declared import count, derived, share, text
from returns903.derive.local_categories import NO_ENDING
from returns903.derive.placements import TOTAL
from returns903.derive.population import starts
from returns903.derive.windows import Period, window
from returns903.returns import Return
from returns903.tables import PrevPerm

NOT_GIVEN = "not given"
OPTIONS = {
    "P1": "adoption",
    "P2": "special guardianship order",
    "P3": "residence order or child arrangements order",
    "P4": "a permanent home, not known of which kind",
    "Z1": "none",
}
"""What the codes of PREV_PERM are called here."""
WITHIN, LATER, NOT_SEEN = "back within 12 months", "back later", "not in care before, as far as the returns tell"
PERMANENCE, RETURN = "previous_permanence", "re_entry"
CATEGORIES = {PERMANENCE: (*OPTIONS.values(), NOT_GIVEN, TOTAL), RETURN: (WITHIN, LATER, NOT_SEEN, TOTAL)}
PREVIOUS = {
    "measure": text(
        "previous_permanence: PREV_PERM; re_entry: whether the child left care before", values=tuple(CATEGORIES)
    ),
    "category": text("not given: blank, no code, or no row in PrevPerm; total"),
    "children": count("how many, nobody too"),
    "percent": share("of the children who started"),
}


@derived("measure and category", PREVIOUS, key=["measure", "category"], by=CUTS)
def previous_permanence(ret: Return, *, period: Period | None = None, by: By = ()) -> pl.DataFrame:
    """The children of `started_in_year` by the permanent home they had before, and whether they came back into care.

    The permanent home is that of PrevPerm, of this year's return before the previous one's; of several rows for one
    child in a return the one whose code comes first. A child came back if an episode of the returns at hand, respite
    apart, began before the day of the start and ended for good by then: within 12 months if the child started again
    less than 12 calendar months after the last such day. A return holds only what ended in its year, so that without
    the previous return those who left before the year are not seen.

    Args:
        ret: the return.
        period: first and last day, instead of the year's.
        by: what the table is cut by, any of `CUTS`: as of the day of the start.

    Returns:
        {columns}

        In each measure the categories add up to the total, the children of `started_in_year`.

    Raises:
        ConfigError: it cannot be cut so; the period is none, or reaches beyond the returns at hand.

    Source: the national tables of children who started to be looked after; the return's own codes of permanent homes.
    """
    cuts = cuts_of(by)
    started = cut(ret, starts(ret, window(ret, period)), cuts)
    known = started.join(_homes(ret), on="child", how="left", maintain_order="left").with_columns(
        came_back=_back(ret, started)
    )
    each = {PERMANENCE: pl.col("home").fill_null(NOT_GIVEN), RETURN: pl.col("came_back")}
    found = []
    for measure, category in each.items():
        items = known.select(*cuts, measure=pl.lit(measure), category=category)
        rows = crossed(measure=[measure], category=CATEGORIES[measure])
        counts = tally(with_total(items, "category", TOTAL), cuts, rows, children=pl.len())
        found.append(counts.with_columns(percent=percent("children", last_in("children", cuts))))
    return in_order(pl.concat(found), cuts)


def _homes(ret: Return) -> pl.DataFrame:
    """The permanent home that each child had before: child, home (null: no code)."""
    both = [tables[PrevPerm.name] for tables in (ret.tables, ret.previous or {}) if PrevPerm.name in tables]
    rows = [table.select(child=told("CHILD"), code=told("PREV_PERM"), n=n) for n, table in enumerate(both)]
    none = pl.DataFrame(schema={"child": pl.String, "code": pl.String, "n": pl.Int32})
    ordered = pl.concat([none, *rows]).filter(pl.col("child").is_not_null()).sort("child", "n", "code", nulls_last=True)
    home = pl.col("code").replace_strict(OPTIONS, default=None, return_dtype=pl.String)
    return ordered.unique("child", keep="first", maintain_order=True).select("child", home=home)


def _back(ret: Return, started: pl.DataFrame) -> pl.Series:
    """For each of those who started, in order, whether and when it had left care before."""
    for_good = pl.col("dec").is_not_null() & (pl.col("REC") != NO_ENDING) & ~pl.col("respite")
    endings = episodes(ret).filter(for_good).select("child", began="decom", left="dec")
    before = (
        started.select("child", "day")
        .join(endings, on="child")
        .filter((pl.col("began") < pl.col("day")) & (pl.col("left") <= pl.col("day")))
        .group_by("child")
        .agg(pl.col("left").max())
    )
    soon = pl.col("day") < pl.col("left").dt.offset_by("12mo")
    said = pl.when(soon).then(pl.lit(WITHIN)).when(pl.col("left").is_not_null()).then(pl.lit(LATER))
    rows = started.select("child", "day").join(before, on="child", how="left", maintain_order="left")
    return rows.select(said.otherwise(pl.lit(NOT_SEEN))).to_series()
