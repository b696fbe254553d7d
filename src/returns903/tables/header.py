"""Header: who each child is."""

from __future__ import annotations

from returns903.tables.base import Column, Table, birth_date, identifier


class HeaderTable(Table):
    """One row for each child of the return."""

    name = "Header"
    meaning = "Who each child is: one row a child"
    xml = "HEADER"

    CHILD = identifier()
    SEX = Column("The child's sex: 1 and 2 until 2023-24, M, F and U since", "code", codes=("SEX",))
    DOB = birth_date()
    ETHNIC = Column("The child's ethnic background", "code", codes=("ETHNIC",))
    UPN = Column(
        "Unique pupil number, or why there is none (UN1 to UN5)",
        "text",
        pattern=r"UN[1-5]|[A-HJ-NP-RT-Z][0-9]{11}[0-9A-Z]",
    )
    MOTHER = Column("Whether the child is a mother; left blank for boys", "code", blank=True, codes=("MOTHER",))
    MC_DOB = Column("The date of birth of the mother's first child", "date", blank=True)
    UASC = Column(
        "Whether the child was an unaccompanied asylum seeker at any time in the year. XML returns carry it; "
        "otherwise it is 1 for a child with a row in UASC and 0 for the others",
        "code",
        blank=True,
        codes=("UASC",),
        derived=True,
    )
