"""How the numbers of different tables are tied: what disclosure control hides in one, a reader finds in no other.

Each number counts a set: of children, of reviews, or of rows. Where two tables count the same set, or one set is made
up of others, by what the tables mean, that is a `Link`. Where one set lies within another it is an `AtMost`. What is so
in a return without faults, and nearly always in others, is an `Alike`: a reader will build on it. The page on
disclosure control says table by table which set each number counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from returns903.derive.care_leavers import COUNTED, NOT_GIVEN, NOT_KNOWN
from returns903.derive.care_leavers import MEASURES as CARE_LEAVERS
from returns903.derive.cuts import AGE_BANDS, TEMPORARY_GROUP
from returns903.derive.participation import EVERY_REVIEW
from returns903.derive.placements import PLACEMENT_MEASURES, TWO_YEARS
from returns903.derive.scorecard import MEASURES, THREE_OR_MORE
from returns903.published import asylum_tables
from returns903.published.topics import TOPICS
from returns903.statistics import Alike, AtMost, Link, Place, Published, Tie

KIND, MEASURE, BREAKDOWN, CATEGORY = pl.col("kind"), pl.col("measure"), pl.col("breakdown"), pl.col("category")
EVERY = pl.lit(value=True)
FIRST = pl.int_range(pl.len()) == 0
MONTHS = range(12)
MONTH, QUARTER, PART = ("month",), ("of_year",), ("part",)
AT_ANY_TIME = ("sex", "ethnicity")
"""What children are broken down by that is the same on any day of the year."""
C63 = EVERY_REVIEW[-1]
UNDATED = "undated"


def between(tables: Mapping[str, pl.DataFrame]) -> Published:
    """The numbers that nobody prints, but that stand between those that are printed, of tables by name.

    One: how many reviews have no child or no day. Whatever cannot be judged of reviews and of care goes by it.
    """
    reviews = tables["review_timeliness"].filter((MEASURE == "child") & (BREAKDOWN == "all")).get_column("not_judged")
    care = tables["breakdowns"].get_column("not_judged").head(1)
    return Published(UNDATED, pl.DataFrame({"n": reviews - care}), ("n",), printed=False)


def all_ties() -> list[Tie]:
    """Whatever is known to hold between the tables of counts."""
    own = (_looked_after, _moved, _reviews, _taking_part, _placed, _care_leavers, _not_judged)
    found = [tie for ties in (*own, *(topic.ties for topic in TOPICS)) for tie in ties()]
    return [*found, *asylum_tables.ties(found)]


def _same(one: Place, *others: Place, by: tuple[str, ...] = ()) -> Iterator[Link]:
    """The same number in several places."""
    return (Link(one, (other,), by) for other in others)


def _at(column: str, month: int) -> pl.Expr:
    """The rows of a month by its place in the year, from 0."""
    return pl.col(column).rank("dense") == month + 1


def _last(column: str = "month") -> pl.Expr:
    return _at(column, MONTHS[-1])


def _card(measure: str, column: str = "numerator", rows: pl.Expr = EVERY) -> Place:
    return Place("scorecard", column, (MEASURE == measure) & rows)


def _broken(name: str, table: str = "breakdowns", rows: pl.Expr = CATEGORY == "total") -> Place:
    return Place(table, "children", (BREAKDOWN == name) & rows)


def _timely(measure: str, column: str, rows: pl.Expr = BREAKDOWN == "all") -> Place:
    return Place("review_timeliness", column, (MEASURE == measure) & rows)


LOOKED_AFTER, LEFT = _broken("sex"), Place("leaving_care_reasons", "children", KIND == "total")


def _looked_after() -> Iterator[Tie]:
    """The children looked after on the last day of the year and of each month."""
    names = ("ethnicity", "age_band", "placement_group", "legal_status_group", "asylum")
    anywhere = (pl.col("distance") == "total") & (pl.col("location") == "total")
    yield from _same(LOOKED_AFTER, *map(_broken, names), Place("placement_distance", "children", anywhere))
    yield from _same(LOOKED_AFTER, _card("looked_after", rows=_last()))
    groups = Place("breakdowns", "children", (BREAKDOWN == "legal_status_group") & (CATEGORY != "total"))
    yield Link(groups, (Place("legal_status_on", "children", EVERY),), by=("group",))
    yield Link(groups, (Place("legal_status_by_month", "children", _last()),), by=("category",))
    seeking = _broken("asylum", rows=CATEGORY.str.starts_with("unaccompanied"))
    yield Link(seeking, (Place("legal_status_on", "asylum_seeking", EVERY),))
    yield from _same(seeking, _card("looked_after_asylum_seeking", rows=_last()))
    every = _card("looked_after")
    yield from _same(_card("looked_after_others"), _card("looked_after_rate_others"), by=MONTH)
    yield Link(every, (_card("looked_after_asylum_seeking"), _card("looked_after_others")), MONTH)
    yield from _same(
        every,
        _card("looked_after_rate"),
        _card("reviews_up_to_date", "denominator"),
        _card(THREE_OR_MORE, "denominator"),
        _card("within_20_miles", "denominator"),
        Place("legal_status_by_month", "children", pl.col("group") == "total"),
        Place("reviews_up_to_date", "children", EVERY),
        by=MONTH,
    )


def _moved() -> Iterator[Tie]:
    """The children who started in the year, and those who left care."""
    names = ("sex", "ethnicity", "age_band", "placement_group", "legal_status_group", "asylum")
    started = _broken("sex", "started_breakdowns")
    for table, total in (("started_breakdowns", started), ("leaving_breakdowns", LEFT)):
        yield from _same(total, *(_broken(name, table) for name in names))
    reasons, groups = "leaving_care_reasons", "leaving_care_groups"
    for column in ("children", "not_judged"):
        of = Place(groups, column, KIND == "group")
        yield Link(of, (Place(reasons, column, KIND == "reason"),), by=("group",))
        yield Link(Place(groups, column, KIND == "unknown"), (Place(reasons, column, KIND == "unknown"),))
        yield from _same(Place(groups, column, KIND == "total"), Place(reasons, column, KIND == "total"))
    local = [Place(table, "children", KIND == "local") for table in (groups, reasons)]
    yield from _same(*local, by=("category",))
    yield Link(started, (_card("started"),))
    yield Link(LEFT, (_card("ceased"),))
    both = [Place(table, "children", BREAKDOWN.is_in(AT_ANY_TIME)) for table in ("breakdowns", "leaving_breakdowns")]
    came = Place("started_breakdowns", "children", BREAKDOWN.is_in(AT_ANY_TIME))
    yield AtMost((came,), tuple(both), by=("breakdown", "category"))
    for month in MONTHS[1:]:
        now, before = (_card("looked_after", rows=_at("month", n)) for n in (month, month - 1))
        change = [_card(name, rows=_at("month", month)) for name in ("started", "ceased")]
        yield Alike((now, change[1]), (before, change[0]))


def _reviews() -> Iterator[Tie]:
    """The children whose reviews are judged, the reviews that fell due and those that were held."""
    yield from _falling_due()
    yield from _same(Place("reviews_up_to_date", "up_to_date", EVERY), _card("reviews_up_to_date"), by=MONTH)
    # the children judged are among those looked after, in each part
    judged, here = _timely("child", "denominator"), Place("breakdowns", "children", CATEGORY != "total")
    yield AtMost((judged,), (LOOKED_AFTER,))
    yield AtMost((_timely("child", "denominator", EVERY),), (here,), by=PART)
    # a child who is late has a review that is; so has one with a review owing on a month's last day
    each = BREAKDOWN.str.contains("^(asylum|basis):") | (BREAKDOWN == "all")
    for column in ("late", "missed", "held_late"):
        yield AtMost((_timely("child", column, each),), (_timely("reviews_due", column, each),), by=PART)
    overdue, missed = Place("reviews_up_to_date", "overdue", _last("as_at")), _timely("child", "missed")
    yield AtMost((missed,), (overdue,))
    yield AtMost((overdue,), (_timely("reviews_due", "missed"),))
    yield AtMost((overdue, judged), (missed, LOOKED_AFTER))
    late_all = _timely("reviews_due", "late", BREAKDOWN == "basis:assumed")
    for month in MONTHS:
        late = Place("reviews_by_month", "late", pl.col("month").rank("dense") <= month + 1)
        yield AtMost((Place("reviews_up_to_date", "overdue", _at("as_at", month)),), (late, late_all))
    yield from _same(Place("reviews_up_to_date", "assumed", EVERY), _card("reviews_up_to_date", "assumed"), by=MONTH)
    # a review that fell due and was held was held in the year, but for those held before it; and the other way round
    each |= BREAKDOWN.str.starts_with("kind:")
    yield Alike((_timely("reviews_held", "late", each),), (_timely("reviews_due", "held_late", each),), by=PART)
    for due, held in (("on_time", "on_time"), ("held_late", "late")):
        yield AtMost((_timely("reviews_due", due, each),), (_timely("reviews_held", held, each),), by=PART)


def _falling_due() -> Iterator[Tie]:
    """The reviews that fell due by kind, quarter and month: those of known due dates in one of each, others in any."""
    columns = (("denominator", "due"), ("on_time", "on_time"), ("late", "late"))
    for whole, part in columns:
        of_known = _timely("reviews_due", whole, BREAKDOWN == "basis:known")
        every = Place("reviews_by_quarter", part, KIND == "all")
        yield Link(of_known, (every,))
        yield Link(every, (Place("reviews_by_month", part, EVERY),), QUARTER)
    for kind in ("initial", "second", "subsequent"):
        rows = BREAKDOWN == f"kind:{kind}"
        found = {part: Place("reviews_by_quarter", part, KIND == kind) for _, part in columns}
        yield Link(_timely("reviews_due", "denominator", rows), (found["due"], _timely("reviews_due", "assumed", rows)))
        for part in ("on_time", "late"):
            yield AtMost((found[part],), (_timely("reviews_due", part, rows),))
    # an assumed one lies in one part of the year at least, and may lie in several
    quarters, months = (
        Place("reviews_by_quarter", "assumed", KIND == "all"),
        Place("reviews_by_month", "assumed", EVERY),
    )
    either = (_timely("reviews_due", "assumed"), _timely("reviews_due", "unknown"))
    yield AtMost(either, (quarters,))
    yield AtMost((quarters,), (months,), QUARTER)
    for quarter in range(4):
        in_quarter = Place("reviews_by_quarter", "assumed", (KIND == "all") & _at("quarter", quarter))
        yield AtMost((in_quarter,), either)
        for month in range(3 * quarter, 3 * quarter + 3):
            yield AtMost((Place("reviews_by_month", "assumed", _at("month", month)),), (in_quarter,))


def _taking_part() -> Iterator[Tie]:
    """The reviews with a code of participation, and the children who have one, those looked after at the end too."""

    def of(measure: str, column: str, rows: pl.Expr = BREAKDOWN == "all") -> Place:
        return Place("review_participation", column, (MEASURE == measure) & rows)

    uncoded = _card("took_part_in_reviews", "unknown")
    yield Link(of("review", "count"), (_card("took_part_in_reviews", "denominator"),))
    yield Link(of("review", "count", BREAKDOWN == "taken_part"), (_card("took_part_in_reviews"),))
    yield Link(_timely("reviews_held", "denominator"), (of("review", "count"), of("review", "under_4"), uncoded))
    yield Link(of("review", "not_judged"), (_timely("reviews_held", "not_judged"), uncoded))
    every = ("taken_part", "attended")
    for column in ("count", "under_4", "not_judged"):
        yield from _same(of("child", column), of("child_every_review", column))
        yield AtMost((of("child", column),), (of("review", column),))
    yield AtMost((of("child", "count", EVERY),), (of("review", "count", EVERY),), by=("breakdown",))
    some = BREAKDOWN.is_in([f"not_{name}" for name in every])
    yield AtMost((of("child_every_review", "count", some),), (of("review", "count", some),), by=("breakdown",))
    yield AtMost((of("child", "count", some),), (of("child_every_review", "count", some),), by=("breakdown",))
    yield AtMost((of(C63, "count", EVERY),), (of("child_every_review", "count", EVERY),), by=("breakdown",))
    yield AtMost((of(C63, "under_4"),), (of("child", "under_4"),))
    yield AtMost((of(C63, "count"), of(C63, "under_4")), (LOOKED_AFTER,))


def _placed() -> Iterator[Tie]:
    """The placements of the children looked after."""

    def of(measure: str, column: str) -> Place:
        return Place("placement_stability", column, MEASURE == measure)

    yield from _same(LOOKED_AFTER, *(of(name, "denominator") for name in PLACEMENT_MEASURES))
    yield Link(LOOKED_AFTER, (Place("placement_stability", "children", MEASURE.is_in(PLACEMENT_MEASURES)),))
    card = {"children": "numerator", "denominator": "denominator", "unknown": "unknown"}
    for name in (THREE_OR_MORE, TWO_YEARS):
        for column, below in card.items():
            yield from _same(of(name, column), _card(name, below, _last()))
    away = _broken("placement_group", rows=CATEGORY == TEMPORARY_GROUP)
    yield AtMost((of(PLACEMENT_MEASURES[0], "children"),), (away,))
    long = (of(TWO_YEARS, "denominator"), of(TWO_YEARS, "unknown"))
    yield AtMost(long, (_broken("age_band", rows=CATEGORY.is_in([*AGE_BANDS[:-1], "unknown"])),))
    yield AtMost((_card(TWO_YEARS, "denominator"), _card(TWO_YEARS, "unknown")), (_card("looked_after"),), by=MONTH)
    for distance, column in (("20 miles or less", "numerator"), ("unknown", "unknown")):
        rows = (pl.col("distance") == distance) & (pl.col("location") == "total")
        yield from _same(Place("placement_distance", "children", rows), _card("within_20_miles", column, _last()))
    parts = (_card("within_20_miles"), _card("within_20_miles", "unknown"), _card("within_20_miles", "far"))
    yield Link(_card("within_20_miles", "denominator"), parts, MONTH)


def _care_leavers() -> Iterator[Tie]:
    """The care leavers: each question is asked of all of them, and two of them are told in two ways."""

    def of(measure: str, rows: pl.Expr) -> Place:
        return Place("care_leaver_outcomes", "children", (MEASURE == measure) & rows)

    total, age = CATEGORY == "total", ("age",)
    for name in CARE_LEAVERS[2:]:
        yield from _same(of("in_touch", total), of(name, total), by=age)
    yield from _same(of("in_touch", total), of("population", CATEGORY == COUNTED), by=age)
    idle, none = CATEGORY.str.starts_with("not active"), CATEGORY.is_in([NOT_KNOWN, NOT_GIVEN])
    busy = "education_employment_training"
    yield Link(of(busy, CATEGORY.str.starts_with("in ")), (of("activity", ~idle & ~none & ~total),), by=age)
    yield Link(of(busy, CATEGORY.str.starts_with("not in ")), (of("activity", idle),), by=age)
    yield Link(
        of(busy, CATEGORY.str.starts_with("in ")), (of("full_or_part_time", CATEGORY.str.ends_with(" time")),), age
    )
    yield from _same(
        of(busy, CATEGORY.str.starts_with("not in ")),
        of("full_or_part_time", CATEGORY.str.starts_with("not in ")),
        by=age,
    )
    for one, other in ((busy, "activity"), (busy, "full_or_part_time"), ("suitable_accommodation", "accommodation")):
        yield from _same(of(one, none), of(other, none), by=("age", "category"))
    # codes that are never suitable
    bad = of("accommodation", CATEGORY.str.contains("^(no fixed abode|in custody)"))
    yield AtMost((bad,), (of("suitable_accommodation", CATEGORY == "not suitable"),), by=age)
    # all three are given or none is; where the authority knows nothing of one it knows nothing of the other
    for name in ("activity", "accommodation"):
        yield Alike((of("in_touch", CATEGORY == NOT_GIVEN),), (of(name, CATEGORY == NOT_GIVEN),), by=age)
    nothing = of("activity", CATEGORY == NOT_KNOWN)
    yield Alike((nothing,), (of("accommodation", CATEGORY == NOT_KNOWN),), by=age)
    yield AtMost((nothing, of("in_touch", CATEGORY == "in touch")), (of("in_touch", total),), by=age)


def _not_judged() -> Iterator[Tie]:
    """The rows that no table can place: episodes that may or may not have lasted, reviews without a child or a day."""
    first = Place("breakdowns", "not_judged", FIRST)
    undated, reviews = Place(UNDATED, "n", EVERY), "reviews_up_to_date"
    yield Link(first, (Place("legal_status_on", "not_judged", EVERY),))
    yield from _same(first, *(Place(f"placement_{name}", "not_judged", FIRST) for name in ("distance", "stability")))
    yield from _same(first, _card("looked_after", "not_judged", _last()))
    standing = [name for name in MEASURES if name not in ("started", "ceased", reviews, "took_part_in_reviews")]
    yield from _same(*(_card(name, "not_judged") for name in standing), by=MONTH)
    yield from _same(Place(reviews, "not_judged", EVERY), _card(reviews, "not_judged"), by=MONTH)

    def rows(*reasons: str) -> Place:
        return Place("not_judged", "rows", pl.col("reason").is_in([f"episodes_{reason}" for reason in reasons]))

    unplaced, no_end = rows("without_child", "without_start"), rows("without_child", "with_unknown_end")
    anything = rows("without_child", "without_start", "with_unknown_end", "gone_since_last_year")
    yield Link(_timely("child", "not_judged"), (first, undated))
    yield Link(_timely("reviews_due", "not_judged"), (unplaced, undated))
    left = Place("leaving_care_reasons", "not_judged", KIND == "total")
    yield AtMost((left,), (no_end,))
    held = _timely("reviews_held", "not_judged")
    for month in MONTHS:
        here = _at("month", month)
        yield Link(_card(reviews, "not_judged", here), (_card("looked_after", "not_judged", here), undated))
        yield from _same(left, _card("ceased", "not_judged", here))
        yield from _same(_card("started", "not_judged", _at("month", 0)), _card("started", "not_judged", here))
        yield AtMost((_card("took_part_in_reviews", "not_judged", here),), (held,))
        yield AtMost((_card("looked_after", "not_judged", here),), (anything,))
    yield AtMost((_card("started", "not_judged", _at("month", 0)),), (unplaced,))
    yield AtMost((_card("took_part_in_reviews", "not_judged"),), (held,))
