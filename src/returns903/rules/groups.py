"""Groups of codes, and of columns, that several rules speak of."""

from __future__ import annotations

RESPITE = ("V3", "V4")
"""The legal statuses of a series of short breaks."""

YOUTH_JUSTICE = ("J1", "J2", "J3")
"""The legal statuses of youth justice."""

TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
"""The types of a short absence from the usual placement."""

FOR_ADOPTION = ("A3", "A4", "A5", "A6")
"""The placements with prospective adopters."""

FOSTER = ("U1", "U2", "U3", "U4", "U5", "U6")
"""The placements with foster carers."""

ADOPTED = ("E11", "E12")
"""The reasons with which an episode ends in adoption."""

SPECIAL_GUARDIANSHIP = ("E45", "E46", "E47", "E48")
"""The reasons with which an episode ends in a special guardianship order."""

NO_URN = "XXXXXXX"
"""What stands in URN for a placement whose provider has no number."""

OUTSIDE_ENGLAND = ("CON", "NIR", "SCO", "WAL", "NUK")
"""The placement areas that are no English authority."""

OC3_ITEMS = ("IN_TOUCH", "ACTIV", "ACCOM")
"""What OC3 tells of a care leaver."""

AD1_ITEMS = ("DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR")
"""What AD1 tells of an adoption."""

OC2_ITEMS = (
    "CONVICTED",
    "HEALTH_CHECK",
    "IMMUNISATIONS",
    "TEETH_CHECK",
    "HEALTH_ASSESSMENT",
    "SUBSTANCE_MISUSE",
    "INTERVENTION_RECEIVED",
    "INTERVENTION_OFFERED",
)
"""The questions of OC2 that are answered by 0 or 1."""
