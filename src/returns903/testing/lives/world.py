"""The made-up world around the lives: an authority, its neighbours, the providers that look after children, and homes.

All of it fits together, so that a home from here says nothing that a rule of any year would object to. The postcodes
are real ones, of town halls, hospitals and offices in which no one lives: a validator that brings its own directory
knows them too. The providers are made up.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

import polars as pl

from returns903.reference import authorities
from returns903.rules.groups import FOR_ADOPTION, FOSTER, NO_URN, OUTSIDE_ENGLAND, TEMPORARY
from returns903.testing.lives.chance import Chance
from returns903.testing.lives.days import ordinal, text

AUTHORITY = "E09000008"
"""The ONS code of the authority whose children the lives are about."""
DFE_NUMBER = authorities.authority(AUTHORITY).dfe
"""The number of the same authority, as LA_PERM has it."""

LATER = ordinal(2100, 1, 1)
"""The last day of what has no end."""

HOME_POSTS = ("CR9 1TP", "CR9 1DX", "CR9 5AA", "CR9 6AJ", "SM1 1EA", "SW2 1RW")
"""Where children lived before care. No placement has one of these postcodes, but for those with parents."""

YOUNGEST = {"H5": 16, "K3": 16, "P2": 16, "P3": 14, "R5": 10, "S1": 4}
"""The age from which on a placement of the type can begin, in every year."""

_POSTCODES = (
    ("CR0 1EA", AUTHORITY, 532430, 165317),
    ("CR0 1NX", AUTHORITY, 532339, 165395),
    ("CR0 0XT", AUTHORITY, 532958, 165730),
    ("CR7 7YE", AUTHORITY, 531688, 167262),
    ("CR9 1ET", AUTHORITY, 532381, 165364),
    ("CR9 1RA", AUTHORITY, 532417, 165393),
    ("CR9 2BY", AUTHORITY, 532444, 166086),
    ("CR9 2NA", AUTHORITY, 532510, 166718),
    ("CR9 3JS", AUTHORITY, 532503, 165295),
    ("CR9 4WH", AUTHORITY, 532904, 165801),
    ("CR9 1TP", AUTHORITY, 532503, 165295),
    ("CR9 1DX", AUTHORITY, 532678, 165539),
    ("CR9 5AA", AUTHORITY, 532952, 165507),
    ("CR9 6AJ", AUTHORITY, 532958, 165730),
    ("BR1 3UH", "E09000006", 540629, 169142),
    ("SM1 1EA", "E09000029", 525770, 164053),
    ("SW2 1RW", "E09000022", 530919, 175202),
    ("SM4 5DX", "E09000024", 525566, 168460),
    ("SW18 2PU", "E09000032", 525784, 174706),
    ("SE1 2QH", "E09000028", 533308, 179997),
    ("SE6 4RU", "E09000023", 537684, 173666),
    ("RH2 8EF", "E10000030", 525832, 148846),
    ("KT1 1EU", "E09000021", 517923, 168994),
    ("TN13 1HG", "E10000016", 552776, 154964),
    ("N1 1XR", "E09000019", 531599, 184530),
    ("E6 2RP", "E09000025", 542655, 183548),
    ("EC2V 7HH", "E09000001", 532513, 181353),
    ("ME14 1XQ", "E10000016", 576017, 156294),
    ("BN7 1UE", "E10000011", 540881, 109939),
    ("BN3 2LS", "E06000043", 529121, 104388),
    ("PO19 1RQ", "E10000032", 485804, 104968),
    ("SO23 8UJ", "E10000014", 447823, 129465),
    ("CM1 1QH", "E10000012", 570628, 206915),
    ("SG13 8DQ", "E10000015", 532414, 211995),
    ("MK9 3EJ", "E06000042", 485085, 239043),
    ("OX1 1ND", "E10000025", 451050, 206160),
    ("RG1 2LU", "E06000038", 471417, 173150),
    ("BS1 5TR", "E06000023", 358261, 172797),
    ("EX2 4QD", "E10000008", 292962, 91646),
    ("TR1 3AY", "E06000052", 181364, 44503),
    ("NR1 2DH", "E10000020", 624017, 307071),
    ("IP1 2BX", "E10000029", 615629, 244196),
    ("CB1 2HD", "E10000003", 545742, 257558),
    ("B1 1BB", "E08000025", 406654, 286948),
    ("LE1 1FZ", "E06000016", 458990, 304419),
    ("NG2 3NG", "E06000018", 457573, 339316),
    ("S1 2HH", "E08000039", 435359, 387191),
    ("LS1 1UR", "E08000035", 429833, 434079),
    ("M60 2LA", "E08000003", 385021, 398985),
    ("L3 1DP", "E08000012", 333804, 390215),
    ("NE1 8QH", "E08000021", 425023, 564937),
    ("CA3 8NA", "E06000063", 340211, 555617),
    ("HU1 2AA", "E06000010", 510030, 428859),
    ("CF10 4UW", "WAL", 319301, 175160),
    ("NP20 4UR", "WAL", 330405, 188247),
    ("SA1 3SN", "WAL", 265195, 192342),
    ("LL55 1SH", "WAL", 247776, 362766),
    ("TD6 0SA", "SCO", 357611, 631749),
    ("DG1 2DD", "SCO", 297498, 576220),
    ("EH8 8BG", "SCO", 326167, 673824),
    ("BT1 5GS", "NIR", 333832, 374014),
    ("BT48 7NN", "NIR", 243470, 417660),
)
"""Postcode, authority and grid reference in metres (the Irish grid in Northern Ireland)."""

_NEIGHBOURS = 30_000
"""Metres to the authorities around: the whole of London, and somewhat beyond."""
_SHARES = (60, 80, 97)
"""Of a hundred placements, how many are inside; inside or in the neighbourhood; and in England."""

_CARERS = (*FOSTER, *FOR_ADOPTION)
_SUPPORTED = ("H5", "P2", "K3")
_REGISTERED = (
    (FOSTER, ("PR1", "PR2", "PR4", "PR5")),
    (FOR_ADOPTION, ("PR1", "PR2", "PR4", "PR5")),
    (("K1",), ("PR1", "PR2", "PR4", "PR5")),
    (("K2",), ("PR1", "PR2", "PR4", "PR5", "PR1", "PR4", "PR4")),
    (_SUPPORTED, ("PR1", "PR2", "PR3", "PR4", "PR5")),
    (("R3",), ("PR1", "PR2", "PR3", "PR4", "PR5")),
    (("S1",), ("PR1", "PR2", "PR3", "PR4", "PR5")),
)
"""What Ofsted registers together, and who runs it: an entry of the list for each."""
_CLOSING = ((FOSTER, "PR5"), (("K2",), "PR4"), (_SUPPORTED, "PR4"))
_CLOSED = tuple(ordinal(*day) for day in ((2022, 9, 15), (2023, 12, 31), (2024, 9, 30), (2026, 1, 31), (2026, 11, 30)))
"""Of each of `_CLOSING`, one has closed or closes on each of these days."""

_WITHOUT_NUMBER: dict[str, tuple[str | None, ...]] = {
    "P1": ("PR0",),
    "P3": ("PR1", "PR2", "PR3", "PR4", "PR5"),
    "R1": ("PR1", "PR2", "PR3", "PR4", "PR5"),
    "R2": ("PR3", "PR4", "PR5"),
    "R5": ("PR3", "PR4", "PR5"),
    **dict.fromkeys((*TEMPORARY, "Z1", "Z11", "Z12", "Z13", "Z14"), (None,)),
}
"""What Ofsted does not register, and who may run it."""

_END_OF_MARCH_25 = ordinal(2025, 3, 31)
_REGISTRATION = ordinal(2023, 10, 28)
"""The day on which semi-independent and independent living without registration came to an end."""
_IN_USE = {
    "Z1": (0, _END_OF_MARCH_25),
    "H5": (0, _END_OF_MARCH_25),
    "P2": (0, _END_OF_MARCH_25),
    "K3": (ordinal(2024, 4, 1), LATER),
    **dict.fromkeys(("Z11", "Z12", "Z13", "Z14"), (_END_OF_MARCH_25 + 1, LATER)),
}
"""The first and last day of the codes that have not been in use all the time."""
_NUMBERED_SINCE = {"H5": ordinal(2023, 4, 1), "P2": ordinal(2024, 4, 1)}
"""The first day of a placement of these types that can have a number."""


class Home(NamedTuple):
    """Where a child lives in an episode: PLACE, PLACE_PROVIDER, URN and PL_POST."""

    place: str
    provider: str | None
    urn: str | None
    post: str
    last: int = LATER
    """The day by which the episode has to end: the provider closes, or the code or its lack of a number does."""


def _area(authority: str, east: int, north: int) -> int:
    """Which area: 0 inside, 1 the neighbourhood, 2 the rest of England, 3 beyond it."""
    if authority in OUTSIDE_ENGLAND:
        return 3
    middle = _POSTCODES[0]
    near = (east - middle[2]) ** 2 + (north - middle[3]) ** 2 <= _NEIGHBOURS**2
    return 0 if authority == AUTHORITY else 1 if near else 2


_AREA_OF = {post: _area(authority, east, north) for post, authority, east, north in _POSTCODES}
_ENGLISH = tuple(post for post, *_ in _POSTCODES if _AREA_OF[post] < 3 and post not in HOME_POSTS)
_ABROAD = tuple(post for post, *_ in _POSTCODES if _AREA_OF[post] == 3)


class _Listed(NamedTuple):
    """A provider on Ofsted's list."""

    urn: str
    places: tuple[str, ...]
    provider: str
    post: str
    closed: int = LATER


