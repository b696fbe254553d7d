"""Adoptions: the details of AD1, by themselves and beside the episodes that ended in adoption."""

from __future__ import annotations

import polars as pl

from returns903 import codes
from returns903.frames.terms import (
    all_of,
    any_of,
    any_row,
    blank,
    given,
    latest,
    one_of,
    other_than,
    unreadable,
    written_alike,
)
from returns903.rules.groups import AD1_ITEMS, ADOPTED, FOR_ADOPTION
from returns903.rules.registry import column_name, rule
from returns903.tables import AD1, Episodes
from returns903.years import Year

SINGLE, COUPLE = ("M1", "F1"), ("MM", "FF", "MF")
SAME_SEX = ("MM", "FF")
"""Codes of SEX_ADOPTR."""

WITH_FOSTER_CARER, WITH_OTHERS = ("A2", "A3", "A5"), ("A1", "A4", "A6")
"""Codes of PLACE: the prospective adopters were already the child's foster carers, or were not."""

DETAILS = [AD1.col(name) for name in AD1_ITEMS]


def ends_in_adoption() -> pl.Expr:
    """The episode ceased because the child was adopted."""
    return one_of(Episodes.REC, ADOPTED)


def adopted_in_year(year: Year) -> pl.Expr:
    """The episode ended in adoption on a day of the collection year."""
    return ends_in_adoption() & Episodes.DEC.is_between(year.start, year.end)


def must_be_date(code: str, date: pl.Expr, *, what: str) -> None:
    """The rule that a step on the way to adoption is dated by a day of the calendar."""
    words = {"name": column_name(date), "what": what}

    @rule(code, flags=AD1, fields=[date], words=words)
    def detail_is_no_date() -> pl.Expr:
        """The day {what} is not a date.

        When: {name} is given and cannot be read as dd/mm/yyyy, or is no day of the calendar. A blank passes.

        Why: the time from each step to the next on the way to adoption is counted from these days.

        Fix: enter {name} as dd/mm/yyyy, for example 05/04/2024.
        """
        return unreadable(date)


must_be_date("112", AD1.DATE_INT, what="on which it was decided that the child should be placed for adoption")
must_be_date("113", AD1.DATE_MATCH, what="on which the child was matched with the adopters")


def must_be_code(code: str, detail: pl.Expr, *, what: str) -> None:
    """The rule that a detail of the adoption is given by one of its codes."""
    name = column_name(detail)
    valid = codes.code_list(name)

    @rule(code, flags=AD1, fields=[detail], words={"name": name, "what": what, "codes": ", ".join(valid)})
    def detail_is_no_code() -> pl.Expr:
        """{what} is not given as one of the codes that {name} may hold.

        When: {name} is given and is none of {codes}. A blank passes.

        Why: adoptions are counted by these codes, and a value outside the list is counted nowhere.

        Fix: enter one of {codes} in {name}.
        """
        return ~one_of(detail, valid)


must_be_code("114", AD1.FOSTER_CARE, what="Whether the adopters were the child's foster carers")
must_be_code("175", AD1.NB_ADOPTR, what="The number of adopters")
must_be_code("176", AD1.SEX_ADOPTR, what="The sex of the adopters")
must_be_code("177", AD1.LS_ADOPTR, what="The legal status of the adopters")


@rule("151", flags=AD1, fields=DETAILS)
def details_in_part() -> pl.Expr:
    """Some of the adoption details are given and others are missing.

    When: at least one of DATE_INT, DATE_MATCH, FOSTER_CARE, NB_ADOPTR, SEX_ADOPTR and LS_ADOPTR is given and at least
    one of them is blank. An unreadable date counts as given.

    Why: a child was adopted, and then every detail is known, or was not, and then there is none.

    Fix: fill in the missing details, or clear them all if the child was not adopted in the year.
    """
    return any_of(*map(given, DETAILS)) & any_of(*map(blank, DETAILS))


