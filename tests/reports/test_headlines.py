"""What stands at the top of a report compares two years only where both rest on what is known."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from returns903.published.collect import Sheet, Tables
from returns903.reports.tables.headlines import HEADLINES, Headline, figure, is_doubted, sentences
from tests.reports.tables_example import pack

DOUBTED = [headline for headline in HEADLINES if headline.doubt is not None]


def with_doubt(tables: Tables, headline: Headline, few: int | None, *, of_last_year: bool) -> Tables:
    """The tables, where so many in a hundred are assumed or not known in one year and nobody in the other."""
    assert headline.doubt is not None
    column, row = headline.doubt

    def changed(sheet: Sheet, many: int | None) -> Sheet:
        rest = 100 if column == "denominator" or many is None else 100 - many
        frame = sheet.frame.with_columns(
            denominator=pl.when(headline.row).then(rest).otherwise("denominator").cast(pl.UInt32)
        )
        return replace(
            sheet, frame=frame.with_columns(pl.when(row).then(many).otherwise(column).cast(pl.UInt32).alias(column))
        )

    sheet = tables[headline.table]
    assert sheet.last_year is not None
    last = changed(sheet.last_year, few if of_last_year else 0)
    this = replace(changed(sheet, 0 if of_last_year else few), last_year=last)
    return replace(tables, sheets=tuple(this if each.of.name == headline.table else each for each in tables.sheets))


@pytest.mark.parametrize("headline", DOUBTED, ids=lambda headline: headline.title)
@pytest.mark.parametrize("of_last_year", [True, False])
@pytest.mark.parametrize(("few", "too_many"), [(0, False), (10, False), (11, True), (None, True)])
def test_more_than_a_tenth_that_is_not_known_is_compared_with_nothing(
    headline: Headline, of_last_year: bool, few: int | None, too_many: bool
) -> None:
    tables = with_doubt(pack("none"), headline, few, of_last_year=of_last_year)
    assert is_doubted(headline, tables) == too_many
    now, before = figure(headline, tables)
    assert now is not None
    assert (before is None) == too_many


def test_the_example_says_nothing_of_reviews_a_year_before() -> None:
    """Last year's due dates are assumed of most: without the return before that, nobody knows."""
    said = " ".join(sentences(pack()))
    assert "children were looked after on 31 March 2019, 74 fewer than a year before" in said
    assert "every review of the year on time" not in said
    assert "reviews that fell due" not in said
