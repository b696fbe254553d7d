"""The type of placement: its codes, who is old enough for it, and what goes with it."""

from __future__ import annotations

import datetime as dt

import polars as pl

from returns903 import codes
from returns903.frames.terms import any_row, given, one_of, other_than, years_after
from returns903.rules.groups import ADOPTED, FOR_ADOPTION, FOSTER, NO_URN, RESPITE
from returns903.rules.registry import rule
from returns903.tables import Episodes, Header
from returns903.years import RULE_YEARS, Year

CURRENT_CARER = ("A3", "A5")
"""Placed for adoption with the foster carers whom the child already lives with."""

CURRENT_CARER_RULE_BEGAN = dt.date(2015, 4, 1)
LAST_DAY_OF_P2 = dt.date(2023, 10, 28)


def must_be_placement_type(
    code: str, *, since: str = RULE_YEARS[0], until: str | None = None, changed: str | None = None
) -> None:
    """The rule that PLACE is one of its codes."""

    @rule(code, flags=Episodes, fields=[Episodes.PLACE], since=since, until=until, changed=changed)
    def unknown_placement_type(rules_year: Year) -> pl.Expr:
        """The placement type is not a code of this year's list.

        When: PLACE is given and is none of the placement types in use in the year. A blank passes.

        Why: almost every figure about where children live counts by this code.

        Fix: enter the code of the placement; one that has left the list must give way to its successor.
        """
        return given(Episodes.PLACE) & other_than(Episodes.PLACE, codes.PLACE.valid(rules_year))


must_be_placement_type("146", until="2023-24")
must_be_placement_type(
    "146", since="2024-25", until="2024-25", changed="K3, registered supported accommodation, joined the codes."
)
must_be_placement_type("146", since="2025-26", changed="H5, P2 and Z1 left the codes, and Z11 to Z14 joined them.")


@rule("214", flags=Episodes, fields=[Episodes.PL_POST, Episodes.URN])
def respite_with_address() -> pl.Expr:
    """An episode of short breaks gives a placement postcode or an Ofsted number.

    When: LS is V3 or V4, and PL_POST or URN is given. The placeholder XXXXXXX counts as given.

    Why: where single short breaks take place is not collected.

    Fix: clear PL_POST and URN, or correct LS if the child was looked after under another status.
    """
    return one_of(Episodes.LS, RESPITE) & (given(Episodes.PL_POST) | given(Episodes.URN))


@rule("217", flags=Episodes, fields=[Episodes.PLACE, Episodes.DECOM, Episodes.RNE])
def current_carer_after_change_of_carer() -> pl.Expr:
    """A placement for adoption with the current foster carers began with a reason that means new carers.

    When: PLACE is A3 or A5, DECOM is 1 April 2015 or later, and RNE is none of S, T and U; a blank RNE flags. A blank
    or unreadable DECOM passes.

    Why: the child stays with the same people, so only the placement type, or it and the legal status, can have changed.

    Fix: correct RNE to T or U, or PLACE to A4 or A6 if the adopters were not the child's foster carers.
    """
    began = Episodes.DECOM >= CURRENT_CARER_RULE_BEGAN
    return one_of(Episodes.PLACE, CURRENT_CARER) & began & other_than(Episodes.RNE, "S", "T", "U")


@rule("217t", flags=Episodes, fields=[Episodes.PLACE, Episodes.DEC], since="2023-24", until="2023-24")
def independent_living_after_its_end() -> pl.Expr:
    """An independent living placement runs on after 28 October 2023.

    When: PLACE is P2, and DEC is later than 28 October 2023, blank or unreadable.

    Why: from that day on such accommodation has to be registered, so the code could no longer be used.

    Fix: end the episode by 28 October 2023 and open one with the placement type that follows it.
    """
    return one_of(Episodes.PLACE, "P2") & (Episodes.DEC > LAST_DAY_OF_P2).fill_null(value=True)


@rule("242", flags=Episodes, fields=[Episodes.URN], since="2025-26")
def placeholder_for_registered_placement() -> pl.Expr:
    """The placeholder stands for the Ofsted number of a placement that is neither fostering nor adoption.

    When: URN is XXXXXXX and PLACE is none of A3 to A6 and U1 to U6; a blank PLACE flags.

    Why: only carers and adopters may have no number of their own; any other registered provider has one.

    Fix: enter the provider's URN, or clear it if the placement type has none.
    """
    return (Episodes.URN == NO_URN) & other_than(Episodes.PLACE, FOR_ADOPTION, FOSTER)


