"""OC3: care leavers on and around their birthday."""

from __future__ import annotations

from returns903.tables.base import Column, Table, birth_date, identifier


class OC3Table(Table):
    """One row for each care leaver."""

    name = "OC3"
    meaning = "Contact, activity and accommodation of care leavers around their birthday in the year"
    xml = "HEADER"

    CHILD = identifier()
    DOB = birth_date()
    IN_TOUCH = Column("Whether the authority is in touch with the care leaver", "code", codes=("IN_TOUCH",))
    ACTIV = Column("The care leaver's main activity", "code", codes=("ACTIV",))
    ACCOM = Column("The care leaver's accommodation", "code", codes=("ACCOM",))
