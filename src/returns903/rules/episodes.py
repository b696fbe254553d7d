"""How a child's episodes begin, follow each other and end: their codes, and the ages at which care can end so."""

from __future__ import annotations

import polars as pl

from returns903 import codes
from returns903.frames.terms import (
    before_by,
    blank,
    differs,
    earliest,
    given,
    no_date,
    of_child,
    one_of,
    other_than,
    years_after,
)
from returns903.rules.groups import ADOPTED, SPECIAL_GUARDIANSHIP, TEMPORARY
from returns903.rules.registry import column_name, rule
from returns903.tables import Episodes, Header
from returns903.years import Year

PLACEMENT_CHANGED = ("P", "T", "B", "U")
"""Reasons for new episode by which the placement changed."""
CONTINUES = ("L", *PLACEMENT_CHANGED)
"""Reasons for new episode by which care went on."""


def must_be_code(code: str, item: pl.Expr, *, what: str, why: str) -> None:
    """The rule that an item of the episode is one of its codes."""
    valid = codes.code_list(column_name(item))
    words = {"name": valid.name, "what": what, "why": why}

    @rule(code, flags=Episodes, fields=[item], words=words)
    def unknown_code(rules_year: Year) -> pl.Expr:
        """The {what} is not one of the permitted codes.

        When: {name} is given and is none of its codes of the collection year. A blank passes.

        Why: {why}.

        Fix: replace it by the code that applies.
        """
        return ~one_of(item, valid.valid(rules_year))


must_be_code(
    "143",
    Episodes.RNE,
    what="reason for the new episode",
    why="it tells a start of care from a change during care",
)
must_be_code(
    "145",
    Episodes.CIN,
    what="category of need",
    why="the reasons why children need care are counted by it",
)
must_be_code(
    "149",
    Episodes.REC,
    what="reason the episode ceased",
    why="it tells leaving care from a change during care",
)
must_be_code(
    "1009",
    Episodes.REASON_PLACE_CHANGE,
    what="reason for the placement change",
    why="moves are counted by their reason",
)


@rule("199", flags=Episodes, fields=[Episodes.CHILD, Episodes.DECOM], optional=[Episodes.last_year])
def episode_after_adoption() -> pl.Expr:
    """The episode follows one that ended in the child's adoption.

    When: in the child's episodes of this year and, where there is a previous return, of last year, in order of DECOM,
    an episode with REC E11 or E12 stands before this one. On one day, this year's episodes come first and then those
    higher up in the file, so an adoption that is in both returns does not count against itself. Episodes without a
    readable DECOM are left out.

    Why: adoption ends care for good; a child who comes back does so under a new identifier.

    Fix: correct REC of the earlier episode, or give the child as returned to care another CHILD.
    """
    last = Episodes.last_year
    adopted = one_of(Episodes.REC, ADOPTED) & Episodes.DECOM.is_not_null()
    day = of_child(Episodes, Episodes.DECOM.filter(adopted).first())
    row = of_child(Episodes, Episodes.row.filter(adopted).first())
    day_last_year = of_child(last, last.DECOM.filter(one_of(last.REC, ADOPTED)).min())
    same_day = (Episodes.DECOM == day) & (Episodes.row > row)
    return (Episodes.DECOM > day) | same_day | (Episodes.DECOM > day_last_year)


@rule("225", flags=Episodes, fields=[Episodes.REASON_PLACE_CHANGE])
def no_reason_for_placement_change() -> pl.Expr:
    """The placement changed at the end of the episode, and no reason for the change is given.

    When: REC is X1, REASON_PLACE_CHANGE is blank, PLACE is not T0 to T4, and the child's next episode has RNE P, T, B
    or U and a PLACE other than T0 to T4. A blank PLACE is not a temporary one.

    Why: the reason stands on the episode that ends by the move, and shows why placements break down.

    Fix: give REASON_PLACE_CHANGE, or correct RNE of the next episode if the placement did not change.
    """
    left = one_of(Episodes.REC, "X1") & other_than(Episodes.PLACE, TEMPORARY)
    moved = one_of(Episodes.next.RNE, PLACEMENT_CHANGED) & other_than(Episodes.next.PLACE, TEMPORARY)
    return left & moved & blank(Episodes.REASON_PLACE_CHANGE)