@rule("336", flags=Episodes, fields=[Episodes.PLACE])
def current_carer_after_other_placement() -> pl.Expr:
    """A placement for adoption with the current foster carers follows a placement that was not with carers.

    When: PLACE is A3 or A5, the child has an episode before this one, and that one's PLACE is none of A3 to A6 and U1
    to U6; a blank flags. A child with no readable DECOM passes.

    Why: adopters who were the child's foster carers had the child in a foster or adoptive placement just before.

    Fix: correct PLACE here to A4 or A6, or the placement type of the episode before.
    """
    follows = Episodes.previous.row.is_not_null() & any_row(Episodes, Episodes.DECOM.is_not_null())
    from_elsewhere = other_than(Episodes.previous.PLACE, FOR_ADOPTION, FOSTER)
    return one_of(Episodes.PLACE, CURRENT_CARER) & follows & from_elsewhere


def placement_only_from_age(
    code: str,
    place: str,
    *,
    age: int,
    kind: str,
    since: str = RULE_YEARS[0],
    until: str | None = None,
    changed: str | None = None,
) -> None:
    """The rule that a type of placement is for children from an age on."""
    words = {"place": place, "kind": kind, "age": str(age)}
    fields = [Episodes.DECOM, Episodes.PLACE]

    @rule(code, flags=Episodes, fields=fields, since=since, until=until, words=words, changed=changed)
    def too_young_for_placement() -> pl.Expr:
        """A child younger than {age} was placed in {kind}.

        When: PLACE is {place} and DECOM is earlier than the {age}th birthday by DOB in Header; the birthday itself
        passes, and whether the episode has ended does not matter. A blank or unreadable date passes.

        Why: children below this age are not placed in {kind}.

        Fix: check the placement type, the day the episode commenced, and the date of birth.
        """
        return one_of(Episodes.PLACE, place) & (Episodes.DECOM < years_after(Header.DOB, age))


placement_only_from_age("370", "P2", age=15, kind="independent living", until="2022-23")
placement_only_from_age(
    "370",
    "P2",
    age=16,
    kind="independent living",
    since="2023-24",
    until="2023-24",
    changed="the minimum age rose from 15 to 16.",
)
placement_only_from_age("371", "H5", age=14, kind="semi-independent living", until="2022-23")
placement_only_from_age(
    "371",
    "H5",
    age=16,
    kind="semi-independent living",
    since="2023-24",
    until="2023-24",
    changed="the minimum age rose from 14 to 16.",
)
placement_only_from_age(
    "371",
    "K3",
    age=16,
    kind="supported accommodation",
    since="2024-25",
    changed="it asks about K3, the successor of H5.",
)
placement_only_from_age("372", "R5", age=10, kind="a young offender institution or prison")
placement_only_from_age("373", "S1", age=4, kind="a residential school")
placement_only_from_age("374", "P3", age=14, kind="residential employment")


@rule("378", flags=Episodes, fields=[Episodes.PLACE, Episodes.LS])
def accommodated_with_parents() -> pl.Expr:
    """A child under a voluntary agreement is placed with a parent.

    When: PLACE is P1 and LS is V2.

    Why: a child who lives with a person with parental responsibility is looked after only under an order; accommodation
    by agreement ends when the child goes home.

    Fix: correct the legal status or the placement type, or end the period of care.
    """
    return one_of(Episodes.PLACE, "P1") & one_of(Episodes.LS, "V2")


@rule("384", flags=Episodes, fields=[Episodes.PLACE, Episodes.LS])
def respite_in_long_term_placement() -> pl.Expr:
    """An episode of short breaks is in a long-term foster placement.

    When: LS is V3 or V4 and PLACE is U1 or U4.

    Why: short breaks and a long-term home with foster carers rule each other out.

    Fix: correct the placement type, or the legal status.
    """
    return one_of(Episodes.LS, RESPITE) & one_of(Episodes.PLACE, "U1", "U4")


@rule("390", flags=Episodes, fields=[Episodes.PLACE, Episodes.REC])
def adopted_from_other_placement() -> pl.Expr:
    """An episode that ended in adoption was not a placement for adoption.

    When: REC is E11 or E12 and PLACE is none of A3, A4, A5 and A6; a blank PLACE flags.

    Why: a child is adopted from a placement with the adopters.

    Fix: correct PLACE, or REC if the child was not adopted.
    """
    return one_of(Episodes.REC, ADOPTED) & other_than(Episodes.PLACE, FOR_ADOPTION)


@rule("516", flags=Episodes, fields=[Episodes.REC, Episodes.PLACE])
def guardianship_of_carer_from_other_placement() -> pl.Expr:
    """Special guardianship went to former foster carers, but the episode was not a foster placement.

    When: REC is E45 or E46 and PLACE is none of U1 to U6; a blank PLACE flags.

    Why: both reasons say that the new guardians were fostering the child.

    Fix: correct PLACE, or REC to E47 or E48 if the guardians were not the child's foster carers.
    """
    return one_of(Episodes.REC, "E45", "E46") & other_than(Episodes.PLACE, FOSTER)
