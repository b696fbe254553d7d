"""What must agree with Ofsted's list of children's homes and social care providers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
import pytest

from returns903.testing import cases
from returns903.testing.cases import Case, check, skips

FIRST: dict[str, list[int]] = {"Episodes": [0]}
HERE, THERE = "E09000008", "E09000025"

LIST = pl.DataFrame(
    [
        ("1", "K1,K2", "PR4", None, "AA11AA", HERE),
        ("1", "S1", "PR5", "30/06/2022", "AA22AA", THERE),
        ("1", "S1", "PR5", "31/12/2022", "AA22AA", THERE),
        ("2", "K2,K3", "PR1", None, "AA33AA", THERE),
        ("3", None, None, None, None, None),
        ("4", "K2", "PR4", "31/03/2023", "AA44AA", THERE),
    ],
    schema=["URN", "PLACE_CODES", "PROVIDER_CODES", "REG_END", "POSTCODE", "LA_CODE_INFERRED"],
    orient="row",
)
"""A URN with three entries, one with one, one of which nothing is known, and one that closes with 2022-23."""

INPUTS: Mapping[str, Any] = {"providers": LIST, "local_authority": HERE}


def fires(code: str, because: str, *, flags: Mapping[str, Sequence[int]], **given: Any) -> Case:
    return cases.fires(code, because, flags=flags, options=INPUTS, **given)


def passes(code: str, because: str, **given: Any) -> Case:
    return cases.passes(code, because, options=INPUTS, **given)


CASES = [
    fires("219", "another type", flags=FIRST, Episodes={"URN": "2", "PLACE": "K1"}),
    fires("219", "no type", flags=FIRST, Episodes={"URN": "2", "PLACE": None}),
    fires("219", "part of a code", flags=FIRST, Episodes={"URN": "2", "PLACE": "K"}),
    fires(
        "219",
        "nothing known of the number",
        flags={"Episodes": [0, 1]},
        Episodes=[{"URN": "3", "PLACE": "K1"}, {"URN": "3", "PLACE": None}],
    ),
    fires("219", "an unknown number", flags=FIRST, Episodes={"URN": "9", "PLACE": "K1"}),
    passes("219", "a type of any entry", Episodes=[{"URN": "1", "PLACE": p} for p in ("K1", "K2", "S1")]),
    passes("219", "no number of its own", Episodes=[{"URN": None, "PLACE": "K1"}, {"URN": "XXXXXXX", "PLACE": "K1"}]),
    skips("219", "no list", reason="no provider list", Episodes={"URN": "2", "PLACE": "K1"}),
    fires("221", "another postcode", flags=FIRST, Episodes={"URN": "2", "PLACE": "K1", "PL_POST": "AA1 1AA"}),
    fires("221", "listed without postcode", flags=FIRST, Episodes={"URN": "3", "PLACE": "K2", "PL_POST": "AA1 1AA"}),
    passes(
        "221",
        "a postcode of any entry",
        Episodes=[{"URN": "1", "PLACE": "R3", "PL_POST": p} for p in ("AA1 1AA", "AA22AA")],
    ),
    passes("221", "small letters and spaces", Episodes={"URN": "1", "PLACE": "S1", "PL_POST": " aa1  1aa"}),
    passes("221", "an unknown number", Episodes={"URN": "9", "PLACE": "K1", "PL_POST": "AA1 1AA"}),
    passes("221", "no number of its own", Episodes={"URN": "XXXXXXX", "PLACE": "K1", "PL_POST": "AA1 1AA"}),
    passes("221", "a short break", Episodes={"URN": "2", "PLACE": "K1", "PL_POST": "AA1 1AA", "LS": "V3"}),
    passes("221", "no postcode", Episodes={"URN": "2", "PLACE": "K1", "PL_POST": None}),
    passes(
        "221",
        "types that are not compared",
        Episodes=[{"URN": "2", "PLACE": p, "PL_POST": "AA1 1AA"} for p in ("H5", "U1", None)],
    ),
    fires("221", "H5", flags=FIRST, year="2023-24", Episodes={"URN": "2", "PLACE": "H5", "PL_POST": "AA1 1AA"}),
    passes("221", "H5 at its provider", year="2023-24", Episodes={"URN": "2", "PLACE": "H5", "PL_POST": "AA3 3AA"}),
    passes("221", "K3 is not compared yet", year="2023-24", Episodes={"URN": "2", "PLACE": "K3", "PL_POST": "AA1 1AA"}),
    fires("221", "K3", flags=FIRST, year="2024-25", Episodes={"URN": "2", "PLACE": "K3", "PL_POST": "AA1 1AA"}),
    passes("221", "H5 is compared no more", year="2024-25", Episodes={"URN": "2", "PLACE": "H5", "PL_POST": "AA1 1AA"}),
    fires("224", "another provider", flags=FIRST, Episodes={"URN": "2", "PLACE_PROVIDER": "PR4"}),
    fires(
        "224",
        "nobody, nothing known, unknown",
        flags={"Episodes": [0, 1, 2]},
        Episodes=[
            {"URN": "2", "PLACE_PROVIDER": None},
            {"URN": "3", "PLACE_PROVIDER": "PR1"},
            {"URN": "9", "PLACE_PROVIDER": "PR1"},
        ],
    ),
    passes("224", "the provider of any entry", Episodes=[{"URN": "1", "PLACE_PROVIDER": p} for p in ("PR4", "PR5")]),
    passes(
        "224",
        "no number of its own",
        Episodes=[{"URN": None, "PLACE_PROVIDER": None}, {"URN": "XXXXXXX", "PLACE_PROVIDER": "PR1"}],
    ),
    fires("227", "the day it closed", flags=FIRST, Episodes={"URN": "1", "DECOM": "30/06/2022"}),
    passes("227", "the day before", Episodes={"URN": "1", "DECOM": "29/06/2022"}),
    passes("227", "no such day, or none", Episodes=[{"URN": "1", "DECOM": "31/06/2022"}, {"URN": "1", "DECOM": None}]),
    passes(
        "227",
        "not closed, or unknown",
        Episodes=[{"URN": "2", "DECOM": "01/07/2022"}, {"URN": "9", "DECOM": "01/07/2022"}],
    ),
    fires("228", "the day after it closed", flags=FIRST, Episodes={"URN": "1", "DEC": "01/07/2022"}),
    fires(
        "228",
        "open, or no such day",
        flags={"Episodes": [0, 1]},
        Episodes=[{"URN": "1", "DEC": None}, {"URN": "1", "DEC": "31/06/2022"}],
    ),
    passes("228", "the day it closed", Episodes={"URN": "1", "DEC": "30/06/2022"}),
    fires(
        "228", "open, and closed with the year before", flags=FIRST, year="2023-24", Episodes={"URN": "4", "DEC": None}
    ),
    passes("228", "open, and closed with the year", Episodes={"URN": "4", "DEC": None}),
    passes(
        "228", "not closed, unknown, or none", Episodes=[{"URN": u, "DEC": None} for u in ("2", "9", None, "XXXXXXX")]
    ),
    fires("229", "own provision elsewhere", flags=FIRST, Episodes={"URN": "2", "PLACE_PROVIDER": "PR1"}),
    fires(
        "229",
        "own provision nobody knows where",
        flags={"Episodes": [0, 1]},
        Episodes=[{"URN": "3", "PLACE_PROVIDER": "PR1"}, {"URN": "9", "PLACE_PROVIDER": "PR1"}],
    ),
    fires("229", "another authority's provision here", flags=FIRST, Episodes={"URN": "1", "PLACE_PROVIDER": "PR2"}),
    fires("229", "K3 is asked about", flags=FIRST, Episodes={"URN": "2", "PLACE": "K3", "PLACE_PROVIDER": "PR1"}),
    passes("229", "own provision with some premises here", Episodes={"URN": "1", "PLACE_PROVIDER": "PR1"}),
    passes(
        "229",
        "another authority's provision there",
        Episodes=[{"URN": u, "PLACE_PROVIDER": "PR2"} for u in ("2", "3", "9")],
    ),
    passes("229", "other providers", Episodes=[{"URN": "2", "PLACE_PROVIDER": p} for p in ("PR4", None)]),
    passes("229", "no number of its own", Episodes=[{"URN": u, "PLACE_PROVIDER": "PR1"} for u in ("XXXXXXX", None)]),
    cases.skips(
        "229",
        "no authority",
        reason="no local authority",
        options={"providers": LIST},
        Episodes={"URN": "2", "PLACE_PROVIDER": "PR1"},
    ),
    fires(
        "229",
        "own provision elsewhere, and without type",
        flags={"Episodes": [0, 1]},
        year="2025-26",
        Episodes=[
            {"URN": "2", "PLACE": "K2", "PLACE_PROVIDER": "PR1"},
            {"URN": "2", "PLACE": None, "PLACE_PROVIDER": "PR1"},
        ],
    ),
    passes(
        "229",
        "types that are left out",
        year="2025-26",
        Episodes=[{"URN": "2", "PLACE": p, "PLACE_PROVIDER": "PR1"} for p in ("K3", "P1", "R5", "T4", "Z14")],
    ),
    fires("241", "where there are no premises", flags=FIRST, Episodes={"URN": "2", "PLACE": "K3", "PL_LA": HERE}),
    fires(
        "241",
        "nobody knows where",
        flags={"Episodes": [0, 1, 2]},
        Episodes=[
            {"URN": "2", "PLACE": "K3", "PL_LA": None},
            {"URN": "3", "PLACE": "K3", "PL_LA": HERE},
            {"URN": "9", "PLACE": "K3", "PL_LA": HERE},
        ],
    ),
    passes(
        "241", "where there are premises", Episodes=[{"URN": "1", "PLACE": "K3", "PL_LA": a} for a in (HERE, THERE)]
    ),
    passes("241", "another placement", Episodes=[{"URN": "2", "PLACE": p, "PL_LA": HERE} for p in ("K2", None)]),
    passes(
        "241", "no number of its own", Episodes=[{"URN": u, "PLACE": "K3", "PL_LA": HERE} for u in ("XXXXXXX", None)]
    ),
    fires("1008", "an unknown number", flags=FIRST, Episodes={"URN": "9"}),
    fires("1008", "near a known one", flags={"Episodes": [0, 1]}, Episodes=[{"URN": "01"}, {"URN": "1 "}]),
    passes("1008", "known numbers", Episodes=[{"URN": u} for u in ("1", "2", "3")]),
    passes("1008", "no number of its own", Episodes=[{"URN": None}, {"URN": "XXXXXXX"}]),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_providers(case: Case) -> None:
    check(case)
