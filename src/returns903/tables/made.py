"""Tables made from others, so that rules can join to them like any other."""

from __future__ import annotations

from returns903.tables.base import Column, Table, identifier


class PeriodsTable(Table):
    """A child's time in care without a break.

    Episodes with a readable DECOM in order of DECOM; a period ends where the next DECOM is later than the DEC of the
    episode just before. LS and REC play no part.
    """

    name = "Periods"
    meaning = "Each period of care: a child's episodes without a gap between them"
    order = "START"
    key = ("CHILD", "START")
    made = True

    CHILD = identifier()
    START = Column("DECOM of the first episode", "date")
    END = Column("DEC of the last episode; null while it is open or where it cannot be read", "date", blank=True)


class AsylumTable(Table):
    """Who is an unaccompanied asylum seeker, from whichever table says so.

    Header.UASC where the return has a Header; without one, a row of UASC that gives anything but CHILD and DOB.
    """

    name = "Asylum"
    meaning = "Each child's asylum marker"
    made = True

    CHILD = identifier()
    STATUS = Column(
        "1 for an unaccompanied asylum seeker, 0 for other children; null where it is blank", "code", codes=("UASC",)
    )
    SOURCE = Column("The table that says so: Header, or UASC where the return has no Header", "text")


class ProvidersTable(Table):
    """Ofsted's list with one row for each URN: what its entries say, put together."""

    name = "Providers"
    meaning = "Children's homes and social care providers by URN"
    key = ("URN",)
    made = True

    URN = Column("Ofsted's unique reference number", "text")
    PLACES = Column("The placement types offered, as a list; empty where none is known", "text")
    PROVIDERS = Column("The provider types, as a list", "text")
    POSTCODES = Column("The postcodes, without spaces, as a list", "text")
    AUTHORITIES = Column("The ONS codes of the authorities the premises lie in, as a list", "text")
    CLOSED = Column("The earliest closing date", "date", blank=True)
