"""Who provides the placement, and the Ofsted number, by the type of placement."""

from __future__ import annotations

import polars as pl

from returns903 import codes
from returns903.frames.terms import any_of, blank, given, one_of, other_than
from returns903.rules.groups import FOR_ADOPTION, FOSTER, NO_URN, TEMPORARY
from returns903.rules.registry import rule
from returns903.tables import Episodes
from returns903.years import RULE_YEARS

OTHER_PLACEMENTS = ("Z11", "Z12", "Z13", "Z14")
"""The kinds of other placement since 2025-26; before, they were all Z1."""

UNREGISTERED = ("P1", "P3", "R1", "R2", "R5", *TEMPORARY)
"""Placement types that Ofsted has never registered."""


def unlike_its_placement(*without_provider: str) -> pl.Expr:
    """PLACE_PROVIDER is given, and is no code of its list or stands beside a placement type that has no provider."""
    unknown = other_than(Episodes.PLACE_PROVIDER, codes.PLACE_PROVIDER)
    return given(Episodes.PLACE_PROVIDER) & any_of(unknown, one_of(Episodes.PLACE, *without_provider))


@rule("178", flags=Episodes, fields=[Episodes.PLACE_PROVIDER], until="2024-25")
def provider_unknown_or_unwanted_z1() -> pl.Expr:
    """The placement provider is not a code of its list, or the placement type has no provider.

    When: PLACE_PROVIDER is given, and either it is none of PR0 to PR5 or PLACE is one of T0 to T4 and Z1. A blank
    PLACE_PROVIDER passes; a blank PLACE may have a provider.

    Why: the provider says who runs the placement, and is counted by these codes alone.

    Fix: correct the code, or clear it for a temporary or other placement.
    """
    return unlike_its_placement(*TEMPORARY, "Z1")


@rule("178", flags=Episodes, fields=[Episodes.PLACE_PROVIDER], since="2025-26")
def provider_unknown_or_unwanted() -> pl.Expr:
    """The placement provider is not a code of its list, or the placement type has no provider.

    When: PLACE_PROVIDER is given, and either it is none of PR0 to PR5 or PLACE is one of T0 to T3 and Z11 to Z14. A
    blank PLACE_PROVIDER passes; a blank PLACE may have a provider. A provider beside T4 is left to rule 213.

    Why: the provider says who runs the placement, and is counted by these codes alone.

    Fix: correct the code, or clear it for a temporary or other placement.

    Changed: Z11 to Z14 took the place of Z1, and T4 left the placement types asked about.
    """
    return unlike_its_placement("T0", "T1", "T2", "T3", *OTHER_PLACEMENTS)


@rule("213", flags=Episodes, fields=[Episodes.PLACE_PROVIDER], until="2024-25")
def provider_of_temporary_placement() -> pl.Expr:
    """A temporary placement gives a placement provider.

    When: PLACE is one of T0 to T4 and PLACE_PROVIDER is given, whatever it is.

    Why: the child's provider is that of the placement that the absence interrupts.

    Fix: clear PLACE_PROVIDER, or correct the placement type.
    """
    return one_of(Episodes.PLACE, TEMPORARY) & given(Episodes.PLACE_PROVIDER)


@rule("213", flags=Episodes, fields=[Episodes.PLACE_PROVIDER], since="2025-26")
def provider_of_temporary_or_other_placement() -> pl.Expr:
    """A temporary or other placement gives a placement provider.

    When: PLACE is one of T0 to T4 and Z11 to Z14, and PLACE_PROVIDER is given, whatever it is.

    Why: a temporary placement has the provider of the one that it interrupts, and an other placement has none.

    Fix: clear PLACE_PROVIDER, or correct the placement type.

    Changed: Z11 to Z14 joined the placement types without a provider.
    """
    return one_of(Episodes.PLACE, TEMPORARY, OTHER_PLACEMENTS) & given(Episodes.PLACE_PROVIDER)


def must_have_no_number(
    code: str,
    further: tuple[str, ...],
    *,
    named: str,
    since: str = RULE_YEARS[0],
    until: str | None = None,
    changed: str | None = None,
) -> None:
    """The rule that placement types which Ofsted does not register have no number."""
    words = {"named": named}

    @rule(code, flags=Episodes, fields=[Episodes.URN], since=since, until=until, words=words, changed=changed)
    def number_of_unregistered_placement() -> pl.Expr:
        """An Ofsted number is given for a type of placement that Ofsted does not register.

        When: URN is given and is not XXXXXXX, and PLACE is one of P1, P3, R1, R2, R5, T0 to T4, {named}.

        Why: nobody can have a number for such a placement, so either it or the placement type is wrong.

        Fix: clear URN, or correct the placement type.
        """
        return (Episodes.URN != NO_URN) & one_of(Episodes.PLACE, UNREGISTERED, further)


