"""DoLo: deprivation of liberty orders."""

from __future__ import annotations

from returns903.tables.base import Column, Table, birth_date, identifier


class DoLoTable(Table):
    """One row for each order."""

    name = "DoLo"
    meaning = "Each order that deprives a child of liberty"
    order = "DOLO_START"
    key = ("CHILD", "DOLO_START")
    since = "2026-27"

    CHILD = identifier()
    DOB = birth_date()
    DOLO_START = Column("The day the order began", "date")
    DOLO_END = Column("The day the order ended; blank while it lasts", "date", blank=True)
