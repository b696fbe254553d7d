"""What a reader takes for certain of the tables: what adds up to what and what lies within what, by what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.statistics import meaning_asylum, meaning_care, meaning_topics
from tests.statistics.reader import Cells, Fact, Label, Page, begins, but, equal, within


def known(page: Page) -> Iterator[Fact]:
    """Whatever a reader takes for certain."""
    yield from _children_by_part(page)
    yield from _looked_after(page)
    yield from _leavers(page)
    yield from _timeliness(page)
    yield from _months(page)
    yield from _participation(page)
    yield from _placements(page)
    yield from _care_leavers(page)
    yield from _rows_not_judged(page)
    yield from meaning_care.facts(page)
    yield from meaning_topics.facts(page)
    yield from meaning_asylum.facts(page)


def _children_by_part(page: Page) -> Iterator[Fact]:
    for table in ("breakdowns", "started_breakdowns", "leaving_breakdowns"):
        every = page.of(table, "children", breakdown="sex", category="total")
        for part in page.labels(table, "breakdown"):
            total = page.of(table, "children", breakdown=part, category="total")
            yield from equal(total, page.of(table, "children", breakdown=part, category=but("total")), every)
    for part in ("sex", "ethnicity"):
        for category in page.labels("breakdowns", "category", breakdown=part):
            started, here, left = (
                page.of(table, "children", breakdown=part, category=category)
                for table in ("started_breakdowns", "breakdowns", "leaving_breakdowns")
            )
            yield from within(started, here + left)


def _looked_after(page: Page) -> Iterator[Fact]:
    every = page.of("breakdowns", "children", breakdown="sex", category="total")
    months = page.labels("scorecard", "month")
    of_last = page.of("scorecard", "numerator", month=months[-1], measure="looked_after")
    yield from equal(every, of_last, page.of("legal_status_on", "children"))
    seeking = page.of("breakdowns", "children", breakdown="asylum", category=begins("unaccompanied"))
    yield from equal(seeking, page.of("legal_status_on", "asylum_seeking"))
    yield from equal(
        seeking, page.of("scorecard", "numerator", month=months[-1], measure="looked_after_asylum_seeking")
    )
    for row in range(len(page.rows["legal_status_on"])):
        yield Fact(*(page.at("legal_status_on", row, name) for name in ("asylum_seeking", "children")), equal=False)
        yield Fact((), page.at("legal_status_on", row, "children", "not_judged"), equal=False, more=1)
    for group in page.labels("legal_status_by_month", "group", group=but("total")):
        at_end = page.of("breakdowns", "children", breakdown="legal_status_group", category=group)
        codes = page.of("legal_status_on", "children", group="" if group == "unknown" else group)
        last = page.of("legal_status_by_month", "children", month=months[-1], group=group)
        yield from equal(at_end, last)
        yield from equal(at_end, codes) if codes else ()
    for month in months:
        total = page.of("legal_status_by_month", "children", month=month, group="total")
        yield from equal(total, page.of("legal_status_by_month", "children", month=month, group=but("total")))
        yield from equal(total, page.of("reviews_up_to_date", "children", as_at=month))


def _leavers(page: Page) -> Iterator[Fact]:
    reasons, groups = "leaving_care_reasons", "leaving_care_groups"
    by_sex = page.of("leaving_breakdowns", "children", breakdown="sex", category="total")
    for column in ("children", "not_judged"):
        total = page.of(reasons, column, kind="total")
        yield from equal(total, page.of(groups, column, kind="total"))
        for table in (reasons, groups):
            yield from equal(total, page.of(table, column, kind=but("total")))
        for group in page.labels(groups, "group", kind="group"):
            yield from equal(page.of(groups, column, group=group), page.of(reasons, column, group=group, kind="reason"))
    yield from equal(
        page.of(reasons, "children", kind="total"), by_sex, page.of("scorecard", "numerator", measure="ceased")
    )
    started = page.of("started_breakdowns", "children", breakdown="sex", category="total")
    yield from equal(started, page.of("scorecard", "numerator", measure="started"))
    for table in (reasons, groups):
        for _, (_, row, _) in page.of(table, "children", kind=("reason", "group", "unknown")):
            yield Fact((), page.at(table, row, "children", "not_judged"), equal=False, more=1)


def _timeliness(page: Page) -> Iterator[Fact]:
    table = "review_timeliness"

    def of(measure: str, column: str, breakdown: Label) -> Cells:
        return page.of(table, column, measure=measure, breakdown=breakdown)

    for measure in ("child", "reviews_held", "reviews_due"):
        for column in ("denominator", "on_time", "late", "missed", "assumed", "unknown", "not_judged"):
            for part in ("kind:", "asylum:", "age_band:", "legal_status_group:", "basis:"):
                yield from equal(of(measure, column, "all"), of(measure, column, begins(part)))
        yield from equal(of(measure, "assumed", "all"), of(measure, "denominator", "basis:assumed"))
        for breakdown in page.labels(table, "breakdown", measure=measure):
            whole, on_time, late, missed = (
                of(measure, name, breakdown) for name in ("denominator", "on_time", "late", "missed")
            )
            yield from equal(whole, on_time + late)
            yield from within(missed, late)
            yield from within(of(measure, "assumed", breakdown), whole)
            if breakdown.endswith(":unknown") and not breakdown.startswith(("age", "legal")):
                yield from (Fact(cells, ()) for cells in (whole, on_time, late, missed) if cells)
            if measure == "reviews_held":
                yield Fact(missed, ())
    everyone = page.of("breakdowns", "children", breakdown="sex", category="total")
    yield from within(of("child", "denominator", "all"), everyone)
    for part in ("asylum", "age_band", "legal_status_group"):
        for category in page.labels("breakdowns", "category", breakdown=part):
            here = page.of("breakdowns", "children", breakdown=part, category=category)
            yield from within(of("child", "denominator", f"{part}:{category}"), here)
    for breakdown in page.labels(table, "breakdown", breakdown=begins("all", "kind", "asylum", "basis")):
        due, held, child = (
            {c: of(m, c, breakdown) for c in ("on_time", "late", "missed")}
            for m in ("reviews_due", "reviews_held", "child")
        )
        yield from equal(due["late"], held["late"] + due["missed"])
        yield from within(due["on_time"], held["on_time"])
        yield from within(due["late"], held["late"] + due["missed"])
        for column in ("late", "missed"):
            yield from within(child[column], due[column])
        if child["late"]:
            yield from within(child["late"] + due["missed"], due["late"] + child["missed"])


def _months(page: Page) -> Iterator[Fact]:
    months, kinds = page.labels("scorecard", "month"), ("initial", "second", "subsequent", "adoption")
    columns = {"due": "denominator", "on_time": "on_time", "late": "late"}
    for column, of_year in columns.items():
        for kind in (*kinds, "all"):
            label = (
                begins("kind:adoption", "kind:authorised")
                if kind == "adoption"
                else "all"
                if kind == "all"
                else f"kind:{kind}"
            )
            label = "basis:known" if kind == "all" else label
            year = page.of("review_timeliness", of_year, measure="reviews_due", breakdown=label)
            known = page.of("reviews_by_quarter", column, kind=kind)
            if kind == "all":
                yield from equal(year, known)
            elif known and column == "due":
                assumed = page.of("review_timeliness", "assumed", measure="reviews_due", breakdown=label)
                yield from equal(year, known + assumed)
            else:
                yield from within(known, year)
        for number, quarter in enumerate(page.labels("reviews_by_quarter", "quarter")):
            every = page.of("reviews_by_quarter", column, quarter=quarter, kind="all")
            yield from equal(every, page.of("reviews_by_quarter", column, quarter=quarter, kind=kinds))
            yield from equal(every, page.of("reviews_by_month", column, month=months[3 * number : 3 * number + 3]))
    for table in ("reviews_by_month", "reviews_by_quarter"):
        for row in range(len(page.rows[table])):
            yield Fact(page.at(table, row, "due"), page.at(table, row, "on_time", "late"))
    for number, month in enumerate(months):
        whole, good, owing, assumed = (
            page.of("reviews_up_to_date", name, as_at=month)
            for name in ("children", "up_to_date", "overdue", "assumed")
        )
        yield from equal(whole, good + owing)
        yield from within(assumed, whole)
        late = page.of("reviews_by_month", "late", month=months[: number + 1])
        if late:
            yield from within(owing, late + _late_as_assumed(page))
        yield from equal(assumed, page.of("scorecard", "assumed", month=month, measure="reviews_up_to_date"))
        yield from _scorecard(page, month, whole, good)
        if number:
            before = page.of("scorecard", "numerator", month=months[number - 1], measure="looked_after")
            now, came, went = (
                page.of("scorecard", "numerator", month=month, measure=name)
                for name in ("looked_after", "started", "ceased")
            )
            yield from equal(now + went, before + came)
    owing = page.of("reviews_up_to_date", "overdue", as_at=months[-1])
    child = {c: page.of("review_timeliness", c, measure="child", breakdown="all") for c in ("denominator", "missed")}
    yield from within(child["missed"], owing)
    yield from within(owing, page.of("review_timeliness", "missed", measure="reviews_due", breakdown="all"))
    everyone = page.of("breakdowns", "children", breakdown="sex", category="total")
    yield from within(owing + child["denominator"], child["missed"] + everyone)
    yield from _assumed(page, months)


def _late_as_assumed(page: Page) -> Cells:
    return page.of("review_timeliness", "late", measure="reviews_due", breakdown="basis:assumed")


def _assumed(page: Page, months: Sequence[str]) -> Iterator[Fact]:
    """A review of an assumed due date may lie in several parts of the year, and lies in one of them."""
    either = tuple(
        cell
        for name in ("assumed", "unknown")
        for cell in page.of("review_timeliness", name, measure="reviews_due", breakdown="all")
    )
    quarters = page.labels("reviews_by_quarter", "quarter")
    in_quarters = [page.of("reviews_by_quarter", "assumed", kind="all", quarter=quarter) for quarter in quarters]
    yield from within(either, tuple(cell for cells in in_quarters for cell in cells))
    for number, here in enumerate(in_quarters):
        yield from within(here, either)
        kinds = page.of("reviews_by_quarter", "assumed", kind=but("all"), quarter=quarters[number])
        yield from equal(here, kinds)
        in_months = [
            page.of("reviews_by_month", "assumed", month=month) for month in months[3 * number : 3 * number + 3]
        ]
        yield from within(here, tuple(cell for cells in in_months for cell in cells))
        for cells in in_months:
            yield from within(cells, here)


def _scorecard(page: Page, month: str, whole: Cells, good: Cells) -> Iterator[Fact]:
    def card(measure: str, column: str = "numerator") -> Cells:
        return page.of("scorecard", column, month=month, measure=measure)

    yield from equal(
        card("looked_after"), whole, page.of("legal_status_by_month", "children", month=month, group="total")
    )
    seeking, others = card("looked_after_asylum_seeking"), card("looked_after_others")
    if seeking:
        yield from equal(card("looked_after"), seeking + others)
    for name in ("reviews_up_to_date", "three_or_more_placements", "within_20_miles"):
        yield from equal(card("looked_after"), card(name, "denominator"))
    yield from equal(card("reviews_up_to_date"), good)
    for name in ("took_part_in_reviews", "three_or_more_placements", "two_years_in_one_placement"):
        yield from within(card(name), card(name, "denominator"))
    yield from within(
        card("two_years_in_one_placement", "denominator") + card("two_years_in_one_placement", "unknown"), whole
    )
    if card("within_20_miles"):
        yield from within(
            card("within_20_miles") + card("within_20_miles", "unknown"), card("within_20_miles", "denominator")
        )


def _participation(page: Page) -> Iterator[Fact]:
    table, c63 = "review_participation", "looked_after_every_review"
    codes = {
        name: [f"code:PN{n}" for n in numbers]
        for name, numbers in (("taken_part", (1, 2, 3, 5, 6)), ("attended", (1, 2, 3, 4)))
    }

    def of(measure: str, column: str, breakdown: Label = "all") -> Cells:
        return page.of(table, column, measure=measure, breakdown=breakdown)

    for measure in ("review", "child", "child_every_review", c63):
        for way, these in codes.items():
            yield from equal(of(measure, "count"), of(measure, "count", (way, f"not_{way}")))
            yield from equal(of(measure, "count", way), of(measure, "count", these))
        yield from equal(of(measure, "count"), of(measure, "count", begins("code:")))
        for column in ("denominator", "under_4", "not_judged"):
            yield from equal(*((cell,) for cell in page.of(table, column, measure=measure)))
        yield from equal(of(measure, "count"), of(measure, "denominator"))
    for column in ("count", "under_4", "not_judged"):
        yield from equal(of("child", column), of("child_every_review", column))
        yield from within(of("child", column), of("review", column))
    for breakdown in page.labels(table, "breakdown"):
        yield from within(of("child", "count", breakdown), of("review", "count", breakdown))
    for way in codes:
        yield from within(of("child_every_review", "count", way), of("child", "count", way))
        yield from within(of("child_every_review", "count", f"not_{way}"), of("review", "count", f"not_{way}"))
        for each in (way, f"not_{way}"):
            yield from within(of(c63, "count", each), of("child_every_review", "count", each))
    for column in ("count", "under_4"):
        yield from within(of(c63, column), of("child", column))
    looked_after = page.of("breakdowns", "children", breakdown="sex", category="total")
    yield from within(of(c63, "count") + of(c63, "under_4"), looked_after)
    uncoded = page.of("scorecard", "unknown", measure="took_part_in_reviews")
    held = {
        c: page.of("review_timeliness", c, measure="reviews_held", breakdown="all")
        for c in ("denominator", "not_judged")
    }
    yield from equal(held["denominator"], of("review", "count") + of("review", "under_4") + uncoded)
    yield from equal(of("review", "not_judged"), held["not_judged"] + uncoded)
    yield from equal(of("review", "count"), page.of("scorecard", "denominator", measure="took_part_in_reviews"))
    yield from equal(
        of("review", "count", "taken_part"), page.of("scorecard", "numerator", measure="took_part_in_reviews")
    )


def _placements(page: Page) -> Iterator[Fact]:
    months = page.labels("scorecard", "month")
    everyone = page.of("breakdowns", "children", breakdown="sex", category="total")
    numbers = ("no_placement", "one_placement", "two_placements", "three_or_more_placements")
    of = {
        name: {
            c: page.of("placement_stability", c, measure=name) for c in ("denominator", "children", "others", "unknown")
        }
        for name in (*numbers, "two_years_in_one_placement")
    }
    for each in of.values():
        yield from equal(each["denominator"], each["children"] + each["others"])
    for name in numbers:
        yield from equal(everyone, of[name]["denominator"])
    yield from equal(everyone, page.of("placement_stability", "children", measure=numbers))
    for name in numbers[-1], "two_years_in_one_placement":
        for column, below in (("children", "numerator"), ("denominator", "denominator"), ("unknown", "unknown")):
            yield from equal(of[name][column], page.of("scorecard", below, month=months[-1], measure=name))
    long = of["two_years_in_one_placement"]
    young = page.of("breakdowns", "children", breakdown="age_band", category=but("16 and over", "total"))
    yield from within(long["denominator"] + long["unknown"], young)
    away = page.of("breakdowns", "children", breakdown="placement_group", category="Temporary placements")
    yield from within(of["no_placement"]["children"], away)
    table, column = "placement_distance", "children"
    yield from equal(everyone, page.of(table, column, distance="total", location="total"))
    for distance in page.labels(table, "distance"):
        total = page.of(table, column, distance=distance, location="total")
        yield from equal(total, page.of(table, column, distance=distance, location=but("total")))
    for location in page.labels(table, "location"):
        total = page.of(table, column, distance="total", location=location)
        yield from equal(total, page.of(table, column, distance=but("total"), location=location))
    for distance, below in (("20 miles or less", "numerator"), ("unknown", "unknown")):
        total = page.of(table, column, distance=distance, location="total")
        yield from equal(total, page.of("scorecard", below, month=months[-1], measure="within_20_miles"))


def _active(category: str) -> bool:
    return category not in ("no information", "not given", "total") and not category.startswith("not active")


def _care_leavers(page: Page) -> Iterator[Fact]:
    table, column = "care_leaver_outcomes", "children"
    measures = page.labels(table, "measure")
    for measure in measures:
        for category in page.labels(table, "category", measure=measure):
            for whole, ages in (
                ("total", ("17", "18", "19", "20", "21", "other", "unknown")),
                ("17-18", ("17", "18")),
                ("19-21", ("19", "20", "21")),
            ):
                parts = page.of(table, column, measure=measure, category=category, age=ages)
                yield from equal(page.of(table, column, measure=measure, category=category, age=whole), parts)
    for age in page.labels(table, "age"):

        def of(measure: str, category: Label, age: str = age) -> Cells:
            return page.of(table, column, measure=measure, age=age, category=category)

        yield from equal(of("population", "total"), of("population", but("total")))
        yield from equal(of("in_touch", "total"), of("population", "in the figures"))
        asked = [measure for measure in measures if measure != "population"]
        for measure in asked:
            yield from equal(of("in_touch", "total"), of(measure, "total"), of(measure, but("total")))
        nothing = [of(measure, "no information") for measure in asked[1:]]
        yield from equal(*nothing)
        yield from equal(*(of(measure, "not given") for measure in asked))
        busy = "education_employment_training"
        yield from equal(of(busy, begins("not in ")), of("activity", begins("not active")))
        yield from equal(of(busy, begins("in ")), of("activity", _active))
        yield from within(
            of("accommodation", begins("no fixed abode", "in custody")), of("suitable_accommodation", "not suitable")
        )
        yield from equal(of(busy, begins("in ")), of("full_or_part_time", ("full time", "part time")))
        yield from equal(of(busy, begins("not in ")), of("full_or_part_time", begins("not in ")))
        yield from within(nothing[0] + of("in_touch", "in touch"), of("in_touch", "total"))


def _rows_not_judged(page: Page) -> Iterator[Fact]:
    months = page.labels("scorecard", "month")
    on_the_day = page.of("breakdowns", "not_judged")[:1]
    yield from equal(on_the_day, page.of("legal_status_on", "not_judged"))
    for table in ("placement_distance", "placement_stability", "breakdowns"):
        yield from equal(on_the_day, *((cell,) for cell in page.of(table, "not_judged")))

    def card(measure: str, month: str) -> Cells:
        return page.of("scorecard", "not_judged", measure=measure, month=month)

    standing = (
        "looked_after_asylum_seeking",
        "looked_after_others",
        "three_or_more_placements",
        "two_years_in_one_placement",
        "within_20_miles",
    )
    child, due, held = (
        page.of("review_timeliness", "not_judged", measure=name, breakdown="all")
        for name in ("child", "reviews_due", "reviews_held")
    )
    left = page.of("leaving_care_reasons", "not_judged", kind="total")

    def rows(*reasons: str) -> Cells:
        return page.of("not_judged", "rows", reason=[f"episodes_{reason}" for reason in reasons])

    for month in months:
        yield from equal(card("looked_after", month), *(card(name, month) for name in standing))
        reviews = page.of("reviews_up_to_date", "not_judged", as_at=month)
        yield from equal(reviews, card("reviews_up_to_date", month))
        yield from equal(child + card("looked_after", month), on_the_day + reviews)
        yield from equal(left, card("ceased", month))
        yield from equal(card("started", months[0]), card("started", month))
        yield from within(card("took_part_in_reviews", month), held)
        yield from within(
            card("looked_after", month),
            rows("without_child", "without_start", "with_unknown_end", "gone_since_last_year"),
        )
    yield from equal(on_the_day, card("looked_after", months[-1]))
    yield from equal(child + rows("without_child", "without_start"), due + on_the_day)
    yield from within(left, rows("without_child", "with_unknown_end"))
    yield from within(card("started", months[0]), rows("without_child", "without_start"))


def the_same(one: Page, other: Page) -> Iterator[Fact]:
    """Two pages of one year: a number that stands under the same words is the same."""
    theirs = other.names()
    for words, cell in one.names().items():
        if words in theirs:
            yield Fact(((one.number, cell),), ((other.number, theirs[words]),))
