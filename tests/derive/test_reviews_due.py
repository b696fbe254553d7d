"""The chain of due dates, by hand: each example stands on an edge of the definition."""

from __future__ import annotations

import datetime as dt

import pytest

from returns903 import Return, Year
from returns903.derive import reviews_due
from tests.derive.reviews_day_by_day import Row
from tests.derive.strategies_reviews import YEAR, made

pytest.importorskip("holidays")

Step = tuple[str, str, str | None, str]


def care(start: str, end: str | None = None, rec: str | None = "E4A", **more: str | None) -> Row:
    """An episode of child A, dates as d/m/yy."""
    row = {"CHILD": "A", "DECOM": long(start), "RNE": "S", "LS": "C2", "PLACE": "U4"}
    return row | {"DEC": end and long(end), "REC": end and rec} | more


def then(start: str, end: str | None = None, rec: str | None = "X1", **more: str | None) -> Row:
    return care(start, end, rec, RNE="P") | more


def long(day: str) -> str:
    return f"{dt.datetime.strptime(day, '%d/%m/%y'):%d/%m/%Y}"


def held(*days: str) -> list[Row]:
    return [{"CHILD": "A", "REVIEW": long(day), "REVIEW_CODE": "PN1"} for day in days]


def a_return(episodes: list[Row], reviews: list[Row], before: list[Row] | None = None, year: Year = YEAR) -> Return:
    """A return; `before` are the reviews of the previous one, which then holds the same episodes."""
    previous = None if before is None else {"Episodes": episodes, "Reviews": before}
    return made({"Episodes": episodes, "Reviews": reviews}, previous, year)


def chain(ret: Return, **options: bool) -> list[Step]:
    def short(day: dt.date | None) -> str | None:
        return day and f"{day.day}/{day.month}/{day:%y}"

    rows = reviews_due(ret, **options).select("kind", "due", "held", "state").rows()
    return [(kind, short(due) or "", short(met), state) for kind, due, met, state in rows]


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("4/4/24", "2/5/24"),  # without a holiday: 28 days
        ("5/4/24", "3/5/24"),
        ("6/4/24", "3/5/24"),  # a Saturday: Monday is day 1
        ("8/4/24", "7/5/24"),  # early May
        ("16/12/24", "16/1/25"),  # Christmas and New Year
        ("3/3/25", "31/3/25"),
    ],
)
def test_the_first_is_due_on_the_twentieth_working_day(start: str, due: str) -> None:
    assert chain(a_return([care(start)], [])) == [("initial", due, None, "missed")]


def test_over_easter_it_is_later_than_four_weeks() -> None:
    assert chain(a_return([care("25/3/24")], held("24/4/24"), before=[]))[0] == (
        "initial",
        "24/4/24",
        "24/4/24",
        "on_time",
    )


def test_each_is_counted_from_the_review_held_before_it() -> None:
    ret = a_return([care("4/4/24")], held("2/5/24", "31/7/24", "31/1/25"))
    assert chain(ret) == [
        ("initial", "2/5/24", "2/5/24", "on_time"),
        ("second", "2/8/24", "31/7/24", "on_time"),
        ("subsequent", "31/1/25", "31/1/25", "on_time"),
        ("subsequent", "31/7/25", None, "not_yet_due"),
    ]


def test_a_late_review_moves_the_next() -> None:
    ret = a_return([care("4/4/24")], held("3/5/24", "30/11/24"))
    assert chain(ret) == [
        ("initial", "2/5/24", "3/5/24", "late"),
        ("second", "3/8/24", "30/11/24", "late"),
        ("subsequent", "30/5/25", None, "not_yet_due"),
    ]
    assert reviews_due(ret)["days_late"].to_list() == [1, 119, None]


@pytest.mark.parametrize(("year", "due"), [("2024-25", "28/2/25"), ("2023-24", "29/2/24")])
def test_months_end_on_their_last_day(year: str, due: str) -> None:
    first = year[2:4]
    ret = a_return([care(f"1/11/{first}")], held(f"30/11/{first}"), year=Year(year))
    assert chain(ret)[1][:2] == ("second", due)


def test_an_early_review_counts_also_on_the_day_of_entry() -> None:
    ret = a_return([care("4/4/24")], held("3/4/24", "4/4/24"))
    assert chain(ret) == [("initial", "2/5/24", "4/4/24", "on_time"), ("second", "4/7/24", None, "missed")]


def test_two_reviews_on_one_day_are_one_step() -> None:
    ret = a_return([care("4/4/24")], held("2/5/24", "2/5/24"), before=held("2/5/24"))
    assert chain(ret) == [("initial", "2/5/24", "2/5/24", "on_time"), ("second", "2/8/24", None, "missed")]


