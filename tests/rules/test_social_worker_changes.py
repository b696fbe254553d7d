"""How a child's social worker episodes follow each other."""

from __future__ import annotations

import pytest

from returns903.testing.cases import Case, check, fires, passes, skips

Row = dict[str, str | None]
OPEN = {"DECOM": "01/01/2020", "LS": "C2"}


def sw(start: str | None, end: str | None = None, **other: str | None) -> Row:
    return {"SW_DECOM": start, "SW_DEC": end, **other}


FIRST = {"SW_REASON": "FCONTA"}
SECOND = {"SWEpisodes": [1]}

CASES = [
    fires(
        "SW08STG2", "a later one follows", flags={"SWEpisodes": [1]}, SWEpisodes=[sw("01/06/2023"), sw("01/05/2023")]
    ),
    fires(
        "SW08STG2",
        "an end that is no date",
        flags={"SWEpisodes": [0]},
        SWEpisodes=[sw("01/05/2023", "31/06/2023"), sw("01/06/2023")],
    ),
    fires(
        "SW08STG2",
        "of one day the last in the file is the latest",
        flags={"SWEpisodes": [0]},
        SWEpisodes=[sw("01/05/2023"), sw("01/05/2023")],
    ),
    passes("SW08STG2", "an end", SWEpisodes=[sw("01/05/2023", "01/06/2023"), sw("01/06/2023")]),
    passes("SW08STG2", "one without a start is not later", SWEpisodes=[sw("01/05/2023"), sw(None), sw("31/06/2023")]),
    passes("SW08STG2", "blanks are no child", SWEpisodes=[sw("01/05/2023", CHILD=None), sw("01/06/2023", CHILD=None)]),
    fires("SW10STG2", "8 days after", flags=SECOND, SWEpisodes=[sw("01/05/2023", "01/06/2023"), sw("09/06/2023")]),
    fires("SW10STG2", "8 days before", flags=SECOND, SWEpisodes=[sw("01/05/2023", "01/06/2023"), sw("24/05/2023")]),
    *[
        passes("SW10STG2", f"no start, {year}", year=year, SWEpisodes=[sw("01/05/2023", "01/06/2023"), sw(start)])
        for year in ("2023-24", "2024-25")
        for start in (None, "31/06/2023")
    ],
    fires(
        "SW10STG2",
        "the reason plays no part",
        flags=SECOND,
        SWEpisodes=[sw("01/05/2023", "01/06/2023"), sw("09/06/2023", **FIRST)],
    ),
    fires(
        "SW10STG2",
        "of one day in the order of their ends",
        flags={"SWEpisodes": [2]},
        SWEpisodes=[sw("01/05/2023", "20/06/2023"), sw("01/05/2023", "03/05/2023"), sw("09/06/2023")],
    ),
    passes(
        "SW10STG2",
        "7 days on either side",
        SWEpisodes=[sw("01/05/2023", "01/06/2023"), sw("08/06/2023", "20/06/2023"), sw("13/06/2023")],
    ),
    passes(
        "SW10STG2",
        "one without an end is before it",
        SWEpisodes=[sw("01/05/2023"), sw("01/09/2023"), sw("01/05/2023", "02/05/2023")],
    ),
    passes("SW10STG2", "another child's", SWEpisodes=[sw("01/05/2023", "01/06/2023"), sw("09/06/2023", CHILD="B2")]),
    passes(
        "SW10STG2",
        "blanks are no child",
        SWEpisodes=[sw("01/05/2023", "01/06/2023", CHILD=None), sw("09/06/2023", CHILD=None)],
    ),
    fires(
        "SW10STG2",
        "no reason, 8 days after",
        flags=SECOND,
        year="2024-25",
        SWEpisodes=[sw("01/05/2024", "01/06/2024"), sw("09/06/2024")],
    ),
    passes(
        "SW10STG2",
        "first contact",
        year="2024-25",
        SWEpisodes=[sw("01/05/2024", "01/06/2024"), sw("09/06/2024", **FIRST)],
    ),
    passes(
        "SW10STG2", "one without an end is before it", year="2024-25", SWEpisodes=[sw("01/05/2024"), sw("09/06/2024")]
    ),
    fires("SW10aSTG2", "8 days after", flags=SECOND, SWEpisodes=[sw("01/05/2025", "01/06/2025"), sw("09/06/2025")]),
    fires("SW10aSTG2", "8 days before", flags=SECOND, SWEpisodes=[sw("01/05/2025", "01/06/2025"), sw("24/05/2025")]),
    fires(
        "SW10aSTG2", "one without an end is before it", flags=SECOND, SWEpisodes=[sw("01/05/2025"), sw("09/06/2025")]
    ),
    passes("SW10aSTG2", "7 days after", SWEpisodes=[sw("01/05/2025", "01/06/2025"), sw("08/06/2025")]),
    passes("SW10aSTG2", "first contact", SWEpisodes=[sw("01/05/2025"), sw("09/06/2025", **FIRST)]),
    passes("SW10aSTG2", "a single one", SWEpisodes=[sw("01/05/2025"), sw("09/06/2025", CHILD="B2")]),
    fires(
        "SW10aSTG2",
        "one whose end cannot be read is before it",
        flags=SECOND,
        SWEpisodes=[sw("01/05/2025", "31/06/2025"), sw("09/06/2025")],
    ),
    *[
        passes("SW10aSTG2", "no start", SWEpisodes=[sw("01/05/2025", end), sw(start)])
        for end in (None, "31/06/2025", "01/06/2025")
        for start in (None, "31/06/2025")
    ],
    passes("SW10aSTG2", "blanks are no child", SWEpisodes=[sw("01/05/2025", CHILD=None), sw("09/06/2025", CHILD=None)]),
    fires(
        "SW10bSTG2",
        "on the day of the end",
        flags=SECOND,
        SWEpisodes=[sw("01/05/2025", "01/06/2025"), sw("01/06/2025", **FIRST)],
    ),
    fires(
        "SW10bSTG2",
        "of one day in the order of their ends",
        flags={"SWEpisodes": [0]},
        SWEpisodes=[sw("01/05/2025", "01/06/2025", **FIRST), sw("01/05/2025", "10/05/2025")],
    ),
    passes("SW10bSTG2", "the day after", SWEpisodes=[sw("01/05/2025", "01/06/2025"), sw("02/06/2025", **FIRST)]),
    passes(
        "SW10bSTG2", "another reason", SWEpisodes=[sw("01/05/2025", "01/06/2025"), sw("01/06/2025", SW_REASON="MANAGE")]
    ),
    passes("SW10bSTG2", "one without an end is before it", SWEpisodes=[sw("01/05/2025"), sw("01/06/2025", **FIRST)]),
    fires("SW11aSTG2", "6 days after", flags=SECOND, SWEpisodes=[sw("01/05/2023", "26/03/2024"), sw("01/04/2024")]),
    fires("SW11aSTG2", "6 days before", flags=SECOND, SWEpisodes=[sw("01/05/2023", "01/06/2023"), sw("26/05/2023")]),
    fires("SW11aSTG2", "no start", flags=SECOND, SWEpisodes=[sw("01/05/2023", "01/06/2023"), sw(None)]),
    passes("SW11aSTG2", "5 days after", SWEpisodes=[sw("01/05/2023", "01/06/2023"), sw("06/06/2023")]),
    passes("SW11aSTG2", "in the last days of the year", SWEpisodes=[sw("01/05/2023", "27/03/2024"), sw("01/01/2024")]),
    passes("SW11aSTG2", "none follows", SWEpisodes=sw("01/05/2023", "01/06/2023")),
    passes("SW11aSTG2", "no end", SWEpisodes=[sw("01/05/2023"), sw("01/09/2023")]),
    fires(
        "SW11bSTG2",
        "the fifth day from the last",
        flags={"SWEpisodes": [0]},
        SWEpisodes=[sw("01/05/2023", "27/03/2024"), sw("01/04/2023", "01/05/2023")],
    ),
    fires("SW11bSTG2", "the last day", flags={"SWEpisodes": [0]}, SWEpisodes=sw("01/05/2023", "31/03/2024")),
    fires(
        "SW11bSTG2",
        "one without a start does not follow",
        flags={"SWEpisodes": [0]},
        SWEpisodes=[sw("01/05/2023", "30/03/2024"), sw(None), sw("31/06/2024", "30/03/2024")],
    ),
    fires(
        "SW11bSTG2",
        "of one day the last in the file",
        flags={"SWEpisodes": [1]},
        SWEpisodes=[sw("01/05/2023"), sw("01/05/2023", "30/03/2024")],
    ),
    passes("SW11bSTG2", "a day earlier", SWEpisodes=sw("01/05/2023", "26/03/2024")),
    passes("SW11bSTG2", "a day later", SWEpisodes=sw("01/05/2023", "01/04/2024")),
    passes("SW11bSTG2", "another follows", SWEpisodes=[sw("01/05/2023", "30/03/2024"), sw("30/03/2024")]),
    passes("SW11bSTG2", "blanks are no child", SWEpisodes=sw("01/05/2023", "30/03/2024", CHILD=None)),
    fires(
        "SW14STG2", "a later one follows", flags={"SWEpisodes": [0]}, SWEpisodes=[sw("01/05/2023"), sw("01/06/2023")]
    ),
    fires(
        "SW14STG2", "one without a start follows", flags={"SWEpisodes": [0]}, SWEpisodes=[sw("01/05/2023"), sw(None)]
    ),
    fires(
        "SW14STG2",
        "an end that is no date",
        flags={"SWEpisodes": [0]},
        SWEpisodes=[sw("01/05/2023", "31/06/2023"), sw("01/06/2023")],
    ),
    passes("SW14STG2", "the last", SWEpisodes=[sw("01/05/2023", "01/06/2023"), sw("01/06/2023")]),
    passes("SW14STG2", "blanks are no child", SWEpisodes=[sw("01/05/2023", CHILD=None), sw("01/06/2023", CHILD=None)]),
    fires(
        "SW17STG2",
        "in care, and the latest has ended",
        flags=SECOND,
        Episodes=OPEN,
        SWEpisodes=[sw("01/05/2025"), sw("01/06/2025", "01/07/2025")],
    ),
    fires(
        "SW17STG2",
        "an end that is no date",
        flags={"SWEpisodes": [0]},
        Episodes=OPEN,
        SWEpisodes=sw("01/05/2025", "ZZ"),
    ),
    fires(
        "SW17STG2",
        "left care after the year",
        flags={"SWEpisodes": [0]},
        Episodes={**OPEN, "DEC": "01/04/2026"},
        SWEpisodes=sw("01/05/2025", "01/07/2025"),
    ),
    fires(
        "SW17STG2",
        "of one day, and of those without one, the first",
        flags={"SWEpisodes": [0, 2]},
        Episodes=[OPEN, {**OPEN, "CHILD": "B2"}],
        SWEpisodes=[
            sw("01/05/2025", "01/07/2025"),
            sw("01/05/2025", "01/07/2025"),
            sw(None, "01/07/2025", CHILD="B2"),
            sw(None, "01/08/2025", CHILD="B2"),
        ],
    ),
    passes("SW17STG2", "still open", Episodes=OPEN, SWEpisodes=[sw("01/05/2025", "01/06/2025"), sw("01/06/2025")]),
    passes(
        "SW17STG2",
        "left care on the last day",
        Episodes={**OPEN, "DEC": "31/03/2026"},
        SWEpisodes=sw("01/05/2025", "01/07/2025"),
    ),
    passes(
        "SW17STG2",
        "came after the year",
        Episodes={**OPEN, "DECOM": "01/04/2026"},
        SWEpisodes=sw("01/05/2025", "01/07/2025"),
    ),
    passes("SW17STG2", "respite care", Episodes={**OPEN, "LS": "V3"}, SWEpisodes=sw("01/05/2025", "01/07/2025")),
    passes(
        "SW17STG2",
        "an episode with an end that is no date",
        Episodes={**OPEN, "DEC": "31/06/2025"},
        SWEpisodes=sw("01/05/2025", "01/07/2025"),
    ),
    skips("SW17STG2", "who is in care is not known", reason="no Episodes", SWEpisodes=sw("01/05/2025", "01/07/2025")),
    fires(
        "SW19STG2",
        "all but the first in the file",
        flags={"SWEpisodes": [2, 3]},
        SWEpisodes=[sw("01/06/2025"), sw("01/05/2025"), sw("1/5/2025", "02/05/2025"), sw("01/05/2025")],
    ),
    passes(
        "SW19STG2",
        "the next day, and another child",
        SWEpisodes=[sw("01/05/2025"), sw("02/05/2025"), sw("01/05/2025", CHILD="B2")],
    ),
    passes("SW19STG2", "no date", SWEpisodes=[sw(None), sw(None), sw("ZZ/05/2025"), sw("ZZ/05/2025")]),
    passes("SW19STG2", "blanks are no child", SWEpisodes=[sw("01/05/2025", CHILD=None), sw("01/05/2025", CHILD=None)]),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_social_worker_changes(case: Case) -> None:
    check(case)
