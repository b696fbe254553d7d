"""What a reader takes for certain of the tables of health, absences, adoption, social workers and permanence."""

from __future__ import annotations

from collections.abc import Iterator

from tests.statistics.reader import Cells, Fact, Page, but, equal, within

ASKED_OF_ALL = ("health_assessment", "dental_check", "immunisations", "substance_misuse")
AGES = {
    "development_checks": ("under 1", "1 to 4"),
    "strengths_and_difficulties": ("1 to 4", "5 to 9", "10 to 15", "16 and over"),
    "convictions": ("10 to 15", "16 and over"),
}


def facts(page: Page) -> Iterator[Fact]:
    """Whatever ties these tables to themselves and to the others."""
    here, started, left, in_year = (
        page.of(table, "children", breakdown="sex", category="total")
        for table in ("breakdowns", "started_breakdowns", "leaving_breakdowns", "looked_after_in_year")
    )
    yield from _health(page, here)
    yield from _missing(page, here, in_year)
    yield from _adoption(page, left)
    yield from _social_workers(page, here)
    for measure in page.labels("previous_permanence", "measure"):
        yield from _in_parts(page, "previous_permanence", measure, started)


def _in_parts(page: Page, table: str, measure: str, *same: Cells) -> Iterator[Fact]:
    total = page.of(table, "children", measure=measure, category="total")
    yield from equal(total, page.of(table, "children", measure=measure, category=but("total")), *same)


def _health(page: Page, here: Cells) -> Iterator[Fact]:
    def of(measure: str, category: str = "total") -> Cells:
        return page.of("health", "children", measure=measure, category=category)

    for measure in page.labels("health", "measure"):
        yield from _in_parts(page, "health", measure)
        yield from within(of(measure), of("health_assessment"))
    yield from equal(*map(of, ASKED_OF_ALL))
    yield from equal(of("strengths_and_difficulties", "completed"), of("strengths_and_difficulties_score"))
    yield from equal(of("substance_misuse", "identified"), of("intervention"))
    yield from within(of("health_assessment"), here)
    yield from within(of("development_checks") + of("convictions"), of("health_assessment"))
    for measure, bands in AGES.items():
        among = page.of("breakdowns", "children", breakdown="age_band", category=(*bands, "unknown"))
        yield from within(of(measure), among)


def _missing(page: Page, here: Cells, in_year: Cells) -> Iterator[Fact]:
    for status in ("missing", "away"):

        def of(column: str, table: str = "missing_episodes", status: str = status, **labels: str) -> Cells:
            return page.of(table, column, status=status, **labels)

        yield from equal(in_year, of("looked_after"))
        yield from within(of("children"), of("incidents"))
        yield from within(of("began"), of("incidents"))
        yield from within(of("at_end"), of("children"))
        yield from within(of("at_end"), here)
        yield from equal(of("incidents"), of("incidents", "missing_lengths", length="total"))
        parts = page.of("missing_lengths", "incidents", status=status, length=but("total"))
        yield from equal(of("incidents"), parts)
        months = [of(name, "missing_by_month") for name in ("incidents", "children", "at_end")]
        yield from equal(of("began"), months[0])
        yield from equal(of("at_end"), months[2][-1:])
        for incidents, children, at_end in zip(*months, strict=True):
            yield from within((children,), (incidents,))
            yield from within((children,), of("children"))
            yield from within((at_end,), of("children"))


def _adoption(page: Page, left: Cells) -> Iterator[Fact]:
    table = "adoption_timeliness"
    for measure in page.labels(table, "measure"):
        adopted = page.of(table, "adopted", measure=measure)
        parts = [page.of(table, name, measure=measure) for name in ("children", "unknown", "left_out")]
        yield from equal(adopted, sum(parts, ()), page.of("adoption_by_month", "adopted"))
        yield from within(adopted, left)
        yield from within(page.of(table, "in_time", measure=measure), parts[0])
        if measure != "A2":
            for column in ("children", "unknown", "left_out"):
                yield from equal(page.of(table, column, measure="A1"), page.of(table, column, measure=measure))
    yield from within(page.of(table, "left_out", measure="A1"), page.of(table, "left_out", measure="A2"))


def _social_workers(page: Page, here: Cells) -> Iterator[Fact]:
    table, numbers = (
        "social_workers",
        but("same_social_worker_for_six_months", "three_or_more_social_workers_in_two_years"),
    )
    all_year = page.of("health", "children", measure="health_assessment", category="total")
    for population, whole in (("all", here), ("twelve_months", all_year)):
        yield from equal(whole, page.of(table, "children", population=population, measure=numbers))
        for measure in page.labels(table, "measure"):
            of = {name: page.of(table, name, population=population, measure=measure) for name in ("children", "others")}
            denominator = page.of(table, "denominator", population=population, measure=measure)
            yield from equal(denominator, whole, of["children"] + of["others"])
            for name, some in of.items():
                yield from within(some, page.of(table, name, population="all", measure=measure))
    two_years, many = "three_or_more_social_workers_in_two_years", "three_or_more_social_workers"
    of = {name: page.of(table, name, measure=two_years) for name in ("denominator", "unknown", "children", "others")}
    yield from equal(of["denominator"], of["children"] + of["others"])
    for name in ("denominator", "unknown"):
        as_long = page.of("placement_stability", name, measure="three_or_more_placements_in_two_years")
        yield from equal(of[name], as_long)
    yield from within(of["others"], page.of(table, "others", population="all", measure=many))