class _Offer(NamedTuple):
    """A home, and the first day on which an episode there can begin."""

    first: int
    home: Home


class _Area(NamedTuple):
    """The homes of an area, those that last longest first, and minus the last day of each."""

    homes: tuple[Home, ...]
    ends: tuple[int, ...]


@cache
def postcodes(authority: str = AUTHORITY) -> pl.DataFrame:
    """The directory of postcodes: postcode, authority (newest ONS code, or WAL, SCO, NIR), east and north (metres).

    Args:
        authority: whose children the lives are about, by ONS code: it changes places with `AUTHORITY`.
    """
    columns = {"postcode": pl.String, "authority": pl.String, "east": pl.Float64, "north": pl.Float64}
    directory = pl.DataFrame(_POSTCODES, schema=columns, orient="row")
    return directory.with_columns(pl.col("authority").replace({AUTHORITY: authority, authority: AUTHORITY}))


@cache
def providers() -> pl.DataFrame:
    """Ofsted's list: URN, PLACE_CODES, PROVIDER_CODES, POSTCODE and REG_END (dd/mm/yyyy; null: not closed)."""
    rows = [
        (
            entry.urn,
            ",".join(entry.places),
            entry.provider,
            entry.post,
            None if entry.closed == LATER else text(entry.closed),
        )
        for entry in _listed()
    ]
    columns = ("URN", "PLACE_CODES", "PROVIDER_CODES", "POSTCODE", "REG_END")
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")