def temporary_and_explained() -> pl.Expr:
    """The placement is temporary, and this episode or the one before gives a reason for placement change."""
    explained = given(Episodes.REASON_PLACE_CHANGE) | given(Episodes.previous.REASON_PLACE_CHANGE)
    return one_of(Episodes.PLACE, TEMPORARY) & explained


@rule("226", flags=Episodes, fields=[Episodes.REASON_PLACE_CHANGE, Episodes.PLACE], until="2024-25")
def reason_around_temporary_placement() -> pl.Expr:
    """The placement is temporary, yet a reason for placement change is given on this episode or the one before.

    When: PLACE is T0 to T4, and REASON_PLACE_CHANGE is given on this episode or on the child's previous one. Only the
    temporary placement is flagged.

    Why: a temporary placement interrupts a lasting one, to which the child returns.

    Fix: clear REASON_PLACE_CHANGE on the episode that gives it, or correct PLACE.
    """
    return temporary_and_explained()


@rule("226", flags=Episodes, fields=[Episodes.REASON_PLACE_CHANGE, Episodes.PLACE], since="2025-26")
def reason_for_going_to_or_from_temporary_placement() -> pl.Expr:
    """A reason for placement change is given for a move into this temporary placement or out of it.

    When: PLACE is T0 to T4, and REASON_PLACE_CHANGE is given on this episode or on the child's previous one. Only the
    temporary placement is flagged.

    Why: going to a temporary placement and coming back is no change of placement.

    Fix: clear REASON_PLACE_CHANGE on the episode that gives it, or correct PLACE.

    Changed: the message speaks of the moves into and out of the placement; the condition is the same as before.
    """
    return temporary_and_explained()


@rule("233", flags=Episodes, fields=[Episodes.DEC, Episodes.REASON_PLACE_CHANGE], since="2025-26")
def reason_for_change_on_open_episode() -> pl.Expr:
    """An episode that is still open gives a reason for placement change.

    When: DEC is blank and REASON_PLACE_CHANGE is given. An unreadable DEC passes.

    Why: the reason belongs to the episode that ended by the move.

    Fix: clear the reason, or add the day the episode ceased.
    """
    return blank(Episodes.DEC) & given(Episodes.REASON_PLACE_CHANGE)


@rule("234", flags=[Episodes, Header], fields=[Episodes.DECOM, Header.DOB], since="2025-26")
def custody_before_tenth_birthday() -> pl.Expr:
    """The child moved here because of custody, but was under 10, the age of criminal responsibility.

    When: DECOM is before the tenth birthday, and the child's previous episode has REASON_PLACE_CHANGE CUSTOD. The
    birthday itself passes, and so does a DECOM or DOB that is blank or unreadable.

    Why: the reason stands on the episode that ends by the move, and no child under 10 can be taken into custody.

    Fix: correct REASON_PLACE_CHANGE of the episode before, or the date of birth.
    """
    return one_of(Episodes.previous.REASON_PLACE_CHANGE, "CUSTOD") & (Episodes.DECOM < years_after(Header.DOB, 10))


@rule("357", flags=Episodes, fields=[Episodes.DECOM, Episodes.RNE])
def first_episode_is_no_start(year: Year) -> pl.Expr:
    """The child's first episode began in the year, but not as the start of being looked after.

    When: the child's earliest episode has DECOM on 1 April that opens the collection year or later, and RNE is not S; a
    blank RNE flags. Episodes without a readable DECOM are never the earliest.

    Why: a child who has no episode from before the year came into care in it.

    Fix: set RNE to S, or add the episode that was open when the year began.
    """
    return earliest(Episodes) & (Episodes.DECOM >= year.start) & other_than(Episodes.RNE, "S")


@rule("431", flags=Episodes, fields=[Episodes.RNE, Episodes.DECOM])
def start_before_previous_end() -> pl.Expr:
    """The episode is a new start of being looked after, but the one before had not ended by the previous day.

    When: RNE is S and DECOM is on or before DEC of the child's previous episode. Blank and unreadable dates pass.

    Why: care starts anew only after it has stopped; an episode that follows on the same day continues it.

    Fix: correct RNE if care went on, or the dates of the two episodes.
    """
    return one_of(Episodes.RNE, "S") & (Episodes.DECOM <= Episodes.previous.DEC)


