"""What must agree with the previous return."""

from __future__ import annotations

import polars as pl

from returns903 import codes
from returns903.frames.terms import (
    all_of,
    any_of,
    any_row,
    at_earliest,
    at_latest,
    blank,
    differs,
    earliest,
    given,
    has_row,
    latest,
    of_row,
    one_of,
    other_than,
    written_alike,
)
from returns903.rules.registry import column_name, rule
from returns903.tables import Episodes, Header
from returns903.years import Year

THEN = Episodes.last_year
BEFORE = Header.last_year
NO_READABLE_END = THEN.DEC.is_null()
FORMER_H5 = ("K3",)
FORMER_Z1 = ("Z11", "Z12", "Z13", "Z14")


def in_last_years_header() -> pl.Expr:
    """The Header row stands beside one of the same child in the previous return."""
    return BEFORE.row.is_not_null()


def carried_over(still_open: pl.Expr = NO_READABLE_END) -> pl.Expr:
    """The row is the child's earliest episode, and the child's latest episode of last year was still open."""
    return earliest(Episodes) & any_row(THEN, latest(THEN) & still_open)


def distance_changed() -> pl.Expr:
    """The distances differ by 0.2 miles or more, to one decimal, or only one of the two is known."""
    now, then = Episodes.PL_DISTANCE, at_latest(THEN.PL_DISTANCE)
    return any_of((now - then).abs().round(1) >= 0.2, now.is_null() != then.is_null())


def placement_changed() -> pl.Expr:
    """The first episode's placement type is not that of the episode left open last year."""
    return carried_over() & differs(Episodes.PLACE, at_latest(THEN.PLACE))


def recoded(old: str, new: tuple[str, ...]) -> pl.Expr:
    """Last year's placement code has been replaced by one of the new ones."""
    return all_of(at_latest(THEN.PLACE) == old, one_of(Episodes.PLACE, new))


@rule("202", flags=Header, fields=[Header.SEX], until="2023-24")
def sex_changed() -> pl.Expr:
    """The child's sex is not what last year's return said.

    When: the child is in last year's Header with another SEX; two blanks are the same, a blank and a code are not.

    Why: a difference is nearly always a mistake in one of the two returns, or two children under one identifier.

    Fix: correct SEX, check the child's identifier, or ask for last year's return to be corrected.
    """
    return in_last_years_header() & differs(Header.SEX, BEFORE.SEX)


@rule("202", flags=Header, fields=[Header.SEX], since="2024-25")
def sex_changed_across_codes() -> pl.Expr:
    """The child's sex is not what last year's return said.

    When: the child is in last year's Header with another SEX; two blanks are the same, a blank and a code are not. Last
    year's 1 is the same as M, and last year's 2 the same as F.

    Why: a difference is nearly always a mistake in one of the two returns, or two children under one identifier.

    Fix: correct SEX, check the child's identifier, or ask for last year's return to be corrected.

    Changed: the codes are M, F and U in place of 1 and 2, so that the old and the new code of one sex agree.
    """
    same = any_of((BEFORE.SEX == "1") & (Header.SEX == "M"), (BEFORE.SEX == "2") & (Header.SEX == "F"))
    return in_last_years_header() & differs(Header.SEX, BEFORE.SEX) & ~same


@rule("203", flags=Header, fields=[Header.DOB])
def birth_date_changed() -> pl.Expr:
    """The child's date of birth is not the one in last year's return.

    When: the child is in last year's Header with another DOB. Blank and unreadable dates are the same as each other and
    differ from every date.

    Why: a birth date does not change; one of the two returns is wrong, or one identifier stands for two children.

    Fix: correct DOB, check the child's identifier, or ask for last year's return to be corrected.
    """
    return in_last_years_header() & differs(Header.DOB, BEFORE.DOB)


