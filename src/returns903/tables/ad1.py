"""AD1: children adopted in the year."""

from __future__ import annotations

from returns903.tables.base import Column, Table, birth_date, identifier


class AD1Table(Table):
    """One row for each child adopted in the year."""

    name = "AD1"
    meaning = "Each child adopted in the year, and the adopters"
    xml = "HEADER"

    CHILD = identifier()
    DOB = birth_date()
    DATE_INT = Column("The day it was decided that the child should be placed for adoption", "date")
    DATE_MATCH = Column("The day it was decided to match the child with the adopters", "date")
    FOSTER_CARE = Column("Whether the adopters were the child's foster carers", "code", codes=("FOSTER_CARE",))
    NB_ADOPTR = Column("The number of adopters", "code", codes=("NB_ADOPTR",))
    SEX_ADOPTR = Column("The sex of the adopters", "code", codes=("SEX_ADOPTR",))
    LS_ADOPTR = Column("The legal status of the adopters", "code", codes=("LS_ADOPTR",))
