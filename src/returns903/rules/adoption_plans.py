"""Decisions that a child should be placed for adoption beside the child's episodes of care."""

from __future__ import annotations

import polars as pl

from returns903.frames.terms import (
    any_of,
    any_row,
    blank,
    count_rows,
    earliest,
    given,
    latest,
    one_of,
    other_than,
)
from returns903.rules.groups import ADOPTED, FOR_ADOPTION, RESPITE
from returns903.rules.registry import rule
from returns903.tables import Episodes, PlacedAdoption, Table
from returns903.years import Year


def placed_for_adoption() -> pl.Expr:
    """The episode is one with prospective adopters."""
    return one_of(Episodes.PLACE, FOR_ADOPTION)


@rule(
    "117",
    flags=[Episodes, PlacedAdoption],
    fields=[
        PlacedAdoption.DATE_PLACED,
        PlacedAdoption.DATE_PLACED_CEASED,
        Episodes.DECOM,
        Episodes.DEC,
        Episodes.REC,
    ],
)
def decision_after_care(year: Year) -> pl.Expr:
    """The decision to place the child for adoption, or its reversal, is dated after the year or after the end of care.

    When: DATE_PLACED or DATE_PLACED_CEASED is later than 31 March that closes the collection year; or the child's
    latest episode by DECOM has ended for good, REC being given and not X1, and one of the two dates is later than its
    DEC. The same day passes, and so does a date that is blank or unreadable. A child without an episode with a readable
    DECOM is not checked.

    Why: the authority decides about children in its care, and the return ends with its year.

    Fix: correct the date of the decision or of its reversal, or DEC and REC of the child's latest episode.
    """
    left = given(Episodes.REC) & other_than(Episodes.REC, "X1")
    made, ended = PlacedAdoption.DATE_PLACED, PlacedAdoption.DATE_PLACED_CEASED
    after_care = left & any_of(made > Episodes.DEC, ended > Episodes.DEC)
    return latest(Episodes) & any_of(made > year.end, ended > year.end, after_care)


@rule("118", flags=[Episodes, PlacedAdoption], fields=[PlacedAdoption.DATE_PLACED_CEASED, Episodes.DECOM, Episodes.LS])
def reversed_before_care(year: Year) -> pl.Expr:
    """The decision to place the child for adoption was reversed before the year began or before care did.

    When: DATE_PLACED_CEASED is before 1 April that opens the collection year, or before DECOM of the child's earliest
    episode whose LS is not V3 or V4. A blank or unreadable date passes, and so does a child without such an episode.

    Why: what was reversed before the year belongs in an earlier return, and short-term breaks lead to no adoption.

    Fix: correct DATE_PLACED_CEASED, or DECOM and LS of the child's first episode.
    """
    day = PlacedAdoption.DATE_PLACED_CEASED
    in_care = earliest(Episodes, where=other_than(Episodes.LS, RESPITE))
    return in_care & any_of(day < Episodes.DECOM, day < year.start)


@rule("551", flags=Episodes, fields=[PlacedAdoption.DATE_PLACED, Episodes.PLACE])
def placed_without_decision() -> pl.Expr:
    """The child lives with prospective adopters, and a day on which that was decided is missing.

    When: PLACE is A3, A4, A5 or A6, and the child has no row in PlacedAdoption, or one with DATE_PLACED blank. An
    unreadable date counts as given.

    Why: a child is placed for adoption only after the decision that it should be.

    Fix: enter the day of the decision in PlacedAdoption, or correct PLACE.
    """
    return placed_for_adoption() & blank(PlacedAdoption.DATE_PLACED)


