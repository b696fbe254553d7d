"""What a reader takes for certain of the tables of care in the year, of lengths, of flows and of placements used."""

from __future__ import annotations

from collections.abc import Iterator

from tests.statistics.reader import Cells, Fact, Page, begins, but, equal, within

BANDS = {
    "under 1": ("0",),
    "1 to 4": ("1", "2", "3", "4"),
    "5 to 9": ("5", "6", "7", "8", "9"),
    "10 to 15": ("10", "11", "12", "13", "14", "15"),
    "16 and over": ("16", "17", "18 and over"),
    "unknown": ("unknown",),
}
ETHNIC = {
    "Mixed or multiple ethnic groups": begins("White and", "Any other Mixed", "Any other mixed"),
    "refused or not yet obtained": begins("Refused", "Information not"),
    "unknown": "unknown",
}


def facts(page: Page) -> Iterator[Fact]:
    """Whatever ties these tables to themselves and to the others."""
    here, started, left = (
        page.of(table, "children", breakdown="sex", category="total")
        for table in ("breakdowns", "started_breakdowns", "leaving_breakdowns")
    )
    yield from _wider(page)
    yield from _in_year(page)
    for measure, total in (("looked_after", here), ("started", started), ("ceased", left)):
        yield from _parts(page, "category_of_need", "children", "category", total, measure=measure)
    for measure, total in (("looked_after", here), ("ceased", left)):
        yield from _parts(page, "length_of_care", "children", "length", total, measure=measure)
    for measure, total in (("current", here), ("ended", ())):
        yield from _parts(page, "length_of_placement", "placements", "length", total, measure=measure)
    for table, column in (("length_of_care", "children"), ("length_of_placement", "placements")):
        for measure in page.labels(table, "measure"):
            whole = page.of(table, column, measure=measure, length="total")
            yield from within(page.of(table, "start_unknown", measure=measure, length="total"), whole)
    long = page.of("length_of_care", "children", measure="looked_after", length=begins("2 y", "3 y", "5 y", "10 y"))
    two_years = "three_or_more_placements_in_two_years"
    yield from equal(page.of("placement_stability", "denominator", measure=two_years), long)
    yield from _flows(page)
    yield from _places(page, here)
    yield from _rows_not_judged(page)


def _parts(page: Page, table: str, column: str, label: str, known: Cells, **where: str) -> Iterator[Fact]:
    """The rows add up to their total, which is known from elsewhere."""
    total = page.of(table, column, **where, **{label: "total"})
    yield from equal(total, page.of(table, column, **where, **{label: but("total")}), known)


def _wider(page: Page) -> Iterator[Fact]:
    """Single years of age make up a band, ethnicities a broad group."""
    for table in ("breakdowns", "started_breakdowns", "leaving_breakdowns"):
        for part, detail, groups in (("age_band", "year_of_age", BANDS), ("ethnic_group", "ethnicity", ETHNIC)):
            for group, labels in groups.items():
                wide = page.of(table, "children", breakdown=part, category=group)
                yield from equal(wide, page.of(table, "children", breakdown=detail, category=labels))


def _in_year(page: Page) -> Iterator[Fact]:
    table = "looked_after_in_year"
    every = page.of(table, "children", breakdown="sex", category="total")
    for part in page.labels(table, "breakdown"):
        yield from _parts(page, table, "children", "category", every, breakdown=part)
        for category in page.labels(table, "category", breakdown=part):
            in_year, here, started, left = (
                page.of(name, "children", breakdown=part, category=category)
                for name in (table, "breakdowns", "started_breakdowns", "leaving_breakdowns")
            )
            yield from within(here, in_year)
            yield from within(in_year, here + left)
            if part in ("sex", "ethnic_group"):
                yield from within(started, in_year)
                yield from within(left, in_year)


def _flows(page: Page) -> Iterator[Fact]:
    table = "starts_and_ceasings"
    for month in page.labels(table, "month"):
        for measure, every, once in (
            ("started", "starts", "children_started"),
            ("ceased", "ceasings", "children_ceased"),
        ):
            first = page.of(table, once, month=month)
            yield from within(first, page.of(table, every, month=month))
            yield from equal(first, page.of("scorecard", "numerator", month=month, measure=measure))


def _places(page: Page, here: Cells) -> Iterator[Fact]:
    table = "placements_by_code"
    for part in page.labels(table, "breakdown"):
        yield from _parts(page, table, "children", "category", here, breakdown=part)
    for group, codes in (
        ("Foster placements", begins("U")),
        ("Placed for adoption", begins("A")),
        ("Secure homes and children's homes", ("K1", "K2")),
        ("Temporary placements", begins("T")),
        ("Residential schools", "S1"),
    ):
        wide = page.of("breakdowns", "children", breakdown="placement_group", category=group)
        yield from equal(wide, page.of(table, "children", breakdown="placement", code=codes))
    for part, category, codes in (
        ("fostering", "long term", ("U1", "U4")),
        ("fostering", "fostering for adoption or concurrent planning", ("U2", "U5")),
        ("carer", "relative or friend", ("U1", "U2", "U3")),
        ("carer", "other foster carer", ("U4", "U5", "U6")),
    ):
        kind = page.of(table, "children", breakdown=part, category=category)
        yield from equal(kind, page.of(table, "children", breakdown="placement", code=codes))
    table, column = "placement_changes", "placements"
    began = page.of(table, column, breakdown="began", category="total")
    for part in page.labels(table, "breakdown"):
        yield from _parts(page, table, column, "category", () if part == "reason" else began, breakdown=part)
    moves = page.of(table, column, breakdown="began", category=begins("with"))
    yield from equal(page.of(table, column, breakdown="reason", category="total"), moves)
    table, coarse = "distance_from_home", "placement_distance"
    for location in page.labels(table, "location"):
        for distance in page.labels(coarse, "distance"):
            fine = begins("more than") if distance == "more than 20 miles" else distance
            wide = page.of(coarse, "children", distance=distance, location=location)
            yield from equal(wide, page.of(table, "children", distance=fine, location=location))


def _rows_not_judged(page: Page) -> Iterator[Fact]:
    on_the_day = page.of("breakdowns", "not_judged")[:1]
    for table in ("length_of_care", "length_of_placement", "placements_by_code", "distance_from_home"):
        yield from equal(on_the_day, *((cell,) for cell in page.of(table, "not_judged")))
