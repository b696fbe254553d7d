"""Rules of one authority: what its own practice asks for beyond the published rules."""

import polars as pl

from returns903 import Year, rule
from returns903.tables import Episodes, Header, Reviews
from returns903.terms import any_row, blank, given, one_of, years_after

FOSTER = ("U1", "U2", "U3", "U4", "U5", "U6")


@rule("ANY-1", flags=Episodes, fields=[Episodes.URN, Episodes.PLACE], severity="query", since="2023-24")
def foster_placement_without_urn() -> pl.Expr:
    """An open foster placement has no Ofsted number.

    When: PLACE is one of U1 to U6, DEC is blank and URN is blank.

    Why: our commissioning report counts placements by provider, and one without URN is missing from it.

    Fix: ask the fostering team for the agency's number; for carers of our own enter our URN.
    """
    return one_of(Episodes.PLACE, FOSTER) & blank(Episodes.DEC) & blank(Episodes.URN)


@rule("ANY-2", flags=Header, fields=[Header.DOB], severity="query")
def no_review_of_young_child(year: Year) -> pl.Expr:
    """A child under five has no review in the year.

    When: the child turns five after the last day of the year, has an episode that is open, and has no row in Reviews
    with a readable REVIEW.

    Why: the service has promised to see every young child at least once.

    Fix: enter the review, or ask the reviewing officer.
    """
    is_young = years_after(Header.DOB, 5) > year.end
    is_open = any_row(Episodes, blank(Episodes.DEC) & given(Episodes.DECOM))
    return is_young & is_open & ~any_row(Reviews, Reviews.REVIEW.is_not_null())
