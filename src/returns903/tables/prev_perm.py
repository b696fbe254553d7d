"""PrevPerm: a permanence option before this time in care."""

from __future__ import annotations

from returns903.tables.base import Column, Table, birth_date, identifier


class PrevPermTable(Table):
    """One row for each child who started to be looked after."""

    name = "PrevPerm"
    meaning = "Whether a child had left care for a permanent home before, arranged by whom and when"
    xml = "PERMANENCE"

    CHILD = identifier()
    DOB = birth_date()
    PREV_PERM = Column("The previous permanence option", "code", codes=("PREV_PERM",))
    LA_PERM = Column("The authority that arranged it", "code", blank=True, codes=("LA_PERM",))
    DATE_PERM = Column(
        "The day of the order; ZZ stands for an unknown day or month, ZZZZ for an unknown year",
        "partial date",
        blank=True,
        pattern=r"([0-9]{1,2}|ZZ)/([0-9]{1,2}|ZZ)/([0-9]{4}|ZZZZ)",
    )