@rule("552", flags=[Episodes, PlacedAdoption], fields=[PlacedAdoption.DATE_PLACED, Episodes.DECOM])
def placed_before_decision() -> pl.Expr:
    """The child was placed with prospective adopters before it was decided that it should be placed for adoption.

    When: DECOM of the child's earliest episode with PLACE A3, A4, A5 or A6 is before the latest DATE_PLACED of the
    child. The same day passes, and so does a child that lacks a readable date on either side.

    Why: the decision comes first, and allows the placement.

    Fix: correct DATE_PLACED, or PLACE and DECOM of the episode.
    """
    first = earliest(Episodes, where=placed_for_adoption())
    return first & latest(PlacedAdoption) & (Episodes.DECOM < PlacedAdoption.DATE_PLACED)


def order_needs_decision(code: str, *, status: str, order: str, until: str | None = None) -> None:
    """The rule that a decision stands for a child under an order that is made for adoption."""

    @rule(
        code,
        flags=[Episodes, PlacedAdoption],
        until=until,
        words={"status": status, "order": order},
        fields=[
            Episodes.CHILD,
            Episodes.LS,
            PlacedAdoption.DATE_PLACED,
            PlacedAdoption.DATE_PLACED_CEASED,
            PlacedAdoption.REASON_PLACED_CEASED,
        ],
    )
    def order_without_decision() -> dict[Table, pl.Expr]:
        """The child is under {order}, and no decision to place it for adoption stands.

        When: an episode has LS {status}, and none of the child's rows in PlacedAdoption gives DATE_PLACED: the episode
        is flagged. Or a row in PlacedAdoption gives DATE_PLACED_CEASED or REASON_PLACED_CEASED while the child has an
        episode with LS {status} and DEC blank: the row in PlacedAdoption is flagged. An unreadable date counts as
        given.

        Why: the court makes {order} so that the child can be placed for adoption.

        Fix: enter the decision in PlacedAdoption, clear its reversal if it still stands, or correct LS of the episode.
        """
        ended = given(PlacedAdoption.DATE_PLACED_CEASED) | given(PlacedAdoption.REASON_PLACED_CEASED)
        return {
            Episodes: (Episodes.LS == status) & ~any_row(PlacedAdoption, given(PlacedAdoption.DATE_PLACED)),
            PlacedAdoption: ended & any_row(Episodes, (Episodes.LS == status) & blank(Episodes.DEC)),
        }


order_needs_decision("553", status="E1", order="a placement order")
order_needs_decision("555", status="D1", order="a freeing order", until="2023-24")


@rule(
    "554",
    flags=[Episodes, PlacedAdoption],
    severity="query",
    fields=[PlacedAdoption.DATE_PLACED, Episodes.DECOM, Episodes.LS],
)
def decided_after_placement_order() -> pl.Expr:
    """The decision to place the child for adoption is dated after the start of its first placement order episode.

    When: DATE_PLACED is later than DECOM of the child's earliest episode with LS E1. The same day passes, and so does
    a date that is blank or unreadable.

    Why: an authority asks for a placement order once it has decided on adoption; but a second decision may come later,
    and the first episode under the order may lie in an earlier year.

    Fix: check DATE_PLACED, and DECOM and LS of the episode; leave them if they are right.
    """
    return earliest(Episodes, where=Episodes.LS == "E1") & (PlacedAdoption.DATE_PLACED > Episodes.DECOM)


@rule("556", flags=Episodes, fields=[PlacedAdoption.DATE_PLACED, Episodes.DECOM], until="2023-24")
def decided_after_freeing_order() -> pl.Expr:
    """The episode under a freeing order began before it was decided that the child should be placed for adoption.

    When: LS is D1 and a DATE_PLACED of the child is later than DECOM. The same day passes, and so does a date that is
    blank or unreadable.

    Why: a child was freed for adoption once adoption had been decided on.

    Fix: correct DATE_PLACED, or LS and DECOM of the episode.
    """
    return (Episodes.LS == "D1") & (PlacedAdoption.DATE_PLACED > Episodes.DECOM)


def left_without_reversal(*statuses: str) -> pl.Expr:
    """A child meant for adoption left care unadopted, and the decision is not there or lacks its reversal."""
    meant = any_of(placed_for_adoption(), one_of(Episodes.LS, statuses))
    left = given(Episodes.REC) & other_than(Episodes.REC, ADOPTED, "X1")
    return meant & left & any_of(blank(PlacedAdoption.DATE_PLACED_CEASED), blank(PlacedAdoption.REASON_PLACED_CEASED))


