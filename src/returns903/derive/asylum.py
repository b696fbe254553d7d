"""Who is an unaccompanied asylum seeker: on a day, and at any time in the year. Two things with two names.

Header's own UASC flag decides where it is given; otherwise a row of the UASC table does. Such a child is one from the
beginning until the day in DUC, and no more on that day; a DUC that is blank or unreadable ends nothing. Of several rows
of one child all must have ended, and the last of them counts.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from returns903.derive.cells import told
from returns903.derive.kept import kept
from returns903.returns import Return
from returns903.tables import UASC, Header


def with_asylum(ret: Return, rows: pl.DataFrame, day: pl.Expr) -> pl.DataFrame:
    """Rows with `child`, and whether the child is an unaccompanied asylum seeker.

    A return decides about the children that its Header or UASC names: this year's, and for days before the year the
    previous one first.

    Returns:
        The rows in their order with asylum (on the day) and asylum_in_year (the mark of the return, whatever DUC says);
        false where neither return says anything of the child, or the row has none.
    """
    now, before = (_on(when, day) for when in ("now", "before"))
    on_day = pl.when(day < ret.year.start).then(pl.coalesce(before, now)).otherwise(pl.coalesce(now, before))
    return (
        rows.join(_marks(ret), on="child", how="left", maintain_order="left")
        .with_columns(
            asylum=on_day.fill_null(value=False),
            asylum_in_year=pl.coalesce("seeker_now", "seeker_before", pl.lit(value=False)),
        )
        .drop("seeker_now", "ceased_now", "seeker_before", "ceased_before")
    )


def _on(when: str, day: pl.Expr) -> pl.Expr:
    ceased = pl.col(f"ceased_{when}")
    return pl.col(f"seeker_{when}") & (ceased.is_null() | (ceased > day))


@kept
def _marks(ret: Return) -> pl.DataFrame:
    """What each return says of the children whom one of them calls asylum seekers.

    Columns: child, and of both returns seeker (null: it does not name the child) and ceased.
    """
    now, before = (
        _said(tables).rename({"seeker": f"seeker_{when}", "ceased": f"ceased_{when}"})
        for tables, when in ((ret.tables, "now"), (ret.previous or {}, "before"))
    )
    both = now.join(before, on="child", how="full", coalesce=True)
    return both.filter(pl.any_horizontal("seeker_now", "seeker_before")).sort("child")


def _said(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Each child of Header and UASC: child, seeker (bool), ceased (date; null: not)."""
    nobody = pl.DataFrame(schema={"CHILD": pl.String, "DUC": pl.Date})
    header, rows = tables.get(Header.name, nobody), tables.get(UASC.name, nobody)
    flag = told("UASC") if "UASC" in header.columns else pl.lit(None, pl.String)
    known = pl.concat(
        [
            header.select(child=told("CHILD"), flag=flag, listed=False, duc=pl.lit(None, pl.Date)),
            rows.select(child=told("CHILD"), flag=pl.lit(None, pl.String), listed=True, duc="DUC"),
        ]
    )
    flagged = pl.when(pl.col("flag").is_not_null().any()).then((pl.col("flag") == "1").any())
    dates = pl.col("duc").filter(pl.col("listed"))
    return (
        known.filter(pl.col("child").is_not_null())
        .group_by("child")
        .agg(
            seeker=flagged.otherwise(pl.col("listed").any()),
            ceased=pl.when(dates.null_count() == 0).then(dates.max()),
        )
    )
