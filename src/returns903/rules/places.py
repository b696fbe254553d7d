"""Where placements lie: postcodes, the authority around them, and the distance from home."""

from __future__ import annotations

import datetime as dt

import polars as pl

from returns903.frames.terms import all_of, any_of, blank, given, one_of, other_than
from returns903.rules.groups import FOR_ADOPTION, FOSTER, NO_URN, OUTSIDE_ENGLAND, RESPITE, TEMPORARY
from returns903.rules.registry import rule
from returns903.rules.uasc import ASYLUM_TABLES, asylum_seeker
from returns903.tables import Episodes
from returns903.years import Year

DISTANCE = [Episodes.HOME_POST, Episodes.PL_POST, Episodes.PL_DISTANCE]
SUPPORTED_ACCOMMODATION_REGISTERED = dt.date(2023, 10, 28)
"""Since this day semi-independent living has to be registered with Ofsted."""
ALWAYS_WITHOUT_URN = ("P1", "P3", "R1", "R2", "R5", *TEMPORARY)
"""Placements that Ofsted does not register, in every year."""


def in_respite() -> pl.Expr:
    """The legal status is one of short breaks; a blank is not."""
    return one_of(Episodes.LS, RESPITE).fill_null(value=False)


def area_begins_with(letters: str) -> pl.Expr:
    """The placement area begins with one of the letters; null where the area is not known."""
    return Episodes.PL_LA.str.head(1).str.to_uppercase().is_in(list(letters))


def urn_wanting(year: Year, without_urn: tuple[str, ...], abroad: pl.Expr) -> pl.Expr:
    """No URN where the placement needs one, in an episode that was open in the year; an unknown area is not abroad."""
    in_year = any_of(blank(Episodes.DEC), Episodes.DEC >= year.start)
    needed = other_than(Episodes.PLACE, without_urn) & ~abroad.fill_null(value=False) & ~in_respite()
    return blank(Episodes.URN) & needed & in_year


def own_provision_elsewhere(authority: str, may_lie_elsewhere: tuple[str, ...]) -> pl.Expr:
    """The authority's own provision, outside its own area, in a placement that has to lie within."""
    has_to = given(Episodes.PLACE) & other_than(Episodes.PLACE, may_lie_elsewhere)
    looked_after = given(Episodes.LS) & ~in_respite()
    return all_of(Episodes.PLACE_PROVIDER == "PR1", has_to, looked_after, other_than(Episodes.PL_LA, authority))


@rule("164", flags=Episodes, fields=DISTANCE, severity="query", optional=ASYLUM_TABLES, needs=["asylum-marker"])
def distance_out_of_range() -> pl.Expr:
    """The distance between home and placement is below 0 or above 999.9 miles.

    When: the distance is known and lies outside 0 to 999.9 miles. LS V3 and V4 are left out, and so are children who
    are or were last year unaccompanied asylum seekers. A distance that is not known passes. Without an asylum marker
    for this year or the last the rule does not run.

    Why: no two places in the country lie so far apart; one of the postcodes is likely to be wrong.

    Fix: check both postcodes.
    """
    distance = Episodes.PL_DISTANCE
    return any_of(distance < 0, distance > 999.9) & ~in_respite() & ~asylum_seeker()


@rule("169", flags=Episodes, fields=[Episodes.PL_POST, Episodes.PL_LA], severity="query")
def placement_authority_unknown() -> pl.Expr:
    """The authority that the placement lies in cannot be told from its postcode.

    When: PL_POST is blank, unknown, or lies in no authority, and LS is not V3 or V4; a blank LS is not.

    Why: where a child lives decides which authority has to be told of the placement.

    Fix: enter the full postcode of the placement, or correct it.
    """
    return Episodes.PL_LA.is_null() & ~in_respite()


@rule("179", flags=Episodes, fields=[Episodes.PL_POST, Episodes.PL_LOCATION])
def placement_location_unknown() -> pl.Expr:
    """Whether the placement lies inside or outside the authority cannot be told from its postcode.

    When: PL_POST is blank or unknown, and LS is not V3 or V4; a blank LS is not.

    Why: placements outside the authority's own area are counted apart.

    Fix: enter the full postcode of the placement, or correct it.
    """
    return Episodes.PL_LOCATION.is_null() & ~in_respite()


