"""Whether a girl in care is a mother, and when her first child was born."""

from __future__ import annotations

import polars as pl

from returns903 import codes
from returns903.frames.terms import any_of, any_row, blank, given, has_row, latest, one_of, other_than, years_after
from returns903.rules.care import in_year
from returns903.rules.groups import OC3_ITEMS, RESPITE
from returns903.rules.registry import rule
from returns903.tables import OC3, Episodes, Header
from returns903.years import Year

MALE = ("1", "M")
FEMALE = ("2", "F")
"""The codes of either sex, up to 2023-24 and since."""

AGE_OF_MOTHERS = 11


def _has_care_leaver_items() -> pl.Expr:
    return any_row(OC3, any_of(*[given(OC3.col(item)) for item in OC3_ITEMS]))


def _beyond_short_breaks() -> pl.Expr:
    return other_than(Episodes.LS, RESPITE)


@rule("165", flags=[Header, OC3], fields=[Header.SEX, Header.MOTHER, OC3.IN_TOUCH, OC3.ACTIV, OC3.ACCOM])
def mother_status_wrong(year: Year) -> pl.Expr:
    """Whether the child is a mother is not recorded as it must be: 0 or 1 for a girl, nothing for a boy.

    When: MOTHER is given and not 0 or 1; or it is given and SEX is male (1 or M); or it is blank and SEX is female
    (2 or F). A blank is right for a girl who has no episode in the year and has IN_TOUCH, ACTIV or ACCOM given in
    OC3, and for one all of whose episodes are short breaks. Short breaks (LS V3 or V4) do not count as episodes in the
    year; an episode with a blank or unreadable DEC lasts on. The child's row in OC3 is flagged beside that in Header.

    Why: mothers among children in care are counted from this field alone.

    Fix: enter 1 for a mother and 0 for another girl, or clear the field for a boy; correct SEX if that is wrong.
    """
    in_care = any_row(Episodes, _beyond_short_breaks() & in_year(year))
    left_care = ~in_care & _has_care_leaver_items()
    short_breaks_only = has_row(Episodes) & ~any_row(Episodes, _beyond_short_breaks())
    return any_of(
        given(Header.MOTHER) & other_than(Header.MOTHER, codes.MOTHER),
        given(Header.MOTHER) & one_of(Header.SEX, MALE),
        blank(Header.MOTHER) & one_of(Header.SEX, FEMALE) & ~left_care & ~short_breaks_only,
    )


def _unstated_for_girl_in_care(female: str) -> pl.Expr:
    beyond_short_breaks = other_than(Episodes.LS.str.to_uppercase(), RESPITE)
    return (Header.SEX == female) & blank(Header.MOTHER) & any_row(Episodes, beyond_short_breaks)


@rule("393", flags=Header, fields=[Header.SEX, Header.MOTHER], until="2023-24")
def mother_blank_for_girl_coded_2() -> pl.Expr:
    """It is not recorded whether a girl who is looked after is a mother.

    When: SEX is 2, MOTHER is blank, and the child has an episode whose LS is not V3 or V4 in either
    case; a blank LS counts.

    Why: the question is asked of every girl in care, short breaks aside.

    Fix: enter 1 if she is a mother and 0 if she is not.
    """
    return _unstated_for_girl_in_care("2")


@rule("393", flags=Header, fields=[Header.SEX, Header.MOTHER], since="2024-25")
def mother_blank_for_girl_coded_f() -> pl.Expr:
    """It is not recorded whether a girl who is looked after is a mother.

    When: SEX is F, MOTHER is blank, and the child has an episode whose LS is not V3 or V4 in either
    case; a blank LS counts.

    Why: the question is asked of every girl in care, short breaks aside.

    Fix: enter 1 if she is a mother and 0 if she is not.

    Changed: female is F instead of 2.
    """
    return _unstated_for_girl_in_care("F")


def _unstated_on_leaving(female: str, year: Year) -> pl.Expr:
    left = Episodes.DEC.is_between(year.start, year.end) & given(Episodes.REC) & other_than(Episodes.REC, "X1")
    return left & _beyond_short_breaks() & (Header.SEX == female) & blank(Header.MOTHER)


LEAVER_FIELDS = [Episodes.LS, Episodes.DEC, Episodes.REC, Header.SEX, Header.MOTHER]


@rule("607", flags=[Episodes, Header], fields=LEAVER_FIELDS, until="2023-24")
def mother_blank_for_leaver_coded_2(year: Year) -> pl.Expr:
    """It is not recorded whether a girl who left care in the year is a mother.

    When: DEC is in the collection year, REC is given and not X1, and LS is not V3 or V4 (a blank LS counts), where
    the child's SEX is 2 and MOTHER is blank. Every such episode is looked at, not only the last. A blank or
    unreadable DEC passes.

    Why: mothers among those who leave care are counted from this field.

    Fix: enter 1 if she is a mother and 0 if she is not.
    """
    return _unstated_on_leaving("2", year)


