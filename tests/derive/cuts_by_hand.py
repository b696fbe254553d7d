"""Which group a child is in on a day, once more in plain Python: the second opinion of the tests of cuts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.derive.care_by_hand import GROUPS, age, header_of, seeks_asylum
from tests.derive.placements_by_hand import placement_group
from tests.derive.strategies import SmallReturn

ETHNIC = {
    "White": "WBRI WIRI WOTH WIRT WROM",
    "Mixed or multiple ethnic groups": "MWBC MWBA MWAS MOTH",
    "Asian or Asian British": "AIND APKN ABAN AOTH CHNE",
    "Black, African, Caribbean or Black British": "BCRB BAFR BOTH",
    "Other ethnic group": "OOTH",
    "refused or not yet obtained": "REFU NOBT",
}
DETAIL = {"WBRI": "White British", "BAFR": "African", "MWBC": "White and Black Caribbean", "REFU": "Refused"}
NEEDS = {"N1": "Abuse or neglect", "N2": "Child's disability", "N8": "Absent parenting"}


def group(small: SmallReturn, name: str, child: str, source: dict[str, Any], on: dt.date) -> str:
    """The group of a child by one cut, from the episode's own cells."""
    header = header_of(small).get(child, {})
    ethnic, status, years = header.get("ethnic") or "", source.get("LS") or "", age(header.get("dob"), on)
    bands = ((16, "16 and over"), (10, "10 to 15"), (5, "5 to 9"), (1, "1 to 4"), (-99, "under 1"))
    band = None if years is None else next(said for least, said in bands if years >= least)
    found = {
        "age_band": band,
        "year_of_age": None if years is None else str(max(years, 0)) if years < 18 else "18 and over",
        "sex": {"M": "male", "F": "female", "1": "male", "2": "female"}.get(header.get("sex") or ""),
        "ethnicity": DETAIL.get(ethnic),
        "ethnic_group": next((said for said, codes in ETHNIC.items() if ethnic in codes.split()), None),
        "asylum": "unaccompanied asylum-seeking" if seeks_asylum(small, child, on) else "others",
        "placement_group": placement_group(source.get("PLACE") or ""),
        "boundary": {"IN": "inside", "OUT": "outside"}.get(source.get("PL_LOCATION") or ""),
        "need": NEEDS.get(source.get("CIN") or ""),
        "legal_status": status if status in GROUPS else None,
        "legal_status_group": GROUPS.get(status),
    }[name]
    return found or "unknown"