@rule("331", flags=[AD1, Episodes], fields=[AD1.DATE_MATCH, Episodes.DECOM, Episodes.REC])
def matched_after_last_placement() -> pl.Expr:
    """The child was matched with the adopters after the episode that ended in adoption had begun.

    When: REC of an episode is E11 or E12, and DATE_MATCH of the same child is later than its DECOM. The same day
    passes, and so does a date that is blank or unreadable.

    Why: a child moves in with adopters only once it is matched with them.

    Fix: correct DATE_MATCH, or DECOM of the episode that ended in adoption.
    """
    return ends_in_adoption() & (AD1.DATE_MATCH > Episodes.DECOM)


@rule("333", flags=AD1, fields=[AD1.DATE_INT])
def matched_without_decision() -> pl.Expr:
    """The child was matched with adopters without an earlier decision that it should be placed for adoption.

    When: DATE_MATCH is a date, and DATE_INT is blank, unreadable or later than it. The same day passes.

    Why: adopters are sought for a child only once adoption has been decided on.

    Fix: enter the day of the decision in DATE_INT, or correct the later of the two dates.
    """
    return AD1.DATE_MATCH.is_not_null() & any_of(AD1.DATE_INT.is_null(), AD1.DATE_INT > AD1.DATE_MATCH)


@rule("334", flags=[Episodes, AD1], fields=[AD1.DATE_INT, Episodes.DECOM, Episodes.RNE])
def adoption_decided_before_care() -> pl.Expr:
    """Adoption was decided on before the child's present time in care began.

    When: DATE_INT is earlier than DECOM of the child's latest episode with RNE S. A child without such an episode
    passes, and so does a blank or unreadable date.

    Why: the authority decides on adoption for children in its care.

    Fix: correct DATE_INT, or DECOM and RNE of the episode with which the child came into care.
    """
    return latest(Episodes, where=Episodes.RNE == "S") & (AD1.DATE_INT < Episodes.DECOM)


@rule("335", flags=[Episodes, AD1], fields=[Episodes.PLACE, AD1.FOSTER_CARE])
def foster_carer_contradicts_placement() -> pl.Expr:
    """The placement and FOSTER_CARE disagree on whether the adopters had been the child's foster carers.

    When: REC of the episode is E1, E11 or E12, and either PLACE is A2, A3 or A5 and FOSTER_CARE is 0, or PLACE is A1,
    A4 or A6 and FOSTER_CARE is 1. A blank FOSTER_CARE passes.

    Why: the code of an adoptive placement says the same as FOSTER_CARE, in other words.

    Fix: correct PLACE of the episode or FOSTER_CARE, whichever is wrong.
    """
    fostered = one_of(Episodes.PLACE, WITH_FOSTER_CARER) & (AD1.FOSTER_CARE == "0")
    not_fostered = one_of(Episodes.PLACE, WITH_OTHERS) & (AD1.FOSTER_CARE == "1")
    return one_of(Episodes.REC, ADOPTED, "E1") & (fostered | not_fostered)


@rule("511", flags=AD1, fields=[AD1.NB_ADOPTR, AD1.SEX_ADOPTR])
def two_adopters_of_one_sex_code() -> pl.Expr:
    """There are two adopters, and their sex is given as that of one person.

    When: NB_ADOPTR is 2 and SEX_ADOPTR is M1 or F1. A blank or unknown SEX_ADOPTR passes.

    Why: M1 and F1 stand for a single adopter.

    Fix: enter MM, FF or MF, or correct the number of adopters.
    """
    return (AD1.NB_ADOPTR == "2") & one_of(AD1.SEX_ADOPTR, SINGLE)


