"""Temporary placements: a short absence from the placement to which the child goes back."""

from __future__ import annotations

import polars as pl

from returns903.frames.terms import any_of, count_rows, given, one_of, other_than
from returns903.rules.groups import RESPITE, TEMPORARY
from returns903.rules.registry import rule
from returns903.tables import Episodes

MOST_CARER_HOLIDAYS = 2


def as_before_absence(column: str) -> pl.Expr:
    """The column holds what it held two episodes before; a blank is like nothing."""
    return any_of(Episodes.col(column) == Episodes.before_previous.col(column))


def returned_from_absence() -> pl.Expr:
    """The episode follows a temporary placement, which in turn followed another episode."""
    return one_of(Episodes.previous.PLACE, TEMPORARY) & Episodes.before_previous.row.is_not_null()


def at_most_days(code: str, days: int, place: str, *, kind: str, span: str) -> None:
    """The rule that a kind of temporary placement lasts no longer than a number of days."""
    words = {"place": place, "kind": kind, "days": str(days), "span": span}

    @rule(code, flags=Episodes, fields=[Episodes.DECOM, Episodes.DEC, Episodes.PLACE], words=words)
    def temporary_placement_too_long() -> pl.Expr:
        """A temporary placement {kind} lasted longer than {span}.

        When: PLACE is {place} and DEC is more than {days} days after DECOM; exactly {days} days pass. An episode that
        is still open passes, and so does one with an unreadable date.

        Why: a longer stay is a placement of its own and is recorded as such.

        Fix: check the two dates, or give the placement type that the stay turned into.
        """
        return one_of(Episodes.PLACE, place) & (Episodes.DEC > Episodes.DECOM.dt.offset_by(f"{days}d"))


at_most_days("375", 42, "T1", kind="in hospital", span="six weeks")
at_most_days("376", 21, "T3", kind="while the foster carer is on holiday", span="three weeks")
at_most_days("379", 7, "T4", kind="for any other reason", span="seven days")


@rule("377", flags=Episodes, fields=[Episodes.PLACE])
def too_many_carer_holidays() -> pl.Expr:
    """The child has more than two temporary placements while the foster carer was on holiday.

    When: PLACE is T3 and the child has more than two such episodes in the return, whatever their dates; all of them
    are flagged.

    Why: the code is for the odd holiday, not for a regular arrangement.

    Fix: correct the placement type of those episodes that were something else.
    """
    holiday = one_of(Episodes.PLACE, "T3")
    return holiday & (count_rows(Episodes, holiday) > MOST_CARER_HOLIDAYS)


@rule("380", flags=Episodes, fields=[Episodes.PLACE, Episodes.RNE])
def temporary_placement_without_move() -> pl.Expr:
    """A temporary placement began with a reason that does not mean a move away from the child's carers.

    When: PLACE is one of T0 to T4 and RNE is neither P nor B; a blank RNE flags.

    Why: nobody enters care by a short absence: it interrupts another placement, and others look after the child.

    Fix: correct RNE to P or B, or the placement type.
    """
    return one_of(Episodes.PLACE, TEMPORARY) & other_than(Episodes.RNE, "P", "B")


@rule("381", flags=Episodes, fields=[Episodes.PLACE, Episodes.REC])
def care_ended_in_temporary_placement() -> pl.Expr:
    """The period of care ended in a temporary placement.

    When: PLACE is one of T0 to T4, and REC is given and is not X1.

    Why: a short absence ends with the return to a placement, so that care goes on in a further episode.

    Fix: correct the placement type, or set REC to X1 and record the episode that followed.
    """
    return one_of(Episodes.PLACE, TEMPORARY) & given(Episodes.REC) & other_than(Episodes.REC, "X1")


@rule("382", flags=Episodes, fields=[Episodes.LS, Episodes.PLACE])
def respite_in_temporary_placement() -> pl.Expr:
    """An episode of short breaks is in a temporary placement.

    When: LS is V3 or V4 and PLACE is one of T0 to T4.

    Why: a short break is itself a short stay, with no placement behind it that could be interrupted.

    Fix: correct the placement type, or the legal status.
    """
    return one_of(Episodes.LS, RESPITE) & one_of(Episodes.PLACE, TEMPORARY)


@rule("383", flags=Episodes, fields=[Episodes.PLACE], until="2024-25")
def no_return_to_placement_type() -> pl.Expr:
    """The episode after a temporary placement is no return to the placement before it.

    When: the child's previous episode has PLACE T0 to T4 and there is one before that, and here RNE is not P or PLACE
    is not the same as two episodes before. A blank RNE flags, and a blank PLACE is the same as nothing. Episodes go by
    DECOM, those without a readable one last.

    Why: a child who does not go back has moved, and the absence was not a temporary one.

    Fix: correct PLACE and RNE of this episode, or the placement type of the one before.
    """
    return returned_from_absence() & (other_than(Episodes.RNE, "P") | ~as_before_absence("PLACE"))


@rule("383", flags=Episodes, fields=[Episodes.PLACE, Episodes.RNE, Episodes.PL_POST], since="2025-26")
def no_return_to_placement() -> pl.Expr:
    """The episode after a temporary placement is no return to the placement and the postcode before it.

    When: the child's previous episode has PLACE T0 to T4 and there is one before that, and here RNE is not P, or PLACE
    or PL_POST is not the same as two episodes before. A blank RNE flags, and a blank PLACE or PL_POST is the same as
    nothing. Episodes go by DECOM, those without a readable one last.

    Why: a child who does not go back has moved, and the absence was not a temporary one.

    Fix: correct PLACE, PL_POST and RNE of this episode, or the placement type of the one before.

    Changed: the postcode has to be the same as well.
    """
    went_back = as_before_absence("PLACE") & as_before_absence("PL_POST")
    return returned_from_absence() & (other_than(Episodes.RNE, "P") | ~went_back)
