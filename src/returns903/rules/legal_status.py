"""Legal status: its codes, how long each may last, and what must change or stay with it."""

from __future__ import annotations

import datetime as dt

import polars as pl

from returns903 import codes
from returns903.frames.terms import (
    all_of,
    any_of,
    any_row,
    blank,
    differs,
    given,
    of_child,
    of_row,
    one_of,
    other_than,
    years_after,
)
from returns903.rules.groups import RESPITE, YOUTH_JUSTICE
from returns903.rules.registry import rule
from returns903.tables import Episodes, Header, Reviews
from returns903.years import Year

LAST_FREEING_ORDER = dt.date(2005, 12, 31)
FIRST_PLACEMENT_ORDER = dt.date(2005, 12, 1)
PLACEMENT = ("PLACE", "PL_POST", "URN", "PLACE_PROVIDER")
"""The columns that tell one placement from another."""
STATUS_AND_PLACEMENT = [Episodes.RNE, Episodes.LS, *map(Episodes.col, PLACEMENT)]


@rule("144", flags=Episodes, fields=[Episodes.LS])
def unknown_legal_status(rules_year: Year) -> pl.Expr:
    """The legal status is not one of the permitted codes.

    When: LS is given and is none of its codes of the collection year. A blank passes.

    Why: it says by what right the authority looks after the child.

    Fix: replace it by the code that applies.
    """
    return ~one_of(Episodes.LS, codes.LS.valid(rules_year))


@rule("358", flags=[Episodes, Header], fields=[Episodes.DECOM, Episodes.LS, Header.DOB])
def youth_justice_before_tenth_birthday() -> pl.Expr:
    """The episode began under a youth justice status when the child was not yet 10.

    When: LS is J1, J2 or J3 and DECOM is before the tenth birthday. The birthday itself passes, and so does a blank or
    unreadable DECOM or DOB.

    Why: no child under 10 can be held responsible for a crime.

    Fix: correct LS or DECOM, or the date of birth.
    """
    return one_of(Episodes.LS, YOUTH_JUSTICE) & (Episodes.DECOM < years_after(Header.DOB, 10))


@rule("359", flags=Episodes, fields=[Episodes.DEC, Episodes.LS, Episodes.PLACE])
def adult_still_looked_after(year: Year) -> pl.Expr:
    """The episode is still open although the young person turned 18 before the year closed.

    When: the eighteenth birthday is before 31 March that closes the collection year, DEC is blank, and it is not so
    that LS is V2 and PLACE is K2; a blank LS or PLACE flags. A blank or unreadable DOB and an unreadable DEC pass.

    Why: care ends at 18, except for a young person accommodated by agreement in a children's home.

    Fix: give the day and the reason care ended, or correct the date of birth, LS or PLACE.
    """
    of_age = years_after(Header.DOB, 18) < year.end
    excepted = one_of(Episodes.LS, "V2") & one_of(Episodes.PLACE, "K2")
    return of_age & blank(Episodes.DEC) & ~excepted.fill_null(value=False)


def end_by_close(year: Year) -> pl.Expr:
    """DEC, or the last day of the year where it is blank; null where it is unreadable."""
    return pl.when(blank(Episodes.DEC)).then(pl.lit(year.end)).otherwise(Episodes.DEC)


def end_or_close(year: Year) -> pl.Expr:
    """DEC, or the last day of the year where it is blank or unreadable."""
    return Episodes.DEC.fill_null(pl.lit(year.end))


def days_on_end(status: str, end: pl.Expr) -> pl.Expr:
    """How many days the run of episodes under a legal status lasts that the episode belongs to.

    A run is made of the child's neighbouring episodes of that status, each beginning on the day the one before ended;
    it lasts from its first DECOM to its latest end. For an episode of another status the number means nothing.
    """
    same = (Episodes.number == Episodes.number.shift(1)) & (Episodes.LS == status) & (Episodes.LS.shift(1) == status)
    begins = ~all_of(same, Episodes.DECOM == end.shift(1))
    run = pl.when(Episodes.LS == status).then(begins.cum_sum())
    return of_row(Episodes, (end.max() - Episodes.DECOM.min()).over(run).dt.total_days())