@rule("218", flags=Episodes, fields=[Episodes.URN, Episodes.PLACE, Episodes.PL_POST], until="2023-24")
def placement_without_urn(year: Year) -> pl.Expr:
    """A placement in England that is registered with Ofsted has no URN.

    When: URN is blank, and DEC is blank or not before 1 April that opens the year. Left out are PLACE H5, P1, P2, P3,
    R1, R2, R5, T0 to T4 and Z1, LS V3 and V4, and placements whose area begins with N, W, S or C. A blank PLACE and
    an unknown area are not left out; a DEC that cannot be read passes.

    Why: the URN says in which home or by which agency the child is cared for.

    Fix: enter the provider's URN, XXXXXXX where it has none.
    """
    return urn_wanting(year, (*ALWAYS_WITHOUT_URN, "H5", "P2", "Z1"), area_begins_with("NWSC"))


@rule("218", flags=Episodes, fields=[Episodes.URN, Episodes.PLACE, Episodes.PL_POST], since="2024-25", until="2024-25")
def placement_without_urn_nor_exemption_for_h5(year: Year) -> pl.Expr:
    """A placement in England that is registered with Ofsted has no URN.

    When: URN is blank, and DEC is blank or not before 1 April that opens the year. Left out are PLACE P1, P3, R1, R2,
    R5, T0 to T4 and Z1, LS V3 and V4, and placements whose area begins with N, W, S or C. A blank PLACE and an
    unknown area are not left out; a DEC that cannot be read passes.

    Why: the URN says in which home or by which agency the child is cared for.

    Fix: enter the provider's URN, XXXXXXX where it has none.

    Changed: H5 and P2 need a URN too, since supported accommodation is registered.
    """
    return urn_wanting(year, (*ALWAYS_WITHOUT_URN, "Z1"), area_begins_with("NWSC"))


@rule("218", flags=Episodes, fields=[Episodes.URN, Episodes.PLACE, Episodes.PL_POST], since="2025-26")
def placement_without_urn_nor_area_outside_england(year: Year) -> pl.Expr:
    """A placement in England that is registered with Ofsted has no URN.

    When: URN is blank, and DEC is blank or not before 1 April that opens the year. Left out are PLACE P1, P3, R1, R2,
    R5, T0 to T4 and Z11 to Z14, LS V3 and V4, and placements in the areas CON, NIR, SCO, WAL and NUK. A blank PLACE
    and an unknown area are not left out; a DEC that cannot be read passes.

    Why: the URN says in which home or by which agency the child is cared for.

    Fix: enter the provider's URN, XXXXXXX where it has none.

    Changed: Z11 to Z14 take the place of Z1, and the areas outside England are named by their codes.
    """
    abroad = one_of(Episodes.PL_LA.str.to_uppercase(), OUTSIDE_ENGLAND)
    return urn_wanting(year, (*ALWAYS_WITHOUT_URN, "Z11", "Z12", "Z13", "Z14"), abroad)


@rule("230", flags=Episodes, fields=[Episodes.PLACE, Episodes.DEC, Episodes.URN], since="2023-24", until="2023-24")
def semi_independent_living_without_urn() -> pl.Expr:
    """A semi-independent placement in England went on after 28 October 2023 without a real URN.

    When: PLACE is H5, URN is blank or XXXXXXX, and DEC is after 28 October 2023, blank or unreadable. Placements whose
    area begins with N, W or S are left out, and so are those whose area is not known.

    Why: from that day supported accommodation for children of 16 and 17 has to be registered with Ofsted.

    Fix: enter the provider's URN.
    """
    went_on = any_of(Episodes.DEC > SUPPORTED_ACCOMMODATION_REGISTERED, Episodes.DEC.is_null())
    no_urn = any_of(blank(Episodes.URN), Episodes.URN == NO_URN)
    return (Episodes.PLACE == "H5") & no_urn & went_on & ~area_begins_with("NWS").fill_null(value=True)


