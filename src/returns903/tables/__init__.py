"""The twelve tables of the return, and those made from them."""

from __future__ import annotations

from functools import cache

from returns903.tables.ad1 import AD1Table
from returns903.tables.base import LAST_YEAR, Column, Kind, Table
from returns903.tables.dolo import DoLoTable
from returns903.tables.episodes import EpisodesTable
from returns903.tables.header import HeaderTable
from returns903.tables.made import AsylumTable, PeriodsTable, ProvidersTable
from returns903.tables.missing import MissingTable
from returns903.tables.oc2 import OC2Table
from returns903.tables.oc3 import OC3Table
from returns903.tables.placed_adoption import PlacedAdoptionTable
from returns903.tables.prev_perm import PrevPermTable
from returns903.tables.reviews import ReviewsTable
from returns903.tables.sw_episodes import SWEpisodesTable
from returns903.tables.uasc import UASCTable

Header = HeaderTable()
Episodes = EpisodesTable()
Reviews = ReviewsTable()
UASC = UASCTable()
OC2 = OC2Table()
OC3 = OC3Table()
AD1 = AD1Table()
PlacedAdoption = PlacedAdoptionTable()
PrevPerm = PrevPermTable()
Missing = MissingTable()
SWEpisodes = SWEpisodesTable()
DoLo = DoLoTable()

Periods = PeriodsTable()
Asylum = AsylumTable()
Providers = ProvidersTable()

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Header,
        Episodes,
        Reviews,
        UASC,
        OC2,
        OC3,
        AD1,
        PlacedAdoption,
        PrevPerm,
        Missing,
        SWEpisodes,
        DoLo,
    )
}
"""The tables of the return by name, in its order."""

MADE: dict[str, Table] = {table.name: table for table in (Periods, Asylum, Providers)}

__all__ = [
    "AD1",
    "MADE",
    "OC2",
    "OC3",
    "TABLES",
    "UASC",
    "Asylum",
    "Column",
    "DoLo",
    "Episodes",
    "Header",
    "Kind",
    "Missing",
    "Periods",
    "PlacedAdoption",
    "PrevPerm",
    "Providers",
    "Reviews",
    "SWEpisodes",
    "Table",
    "split",
    "table",
]


@cache
def table(name: str) -> Table:
    """The table of this name: ``Episodes``, or ``Episodes.last_year`` for that of the previous return."""
    base, _, suffix = name.partition(".")
    found = TABLES.get(base) or MADE[base]
    return found.last_year if suffix == "last_year" else found


@cache
def split(name: str) -> tuple[str, str]:
    """The table and the rest of a name in the frames: ``Episodes.last_year`` and ``previous.DEC``."""
    first, _, rest = name.partition(".")
    if rest.startswith(f"{LAST_YEAR}."):
        return f"{first}.{LAST_YEAR}", rest.removeprefix(f"{LAST_YEAR}.")
    return first, rest
