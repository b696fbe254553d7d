"""OC2: health and conviction in the past twelve months."""

from __future__ import annotations

from returns903.tables.base import Column, Table, birth_date, identifier


def _yes_no(meaning: str) -> Column:
    return Column(meaning, "code", blank=True, codes=("YES_NO",))


class OC2Table(Table):
    """One row for each child looked after for the whole year."""

    name = "OC2"
    meaning = "Health, emotional well-being and convictions of children looked after for twelve months"
    xml = "OC2"

    CHILD = identifier()
    DOB = birth_date()
    SDQ_SCORE = Column(
        "Strengths and difficulties score, 0 to 40", "number", blank=True, pattern=r"[0-9]|[1-3][0-9]|40"
    )
    SDQ_REASON = Column("Why there is no score", "code", blank=True, codes=("SDQ_REASON",))
    CONVICTED = _yes_no("Whether the child was convicted or given a final warning in the year")
    HEALTH_CHECK = _yes_no("Whether health promotion checks are up to date (children under 5)")
    IMMUNISATIONS = _yes_no("Whether immunisations are up to date")
    TEETH_CHECK = _yes_no("Whether a dentist checked the child's teeth in the year")
    HEALTH_ASSESSMENT = _yes_no("Whether the child had a health assessment in the year")
    SUBSTANCE_MISUSE = _yes_no("Whether the child has a substance misuse problem")
    INTERVENTION_RECEIVED = _yes_no("Whether the child received an intervention for it")
    INTERVENTION_OFFERED = _yes_no("Whether an intervention was offered but refused")
