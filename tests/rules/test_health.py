"""Health, strengths and difficulties, and convictions of children looked after for twelve months."""

from __future__ import annotations

import pytest

from tests.rules.case import NOTHING, Case, check, fires, passes, skips

IN_CARE = {"DECOM": "01/04/2021", "RNE": "S", "LS": "C2"}
CAME = {**IN_CARE, "DECOM": "02/04/2022"}
CORE = {"IMMUNISATIONS": "1", "TEETH_CHECK": "0", "HEALTH_ASSESSMENT": "1", "SUBSTANCE_MISUSE": "0"}
OC2 = {"OC2": [0]}
SDQ1 = {"SDQ_REASON": "SDQ1"}

# fmt: off
CASES = [
    fires("157", "4 on the first day", flags=OC2, Episodes=IN_CARE, OC2={**SDQ1, "DOB": "01/04/2018"}),
    fires("157", "17 on the day after the year", flags=OC2, Episodes=IN_CARE, OC2={**SDQ1, "DOB": "01/04/2006"}),
    passes("157", "4 on the second day", Episodes=IN_CARE, OC2={**SDQ1, "DOB": "02/04/2018"}),
    passes("157", "17 on the last day", Episodes=IN_CARE, OC2={**SDQ1, "DOB": "31/03/2006"}),
    passes("157", "a score", Episodes=IN_CARE, OC2={**SDQ1, "SDQ_SCORE": "9", "DOB": "01/04/2018"}),
    passes("157", "another reason", Episodes=IN_CARE, OC2={"SDQ_REASON": "SDQ2", "DOB": "01/04/2018"}),
    passes("157", "not in care all year", Episodes=CAME, OC2={**SDQ1, "DOB": "01/04/2018"}),
    passes("157", "no date of birth", Episodes=IN_CARE, OC2=[{**SDQ1, "DOB": None}, {**SDQ1, "DOB": "2010"}]),

    fires("158", "offered, even as 0", flags=OC2, OC2={"INTERVENTION_RECEIVED": "1", "INTERVENTION_OFFERED": "0"}),
    passes("158", "not said", OC2={"INTERVENTION_RECEIVED": "1"}),
    passes("158", "not received", OC2={"INTERVENTION_RECEIVED": "0", "INTERVENTION_OFFERED": "1"}),

    fires("159", "not said", flags=OC2, OC2={"SUBSTANCE_MISUSE": "1", "INTERVENTION_RECEIVED": "0"}),
    passes("159", "said", OC2={"SUBSTANCE_MISUSE": "1", "INTERVENTION_RECEIVED": "0", "INTERVENTION_OFFERED": "0"}),
    passes("159", "received", OC2={"SUBSTANCE_MISUSE": "1", "INTERVENTION_RECEIVED": "1"}),
    passes("159", "not said whether received", OC2={"SUBSTANCE_MISUSE": "1"}),
    passes("159", "no misuse", OC2={"SUBSTANCE_MISUSE": "0", "INTERVENTION_RECEIVED": "0"}),

    fires("180", "out of range, not whole, no number", flags={"OC2": [0, 1, 2, 3, 4]},
          OC2=[{"SDQ_SCORE": "41"}, {"SDQ_SCORE": "39.5"}, {"SDQ_SCORE": "TEN"}, {"SDQ_SCORE": "-1"},
               {"SDQ_SCORE": "NAN"}]),
    passes("180", "0 to 40, decimals of zero, a blank",
           OC2=[{"SDQ_SCORE": "0"}, {"SDQ_SCORE": "40"}, {"SDQ_SCORE": "20.0"}, {"SDQ_SCORE": None}]),

    fires("181", "2 and Y", flags={"OC2": [0, 1]}, OC2=[{"CONVICTED": "2"}, {"INTERVENTION_OFFERED": "Y"}]),
    fires("181", "one beside good ones", flags=OC2, OC2={**CORE, "TEETH_CHECK": "TRUE"}),
    passes("181", "0, 1 and blanks", OC2=CORE),
    passes("181", "the score is no such item", OC2={"SDQ_SCORE": "2"}),

    fires("182", "a conviction item and three of four", flags=OC2, OC2={**CORE, "CONVICTED": "0", "TEETH_CHECK": None}),
    passes("182", "all four", OC2={**CORE, "CONVICTED": "0"}),
    passes("182", "three of four alone", OC2={**CORE, "TEETH_CHECK": None}),

    fires("185", "came in the year", flags=OC2, Episodes=CAME, OC2={"SDQ_SCORE": "9"}),
    fires("185", "no episode", flags=OC2, Episodes=NOTHING, OC2={"SDQ_SCORE": "X"}),
    passes("185", "in care all year", Episodes=IN_CARE, OC2={"SDQ_SCORE": "9"}),
    passes("185", "a reason only", Episodes=CAME, OC2=SDQ1),
    skips("185", "it needs the episodes", reason="no Episodes", OC2={"SDQ_SCORE": "9"}),
    fires("190", "came in the year", flags=OC2, Episodes=CAME, OC2={"CONVICTED": "0"}),
    fires("190", "no episode", flags=OC2, Episodes={**IN_CARE, "CHILD": "B2"}, OC2={"INTERVENTION_OFFERED": "1"}),
    passes("190", "in care all year", Episodes=IN_CARE, OC2=CORE),
    passes("190", "a score only", Episodes=CAME, OC2={"SDQ_SCORE": "9"}),
    fires("198", "came in the year", flags=OC2, Episodes=CAME, OC2=SDQ1),
    fires("198", "no episode", flags=OC2, Episodes=NOTHING, OC2=SDQ1),
    passes("198", "in care all year", Episodes=IN_CARE, OC2=SDQ1),
    passes("198", "a score only", Episodes=CAME, OC2={"SDQ_SCORE": "9"}),

    fires("186", "4 on the first day", flags=OC2, Episodes=IN_CARE, OC2={"DOB": "01/04/2018"}),
    fires("186", "17 on the day after the year", flags=OC2, Episodes=IN_CARE, OC2={"DOB": "01/04/2006"}),
    passes("186", "4 on the second day", Episodes=IN_CARE, OC2={"DOB": "02/04/2018"}),
    passes("186", "17 on the last day", Episodes=IN_CARE, OC2={"DOB": "31/03/2006"}),
    passes("186", "a reason", Episodes=IN_CARE, OC2={"DOB": "01/04/2018", "SDQ_REASON": "SDQ2"}),
    passes("186", "a score", Episodes=IN_CARE, OC2={"DOB": "01/04/2018", "SDQ_SCORE": "2"}),
    passes("186", "not in care all year", Episodes=CAME, OC2={"DOB": "01/04/2018"}),
    passes("186", "no date of birth", Episodes=IN_CARE, OC2=[{"DOB": None}, {"DOB": "2010"}]),

    fires("188", "4 on the day after the year", flags=OC2, OC2={"DOB": "01/04/2019", "SDQ_REASON": "SDQ1"}),
    passes("188", "4 on the last day", OC2={"DOB": "31/03/2019", "SDQ_SCORE": "5"}),
    passes("188", "neither", OC2={"DOB": "01/04/2019"}),
    passes("188", "no date of birth", OC2={"SDQ_SCORE": "5", "DOB": None}),

    fires("189", "17 on the day before the year", flags=OC2, OC2={"DOB": "31/03/2005", "SDQ_SCORE": "5"}),
    passes("189", "17 on the first day", OC2={"DOB": "01/04/2005", "SDQ_SCORE": "5"}),
    passes("189", "neither", OC2={"DOB": "31/03/2005"}),
    passes("189", "no date of birth", OC2={"SDQ_SCORE": "5", "DOB": None}),

    fires("191", "three of four", flags=OC2, Episodes=IN_CARE, OC2={**CORE, "IMMUNISATIONS": None}),
    fires("191", "no row: the earliest episode, of one day the first in the file", flags={"Episodes": [1]}, OC2=NOTHING,
          Episodes=[{**IN_CARE, "DECOM": "01/06/2022", "RNE": "P"}, {**IN_CARE, "DEC": "01/06/2022", "REC": "X1"},
                    {**IN_CARE, "DEC": "01/06/2022", "REC": "X1"}]),
    passes("191", "all four", Episodes=IN_CARE, OC2=CORE),
    passes("191", "not in care all year", Episodes=CAME, OC2=NOTHING),
    passes("191", "blanks are no child", Episodes={**IN_CARE, "CHILD": None}, OC2={**CORE, "CHILD": None}),

    fires("192", "not said", flags=OC2, OC2={"SUBSTANCE_MISUSE": "1", "INTERVENTION_OFFERED": "1"}),
    passes("192", "said", OC2={"SUBSTANCE_MISUSE": "1", "INTERVENTION_RECEIVED": "0"}),
    passes("192", "no misuse", OC2={"SUBSTANCE_MISUSE": "0"}),

    fires("193", "a blank", flags=OC2, OC2={"SUBSTANCE_MISUSE": None, "INTERVENTION_OFFERED": "0"}),
    fires("193", "no misuse", flags=OC2, OC2={"SUBSTANCE_MISUSE": "0", "INTERVENTION_RECEIVED": "0"}),
    passes("193", "misuse", OC2={"SUBSTANCE_MISUSE": "1", "INTERVENTION_RECEIVED": "0"}),
    passes("193", "no intervention", OC2={"SUBSTANCE_MISUSE": "0"}),

    fires("196", "no code of the list", flags=OC2, OC2={"SDQ_REASON": "SDQ6"}),
    passes("196", "a code of the list, and a blank", OC2=[{"SDQ_REASON": "SDQ5"}, {"SDQ_REASON": None}]),

    fires("197a", "both", flags=OC2, OC2={"SDQ_SCORE": "5", "SDQ_REASON": "SDQ1"}),
    passes("197a", "either", OC2=[{"SDQ_SCORE": "5"}, {"SDQ_REASON": "SDQ1"}]),

    fires("197B", "4 on the first day", flags=OC2, Episodes=IN_CARE, OC2={"DOB": "01/04/2018"}),
    fires("197B", "17 on the last day", flags=OC2, Episodes=IN_CARE, OC2={"DOB": "31/03/2006"}),
    passes("197B", "4 before the year", Episodes=IN_CARE, OC2={"DOB": "31/03/2018"}),
    passes("197B", "17 after the year", Episodes=IN_CARE, OC2={"DOB": "01/04/2006"}),
    passes("197B", "a reason", Episodes=IN_CARE, OC2={"DOB": "01/04/2018", "SDQ_REASON": "SDQ1"}),
    passes("197B", "not in care all year", Episodes=CAME, OC2={"DOB": "01/04/2018"}),
    passes("197B", "no date of birth", Episodes=IN_CARE, OC2={"DOB": None}),

    fires("542", "10 on the day after the year", flags=OC2, OC2={"DOB": "01/04/2013", "CONVICTED": "0"}),
    passes("542", "10 on the last day", OC2={"DOB": "31/03/2013", "CONVICTED": "0"}),
    passes("542", "a blank", OC2={"DOB": "01/04/2013", "CONVICTED": None}),
    passes("542", "no date of birth", OC2={"DOB": "31/06/2013", "CONVICTED": "1"}),

    fires("543", "10 on the last day", flags=OC2, Episodes=IN_CARE, OC2={"DOB": "31/03/2013"}),
    passes("543", "10 on the day after the year", Episodes=IN_CARE, OC2={"DOB": "01/04/2013"}),
    passes("543", "said", Episodes=IN_CARE, OC2={"DOB": "31/03/2013", "CONVICTED": "0"}),
    passes("543", "not in care all year", Episodes=CAME, OC2={"DOB": "31/03/2013"}),
    passes("543", "no date of birth", Episodes=IN_CARE, OC2={"DOB": None}),

    fires("544", "convicted", flags=OC2, OC2={**CORE, "CONVICTED": "1", "SUBSTANCE_MISUSE": None}),
    passes("544", "all four", OC2={**CORE, "CONVICTED": "1"}),
    passes("544", "not convicted", OC2={"CONVICTED": "0"}),

    fires("545", "5 on the day after the year", flags=OC2, Episodes=IN_CARE, OC2={"DOB": "01/04/2018"}),
    passes("545", "5 on the last day", Episodes=IN_CARE, OC2={"DOB": "31/03/2018"}),
    passes("545", "said", Episodes=IN_CARE, OC2={"DOB": "01/04/2018", "HEALTH_CHECK": "0"}),
    passes("545", "not in care all year", Episodes=CAME, OC2={"DOB": "01/04/2018"}),
    passes("545", "no date of birth", Episodes=IN_CARE, OC2={"DOB": None}),

    fires("546", "5 on the last day", flags=OC2, Episodes=IN_CARE, OC2={"DOB": "31/03/2018", "HEALTH_CHECK": "0"}),
    passes("546", "5 on the day after the year", Episodes=IN_CARE, OC2={"DOB": "01/04/2018", "HEALTH_CHECK": "0"}),
    passes("546", "a blank", Episodes=IN_CARE, OC2={"DOB": "31/03/2018"}),
    passes("546", "not in care all year", Episodes=CAME, OC2={"DOB": "31/03/2018", "HEALTH_CHECK": "0"}),
    passes("546", "no date of birth", Episodes=IN_CARE, OC2={"DOB": None, "HEALTH_CHECK": "0"}),

    fires("547", "up to date", flags=OC2, OC2={**CORE, "HEALTH_CHECK": "1", "IMMUNISATIONS": None}),
    passes("547", "all four", OC2={**CORE, "HEALTH_CHECK": "1"}),
    passes("547", "not up to date", OC2={"HEALTH_CHECK": "0"}),
]
# fmt: on


@pytest.mark.parametrize("case", CASES, ids=str)
def test_health(case: Case) -> None:
    check(case)