@rule("243", flags=Episodes, fields=[Episodes.URN, Episodes.PL_POST, Episodes.PL_LA], since="2025-26")
def urn_outside_england() -> pl.Expr:
    """A placement outside England has an Ofsted URN.

    When: the placement's area is CON, NIR, SCO, WAL or NUK, and URN is given; XXXXXXX counts as given. An unknown area
    passes.

    Why: Ofsted registers providers in England only.

    Fix: clear URN, or correct the postcode of the placement.
    """
    return one_of(Episodes.PL_LA, OUTSIDE_ENGLAND) & given(Episodes.URN)


@rule("392a", flags=Episodes, fields=DISTANCE, optional=ASYLUM_TABLES, needs=["asylum-marker"])
def distance_unknown() -> pl.Expr:
    """The distance between home and placement cannot be told from the postcodes.

    When: a postcode is blank or unknown, LS is not V3 or V4 (a blank is not), and the child is and was last year no
    unaccompanied asylum seeker. Without an asylum marker for this year or the last the rule does not run. A child who
    was an asylum seeker only in an earlier year is flagged all the same.

    Why: the distance from home is counted for every placement of a child who has a home in this country.

    Fix: enter both postcodes in full, or correct them; let it stand for a former unaccompanied asylum seeker.
    """
    return blank(Episodes.PL_DISTANCE) & ~in_respite() & ~asylum_seeker()


@rule("392b", flags=Episodes, fields=[Episodes.HOME_POST, Episodes.PL_POST], optional=ASYLUM_TABLES)
def postcode_wanting() -> pl.Expr:
    """The home postcode or the placement postcode is not given.

    When: HOME_POST or PL_POST is blank, LS is not V3 or V4 (a blank is not), and the child is and was last year no
    unaccompanied asylum seeker. Without any asylum marker all children are asked. A child who was an asylum seeker only
    in an earlier year is flagged all the same.

    Why: the distance from home and the area of the placement are worked out from the postcodes.

    Fix: enter the postcode; let it stand for a former unaccompanied asylum seeker.
    """
    return (blank(Episodes.HOME_POST) | blank(Episodes.PL_POST)) & ~in_respite() & ~asylum_seeker()


@rule("392c", flags=Episodes, fields=[Episodes.HOME_POST, Episodes.PL_POST])
def postcode_unknown() -> pl.Expr:
    """The home postcode or the placement postcode is not a real one.

    When: HOME_POST or PL_POST is given and is not in the directory of postcodes; spaces and small letters make no
    difference. A blank passes.

    Why: neither area nor distance can be told from a postcode that does not exist.

    Fix: correct the postcode. A very new one may be wanting in the directory: let it stand.
    """
    return any_of(Episodes.HOME_POST_KNOWN == "0", Episodes.PL_POST_KNOWN == "0")


@rule("392d", flags=Episodes, fields=[Episodes.HOME_POST, Episodes.PL_POST, Episodes.PLACE])
def placed_at_home() -> pl.Expr:
    """The placement has the postcode of the child's home, though the child is not placed with parents.

    When: HOME_POST and PL_POST are given and the same as written, and PLACE is not P1; a blank is not.

    Why: only a child placed with parents can live at the home address.

    Fix: correct the postcode that is wrong, or PLACE.
    """
    return (Episodes.HOME_POST == Episodes.PL_POST) & other_than(Episodes.PLACE, "P1")


@rule("398", flags=Episodes, fields=[Episodes.LS, Episodes.HOME_POST, Episodes.PL_POST])
def postcode_in_respite() -> pl.Expr:
    """An episode of respite care has a postcode.

    When: LS is V3 or V4, and HOME_POST or PL_POST is given.

    Why: area and distance are not collected for short breaks.

    Fix: clear both postcodes, or correct LS.
    """
    return in_respite() & (given(Episodes.HOME_POST) | given(Episodes.PL_POST))