@rule("204", flags=Header, fields=[Header.ETHNIC])
def ethnicity_changed() -> pl.Expr:
    """The child's ethnic background is not the one in last year's return.

    When: the child is in last year's Header with another ETHNIC; small and capital letters are the same, and so are two
    blanks.

    Why: a child's ethnic background seldom changes, so that one of the two returns is likely to be wrong.

    Fix: correct ETHNIC, check the child's identifier, or ask for last year's return to be corrected.
    """
    return in_last_years_header() & differs(Header.ETHNIC.str.to_uppercase(), BEFORE.ETHNIC.str.to_uppercase())


@rule("207", flags=Header, fields=[Header.MOTHER])
def no_longer_a_mother() -> pl.Expr:
    """The girl was returned as a mother last year and is not this year.

    When: the child has an episode this year, MOTHER was 1 in last year's Header, and is not 1 now; a blank is not.

    Why: who has been a mother remains one for this return.

    Fix: set MOTHER to 1, check the child's identifier, or ask for last year's return to be corrected.
    """
    return has_row(Episodes) & (BEFORE.MOTHER == "1") & other_than(Header.MOTHER, "1")


@rule("208", flags=Header, fields=[Header.UPN])
def pupil_number_changed() -> pl.Expr:
    """The child's unique pupil number is not the one in last year's return.

    When: the child is in last year's Header with another UPN; small and capital letters are the same, and so are two
    blanks. It may change from UN1 or a blank to UN2, UN3, UN4 or UN5, and from UN1 to UN5 or a blank to a number.

    Why: a pupil number stays the same through school; only a number that was not known can become known.

    Fix: correct UPN, check the child's identifier, or ask for last year's return to be corrected.
    """
    now, then = (of_row(of, of.UPN.str.to_uppercase()) for of in (Header, BEFORE))
    reasons = list(codes.UPN_UNKNOWN)
    reason_found = all_of(then.is_null() | (then == "UN1"), one_of(now, [r for r in reasons if r != "UN1"]))
    number_found = all_of(then.is_null() | one_of(then, reasons), now.is_not_null(), other_than(now, reasons))
    return in_last_years_header() & differs(now, then) & ~reason_found & ~number_found


@rule("452", flags=Episodes, fields=[Episodes.PL_POST, Episodes.PL_LA])
def placement_authority_changed_in_same_episode() -> pl.Expr:
    """The first episode lies in another authority than the one left open last year for the same reason for new episode.

    When: DEC of the child's latest episode in the previous return is blank, RNE of that episode and of the child's
    earliest one this year are given and the same, and the authorities of the two placement postcodes differ. Two that
    are not known are the same.

    Why: an episode that runs over 31 March is one episode in two returns, with one placement.

    Fix: correct PL_POST of this episode, or ask for last year's return to be corrected.
    """
    same_reason = Episodes.RNE == at_latest(THEN.RNE)
    return carried_over(blank(THEN.DEC)) & same_reason & differs(Episodes.PL_LA, at_latest(THEN.PL_LA))


@rule("453", flags=Episodes, fields=[Episodes.HOME_POST, Episodes.PL_POST, Episodes.PL_DISTANCE])
def distance_changed_in_same_episode() -> pl.Expr:
    """The first episode is not as far from home as the one left open last year for the same reason for new episode.

    When: the child's latest episode in the previous return has no readable DEC, RNE of that episode and of the child's
    earliest one this year are given and the same, and the two distances from home to placement differ by 0.2 miles or
    more, rounded to one decimal, or only one of the two is known.

    Why: an episode that runs over 31 March is one episode in two returns, with one placement.

    Fix: correct HOME_POST or PL_POST of this episode, or ask for last year's return to be corrected.
    """
    return carried_over() & (Episodes.RNE == at_latest(THEN.RNE)) & distance_changed()


