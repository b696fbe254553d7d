"""What must agree with Ofsted's list of children's homes and social care providers."""

from __future__ import annotations

import polars as pl

from returns903.frames.terms import any_of, given, one_of, other_than
from returns903.rules.groups import NO_URN, RESPITE
from returns903.rules.provision import OTHER_PLACEMENTS, UNREGISTERED
from returns903.rules.registry import rule
from returns903.tables import Episodes, Providers
from returns903.years import RULE_YEARS, Year


def names_provider() -> pl.Expr:
    """URN is given and is not the placeholder; null where it is blank."""
    return Episodes.URN != NO_URN


def listed(entries: pl.Expr, value: pl.Expr) -> pl.Expr:
    """The value is among what the list has for the URN; a blank never is, and for an unknown URN there is nothing."""
    return any_of(value.is_not_null() & entries.list.contains(value))


def provision_in_wrong_area(authority: str) -> pl.Expr:
    """PR1 of a provider with no premises in the area of the authority making the return, or PR2 of one with some."""
    own = listed(Providers.AUTHORITIES, pl.lit(authority))
    provider = Episodes.PLACE_PROVIDER
    return names_provider() & ((one_of(provider, "PR1") & ~own) | (one_of(provider, "PR2") & own))


@rule("219", flags=Episodes, fields=[Episodes.URN, Episodes.PLACE])
def placement_type_not_offered() -> pl.Expr:
    """The placement type is not one that the provider with this Ofsted number offers.

    When: URN is given and is not XXXXXXX, and PLACE is none of the placement types of any entry that Ofsted's list has
    for the URN. A blank PLACE, a URN that is not on the list and one listed without placement types flag.

    Why: a home is registered for certain kinds of placement, so either the number or the type is wrong.

    Fix: check the URN first, then the placement type.
    """
    return names_provider() & ~listed(Providers.PLACES, Episodes.PLACE)


def must_be_at_provider(
    code: str,
    places: tuple[str, ...],
    *,
    since: str = RULE_YEARS[0],
    until: str | None = None,
    changed: str | None = None,
) -> None:
    """The rule that a placement of these types is at a postcode of its provider."""
    words = {"named": f"{', '.join(places[:-1])} and {places[-1]}"}

    @rule(code, flags=Episodes, fields=[Episodes.PL_POST], since=since, until=until, words=words, changed=changed)
    def not_at_provider() -> pl.Expr:
        """The placement postcode is not one of the provider with this Ofsted number.

        When: URN is on Ofsted's list, PLACE is one of {named}, LS is not V3 or V4, and PL_POST is given but is the
        postcode of none of the list's entries for the URN, spaces aside; a URN listed without postcode flags. A URN
        that is not on the list is left to rule 1008.

        Why: a child in a home or school lives at its premises.

        Fix: check the URN first: a provider with several homes has a number for each. Then check the postcode.
        """
        asked = one_of(Episodes.PLACE, places) & other_than(Episodes.LS, RESPITE)
        asked_of = pl.when(asked & names_provider() & Providers.row.is_not_null()).then(Episodes.PL_POST)
        postcode = asked_of.str.to_uppercase().str.replace_all(" ", "", literal=True)
        return given(asked_of) & ~listed(Providers.POSTCODES, postcode)


must_be_at_provider("221", ("K1", "K2", "R3", "S1"), until="2022-23")
must_be_at_provider(
    "221", ("H5", "K1", "K2", "R3", "S1"), since="2023-24", until="2023-24", changed="H5 is compared as well."
)
must_be_at_provider("221", ("K1", "K2", "K3", "R3", "S1"), since="2024-25", changed="K3 took the place of H5.")


@rule("224", flags=Episodes, fields=[Episodes.PLACE_PROVIDER])
def provider_type_not_listed() -> pl.Expr:
    """The placement provider is not the one that Ofsted's list gives for this Ofsted number.

    When: URN is given and is not XXXXXXX, and PLACE_PROVIDER is none of the provider types of any entry that Ofsted's
    list has for the URN. A blank PLACE_PROVIDER, a URN that is not on the list and one listed without provider types
    flag.

    Why: the registration says whether an authority, a company or a charity runs the placement.

    Fix: check the URN first, then the placement provider.
    """
    return names_provider() & ~listed(Providers.PROVIDERS, Episodes.PLACE_PROVIDER)


