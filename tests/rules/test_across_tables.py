"""What must agree between tables: that each child is in Header, once, with one date of birth and one sex."""

from __future__ import annotations

import pytest

from returns903.testing.cases import NOTHING, Case, check, fires, passes, skips

MUST_BE_IN_HEADER = {
    "INT01": "AD1",
    "INT02": "PlacedAdoption",
    "INT03": "Episodes",
    "INT04": "Missing",
    "INT05": "OC2",
    "INT06": "OC3",
    "INT07": "PrevPerm",
    "INT08": "Reviews",
    "INT09": "UASC",
}
REPEATS_BIRTH_DATE = {
    "INT11": "AD1",
    "INT12": "PlacedAdoption",
    "INT13": "Missing",
    "INT14": "OC2",
    "INT15": "OC3",
    "INT16": "PrevPerm",
    "INT17": "Reviews",
    "INT18": "UASC",
}
ONE_ROW_A_CHILD = {
    "INT31": "AD1",
    "INT32": "Header",
    "INT33": "OC2",
    "INT34": "OC3",
    "INT35": "PrevPerm",
    "INT36": "UASC",
}


def _not_in_header(code: str, table: str) -> list[Case]:
    return [
        fires(code, "a child not in Header", flags={table: [1]}, Header={}, **{table: [{}, {"CHILD": "A2"}, {}]}),
        fires(code, "a Header without rows", flags={table: [0]}, Header=NOTHING, **{table: {}}),
        fires(
            code, "a blank CHILD is nobody's", flags={table: [0]}, Header={"CHILD": None}, **{table: {"CHILD": None}}
        ),
        passes(code, "a child with two Header rows", Header=[{}, {}], **{table: {}}),
        passes(code, "a child of Header without a row", Header=[{}, {"CHILD": "A2"}], **{table: {}}),
        skips(code, "no Header at all", reason="no Header", **{table: {}}),
        skips(code, "no such table", reason=f"no {table}", Header={}),
    ]


def _other_birth_date(code: str, table: str) -> list[Case]:
    header = {"DOB": "01/05/2010"}
    return [
        fires(code, "a day later", flags={table: [0]}, Header=header, **{table: {"DOB": "02/05/2010"}}),
        fires(
            code,
            "one row of two",
            flags={table: [1]},
            Header=header,
            **{table: [{"DOB": "01/05/2010"}, {"DOB": "01/05/2011"}]},
        ),
        fires(
            code,
            "the second Header row",
            flags={table: [0]},
            Header=[header, {"DOB": "01/05/2011"}],
            **{table: {"DOB": "01/05/2010"}},
        ),
        passes(code, "one day written two ways", Header=header, **{table: {"DOB": "1/5/2010"}}),
        passes(code, "a blank", Header=header, **{table: {"DOB": None}}),
        passes(code, "31 June is no day", Header=header, **{table: {"DOB": "31/06/2010"}}),
        passes(code, "none in Header", Header={"DOB": None}, **{table: {"DOB": "02/05/2010"}}),
        passes(code, "another child's", Header=header, **{table: {"CHILD": "A2", "DOB": "02/05/2010"}}),
        passes(
            code,
            "a blank CHILD is nobody's",
            Header={"CHILD": None, **header},
            **{table: {"CHILD": None, "DOB": "02/05/2010"}},
        ),
    ]


def _more_than_once(code: str, table: str) -> list[Case]:
    return [
        fires(code, "every row of the child", flags={table: [0, 2, 3]}, **{table: [{}, {"CHILD": "A2"}, {}, {}]}),
        passes(code, "two children", **{table: [{}, {"CHILD": "A2"}]}),
        passes(code, "a blank CHILD is nobody's", **{table: [{"CHILD": None}, {"CHILD": None}]}),
    ]


CASES = [
    *(case for code, table in MUST_BE_IN_HEADER.items() for case in _not_in_header(code, table)),
    *(case for code, table in REPEATS_BIRTH_DATE.items() for case in _other_birth_date(code, table)),
    *(case for code, table in ONE_ROW_A_CHILD.items() for case in _more_than_once(code, table)),
    fires("INT21", "another sex", flags={"UASC": [0]}, Header={"SEX": "1"}, UASC={"SEX": "2"}),
    fires("INT21", "an earlier code", flags={"UASC": [0]}, year="2024-25", Header={"SEX": "M"}, UASC={"SEX": "1"}),
    fires(
        "INT21", "the second Header row", flags={"UASC": [0]}, Header=[{"SEX": "1"}, {"SEX": "2"}], UASC={"SEX": "1"}
    ),
    passes("INT21", "the same sex", Header={"SEX": "1"}, UASC={"SEX": "1"}),
    passes(
        "INT21",
        "a blank on either side",
        Header=[{"SEX": None}, {"CHILD": "A2", "SEX": "1"}],
        UASC=[{"SEX": "1"}, {"CHILD": "A2", "SEX": None}],
    ),
    passes("INT21", "another child's", Header={"SEX": "1"}, UASC={"CHILD": "A2", "SEX": "2"}),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_across_tables(case: Case) -> None:
    check(case)
