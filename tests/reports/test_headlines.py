"""What stands at the top of a report compares two years only where both rest on what is known."""

from __future__ import annotations

from returns903.reports.tables.headlines import HEADLINES, figure, is_doubted, said, sentences
from tests.reports.tables_example import pack


def test_what_is_not_known_of_a_tenth_is_compared_with_nothing() -> None:
    """Last year's due dates are assumed of most, and its placements of long: nobody has the return before it."""
    doubted = [headline for headline in HEADLINES if is_doubted(headline, pack())]
    assert [headline.title for headline in doubted] == [
        "children with every review on time",
        "reviews on time",
        "two years in one placement",
    ]
    assert [said(figure(headline, pack())[0], headline) for headline in doubted] == ["84.9%", "93.1%", "49 to 77%"]
    assert {figure(headline, pack())[1] for headline in doubted} == {None}


def test_the_example_says_nothing_of_reviews_a_year_before() -> None:
    told = " ".join(sentences(pack()))
    assert "children were looked after on 31 March 2019, 74 fewer than a year before" in told
    assert "every review of the year on time" not in told
    assert "reviews that fell due" not in told
    assert "in one placement" not in told
