"""What lawful lives reach: every code of every list in its years, and the days on which rules turn."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable

import pytest

from returns903 import codes
from returns903.tables import TABLES
from returns903.testing import lives
from returns903.testing.lives.chance import Chance
from returns903.testing.lives.days import birthday, ordinal, span
from returns903.testing.lives.model import Life
from returns903.testing.lives.previous import permanence
from returns903.years import RULE_YEARS, Year

EXAMPLES = 2000
"""Lives among which everything is met that is looked for here."""

OUT_OF_REACH = {
    ("SEX", "U"): "232 asks to check every child whose sex is not known",
    ("LS", "D1"): "445 and 451: freeing orders ended in December 2005, and whoever was under one has grown up",
}
"""Codes that no lawful return has, by column, and why."""
NEVER_BLANK = {
    ("SWEpisodes", "SW_REASON"): "SW03 asked for it in 2023-24, and later rules for workers from then on",
    ("UASC", "DUC"): "205B asks that the year before has given a day",
    **{
        ("OC2", name): "191 asks for it of everybody who is looked after all year, and nobody else has a row"
        for name in ("IMMUNISATIONS", "TEETH_CHECK", "HEALTH_ASSESSMENT", "SUBSTANCE_MISUSE")
    },
}
"""Columns that might be blank and are not, and why."""
MORE_OF = ("after care", "after a children's home")
"""Situations of which a tenth of the examples are, each: OC3 has by far the longest lists of codes."""
SOUGHT_APART = "LA_PERM"
"""The list of authorities is too long to be met in full among so few."""

Cells = dict[tuple[str, str], set[str | None]]


@pytest.fixture(scope="module", params=RULE_YEARS)
def year(request: pytest.FixtureRequest) -> Year:
    return Year(request.param)


@pytest.fixture(scope="module")
def told(year: Year) -> list[Life]:
    many = EXAMPLES // 10
    few = (EXAMPLES - many * len(MORE_OF)) // (len(lives.SITUATIONS) - len(MORE_OF))
    return [
        lives.life(situation, seed, year)
        for situation in lives.SITUATIONS
        for seed in range(many if situation in MORE_OF else few)
    ]


@pytest.fixture(scope="module")
def cells(year: Year, told: list[Life]) -> Cells:
    found: Cells = defaultdict(set)
    for life in told:
        for table, some in lives.rows(life, year, "C1").items():
            for column, values in zip(TABLES[table].columns(), zip(*some, strict=True), strict=True):
                found[table, column].update(values)
    return found


def test_every_code_of_the_year_is_met_and_no_other(year: Year, cells: Cells) -> None:
    for table, of in TABLES.items():
        for name, column in of.columns(year).items() if of.in_year(year.label) else ():
            met = cells[table, name] - {None}
            lawful = {code for code in column.valid_codes(year) if (name, code) not in OUT_OF_REACH}
            assert met == lawful or not lawful or name == SOUGHT_APART, (table, name, lawful ^ met)


def test_every_authority_and_form_of_a_date_is_met_before_care() -> None:
    met = [permanence(Chance(seed), ordinal(2010, 1, 1), ordinal(2022, 5, 1)) for seed in range(1, 6000)]
    assert {authority for _, authority, _ in met if authority} == set(codes.code_list(SOUGHT_APART))
    assert {date.count("ZZ") for *_, date in met if date} == {0, 1, 2, 4}


def test_every_column_is_filled_and_every_one_that_may_be_is_blank(year: Year, cells: Cells) -> None:
    columns = {
        (table, name): column
        for table, of in TABLES.items()
        if of.in_year(year.label)
        for name, column in of.columns(year).items()
    }
    assert not {place for place in columns if not cells[place] - {None}}
    blank = {place for place, column in columns.items() if column.blank and place not in NEVER_BLANK}
    assert not {place for place in blank if None not in cells[place]}


def test_every_reason_for_an_unknown_pupil_number_is_met(cells: Cells) -> None:
    assert {"UN1", "UN2", "UN3", "UN4", "UN5", None} <= cells["Header", "UPN"]


MOMENTS: dict[str, Callable[[Year, Life], bool]] = {
    "care begins on 1 April": lambda year, life: any(e.decom == span(year).first for e in life.episodes),
    "care begins on 31 March": lambda year, life: any(e.decom == span(year).first - 1 for e in life.episodes),
    "care ends on 31 March": lambda year, life: life.episodes[-1].dec == span(year).last,
    "care begins at birth": lambda _, life: life.episodes[0].decom == life.born,
    "care ends on the 18th birthday": lambda _, life: life.episodes[-1].dec == birthday(life.born, 18),
    "born on 29 February": lambda _, life: dt.date.fromordinal(life.born).strftime("%d%m") == "2902",
    "missing over 31 March": lambda year, life: any(
        absence.start < span(year).first <= (absence.end or 0) for absence in life.absences
    ),
    "still missing": lambda _, life: any(absence.end is None for absence in life.absences),
    "still under an order": lambda _, life: any(order.end is None for order in life.orders),
    "asylum status ended last year": lambda year, life: (
        span(year).first_before <= (life.asylum_until or 0) < span(year).first
    ),
    "in care again on the next day": lambda _, life: any(
        a.dec is not None and b.decom == a.dec + 1 for a, b in zip(life.episodes, life.episodes[1:], strict=False)
    ),
    "two periods of care in the year": lambda year, life: (
        sum(e.rne == "S" and e.lasts_into(span(year).first) and not e.is_respite for e in life.episodes) > 1
    ),
    "still in care after 18": lambda year, life: (
        life.episodes[-1].dec is None and birthday(life.born, 18) < span(year).last
    ),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_rare_moments_are_met(moment: str, year: Year, told: list[Life]) -> None:
    assert any(MOMENTS[moment](year, life) for life in told)


def test_every_age_is_met(year: Year, told: list[Life]) -> None:
    last = span(year).last
    ages = {max(age for age in range(26) if birthday(life.born, age) <= last) for life in told if life.born <= last}
    assert ages >= set(range(22))


def test_who_has_moved_stays_in_care_where_no_rule_minds(year: Year, told: list[Life]) -> None:
    stays = any(life.episodes[-1].dec is None and life.episodes[-1].rne != "S" for life in told)
    assert stays == span(year).moved_may_stay
