"""How long children waited to be adopted: from care to their new family, and from the court's order to the match."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from returns903.derive.care import CHILD, episodes
from returns903.derive.cells import told
from returns903.derive.counts import percent
from returns903.derive.cuts import CUTS, By, crossed, cut, cuts_of, in_order, tally
from returns903.derive.declared import Column, count, date, days, derived, flag, share, text
from returns903.derive.leaving import leavers
from returns903.derive.placements import all_placements
from returns903.derive.windows import Period, window
from returns903.errors import ConfigError
from returns903.returns import Return
from returns903.rules.groups import ADOPTED, FOR_ADOPTION, FOSTER
from returns903.tables import AD1, Episodes

ORDERS = ("E1", "D1")
"""The legal statuses under which a child may be placed for adoption: placement order, and freeing order."""
LEGAL_STATUS_BEGINS = ("S", "L", "B", "U")
"""The reasons for a new episode with which a legal status begins."""
MONTHS = 14
"""A child is placed in time in fewer months than these."""
TO_FAMILY, TO_FAMILY_OR_CARER, TO_MATCH, IN_TIME = "A1", "A10", "A2", "A3"
MEASURES = (TO_FAMILY, TO_FAMILY_OR_CARER, TO_MATCH, IN_TIME)

ADOPTION = {
    "child": CHILD,
    "adopted": date("the day on which care ended with the adoption"),
    "entered": date("when the period of care began", "no readable DECOM"),
    "entered_known": flag("its first episode known has RNE S; otherwise it began earlier, nobody knows when"),
    "placed": date(
        "when the child moved in with its new family: the first day of the placements for adoption (A3 to A6), one "
        "after the other, in which it was adopted",
        "the last placement was none",
    ),
    "fostered": flag(
        "by its former foster carers: FOSTER_CARE is 1, or AD1 does not say and the child was placed with them (A3, A5)"
    ),
    "at_home": date("as placed; for a child who was fostered by its new family, when the fostering began", "as placed"),
    "order": flag("there was a placement order or a freeing order (LS E1, D1) in the period of care"),
    "ordered": date("when the last of them was made", "there was none, or it is older than the first episode known"),
    "matched": date("DATE_MATCH", "not given"),
    "decided": date("DATE_INT", "not given"),
    "days_to_placement": days("A1: from entered to placed", "not known, or not placed for adoption"),
    "days_to_home": days("A10: from entered to at_home", "as days_to_placement"),
    "days_to_match": days(
        "A2: from ordered to matched; 0 where matched before",
        "not known, not placed for adoption, or without an order",
        least=0,
    ),
    "in_time": flag(f"A3: placed less than {MONTHS} months after entered", "as days_to_placement"),
}
TIMELINESS = {
    "years": text("the year, or the first and the last of several"),
    "measure": text(
        "A1: days from care to the new family; A10: the same, of children fostered by it to the beginning of the "
        "fostering; A2: days from the order to the match; A3: those placed in time",
        values=MEASURES,
    ),
    "adopted": count("children adopted"),
    "children": count("of them, those whom the figure tells of"),
    "unknown": count("those whom it should tell of, but a day is not known: mostly that on which care began"),
    "left_out": count("those whom it is not about: not placed for adoption, or for A2 without an order"),
    "days": Column(pl.Float64, "mean of the days, unrounded", "A3, or nobody", least=0),
    "in_time": count(f"children placed less than {MONTHS} months after care began", "not A3"),
    "percent": share("in_time of children", "not A3, or nobody"),
}


@derived("child adopted in the year, by child", ADOPTION, key=["child"])
def adoptions(ret: Return, *, earlier: Sequence[Return] = ()) -> pl.DataFrame:
    """The children adopted in the year, with the days of their way there.

    They are the children of `leaving_care` with reason E11 or E12. Placements are those of `placement_runs`: temporary
    ones and short breaks do not interrupt. Of several rows in AD1 for one child the first by its days counts.

    Args:
        ret: the return.
        earlier: the returns of the years before, the latest first. Most children come into care two or three years
            before they are adopted, and one return or two do not hold that day.

    Returns:
        {columns}

    Raises:
        ConfigError: the earlier returns are not those of the years before, one after the other.

    Source: the Department's adoption scorecards, indicators A1, A2, A3 and A10.
    """
    return _adopted(ret, earlier).select(*ADOPTION)


def _adopted(
    ret: Return, earlier: Sequence[Return], period: Period | None = None, by: Sequence[str] = ()
) -> pl.DataFrame:
    """The rows of `adoptions` in a window, with a column for each cut: as of the day of the adoption."""
    known = _history(ret, earlier)
    gone = leavers(known, window(known, period)).filter(pl.col("reason").is_in(ADOPTED))
    return (
        cut(known, gone, by)
        .select(*by, "child", "period", adopted="ceased", entered="start", entered_known="start_known")
        .join(_families(known), left_on="period", right_on="key", how="left", maintain_order="left")
        .join(_orders(known), left_on="period", right_on="key", how="left", maintain_order="left")
        .join(_details(ret), on="child", how="left", maintain_order="left")
        .with_columns(
            pl.col("entered_known", "order").fill_null(value=False),
            fostered=pl.coalesce("adopters", "with_carer", pl.lit(value=False)),
        )
        .with_columns(at_home=pl.when("fostered").then(pl.coalesce("carer_since", "placed")).otherwise("placed"))
        .with_columns(**_waits())
    )


@derived("measure, of the year or of several", TIMELINESS, key=["years", "measure"], by=CUTS)
def adoption_timeliness(
    ret: Return, *, earlier: Sequence[Return] = (), period: Period | None = None, by: By = ()
) -> pl.DataFrame:
    """The adoption scorecard: how long the children who were adopted had waited, on average.

    Args:
        ret: the return.
        earlier: the returns of the years before, the latest first. With two of them a second set of rows tells of the
            three years together, as published: the mean over all children adopted in them.
        period: first and last day, instead of the year's. There is no second set of rows then.
        by: what the table is cut by, any of `CUTS`: as of the day of the adoption.

    Returns:
        {columns}

        adopted is made up of children, unknown and left_out.

    Raises:
        ConfigError: the earlier returns are not those of the years before, one after the other; it cannot be cut so;
            the period is none, or reaches beyond the returns at hand.

    Source: the Department's adoption scorecards. Their A3 counts children who are still waiting too; this one those
    adopted alone.
    """
    every, cuts = [ret, *earlier], cuts_of(by)
    now = _adopted(ret, earlier, period, cuts)
    found = [_told(now, ret.year.label, cuts)]
    if earlier and period is None:
        before = [_adopted(one, every[place:], by=cuts) for place, one in enumerate(earlier, 2)]
        found.append(_told(pl.concat([now, *before]), f"{every[-1].year.label} to {ret.year.label}", cuts))
    return in_order(pl.concat(found), cuts)


def _told(children: pl.DataFrame, years: str, by: Sequence[str]) -> pl.DataFrame:
    """The four measures of children adopted."""
    placed, order, dated = pl.col("placed").is_not_null(), pl.col("order"), pl.col("entered").is_not_null()
    about = dict.fromkeys(MEASURES, placed | ~dated) | {TO_MATCH: (placed & order) | ~dated}
    waits = dict(zip(MEASURES, ("days_to_placement", "days_to_home", "days_to_match", "in_time"), strict=True))
    rows = []
    for name, column in waits.items():
        value, is_in_time = pl.col(column), pl.lit(name == IN_TIME)
        counts = tally(
            children.with_columns(years=pl.lit(years), measure=pl.lit(name)),
            by,
            crossed(years=[years], measure=[name]),
            adopted=pl.len(),
            children=value.count(),
            unknown=(about[name] & value.is_null()).sum(),
            left_out=(~about[name]).sum(),
            total=value.sum(),
        )
        mean = pl.when(pl.col("children") > 0).then(pl.col("total") / pl.col("children"))
        rows.append(
            counts.with_columns(days=pl.when(~is_in_time).then(mean), in_time=pl.when(is_in_time).then("total"))
        )
    return pl.concat(rows).drop("total").with_columns(percent=percent("in_time", "children"))


def _waits() -> dict[str, pl.Expr]:
    began = pl.when("entered_known").then("entered")
    waited = (pl.col("matched") - pl.col("ordered")).dt.total_days()
    return {
        "days_to_placement": (pl.col("placed") - began).dt.total_days(),
        "days_to_home": (pl.col("at_home") - began).dt.total_days(),
        "days_to_match": pl.when(pl.col("placed").is_not_null() & waited.is_not_null()).then(waited.clip(0)),
        "in_time": pl.col("placed") < began.dt.offset_by(f"{MONTHS}mo"),
    }


def _families(ret: Return) -> pl.DataFrame:
    """Of each period of care that ended in placements for adoption, one after the other, when they began.

    Columns: key, placed, with_carer (the codes say that the child was placed with its foster carer), carer_since (when
    it came to the foster carer it was with before; null: with none).
    """
    to_adopt = pl.col("place").is_in(FOR_ADOPTION).fill_null(value=False)
    others_after = (~to_adopt).cast(pl.UInt32).cum_sum(reverse=True).over("key")
    same = pl.col("key") == pl.col("key").shift(1)
    before = {name: pl.when(same).then(pl.col(name).shift(1)) for name in ("place", "since")}
    return (
        all_placements(ret)
        .with_columns(last=others_after == 0, place_before=before["place"], since_before=before["since"])
        .filter("last")
        .group_by("key", maintain_order=True)
        .agg(
            placed=pl.col("start").first(),
            with_carer=pl.col("place").last().is_in(("A3", "A5")),
            carer_since=pl.when(pl.col("place_before").first().is_in(FOSTER)).then(pl.col("since_before").first()),
        )
    )


def _orders(ret: Return) -> pl.DataFrame:
    """Of each period of care with an order, when the last one began: key, order (always true), ordered."""
    under = pl.col("LS").is_in(ORDERS).fill_null(value=False)
    first = pl.col("period") != pl.col("period").shift(1)
    begins = under & (first | ~under.shift(1)).fill_null(value=True)
    dated = ~first.fill_null(value=True) | pl.col("RNE").is_in(LEGAL_STATUS_BEGINS).fill_null(value=False)
    rows = episodes(ret).with_columns(begins=begins, made=pl.when(dated).then("decom"))
    last = rows.filter("begins").group_by("period", maintain_order=True).agg(ordered=pl.col("made").last())
    return last.select("ordered", key="period", order=pl.lit(value=True))


def _details(ret: Return) -> pl.DataFrame:
    """One row of AD1 for each child: child, decided, matched, adopters (whether they had fostered the child).

    Of this return, or of the previous one for a child who is in AD1 there alone.
    """
    both = [
        _details_in(tables).with_columns(place=pl.lit(place))
        for place, tables in enumerate((ret.tables, ret.previous or {}))
    ]
    ordered = pl.concat(both).sort("child", "place", "decided", "matched", "adopters", nulls_last=True)
    return ordered.drop("place").unique("child", keep="first", maintain_order=True)


def _details_in(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    empty = pl.DataFrame(
        schema={"CHILD": pl.String, "DATE_INT": pl.Date, "DATE_MATCH": pl.Date, "FOSTER_CARE": pl.String}
    )
    rows = tables.get(AD1.name, empty).select(
        child=told("CHILD"),
        decided="DATE_INT",
        matched="DATE_MATCH",
        adopters=pl.col("FOSTER_CARE").replace_strict({"0": False, "1": True}, default=None, return_dtype=pl.Boolean),
    )
    return rows.filter(pl.col("child").is_not_null())


def _history(ret: Return, earlier: Sequence[Return]) -> Return:
    """The return with the episodes of all years before it that are at hand, as if they stood in the previous one."""
    year = ret.year
    for one in earlier:
        if one.year != year.previous:
            msg = "the earlier returns are those of the years before, the latest first"
            raise ConfigError(msg)
        year = one.year
    sources = [ret.previous, *(tables for one in earlier for tables in (one.tables, one.previous))]
    known = [tables[Episodes.name] for tables in sources if tables and Episodes.name in tables]
    if not earlier or not known:
        return ret
    every = pl.concat(known, how="diagonal_relaxed").drop("row").with_row_index("row")
    latest = every.unique(["CHILD", "DECOM"], keep="first", maintain_order=True)
    return Return(ret.tables, year=ret.year, previous={**(ret.previous or {}), Episodes.name: latest})
