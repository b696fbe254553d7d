"""The child-level lists that inspectors ask for, as far as a return holds them."""

from __future__ import annotations

import datetime as dt

import polars as pl

from returns903 import codes
from returns903.derive.asylum import with_asylum
from returns903.derive.care import CHILD, age_on, birth_dates, episodes, of_episodes
from returns903.derive.cells import told
from returns903.derive.declared import Column, count, date, derived, flag, text
from returns903.derive.leaving import LEAVER, leavers
from returns903.derive.placements import first_of, placements_in, standing
from returns903.derive.places import places
from returns903.derive.population import described, here
from returns903.derive.windows import Period, window
from returns903.returns import Return
from returns903.rules.groups import ADOPTED, FOR_ADOPTION
from returns903.tables import AD1, OC2, OC3, Missing, PlacedAdoption, Reviews
from returns903.tables.base import Table
from returns903.years import years_after

NO_TABLE = "no table of it, or the child is not in it"
_AGE = Column(pl.Int32, "full years on the day", "no readable date of birth")
_SEX, _ETHNIC = text("as in Header", "blank"), text("as in Header", "blank")
_NEED = text("CIN", "blank")
LOOKED_AFTER = {
    "child": CHILD,
    "age": _AGE,
    "sex": _SEX,
    "ethnic": _ETHNIC,
    "asylum": flag("an unaccompanied asylum seeker on the day"),
    "need": _NEED,
    "start": date("of the period of care"),
    "start_known": flag("its first episode has RNE S; else care began before"),
    "months": Column(pl.Int32, "in care: full months from start to the day"),
    "legal_status": text("LS", "blank"),
    "placement": text("PLACE", "blank"),
    "provider": text("PLACE_PROVIDER", "blank"),
    "urn": text("URN", "blank"),
    "placement_start": date("of the placement that the child is in or is away from", "none in this period of care"),
    "placements": count(
        "in the twelve months to the day, as in `placement_stability`", "they begin before the returns at hand do"
    ),
    "miles": Column(pl.Float64, "from home", "unknown"),
    "side": text("IN or OUT of the authority's area", "unknown"),
    "latest_review": date("the last one by the day", "none in the returns at hand"),
    "missing": count("times missing (M) that touch the twelve months to the day", "no table Missing"),
    "away": count("times away without authorisation (A) that do", "no table Missing"),
    "health_assessment": text("HEALTH_ASSESSMENT: whether it was up to date at the end of the year", NO_TABLE),
    "dental_check": text("TEETH_CHECK, as the one before", NO_TABLE),
    "sdq_score": text("SDQ_SCORE", NO_TABLE),
}
LEFT = {
    "child": CHILD,
    "age": LEAVER["age"],
    "sex": _SEX,
    "ethnic": _ETHNIC,
    "asylum": LEAVER["asylum"],
    "need": _NEED,
    "start": LEAVER["start"],
    "start_known": LEAVER["start_known"],
    "months": Column(pl.Int32, "in care: full months from start to the ceasing", "no readable DECOM"),
    "legal_status": LEAVER["legal_status"],
    "placement": LEAVER["placement"],
    "ceased": LEAVER["ceased"],
    "reason": LEAVER["reason"],
    "reason_label": text("what it stands for", "no code of the list"),
}
CARE_LEAVERS = {
    "child": CHILD.or_null("blank"),
    "age": Column(pl.Int32, "full years on the last day of the year", "no readable date of birth"),
    "sex": _SEX,
    "ethnic": _ETHNIC,
    "asylum_in_year": flag("an unaccompanied asylum seeker at any time in the year: the mark of the return"),
    "in_touch": text("IN_TOUCH", "blank"),
    "activity": text("ACTIV", "blank"),
    "accommodation": text("ACCOM", "blank"),
    "suitable": flag("ACCOM ends in 1", "blank, 0, or no code"),
}
ADOPTION = {
    "child": CHILD,
    "age": Column(pl.Int32, "full years on the last day of the year", "no readable date of birth"),
    "sex": _SEX,
    "ethnic": _ETHNIC,
    "decision": date("that the child should be placed: the last DATE_PLACED, or DATE_INT of AD1", "not in the return"),
    "reversed": date("DATE_PLACED_CEASED of that decision", "not reversed"),
    "reversal_reason": text("REASON_PLACED_CEASED", "not reversed, or blank"),
    "placement_order": date("the first day of the last run of LS E1 that is known", "none"),
    "matched": date("DATE_MATCH", "the child was not adopted in the year, or blank"),
    "placed": date("the first day of the last stay in A3 to A6 that is known", "none"),
    "adopted": date("DEC of the episode with E11 or E12", "not adopted in the returns at hand"),
    "by_foster_carers": text("FOSTER_CARE", "as matched"),
}


