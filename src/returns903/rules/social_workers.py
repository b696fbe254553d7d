"""Children's social workers: who they are, since when and why."""

from __future__ import annotations

import datetime as dt

import polars as pl

from returns903 import codes
from returns903.frames.terms import all_of, any_of, any_row, blank, given, one_of, other_than, unreadable, written_alike
from returns903.reading.cells import read_date
from returns903.rules.groups import RESPITE
from returns903.rules.registry import column_name, rule
from returns903.tables import Episodes, SWEpisodes
from returns903.years import Year

REASONS_SINCE = dt.date(2023, 4, 1)
"""The first day for which a reason for the change of social worker is asked."""

ASKED = [SWEpisodes.SW_ID, SWEpisodes.SW_DECOM, SWEpisodes.SW_REASON]


@rule("SW01STG1", flags=Episodes, fields=[Episodes.DEC, *ASKED], since="2023-24", until="2023-24")
def open_episode_without_social_worker() -> pl.Expr:
    """A child who is still looked after has no complete social worker episode.

    When: DEC of the episode is blank, LS is not V3 or V4, and no row of SWEpisodes for the child gives all of SW_ID,
    SW_DECOM and SW_REASON. One complete row is enough; a date that cannot be read counts as given.

    Why: every child in care on 31 March has a social worker.

    Fix: add the social worker with identifier, first day and reason, or the day the episode ceased.
    """
    complete = any_row(SWEpisodes, all_of(*[given(column) for column in ASKED]))
    return blank(Episodes.DEC) & other_than(Episodes.LS, RESPITE) & ~complete


@rule("SW01aSTG1", flags=SWEpisodes, fields=[SWEpisodes.SW_DECOM, SWEpisodes.SW_ID], since="2024-25", until="2024-25")
def incomplete_before_april_2023() -> pl.Expr:
    """A social worker episode that began before April 2023, or without a date, lacks its first day or the identifier.

    When: SW_DECOM is blank or unreadable, or is before 1 April 2023 while SW_ID is blank. SW_REASON is not looked at.

    Why: who the social worker was and since when is asked of every episode.

    Fix: complete SW_DECOM and SW_ID.
    """
    return SWEpisodes.SW_DECOM.is_null() | ((SWEpisodes.SW_DECOM < REASONS_SINCE) & blank(SWEpisodes.SW_ID))


@rule("SW01bSTG1", flags=SWEpisodes, fields=ASKED, since="2024-25", until="2024-25")
def incomplete_since_april_2023() -> pl.Expr:
    """A social worker episode begun since April 2023, or without a date, lacks its first day, identifier or reason.

    When: SW_DECOM is blank or unreadable, or is 1 April 2023 or later while SW_ID or SW_REASON is blank.

    Why: the reason for each change of social worker is asked since that day.

    Fix: complete SW_DECOM, SW_ID and SW_REASON.
    """
    lacks = blank(SWEpisodes.SW_ID) | blank(SWEpisodes.SW_REASON)
    return SWEpisodes.SW_DECOM.is_null() | ((SWEpisodes.SW_DECOM >= REASONS_SINCE) & lacks)


def _begins_wrong() -> pl.Expr:
    """The identifier is blank, or begins with neither SW nor XX."""
    return ~SWEpisodes.SW_ID.str.contains("^(SW|XX)").fill_null(value=False)


@rule("SW02STG1", flags=SWEpisodes, fields=[SWEpisodes.SW_ID], since="2023-24", until="2024-25")
def identifier_begins_wrong() -> pl.Expr:
    """The social worker's identifier is blank or begins with neither SW nor XX.

    When: the first two characters of SW_ID are not SW or XX. A blank flags.

    Why: registration numbers begin with SW, and XX marks a worker without one.

    Fix: enter the registration number with SW before it, or a number of your own after XX.
    """
    return _begins_wrong()


@rule("SW02STG1", flags=SWEpisodes, fields=[SWEpisodes.SW_ID], since="2025-26")
def identifier_begins_wrong_or_is_short() -> pl.Expr:
    """The social worker's identifier is blank, begins with neither SW nor XX, or has fewer than four characters.

    When: the first two characters of SW_ID are not SW or XX, or there are fewer than two after them. A blank flags.

    Why: registration numbers begin with SW, XX marks a worker without one, and a number follows either.

    Fix: enter the whole registration number with SW before it, or a number of your own after XX.

    Changed: an identifier of fewer than four characters flags as well.
    """
    return _begins_wrong() | (SWEpisodes.SW_ID.str.len_chars() < 4)


@rule("SW03STG1", flags=SWEpisodes, fields=ASKED, since="2023-24", until="2023-24")
def incomplete() -> pl.Expr:
    """A social worker episode lacks the social worker's identifier, the first day or the reason.

    When: SW_ID, SW_DECOM or SW_REASON is blank. A date that cannot be read is not blank; SW_DEC may be blank.

    Why: all three are asked of every episode.

    Fix: complete the row.
    """
    return any_of(*[blank(column) for column in ASKED])