@rule("406", flags=Episodes, fields=DISTANCE, optional=ASYLUM_TABLES, needs=["asylum-marker"])
def distance_of_asylum_seeker() -> pl.Expr:
    """A distance from home can be worked out for a child who is or was an unaccompanied asylum seeker.

    When: both postcodes are given and known, and the child is or was last year an unaccompanied asylum seeker.
    Without an asylum marker for this year or the last the rule does not run. A child who was an asylum seeker only in
    an earlier year is not found.

    Why: the home of such a child is abroad.

    Fix: clear HOME_POST, or correct who is listed as an unaccompanied asylum seeker.
    """
    return given(Episodes.PL_DISTANCE) & asylum_seeker()


@rule("411", flags=Episodes, fields=[Episodes.PL_LOCATION, Episodes.PL_LA, Episodes.PL_POST])
def inside_but_elsewhere(authority: str) -> pl.Expr:
    """The placement is said to lie inside the authority, yet its area is another one.

    When: the location is IN, and the placement's authority is not the one making the return; an unknown one is not. The
    two can differ only where the return brings them, for worked out from the postcode they always agree.

    Why: inside means within the area of the authority that makes the return.

    Fix: correct the postcode of the placement.
    """
    return (Episodes.PL_LOCATION == "IN") & other_than(Episodes.PL_LA, authority)


@rule("420", flags=Episodes, fields=[Episodes.LS, Episodes.PL_POST, Episodes.PL_LA])
def placement_authority_in_respite() -> pl.Expr:
    """An episode of respite care has a placement authority.

    When: LS is V3 or V4, and the authority that the placement lies in is known.

    Why: the area of the placement is not collected for short breaks.

    Fix: clear PL_POST, or correct LS.
    """
    return in_respite() & given(Episodes.PL_LA)


@rule("454", flags=Episodes, fields=DISTANCE, severity="query", since="2025-26", optional=ASYLUM_TABLES)
def placement_far_from_home() -> pl.Expr:
    """The placement is more than 350 miles from home.

    When: the distance is known, more than 350 miles and not 999.9. Children who are or were last year unaccompanied
    asylum seekers are left out; without any asylum marker none is.

    Why: few placements are that far away; one of the postcodes is often wrong.

    Fix: check both postcodes; let it stand where they are right, or for a former unaccompanied asylum seeker.
    """
    return (Episodes.PL_DISTANCE > 350) & (Episodes.PL_DISTANCE != 999.9) & ~asylum_seeker()


@rule(
    "1015",
    flags=Episodes,
    fields=[Episodes.PLACE_PROVIDER, Episodes.PLACE, Episodes.PL_POST, Episodes.PL_LA],
    until="2024-25",
)
def own_provision_in_another_area(authority: str) -> pl.Expr:
    """A placement in the authority's own provision lies outside the authority's area.

    When: PLACE_PROVIDER is PR1, PLACE and LS are given, and the placement's authority is not the one making the return;
    an unknown one is not. Left out are PLACE A3 to A6 and U1 to U6, and LS V3 and V4.

    Why: an authority runs its homes within its own area; only foster carers and adopters may live elsewhere.

    Fix: check who provides the placement, and correct PLACE_PROVIDER or PL_POST.
    """
    return own_provision_elsewhere(authority, (*FOR_ADOPTION, *FOSTER))


@rule(
    "1015",
    flags=Episodes,
    fields=[Episodes.PLACE_PROVIDER, Episodes.PLACE, Episodes.PL_POST, Episodes.PL_LA],
    since="2025-26",
)
def own_provision_in_another_area_save_supported(authority: str) -> pl.Expr:
    """A placement in the authority's own provision lies outside the authority's area.

    When: PLACE_PROVIDER is PR1, PLACE and LS are given, and the placement's authority is not the one making the return;
    an unknown one is not. Left out are PLACE A3 to A6, U1 to U6 and K3, and LS V3 and V4.

    Why: an authority runs its homes within its own area; foster carers, adopters and supported accommodation may be
    elsewhere.

    Fix: check who provides the placement, and correct PLACE_PROVIDER or PL_POST.

    Changed: K3 is left out too.
    """
    return own_provision_elsewhere(authority, (*FOR_ADOPTION, *FOSTER, "K3"))