def homes(code: str, *, day: int) -> tuple[Home, ...]:
    """Every home for a placement of the type that begins on the day, the plainest first; none if it is not in use.

    The age of the child is another matter (`YOUNGEST`), and so is the legal status.
    """
    return tuple(home for area in _areas(code, day) for home in area.homes)


def lasts(code: str, *, day: int) -> int:
    """How long the plainest home can last for a placement of the type that begins on the day; 0 where there is none."""
    starts, longest = _longest(code)
    return longest[bisect_right(starts, day)]


@cache
def _longest(code: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The days on which something about the homes of a type changes, and `lasts` before, between and after them."""
    starts, eras = _eras(code)
    return starts, tuple(next((area.homes[0].last for area in areas if area.homes), 0) for areas in eras)


def home(chance: Chance, code: str, *, day: int, until: int = 0) -> Home:
    """One of the homes for a placement of the type that begins on the day and lasts until `until`, likelier a near one.

    Raises:
        IndexError: there is none.
    """
    areas = [(area, bisect_right(area.ends, -until)) for area in _areas(code, day)]
    some = [(area, lasting) for area, lasting in areas if lasting]
    area, lasting = some[min(bisect_right(_SHARES, chance.below(100)), len(some) - 1)]
    return area.homes[chance.below(lasting)]


def adopted_by_carers(home: Home, code: str) -> Home:
    """The home of foster carers as one of those who are to adopt the child: a placement A3 or A5."""
    return _for_adoption(code)[home.provider, home.post]


@cache
def _for_adoption(code: str) -> dict[tuple[str | None, str], Home]:
    """A home for an adoptive placement with each provider at each postcode; none of them closes."""
    return {(offer.home.provider, offer.home.post): offer.home for offer in reversed(tuple(_offers(code)))}


def _areas(code: str, day: int) -> tuple[_Area, ...]:
    """The homes on offer on a day, by area, the nearest area first."""
    starts, eras = _eras(code)
    return eras[bisect_right(starts, day)]


@cache
def _eras(code: str) -> tuple[tuple[int, ...], tuple[tuple[_Area, ...], ...]]:
    """The days on which something about the homes of a type changes, and the homes before, between and after them."""
    offers = sorted(_offers(code), key=lambda offer: -offer.home.last)
    starts = sorted({day for offer in offers for day in (offer.first, offer.home.last)})
    return tuple(starts), tuple(_by_area(offers, day) for day in (0, *starts))


def _by_area(offers: Iterable[_Offer], day: int) -> tuple[_Area, ...]:
    now = [offer.home for offer in offers if offer.first <= day < offer.home.last]
    found = ([home for home in now if _AREA_OF[home.post] == area] for area in range(4))
    return tuple(_Area(tuple(homes), tuple(-home.last for home in homes)) for homes in found)


def _offers(code: str) -> Iterator[_Offer]:
    """Every home for a type of placement."""
    first, last = _IN_USE.get(code, (0, LATER))
    if code in _WITHOUT_NUMBER:
        for provider in _WITHOUT_NUMBER[code]:
            posts = HOME_POSTS if code == "P1" else _posts(provider)
            yield from (_Offer(first, Home(code, provider, None, post, last)) for post in posts)
        return
    for entry in _listed():
        if code in entry.places:
            begins = max(first, _NUMBERED_SINCE.get(code, 0))
            ends = min(last, entry.closed)
            posts = _ENGLISH if code in _CARERS else (entry.post,)
            yield from (_Offer(begins, Home(code, entry.provider, entry.urn, post, ends)) for post in posts)
    yield from (_Offer(first, home) for home in _unlisted(code, last))


def _unlisted(code: str, last: int) -> Iterator[Home]:
    """The homes of a registered type without a number: carers who have none, and all that is not in England."""
    providers = next(providers for places, providers in _REGISTERED if code in places)
    for provider in dict.fromkeys(providers):
        if code in _CARERS:
            yield from (Home(code, provider, NO_URN, post) for post in _ENGLISH)
        if code in _NUMBERED_SINCE:
            yield from (Home(code, provider, None, post, _REGISTRATION) for post in _posts(provider))
        elif code in _CARERS or provider != "PR1":
            yield from (Home(code, provider, None, post, last) for post in _ABROAD)


@cache
def _listed() -> tuple[_Listed, ...]:
    """The list of providers."""
    open_ones = ((places, provider, LATER) for places, providers in _REGISTERED for provider in providers)
    closed_ones = ((places, provider, day) for places, provider in _CLOSING for day in _CLOSED)
    return tuple(
        _Listed(f"99{number:05}", places, provider, _premises(provider, number), closed)
        for number, (places, provider, closed) in enumerate((*open_ones, *closed_ones), 1)
    )


def _premises(provider: str, number: int) -> str:
    """The postcode of the provider with this number on the list, in England."""
    posts = tuple(post for post in _posts(provider) if _AREA_OF[post] != 3)
    return posts[7 * number % len(posts)]


def _posts(provider: str | None) -> tuple[str, ...]:
    """Where a provider has premises: the authority itself inside, another authority outside, anybody else anywhere."""
    inside = tuple(post for post in _ENGLISH if _AREA_OF[post] == 0)
    outside = tuple(post for post in (*_ENGLISH, *_ABROAD) if _AREA_OF[post] != 0)
    return {"PR1": inside, "PR2": outside}.get(provider or "", (*inside, *outside))