def test_a_period_that_ends_before_a_due_date_owes_nothing() -> None:
    assert chain(a_return([care("4/4/24", "1/5/24")], [])) == []
    assert chain(a_return([care("4/4/24", "2/5/24")], [])) == [("initial", "2/5/24", None, "missed")]


def test_a_review_before_a_due_date_that_the_period_did_not_reach_is_listed_but_not_owed() -> None:
    ret = a_return([care("4/4/24", "1/5/24")], held("20/4/24", "2/5/24"))
    assert chain(ret) == [("initial", "2/5/24", "20/4/24", "on_time")]
    assert reviews_due(ret)["owed"].to_list() == [False]


def test_a_review_on_the_last_day_of_a_period_counts() -> None:
    assert chain(a_return([care("4/4/24", "3/5/24")], held("3/5/24"))) == [("initial", "2/5/24", "3/5/24", "late")]


def test_a_review_after_the_year_is_not_held_by_its_end() -> None:
    assert chain(a_return([care("3/3/25")], held("1/4/25"))) == [("initial", "31/3/25", None, "missed")]


@pytest.mark.parametrize("back", ["1/8/24", "2/8/24"])
def test_back_in_care_the_clock_starts_anew(back: str) -> None:
    ret = a_return([care("4/4/24", "1/8/24"), care(back)], held("2/5/24", "5/8/24"))
    due = {"1/8/24": "30/8/24", "2/8/24": "2/9/24"}[back]
    assert chain(ret) == [
        ("initial", "2/5/24", "2/5/24", "on_time"),
        ("initial", due, "5/8/24", "on_time"),
        ("second", "5/11/24", None, "missed"),
    ]
    assert reviews_due(ret)["period"].to_list() == [1, 2, 2]


def test_respite_has_no_due_dates() -> None:
    assert chain(a_return([care("4/4/24", LS="V3")], held("2/5/24"))) == []


def test_without_a_previous_return_a_child_in_care_before_is_assumed_to_be_due_in_six_months() -> None:
    ret = a_return([care("31/3/24")], held("25/3/24", "1/4/24"))
    assert chain(ret) == [("subsequent", "1/10/24", "1/4/24", "on_time"), ("subsequent", "1/10/24", None, "missed")]
    assert reviews_due(ret)["basis"].unique().to_list() == ["assumed"]
    assert chain(a_return([care("1/4/24")], []))[0][0] == "initial"


def test_the_earliest_review_of_the_previous_return_is_taken_as_given() -> None:
    ret = a_return([care("1/1/20")], held("5/4/24"), before=held("31/8/23", "28/2/24", "31/12/19"))
    assert chain(ret) == [
        ("subsequent", "29/2/24", "28/2/24", "on_time"),
        ("subsequent", "28/8/24", "5/4/24", "on_time"),
        ("subsequent", "5/10/24", None, "missed"),
    ]
    assert reviews_due(ret).select("basis", "history_complete").unique().rows() == [("known", False)]


def test_with_a_previous_return_that_has_no_review_the_due_date_is_assumed() -> None:
    ret = a_return([care("31/3/23")], [], before=[])
    assert chain(ret) == [("subsequent", "1/10/24", None, "missed")]
    ret = a_return([care("1/4/23")], [], before=[])
    assert chain(ret) == [("initial", "3/5/23", None, "missed")]


def test_a_period_of_the_year_with_an_unknown_start_is_counted_from_it() -> None:
    ret = a_return([care("10/9/24", RNE="P")], [])
    assert chain(ret) == [("subsequent", "10/3/25", None, "missed")]


PLACED = {"PLACE": "A5"}


def adopted_from(day: str, until: str | None = None) -> list[Row]:
    rows = [care("4/4/24", day, "X1"), then(day, until, **PLACED)]
    return rows if until is None else [*rows, then(until)]


@pytest.mark.parametrize(
    ("placed", "first"),
    [
        ("1/8/24", ("adoption-initial", "29/8/24", "6/9/24", "late")),  # the second was due on the next day
        ("2/8/24", ("adoption-initial", "30/8/24", "6/9/24", "late")),  # on that day: not yet passed
        ("3/8/24", ("second", "2/8/24", "6/9/24", "late")),  # passed: it stays owed
    ],
)
def test_a_placement_for_adoption_takes_the_place_of_a_due_date_ahead(placed: str, first: Step) -> None:
    ret = a_return(adopted_from(placed), held("2/5/24", "6/9/24", "6/12/24"))
    assert chain(ret)[1:] == [
        first,
        ("adoption-second", "6/12/24", "6/12/24", "on_time"),
        ("adoption-subsequent", "6/6/25", None, "not_yet_due"),
    ]