LEFT_FIELDS = [
    PlacedAdoption.DATE_PLACED_CEASED,
    PlacedAdoption.REASON_PLACED_CEASED,
    Episodes.PLACE,
    Episodes.LS,
    Episodes.REC,
]


@rule("557", flags=[Episodes, PlacedAdoption], fields=LEFT_FIELDS, until="2023-24")
def left_care_unadopted_under_either_order() -> pl.Expr:
    """The child was meant for adoption and left care without it, and the reversal of that decision is incomplete.

    When: PLACE is A3, A4, A5 or A6 or LS is D1 or E1, REC is given and is none of E11, E12 and X1, and the child has
    no row in PlacedAdoption, or one in which DATE_PLACED_CEASED or REASON_PLACED_CEASED is blank. An unreadable date
    counts as given.

    Why: where a child leaves care in another way the decision on adoption has come to an end.

    Fix: enter the day and the reason of the reversal, or correct REC, PLACE or LS of the episode.
    """
    return left_without_reversal("D1", "E1")


@rule("557", flags=[Episodes, PlacedAdoption], fields=LEFT_FIELDS, since="2024-25")
def left_care_unadopted() -> pl.Expr:
    """The child was meant for adoption and left care without it, and the reversal of that decision is incomplete.

    When: PLACE is A3, A4, A5 or A6 or LS is E1, REC is given and is none of E11, E12 and X1, and the child has no row
    in PlacedAdoption, or one in which DATE_PLACED_CEASED or REASON_PLACED_CEASED is blank. An unreadable date counts
    as given.

    Why: where a child leaves care in another way the decision on adoption has come to an end.

    Fix: enter the day and the reason of the reversal, or correct REC, PLACE or LS of the episode.

    Changed: a freeing order, LS D1, no longer marks a child as meant for adoption.
    """
    return left_without_reversal("E1")


@rule("558", flags=Episodes, fields=[PlacedAdoption.DATE_PLACED_CEASED, Episodes.REC])
def adopted_after_last_reversal(year: Year) -> pl.Expr:
    """The child was adopted, although the latest of several decisions to place it for adoption was reversed.

    When: REC of the child's latest episode by DECOM is E11 or E12, DATE_PLACED_CEASED lies in the collection year on
    more than one of the child's rows in PlacedAdoption, and the latest of its rows by DATE_PLACED gives
    DATE_PLACED_CEASED. A child without a readable DATE_PLACED passes.

    Why: a child is adopted while the decision stands, so the last of several is not reversed.

    Fix: clear DATE_PLACED_CEASED and REASON_PLACED_CEASED of the decision that led to the adoption, or correct REC.
    """
    ended = PlacedAdoption.DATE_PLACED_CEASED
    several = count_rows(PlacedAdoption, ended.is_between(year.start, year.end)) > 1
    last_ended = any_row(PlacedAdoption, latest(PlacedAdoption) & given(ended))
    return latest(Episodes) & one_of(Episodes.REC, ADOPTED) & several & last_ended


@rule("1003", flags=[Episodes, PlacedAdoption], fields=[PlacedAdoption.DATE_PLACED, Episodes.DECOM, Episodes.RNE])
def decided_before_care() -> pl.Expr:
    """The decision to place the child for adoption is dated before the child came into care.

    When: DATE_PLACED is before DECOM of the child's earliest episode with RNE S. The same day passes, and so does a
    date that is blank or unreadable, or a child without such an episode.

    Why: the authority decides on adoption for children in its care.

    Fix: correct DATE_PLACED, or DECOM and RNE of the episode with which the child came into care.
    """
    return earliest(Episodes, where=Episodes.RNE == "S") & (PlacedAdoption.DATE_PLACED < Episodes.DECOM)