def sexes_must_fit(code: str, *, status: str, adopters: str, sexes: tuple[str, ...]) -> None:
    """The rule that SEX_ADOPTR fits a legal status of the adopters."""
    words = {"status": status, "adopters": adopters, "sexes": " or ".join(sexes)}

    @rule(code, flags=AD1, fields=[AD1.LS_ADOPTR, AD1.SEX_ADOPTR], words=words)
    def sex_contradicts_status() -> pl.Expr:
        """The legal status of the adopters is that of {adopters}, and SEX_ADOPTR is blank or says otherwise.

        When: LS_ADOPTR is {status} and SEX_ADOPTR is not {sexes}. A blank SEX_ADOPTR flags.

        Why: the legal status says whether one person or two adopt, or of which sexes they are.

        Fix: enter {sexes} in SEX_ADOPTR, or correct LS_ADOPTR.
        """
        return (AD1.LS_ADOPTR == status) & other_than(AD1.SEX_ADOPTR, sexes)


sexes_must_fit("514", status="L0", adopters="a single adopter", sexes=SINGLE)
sexes_must_fit("517", status="L3", adopters="an unmarried couple of different sexes", sexes=("MF",))
sexes_must_fit(
    "518", status="L4", adopters="a couple of the same sex without marriage or civil partnership", sexes=SAME_SEX
)
sexes_must_fit("519", status="L2", adopters="a couple in a civil partnership", sexes=COUPLE)
sexes_must_fit("520", status="L11", adopters="a married couple of different sexes", sexes=("MF",))
sexes_must_fit("524", status="L12", adopters="a married couple of the same sex", sexes=SAME_SEX)


@rule("521", flags=[Episodes, AD1], fields=[Episodes.PLACE, Episodes.DECOM, AD1.DATE_INT])
def placed_before_adoption_decided() -> pl.Expr:
    """The child was placed with prospective adopters before it was decided that it should be placed for adoption.

    When: PLACE is A3, A4, A5 or A6 and DATE_INT of the same child is later than DECOM. The same day passes, and so
    does a date that is blank or unreadable.

    Why: the decision comes first, and allows the placement.

    Fix: correct DATE_INT, or PLACE and DECOM of the episode.
    """
    return one_of(Episodes.PLACE, FOR_ADOPTION) & (AD1.DATE_INT > Episodes.DECOM)


@rule("582", flags=Episodes, fields=[Episodes.DEC, AD1.DATE_MATCH], severity="query")
def adopted_on_day_of_match() -> pl.Expr:
    """The child was adopted on the very day it was matched with the adopters.

    When: REC is E11 or E12, and DEC is the same day as DATE_MATCH of the same child. Two cells that say the same and
    are no dates count as the same day; two blanks do not.

    Why: the court makes an adoption order some time after the match, so one date has often been put for the other.

    Fix: check both days against the order and the record of the match; leave them if they are right.
    """
    return ends_in_adoption() & written_alike(Episodes.DEC, AD1.DATE_MATCH)


@rule("601", flags=[Episodes, AD1], fields=[Episodes.REC, *DETAILS])
def adopted_without_details(year: Year) -> pl.Expr:
    """The child was adopted in the year, and details of the adoption are missing.

    When: REC of an episode is E11 or E12 and its DEC lies in the collection year, and the child has no row in AD1 or
    one with a blank among DATE_INT, DATE_MATCH, FOSTER_CARE, NB_ADOPTR, SEX_ADOPTR and LS_ADOPTR. A blank or
    unreadable DEC passes.

    Why: every adoption of the year is reported with its dates and its adopters.

    Fix: complete the child's row in AD1, or correct REC and DEC of the episode if the child was not adopted.
    """
    return all_of(adopted_in_year(year), any_of(*map(blank, DETAILS)))


@rule("602", flags=AD1, fields=[AD1.CHILD])
def details_without_adoption(year: Year) -> pl.Expr:
    """Details of an adoption are given for a child that has no episode ending in adoption in the year.

    When: at least one of DATE_INT, DATE_MATCH, FOSTER_CARE, NB_ADOPTR, SEX_ADOPTR and LS_ADOPTR is given, and no
    episode of the child has REC E11 or E12 with DEC in the collection year.

    Why: AD1 describes the adoptions of the year and no others.

    Fix: correct REC and DEC of the episode that ended in adoption, or remove the details.
    """
    return any_of(*map(given, DETAILS)) & ~any_row(Episodes, adopted_in_year(year))