def test_a_review_on_the_day_of_the_placement_is_its_first() -> None:
    ret = a_return(adopted_from("1/8/24"), held("2/5/24", "1/8/24"))
    assert chain(ret)[1:] == [
        ("adoption-initial", "29/8/24", "1/8/24", "on_time"),
        ("adoption-second", "1/11/24", None, "missed"),
    ]


def test_without_adoption_clocks_a_placement_changes_nothing() -> None:
    rows = adopted_from("1/8/24", "9/9/24")
    days = held("2/5/24", "1/8/24")
    plain = [care("4/4/24", "1/8/24", "X1"), then("1/8/24")]
    assert chain(a_return(rows, days), adoption=False) == chain(a_return(plain, days))


def test_neighbouring_episodes_are_one_placement_and_others_are_not() -> None:
    rows = [
        care("4/4/24", "1/8/24", "X1"),
        then("1/8/24", "10/8/24", PLACE="A3"),
        then("10/8/24", "20/8/24", PLACE="A6"),
        then("20/8/24", "21/8/24", PLACE="T1"),
        then("21/8/24", PLACE="A6"),
    ]
    assert chain(a_return(rows, held("2/5/24")))[1][:2] == ("adoption-initial", "18/9/24")
    rows[3] = then("20/8/24", "21/8/24", PLACE="A4")
    assert chain(a_return(rows, held("2/5/24")))[1][:2] == ("adoption-initial", "29/8/24")


def test_when_the_placement_ends_the_next_is_six_months_after_the_last_review() -> None:
    ret = a_return(adopted_from("1/8/24", "20/9/24"), held("2/5/24", "28/8/24"))
    assert chain(ret)[1:] == [
        ("adoption-initial", "29/8/24", "28/8/24", "on_time"),
        ("subsequent", "28/2/25", None, "missed"),
    ]


def test_or_the_day_the_placement_ended_if_that_is_later() -> None:
    before = held("10/9/23", "10/3/24")
    rows = [care("1/1/20", "1/9/24", "X1"), then("1/9/24", "20/9/24", **PLACED), then("20/9/24")]
    ret = a_return(rows, held("1/10/24"), before=before)
    assert chain(ret)[1:] == [
        ("subsequent", "20/9/24", "1/10/24", "late"),
        ("subsequent", "1/4/25", None, "not_yet_due"),
    ]
    assert reviews_due(ret)["counted_from"].to_list()[1] == dt.date(2024, 9, 20)


def test_a_due_date_that_passed_in_the_placement_stays_owed_after_it() -> None:
    ret = a_return(adopted_from("1/8/24", "30/8/24"), held("2/5/24", "2/9/24"))
    assert chain(ret)[1:] == [
        ("adoption-initial", "29/8/24", "2/9/24", "late"),
        ("subsequent", "2/3/25", None, "missed"),
    ]


def test_when_no_review_was_held_before_the_placement_ended_the_first_is_owed_again() -> None:
    rows = [care("4/4/24", "10/4/24", "X1", **PLACED), then("10/4/24")]
    assert chain(a_return(rows, held("2/5/24"))) == [
        ("initial", "2/5/24", "2/5/24", "on_time"),
        ("second", "2/8/24", None, "missed"),
    ]
    late = [care("4/4/24", "8/4/24", "X1"), then("8/4/24", "3/5/24", **PLACED), then("3/5/24")]
    assert chain(a_return(late, [])) == [("initial", "3/5/24", None, "missed")]


def test_a_first_review_owed_since_before_a_placement_that_ended_is_followed_by_a_subsequent() -> None:
    rows = [care("4/4/24", "10/5/24", "X1"), then("10/5/24", "1/6/24", **PLACED), then("1/6/24")]
    assert chain(a_return(rows, held("3/6/24"))) == [
        ("initial", "2/5/24", "3/6/24", "late"),
        ("subsequent", "3/12/24", None, "missed"),
    ]


def test_a_placement_that_begins_on_the_last_day_of_the_year_starts_its_clock() -> None:
    ret = a_return(adopted_from("31/3/25"), held("2/5/24", "1/8/24", "1/2/25"))
    assert chain(ret)[-1] == ("adoption-initial", "28/4/25", None, "not_yet_due")