def _no_date_even_in_part(column: pl.Expr, text: pl.Expr) -> pl.Expr:
    """The cell holds no date, even if 01 and 2000 stand where ZZ and ZZZZ mark a part as unknown."""
    filled = text.str.replace_all(r"\bZZZZ\b", "2000").str.replace_all(r"\bZZ\b", "01")
    return unreadable(column) & read_date(filled).is_null()


def must_be_date_at_least_in_part(code: str, date: pl.Expr, *, what: str) -> None:
    """The rule that a social worker episode is dated, if with unknown parts."""
    name = column_name(date)
    words = {"column": name, "what": what}

    @rule(code, flags=SWEpisodes, fields=[date], since="2023-24", until="2024-25", words=words)
    def no_date_even_in_part() -> pl.Expr:
        """The day on which the social worker episode {what} is no date, even with unknown parts.

        When: {column} is given and cannot be read as dd/mm/yyyy where ZZ may stand for the day or the month and ZZZZ
        for the year. A blank passes.

        Why: the order and the length of the episodes rest on these days.

        Fix: enter the day as dd/mm/yyyy, with ZZ or ZZZZ for what is not known.
        """
        return _no_date_even_in_part(date, SWEpisodes.col(f"{name}.text"))


must_be_date_at_least_in_part("SW04STG1", SWEpisodes.SW_DECOM, what="began")
must_be_date_at_least_in_part("SW05STG1", SWEpisodes.SW_DEC, what="ended")


def must_be_date(code: str, date: pl.Expr, *, what: str) -> None:
    """The rule that a social worker episode is dated by a day of the calendar."""
    words = {"column": column_name(date), "what": what}
    changed = "ZZ and ZZZZ no longer stand for unknown parts."

    @rule(code, flags=SWEpisodes, fields=[date], since="2025-26", words=words, changed=changed)
    def no_date() -> pl.Expr:
        """The day on which the social worker episode {what} is not a date.

        When: {column} is given and cannot be read as dd/mm/yyyy, or is no day of the calendar. A blank passes.

        Why: the order and the length of the episodes rest on these days.

        Fix: enter the day as dd/mm/yyyy, for example 05/04/2025.
        """
        return unreadable(date)


must_be_date("SW04STG1", SWEpisodes.SW_DECOM, what="began")
must_be_date("SW05STG1", SWEpisodes.SW_DEC, what="ended")


@rule("SW06STG2", flags=SWEpisodes, fields=[SWEpisodes.SW_DECOM], since="2023-24")
def begins_after_year(year: Year) -> pl.Expr:
    """The social worker episode began after the collection year closed.

    When: SW_DECOM is later than the last day of the year. A blank or unreadable date passes, and any earlier day.

    Why: what begins after 31 March belongs to the next return.

    Fix: check the year of the date, or leave the row for the next return.
    """
    return SWEpisodes.SW_DECOM > year.end


@rule("SW07STG2", flags=SWEpisodes, fields=[SWEpisodes.SW_DEC], since="2023-24", until="2023-24")
def ends_outside_year(year: Year) -> pl.Expr:
    """The social worker episode did not end in the collection year.

    When: SW_DEC is before the first or after the last day of the year. A blank or unreadable date passes.

    Why: the episodes asked for are those of the year.

    Fix: check the date, or remove a row that ended before the year began.
    """
    return (SWEpisodes.SW_DEC < year.start) | (SWEpisodes.SW_DEC > year.end)


@rule("SW07STG2", flags=SWEpisodes, fields=[SWEpisodes.SW_DEC], since="2024-25")
def ends_outside_two_years(year: Year) -> pl.Expr:
    """The social worker episode ended neither in the collection year nor in the one before.

    When: SW_DEC is before the first day of the previous year or after the last day of this one. A blank or unreadable
    date passes.

    Why: the episodes asked for are those of these two years.

    Fix: check the date, or remove a row that ended earlier.

    Changed: an end in the year before the collection year passes.
    """
    return (SWEpisodes.SW_DEC < year.previous.start) | (SWEpisodes.SW_DEC > year.end)


@rule("SW09STG2", flags=SWEpisodes, fields=[SWEpisodes.SW_DECOM, SWEpisodes.SW_DEC], since="2023-24", until="2024-25")
def ends_as_it_begins() -> pl.Expr:
    """The social worker episode began and ended on the same day.

    When: SW_DECOM and SW_DEC are the same day, or the same text where they cannot be read as dates. A blank passes.

    Why: no social worker has a child for less than a day.

    Fix: correct one of the dates, or remove the row.
    """
    return written_alike(SWEpisodes.SW_DECOM, SWEpisodes.SW_DEC)


