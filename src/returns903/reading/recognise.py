"""Which table of the return a file holds, and where its header stands. Columns tell; names of files only warn."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from itertools import islice
from typing import Literal

from returns903.tables import TABLES, Table
from returns903.words import HEADING

NAMES = {
    "Header": ("header", "headers"),
    "Episodes": ("episodes", "episode"),
    "Reviews": ("reviews", "review"),
    "UASC": ("uasc",),
    "OC2": ("oc2",),
    "OC3": ("oc3",),
    "AD1": ("ad1",),
    "PlacedAdoption": ("placedadoption", "placedforadoption", "shouldbeplacedforadoption"),
    "PrevPerm": ("prevperm", "previouspermanence"),
    "Missing": ("missing", "missingepisodes", "missingawayfromplacement"),
    "SWEpisodes": ("swepisodes", "swepisode", "socialworkers", "socialworkerepisodes"),
    "DoLo": ("dolo", "dolos"),
}
"""What files of each table are called, in small letters and without what stands between the words."""

_WORD = re.compile(r"[a-z0-9]+")
_NUMBER = re.compile(r"v?\d+")
_PROSE = (".doc", ".docx", ".pdf", ".md", ".msg", ".eml", ".ppt", ".pptx")
_LOOKED_AT = 200
"""Headers among which slips are looked for. No table has a quarter as many columns."""
_ALIKE = 0.8
"""How much two names must have in common for the one to be taken for a slip of the other, of 1."""


@dataclass(frozen=True)
class Found:
    """A header among the first rows of a file or sheet."""

    table: Table
    at: int
    """Its place among these rows, from 0."""


@dataclass(frozen=True)
class NotFound:
    """Why rows or headers make no table."""

    kind: Literal["not read", "ignored file"]
    """`not read` where some columns of a table are there; else it is a stranger."""
    why: str
    at: int = 0
    """The row that comes nearest, from 0."""
    nearest: str | None = None
    """The table that it comes nearest to."""


@cache
def _columns() -> dict[str, dict[str, None]]:
    """The names of each table's columns, in its order."""
    return {name: dict.fromkeys(table.columns()) for name, table in TABLES.items()}


@cache
def distinctive() -> dict[str, frozenset[str]]:
    """Of each table, the columns that no other table has: for Reviews, REVIEW and REVIEW_CODE."""
    tables_with = Counter(column for columns in _columns().values() for column in columns)
    return {
        name: frozenset(column for column in columns if tables_with[column] == 1)
        for name, columns in _columns().items()
    }


@cache
def known_columns() -> frozenset[str]:
    """The columns of all tables."""
    return frozenset(column for columns in _columns().values() for column in columns)


def normal_header(header: str) -> str:
    """A header as columns are named: its case, the space around it and a byte order mark do not count."""
    return header.strip(" \ufeff\u200b").strip().upper()


def find_header(rows: Iterable[Sequence[str]]) -> Found | NotFound:
    """The first row that names the columns of a table, or why none does.

    `rows` are the first rows of a file or sheet, blank ones too; `limits.HEADER_ROWS` of them are enough. Rows above
    the header are titles: whoever leaves them out says so.
    """
    nearest: Sequence[str] = ()
    at, most = 0, 0
    for n, row in enumerate(rows):
        if table := table_of({normal_header(header) for header in row}):
            return Found(table, n)
        if (likely := _known_words(row)) > most:
            nearest, at, most = row, n, likely
    reason = recognise(nearest) if most else None
    if isinstance(reason, NotFound) and reason.kind == "not read":
        return replace(reason, at=at)
    return NotFound("ignored file", "none of the first rows names the columns of a table of the return")


def _known_words(row: Iterable[str]) -> int:
    return len(known_columns() & set(re.findall(r"[A-Z0-9_]+", " ".join(row).upper())))


def recognise(headers: Iterable[str]) -> Table | NotFound:
    """The table that columns with these names make, or in words why they make none.

    It is the table of which at least half the distinctive columns are there, and two columns in all (a title may say
    just "Review"). Where that holds for several (a report that repeats columns of another table), it is the one with
    at least twice as many of them as any other; else none, because a wrong table is worse than none.
    """
    names = [normal_header(header) for header in headers]
    return table_of({*names}) or _none_of(names)


