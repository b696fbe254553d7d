"""Health, strengths and difficulties, and convictions of children looked after for twelve months."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from returns903 import codes
from returns903.frames.terms import any_of, blank, earliest, given, has_row, other_than, years_after
from returns903.rules.care import looked_after_all_year
from returns903.rules.groups import OC2_ITEMS
from returns903.rules.registry import column_name, rule
from returns903.tables import OC2, Episodes, Table
from returns903.years import Year

ITEMS = [OC2.col(name) for name in OC2_ITEMS]
CORE = [OC2.IMMUNISATIONS, OC2.TEETH_CHECK, OC2.HEALTH_ASSESSMENT, OC2.SUBSTANCE_MISUSE]
"""The items that every child in care for the whole year is asked."""
OTHERS = [OC2.CONVICTED, OC2.HEALTH_CHECK, OC2.INTERVENTION_RECEIVED, OC2.INTERVENTION_OFFERED]
SDQ = [OC2.SDQ_SCORE, OC2.SDQ_REASON]


def any_given(columns: Iterable[pl.Expr]) -> pl.Expr:
    """Something stands in one of the cells at least."""
    return any_of(*[given(column) for column in columns])


def any_blank(columns: Iterable[pl.Expr]) -> pl.Expr:
    """One of the cells at least is empty."""
    return any_of(*[blank(column) for column in columns])


def no_sdq() -> pl.Expr:
    """Neither a score nor a reason for its absence."""
    return blank(OC2.SDQ_SCORE) & blank(OC2.SDQ_REASON)


def four_to_sixteen(year: Year) -> pl.Expr:
    """The child was at least 4 when the year began, and not yet 17 when it closed."""
    return (years_after(OC2.DOB, 4) <= year.start) & (years_after(OC2.DOB, 17) > year.end)


@rule("157", flags=OC2, fields=[OC2.SDQ_REASON, OC2.DOB])
def outside_age_range_though_within(year: Year) -> pl.Expr:
    """The reason for no SDQ score is that the child is too young or too old, which it was not at any time in the year.

    When: SDQ_SCORE is blank, SDQ_REASON is SDQ1, the child was looked after for the whole year, was 4 or more on its
    first day and younger than 17 on its last. A blank or unreadable DOB passes.

    Why: a score is wanted for every child of 4 to 16 in care all year.

    Fix: enter the score, or the reason that applies.
    """
    wrong_reason = blank(OC2.SDQ_SCORE) & (OC2.SDQ_REASON == "SDQ1")
    return wrong_reason & four_to_sixteen(year) & looked_after_all_year(year)


@rule("158", flags=OC2, fields=[OC2.INTERVENTION_RECEIVED, OC2.INTERVENTION_OFFERED])
def offered_though_received() -> pl.Expr:
    """It is said whether an intervention was offered, though the child received one.

    When: INTERVENTION_RECEIVED is 1 and INTERVENTION_OFFERED is given, whatever it says.

    Why: whether help was offered is asked only where it was not received.

    Fix: clear INTERVENTION_OFFERED, or correct INTERVENTION_RECEIVED.
    """
    return (OC2.INTERVENTION_RECEIVED == "1") & given(OC2.INTERVENTION_OFFERED)


@rule("159", flags=OC2, fields=[OC2.SUBSTANCE_MISUSE, OC2.INTERVENTION_RECEIVED, OC2.INTERVENTION_OFFERED])
def not_said_whether_offered() -> pl.Expr:
    """A child with a substance misuse problem received no intervention, and it is not said whether one was offered.

    When: SUBSTANCE_MISUSE is 1, INTERVENTION_RECEIVED is 0 and INTERVENTION_OFFERED is blank.

    Why: a child who refused help is told apart from one who was offered none.

    Fix: enter 1 or 0 in INTERVENTION_OFFERED.
    """
    return (OC2.SUBSTANCE_MISUSE == "1") & (OC2.INTERVENTION_RECEIVED == "0") & blank(OC2.INTERVENTION_OFFERED)


@rule("180", flags=OC2, fields=[OC2.SDQ_SCORE])
def score_out_of_range() -> pl.Expr:
    """The SDQ score is no whole number from 0 to 40.

    When: SDQ_SCORE is given and does not read as one of the numbers 0 to 40. A whole number with decimals that are all
    zero passes, and so does a blank.

    Why: the questionnaire has no other scores.

    Fix: correct SDQ_SCORE, or clear it and give the reason in SDQ_REASON.
    """
    number = OC2.SDQ_SCORE.cast(pl.Float64, strict=False)
    whole = number.is_between(0, 40) & (number == number.floor())
    return given(OC2.SDQ_SCORE) & ~whole.fill_null(value=False)


@rule("181", flags=OC2, fields=ITEMS)
def neither_yes_nor_no() -> pl.Expr:
    """A health or conviction item is neither 0 nor 1.

    When: any of the eight yes-or-no items is given and is not 0 or 1. Blanks pass.

    Why: the items are answered by 1 for yes and 0 for no.

    Fix: enter 0 or 1, or clear the item where it does not apply.
    """
    return any_of(*[given(item) & other_than(item, codes.YES_NO) for item in ITEMS])


@rule("182", flags=OC2, fields=[*CORE, *OTHERS])
def core_items_missing() -> pl.Expr:
    """A conviction, health check or intervention item is given, but not all four core health items are.

    When: CONVICTED, HEALTH_CHECK, INTERVENTION_RECEIVED or INTERVENTION_OFFERED is given, and IMMUNISATIONS,
    TEETH_CHECK, HEALTH_ASSESSMENT or SUBSTANCE_MISUSE is blank.

    Why: a child of whom anything is asked here is asked the four core items.

    Fix: complete the core items, or clear the row where the child was not in care for the whole year.
    """
    return any_given(OTHERS) & any_blank(CORE)


def only_after_year_in_care(code: str, items: list[pl.Expr], *, what: str, names: str) -> None:
    """The rule that something is asked only of children looked after for the whole year."""

    @rule(code, flags=OC2, fields=items, words={"what": what, "names": names})
    def not_in_care_all_year(year: Year) -> pl.Expr:
        """{what} is given for a child who was not looked after for the whole year.

        When: {names} is given, whatever it says, and the child's episodes show a start, an end or respite care in the
        year, or no day of it. A child without any episode flags.

        Why: OC2 is asked of children in care from the first to the last day of the year.

        Fix: clear what is given, or correct the child's episodes.
        """
        return any_given(items) & ~looked_after_all_year(year)


only_after_year_in_care("185", [OC2.SDQ_SCORE], what="An SDQ score", names="SDQ_SCORE")
only_after_year_in_care("190", ITEMS, what="A health or conviction item", names="any of the eight yes-or-no items")
only_after_year_in_care("198", [OC2.SDQ_REASON], what="A reason for no SDQ score", names="SDQ_REASON")


@rule("186", flags=OC2, fields=[OC2.SDQ_SCORE])
def no_score_from_four_to_sixteen(year: Year) -> pl.Expr:
    """A child of 4 to 16 who was looked after for the whole year has neither an SDQ score nor a reason for having none.

    When: SDQ_SCORE and SDQ_REASON are blank, the child was looked after for the whole year, was 4 or more on its first
    day and younger than 17 on its last. A blank or unreadable DOB passes.

    Why: a score is wanted for every child of these ages.

    Fix: enter the score, or the reason why there is none.
    """
    return no_sdq() & four_to_sixteen(year) & looked_after_all_year(year)


@rule("188", flags=OC2, fields=SDQ)
def score_before_four(year: Year) -> pl.Expr:
    """SDQ details are given for a child who was younger than 4 throughout the year.

    When: SDQ_SCORE or SDQ_REASON is given, and the fourth birthday is after the last day of the year. A blank or
    unreadable DOB passes.

    Why: the questionnaire is not used for children so young.

    Fix: clear both, or correct DOB.
    """
    return any_given(SDQ) & (years_after(OC2.DOB, 4) > year.end)


@rule("189", flags=OC2, fields=[OC2.DOB, *SDQ])
def score_after_seventeen(year: Year) -> pl.Expr:
    """SDQ details are given for a young person who had turned 17 before the year began.

    When: SDQ_SCORE or SDQ_REASON is given, and the seventeenth birthday is before the first day of the year; that day
    itself passes, and so does a blank or unreadable DOB.

    Why: the questionnaire is not used for young people of that age.

    Fix: clear both, or correct DOB.
    """
    return any_given(SDQ) & (years_after(OC2.DOB, 17) < year.start)


@rule("191", flags=[OC2, Episodes], fields=[*CORE, OC2.CHILD, Episodes.CHILD])
def core_items_missing_after_year_in_care(year: Year) -> dict[Table, pl.Expr]:
    """A child who was looked after for the whole year lacks core health items.

    When: the child was looked after for the whole year, and in its row of OC2 any of IMMUNISATIONS, TEETH_CHECK,
    HEALTH_ASSESSMENT and SUBSTANCE_MISUSE is blank. Where it has no row in OC2, its earliest episode is flagged.

    Why: the four are asked of every child in care for twelve months.

    Fix: complete the row of OC2, or add it.
    """
    all_year = looked_after_all_year(year)
    return {OC2: all_year & any_blank(CORE), Episodes: all_year & earliest(Episodes) & ~has_row(OC2)}


@rule("192", flags=OC2, fields=[OC2.SUBSTANCE_MISUSE, OC2.INTERVENTION_RECEIVED])
def not_said_whether_received() -> pl.Expr:
    """A child has a substance misuse problem, and it is not said whether it received an intervention.

    When: SUBSTANCE_MISUSE is 1 and INTERVENTION_RECEIVED is blank.

    Why: the help given to these children is counted.

    Fix: enter 1 or 0 in INTERVENTION_RECEIVED.
    """
    return (OC2.SUBSTANCE_MISUSE == "1") & blank(OC2.INTERVENTION_RECEIVED)


@rule("193", flags=OC2, fields=[OC2.SUBSTANCE_MISUSE, OC2.INTERVENTION_RECEIVED, OC2.INTERVENTION_OFFERED])
def intervention_without_misuse() -> pl.Expr:
    """An intervention item is given for a child without a substance misuse problem.

    When: SUBSTANCE_MISUSE is 0 or blank, and INTERVENTION_RECEIVED or INTERVENTION_OFFERED is given, even as 0.

    Why: interventions are asked about only where there is such a problem.

    Fix: clear the intervention items, or correct SUBSTANCE_MISUSE.
    """
    no_misuse = any_of(blank(OC2.SUBSTANCE_MISUSE), OC2.SUBSTANCE_MISUSE == "0")
    return no_misuse & any_given([OC2.INTERVENTION_RECEIVED, OC2.INTERVENTION_OFFERED])


@rule("196", flags=OC2, fields=[OC2.SDQ_REASON], words={"codes": ", ".join(codes.SDQ_REASON)})
def reason_not_known(rules_year: Year) -> pl.Expr:
    """The reason for no SDQ score is none of the permitted codes.

    When: SDQ_REASON is given and none of {codes}. A blank passes.

    Why: reasons are counted by code.

    Fix: enter one of the codes, or clear SDQ_REASON where there is a score.
    """
    return given(OC2.SDQ_REASON) & other_than(OC2.SDQ_REASON, codes.SDQ_REASON.valid(rules_year))


@rule("197a", flags=OC2, fields=SDQ)
def reason_beside_score() -> pl.Expr:
    """A reason for no SDQ score stands beside a score.

    When: SDQ_SCORE and SDQ_REASON are both given.

    Why: the reason explains why there is no score.

    Fix: clear whichever of the two is wrong.
    """
    return given(OC2.SDQ_SCORE) & given(OC2.SDQ_REASON)


@rule("197B", flags=OC2, fields=[OC2.SDQ_REASON, OC2.DOB])
def no_score_at_four_or_seventeen(year: Year) -> pl.Expr:
    """A child who turned 4 or 17 in the year, all of it in care, has neither an SDQ score nor a reason for having none.

    When: SDQ_SCORE and SDQ_REASON are blank, the child was looked after for the whole year, and its fourth or
    seventeenth birthday is in the year, the first and the last day included. A blank or unreadable DOB passes.

    Why: of children at the edge of the age range a score is wanted, or the reason that they were outside it.

    Fix: enter the score, or the reason why there is none.
    """
    birthdays = [years_after(OC2.DOB, age).is_between(year.start, year.end) for age in (4, 17)]
    return no_sdq() & any_of(*birthdays) & looked_after_all_year(year)


@rule("542", flags=OC2, fields=[OC2.CONVICTED])
def convicted_before_ten(year: Year) -> pl.Expr:
    """A conviction item is given for a child younger than 10 at the end of the year.

    When: CONVICTED is given, even as 0, and the tenth birthday is after the last day of the year. A blank or unreadable
    DOB passes.

    Why: children under 10 cannot be convicted.

    Fix: clear CONVICTED, or correct DOB.
    """
    return given(OC2.CONVICTED) & (years_after(OC2.DOB, 10) > year.end)


@rule("543", flags=OC2, fields=[OC2.DOB, OC2.CONVICTED])
def no_conviction_item_from_ten(year: Year) -> pl.Expr:
    """A child of 10 or over who was looked after for the whole year has no conviction item.

    When: CONVICTED is blank, the child was looked after for the whole year, and its tenth birthday is on or before the
    last day of the year. A blank or unreadable DOB passes.

    Why: convictions are counted for every child of that age in care for twelve months.

    Fix: enter 1 or 0 in CONVICTED.
    """
    return blank(OC2.CONVICTED) & (years_after(OC2.DOB, 10) <= year.end) & looked_after_all_year(year)


def yes_needs_core_items(code: str, item: pl.Expr, *, what: str) -> None:
    """The rule that the core items are answered where an item is answered by yes."""

    @rule(code, flags=OC2, fields=[item, *CORE], words={"column": column_name(item), "what": what})
    def core_items_missing_beside_yes() -> pl.Expr:
        """The row reports {what}, but not all four core health items.

        When: {column} is 1, and IMMUNISATIONS, TEETH_CHECK, HEALTH_ASSESSMENT or SUBSTANCE_MISUSE is blank. Where
        {column} is 0 the row passes.

        Why: a child of whom this is reported is asked the core items as well.

        Fix: complete the core items, or correct {column}.
        """
        return (item == "1") & any_blank(CORE)


yes_needs_core_items("544", OC2.CONVICTED, what="a conviction")
yes_needs_core_items("547", OC2.HEALTH_CHECK, what="that health promotion checks are up to date")


@rule("545", flags=OC2, fields=[OC2.DOB, OC2.HEALTH_CHECK])
def no_health_check_before_five(year: Year) -> pl.Expr:
    """A child under 5 who was looked after for the whole year has no answer about health promotion checks.

    When: HEALTH_CHECK is blank, the child was looked after for the whole year, and its fifth birthday is after the last
    day of the year. A blank or unreadable DOB passes.

    Why: the checks are asked about for every young child in care for twelve months.

    Fix: enter 1 or 0 in HEALTH_CHECK.
    """
    return blank(OC2.HEALTH_CHECK) & (years_after(OC2.DOB, 5) > year.end) & looked_after_all_year(year)


@rule("546", flags=OC2, fields=[OC2.DOB, OC2.HEALTH_CHECK])
def health_check_from_five(year: Year) -> pl.Expr:
    """Health promotion checks are reported for a child who was 5 or over at the end of the year.

    When: HEALTH_CHECK is given, even as 0, the child was looked after for the whole year, and its fifth birthday is on
    or before the last day of the year. A blank or unreadable DOB passes.

    Why: the checks are asked about for children under 5 only.

    Fix: clear HEALTH_CHECK, or correct DOB.
    """
    return given(OC2.HEALTH_CHECK) & (years_after(OC2.DOB, 5) <= year.end) & looked_after_all_year(year)