@derived("child looked after on a day, by child", LOOKED_AFTER, key=["child"])
def annex_a_looked_after(ret: Return, as_at: dt.date | None = None) -> pl.DataFrame:
    """The children looked after on a day with what inspectors ask of each: care, placement, review, absences, health.

    Args:
        ret: the return.
        as_at: the day; the last day of the year unless it is given.

    Returns:
        {columns}

        The children are those of `looked_after_on`.

    Source: the list of children looked after in Annex A of the inspection framework for children's services, as far as
    the return holds it. The form was not at hand: see the page.
    """
    day = as_at or ret.year.end
    first = first_of(ret, day, 1)
    known_from = ret.year.start if ret.previous is None else ret.year.previous.start
    moves = placements_in(ret, first, day, "run").select("child", placements="n")
    children = described(ret, here(ret, day).with_columns(until="day"))
    counted = pl.when(pl.lit(first >= known_from)).then(pl.col("placements").fill_null(0))
    return (
        of_episodes(children, standing(ret).drop("start_known"))
        .join(places(ret, children), on="episode", how="left", maintain_order="left")
        .join(moves, on="child", how="left", maintain_order="left")
        .join(_latest_reviews(ret, day), on="child", how="left", maintain_order="left")
        .join(_absences(ret, day), on="child", how="left", maintain_order="left")
        .join(_health(ret), on="child", how="left", maintain_order="left")
        .with_columns(
            months=_months(pl.col("start"), pl.col("day")),
            need="CIN",
            provider="PLACE_PROVIDER",
            urn="URN",
            placement_start="placed",
            placements=counted.cast(pl.UInt32),
            **{name: _if_told(ret, name) for name in ("missing", "away")},
        )
    )


def _if_told(ret: Return, name: str) -> pl.Expr:
    nobody = pl.lit(0 if Missing.name in ret.tables else None, pl.UInt32)
    return pl.coalesce(name, nobody)


@derived("child who ceased in the window, by child", LEFT, key=["child"])
def annex_a_left(ret: Return, *, period: Period | None = None) -> pl.DataFrame:
    """The children who left care, with what inspectors ask of each.

    Args:
        ret: the return.
        period: first and last day, instead of the year's; `last_months(6, day)` are those that inspectors ask for.

    Returns:
        {columns}

        The children are those of `leaving_care`.

    Raises:
        ConfigError: the period is none, or reaches beyond the returns at hand.

    Source: as for `annex_a_looked_after`, of which they are a part: who left in the six months before.
    """
    labels = {code: entry.label for code, entry in codes.code_list("REC").items()}
    return leavers(ret, window(ret, period)).with_columns(
        need="CIN",
        months=_months(pl.col("start"), pl.col("ceased")),
        reason_label=pl.col("reason").replace_strict(labels, default=None, return_dtype=pl.String),
    )


@derived("row of OC3, by child", CARE_LEAVERS)
def annex_a_care_leavers(ret: Return) -> pl.DataFrame:
    """The care leavers that the return asks about, with what it says of each.

    Args:
        ret: the return.

    Returns:
        {columns}

        Every row of OC3 is there, those who died or returned home too; `care_leaver_outcomes` counts one a child.

    Source: the list of care leavers in Annex A, as far as the return holds it.
    """
    rows = _rows(ret, OC3, "DOB", "IN_TOUCH", "ACTIV", "ACCOM").with_columns(day=pl.lit(ret.year.end, pl.Date))
    known = _marked(ret, rows)
    ending = pl.when(pl.col("ACCOM").is_in(list(codes.ACCOM))).then(pl.col("ACCOM").str.slice(1))
    return known.sort("child", "in_touch", "activity", "accommodation", nulls_last=True).with_columns(
        suitable=pl.when(ending.is_in(["1", "2"])).then(ending == "1")
    )


