"""Who provides the placement, and the Ofsted number, by the type of placement."""

from __future__ import annotations

import pytest

from returns903.testing.cases import Case, Row, check, fires, passes

FIRST: dict[str, list[int]] = {"Episodes": [0]}
TEMPORARY = ["T0", "T1", "T2", "T3", "T4"]
OTHER = ["Z11", "Z12", "Z13", "Z14"]


def by(provider: str | None, *places: str | None) -> list[Row]:
    return [{"PLACE_PROVIDER": provider, "PLACE": place} for place in places]


def numbered(urn: str | None, *places: str | None) -> list[Row]:
    return [{"URN": urn, "PLACE": place} for place in places]


def rows(n: int) -> dict[str, list[int]]:
    return {"Episodes": list(range(n))}


CASES = [
    fires("178", "no such provider", flags=rows(2), Episodes=by("PR9", "U1", None)),
    fires("178", "placements without provider", flags=rows(6), Episodes=by("PR1", *TEMPORARY, "Z1")),
    passes("178", "a provider, and no placement type", Episodes=[*by("PR0", "P1"), *by("PR5", None)]),
    passes("178", "no provider", Episodes=by(None, "T0", "U1")),
    passes("178", "Z11 in the first list", Episodes=by("PR1", "Z11")),
    fires("178", "Z11 to Z14", flags=rows(8), year="2025-26", Episodes=by("PR1", *TEMPORARY[:4], *OTHER)),
    fires("178", "no such provider still", flags=FIRST, year="2025-26", Episodes=by("PR9", "U1")),
    passes("178", "T4 and Z1 are asked about no more", year="2025-26", Episodes=by("PR1", "T4", "Z1")),
    fires("213", "any provider", flags=rows(5), Episodes=by("??", *TEMPORARY)),
    passes("213", "no provider", Episodes=by(None, *TEMPORARY)),
    passes("213", "other placements", Episodes=by("PR1", "Z1", "U1", None)),
    fires("213", "Z11 to Z14 and T4", flags=rows(5), year="2025-26", Episodes=by("PR1", *OTHER, "T4")),
    passes("213", "other placements without a provider", year="2025-26", Episodes=by(None, *OTHER)),
    fires(
        "222",
        "types that Ofsted does not register",
        flags=rows(4),
        Episodes=numbered("SC123456", "H5", "P2", "T4", "Z1"),
    ),
    passes("222", "the placeholder", Episodes=numbered("XXXXXXX", "H5", "P2", "T4", "Z1")),
    passes("222", "no number", Episodes=numbered(None, "H5")),
    passes("222", "types that it registers", Episodes=numbered("SC123456", "K2", "R3", "S1", "U4", None)),
    fires("222", "P2", flags=FIRST, year="2023-24", Episodes=numbered("SC123456", "P2")),
    passes("222", "H5 may have a number", year="2023-24", Episodes=numbered("SC123456", "H5")),
    fires("222", "Z1", flags=FIRST, year="2024-25", Episodes=numbered("SC123456", "Z1")),
    passes("222", "P2 is asked about no more", year="2024-25", Episodes=numbered("SC123456", "P2")),
    fires("222", "Z11 to Z14", flags=rows(5), year="2025-26", Episodes=numbered("SC123456", *OTHER, "R5")),
    passes("222", "Z1 is asked about no more", year="2025-26", Episodes=numbered("SC123456", "Z1")),
    fires("526", "no provider", flags=rows(3), Episodes=by(None, "U1", "P1", None)),
    passes("526", "placements without provider", Episodes=by(None, *TEMPORARY, "Z1")),
    passes("526", "any provider", Episodes=by("??", "U1", None)),
    fires("526", "no provider since 2025-26", flags=FIRST, year="2025-26", Episodes=by(None, "K3")),
    fires("526", "Z1 is left out no more", flags=FIRST, year="2025-26", Episodes=by(None, "Z1")),
    passes("526", "Z11 to Z14 and temporary ones", year="2025-26", Episodes=by(None, *OTHER, *TEMPORARY)),
    fires("527", "own provision", flags=rows(3), Episodes=by("PR1", "P1", "R2", "R5")),
    passes("527", "types it can provide", Episodes=by("PR1", "U1", "K2", None)),
    passes("527", "others, or nobody", Episodes=[*by("PR3", "R2", "R5"), *by(None, "P1")]),
    fires("528", "another authority", flags=rows(3), Episodes=by("PR2", "P1", "R2", "R5")),
    passes("528", "own provision is rule 527's", Episodes=by("PR1", "P1", "R2", "R5")),
    fires("529", "another public body", flags=rows(6), Episodes=by("PR3", "A3", "A6", "K1", "P1", "U1", "U6")),
    passes("529", "types it can provide", Episodes=by("PR3", "K3", "R2", "R5", None)),
    fires("530", "private", flags=FIRST, Episodes=by("PR4", "P1")),
    passes("530", "a private home", Episodes=by("PR4", "K2", "R2", None)),
    fires("531", "voluntary", flags=FIRST, Episodes=by("PR5", "P1")),
    passes("531", "a charity's home, and a parent", Episodes=[*by("PR5", "K2"), *by("PR0", "P1")]),
    fires("550", "a parent elsewhere, or nowhere", flags=rows(2), Episodes=by("PR0", "U1", None)),
    passes("550", "a parent at home", Episodes=by("PR0", "P1")),
    passes("550", "others, or nobody", Episodes=[*by("PR1", "U1"), *by(None, "U1")]),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_provision(case: Case) -> None:
    check(case)
