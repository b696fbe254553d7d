"""PlacedAdoption: decisions that a child should be placed for adoption."""

from __future__ import annotations

from returns903.tables.base import Column, Table, birth_date, identifier


class PlacedAdoptionTable(Table):
    """One row for each decision."""

    name = "PlacedAdoption"
    meaning = "Each decision that a child should be placed for adoption, and its reversal"
    order = "DATE_PLACED"
    key = ("CHILD", "DATE_PLACED")
    xml = "AD_PLACED"

    CHILD = identifier()
    DOB = birth_date()
    DATE_PLACED = Column("The day it was decided that the child should be placed for adoption", "date")
    DATE_PLACED_CEASED = Column("The day that decision was reversed", "date", blank=True)
    REASON_PLACED_CEASED = Column("Why it was reversed", "code", blank=True, codes=("REASON_PLACED_CEASED",))
