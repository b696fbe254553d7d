"""Adoptions: the details of AD1, by themselves and beside the episodes that ended in adoption."""

from __future__ import annotations

import pytest

from returns903.testing.cases import NOTHING, Case, check, fires, passes, skips

FULL = {
    "DATE_INT": "01/05/2022",
    "DATE_MATCH": "01/06/2022",
    "FOSTER_CARE": "0",
    "NB_ADOPTR": "2",
    "SEX_ADOPTR": "MF",
    "LS_ADOPTR": "L11",
}
ADOPTION = {"DECOM": "01/07/2022", "DEC": "01/12/2022", "REC": "E11"}
AD1_0, BOTH = {"AD1": [0]}, {"Episodes": [0], "AD1": [0]}

CASES = [
    fires("112", "31 June is no day", flags=AD1_0, AD1={"DATE_INT": "31/06/2022"}),
    fires("112", "no date at all", flags={"AD1": [1]}, AD1=[{"DATE_INT": "30/06/2022"}, {"DATE_INT": "JUNE"}]),
    passes("112", "30 June", AD1={"DATE_INT": "30/06/2022"}),
    passes("112", "a blank", AD1={"DATE_INT": None}),
    fires("113", "a year of two figures", flags=AD1_0, AD1={"DATE_MATCH": "01/05/22"}),
    passes("113", "a year of four", AD1={"DATE_MATCH": "01/05/2022"}),
    passes("113", "an unreadable DATE_INT is another rule's", AD1={"DATE_INT": "X", "DATE_MATCH": "01/05/2022"}),
    fires("114", "2 is no code", flags=AD1_0, AD1={"FOSTER_CARE": "2"}),
    passes("114", "0 and 1", AD1=[{"FOSTER_CARE": "0"}, {"FOSTER_CARE": "1"}]),
    passes("114", "a blank", AD1={"FOSTER_CARE": None}),
    fires("175", "no adopters, or three", flags={"AD1": [0, 1]}, AD1=[{"NB_ADOPTR": "0"}, {"NB_ADOPTR": "3"}]),
    passes("175", "1, 2 or a blank", AD1=[{"NB_ADOPTR": "1"}, {"NB_ADOPTR": "2"}, {"NB_ADOPTR": None}]),
    fires("176", "FM", flags=AD1_0, AD1={"SEX_ADOPTR": "FM"}),
    passes("176", "every code", AD1=[{"SEX_ADOPTR": code} for code in ("M1", "F1", "MM", "FF", "MF", None)]),
    fires("177", "L1", flags=AD1_0, AD1={"LS_ADOPTR": "L1"}),
    passes("177", "every code", AD1=[{"LS_ADOPTR": code} for code in ("L0", "L11", "L12", "L2", "L3", "L4", None)]),
    fires("151", "one is missing", flags=AD1_0, AD1={**FULL, "SEX_ADOPTR": None}),
    fires("151", "only one is given", flags=AD1_0, AD1={"NB_ADOPTR": "1"}),
    fires("151", "an unreadable date counts as given", flags=AD1_0, AD1={"DATE_INT": "SOON"}),
    passes("151", "all are given", AD1=FULL),
    passes("151", "all are given, one unreadable", AD1={**FULL, "DATE_INT": "SOON"}),
    passes("151", "none is", AD1=dict.fromkeys(FULL)),
    fires("331", "matched the day after", flags=BOTH, Episodes=ADOPTION, AD1={"DATE_MATCH": "02/07/2022"}),
    fires(
        "331",
        "two rows of AD1, one too late",
        flags={"Episodes": [0], "AD1": [1]},
        Episodes=ADOPTION,
        AD1=[{"DATE_MATCH": "01/07/2022"}, {"DATE_MATCH": "02/07/2022"}],
    ),
    passes("331", "matched on the day", Episodes=ADOPTION, AD1={"DATE_MATCH": "01/07/2022"}),
    passes("331", "another reason", Episodes={**ADOPTION, "REC": "E2"}, AD1={"DATE_MATCH": "02/07/2022"}),
    passes("331", "unreadable DECOM", Episodes={**ADOPTION, "DECOM": "X"}, AD1={"DATE_MATCH": "02/07/2022"}),
    passes(
        "331",
        "a blank CHILD is nobody",
        Episodes={**ADOPTION, "CHILD": None},
        AD1={"CHILD": None, "DATE_MATCH": "02/07/2022"},
    ),
    skips("331", "no AD1", reason="no AD1", Episodes=ADOPTION),
    fires("333", "decided after the match", flags=AD1_0, AD1={"DATE_INT": "02/06/2022", "DATE_MATCH": "01/06/2022"}),
    fires("333", "never decided", flags=AD1_0, AD1={"DATE_INT": None, "DATE_MATCH": "01/06/2022"}),
    fires("333", "unreadable decision", flags=AD1_0, AD1={"DATE_INT": "X", "DATE_MATCH": "01/06/2022"}),
    passes("333", "on one day", AD1={"DATE_INT": "01/06/2022", "DATE_MATCH": "01/06/2022"}),
    passes("333", "no match", AD1={"DATE_INT": "02/06/2022", "DATE_MATCH": None}),
    passes("333", "unreadable match", AD1={"DATE_INT": None, "DATE_MATCH": "31/06/2022"}),
    fires("334", "the day before", flags=BOTH, Episodes={"DECOM": "02/05/2022", "RNE": "S"}, AD1=FULL),
    fires(
        "334",
        "the latest start counts",
        flags={"Episodes": [1], "AD1": [0]},
        AD1=FULL,
        Episodes=[{"DECOM": "01/01/2020", "RNE": "S"}, {"DECOM": "02/05/2022", "RNE": "S"}],
    ),
    fires(
        "334",
        "of two starts on a day the first in the file",
        flags=BOTH,
        AD1=FULL,
        Episodes=[{"DECOM": "02/05/2022", "RNE": "S"}, {"DECOM": "02/05/2022", "RNE": "S"}],
    ),
    passes("334", "on the day", Episodes={"DECOM": "01/05/2022", "RNE": "S"}, AD1=FULL),
    passes("334", "no start of care", Episodes={"DECOM": "02/05/2022", "RNE": "P"}, AD1=FULL),
    passes("334", "start unreadable", Episodes={"DECOM": "X", "RNE": "S"}, AD1=FULL),
    fires(
        "335",
        "A3 and not the foster carer",
        flags=BOTH,
        Episodes={"PLACE": "A3", "REC": "E11"},
        AD1={"FOSTER_CARE": "0"},
    ),
    fires(
        "335", "A6 and the foster carer", flags=BOTH, Episodes={"PLACE": "A6", "REC": "E12"}, AD1={"FOSTER_CARE": "1"}
    ),
    passes("335", "A3 and the foster carer", Episodes={"PLACE": "A3", "REC": "E11"}, AD1={"FOSTER_CARE": "1"}),
    passes("335", "not said", Episodes={"PLACE": "A3", "REC": "E11"}, AD1={"FOSTER_CARE": None}),
    passes("335", "the placement goes on", Episodes={"PLACE": "A3", "REC": "X1"}, AD1={"FOSTER_CARE": "0"}),
    fires("511", "two of M1", flags=AD1_0, AD1={"NB_ADOPTR": "2", "SEX_ADOPTR": "M1"}),
    passes("511", "one of M1", AD1={"NB_ADOPTR": "1", "SEX_ADOPTR": "M1"}),
    passes("511", "two of MM", AD1={"NB_ADOPTR": "2", "SEX_ADOPTR": "MM"}),
    passes("511", "sex blank", AD1={"NB_ADOPTR": "2", "SEX_ADOPTR": None}),
    fires(
        "582", "on the day of the match", flags={"Episodes": [0]}, Episodes=ADOPTION, AD1={"DATE_MATCH": "01/12/2022"}
    ),
    fires(
        "582", "the same words", flags={"Episodes": [0]}, Episodes={**ADOPTION, "DEC": "MAY"}, AD1={"DATE_MATCH": "MAY"}
    ),
    passes("582", "the day after", Episodes=ADOPTION, AD1={"DATE_MATCH": "30/11/2022"}),
    passes("582", "two blanks", Episodes={**ADOPTION, "DEC": None}, AD1={"DATE_MATCH": None}),
    passes("582", "not adopted", Episodes={**ADOPTION, "REC": "X1"}, AD1={"DATE_MATCH": "01/12/2022"}),
    fires("601", "one detail is missing", flags=BOTH, Episodes=ADOPTION, AD1={**FULL, "DATE_MATCH": None}),
    fires("601", "no row in AD1", flags={"Episodes": [0]}, Episodes=ADOPTION, AD1={**FULL, "CHILD": "B2"}),
    fires("601", "AD1 without rows", flags={"Episodes": [0]}, Episodes=ADOPTION, AD1=NOTHING),
    fires(
        "601",
        "first and last day of the year",
        flags={"Episodes": [0, 1]},
        AD1=NOTHING,
        Episodes=[{**ADOPTION, "DEC": "01/04/2022"}, {**ADOPTION, "DEC": "31/03/2023", "CHILD": "B2"}],
    ),
    passes("601", "all there, a date unreadable", Episodes=ADOPTION, AD1={**FULL, "DATE_MATCH": "X"}),
    passes("601", "adopted before the year", Episodes={**ADOPTION, "DEC": "31/03/2022"}, AD1=NOTHING),
    passes("601", "adopted after it", Episodes={**ADOPTION, "DEC": "01/04/2023"}, AD1=NOTHING),
    passes("601", "no day of adoption", Episodes={**ADOPTION, "DEC": None}, AD1=NOTHING),
    passes("601", "not adopted", Episodes={**ADOPTION, "REC": "E2"}, AD1=NOTHING),
    fires("602", "no adoption", flags=AD1_0, Episodes={**ADOPTION, "REC": "E2"}, AD1=FULL),
    fires("602", "adopted before the year", flags=AD1_0, Episodes={**ADOPTION, "DEC": "31/03/2022"}, AD1=FULL),
    fires("602", "no episode at all", flags=AD1_0, Episodes=NOTHING, AD1={"DATE_INT": "X"}),
    fires(
        "602", "a blank CHILD is nobody", flags=AD1_0, Episodes={**ADOPTION, "CHILD": None}, AD1={**FULL, "CHILD": None}
    ),
    passes("602", "adopted in the year", Episodes=[{**ADOPTION, "REC": "X1"}, ADOPTION], AD1=FULL),
    passes("602", "no details", Episodes=NOTHING, AD1=dict.fromkeys(FULL)),
]