@rule("502", flags=Episodes, fields=[Episodes.DECOM])
def first_episode_starts_on_another_day() -> pl.Expr:
    """The first episode does not start on the day of the one left open last year.

    When: the row is the child's earliest by DECOM, and the previous return has an episode of the child with a blank DEC
    and another DECOM, or one that cannot be read. Every open episode of last year is compared.

    Why: an episode that was open on 31 March goes on in this year's return with the start it had.

    Fix: correct DECOM, add the episode that is missing, or ask for last year's return to be corrected.
    """
    return earliest(Episodes) & any_row(THEN, blank(THEN.DEC) & differs(THEN.DECOM, at_earliest(Episodes.DECOM)))


def must_be_repeated(code: str, column: pl.Expr, *, called: str, corrected_in: pl.Expr | None = None) -> None:
    """The rule that the first episode repeats a column of the one left open last year."""
    name = column_name(column)
    cell = column if corrected_in is None else corrected_in
    words = {"column": name, "cell": column_name(cell), "called": called}

    @rule(code, flags=Episodes, fields=[column] if corrected_in is None else [corrected_in, column], words=words)
    def first_episode_differs() -> pl.Expr:
        """The first episode does not repeat the {called} of the one left open last year.

        When: the child's latest episode in the previous return has no readable DEC, and {column} of the child's
        earliest episode this year is not the same; two blanks are the same. Their start dates need not agree.

        Why: an episode that runs over 31 March is one episode in two returns.

        Fix: correct {cell} of this episode, or ask for last year's return to be corrected.
        """
        return carried_over() & differs(column, at_latest(THEN.col(name)))


must_be_repeated("503A", Episodes.RNE, called="reason for new episode")
must_be_repeated("503B", Episodes.LS, called="legal status")
must_be_repeated("503C", Episodes.CIN, called="category of need")
must_be_repeated("503E", Episodes.PLACE_PROVIDER, called="placement provider")
must_be_repeated("503F", Episodes.URN, called="Ofsted URN")
must_be_repeated("503H", Episodes.PL_LA, called="placement authority", corrected_in=Episodes.PL_POST)
must_be_repeated(
    "503J",
    Episodes.PL_LOCATION,
    called="location inside or outside the authority",
    corrected_in=Episodes.PL_POST,
)


@rule("503D", flags=Episodes, fields=[Episodes.PLACE], until="2023-24")
def first_episode_in_another_placement(rules_year: Year) -> pl.Expr:
    """The first episode does not repeat the placement type of the one left open last year.

    When: the child's latest episode in the previous return has no readable DEC, and PLACE of the child's earliest
    episode this year is not the same; two blanks are the same. Their start dates need not agree. In 2023-24 last
    year's H5 may have become K3.

    Why: an episode that runs over 31 March is one episode in two returns.

    Fix: correct PLACE of this episode, or ask for last year's return to be corrected.
    """
    return placement_changed() & ~recoded("H5", FORMER_H5) if rules_year.label == "2023-24" else placement_changed()


@rule("503D", flags=Episodes, fields=[Episodes.PLACE], since="2024-25", until="2024-25")
def first_episode_in_another_placement_save_h5() -> pl.Expr:
    """The first episode does not repeat the placement type of the one left open last year.

    When: the child's latest episode in the previous return has no readable DEC, and PLACE of the child's earliest
    episode this year is not the same; two blanks are the same. Their start dates need not agree. Last year's H5 may
    have become K3.

    Why: an episode that runs over 31 March is one episode in two returns; supported accommodation has changed its code.

    Fix: correct PLACE of this episode, or ask for last year's return to be corrected.

    Changed: K3 comes into use, and what was H5 last year may now be K3 without a new episode.
    """
    return placement_changed() & ~recoded("H5", FORMER_H5)


