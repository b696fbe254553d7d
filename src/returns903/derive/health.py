"""Health, strengths and difficulties, convictions and substance misuse of children looked after for twelve months."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from returns903 import codes
from returns903.derive.care import age_on, all_periods, birth_dates, episodes
from returns903.derive.cells import told
from returns903.derive.counts import percent
from returns903.derive.cuts import CUTS, By, beside, crossed, cut, cuts_of, in_order, last_in, tally, with_total
from returns903.derive.declared import Column, count, derived, share, text
from returns903.derive.placements import TOTAL
from returns903.derive.population import NOT_JUDGED, doubtful, here
from returns903.returns import Return
from returns903.rules.groups import OC2_ITEMS
from returns903.tables import OC2

NOT_GIVEN = "not given"
SDQ, BANDS = "strengths_and_difficulties", "strengths_and_difficulties_score"
COMPLETED = "completed"
HIGHEST_SCORE = 40
SCORES = {"normal: 0 to 13": 13, "borderline: 14 to 16": 16, "cause for concern: 17 to 40": HIGHEST_SCORE}
"""The published bands of the score, and the highest score in each."""
IDENTIFIED = "identified"
EVERYONE = pl.lit(value=True)


class Measure(NamedTuple):
    """What is told of whom."""

    about: pl.Expr
    """Whether it is about a child looked after for twelve months; null: the return does not tell."""
    category: pl.Expr
    """What is told of the child; null: not given."""
    categories: tuple[str, ...]
    """In the order in which they are shown."""


def _yes_or_no(item: str, yes: str, no: str, about: pl.Expr = EVERYONE) -> Measure:
    answers = {"1": yes, "0": no}
    category = pl.col(item).replace_strict(answers, default=None, return_dtype=pl.String)
    return Measure(about, category, (yes, no))


def _difficulties(about: pl.Expr) -> Measure:
    labels = {code: entry.label for code, entry in codes.SDQ_REASON.items()}
    reasons = {code: "no score: " + label[0].lower() + label[1:] for code, label in labels.items()}
    because = pl.col("SDQ_REASON").replace_strict(reasons, default=None, return_dtype=pl.String)
    scored = pl.when(pl.col("score").is_not_null()).then(pl.lit(COMPLETED))
    return Measure(about, scored.otherwise(because), (COMPLETED, *reasons.values()))


def _scores(about: pl.Expr) -> Measure:
    band = pl.lit(None, pl.String)
    for name, highest in reversed(SCORES.items()):
        band = pl.when(pl.col("score") <= highest).then(pl.lit(name)).otherwise(band)
    return Measure(about & pl.col("score").is_not_null(), band, tuple(SCORES))


def _interventions() -> Measure:
    received, refused, neither = "received", "offered and refused", "neither received nor offered"
    not_received = pl.col("INTERVENTION_OFFERED").replace_strict(
        {"1": refused, "0": neither}, default=None, return_dtype=pl.String
    )
    found = pl.when(pl.col("INTERVENTION_RECEIVED") == "1").then(pl.lit(received)).otherwise(not_received)
    about = (pl.col("SUBSTANCE_MISUSE") == "1").fill_null(value=False)
    return Measure(about, found, (received, refused, neither))


def _measures() -> dict[str, Measure]:
    age = pl.col("age")
    of_school_age = age.is_between(4, 16)
    return {
        "health_assessment": _yes_or_no("HEALTH_ASSESSMENT", "had one in the year", "had none in the year"),
        "dental_check": _yes_or_no("TEETH_CHECK", "had one in the year", "had none in the year"),
        "immunisations": _yes_or_no("IMMUNISATIONS", "up to date", "not up to date"),
        "development_checks": _yes_or_no("HEALTH_CHECK", "up to date", "not up to date", age < 5),
        SDQ: _difficulties(of_school_age),
        BANDS: _scores(of_school_age),
        "convictions": _yes_or_no("CONVICTED", "convicted or cautioned", "not convicted or cautioned", age >= 10),
        "substance_misuse": _yes_or_no("SUBSTANCE_MISUSE", IDENTIFIED, "not identified"),
        "intervention": _interventions(),
    }


MEASURES = _measures()
"""What is told of the children, by name."""
OF_ALL = ("health_assessment", "dental_check", "immunisations", "substance_misuse")
"""The measures that are about all children looked after for twelve months."""
HEALTH = {
    "measure": text(
        "development_checks: under 5; strengths_and_difficulties: 4 to 16, and of those with a score its bands; "
        "convictions: 10 and over; intervention: of those with a problem of substance misuse",
        values=tuple(MEASURES),
    ),
    "category": text("what is told of the child; not given: blank, no code, or no row in OC2; total"),
    "children": count("how many, nobody too"),
    "percent": share("of the children that the measure is about"),
    "mean": Column(
        pl.Float64,
        "of the scores, in the total of strengths_and_difficulties_score",
        "every other row, or nobody has a score",
        least=0,
        most=HIGHEST_SCORE,
    ),
    "unknown": count(
        "children left out of the measure, since the return does not tell whether it is about them: care that began "
        "before the first episode known, or no date of birth where an age is asked"
    ),
    "not_judged": NOT_JUDGED,
}


@derived("measure and category", HEALTH, key=["measure", "category"], by=CUTS)
def health(ret: Return, *, by: By = ()) -> pl.DataFrame:
    """Health checks, strengths and difficulties, convictions and substance misuse, as OC2 tells them.

    The children are those looked after on the last day of the year who have been looked after without a break for at
    least twelve months: their period of care began on the first day of the year or before. A child with a short break
    (LS V3, V4) in the year is not among them, whether or not it was looked after besides. They are found in Episodes;
    a child among them without a row in OC2 counts as not given, and a row of OC2 of any other child is in no figure.
    Of several rows for one child the one with the earliest date of birth counts, then the first by its cells.

    Age is in full years on the last day of the year, by the date of birth in Header, or in OC2 where Header has none.
    A score is a whole number from 0 to 40; where there is one, a reason for having none is not looked at.

    Args:
        ret: the return.
        by: what the table is cut by, any of `CUTS`: as of the last day of the year.

    Returns:
        {columns}

        In each measure the categories add up to their total, of which the percentages are.

    Raises:
        ConfigError: it cannot be cut so.

    Source: the national tables of the health outcomes of children looked after at 31 March for at least twelve months,
    for whom they are about, the ages and the bands of the score.
    """
    cuts = cuts_of(by)
    people = cut(ret, _described(ret), cuts)
    found = [_counted(people, cuts, name, measure) for name, measure in MEASURES.items()]
    return beside(ret, in_order(pl.concat(found), cuts), cuts, doubtful(ret, ret.year.end))


def for_a_year(ret: Return) -> pl.DataFrame:
    """The children looked after on the last day of the year, as items, with all_year: for twelve months at least.

    all_year is null where care began before the first episode known, and that lies in the year.
    """
    periods = all_periods(ret).select("key", "start", "start_known")
    touches = (pl.col("decom") <= ret.year.end) & (pl.col("dec").is_null() | (pl.col("dec") >= ret.year.start))
    breaks = episodes(ret).filter(pl.col("respite") & ~pl.col("last_year") & touches).get_column("child")
    long = pl.when(pl.col("start") <= ret.year.start).then(statement=True).when("start_known").then(statement=False)
    return (
        here(ret, ret.year.end)
        .join(periods, left_on="period", right_on="key", how="left", maintain_order="left")
        .with_columns(all_year=long & ~pl.col("child").is_in(breaks.implode()))
        .drop("start", "start_known")
    )


def _described(ret: Return) -> pl.DataFrame:
    """The children with their age, score and what else OC2 tells of them."""
    births = birth_dates(ret).select("child", "dob")
    score = pl.col("SDQ_SCORE").cast(pl.Float64, strict=False)
    whole = score.is_between(0, HIGHEST_SCORE) & (score == score.floor())
    return (
        for_a_year(ret)
        .join(births, on="child", how="left", maintain_order="left")
        .join(_answers(ret), on="child", how="left", maintain_order="left")
        .with_columns(
            age=age_on(pl.coalesce("dob", "DOB"), pl.lit(ret.year.end)),
            score=pl.when(whole).then(score.cast(pl.UInt32, strict=False)),
        )
    )


def _answers(ret: Return) -> pl.DataFrame:
    """One row of OC2 for each child."""
    items = ("SDQ_SCORE", "SDQ_REASON", *OC2_ITEMS)
    empty = pl.DataFrame(schema={"DOB": pl.Date} | dict.fromkeys(("CHILD", *items), pl.String))
    rows = ret.tables.get(OC2.name, empty).select(told("CHILD").alias("child"), "DOB", *map(told, items))
    ordered = rows.filter(pl.col("child").is_not_null()).sort("child", "DOB", *items, nulls_last=True)
    return ordered.unique("child", keep="first", maintain_order=True)


def _counted(people: pl.DataFrame, by: Sequence[str], name: str, measure: Measure) -> pl.DataFrame:
    about = pl.col("all_year") & measure.about
    labelled = people.with_columns(
        about=about, measure=pl.lit(name), category=measure.category.fill_null(pl.lit(NOT_GIVEN))
    )
    items = with_total(labelled.filter("about"), "category", TOTAL)
    rows = crossed(measure=[name], category=[*measure.categories, NOT_GIVEN, TOTAL])
    counts = tally(items, by, rows, children=pl.len(), points=pl.col("score").sum())
    doubts = tally(labelled.filter(pl.col("about").is_null()), by, crossed(measure=[name]), unknown=pl.len())
    has_mean = pl.lit(name == BANDS) & (pl.col("category") == TOTAL) & (pl.col("children") > 0)
    return counts.join(doubts, on=[*by, "measure"], how="left", maintain_order="left").with_columns(
        percent=percent("children", last_in("children", by)),
        mean=pl.when(has_mean).then(pl.col("points") / pl.col("children")),
    )