PLACED = {"PLACE": "A5", "DECOM": "01/05/2022"}
CASES += [
    fires("521", "placed the day before", flags=BOTH, Episodes={**PLACED, "DECOM": "30/04/2022"}, AD1=FULL),
    fires(
        "521",
        "every such placement",
        flags={"Episodes": [0, 2], "AD1": [0]},
        AD1=FULL,
        Episodes=[
            {**PLACED, "DECOM": "30/04/2022"},
            {"PLACE": "U1", "DECOM": "01/03/2022"},
            {**PLACED, "DECOM": "01/04/2022"},
        ],
    ),
    passes("521", "placed on the day", Episodes=PLACED, AD1=FULL),
    passes("521", "placed elsewhere", Episodes={"PLACE": "U1", "DECOM": "30/04/2022"}, AD1=FULL),
    passes("521", "unreadable decision", Episodes={**PLACED, "DECOM": "30/04/2022"}, AD1={"DATE_INT": "X"}),
]

STATUSES = {
    "514": ("L0", ["M1", "F1"], "MF"),
    "517": ("L3", ["MF"], "FF"),
    "518": ("L4", ["MM", "FF"], "MF"),
    "519": ("L2", ["MM", "FF", "MF"], "M1"),
    "520": ("L11", ["MF"], "MM"),
    "524": ("L12", ["MM", "FF"], "MF"),
}
for code, (status, fitting, other) in STATUSES.items():
    rows = [{"LS_ADOPTR": status, "SEX_ADOPTR": sex} for sex in fitting]
    CASES += [
        fires(
            code,
            f"{other} and a blank",
            flags={"AD1": [0, 1]},
            AD1=[{"LS_ADOPTR": status, "SEX_ADOPTR": other}, {"LS_ADOPTR": status, "SEX_ADOPTR": None}],
        ),
        passes(code, "every sex that fits", AD1=rows),
        passes(code, "another status, or none", AD1=[{"LS_ADOPTR": "L9", "SEX_ADOPTR": other}, {"SEX_ADOPTR": other}]),
    ]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_adoption(case: Case) -> None:
    check(case)