def at_most_days(code: str, limit: int, *, status: str, held: str, unreadable_end_counts: bool) -> None:
    """The rule that a legal status lasts no longer than the law allows."""
    words = {
        "status": status,
        "limit": str(limit),
        "held": held,
        "unreadable_end": "so does an unreadable one" if unreadable_end_counts else "an unreadable one is left out",
    }
    end_of = end_or_close if unreadable_end_counts else end_by_close

    @rule(code, flags=Episodes, fields=[Episodes.LS, Episodes.DECOM, Episodes.DEC], words=words)
    def too_long_under_status(year: Year) -> pl.Expr:
        """The child was {held} for more than {limit} days on end.

        When: LS is {status}, and there are more than {limit} days from the first DECOM to the latest DEC of the
        episodes that belong together; all of them are flagged. The child's neighbouring episodes with LS {status}
        belong together where the later one begins on the day the earlier one ended. A blank DEC stands for 31 March
        that closes the collection year, and {unreadable_end}. An episode without a readable DECOM passes.

        Why: the law allows no child to be {held} for longer.

        Fix: correct the dates, or the legal status of the episode in which it had changed.
        """
        return one_of(Episodes.LS, status) & (days_on_end(status, end_of(year)) > limit)


at_most_days("361", 3, status="L1", held="under police protection", unreadable_end_counts=True)
at_most_days("362", 21, status="L2", held="under an emergency protection order", unreadable_end_counts=True)
at_most_days("363", 7, status="L3", held="under a child assessment order", unreadable_end_counts=False)
at_most_days("364", 21, status="J2", held="detained in the authority's accommodation", unreadable_end_counts=False)


@rule("365", flags=Episodes, fields=[Episodes.LS, Episodes.DECOM, Episodes.DEC])
def short_break_too_long(year: Year) -> pl.Expr:
    """The short break lasted more than 17 days.

    When: LS is V3 and DEC is more than 17 days after DECOM; 31 March that closes the collection year stands for a blank
    DEC. An unreadable DEC and a blank or unreadable DECOM pass.

    Why: a longer stay is no short break but accommodation in its own right.

    Fix: correct the dates, or LS if the stay was not one of a series of short breaks.
    """
    return one_of(Episodes.LS, "V3") & (end_by_close(year) > Episodes.DECOM.dt.offset_by("17d"))


@rule("366", flags=Episodes, fields=[Episodes.RNE])
def short_break_is_no_start() -> pl.Expr:
    """The episode is a short break, but not the start of being looked after.

    When: LS is V3 and RNE is not S; a blank RNE flags.

    Why: each short break is a period of care of its own.

    Fix: set RNE to S, or correct LS.
    """
    return one_of(Episodes.LS, "V3") & other_than(Episodes.RNE, "S")


@rule("367", flags=Episodes, fields=[Episodes.LS, Episodes.DECOM, Episodes.DEC])
def too_many_days_of_short_breaks(year: Year) -> pl.Expr:
    """The child's short breaks in the year come to more than 75 days.

    When: LS is V3, and the days from DECOM to DEC of the child's episodes with LS V3 add up to more than 75, counting
    the part of each that lies in the collection year; a blank DEC stands for its last day. Episodes without a day in
    the year or without readable dates neither count nor flag.

    Why: more than 75 days in twelve months are more than short breaks.

    Fix: correct the dates, or LS of stays that were not short breaks.
    """
    end = end_by_close(year).clip(upper_bound=pl.lit(year.end))
    days = (end - Episodes.DECOM.clip(lower_bound=pl.lit(year.start))).dt.total_days()
    counted = one_of(Episodes.LS, "V3") & (days > 0)
    return counted & (of_child(Episodes, days.filter(counted).sum()) > 75)


@rule(
    "399",
    flags=[Episodes, Header, Reviews],
    fields=[Episodes.LS, Header.MOTHER, Reviews.REVIEW, Reviews.REVIEW_CODE],
)
def respite_child_with_review_or_motherhood() -> pl.Expr:
    """The child only had short breaks, but a review, the part the child took in it or MOTHER is recorded.

    When: every episode of the child has LS V3 or V4 (a blank is neither), and MOTHER in Header, or REVIEW or
    REVIEW_CODE in Reviews, is given; an unreadable REVIEW counts as given. The child's rows in the three tables are
    flagged together: each episode, and the Header and Reviews rows beside which one of these stands.

    Why: these are not collected for children who only had short breaks.

    Fix: clear MOTHER and take out the reviews, or correct LS if some episode was not a short break.
    """
    only_respite = of_child(Episodes, one_of(Episodes.LS, RESPITE).fill_null(value=False).all())
    return only_respite & (given(Header.MOTHER) | given(Reviews.REVIEW) | given(Reviews.REVIEW_CODE))


@rule("408", flags=Episodes, fields=[Episodes.PLACE, Episodes.LS])
def adoptive_placement_without_placement_order() -> pl.Expr:
    """The child is placed for adoption under a placement order, but the legal status is not that of one.

    When: PLACE is A5 or A6 and LS is not E1; a blank LS flags.

    Why: these placements rest on a placement order.

    Fix: set LS to E1, or PLACE to A3 or A4 if the parents consented.
    """
    return one_of(Episodes.PLACE, "A5", "A6") & other_than(Episodes.LS, "E1")


