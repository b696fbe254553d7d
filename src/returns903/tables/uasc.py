"""UASC: unaccompanied asylum-seeking children."""

from __future__ import annotations

from returns903.tables.base import Column, Table, birth_date, identifier


class UASCTable(Table):
    """One row for each unaccompanied asylum-seeking child."""

    name = "UASC"
    meaning = "Each child who was an unaccompanied asylum seeker at any time in the year"
    xml = "HEADER"

    CHILD = identifier()
    SEX = Column("The child's sex", "code", codes=("SEX",))
    DOB = birth_date()
    DUC = Column("The day the child ceased to be an unaccompanied asylum-seeking child", "date", blank=True)
