"""The groups of codes that rules speak of are those of the code lists."""

from __future__ import annotations

import pytest

from returns903 import codes
from returns903.rules import groups
from returns903.tables import AD1, OC2, OC3, Table
from returns903.years import RULE_YEARS


def of_group(name: str, group: str | None) -> set[str]:
    """The codes of a list in a national group, or in none, that are valid in some year whose rules are known."""
    listed = codes.code_list(name)
    return {code for code, known in listed.items() if known.group == group and any(map(known.valid_in, RULE_YEARS))}


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        (groups.FOSTER, of_group("PLACE", "Foster placements")),
        (groups.FOR_ADOPTION, of_group("PLACE", "Placed for adoption")),
        (groups.TEMPORARY, of_group("PLACE", None)),
        (groups.RESPITE, of_group("LS", None)),
        (groups.YOUTH_JUSTICE, of_group("LS", "Youth justice legal statuses")),
        (groups.ADOPTED, of_group("REC", "Adopted")),
        (groups.SPECIAL_GUARDIANSHIP, of_group("REC", "Special guardianship order")),
    ],
)
def test_groups_of_codes(group: tuple[str, ...], expected: set[str]) -> None:
    assert set(group) == expected
    assert len(group) == len(expected)


@pytest.mark.parametrize(
    ("items", "of", "beside"),
    [
        (groups.OC3_ITEMS, OC3, {"CHILD", "DOB"}),
        (groups.AD1_ITEMS, AD1, {"CHILD", "DOB"}),
        (groups.OC2_ITEMS, OC2, {"CHILD", "DOB", "SDQ_SCORE", "SDQ_REASON"}),
    ],
)
def test_groups_of_columns(items: tuple[str, ...], of: Table, beside: set[str]) -> None:
    assert list(items) == [name for name in of.columns() if name not in beside]
