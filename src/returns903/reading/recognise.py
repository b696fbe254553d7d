"""Which table of the return a file holds. Its columns tell; names of files play no part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from functools import cache

from returns903.tables import TABLES, Table


@cache
def distinctive() -> dict[str, frozenset[str]]:
    """Of each table, the columns that no other table has: for Reviews, REVIEW and REVIEW_CODE."""
    tables_with = Counter(column for table in TABLES.values() for column in table.columns())
    return {
        name: frozenset(column for column in table.columns() if tables_with[column] == 1)
        for name, table in TABLES.items()
    }


@cache
def known_columns() -> frozenset[str]:
    """The columns of all tables."""
    return frozenset(column for table in TABLES.values() for column in table.columns())


def normal_header(header: str) -> str:
    """A header as columns are named: its case, the space around it and a byte order mark do not count."""
    return header.strip(" \ufeff\u200b").strip().upper()


def recognise(headers: Collection[str]) -> Table | str:
    """The table that columns with these names make, or in words why they make none.

    It is the table of which at least half the distinctive columns are there. Where that holds for several (a report
    that repeats columns of another table), it is the one with at least twice as many of them as any other; else none,
    because a wrong table is worse than none.
    """
    names = {normal_header(header) for header in headers}
    found = {table: len(columns & names) for table, columns in distinctive().items()}
    close = {t: n for t, n in found.items() if 2 * n >= len(distinctive()[t])}
    ranked = sorted(close, key=lambda t: -close[t])
    if not ranked:
        return _none_of(found, names)
    if len(ranked) > 1 and close[ranked[0]] < 2 * close[ranked[1]]:
        return f"left out: has the columns of several tables ({', '.join(ranked)}); give each table its own file"
    return TABLES[ranked[0]]


def _none_of(found: dict[str, int], names: set[str]) -> str:
    nearest = max(found, key=lambda table: found[table])
    if not found[nearest]:
        return "left out: the first row names the columns of no table of the return"
    missing = [column for column in TABLES[nearest].columns() if column not in names]
    return f"left out: the columns of no table are there; nearest is {nearest}, without {', '.join(missing)}"