def _marked(ret: Return, rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of OC3 with who the child is."""
    births = birth_dates(ret)
    return (
        with_asylum(ret, rows, pl.col("day"))
        .join(births, on="child", how="left", maintain_order="left")
        .with_columns(
            age=age_on(pl.coalesce("DOB", "dob"), pl.col("day")),
            in_touch="IN_TOUCH",
            activity="ACTIV",
            accommodation="ACCOM",
        )
    )


@derived("child with a plan for adoption, by child", ADOPTION, key=["child"])
def annex_a_adoption(ret: Return) -> pl.DataFrame:
    """The children for whom adoption was decided, sought or done: decision, order, match, placement, adoption.

    They are those of PlacedAdoption and AD1, those who were in a placement for adoption (A3 to A6) or subject to a
    placement order (E1) in an episode that touches the year, and those who left by adoption in it.

    Args:
        ret: the return.

    Returns:
        {columns}

    Source: the list of children with a plan for adoption in Annex A, as far as the return holds it.
    """
    rows = episodes(ret).filter(pl.col("dec").is_null() | (pl.col("dec") >= ret.year.start))
    about = pl.col("LS").eq_missing("E1") | pl.col("PLACE").is_in(FOR_ADOPTION) | pl.col("REC").is_in(ADOPTED)
    ad1 = _rows(ret, AD1, "DATE_INT", "DATE_MATCH", "FOSTER_CARE")
    decided = _rows(ret, PlacedAdoption, "DATE_PLACED", "DATE_PLACED_CEASED", "REASON_PLACED_CEASED")
    named = pl.concat(each.select("child") for each in (ad1, decided, rows.filter(about))).drop_nulls()
    last = decided.sort("DATE_PLACED", "DATE_PLACED_CEASED", "REASON_PLACED_CEASED", nulls_last=False).unique(
        "child", keep="last", maintain_order=True
    )
    one = ad1.sort("DATE_INT", "DATE_MATCH", "FOSTER_CARE", nulls_last=False).unique(
        "child", keep="last", maintain_order=True
    )
    found = named.unique().sort("child").join(birth_dates(ret), on="child", how="left", maintain_order="left")
    for each in (last, one, _stages(ret)):
        found = found.join(each, on="child", how="left", maintain_order="left")
    return found.with_columns(
        age=age_on(pl.col("dob"), pl.lit(ret.year.end)),
        decision=pl.coalesce("DATE_PLACED", "DATE_INT"),
        reversed="DATE_PLACED_CEASED",
        reversal_reason="REASON_PLACED_CEASED",
        matched="DATE_MATCH",
        by_foster_carers="FOSTER_CARE",
    )


def _stages(ret: Return) -> pl.DataFrame:
    """Of each child the last placement order, the last stay with adopters and the adoption that are known."""
    rows = episodes(ret)
    found = rows.select("child").unique()
    for name, holds in (
        ("placement_order", pl.col("LS").eq_missing("E1")),
        ("placed", pl.col("PLACE").is_in(FOR_ADOPTION).fill_null(value=False)),
    ):
        new = ~(holds.shift(1).fill_null(value=False) & (pl.col("period") == pl.col("period").shift(1)))
        begun = rows.filter(holds & new.fill_null(value=True)).group_by("child").agg(pl.col("decom").max().alias(name))
        found = found.join(begun, on="child", how="left")
    gone = rows.filter(pl.col("REC").is_in(ADOPTED)).group_by("child").agg(adopted=pl.col("dec").max())
    return found.join(gone, on="child", how="left")


def annex_a_lists(ret: Return) -> dict[str, pl.DataFrame]:
    """The child-level lists that inspectors ask for, by name: looked_after, left, care_leavers, adoption.

    They are the tables `annex_a_looked_after`, `annex_a_left` (of the year), `annex_a_care_leavers` and
    `annex_a_adoption`. They hold identifiers: not for publication.

    Args:
        ret: the return.
    """
    return {
        "looked_after": annex_a_looked_after(ret),
        "left": annex_a_left(ret),
        "care_leavers": annex_a_care_leavers(ret),
        "adoption": annex_a_adoption(ret),
    }


def _rows(ret: Return, table: Table, *columns: str, previous: bool = False) -> pl.DataFrame:
    """The rows of a table, this year's alone or with the previous return's after them: child, and these columns."""
    types = table.all_columns()
    nobody = pl.DataFrame(schema={name: types[name].dtype for name in ("CHILD", *columns)})
    found = [ret.tables.get(table.name, nobody)]
    if previous and ret.previous is not None:
        found.append(ret.previous.get(table.name, nobody))
    read = [told(name) if types[name].dtype == pl.String else pl.col(name) for name in columns]
    return pl.concat(each.select(told("CHILD").alias("child"), *read) for each in found)


def _latest_reviews(ret: Return, day: dt.date) -> pl.DataFrame:
    rows = _rows(ret, Reviews, "REVIEW", previous=True).filter(pl.col("REVIEW") <= day)
    return rows.group_by("child").agg(latest_review=pl.col("REVIEW").max())


def _absences(ret: Return, day: dt.date) -> pl.DataFrame:
    """How often each child was missing and away in the twelve months to a day; of one beginning once."""
    first = years_after(day + dt.timedelta(days=1), -1)
    rows = _rows(ret, Missing, "MISSING", "MIS_START", "MIS_END", previous=True)
    once = rows.unique(["child", "MISSING", "MIS_START"], keep="first", maintain_order=True)
    lasted = (pl.col("MIS_START") <= day) & (pl.col("MIS_END").is_null() | (pl.col("MIS_END") >= first))
    kind = pl.col("MISSING")
    return (
        once.filter(lasted)
        .group_by("child")
        .agg(missing=(kind == "M").sum().cast(pl.UInt32), away=(kind == "A").sum().cast(pl.UInt32))
    )


def _health(ret: Return) -> pl.DataFrame:
    named = {"HEALTH_ASSESSMENT": "health_assessment", "TEETH_CHECK": "dental_check", "SDQ_SCORE": "sdq_score"}
    rows = _rows(ret, OC2, *named).sort("child", *named, nulls_last=True)
    return rows.unique("child", keep="first", maintain_order=True).rename(named)


def _months(start: pl.Expr, day: pl.Expr) -> pl.Expr:
    """Full calendar months from a day to another; null where either is."""
    months = 12 * (day.dt.year() - start.dt.year()) + day.dt.month().cast(pl.Int32) - start.dt.month().cast(pl.Int32)
    return months - (start.dt.offset_by(pl.format("{}mo", months)) > day).cast(pl.Int32)
