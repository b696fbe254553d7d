"""Children's social workers: who they are, since when and why."""

from __future__ import annotations

import pytest

from returns903.testing.cases import NOTHING, Case, check, fires, passes, skips

WHOLE = {"SW_ID": "SW12", "SW_DECOM": "01/05/2023", "SW_REASON": "CHCHAN"}
SW = {"SWEpisodes": [0]}
EPISODE = {"Episodes": [0]}
OPEN = {"DECOM": "01/01/2020", "LS": "C2"}
LEFT = {"DECOM": "01/01/2020", "RNE": "P", "LS": "C2", "DEC": "01/06/2023", "REC": "E4A"}
CAME = {"DECOM": "01/06/2023", "RNE": "S", "LS": "C2", "DEC": "01/09/2023", "REC": "X1"}


def begins(day: str | None) -> dict[str, str | None]:
    return {**WHOLE, "SW_DECOM": day}


CASES = [
    fires("SW01STG1", "no social worker", flags=EPISODE, Episodes=OPEN, SWEpisodes=NOTHING),
    fires(
        "SW01STG1",
        "none that is complete",
        flags=EPISODE,
        Episodes=OPEN,
        SWEpisodes=[{**WHOLE, "SW_ID": None}, {**WHOLE, "SW_REASON": None}, begins(None)],
    ),
    passes("SW01STG1", "one of two is complete", Episodes=OPEN, SWEpisodes=[begins(None), WHOLE]),
    passes("SW01STG1", "a date that is none is given", Episodes=OPEN, SWEpisodes=begins("ZZ/05/2023")),
    passes("SW01STG1", "respite care", Episodes={**OPEN, "LS": "V4"}, SWEpisodes=NOTHING),
    passes("SW01STG1", "an end, though it is no date", Episodes={**OPEN, "DEC": "31/06/2023"}, SWEpisodes=NOTHING),
    skips("SW01STG1", "the table is absent", reason="no SWEpisodes", Episodes=OPEN),
    fires("SW01aSTG1", "no identifier", flags=SW, SWEpisodes={"SW_ID": None, "SW_DECOM": "31/03/2023"}),
    fires("SW01aSTG1", "no date", flags={"SWEpisodes": [0, 1]}, SWEpisodes=[begins(None), begins("ZZ/05/2023")]),
    passes("SW01aSTG1", "since April 2023", SWEpisodes={"SW_ID": None, "SW_DECOM": "01/04/2023"}),
    passes("SW01aSTG1", "no reason", SWEpisodes={"SW_ID": "SW12", "SW_DECOM": "31/03/2023"}),
    fires("SW01bSTG1", "no identifier", flags=SW, SWEpisodes={**begins("01/04/2023"), "SW_ID": None}),
    fires("SW01bSTG1", "no reason", flags=SW, SWEpisodes={**begins("01/04/2023"), "SW_REASON": None}),
    fires("SW01bSTG1", "no date", flags={"SWEpisodes": [0, 1]}, SWEpisodes=[begins(None), begins("ZZ/05/2023")]),
    passes("SW01bSTG1", "before April 2023", SWEpisodes={"SW_DECOM": "31/03/2023"}),
    passes("SW01bSTG1", "complete", SWEpisodes=begins("01/04/2023")),
    fires(
        "SW02STG1",
        "other letters, and a blank",
        flags={"SWEpisodes": [0, 1, 2]},
        SWEpisodes=[{"SW_ID": "WS12345"}, {"SW_ID": None}, {"SW_ID": "1SW2345"}],
    ),
    passes("SW02STG1", "SW and XX, even alone", SWEpisodes=[{"SW_ID": "SW"}, {"SW_ID": "XX123"}]),
    fires(
        "SW02STG1",
        "other letters, a blank, and too short",
        flags={"SWEpisodes": [0, 1, 2]},
        year="2025-26",
        SWEpisodes=[{"SW_ID": "WS12345"}, {"SW_ID": None}, {"SW_ID": "SW1"}],
    ),
    passes("SW02STG1", "four characters", year="2025-26", SWEpisodes=[{"SW_ID": "SW12"}, {"SW_ID": "XX12"}]),
    fires(
        "SW03STG1",
        "one of three is missing",
        flags={"SWEpisodes": [0, 1, 2]},
        SWEpisodes=[{**WHOLE, "SW_ID": None}, begins(None), {**WHOLE, "SW_REASON": None}],
    ),
    passes("SW03STG1", "no end", SWEpisodes=WHOLE),
    passes("SW03STG1", "a date that is none is given", SWEpisodes=begins("31/06/2023")),
    fires(
        "SW04STG1",
        "no date, even in part",
        flags={"SWEpisodes": [0, 1, 2, 3, 4, 5]},
        SWEpisodes=[
            begins("31/06/2023"),
            begins("ZZ"),
            begins("2023-05-01"),
            begins("ZZ/ZZ/ZZ"),
            begins("1ZZ/05/2023"),
            begins("ZZZZ/05/2023"),
        ],
    ),
    passes(
        "SW04STG1",
        "unknown parts, a date, a blank",
        SWEpisodes=[
            begins("ZZ/ZZ/ZZZZ"),
            begins("ZZ/05/2023"),
            begins("01/05/ZZZZ"),
            begins("01/05/2023"),
            begins(None),
        ],
    ),
    fires(
        "SW04STG1",
        "unknown parts",
        flags={"SWEpisodes": [0, 1]},
        year="2025-26",
        SWEpisodes=[begins("ZZ/05/2023"), begins("31/06/2023")],
    ),
    passes("SW04STG1", "a date, a blank", year="2025-26", SWEpisodes=[begins("01/05/2023"), begins(None)]),
    fires("SW05STG1", "no date, even in part", flags=SW, SWEpisodes={"SW_DEC": "31/06/2023", "SW_DECOM": "01/05/2023"}),
    passes("SW05STG1", "unknown parts, a blank", SWEpisodes=[{"SW_DEC": "ZZ/05/2023"}, {"SW_DEC": None}]),
    passes("SW05STG1", "the start is another rule's", SWEpisodes=begins("31/06/2023")),
    fires("SW05STG1", "unknown parts", flags=SW, year="2025-26", SWEpisodes={"SW_DEC": "ZZ/05/2023"}),
    passes("SW05STG1", "a date, a blank", year="2025-26", SWEpisodes=[{"SW_DEC": "01/05/2023"}, {"SW_DEC": None}]),
    fires("SW06STG2", "the day after the year", flags=SW, SWEpisodes=begins("01/04/2024")),
    passes("SW06STG2", "its last day", SWEpisodes=begins("31/03/2024")),
    passes("SW06STG2", "no date", SWEpisodes=begins("31/06/2024")),
    fires(
        "SW07STG2",
        "the days beside the year",
        flags={"SWEpisodes": [0, 1]},
        SWEpisodes=[{"SW_DEC": "31/03/2023"}, {"SW_DEC": "01/04/2024"}],
    ),
    passes(
        "SW07STG2",
        "its first and last day, and no date",
        SWEpisodes=[
            {"SW_DEC": "01/04/2023"},
            {"SW_DEC": "31/03/2024"},
            {"SW_DEC": None},
            {"SW_DEC": "31/06/2020"},
        ],
    ),
    fires(
        "SW07STG2",
        "the days beside two years",
        flags={"SWEpisodes": [0, 1]},
        year="2024-25",
        SWEpisodes=[{"SW_DEC": "31/03/2023"}, {"SW_DEC": "01/04/2025"}],
    ),
    passes(
        "SW07STG2",
        "the first and last day of both, and no date",
        year="2024-25",
        SWEpisodes=[{"SW_DEC": "01/04/2023"}, {"SW_DEC": "31/03/2025"}, {"SW_DEC": None}],
    ),
    fires(
        "SW09STG2",
        "one day, written alike or not",
        flags={"SWEpisodes": [0, 1]},
        SWEpisodes=[
            {"SW_DECOM": "01/05/2023", "SW_DEC": "01/05/2023"},
            {"SW_DECOM": "1/5/2023", "SW_DEC": "01/05/2023"},
        ],
    ),
    fires(
        "SW09STG2", "one text that is no date", flags=SW, SWEpisodes={"SW_DECOM": "ZZ/05/2023", "SW_DEC": "ZZ/05/2023"}
    ),
    passes("SW09STG2", "the next day", SWEpisodes={"SW_DECOM": "01/05/2023", "SW_DEC": "02/05/2023"}),
    passes("SW09STG2", "two blanks", SWEpisodes={"SW_DECOM": None, "SW_DEC": None}),
    fires(
        "SW09STG2",
        "two days, or an end before the start",
        flags={"SWEpisodes": [0, 1]},
        year="2025-26",
        SWEpisodes=[
            {"SW_DECOM": "01/05/2025", "SW_DEC": "03/05/2025"},
            {"SW_DECOM": "01/05/2025", "SW_DEC": "30/04/2025"},
        ],
    ),
    passes("SW09STG2", "three days", year="2025-26", SWEpisodes={"SW_DECOM": "01/05/2025", "SW_DEC": "04/05/2025"}),
    passes("SW09STG2", "no end", year="2025-26", SWEpisodes={"SW_DECOM": "01/05/2025"}),
    fires("SW12STG2", "no social worker at the end of care", flags=EPISODE, Episodes=LEFT, SWEpisodes=NOTHING),
    fires("SW12STG2", "no legal status told", flags=EPISODE, Episodes={**LEFT, "LS": None}, SWEpisodes=NOTHING),
    fires("SW12STG2", "began after the end of care", flags=EPISODE, Episodes=LEFT, SWEpisodes=begins("02/06/2023")),
    fires(
        "SW12STG2",
        "one of two began after it",
        flags=EPISODE,
        Episodes=LEFT,
        SWEpisodes=[begins("01/06/2023"), begins("02/06/2023")],
    ),
    fires("SW12STG2", "began before care", flags=EPISODE, Episodes=CAME, SWEpisodes=begins("31/05/2023")),
    fires("SW12STG2", "open, and not a start", flags=EPISODE, Episodes=OPEN, SWEpisodes=WHOLE),
    fires("SW12STG2", "no date", flags=EPISODE, Episodes=LEFT, SWEpisodes=begins("31/06/2023")),
    passes("SW12STG2", "began on the last day of care", Episodes=LEFT, SWEpisodes=begins("01/06/2023")),
    passes("SW12STG2", "began with care", Episodes=CAME, SWEpisodes=begins("01/06/2023")),
    passes(
        "SW12STG2",
        "one day of care, on either side of it",
        Episodes={**CAME, "REC": "E4A"},
        SWEpisodes=[begins("01/01/2023"), begins("01/01/2024")],
    ),
    passes("SW12STG2", "neither start nor end of care", Episodes={**LEFT, "REC": "X1"}, SWEpisodes=NOTHING),
    passes("SW12STG2", "respite care", Episodes={**LEFT, "LS": "V3"}, SWEpisodes=NOTHING),
    fires(
        "SW12STG2",
        "ended on the first day of the year before, or is open",
        flags={"Episodes": [0, 1, 2]},
        year="2024-25",
        Episodes=[{**LEFT, "DEC": "01/04/2023"}, OPEN, {**LEFT, "DEC": "31/06/2023"}],
        SWEpisodes=NOTHING,
    ),
    passes(
        "SW12STG2",
        "ended before that, or after this year",
        year="2024-25",
        SWEpisodes=NOTHING,
        Episodes=[{**LEFT, "DEC": "31/03/2023"}, {**LEFT, "DEC": "01/04/2025"}],
    ),
    fires(
        "SW13STG1",
        "no code of the list, and a blank",
        flags={"SWEpisodes": [0, 1]},
        SWEpisodes=[{**WHOLE, "SW_REASON": "LEFT"}, {**WHOLE, "SW_REASON": None}],
    ),
    passes("SW13STG1", "a code of the list", SWEpisodes={**WHOLE, "SW_REASON": "LEFTRL"}),
    fires(
        "SW13STG1",
        "no code of the list, and a blank since April 2023",
        flags={"SWEpisodes": [0, 1]},
        year="2024-25",
        SWEpisodes=[{"SW_DECOM": "31/03/2023", "SW_REASON": "LEFT"}, {"SW_DECOM": "01/04/2023"}],
    ),
    passes(
        "SW13STG1",
        "a blank before, without a date, and with one that is none",
        year="2024-25",
        SWEpisodes=[{"SW_DECOM": "31/03/2023"}, {"SW_DECOM": None}, {"SW_DECOM": "ZZ/05/2023"}],
    ),
    fires(
        "SW18STG2",
        "the same day, and the day before",
        flags={"SWEpisodes": [0, 1]},
        SWEpisodes=[
            {"SW_DECOM": "01/05/2025", "SW_DEC": "01/05/2025"},
            {"SW_DECOM": "01/05/2025", "SW_DEC": "30/04/2025"},
        ],
    ),
    passes("SW18STG2", "the next day", SWEpisodes={"SW_DECOM": "01/05/2025", "SW_DEC": "02/05/2025"}),
    passes(
        "SW18STG2",
        "no end, or none that is a date",
        SWEpisodes=[
            {"SW_DECOM": "01/05/2025"},
            {"SW_DECOM": "01/05/2025", "SW_DEC": "31/04/2025"},
        ],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_social_workers(case: Case) -> None:
    check(case)