@rule("432", flags=Episodes, fields=[Episodes.RNE])
def no_start_after_leaving_care(rules_year: Year) -> pl.Expr:
    """The episode before ended the child's time in care, but this one is not a new start.

    When: RNE is not S (a blank flags), and REC of the child's previous episode is a permitted code other than X1. An
    episode without a readable DECOM stands last.

    Why: every code but X1 says that the child left care, so whatever follows starts it anew.

    Fix: set RNE to S, or correct REC of the episode before to X1.
    """
    leaving = [rec for rec in codes.REC.valid(rules_year) if rec != "X1"]
    return other_than(Episodes.RNE, "S") & one_of(Episodes.previous.REC, leaving)


def before_by_dates(value: pl.Expr) -> pl.Expr:
    """What stands on the child's episode before; of those that start on one day the one that ends first comes first."""
    return before_by(value, Episodes.DECOM, Episodes.DEC)


@rule("433", flags=Episodes, fields=[Episodes.RNE, Episodes.DECOM])
def gap_before_continuing_episode() -> pl.Expr:
    """The episode continues the child's care, but does not begin on the day the one before ended.

    When: RNE is P, L, T, U or B, and DECOM is not the same as DEC of the child's previous episode, or either is blank.
    Of episodes that begin on one day the one that ends first comes first. An unreadable date is the same only as one
    written alike. A child's first episode passes.

    Why: a change of placement or legal status leaves no day out.

    Fix: correct DECOM or the DEC before it, or set RNE to S if the child had left care in between.
    """
    another_day = differs(before_by_dates(Episodes.DEC), Episodes.DECOM)
    other_words = differs(before_by_dates(no_date(Episodes.DEC)), no_date(Episodes.DECOM))
    broken = another_day | other_words | blank(Episodes.DECOM)
    return one_of(Episodes.RNE, CONTINUES) & before_by_dates(Episodes.row).is_not_null() & broken


@rule("504", flags=Episodes, fields=[Episodes.CIN])
def need_changed_during_care() -> pl.Expr:
    """The category of need is not the one of the episode that this one continues.

    When: the child's previous episode has REC X1 and a DEC equal to this DECOM, and the two CIN are not the same; two
    blanks are the same.

    Why: the category is the reason the child came into care and stays what it was then.

    Fix: give all episodes of a period of care the category that applied when it began.
    """
    continued = one_of(Episodes.previous.REC, "X1") & (Episodes.previous.DEC == Episodes.DECOM)
    return continued & differs(Episodes.CIN, Episodes.previous.CIN)


@rule("142", flags=Episodes, fields=[Episodes.DEC, Episodes.REC])
def open_before_next_episode() -> pl.Expr:
    """The episode is not the child's last, but lacks the day it ceased or the reason.

    When: another episode of the child with a readable DECOM comes after it, and DEC is blank or unreadable or REC is
    blank. An episode without a readable DECOM passes and is nobody's last.

    Why: a child has one episode at a time; the next begins when this one has ended.

    Fix: give DEC and REC, or take out the later episode if it does not belong to the child.
    """
    return Episodes.next.DECOM.is_not_null() & (Episodes.DEC.is_null() | blank(Episodes.REC))


@rule("148", flags=Episodes, fields=[Episodes.DEC, Episodes.REC])
def end_without_reason_or_reason_without_end() -> pl.Expr:
    """Of the day the episode ceased and the reason, one is given without the other.

    When: exactly one of DEC and REC is given; an unreadable DEC counts as given.

    Why: an open episode has neither, an ended one has both.

    Fix: add the one that is missing, or clear the other if the episode is still open.
    """
    return given(Episodes.DEC) ^ given(Episodes.REC)