def _ranked(names: set[str]) -> list[tuple[int, str]]:
    """The tables that columns with these names may make, with how many of the distinctive ones are there."""
    found = [(len(columns & names), table) for table, columns in distinctive().items()]
    likely = [
        (n, t) for n, t in found if 2 * n >= len(distinctive()[t]) and len(TABLES[t].columns().keys() & names) > 1
    ]
    return sorted(likely, reverse=True)


def table_of(names: set[str]) -> Table | None:
    """The table that columns with these names, as `normal_header` gives them, make."""
    if not names & known_columns():
        return None
    ranked = _ranked(names)
    is_clear = ranked and (len(ranked) == 1 or ranked[0][0] >= 2 * ranked[1][0])
    return TABLES[ranked[0][1]] if is_clear else None


def _none_of(names: list[str]) -> NotFound:
    """A stranger may share a column with a table (URN with a list of providers), but hardly more."""
    if several := _ranked({*names}):
        tables = ", ".join(table for _, table in several)
        return NotFound("not read", f"has the columns of several tables ({tables}); give each table its own file")
    words = set(re.findall(r"[A-Z0-9_]+", " ".join(names)))
    found = {table: (len(columns & {*names}), len(columns & words)) for table, columns in distinctive().items()}
    nearest = max(found, key=lambda table: found[table])
    missing = [column for column in _columns()[nearest] if column not in names]
    slips = slips_among(names, missing)
    exact, like = found[nearest][0], found[nearest][0] + len(distinctive()[nearest] & slips.keys())
    if like < 2 and (not exact or len(_columns()[nearest]) - len(missing) + len(slips) < 2):
        return NotFound("ignored file", "names the columns of no table of the return")
    # The row may be one of data: it is not quoted.
    told = [f"{column} (is it in place {slips[column]}?)" if column in slips else column for column in missing]
    why = f"the columns of no table are there; nearest is {nearest}, without {', '.join(told)}"
    return NotFound("not read", why, nearest=nearest)


def slips_among(headers: Iterable[str], missing: Collection[str]) -> dict[str, int]:
    """By missing column, the place (from 1) of the header that may be meant for it: ``Decom date``, ``DOBB``."""
    slips: dict[str, int] = {}
    for place, header in enumerate(islice(headers, _LOOKED_AT), 1):
        if column := nearest_column(header, missing):
            slips.setdefault(column, place)
    return slips


def nearest_column(header: str, columns: Collection[str]) -> str | None:
    """The column that a header may be meant for, where it is not just its name; None where it resembles none."""
    name = normal_header(header)
    if name in known_columns():
        return None
    bare = {re.sub(r"[^A-Z0-9]", "", column): column for column in columns}
    letters = re.sub(r"[^A-Z0-9]", "", name[:HEADING])
    named = [column for column in columns if column in re.split(r"[^A-Z0-9_]+", name)]
    if letters in bare or len(named) == 1:
        return bare.get(letters) or named[0]
    if close := get_close_matches(letters, bare, n=1, cutoff=_ALIKE):
        return bare[close[0]]
    with_more = [column for column in columns if name.startswith(f"{column}_") or name.endswith(f"_{column}")]
    return max(with_more, key=len, default=None)


def did_you_mean(header: str, missing: Collection[str]) -> str:
    """What to say of a header that may be meant for a missing column; nothing where it resembles none."""
    name = normal_header(header)
    meant = name if name in missing else nearest_column(name, missing)
    return f". Did you mean {meant}?" if meant else ""


def table_named(file: str) -> str | None:
    """The table that the name of a file or sheet speaks of: ``r.zip/SSDA903_2024_episodes.csv``, ``r.xlsx [Episodes]``.

    Names play no part in what is read. They tell whether a file that could not be read was meant to be.
    """
    last = file.rpartition("/")[2]
    stem, dot, suffix = last.rpartition(".") if not last.endswith("]") else (last[:-1].rpartition("[")[2], "", "")
    words = [word for word in _WORD.findall((stem or suffix).lower()) if not _NUMBER.fullmatch(word)]
    ends = {"".join(words)}
    if f"{dot}{suffix}".lower() not in _PROSE:
        ends |= {"".join(words[n:]) for n in range(len(words))} | {"".join(words[:n]) for n in range(len(words))}
    named = [(len(name), table) for table, names in NAMES.items() for name in names if name in ends]
    return max(named, default=(0, None))[1]
