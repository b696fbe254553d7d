"""What a reader takes for certain of ages by sex, flows by quarter, and asylum-seeking and other children apart."""

from __future__ import annotations

from collections.abc import Iterator

from tests.statistics.reader import Fact, Page, but, equal, within

CUT = {
    "breakdowns_by_asylum": ("breakdowns", ("breakdown", "category")),
    "leaving_groups_by_asylum": ("leaving_care_groups", ("kind", "category", "group")),
    "placement_stability_by_asylum": ("placement_stability", ("measure",)),
    "placement_distance_by_asylum": ("placement_distance", ("distance", "location")),
    "health_by_asylum": ("health", ("measure", "category")),
}
"""The tables that tell the two groups apart, of which, and by what labels."""
PLACED = ("no_placement", "one_placement", "two_placements", "three_or_more_placements")
ASKED_OF_ALL = ("health_assessment", "dental_check", "immunisations", "substance_misuse")
AGES = {
    "development_checks": ("under 1", "1 to 4", "unknown"),
    "strengths_and_difficulties": ("1 to 4", "5 to 9", "10 to 15", "16 and over", "unknown"),
    "convictions": ("10 to 15", "16 and over", "unknown"),
}
FLOWS = {"starts": "children_started", "ceasings": "children_ceased"}


def facts(page: Page) -> Iterator[Fact]:
    """Whatever ties these tables to themselves and to the others."""
    for name, (whole, labels) in CUT.items():
        for row in page.rows[name]:
            here = {label: row[label] for label in labels}
            for column in ("children", "denominator", "others", "unknown"):
                if column in row:
                    yield from equal(page.of(whole, column, **here), page.of(name, column, **here))
    for group in page.labels("breakdowns_by_asylum", "asylum"):
        yield from _looked_after(page, group)
        yield from _health(page, group)
        yield from _left(page, group)
    yield from _ages(page)
    yield from _flows(page)


def _looked_after(page: Page, group: str) -> Iterator[Fact]:
    here = page.of("breakdowns", "children", breakdown="asylum", category=group)
    table = "breakdowns_by_asylum"
    for part in page.labels(table, "breakdown"):
        total = page.of(table, "children", asylum=group, breakdown=part, category="total")
        yield from equal(here, total, page.of(table, "children", asylum=group, breakdown=part, category=but("total")))
    table = "placement_stability_by_asylum"
    for measure in page.labels(table, "measure"):
        of = {
            name: page.of(table, name, asylum=group, measure=measure) for name in ("denominator", "children", "others")
        }
        yield from equal(of["denominator"], of["children"] + of["others"])
        yield from within(of["denominator"], here)
        if measure in PLACED:
            yield from equal(here, of["denominator"])
    yield from equal(here, page.of(table, "children", asylum=group, measure=PLACED))
    table = "placement_distance_by_asylum"
    yield from equal(here, page.of(table, "children", asylum=group, distance="total"))
    yield from equal(here, page.of(table, "children", asylum=group, distance=but("total")))


def _health(page: Page, group: str) -> Iterator[Fact]:
    table = "health_by_asylum"

    def of(measure: str, category: object = "total"):  # type: ignore[no-untyped-def]
        return page.of(table, "children", asylum=group, measure=measure, category=category)  # type: ignore[arg-type]

    for measure in page.labels(table, "measure"):
        yield from equal(of(measure), of(measure, but("total")))
        yield from within(of(measure), of("health_assessment"))
    yield from equal(*map(of, ASKED_OF_ALL))
    yield from equal(of("strengths_and_difficulties", "completed"), of("strengths_and_difficulties_score"))
    yield from equal(of("substance_misuse", "identified"), of("intervention"))
    yield from within(of("health_assessment"), page.of("breakdowns", "children", breakdown="asylum", category=group))
    for measure, bands in AGES.items():
        among = page.of("breakdowns_by_asylum", "children", asylum=group, breakdown="age_band", category=bands)
        yield from within(of(measure), among)


def _left(page: Page, group: str) -> Iterator[Fact]:
    table = "leaving_groups_by_asylum"
    left = page.of("leaving_breakdowns", "children", breakdown="asylum", category=group)
    yield from equal(left, page.of(table, "children", asylum=group, kind="total"))
    yield from equal(left, page.of(table, "children", asylum=group, kind=but("total")))


def _ages(page: Page) -> Iterator[Fact]:
    table = "age_by_sex"
    for sex in page.labels(table, "sex"):
        total = page.of("breakdowns", "children", breakdown="sex", category=sex)
        yield from equal(total, page.of(table, "children", sex=sex, category="total"))
        yield from equal(total, page.of(table, "children", sex=sex, category=but("total")))
    for age in page.labels(table, "category"):
        band = page.of("breakdowns", "children", breakdown="age_band", category=age)
        yield from equal(band, page.of(table, "children", category=age))


def _flows(page: Page) -> Iterator[Fact]:
    table = "starts_by_quarter"
    months = page.labels("starts_and_ceasings", "month")
    groups = page.labels(table, "asylum", asylum=but("all"))
    for number, quarter in enumerate(page.labels(table, "quarter")):
        for every, once in FLOWS.items():
            for column in (every, once):
                total = page.of(table, column, quarter=quarter, asylum="all")
                yield from equal(total, page.of(table, column, quarter=quarter, asylum=groups))
                of_months = months[3 * number : 3 * number + 3]
                yield from equal(total, page.of("starts_and_ceasings", column, month=of_months))
            for group in ("all", *groups):
                first = page.of(table, once, quarter=quarter, asylum=group)
                yield from within(first, page.of(table, every, quarter=quarter, asylum=group))
    for group in groups:
        for broken, column in (("started_breakdowns", "children_started"), ("leaving_breakdowns", "children_ceased")):
            year = page.of(broken, "children", breakdown="asylum", category=group)
            yield from equal(year, page.of(table, column, asylum=group))
