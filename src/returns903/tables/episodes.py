"""Episodes: each stretch of care under one legal status in one placement."""

from __future__ import annotations

from returns903.tables.base import Column, Table, identifier


class EpisodesTable(Table):
    """One row for each episode of care."""

    name = "Episodes"
    meaning = "Each episode of care: a stretch of time under one legal status in one placement"
    order = "DECOM"
    key = ("CHILD", "DECOM")
    xml = "EPISODE"

    CHILD = identifier()
    DECOM = Column("The day the episode commenced", "date")
    RNE = Column("The reason for the new episode", "code", codes=("RNE",))
    LS = Column("The child's legal status in the episode", "code", codes=("LS",))
    CIN = Column("The category of need when the child came into care", "code", codes=("CIN",))
    PLACE = Column("The type of placement", "code", codes=("PLACE",), xml="PL")
    PLACE_PROVIDER = Column(
        "Who provides the placement; blank where a placement type has no provider",
        "code",
        blank=True,
        codes=("PLACE_PROVIDER",),
    )
    DEC = Column("The day the episode ceased; blank while it is open", "date", blank=True)
    REC = Column("The reason the episode ceased; blank while it is open", "code", blank=True, codes=("REC",))
    REASON_PLACE_CHANGE = Column(
        "Why the placement changed, given on the episode that ends", "code", blank=True, codes=("REASON_PLACE_CHANGE",)
    )
    HOME_POST = Column("The postcode of the child's home before care", "postcode", blank=True)
    PL_POST = Column("The postcode of the placement", "postcode", blank=True)
    URN = Column(
        "Ofsted's unique reference number of the provider; XXXXXXX where there is none",
        "text",
        blank=True,
        pattern=r"SC[0-9]{6}|[0-9]{7}|XXXXXXX",
    )
    PL_LA = Column(
        "The authority the placement lies in: an ONS code, or SCO, NIR or WAL. Null: postcode blank or unknown",
        "text",
        blank=True,
        derived=True,
    )
    PL_LOCATION = Column(
        "IN or OUT of the area of the authority making the return. Null: postcode blank or unknown",
        "code",
        blank=True,
        codes=("PL_LOCATION",),
        derived=True,
    )
    PL_DISTANCE = Column(
        "Miles between home and placement in a straight line, to one decimal. Null: a postcode is blank or unknown",
        "number",
        blank=True,
        derived=True,
    )
    HOME_POST_KNOWN = Column(
        "1 where the home postcode is a real one, 0 where it is not. Null: blank",
        "code",
        blank=True,
        codes=("YES_NO",),
        derived=True,
    )
    PL_POST_KNOWN = Column(
        "1 where the placement postcode is a real one, 0 where it is not. Null: blank",
        "code",
        blank=True,
        codes=("YES_NO",),
        derived=True,
    )