@rule("227", flags=Episodes, fields=[Episodes.URN, Episodes.DECOM])
def began_at_closed_provider() -> pl.Expr:
    """The episode commenced when the provider had already closed.

    When: URN is given and is not XXXXXXX, and DECOM is on or after a day on which Ofsted's list has the URN close. A
    blank or unreadable DECOM passes, and so do a URN without closing day and one that is not on the list.

    Why: nobody can be placed with a provider that is no longer registered.

    Fix: check DECOM, and whether the provider was registered anew under another URN.
    """
    return names_provider() & (Episodes.DECOM >= Providers.CLOSED)


@rule("228", flags=Episodes, fields=[Episodes.URN, Episodes.DEC])
def went_on_at_closed_provider(year: Year) -> pl.Expr:
    """The episode went on after the provider had closed.

    When: URN is given and is not XXXXXXX, and DEC is later than a day on which Ofsted's list has the URN close; where
    DEC is blank or unreadable, 31 March that closes the year stands for it. The closing day itself passes, and so do
    a URN without closing day and one that is not on the list.

    Why: a placement ends no later than the registration of whoever provides it.

    Fix: end the episode by the closing day, or give the URN under which the provider went on.
    """
    return names_provider() & (Episodes.DEC.fill_null(year.end) > Providers.CLOSED)


@rule("229", flags=Episodes, fields=[Episodes.URN, Episodes.PLACE_PROVIDER], until="2024-25")
def provision_of_wrong_authority(authority: str) -> pl.Expr:
    """Own provision is not in the authority's area, or another authority's provision is.

    When: URN is given and is not XXXXXXX, and either PLACE_PROVIDER is PR1 and none of the premises that Ofsted's list
    has for the URN lies in the area of the authority making the return, or it is PR2 and one of them does. A URN that
    is not on the list, or whose area is not known, flags with PR1 and passes with PR2.

    Why: where a home lies tells whose it can be. Both halves ask one question, whether the provider has premises in
    the area: one with any there is taken as the authority's own, one with none as another's. So one of several inside
    is enough for PR1 to pass and for PR2 to flag.

    Fix: check the URN first, then the placement provider.
    """
    return provision_in_wrong_area(authority)


@rule("229", flags=Episodes, fields=[Episodes.URN, Episodes.PLACE_PROVIDER], since="2025-26")
def registered_provision_of_wrong_authority(authority: str) -> pl.Expr:
    """Own provision is not in the authority's area, or another authority's provision is.

    When: URN is given and is not XXXXXXX, PLACE is none of K3, P1, P3, R1, R2, R5, T0 to T4 and Z11 to Z14, and either
    PLACE_PROVIDER is PR1 and none of the premises that Ofsted's list has for the URN lies in the area of the authority
    making the return, or it is PR2 and one of them does. A URN that is not on the list, or whose area is not known,
    flags with PR1 and passes with PR2. A blank PLACE is asked about.

    Why: where a home lies tells whose it can be. Both halves ask one question, whether the provider has premises in
    the area: one with any there is taken as the authority's own, one with none as another's. So one of several inside
    is enough for PR1 to pass and for PR2 to flag.

    Fix: check the URN first, then the placement provider.

    Changed: supported accommodation (K3) and the placement types that Ofsted does not register are left out.
    """
    return other_than(Episodes.PLACE, "K3", UNREGISTERED, OTHER_PLACEMENTS) & provision_in_wrong_area(authority)


@rule("241", flags=Episodes, fields=[Episodes.URN], since="2025-26")
def supported_accommodation_outside_area() -> pl.Expr:
    """Supported accommodation lies in an area where its provider has no premises.

    When: PLACE is K3, URN is given and is not XXXXXXX, and PL_LA is none of the authorities in which Ofsted's list has
    premises of the URN. A placement whose area is not known flags, and so does a URN that is not on the list or is
    listed without an area.

    Why: supported accommodation is registered for premises, and a child can only be placed where there are some.

    Fix: check the URN first, then the placement postcode.
    """
    return names_provider() & one_of(Episodes.PLACE, "K3") & ~listed(Providers.AUTHORITIES, Episodes.PL_LA)


@rule("1008", flags=Episodes, fields=[Episodes.URN])
def unknown_number() -> pl.Expr:
    """The Ofsted number is not on Ofsted's list.

    When: URN is given, is not XXXXXXX and is no URN of the list, character for character.

    Why: a number that nobody holds leads to no provider.

    Fix: look the provider up in the list that is current for the year and enter its number.
    """
    return names_provider() & Providers.row.is_null()