@rule("426", flags=Episodes, fields=[Episodes.LS])
def both_kinds_of_respite() -> pl.Expr:
    """The child has short breaks recorded both one by one and as an agreement.

    When: LS is V3 or V4, and the child has an episode with each of the two in the return, whatever their dates.

    Why: a series of short breaks is recorded in one of the two ways throughout the year.

    Fix: choose V3 or V4 for all the child's short breaks.
    """
    both = any_row(Episodes, Episodes.LS == "V3") & any_row(Episodes, Episodes.LS == "V4")
    return one_of(Episodes.LS, RESPITE) & both


def follows(*reasons: str) -> pl.Expr:
    """The child has a previous episode, and this one began by one of the reasons."""
    return one_of(Episodes.RNE, reasons) & Episodes.previous.row.is_not_null()


def moved() -> pl.Expr:
    """Something that tells one placement from another differs from the child's previous episode."""
    return any_of(*[differs(Episodes.col(name), Episodes.previous.col(name)) for name in PLACEMENT])


@rule("434", flags=Episodes, fields=STATUS_AND_PLACEMENT)
def not_just_the_status_changed() -> pl.Expr:
    """The episode began by a change of legal status alone, but the status is the same or the placement is not.

    When: RNE is L, and against the child's previous episode LS is given and the same, or PLACE, PL_POST, URN or
    PLACE_PROVIDER differs. A blank differs from what is given; of the placement two blanks are the same. A child's
    first episode passes.

    Why: the reason for the new episode says what changed and what did not.

    Fix: correct RNE, or the legal status or placement of one of the two episodes.
    """
    return follows("L") & any_of(Episodes.LS == Episodes.previous.LS, moved())


@rule("435", flags=Episodes, fields=STATUS_AND_PLACEMENT)
def not_just_the_placement_changed() -> pl.Expr:
    """The episode began by a change of placement alone, but the placement is the same or the legal status is not.

    When: RNE is P or T, and against the child's previous episode LS differs, or PLACE, PL_POST, URN and PLACE_PROVIDER
    are all the same. A blank differs from what is given; two blanks are the same. A child's first episode passes.

    Why: the reason for the new episode says what changed and what did not.

    Fix: correct RNE, or the legal status or placement of one of the two episodes.
    """
    return follows("P", "T") & (differs(Episodes.LS, Episodes.previous.LS) | ~moved())


@rule("436", flags=Episodes, fields=STATUS_AND_PLACEMENT)
def status_or_placement_unchanged() -> pl.Expr:
    """The episode began by a change of both legal status and placement, but one of them is the same as before.

    When: RNE is U or B, and against the child's previous episode LS is the same, or PLACE, PL_POST, URN and
    PLACE_PROVIDER are all the same. A blank differs from what is given; two blanks are the same. A child's first
    episode passes.

    Why: the reason for the new episode says what changed and what did not.

    Fix: correct RNE, or the legal status or placement of one of the two episodes.
    """
    return follows("U", "B") & ~(differs(Episodes.LS, Episodes.previous.LS) & moved())


@rule("445", flags=Episodes, fields=[Episodes.LS, Episodes.DECOM], until="2023-24")
def freeing_order_after_2005() -> pl.Expr:
    """The episode began under a freeing order after these had been abolished.

    When: LS is D1 and DECOM is after 31 December 2005. A blank or unreadable DECOM passes.

    Why: placement orders took the place of freeing orders in December 2005.

    Fix: set LS to E1 if there is a placement order, else to the status that applies, or correct DECOM.
    """
    return one_of(Episodes.LS, "D1") & (Episodes.DECOM > LAST_FREEING_ORDER)


@rule("446", flags=Episodes, fields=[Episodes.LS, Episodes.DECOM])
def placement_order_before_december_2005() -> pl.Expr:
    """The episode began under a placement order before there were any.

    When: LS is E1 and DECOM is before 1 December 2005. A blank or unreadable DECOM passes.

    Why: placement orders can be made since December 2005.

    Fix: correct LS or DECOM.
    """
    return one_of(Episodes.LS, "E1") & (Episodes.DECOM < FIRST_PLACEMENT_ORDER)


@rule("451", flags=Episodes, fields=[Episodes.DEC, Episodes.REC, Episodes.LS], until="2023-24")
def open_under_freeing_order() -> pl.Expr:
    """The child is still looked after under a freeing order.

    When: LS is D1 and both DEC and REC are blank.

    Why: freeing orders were abolished in December 2005, and no child in care is under one any more.

    Fix: set LS to the status that applies, or give the day and the reason the episode ceased.
    """
    return one_of(Episodes.LS, "D1") & blank(Episodes.DEC) & blank(Episodes.REC)