@rule("607", flags=[Episodes, Header], fields=LEAVER_FIELDS, since="2024-25")
def mother_blank_for_leaver_coded_f(year: Year) -> pl.Expr:
    """It is not recorded whether a girl who left care in the year is a mother.

    When: DEC is in the collection year, REC is given and not X1, and LS is not V3 or V4 (a blank LS counts), where
    the child's SEX is F and MOTHER is blank. Every such episode is looked at, not only the last. A blank or
    unreadable DEC passes.

    Why: mothers among those who leave care are counted from this field.

    Fix: enter 1 if she is a mother and 0 if she is not.

    Changed: female is F instead of 2.
    """
    return _unstated_on_leaving("F", year)


@rule("611", flags=Header, fields=[Header.MOTHER, Header.MC_DOB])
def mother_without_child_birth() -> pl.Expr:
    """The child is a mother, but her own child's date of birth is not given.

    When: MOTHER is 1 and MC_DOB is blank; a date that cannot be read counts as given.

    Why: the age at which she became a mother is worked out from it.

    Fix: enter the date of birth of her first child, or correct MOTHER.
    """
    return (Header.MOTHER == "1") & blank(Header.MC_DOB)


def _child_birth_of_no_mother(female: str) -> pl.Expr:
    return (Header.SEX == female) & (blank(Header.MOTHER) | (Header.MOTHER == "0")) & given(Header.MC_DOB)


@rule("612", flags=Header, fields=[Header.SEX, Header.MOTHER, Header.MC_DOB], until="2023-24")
def child_birth_of_no_mother_coded_2() -> pl.Expr:
    """A girl who is not recorded as a mother has the date of birth of a child of hers.

    When: SEX is 2, MOTHER is 0 or blank, and MC_DOB is given, whether or not it can be read.

    Why: one of the two fields is wrong.

    Fix: enter 1 in MOTHER if she is a mother; otherwise clear MC_DOB.
    """
    return _child_birth_of_no_mother("2")


@rule("612", flags=Header, fields=[Header.SEX, Header.MOTHER, Header.MC_DOB], since="2024-25")
def child_birth_of_no_mother_coded_f() -> pl.Expr:
    """A girl who is not recorded as a mother has the date of birth of a child of hers.

    When: SEX is F, MOTHER is 0 or blank, and MC_DOB is given, whether or not it can be read.

    Why: one of the two fields is wrong.

    Fix: enter 1 in MOTHER if she is a mother; otherwise clear MC_DOB.

    Changed: female is F instead of 2.
    """
    return _child_birth_of_no_mother("F")


@rule("620", flags=Header, fields=[Header.DOB, Header.MOTHER])
def mother_under_11(year: Year) -> pl.Expr:
    """The child is recorded as a mother although she was under 11 when the collection year opened.

    When: MOTHER is 1 and the 11th birthday is after the first day of the collection year; a birthday on that day
    passes, and so does a blank or unreadable DOB.

    Why: a mother of that age is all but certainly a slip in one of the two fields.

    Fix: correct MOTHER or DOB.
    """
    return (Header.MOTHER == "1") & (years_after(Header.DOB, AGE_OF_MOTHERS) > year.start)


@rule("621", flags=Header, fields=[Header.DOB, Header.MC_DOB])
def no_older_than_own_child() -> pl.Expr:
    """The child is no older than the child she is the mother of.

    When: MC_DOB is on or before DOB, whatever MOTHER and SEX say. A blank or unreadable date passes.

    Why: one of the two dates of birth is wrong.

    Fix: correct DOB or MC_DOB.
    """
    return Header.MC_DOB <= Header.DOB


@rule("625", flags=[Episodes, Header], fields=[Episodes.DEC, Header.MC_DOB])
def first_child_born_after_care(year: Year) -> pl.Expr:
    """The mother's first child was born after she left care, or after the collection year closed.

    When: MC_DOB is later than the last day of the collection year, or than DEC of the child's latest episode (by
    DECOM; of several on one day the first in the file); the same day passes. If that DEC is blank or unreadable, the
    year's last day alone counts. A child without a readable DECOM, or whose MC_DOB cannot be read, passes.

    Why: the return tells who became a mother before or during care.

    Fix: correct MC_DOB or DEC; leave out a first child born after care had ended.
    """
    return latest(Episodes) & any_of(Header.MC_DOB > year.end, Header.MC_DOB > Episodes.DEC)


@rule("628", flags=Header, fields=[Header.MOTHER])
def mother_given_for_care_leaver() -> pl.Expr:
    """It is recorded whether a care leaver is a mother, although she was not looked after in the year.

    When: MOTHER is given, 0 included, the child has no row in Episodes, and has IN_TOUCH, ACTIV or ACCOM given in OC3.

    Why: the question is asked of those in care during the year.

    Fix: clear MOTHER, or add the missing episodes.
    """
    return given(Header.MOTHER) & ~has_row(Episodes) & _has_care_leaver_items()
