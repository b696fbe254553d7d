"""SWEpisodes: each child's social workers."""

from __future__ import annotations

from returns903.tables.base import Column, Table, birth_date, identifier


class SWEpisodesTable(Table):
    """One row for each stretch of time with one social worker."""

    name = "SWEpisodes"
    meaning = "Each stretch of time that a child had one social worker"
    order = "SW_DECOM"
    key = ("CHILD", "SW_DECOM", "SW_ID")
    since = "2023-24"

    CHILD = identifier()
    DOB = birth_date()
    SW_ID = Column("The social worker's registration number", "text", pattern=r"(SW|XX).{2,}")
    SW_DECOM = Column("The day the social worker took over", "date")
    SW_DEC = Column("The day the social worker's time ended; blank while it lasts", "date", blank=True)
    SW_REASON = Column("Why the social worker changed", "code", blank=True, codes=("SW_REASON",))
