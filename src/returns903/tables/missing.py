"""Missing: children missing or away from placement without authorisation."""

from __future__ import annotations

from returns903.tables.base import Column, Table, birth_date, identifier


class MissingTable(Table):
    """One row for each time a child went missing or was away."""

    name = "Missing"
    meaning = "Each time a child was missing, or away from placement without authorisation"
    order = "MIS_START"
    key = ("CHILD", "MIS_START", "MISSING")
    xml = "AMISSING"

    CHILD = identifier()
    DOB = birth_date()
    MISSING = Column("Missing, or away without authorisation", "code", codes=("MISSING",))
    MIS_START = Column("The day it began", "date")
    MIS_END = Column("The day it ended; blank while it lasts", "date", blank=True)
