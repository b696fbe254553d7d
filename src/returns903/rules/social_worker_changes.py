"""How a child's social worker episodes follow each other."""

from __future__ import annotations

import datetime as dt

import polars as pl

from returns903.frames.terms import all_of, any_of, any_row, before_by, blank, given, latest, other_than
from returns903.rules.groups import RESPITE
from returns903.rules.registry import rule
from returns903.tables import Episodes, SWEpisodes
from returns903.years import Year

WEEK = dt.timedelta(days=7)
FIVE_DAYS = dt.timedelta(days=5)


def _before(value: pl.Expr) -> pl.Expr:
    """What held on the child's row before, in order of SW_DECOM and, within a day, of SW_DEC; blanks come last."""
    return before_by(value, SWEpisodes.SW_DECOM, SWEpisodes.SW_DEC)


def _apart(ended: pl.Expr, allowed: dt.timedelta) -> pl.Expr:
    """The episode began earlier before, or later after, the end of another than allowed; null where either is."""
    return ~SWEpisodes.SW_DECOM.is_between(ended - allowed, ended + allowed)


@rule("SW08STG2", flags=SWEpisodes, fields=[SWEpisodes.SW_DEC], since="2023-24")
def open_before_another() -> pl.Expr:
    """The social worker episode has no end, though the child has a later one.

    When: SW_DEC is blank or unreadable, and another row of the child follows in the order of SW_DECOM (on one day, in
    the order of the file). Rows without a readable SW_DECOM neither flag nor count as later.

    Why: a child has one social worker at a time.

    Fix: enter the day on which the next social worker took over.
    """
    return SWEpisodes.SW_DEC.is_null() & SWEpisodes.next.SW_DECOM.is_not_null()


def _not_within_a_week() -> pl.Expr:
    """This row did not begin within seven days of the end of the one before; null where either date is."""
    return _apart(_before(SWEpisodes.SW_DEC), WEEK)


@rule("SW10STG2", flags=SWEpisodes, fields=[SWEpisodes.SW_DECOM], since="2023-24", until="2023-24")
def not_within_a_week() -> pl.Expr:
    """The social worker episode did not begin within seven days of the end of the one before.

    When: SW_DECOM is more than seven days before or after SW_DEC of the child's row before, in order of SW_DECOM and
    then of SW_DEC. A row after one without a readable end passes, and so does one without a readable SW_DECOM:
    when it began is not known.

    Why: one social worker follows the other.

    Fix: check both dates, and add an episode that is missing between them.
    """
    return _not_within_a_week()


@rule("SW10STG2", flags=SWEpisodes, fields=[SWEpisodes.SW_DECOM], since="2024-25", until="2024-25")
def not_within_a_week_nor_first() -> pl.Expr:
    """The social worker episode did not begin within seven days of the end of the one before.

    When: SW_REASON is not FCONTA (a blank is not), and SW_DECOM is more than seven days before or after SW_DEC of the
    child's row before, in order of SW_DECOM and then of SW_DEC. A row after one without a readable end passes, and so
    does one without a readable SW_DECOM: when it began is not known.

    Why: one social worker follows the other, unless the child has just come into contact with social care.

    Fix: check both dates, and add an episode that is missing between them.

    Changed: episodes with the reason FCONTA pass.
    """
    return other_than(SWEpisodes.SW_REASON, "FCONTA") & _not_within_a_week()


@rule("SW10aSTG2", flags=SWEpisodes, fields=[SWEpisodes.SW_DECOM], since="2025-26")
def not_within_a_week_or_still_open() -> pl.Expr:
    """The social worker episode did not begin within seven days of the end of the one before, or that has no end.

    When: SW_REASON is not FCONTA (a blank is not), and the child has a row before this, in order of SW_DECOM and then
    of SW_DEC, whose SW_DEC is blank or unreadable, or more than seven days before or after SW_DECOM. A row without a
    readable SW_DECOM passes, as it did in SW10STG2: when it began is not known.

    Why: one social worker follows the other, unless the child has just come into contact with social care.

    Fix: check both dates, end the episode before, or add one that is missing between them.
    """
    dated = SWEpisodes.SW_DECOM.is_not_null()
    still_open = _before(SWEpisodes.SW_DEC.is_null())
    return other_than(SWEpisodes.SW_REASON, "FCONTA") & any_of(dated & still_open, _not_within_a_week())