@rule("503D", flags=Episodes, fields=[Episodes.PLACE], since="2025-26")
def first_episode_in_another_placement_save_z1(rules_year: Year) -> pl.Expr:
    """The first episode does not repeat the placement type of the one left open last year.

    When: the child's latest episode in the previous return has no readable DEC, and PLACE of the child's earliest
    episode this year is not the same; two blanks are the same. Their start dates need not agree. In 2025-26 last
    year's Z1 may have become Z11, Z12, Z13 or Z14.

    Why: an episode that runs over 31 March is one episode in two returns; other placements were divided in 2025-26.

    Fix: correct PLACE of this episode, or ask for last year's return to be corrected.

    Changed: H5 may no longer have become K3. Z1 is divided into Z11 to Z14, which may follow it in the first year only.
    """
    return placement_changed() & ~recoded("Z1", FORMER_Z1) if rules_year.label == "2025-26" else placement_changed()


@rule("503G", flags=Episodes, fields=[Episodes.HOME_POST, Episodes.PL_POST, Episodes.PL_DISTANCE])
def first_episode_at_another_distance() -> pl.Expr:
    """The first episode does not repeat the distance from home of the one left open last year.

    When: the child's latest episode in the previous return has no readable DEC, and its distance from home to
    placement and that of the child's earliest episode this year differ by 0.2 miles or more, rounded to one decimal,
    or only one of the two is known. Their start dates need not agree.

    Why: an episode that runs over 31 March is one episode in two returns, with one placement.

    Fix: correct HOME_POST or PL_POST of this episode, or ask for last year's return to be corrected.
    """
    return carried_over() & distance_changed()


@rule("562", flags=Episodes, fields=[Episodes.DECOM])
def first_episode_not_last_years(year: Year) -> pl.Expr:
    """The first episode began before the year and is not the one that last year's return ended with.

    When: the child's earliest episode has a DECOM before 1 April that opens the year, and the child's latest episode in
    the previous return has another DECOM, or there is none with a readable one.

    Why: a child who was in care when the year opened goes on in the episode that last year's return closed with.

    Fix: correct DECOM, remove episodes that ended before the year, or ask for last year's return to be corrected.
    """
    began_before = Episodes.DECOM < year.start
    return earliest(Episodes, where=began_before) & differs(Episodes.DECOM, at_latest(THEN.DECOM))


@rule("624", flags=Header, fields=[Header.MC_DOB])
def first_childs_birth_date_changed() -> pl.Expr:
    """The date of birth of the mother's first child is not the one in last year's return.

    When: last year's Header gives MC_DOB for the child, and this year's is blank or another. Dates are compared as
    days; one that cannot be read is the same only as the same text.

    Why: the first child's birth date does not change.

    Fix: correct MC_DOB, check the child's identifier, or ask for last year's return to be corrected.
    """
    return given(BEFORE.MC_DOB) & ~written_alike(Header.MC_DOB, BEFORE.MC_DOB)


@rule("626", flags=Header, fields=[Header.MOTHER, Header.MC_DOB])
def mother_before_year_but_not_last_year(year: Year) -> pl.Expr:
    """The girl is the mother of a child born before this year, yet last year's return said that she was not a mother.

    When: MOTHER is 1, MC_DOB is before 1 April that opens the year, and MOTHER was 0 in last year's Header. A blank
    last year, and a blank or unreadable MC_DOB, pass.

    Why: a child born before the year made her a mother in last year's return already.

    Fix: correct MC_DOB or MOTHER, or ask for last year's return to be corrected.
    """
    is_one = Header.MOTHER.cast(pl.Float64, strict=False) == 1
    was_none = BEFORE.MOTHER.cast(pl.Float64, strict=False) == 0
    return is_one & was_none & (Header.MC_DOB < year.start)


@rule("NoE", flags=Episodes, fields=[Episodes.DECOM])
def in_care_before_year_but_not_last_year(year: Year) -> pl.Expr:
    """The episode began before this year, yet last year's return has no episode of the child.

    When: DECOM is before 1 April that opens the year, and the previous return has no episode with this CHILD; it has
    none for a blank CHILD. A blank or unreadable DECOM passes.

    Why: a child in care before the year opened was to be returned last year.

    Fix: correct DECOM, check the child's identifier, or ask for last year's return to be corrected.
    """
    return (Episodes.DECOM < year.start) & ~has_row(THEN)