@rule("388", flags=Episodes, fields=[Episodes.DEC, Episodes.REC])
def wrong_use_of_x1() -> pl.Expr:
    """The reason the episode ceased does not fit what follows: X1 means a new episode on the same day, and only that.

    When: DEC is readable and either REC is X1 and the child has no next episode or one that does not begin on that day
    (a next episode without a readable DECOM does not), or REC is another code and the next episode begins on that
    day. An episode without a readable DECOM stands last. A blank REC passes.

    Why: X1 is how a change during care is told from the end of it.

    Fix: use X1 if the child stayed in care and correct the dates so that the two episodes meet, otherwise the reason
    for leaving care.
    """
    change = one_of(Episodes.REC, "X1") & differs(Episodes.next.DECOM, Episodes.DEC)
    end = ~one_of(Episodes.REC, "X1") & (Episodes.next.DECOM == Episodes.DEC)
    return Episodes.CHILD.is_not_null() & Episodes.DEC.is_not_null() & (change | end)


@rule("437", flags=Episodes, fields=[Episodes.REC])
def episode_after_death_or_adulthood() -> pl.Expr:
    """The child died or was found to be 18 or over at the end of this episode, but another follows.

    When: REC is E2 or E15, DECOM is readable and the child has a next episode this year. One without a readable DECOM
    stands last and counts.

    Why: neither leaves anything for a later episode to record.

    Fix: correct REC, or take out the later episode if it does not belong to the child.
    """
    return Episodes.DECOM.is_not_null() & one_of(Episodes.REC, "E2", "E15") & Episodes.next.row.is_not_null()


def end_from_birthday(reasons: tuple[str, ...], age: int) -> pl.Expr:
    """The episode ended by one of the reasons on the birthday or later."""
    return one_of(Episodes.REC, reasons) & (Episodes.DEC >= years_after(Header.DOB, age))


@rule("386", flags=Episodes, fields=[Episodes.DEC, Episodes.REC])
def adopted_as_adult() -> pl.Expr:
    """The episode ended by adoption when the young person was 18 or over.

    When: REC is E11 or E12 and DEC is on the eighteenth birthday or later. A blank or unreadable DEC or DOB passes.

    Why: the return counts adoptions of children.

    Fix: correct DEC or REC, or the date of birth in Header.
    """
    return end_from_birthday(ADOPTED, 18)


@rule("407", flags=[Episodes, Header], fields=[Episodes.DEC, Episodes.REC, Header.DOB])
def special_guardianship_of_adult() -> pl.Expr:
    """The episode ended by a special guardianship order when the young person was 18 or over.

    When: REC is E45, E46, E47 or E48 and DEC is on the eighteenth birthday or later. A blank or unreadable DEC or DOB
    passes.

    Why: a special guardianship order can be made for a child only.

    Fix: correct DEC or REC, or the date of birth.
    """
    return end_from_birthday(SPECIAL_GUARDIANSHIP, 18)


def reason_only_from_age(code: str, reasons: tuple[str, ...], *, age: int, birthday: str, what: str, why: str) -> None:
    """The rule that care ends by some reasons from a birthday on only."""
    words = {"reasons": " or ".join(reasons), "age": str(age), "birthday": birthday, "what": what, "why": why}

    @rule(code, flags=Episodes, fields=[Episodes.DEC, Episodes.REC], words=words)
    def too_young_for_reason() -> pl.Expr:
        """The young person left care {what}, but was not yet {age}.

        When: REC is {reasons} and DEC is before the {birthday} birthday. The birthday itself passes, and so does a
        blank or unreadable DEC or DOB.

        Why: {why}.

        Fix: correct REC or DEC, or the date of birth in Header.
        """
        return one_of(Episodes.REC, reasons) & (Episodes.DEC < years_after(Header.DOB, age))


reason_only_from_age(
    "387",
    ("E5", "E6"),
    age=14,
    birthday="fourteenth",
    what="to live independently",
    why="nobody so young can be left to",
)
reason_only_from_age(
    "389",
    ("E7",),
    age=16,
    birthday="sixteenth",
    what="for residential care paid for by adult services",
    why="these take over from 16",
)
reason_only_from_age(
    "460",
    ("E17",),
    age=18,
    birthday="eighteenth",
    what="to stay on with the carers as an adult",
    why="care goes on until then",
)