@rule("SW10bSTG2", flags=SWEpisodes, fields=[SWEpisodes.SW_DECOM, SWEpisodes.SW_REASON], since="2025-26")
def first_contact_before_end_of_other() -> pl.Expr:
    """The child's first contact with a social worker began before the episode before it had ended.

    When: SW_REASON is FCONTA, and SW_DECOM is on or before SW_DEC of the child's row before, in order of SW_DECOM and
    then of SW_DEC. A blank or unreadable date passes.

    Why: first contact comes after all that went before, if anything did.

    Fix: correct the dates, or the reason.
    """
    return (SWEpisodes.SW_REASON == "FCONTA") & (SWEpisodes.SW_DECOM <= _before(SWEpisodes.SW_DEC))


@rule("SW11aSTG2", flags=SWEpisodes, fields=[SWEpisodes.SW_DECOM], since="2023-24", until="2023-24")
def gap_of_more_than_five_days(year: Year) -> pl.Expr:
    """The social worker episode did not begin within five days of the end of the one before.

    When: the child's row before, in order of SW_DECOM, has an SW_DEC five days or more before the end of the year, and
    SW_DECOM is more than five days before or after it, blank or unreadable.

    Why: one social worker follows the other.

    Fix: check both dates, and add an episode that is missing between them.
    """
    ended = SWEpisodes.previous.SW_DEC
    return (ended <= year.end - FIVE_DAYS) & _apart(ended, FIVE_DAYS).fill_null(value=True)


@rule("SW11bSTG2", flags=SWEpisodes, fields=[SWEpisodes.SW_DEC], since="2023-24")
def ends_in_last_days(year: Year) -> pl.Expr:
    """The child's last social worker episode ended in the last five days of the year, and none followed.

    When: of the child's rows with a readable SW_DECOM this is the last (on one day, the last in the file), and its
    SW_DEC is one of the last five days of the year, 31 March included.

    Why: a child still in care then has a social worker on 31 March, and has one afterwards.

    Fix: leave SW_DEC blank if the social worker stayed, or add the one who took over.
    """
    last = all_of(SWEpisodes.CHILD.is_not_null(), SWEpisodes.SW_DECOM.is_not_null(), SWEpisodes.next.SW_DECOM.is_null())
    return last & (SWEpisodes.SW_DEC > year.end - FIVE_DAYS) & (SWEpisodes.SW_DEC <= year.end)


@rule("SW14STG2", flags=SWEpisodes, fields=[SWEpisodes.SW_DEC], since="2023-24", until="2023-24")
def open_and_not_last() -> pl.Expr:
    """The social worker episode has no end, though it is not the child's last.

    When: SW_DEC is blank or unreadable, and another row of the child follows in the order of SW_DECOM. Rows without a
    readable SW_DECOM come last; those of one day follow in the order of the file.

    Why: every episode but the last has ended.

    Fix: enter the day on which the next social worker took over.
    """
    return SWEpisodes.SW_DEC.is_null() & SWEpisodes.next.row.is_not_null()


@rule("SW17STG2", flags=SWEpisodes, fields=[SWEpisodes.SW_DEC, SWEpisodes.SW_DECOM], since="2025-26")
def ended_though_in_care(year: Year) -> pl.Expr:
    """The latest social worker episode of a child who was looked after on 31 March has ended.

    When: the row has the child's latest SW_DECOM (of several on one day the first in the file, and of rows without a
    readable date likewise where no row has one), SW_DEC is given, and an episode of the child other than respite care
    (LS V3 or V4) began by the last day of the year and has a blank DEC or a later one.

    Why: a child in care on 31 March has a social worker on that day.

    Fix: clear SW_DEC if the social worker stayed, or add the one who took over.
    """
    first, undated = SWEpisodes.previous.row.is_null(), SWEpisodes.SW_DECOM.is_null()
    still_there = blank(Episodes.DEC) | (Episodes.DEC > year.end)
    in_care = any_row(Episodes, (Episodes.DECOM <= year.end) & still_there & other_than(Episodes.LS, RESPITE))
    return (latest(SWEpisodes) | (first & undated)) & given(SWEpisodes.SW_DEC) & in_care


@rule("SW19STG2", flags=SWEpisodes, fields=[SWEpisodes.SW_DEC, SWEpisodes.SW_DECOM], since="2025-26")
def begins_with_another() -> pl.Expr:
    """The social worker episode began on the same day as another of the child.

    When: a row of the child further up in the file has the same SW_DECOM. A blank or unreadable date passes.

    Why: a child has one social worker at a time.

    Fix: correct the date, or remove the row that is double.
    """
    return SWEpisodes.SW_DECOM == SWEpisodes.previous.SW_DECOM