@rule("SW09STG2", flags=SWEpisodes, fields=[SWEpisodes.SW_DECOM, SWEpisodes.SW_DEC], since="2025-26", severity="query")
def shorter_than_three_days() -> pl.Expr:
    """The social worker episode lasted less than three days, which is unlikely.

    When: SW_DEC is before the third day after SW_DECOM; an end before the start flags too. A blank or unreadable date
    passes.

    Why: changes of social worker so close to each other are mostly mistakes of a date.

    Fix: check both dates, and leave them if they are right.

    Changed: episodes of one and two days flag, not only those of a single day, and the finding is a query.
    """
    return SWEpisodes.SW_DEC < SWEpisodes.SW_DECOM + dt.timedelta(days=3)


def _not_covered() -> pl.Expr:
    """Beside an episode at an end of care stands no social worker row, or one that lies on the wrong side of it."""
    respite = one_of(Episodes.LS, RESPITE).fill_null(value=False)
    left, came = other_than(Episodes.REC, "X1"), (Episodes.RNE == "S").fill_null(value=False)
    before_end = all_of(left, SWEpisodes.SW_DECOM <= Episodes.DEC)
    after_start = all_of(came, SWEpisodes.SW_DECOM >= Episodes.DECOM)
    return ~respite & (left | came) & ~(before_end | after_start)


_NOT_COVERED = [SWEpisodes.SW_DECOM, Episodes.DECOM, Episodes.DEC]


@rule("SW12STG2", flags=Episodes, fields=_NOT_COVERED, since="2023-24", until="2023-24", severity="query")
def no_social_worker_around_care() -> pl.Expr:
    """An episode at the beginning or the end of care is not matched by all of the child's social worker episodes.

    When: LS is not V3 or V4, RNE is S or REC is not X1 (a blank REC is not), and the child has no row in SWEpisodes, or
    one that fits neither way: SW_DECOM on or before DEC where REC is not X1, or on or after DECOM where RNE is S. A
    date that is blank or cannot be read does not fit.

    Why: social workers are reported for the whole time, before and after care included.

    Fix: check the dates of the social worker episodes, and add those that are missing.
    """
    return _not_covered()


@rule("SW12STG2", flags=Episodes, fields=_NOT_COVERED, since="2024-25", severity="query")
def no_social_worker_around_recent_care(year: Year) -> pl.Expr:
    """An episode at the beginning or the end of care is not matched by all of the child's social worker episodes.

    When: DEC is in this year or the one before, or is blank or unreadable; LS is not V3 or V4, RNE is S or REC is not
    X1 (a blank REC is not), and the child has no row in SWEpisodes, or one that fits neither way: SW_DECOM on or before
    DEC where REC is not X1, or on or after DECOM where RNE is S. A date that is blank or cannot be read does not fit.

    Why: social workers are reported for the whole of both years, before and after care included.

    Fix: check the dates of the social worker episodes, and add those that are missing.

    Changed: episodes that ended before the previous year, or after this one, are no longer looked at.
    """
    recent = Episodes.DEC.is_null() | Episodes.DEC.is_between(year.previous.start, year.end)
    return recent & _not_covered()


_WORDS = {"codes": ", ".join(codes.SW_REASON)}


@rule("SW13STG1", flags=SWEpisodes, fields=[SWEpisodes.SW_REASON], since="2023-24", until="2023-24", words=_WORDS)
def reason_blank_or_unknown(rules_year: Year) -> pl.Expr:
    """The reason for the change of social worker is blank or none of the permitted codes.

    When: SW_REASON is none of {codes}. A blank flags.

    Why: reasons are counted by code.

    Fix: enter one of the codes.
    """
    return other_than(SWEpisodes.SW_REASON, codes.SW_REASON.valid(rules_year))


@rule("SW13STG1", flags=SWEpisodes, fields=[SWEpisodes.SW_REASON], since="2024-25", words=_WORDS)
def reason_unknown_or_wanting(rules_year: Year) -> pl.Expr:
    """The reason for the change of social worker is none of the permitted codes, or is blank since April 2023.

    When: SW_REASON is given and none of {codes}, or it is blank and SW_DECOM is 1 April 2023 or later. A blank passes
    where SW_DECOM is earlier, blank or unreadable.

    Why: reasons are counted by code, and asked for changes since that day.

    Fix: enter one of the codes.

    Changed: a blank passes in episodes that began before April 2023.
    """
    reason = SWEpisodes.SW_REASON
    unknown = given(reason) & other_than(reason, codes.SW_REASON.valid(rules_year))
    return any_of(unknown, blank(reason) & (SWEpisodes.SW_DECOM >= REASONS_SINCE))


@rule("SW18STG2", flags=SWEpisodes, fields=[SWEpisodes.SW_DEC, SWEpisodes.SW_DECOM], since="2025-26")
def ends_before_it_is_a_day_old() -> pl.Expr:
    """The social worker episode did not end after the day it began.

    When: SW_DEC is on or before SW_DECOM. A blank or unreadable date passes.

    Why: an episode ends when the next social worker takes over, on a later day.

    Fix: correct one of the dates.
    """
    return SWEpisodes.SW_DEC <= SWEpisodes.SW_DECOM
