"""The numbers that stand in several tables: what disclosure control has to hide in one, it must hide in all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from returns903.derive.care_leavers import NOT_GIVEN, NOT_KNOWN
from returns903.derive.placements import PLACEMENT_MEASURES, TWO_YEARS
from returns903.reports.tables.catalogue import ADOPTION
from returns903.statistics import Link, Place, Published

KIND, MEASURE, BREAKDOWN, CATEGORY = pl.col("kind"), pl.col("measure"), pl.col("breakdown"), pl.col("category")


def margins(tables: Mapping[str, pl.DataFrame]) -> Published:
    """The sums that nobody prints, but that link what is printed, of tables by name."""
    adoption = tables["review_timeliness"].filter((MEASURE == "reviews_due") & BREAKDOWN.is_in(ADOPTION))
    return Published("margins", adoption.select(n=pl.col("denominator").sum()), ("n",))


def _same(one: Place, *others: Place, by: tuple[str, ...] = ()) -> Iterator[Link]:
    """The same number in several places."""
    return (Link(one, (other,), by) for other in others)


def _last(column: str) -> pl.Expr:
    return pl.col(column) == pl.col(column).max()


def _card(measure: str, column: str = "numerator", rows: pl.Expr | None = None) -> Place:
    return Place("scorecard", column, (MEASURE == measure) & (pl.lit(value=True) if rows is None else rows))


def _broken(name: str, table: str = "breakdowns") -> Place:
    return Place(table, "children", (BREAKDOWN == name) & (CATEGORY == "total"))


def all_links() -> list[Link]:
    """Every number that two of the tables of counts share."""
    return [*_looked_after(), *_moved(), *_reviews(), *_placed(), *_care_leavers(), *_by_month()]


def _looked_after() -> Iterator[Link]:
    every = _broken("sex")
    names = ("ethnicity", "age_band", "placement_group", "legal_status_group", "asylum")
    yield from _same(
        every,
        *(_broken(name) for name in names),
        _card("looked_after", rows=_last("month")),
        Place("placement_distance", "children", (pl.col("distance") == "total") & (pl.col("location") == "total")),
    )
    groups = Place("breakdowns", "children", (BREAKDOWN == "legal_status_group") & (CATEGORY != "total"))
    yield Link(groups, (Place("legal_status_on", "children", pl.lit(value=True)),), by=("group",))
    yield Link(groups, (Place("legal_status_by_month", "children", _last("month")),), by=("category",))
    seeking = Place("breakdowns", "children", (BREAKDOWN == "asylum") & CATEGORY.str.starts_with("unaccompanied"))
    yield Link(seeking, (Place("legal_status_on", "asylum_seeking", pl.lit(value=True)),))
    yield from _same(seeking, _card("looked_after_asylum_seeking", rows=_last("month")))
    first = pl.int_range(pl.len()) == 0
    unsure = Place("breakdowns", "not_judged", first)
    yield Link(unsure, (Place("legal_status_on", "not_judged", pl.lit(value=True)),))
    yield from _same(
        unsure,
        Place("placement_distance", "not_judged", first),
        Place("placement_stability", "not_judged", first),
        *(_card(name, "not_judged", _last("month")) for name in ("looked_after", "within_20_miles")),
    )


def _moved() -> Iterator[Link]:
    names = ("sex", "ethnicity", "age_band", "placement_group", "legal_status_group", "asylum")
    for table, total in (
        ("started_breakdowns", _broken("sex", "started_breakdowns")),
        ("leaving_breakdowns", Place("leaving_care_reasons", "children", KIND == "total")),
    ):
        yield from _same(total, *(_broken(name, table) for name in names))
    reasons, groups = "leaving_care_reasons", "leaving_care_groups"
    for column in ("children", "not_judged"):
        of = Place(groups, column, KIND == "group")
        yield Link(of, (Place(reasons, column, KIND == "reason"),), by=("group",))
        yield Link(Place(groups, column, KIND == "unknown"), (Place(reasons, column, KIND == "unknown"),))
        yield from _same(Place(groups, column, KIND == "total"), Place(reasons, column, KIND == "total"))
    yield from _same(
        Place(groups, "children", KIND == "local"), Place(reasons, "children", KIND == "local"), by=("category",)
    )
    yield Link(_broken("sex", "started_breakdowns"), (_card("started"),))
    yield Link(Place(reasons, "children", KIND == "total"), (_card("ceased"),))


def _reviews() -> Iterator[Link]:
    due = "reviews_due"
    for kind in ("initial", "second", "subsequent", "all"):
        rows = (MEASURE == due) & (BREAKDOWN == ("all" if kind == "all" else f"kind:{kind}"))
        for whole, part in (("denominator", "due"), ("on_time", "on_time"), ("late", "late")):
            yield Link(Place("review_timeliness", whole, rows), (Place("reviews_by_month", part, KIND == kind),))
    adoption = Place("margins", "n", pl.lit(value=True))
    yield Link(adoption, (Place("review_timeliness", "denominator", (MEASURE == due) & BREAKDOWN.is_in(ADOPTION)),))
    yield Link(adoption, (Place("reviews_by_month", "due", KIND == "adoption"),))
    held = (MEASURE == "review") & (BREAKDOWN == "all")
    yield Link(Place("review_participation", "count", held), (_card("took_part_in_reviews", "denominator"),))
    took = (MEASURE == "review") & (BREAKDOWN == "taken_part")
    yield Link(Place("review_participation", "count", took), (_card("took_part_in_reviews"),))
    children, every = (
        Place("review_participation", "count", (MEASURE == name) & (BREAKDOWN == "all"))
        for name in ("child", "child_every_review")
    )
    yield from _same(children, every)


def _placed() -> Iterator[Link]:
    for name in PLACEMENT_MEASURES:
        yield from _same(_broken("sex"), Place("placement_stability", "denominator", MEASURE == name))
    yield Link(_broken("sex"), (Place("placement_stability", "children", MEASURE.is_in(PLACEMENT_MEASURES)),))
    for name in (PLACEMENT_MEASURES[-1], TWO_YEARS):
        for column, below in (("children", "numerator"), ("denominator", "denominator")):
            yield from _same(Place("placement_stability", column, MEASURE == name), _card(name, below, _last("month")))
    near = (pl.col("distance") == "20 miles or less") & (pl.col("location") == "total")
    far = (pl.col("distance") == "unknown") & (pl.col("location") == "total")
    yield from _same(Place("placement_distance", "children", near), _card("within_20_miles", rows=_last("month")))
    yield from _same(Place("placement_distance", "children", far), _card("within_20_miles", "unknown", _last("month")))


def _care_leavers() -> Iterator[Link]:
    def of(measure: str, which: pl.Expr) -> Place:
        return Place("care_leaver_outcomes", "children", (MEASURE == measure) & which)

    total = CATEGORY == "total"
    for name in ("activity", "education_employment_training", "accommodation", "suitable_accommodation"):
        yield from _same(of("in_touch", total), of(name, total), by=("age",))
    idle, none = CATEGORY.str.starts_with("not active"), CATEGORY.is_in([NOT_KNOWN, NOT_GIVEN, "total"])
    busy = "education_employment_training"
    yield Link(of(busy, CATEGORY.str.starts_with("in ")), (of("activity", ~idle & ~none),), by=("age",))
    yield Link(of(busy, CATEGORY.str.starts_with("not in ")), (of("activity", idle),), by=("age",))
    for one, other in ((busy, "activity"), ("suitable_accommodation", "accommodation")):
        yield from _same(of(one, none & ~total), of(other, none & ~total), by=("age", "category"))


def _by_month() -> Iterator[Link]:
    every = _card("looked_after")
    month = ("month",)
    yield Link(every, (_card("looked_after_asylum_seeking"), _card("looked_after_others")), month)
    yield from _same(
        every,
        _card("looked_after_rate"),
        _card("reviews_up_to_date", "denominator"),
        _card("three_or_more_placements", "denominator"),
        _card("within_20_miles", "denominator"),
        Place("legal_status_by_month", "children", pl.col("group") == "total"),
        Place("reviews_up_to_date", "children", pl.lit(value=True)),
        by=month,
    )
    up_to_date = Place("reviews_up_to_date", "up_to_date", pl.lit(value=True))
    yield from _same(up_to_date, _card("reviews_up_to_date"), by=month)
    parts = (_card("within_20_miles"), _card("within_20_miles", "unknown"), _card("within_20_miles", "far"))
    yield Link(_card("within_20_miles", "denominator"), parts, month)
