"""Each rule by a row that it flags and a near miss."""

from pathlib import Path

import pytest

import returns903
from returns903.testing.cases import Case, check, fires, passes

returns903.load_rules(Path(__file__).parents[1] / "our_rules.py")

OPEN = {"DECOM": "01/06/2024", "PLACE": "U4"}
YOUNG = {"DOB": "01/04/2020"}

CASES = [
    fires("ANY-1", "open, and without URN", flags={"Episodes": [0]}, Episodes=OPEN),
    passes("ANY-1", "it has one", Episodes={**OPEN, "URN": "SC012345"}),
    passes("ANY-1", "it has ended", Episodes={**OPEN, "DEC": "02/06/2024"}),
    passes("ANY-1", "no foster placement", Episodes={**OPEN, "PLACE": "K2"}),
    fires("ANY-2", "no review", flags={"Header": [0]}, year="2024-25", Header=YOUNG, Episodes=OPEN, Reviews=[]),
    passes("ANY-2", "reviewed", year="2024-25", Header=YOUNG, Episodes=OPEN, Reviews={"REVIEW": "01/07/2024"}),
    passes("ANY-2", "five on the last day", year="2024-25", Header={"DOB": "31/03/2020"}, Episodes=OPEN, Reviews=[]),
    passes(
        "ANY-2", "no longer in care", year="2024-25", Header=YOUNG, Episodes={**OPEN, "DEC": "02/06/2024"}, Reviews=[]
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_our_rules(case: Case) -> None:
    check(case)
