"""Lawful lives are silent: no rule of their year says anything of them.

``RETURNS903_LIVES=1000 pytest tests/testing/lives/test_silence.py`` looks at so many lives of each situation.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

import pytest

import returns903
from returns903.testing import lives
from returns903.testing.lives.model import Life
from returns903.years import RULE_YEARS, Year

LIVES = int(os.environ.get("RETURNS903_LIVES", "12"))
"""Lives of each situation in each year."""

NEEDS_XML, NEEDS_ORDERS_BEFORE = "105", "706"
"""Rules that have nothing to ask: of XML alone, and in the first year of a table of last year's rows in it."""


def told(year: Year, seeds: Iterable[int]) -> Iterator[tuple[str, Life]]:
    """Lives of every situation, the identifier of each made of the situation's number and the seed."""
    for seed in seeds:
        for number, situation in enumerate(lives.SITUATIONS):
            yield f"{number:02}S{seed:05}", lives.life(situation, seed, year)


@pytest.mark.parametrize("label", RULE_YEARS)
def test_no_rule_says_anything_of_a_lawful_life(label: str) -> None:
    year = Year(label)
    made = lives.put_together(told(year, range(LIVES)), year)
    result = returns903.validate(made.load())
    found = {(rule, lives.SITUATIONS[int(child[:2])], int(child[3:])) for rule, child in _flagged(result)}
    assert not found


@pytest.mark.parametrize("label", RULE_YEARS)
def test_every_rule_that_can_looks_at_them(label: str) -> None:
    made = lives.put_together(told(Year(label), [0]), Year(label))
    states = {code: outcome.state for code, outcome in returns903.validate(made.load()).outcomes.items()}
    idle = {code for code, state in states.items() if state != "passed"}
    assert idle == ({NEEDS_XML, NEEDS_ORDERS_BEFORE} if label == "2026-27" else {NEEDS_XML})


@pytest.mark.parametrize("label", RULE_YEARS)
def test_every_life_is_in_the_return_of_its_year(label: str) -> None:
    year = Year(label)
    children = list(told(year, range(LIVES)))
    made = lives.put_together(children, year)
    assert made.tables["Header"]["CHILD"].to_list() == [child for child, _ in children]


def _flagged(result: returns903.Result) -> Iterator[tuple[str, str]]:
    yield from result.findings.select("rule", "child").unique().iter_rows()