must_have_no_number("222", ("H5", "P2", "Z1"), named="H5, P2 and Z1", until="2022-23")
must_have_no_number(
    "222",
    ("P2", "Z1"),
    named="P2 and Z1",
    since="2023-24",
    until="2023-24",
    changed="H5 may have a number.",
)
must_have_no_number(
    "222",
    ("Z1",),
    named="and Z1",
    since="2024-25",
    until="2024-25",
    changed="P2 left the types asked about.",
)
must_have_no_number(
    "222",
    OTHER_PLACEMENTS,
    named="and Z11 to Z14",
    since="2025-26",
    changed="Z11 to Z14 succeeded Z1.",
)


@rule("526", flags=Episodes, fields=[Episodes.PLACE, Episodes.PLACE_PROVIDER], until="2024-25")
def no_provider_z1() -> pl.Expr:
    """The episode gives no placement provider.

    When: PLACE_PROVIDER is blank and PLACE is none of T0 to T4 and Z1; a blank PLACE flags.

    Why: every placement but a temporary or other one is provided by somebody.

    Fix: enter the code of the provider, or correct the placement type.
    """
    return blank(Episodes.PLACE_PROVIDER) & other_than(Episodes.PLACE, TEMPORARY, "Z1")


@rule("526", flags=Episodes, fields=[Episodes.PLACE, Episodes.PLACE_PROVIDER], since="2025-26")
def no_provider() -> pl.Expr:
    """The episode gives no placement provider.

    When: PLACE_PROVIDER is blank and PLACE is none of T0 to T4 and Z11 to Z14; a blank PLACE flags.

    Why: every placement but a temporary or other one is provided by somebody.

    Fix: enter the code of the provider, or correct the placement type.

    Changed: Z11 to Z14 took the place of Z1.
    """
    return blank(Episodes.PLACE_PROVIDER) & other_than(Episodes.PLACE, TEMPORARY, OTHER_PLACEMENTS)


def cannot_provide(code: str, provider: str, places: tuple[str, ...], *, who: str, named: str) -> None:
    """The rule that a kind of provider runs no placements of these types."""
    words = {"provider": provider, "who": who, "named": named}

    @rule(code, flags=Episodes, fields=[Episodes.PLACE, Episodes.PLACE_PROVIDER], words=words)
    def provider_cannot_run_placement() -> pl.Expr:
        """The placement is of a type that {who} cannot be the provider of.

        When: PLACE_PROVIDER is {provider} and PLACE is {named}. A blank passes.

        Why: parents are a provider of their own, and each kind of body runs only certain kinds of placement.

        Fix: correct PLACE_PROVIDER or PLACE, whichever does not tell who the child lives with.
        """
        return one_of(Episodes.PLACE_PROVIDER, provider) & one_of(Episodes.PLACE, places)


cannot_provide("527", "PR1", ("P1", "R2", "R5"), who="the authority itself", named="P1, R2 or R5")
cannot_provide("528", "PR2", ("P1", "R2", "R5"), who="another authority", named="P1, R2 or R5")
cannot_provide(
    "529",
    "PR3",
    (*FOR_ADOPTION, "K1", "K2", "P1", *FOSTER),
    who="another public body",
    named="one of A3 to A6, K1, K2, P1 and U1 to U6",
)
cannot_provide("530", "PR4", ("P1",), who="a private provider", named="P1")
cannot_provide("531", "PR5", ("P1",), who="a voluntary provider", named="P1")


@rule("550", flags=Episodes, fields=[Episodes.PLACE, Episodes.PLACE_PROVIDER])
def parent_provides_other_placement() -> pl.Expr:
    """The provider is a parent, but the child is not placed with parents.

    When: PLACE_PROVIDER is PR0 and PLACE is not P1; a blank PLACE flags.

    Why: a person with parental responsibility provides no placement but the one with themselves.

    Fix: correct PLACE to P1, or PLACE_PROVIDER to whoever provides the placement.
    """
    return one_of(Episodes.PLACE_PROVIDER, "PR0") & other_than(Episodes.PLACE, "P1")
