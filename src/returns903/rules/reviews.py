"""Reviews: their dates, and how the child took part."""

from __future__ import annotations

import polars as pl

from returns903 import codes
from returns903.frames.terms import blank, given, one_of, other_than, years_after
from returns903.rules.registry import rule
from returns903.tables import Reviews
from returns903.years import Year

TOO_YOUNG = "PN0"
"""The child was under four and so was not asked."""
FULL_AGE = 4


@rule("166", flags=Reviews, fields=[Reviews.REVIEW])
def review_without_date() -> pl.Expr:
    """The day of the review is missing or is not a date.

    When: REVIEW is blank, cannot be read as dd/mm/yyyy, or is no day of the calendar.

    Why: whether reviews were held in time is worked out from their days.

    Fix: enter the day as dd/mm/yyyy, for example 05/04/2024, or take the row out if no review was held.
    """
    return Reviews.REVIEW.is_null()


@rule("167", flags=Reviews, fields=[Reviews.REVIEW, Reviews.REVIEW_CODE])
def review_and_participation_do_not_match(rules_year: Year) -> pl.Expr:
    """The review does not say with a permitted code how the child took part, or there is such a code but no review.

    When: REVIEW is given and REVIEW_CODE is blank or not one of PN0 to PN7, or REVIEW is blank and REVIEW_CODE is
    given. An unreadable REVIEW counts as given; where both are blank the row passes.

    Why: a review and the child's part in it are recorded together.

    Fix: add the code that applies or the day of the review, or clear the code if there was no review.
    """
    review_alone = given(Reviews.REVIEW) & other_than(Reviews.REVIEW_CODE, codes.REVIEW_CODE.valid(rules_year))
    return review_alone | (blank(Reviews.REVIEW) & given(Reviews.REVIEW_CODE))


@rule("440", flags=Reviews, fields=[Reviews.DOB, Reviews.REVIEW, Reviews.REVIEW_CODE])
def too_old_not_to_take_part() -> pl.Expr:
    """The child is said to have been under 4 at the review, but had turned 4.

    When: REVIEW_CODE is PN0 and REVIEW is on the fourth birthday or later, by DOB in Reviews. A blank or unreadable
    date passes.

    Why: from the fourth birthday on the return asks how the child took part.

    Fix: give the code from PN1 to PN7 that applies, or correct the dates.
    """
    return one_of(Reviews.REVIEW_CODE, TOO_YOUNG) & (Reviews.REVIEW >= years_after(Reviews.DOB, FULL_AGE))


@rule("441", flags=Reviews, fields=[Reviews.DOB, Reviews.REVIEW, Reviews.REVIEW_CODE])
def too_young_to_take_part(rules_year: Year) -> pl.Expr:
    """The review says how the child took part, but the child was not yet 4.

    When: REVIEW_CODE is PN1 to PN7 and REVIEW is before the fourth birthday, by DOB in Reviews. The birthday itself
    passes, and so does a blank or unreadable date.

    Why: taking part is asked of children from the fourth birthday on.

    Fix: use PN0, or correct the dates.
    """
    took_part = [code for code in codes.REVIEW_CODE.valid(rules_year) if code != TOO_YOUNG]
    return one_of(Reviews.REVIEW_CODE, took_part) & (Reviews.REVIEW < years_after(Reviews.DOB, FULL_AGE))