def test_a_second_placement_starts_the_clock_again() -> None:
    rows = [*adopted_from("1/8/24", "20/9/24")[:2], then("20/9/24", "1/11/24"), then("1/11/24", **PLACED)]
    assert chain(a_return(rows, held("2/5/24", "28/8/24")))[2] == ("adoption-initial", "29/11/24", None, "missed")


def test_a_placement_begun_before_the_known_history_starts_no_clock() -> None:
    rows = [care("1/1/20", "20/3/24", "X1"), then("20/3/24", **PLACED)]
    assert chain(a_return(rows, held("9/4/24"))) == [
        ("subsequent", "1/10/24", "9/4/24", "on_time"),
        ("subsequent", "9/10/24", None, "missed"),
    ]
    rows = [care("1/1/20", "31/3/23", "X1"), then("31/3/23", **PLACED)]
    assert chain(a_return(rows, [], before=held("9/1/24"))) == [("subsequent", "9/7/24", None, "missed")]


@pytest.mark.parametrize("earlier", [[], ["12/12/23"]])
def test_a_placement_in_the_last_return_starts_its_clock_also_before_the_first_review_known(earlier: list[str]) -> None:
    rows = [care("18/5/20", "1/1/24", "X1"), then("1/1/24", **PLACED)]
    ret = a_return(rows, held("10/7/24", "10/1/25"), before=held(*earlier, "12/1/24"))
    assert chain(ret) == [
        ("adoption-initial", "29/1/24", "12/1/24", "on_time"),
        ("adoption-second", "12/4/24", "10/7/24", "late"),
        ("adoption-subsequent", "10/1/25", "10/1/25", "on_time"),
        ("adoption-subsequent", "10/7/25", None, "not_yet_due"),
    ]
    assert reviews_due(ret).select("basis", "history_complete").unique().rows() == [("known", False)]


def test_where_no_review_is_known_since_the_placement_the_initial_one_fell_due() -> None:
    rows = [care("1/1/20", "20/3/24", "X1"), then("20/3/24", **PLACED)]
    ret = a_return(rows, held("10/9/24"), before=[])
    assert chain(ret)[0] == ("adoption-initial", "17/4/24", "10/9/24", "late")
    assert reviews_due(ret).select("basis", "days_late").row(0) == ("known", 146)


def test_a_placement_that_ended_before_anything_is_known_of_it_leaves_nothing_known() -> None:
    rows = [care("1/1/20", "1/2/24", "X1"), then("1/2/24", "29/2/24", **PLACED), then("29/2/24")]
    assert chain(a_return(rows, held("1/9/24"), before=held("8/3/24"))) == [
        ("subsequent", "8/9/24", "1/9/24", "on_time"),
        ("subsequent", "1/3/25", None, "missed"),
    ]
    assumed = a_return(rows, held("2/10/24"), before=[])
    assert chain(assumed)[0] == ("subsequent", "1/10/24", "2/10/24", "late")
    assert reviews_due(assumed).select("step", "basis").rows() == [(1, "assumed"), (2, "known")]
    rows[1:] = [then("1/2/24", "1/3/24", **PLACED), then("1/3/24")]  # a day past the due date: it stays owed
    assert chain(a_return(rows, [], before=held("8/3/24")))[0] == ("adoption-initial", "29/2/24", "8/3/24", "late")


ORDER = {"LS": "E1", "RNE": "L"}


def ordered_from(day: str, until: str | None = None, since: str = "18/5/20") -> list[Row]:
    rows = [care(since, day, "X1"), then(day, until, **ORDER)]
    return rows if until is None else [*rows, then(until, RNE="L")]


def test_a_placement_order_makes_a_review_due_three_months_after_it_and_then_six() -> None:
    ret = a_return(ordered_from("10/4/24"), held("11/7/24"), before=held("1/3/24"))
    assert chain(ret) == [
        ("authorised-initial", "10/7/24", "11/7/24", "late"),
        ("authorised-subsequent", "11/1/25", None, "missed"),
    ]
    assert reviews_due(ret)["counted_from"].to_list() == [dt.date(2024, 4, 10), dt.date(2024, 7, 11)]
    assert chain(ret, adoption=False)[0] == ("subsequent", "1/9/24", "11/7/24", "on_time")


def test_an_order_puts_no_review_off() -> None:
    sooner = a_return(ordered_from("10/4/24"), held("30/6/24"), before=held("30/12/23"))
    assert chain(sooner) == [
        ("subsequent", "30/6/24", "30/6/24", "on_time"),
        ("authorised-subsequent", "30/12/24", None, "missed"),
    ]
    first = a_return([care("4/4/24", LS="E1")], held("2/5/24", "2/8/24"))
    assert chain(first) == [
        ("initial", "2/5/24", "2/5/24", "on_time"),
        ("second", "2/8/24", "2/8/24", "on_time"),
        ("authorised-subsequent", "2/2/25", None, "missed"),
    ]
    passed = a_return(ordered_from("2/7/24"), [], before=held("1/1/24"))
    assert chain(passed) == [("subsequent", "1/7/24", None, "missed")]


