"""Social workers of children looked after: worked examples, and a count child by child."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from returns903 import Return
from returns903.derive import social_workers
from returns903.schemas import SocialWorkers
from returns903.testing import strategies
from tests.derive import social_workers_by_hand as by_hand
from tests.derive.strategies import YEAR, Row, SmallReturn, Tables, frames
from tests.derive.strategies_yearly import as_texts, whole_returns

IN_CARE: Row = {"CHILD": "A", "DECOM": "01/05/2022", "RNE": "S", "LS": "C2", "PLACE": "U4"}
COUNTS = ["denominator", "children", "others", "percent", "unknown"]


def worker(who: str | None, start: str | None, end: str | None = None, child: str | None = "A") -> Row:
    return {"CHILD": child, "SW_ID": who, "SW_DECOM": start, "SW_DEC": end}


def read(*workers: Row, episode: Row | None = None) -> Return:
    tables: Tables = {"Episodes": [episode or IN_CARE], "SWEpisodes": list(workers)}
    return Return.from_frames(frames(tables), year=YEAR)


def said(*workers: Row, population: str = "all", episode: Row | None = None) -> list[str]:
    """What is true of the only child."""
    found = social_workers(read(*workers, episode=episode)).filter(population=population, children=1)
    return found["measure"].to_list()


@pytest.mark.parametrize(
    ("workers", "number"),
    [
        ([], "no"),
        ([("SW01", "01/05/2022", None)], "one"),
        ([("SW01", "01/05/2022", "01/04/2024"), ("SW02", "01/04/2024", None)], "two"),
        ([("SW01", "01/05/2022", "31/03/2024"), ("SW02", "31/03/2024", None)], "one"),
        (
            [("SW01", "01/05/2022", "01/06/2024"), ("SW02", "01/06/2024", "02/06/2024"), ("SW01", "02/06/2024", None)],
            "two",
        ),
        ([("SW01", "01/05/2024", None), ("SW02", "01/06/2024", None), ("SW03", "31/03/2025", None)], "three_or_more"),
        ([("SW01", "01/05/2024", None), ("SW02", "01/06/2024", None), ("SW03", "01/04/2025", None)], "two"),
        ([(f"SW0{n}", f"0{n}/05/2024", None) for n in range(1, 6)], "three_or_more"),
        ([("SW01", "01/05/2022", "soon")], "one"),
        ([("SW01", "soon", None), (None, "01/05/2024", None), ("", "01/05/2024", None)], "no"),
    ],
)
def test_how_many_in_the_year(workers: list[tuple[str | None, str, str | None]], number: str) -> None:
    rows = [worker(*each) for each in workers]
    assert f"{number}_social_worker{'' if number == 'one' or number == 'no' else 's'}" in said(*rows)


@pytest.mark.parametrize(
    ("workers", "settled"),
    [
        ([("SW01", "30/09/2024", None)], True),
        ([("SW01", "01/10/2024", None)], False),
        ([("SW01", "01/05/2022", "31/03/2025")], False),
        ([("SW01", "01/05/2022", "01/04/2025")], True),
        ([("SW01", "01/05/2022", "01/12/2024"), ("SW01", "05/12/2024", None)], True),
        (
            [("SW01", "01/05/2022", "01/12/2024"), ("SW02", "01/12/2024", "02/12/2024"), ("SW01", "02/12/2024", None)],
            False,
        ),
        ([("SW01", "01/05/2022", None), ("SW02", "01/12/2024", None)], False),
        ([("SW01", "01/05/2022", None), ("SW02", "01/12/2024", "02/12/2024")], True),
        ([("SW02", "01/12/2024", None), ("SW01", "01/05/2022", None)], False),
        ([("SW01", "01/04/2025", None)], False),
    ],
)
def test_the_present_one_for_six_months(workers: list[tuple[str, str, str | None]], settled: bool) -> None:
    rows = [worker(*each) for each in workers]
    assert ("same_social_worker_for_six_months" in said(*rows)) is settled


@pytest.mark.parametrize(
    ("decom", "rne", "all_year"), [("01/04/2024", "S", 1), ("02/04/2024", "S", 0), ("02/04/2024", "P", 0)]
)
def test_those_looked_after_for_twelve_months(decom: str, rne: str, all_year: int) -> None:
    episode = IN_CARE | {"DECOM": decom, "RNE": rne}
    assert len(said(worker("SW01", "01/05/2024"), population="twelve_months", episode=episode)) == 2 * all_year
    found = social_workers(read(episode=episode)).filter(population="twelve_months")
    assert found["denominator"].to_list() == [all_year] * 5
    assert found["unknown"].to_list() == [rne == "P"] * 5


IN_TWO = "three_or_more_social_workers_in_two_years"


@pytest.mark.parametrize(
    ("now", "before", "many"),
    [
        ([("SW03", "01/05/2024", None)], [("SW01", "01/05/2022", "01/05/2023"), ("SW02", "01/05/2023", None)], 1),
        ([("SW03", "01/05/2024", None)], [("SW01", "01/05/2022", "01/04/2023"), ("SW02", "01/05/2023", None)], 1),
        ([("SW03", "01/05/2024", None)], [("SW01", "01/05/2022", "31/03/2023"), ("SW02", "01/05/2023", None)], 0),
        ([("SW02", "01/05/2023", None)], [("SW01", "01/05/2022", "01/05/2023"), ("SW02", "01/05/2023", None)], 0),
        ([("SW03", "01/04/2025", None)], [("SW01", "01/05/2022", "01/05/2023"), ("SW02", "01/05/2023", None)], 0),
        (None, [], None),
        ([], None, None),
    ],
)
def test_over_two_years_where_both_returns_tell(
    now: list[tuple[str, str, str | None]] | None, before: list[tuple[str, str, str | None]] | None, many: int | None
) -> None:
    def tables(given: list[tuple[str, str, str | None]] | None) -> Tables:
        told = {} if given is None else {"SWEpisodes": [worker(*each) for each in given]}
        return {"Episodes": [IN_CARE], **told}

    ret = Return.from_frames(frames(tables(now)), previous=frames(tables(before)), year=YEAR)
    found = social_workers(ret).filter(measure=IN_TWO)
    assert found.select("population", *COUNTS[:2], "unknown").row(0) == ("two_years", 1, many, 0)


@pytest.mark.parametrize(
    ("decom", "rne", "denominator", "unknown"),
    [("31/03/2023", "S", 1, 0), ("01/04/2023", "S", 0, 0), ("01/04/2023", "P", 0, 1)],
)
def test_those_looked_after_for_two_years(decom: str, rne: str, denominator: int, unknown: int) -> None:
    found = social_workers(read(episode=IN_CARE | {"DECOM": decom, "RNE": rne})).filter(measure=IN_TWO)
    assert found.select(COUNTS).row(0) == (denominator, None, None, None, unknown)


def test_without_the_table_nothing_is_said() -> None:
    found = social_workers(Return.from_frames(frames({"Episodes": [IN_CARE]}), year=YEAR))
    assert SocialWorkers.validate(found).select(COUNTS).row(0) == (1, None, None, None, 0)


def test_rows_that_cannot_be_placed_are_counted() -> None:
    rows = [worker("SW01", "soon"), worker(None, "01/05/2024"), worker("SW01", "01/05/2024", child=None)]
    assert set(social_workers(read(*rows, worker("SW01", "01/05/2024")))["undated"]) == {3}


def agrees(small: SmallReturn, ret: Return) -> None:
    found = SocialWorkers.validate(social_workers(ret))
    counts, whole, unknown = by_hand.social_workers(small)
    in_year = "SWEpisodes" in small.tables
    in_both = in_year and "SWEpisodes" in (small.previous or {})
    for population, measure, denominator, children, others, percent, doubts, undated, _ in found.rows():
        told = in_both if population == "two_years" else in_year
        n, of = counts.get((population, measure), 0), whole[population]
        assert (denominator, doubts) == (of, unknown[population])
        assert (children, others) == ((n, of - n) if told else (None, None))
        assert percent == (pytest.approx(100 * n / of) if of and told else None)
        assert undated == by_hand.undated(small)


@given(whole_returns())
@settings(max_examples=100, deadline=None)
def test_it_is_what_is_counted_child_by_child(small: SmallReturn) -> None:
    agrees(small, small.read())


@given(strategies.returns(YEAR))
@settings(max_examples=10, deadline=None)
def test_it_is_so_of_lawful_returns(ret: Return) -> None:
    agrees(as_texts(ret), ret)


@given(strategies.returns(YEAR, valid=False))
@settings(max_examples=20, deadline=None)
def test_it_is_so_of_returns_with_faults(ret: Return) -> None:
    agrees(as_texts(ret), ret)
