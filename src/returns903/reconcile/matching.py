"""Which codes of the return a printed row is about, by its codes or, leniently, its label."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from returns903 import codes
from returns903.reconcile.published import Row

LISTS = ("REC", "LS", "ETHNIC", "PLACE", "SEX")
"""The code lists that published tables are broken down by."""

_SMALL_WORDS = {"a", "an", "and", "any", "by", "for", "granted", "in", "of", "or", "the", "to", "under"}
_SAME = {
    "girls": "female",
    "girl": "female",
    "females": "female",
    "boys": "male",
    "boy": "male",
    "males": "male",
    "s20": "20",
    "orders": "order",
    "adoption": "adopted",
    "eighteen": "18",
    "gypsies": "gypsy",
}
_OTHER_NAMES = {
    "LS": {
        "accommodated under section 20": "V2",
        "section 20": "V2",
        "s20": "V2",
        "voluntary accommodation": "V2",
        "voluntary agreement": "V2",
        "single period of accommodation": "V2",
        "remand": "J1",
        "police protection": "L1",
        "emergency protection order": "L2",
    },
    "REC": {
        "child died": "E2",
        "special guardianship": "E45|E46|E47|E48|E43|E44",
        "any other reason": "E8",
        "other": "E8",
        "other reason": "E8",
        "child arrangements order": "E41",
        "custody": "E9",
        "transferred to adult social services": "E7",
        "moved abroad": "E16",
    },
}


@dataclass(frozen=True, slots=True)
class Matches:
    """The code list a table is broken down by, and each row's codes; None where a row is none of them."""

    of: str
    rows: list[frozenset[str] | None]


def matched(rows: list[Row]) -> Matches | None:
    """The list in which most rows are found; None where no row is in any."""
    found = [Matches(name, [_codes(name, row) for row in rows]) for name in LISTS]
    best = max(found, key=lambda each: sum(codes is not None for codes in each.rows))
    return best if any(best.rows) else None


@lru_cache(maxsize=4096)
def words(text: str) -> frozenset[str]:
    """What is left of a label without small words, marks and a code before it."""
    plain = re.sub(r"^[A-Z]{0,2}\d{1,2}[A-Z]?[ .:)]+", "", text)
    found = re.findall(r"[a-z0-9]+", plain.lower().replace("'", ""))
    return frozenset(_SAME.get(word, word) for word in found if word not in _SMALL_WORDS)


def _codes(name: str, row: Row) -> frozenset[str] | None:
    if row.is_total:
        return None
    known = codes.code_list(name)
    for text in row.texts.values():
        listed = {part.strip().upper() for part in re.split(r"[|,;/+&]", text) if part.strip()}
        if listed and listed <= set(known):
            return frozenset(listed)
    for text in row.texts.values():
        if found := _by_label(name, text):
            return found
    return None


def _by_label(name: str, text: str) -> frozenset[str]:
    """The codes with this label or of this national group."""
    wanted, known = words(text), codes.code_list(name)
    if not wanted:
        return frozenset()
    for label, named in _OTHER_NAMES.get(name, {}).items():
        if words(label) == wanted:
            return frozenset(named.split("|"))
    groups = {entry.group for entry in known.values() if entry.group and words(entry.group) == wanted}
    same = [code for code, entry in known.items() if entry.group in groups or words(entry.label) == wanted]
    if same:
        return frozenset(same)
    near = {entry.group for entry in known.values() if entry.group and wanted < words(entry.group)}
    if len(near) == 1 and len(wanted) > 1:
        return frozenset(code for code, entry in known.items() if entry.group in near)
    return frozenset()


def told_apart(name: str, label: str, shared: frozenset[str]) -> frozenset[str]:
    """The codes of a row among those it shares with another: special guardianship by kind of carer.

    The codes of the order to (former) foster carers are those whose meaning names them.
    """
    if name != "REC" or "former foster" not in label.lower():
        return shared
    theirs = {code for code in shared if "former foster" in codes.code_list(name)[code].label.lower()}
    return frozenset(shared - theirs if "other than" in label.lower() else theirs)