def test_an_order_made_after_the_first_review_leaves_the_second_due_when_it_was() -> None:
    ret = a_return([care("4/4/24", "10/5/24", "X1"), then("10/5/24", **ORDER)], held("2/5/24", "5/8/24"))
    assert chain(ret) == [
        ("initial", "2/5/24", "2/5/24", "on_time"),
        ("second", "2/8/24", "5/8/24", "late"),
        ("authorised-subsequent", "5/2/25", None, "missed"),
    ]
    assert reviews_due(ret)["counted_from"].to_list() == [dt.date(2024, 4, 4), dt.date(2024, 5, 2), dt.date(2024, 8, 5)]


def test_when_the_order_ends_the_due_date_of_care_planning_stands_unless_that_of_the_order_has_passed() -> None:
    before = held("1/3/24")
    ahead, passed = (a_return(ordered_from("10/4/24", day), [], before=before) for day in ("10/7/24", "11/7/24"))
    assert chain(ahead) == [("subsequent", "1/9/24", None, "missed")]
    assert chain(passed) == [("authorised-initial", "10/7/24", None, "missed")]
    reviewed = a_return(ordered_from("10/4/24", "1/9/24"), held("11/6/24"), before=before)
    assert chain(reviewed)[1] == ("subsequent", "11/12/24", None, "missed")


def test_a_placement_under_an_order_has_its_own_clock_and_leaves_that_of_the_order_when_it_ends() -> None:
    rows = [
        *ordered_from("10/4/24", "1/6/24")[:2],
        then("1/6/24", "20/6/24", LS="E1", **PLACED),
        then("20/6/24", LS="E1"),
    ]
    before = held("1/3/24")
    assert chain(a_return([*rows[:2], then("1/6/24", LS="E1", **PLACED)], [], before=before)) == [
        ("adoption-initial", "29/6/24", None, "missed")
    ]
    assert chain(a_return(rows, [], before=before)) == [("authorised-initial", "10/7/24", None, "missed")]
    assert chain(a_return(rows, held("19/6/24"), before=before)) == [
        ("adoption-initial", "29/6/24", "19/6/24", "on_time"),
        ("authorised-subsequent", "19/12/24", None, "missed"),
    ]


def test_no_sooner_than_the_day_the_placement_ended() -> None:
    rows = [
        *ordered_from("1/4/24", "20/6/24")[:2],
        then("20/6/24", "10/7/24", LS="E1", **PLACED),
        then("10/7/24", LS="E1"),
    ]
    ret = a_return(rows, [], before=held("1/3/24"))
    assert chain(ret) == [("authorised-initial", "10/7/24", None, "missed")]
    assert reviews_due(ret)["counted_from"].to_list() == [dt.date(2024, 7, 10)]


def test_an_order_in_the_last_return_starts_its_clock_too() -> None:
    assert chain(a_return(ordered_from("10/2/24"), held("20/5/24"), before=[])) == [
        ("authorised-initial", "10/5/24", "20/5/24", "late"),
        ("authorised-subsequent", "20/11/24", None, "missed"),
    ]


def test_reviews_that_cannot_be_placed_are_no_steps() -> None:
    days = [{"CHILD": "A", "REVIEW": "31/04/2024"}, {"CHILD": None, "REVIEW": "02/05/2024"}, {"CHILD": "A"}]
    assert chain(a_return([care("4/4/24")], days)) == [("initial", "2/5/24", None, "missed")]


def test_a_return_without_reviews_or_episodes() -> None:
    assert chain(made({"Episodes": [care("4/4/24")]})) == [("initial", "2/5/24", None, "missed")]
    assert chain(made({})) == []
    assert chain(made({"Reviews": held("2/5/24")}, {})) == []


def test_the_first_review_after_an_adoption_that_failed_too_late_opens_six_months() -> None:
    """The placement's own date of 8 May was passed when it ended, so that the review met it and no initial one."""
    ret = a_return(adopted_from("10/4/24", "1/7/24"), held("5/7/24"))
    assert chain(ret) == [
        ("adoption-initial", "8/5/24", "5/7/24", "late"),
        ("subsequent", "5/1/25", None, "missed"),
    ]
