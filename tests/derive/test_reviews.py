"""Reviews held, on time, up to date and taken part in: by hand, and what always holds."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returns903 import Return, Year, derive
from returns903 import schemas as models
from returns903.derive import (
    review_participation,
    review_timeliness,
    reviews_due,
    reviews_held,
    reviews_up_to_date,
)
from returns903.derive.reviews import at_reviews
from returns903.derive.timeliness import BREAKDOWNS, MEASURES
from returns903.errors import ConfigError
from tests.derive.reviews_day_by_day import Row, Tables
from tests.derive.strategies_reviews import YEAR, frames, made, tables_of_two_years

pytest.importorskip("holidays")

D = dt.date
EVERY = {
    "ReviewsDue": reviews_due,
    "ReviewsHeld": reviews_held,
    "ReviewTimeliness": review_timeliness,
    "ReviewsUpToDate": reviews_up_to_date,
    "ReviewParticipation": review_participation,
}


def child(name: str, start: str, end: str | None = None, **more: str | None) -> dict[str, str | None]:
    rec = "E4A" if end else None
    return {"CHILD": name, "DECOM": start, "RNE": "S", "LS": "C2", "PLACE": "U4", "DEC": end, "REC": rec} | more


def review(name: str | None, day: str | None, code: str | None = "PN1") -> dict[str, str | None]:
    return {"CHILD": name, "REVIEW": day, "REVIEW_CODE": code}


def counts(ret: Return, measure: str, breakdown: str = "all") -> tuple[Any, ...]:
    rows = review_timeliness(ret).filter(measure=measure, breakdown=breakdown)
    return rows.select("denominator", "on_time", "late", "missed", "percent", "not_judged").row(0)


THREE = [
    child("A", "04/04/2024"),  # initial due 2 May, second 2 August, subsequent 2 February
    child("B", "04/04/2024", LS="V2"),
    child("C", "04/04/2024", "02/09/2024"),
]
HELD = [
    review("A", "02/05/2024"),
    review("A", "02/08/2024"),
    review("A", "01/02/2025"),
    review("B", "03/05/2024", "PN7"),
    review("B", "03/08/2024", "PN4"),
    review("B", "01/02/2025", "PN5"),
    review("C", "02/05/2024", "PN0"),
]


def test_one_late_review_counts_for_good_by_child_and_once_by_review() -> None:
    ret = made({"Episodes": THREE, "Reviews": HELD})
    assert counts(ret, "child") == (2, 1, 1, 0, 50.0, 0)
    assert counts(ret, "reviews_held") == (7, 6, 1, 0, 600 / 7, 0)
    assert counts(ret, "reviews_due") == (8, 6, 2, 1, 75.0, 0)  # the second review of C was never held
    assert counts(ret, "reviews_due", "kind:second") == (3, 2, 1, 1, 200 / 3, 0)
    assert counts(ret, "reviews_held", "legal_status_group:Voluntary agreements under S20 CA 1989")[:3] == (3, 2, 1)
    assert counts(ret, "child", "basis:known")[0] == 2


@pytest.mark.parametrize(("start", "counted"), [("03/03/2025", 1), ("04/03/2025", 0)])
def test_a_child_counts_after_twenty_working_days_in_care(start: str, counted: int) -> None:
    assert counts(made({"Episodes": [child("A", start)]}), "child")[0] == counted


def test_a_review_due_before_the_year_does_not_count_against_the_child() -> None:
    # initial due on 28 March 2024 and held late in the year; the next was due on 5 July 2024 and held that day
    before = {"Episodes": [child("A", "29/02/2024")], "Reviews": []}
    reviews = [review("A", "05/04/2024"), review("A", "05/07/2024"), review("A", "05/01/2025")]
    ret = made({"Episodes": [child("A", "29/02/2024")], "Reviews": reviews}, before)
    assert reviews_due(ret)["state"].to_list() == ["late", "on_time", "on_time", "not_yet_due"]
    assert counts(ret, "child") == (1, 1, 0, 0, 100.0, 0)
    assert counts(ret, "reviews_held")[:3] == (3, 2, 1)
    assert counts(ret, "reviews_due")[:3] == (2, 2, 0)


def test_only_the_current_period_counts_for_the_child() -> None:
    rows = [child("A", "04/04/2024", "01/07/2024"), child("A", "01/08/2024")]
    held = [review("A", "01/08/2024"), review("A", "01/11/2024")]
    ret = made({"Episodes": rows, "Reviews": held})
    assert counts(ret, "child") == (1, 1, 0, 0, 100.0, 0)
    assert counts(ret, "reviews_due") == (3, 2, 1, 1, 200 / 3, 0)


def test_a_child_in_respite_on_the_last_day_is_apart() -> None:
    ret = made({"Episodes": [child("A", "04/04/2024", LS="V4")], "Reviews": [review("A", "02/05/2024")]})
    assert counts(ret, "child")[0] == 0
    assert counts(ret, "reviews_held") == (0, 0, 0, 0, None, 0)
    assert reviews_held(ret)["reason"].to_list() == ["respite"]


def test_age_and_asylum_flag_are_those_of_the_day() -> None:
    tables: Tables = {"Episodes": THREE[:1], "Reviews": HELD[:3], "UASC": [{"CHILD": "A", "SEX": "M"}]}
    ret = Return.from_frames(
        frames(tables) | {"Header": pl.DataFrame({"CHILD": ["A"], "DOB": ["02/08/2008"]})}, year=YEAR
    )
    assert counts(ret, "reviews_held", "age_band:10 to 15")[0] == 1
    assert counts(ret, "reviews_held", "age_band:16 and over")[0] == 2
    assert counts(ret, "child", "asylum:unaccompanied asylum-seeking")[0] == 1


def test_every_review_is_listed_and_what_is_not_judged_says_why() -> None:
    rows = [child("A", "04/04/2024", "01/08/2024"), child("B", "04/04/2024", LS="V3")]
    days = [
        review("A", "02/05/2024", "PN4"),
        review("A", "02/05/2024", "PN1"),
        review("A", "02/08/2024"),
        review("A", "31/04/2024"),
        review("A", None),
        review(None, "02/05/2024"),
        review("A", "31/03/2024"),
        review("B", "02/05/2024"),
        review("Z", "02/05/2024"),
    ]
    ret = made({"Episodes": rows, "Reviews": days})
    found = reviews_held(ret)
    assert found.select("child", "row", "state", "reason", "repeat").rows() == [
        ("A", 6, "not_judged", "not in the year", False),
        ("A", 1, "on_time", None, False),
        ("A", 0, "on_time", None, True),
        ("A", 2, "not_judged", "not in care", False),
        ("A", 3, "not_judged", "no date", False),
        ("A", 4, "not_judged", "no date", False),
        ("B", 7, "not_judged", "respite", False),
        ("Z", 8, "not_judged", "not in care", False),
        (None, 5, "not_judged", "no child", False),
    ]
    assert counts(ret, "reviews_held") == (1, 1, 0, 0, 100.0, 6)
    assert counts(ret, "reviews_held", "kind:unknown")[-1] == 6
    assert counts(ret, "reviews_due")[-1] == counts(ret, "child")[-1] == 3


def test_a_review_that_only_the_previous_return_holds_is_told_by_child_and_day() -> None:
    episodes = [child("A", "04/04/2024"), child("B", "04/04/2024")]
    now = [review("A", "02/08/2024"), review("B", "02/05/2024")]
    before = {"Episodes": [], "Reviews": [review("A", "02/05/2024"), review("B", "02/05/2024")]}
    found = reviews_held(made({"Episodes": episodes, "Reviews": now}, before))
    assert found.select("child", "review", "last_year").rows() == [
        ("A", D(2024, 5, 2), True),
        ("A", D(2024, 8, 2), False),
        ("B", D(2024, 5, 2), False),
    ]


def test_a_due_date_is_cut_by_the_episode_of_its_own_day_also_where_a_later_one_fell_due_before() -> None:
    """Due on 1 October and held early; placed for adoption the day after, and due again on 9 May."""
    episodes = [
        child("A", "04/04/2022", "11/04/2024", REC="X1"),
        child("A", "11/04/2024", "01/09/2024", REC="X1", RNE="P", PLACE="A5"),
        child("A", "01/09/2024", "02/10/2024", RNE="P", PLACE="K2"),
    ]
    ret = made({"Episodes": episodes, "Reviews": [review("A", "10/04/2024")]})
    assert reviews_due(ret)["due"].to_list() == [D(2024, 10, 1), D(2024, 5, 9)]
    cut = review_timeliness(ret, by="placement_group").filter(measure="reviews_due", breakdown="all")
    assert cut.filter(pl.col("denominator") > 0).select("placement_group", "on_time", "missed").rows() == [
        ("Placed for adoption", 0, 1),
        ("Secure homes and children's homes", 1, 0),
    ]


@pytest.mark.parametrize("days", list(itertools.permutations([D(2024, 10, 1), D(2024, 5, 9), D(2022, 4, 4)])))
def test_the_episode_is_the_one_begun_last_in_whatever_order_the_days_stand(days: tuple[D, ...]) -> None:
    begun = [D(2022, 4, 4), D(2024, 4, 11), D(2024, 9, 1)]
    rows = [
        child("A", f"{day:%d/%m/%Y}", f"{end:%d/%m/%Y}", REC="X1", RNE="P") for day, end in itertools.pairwise(begun)
    ]
    ret = made({"Episodes": [*rows, child("A", "01/09/2024", RNE="P")]})
    items = pl.DataFrame({"key": [1, 1, 1], "day": days}, schema={"key": pl.UInt32, "day": pl.Date})
    expected = [max(n for n, first in enumerate(begun) if first <= day) for day in days]
    assert at_reviews(ret, items).get_column("episode").to_list() == expected


@pytest.mark.parametrize(
    ("tables", "cut", "expected"),
    [
        ({"Reviews": [review("A", "31/02/2025")]}, "sex", {"child": "female", "held": "female", "due": "female"}),
        ({"Reviews": [review(None, "01/03/2025")]}, "sex", {"child": "unknown", "held": "unknown", "due": "unknown"}),
        ({"Reviews": [review("A", None)]}, "age_band", {"child": "unknown", "held": "unknown", "due": "unknown"}),
        ({"Episodes": [child("A", "31/02/2024", PLACE="K2")]}, "sex", {"child": "female", "due": "female"}),
        (
            {"Episodes": [child("A", "31/02/2024", PLACE="K2")]},
            "placement_group",
            {"child": "Secure homes and children's homes", "due": "Secure homes and children's homes"},
        ),
    ],
)
def test_undated_rows_are_in_the_group_of_the_child_that_they_name(
    tables: Tables, cut: str, expected: dict[str, str]
) -> None:
    ret = made({"Header": [{"CHILD": "A", "DOB": "01/06/2014", "SEX": "F"}], "Episodes": []} | tables)
    rows = review_timeliness(ret, by=cut).filter(pl.col("not_judged") > 0, pl.col("breakdown") == "all")
    names = {"child": "child", "reviews_held": "held", "reviews_due": "due"}
    assert {names[name]: group for name, group in rows.select("measure", cut).rows()} == expected
    whole = review_timeliness(ret, by=cut).filter(pl.col("not_judged") > 0, pl.col("breakdown") == "kind:unknown")
    assert set(whole["measure"]) == {"reviews_held", "reviews_due"} & set(rows["measure"])
    if "Reviews" in tables:
        on_day = reviews_up_to_date(ret, YEAR.end, by=cut).filter(pl.col("not_judged") > 0)
        assert on_day.get_column(cut).to_list() == [expected["child"]]


def test_the_last_review_is_the_last_one_also_where_periods_overlap_and_the_table_is_cut() -> None:
    episodes = [child("A", "04/04/2024"), child("A", "01/06/2024", "01/11/2024")]
    ret = made({"Episodes": episodes, "Reviews": [review("A", "01/10/2024", "PN1"), review("A", "01/12/2024", "PN7")]})
    for table in (review_participation(ret), review_participation(ret, by="sex").filter(sex="unknown")):
        last = table.filter(pl.col("count") > 0, measure="child").get_column("breakdown").to_list()
        assert last == ["all", "code:PN7", "not_taken_part", "not_attended"]


def test_a_review_on_a_day_of_two_periods_counts_in_the_later() -> None:
    rows = [child("A", "04/04/2024", "02/05/2024"), child("A", "02/05/2024")]
    ret = made({"Episodes": rows, "Reviews": [review("A", "02/05/2024")]})
    assert reviews_held(ret).select("period", "kind").rows() == [(2, "initial")]
    assert counts(ret, "reviews_held")[0] == 1


def test_reviews_are_up_to_date_again_once_held() -> None:
    ret = made({"Episodes": THREE, "Reviews": HELD})
    on = {day: reviews_up_to_date(ret, day).row(0)[1:4] for day in (D(2024, 5, 1), D(2024, 5, 2), D(2024, 5, 3))}
    assert on == {D(2024, 5, 1): (3, 3, 0), D(2024, 5, 2): (3, 2, 1), D(2024, 5, 3): (3, 3, 0)}
    assert reviews_up_to_date(ret, D(2024, 8, 2)).row(0)[1:4] == (3, 2, 1)
    assert reviews_up_to_date(ret, D(2024, 9, 2)).row(0)[1:4] == (2, 2, 0)


def test_month_by_month() -> None:
    days = reviews_up_to_date(made({"Episodes": THREE}))["as_at"].to_list()
    assert days[0] == D(2024, 4, 30)
    assert days[-2:] == [D(2025, 2, 28), D(2025, 3, 31)]
    year = Year(start=D(2023, 9, 15), end=D(2024, 9, 14))
    days = reviews_up_to_date(made({}, year=year))["as_at"].to_list()
    assert (len(days), days[0], days[-1]) == (12, D(2023, 10, 14), D(2024, 9, 14))


def test_a_day_outside_the_year_is_refused() -> None:
    with pytest.raises(ConfigError, match="not in it"):
        reviews_up_to_date(made({}), D(2025, 4, 1))


def took_part(ret: Return, measure: str) -> dict[str, Any]:
    rows = review_participation(ret).filter(measure=measure)
    return dict(rows.select("breakdown", "count").rows())


def test_participation_by_review_and_by_child() -> None:
    ret = made({"Episodes": THREE, "Reviews": HELD})
    by_review = took_part(ret, "review")
    assert by_review["all"] == 6
    assert [by_review[w] for w in ("taken_part", "not_taken_part", "attended", "not_attended")] == [4, 2, 4, 2]
    assert [by_review[f"code:PN{n}"] for n in range(1, 8)] == [3, 0, 0, 1, 1, 0, 1]
    by_child = took_part(ret, "child")
    assert (by_child["all"], by_child["code:PN1"], by_child["code:PN5"], by_child["taken_part"]) == (2, 1, 1, 2)
    every = took_part(ret, "child_every_review")
    assert [every[w] for w in ("all", "taken_part", "not_taken_part", "attended", "not_attended")] == [2, 1, 1, 1, 1]
    assert review_participation(ret)["under_4"].to_list() == [1] * 29 + [0] * 5


def test_a_review_without_a_code_is_not_judged() -> None:
    days = [review("A", "02/05/2024", None), review("B", "02/05/2024", "PN8"), review("B", "03/05/2024")]
    rows = review_participation(made({"Episodes": THREE, "Reviews": days})).filter(breakdown="all")
    assert rows.select("measure", "denominator", "under_4", "not_judged").rows() == [
        ("review", 1, 0, 2),
        ("child", 1, 0, 1),
        ("child_every_review", 1, 0, 1),
        ("looked_after_every_review", 1, 0, 1),
    ]


@pytest.mark.parametrize(
    ("episode", "codes", "expected"),
    [
        ({"DECOM": "03/03/2025"}, ["PN1"], (1, 1, 0)),
        ({"DECOM": "04/03/2025"}, ["PN1"], (0, 0, 0)),
        ({"DECOM": "04/03/2025", "RNE": "P"}, ["PN1"], (0, 0, 1)),
        ({"DECOM": "03/03/2025", "RNE": "P"}, ["PN1"], (1, 1, 0)),
        ({"DEC": "31/03/2025", "REC": "E4A"}, ["PN1"], (0, 0, 0)),
        ({"DEC": "01/04/2025", "REC": "E4A"}, ["PN1"], (1, 1, 0)),
        ({}, ["PN1", "PN7", "PN1"], (1, 0, 0)),
        ({}, ["PN6", "PN2", "PN1"], (1, 1, 0)),
        ({}, ["PN1", "PN0", "PN8"], (1, 1, 0)),
        ({}, ["PN0"], (0, 0, 0)),
        ({}, [None], (0, 0, 1)),
        ({}, [], (0, 0, 0)),
    ],
)
def test_views_given_to_every_review_by_those_looked_after_for_four_weeks(
    episode: Row, codes: list[str | None], expected: tuple[int, int, int]
) -> None:
    row: Row = {"CHILD": "A", "DECOM": "01/05/2024", "RNE": "S", "LS": "C2", "PLACE": "U4"} | episode
    days = [review("A", f"{20 + n}/03/2025", code) for n, code in enumerate(codes)]
    found = review_participation(made({"Episodes": [row], "Reviews": days})).filter(measure="looked_after_every_review")
    assert found.filter(breakdown="taken_part").select("denominator", "count", "not_judged").row(0) == expected


def test_a_child_is_under_4_or_not_judged_only_where_no_review_says_more() -> None:
    """A was 4 at one review of two; of B and C, who left, none says anything else; one review is nobody's."""
    days = [
        *(review("A", "02/05/2024", "PN0"), review("A", "02/08/2024", "PN1")),
        *(review("B", "02/05/2024", "PN0"), review("B", "02/08/2024", None)),
        *(review("C", "02/05/2024", None), review("C", "02/08/2024", "PN8"), review(None, "02/05/2024")),
    ]
    rows = review_participation(made({"Episodes": THREE, "Reviews": days})).filter(breakdown="all")
    assert rows.select("measure", "denominator", "under_4", "not_judged").rows() == [
        ("review", 1, 2, 4),
        ("child", 1, 1, 2),
        ("child_every_review", 1, 1, 2),
        ("looked_after_every_review", 1, 1, 1),
    ]


def test_an_empty_return_yields_every_row_with_nobody() -> None:
    ret = made({})
    assert review_timeliness(ret)["denominator"].sum() == 0
    assert review_timeliness(ret)["percent"].null_count() == review_timeliness(ret).height
    assert review_participation(ret)["count"].sum() == 0
    for name, table in EVERY.items():
        getattr(models, name).validate(table(ret))


@settings(deadline=None, max_examples=12)
@given(both=tables_of_two_years())
def test_counts_add_up(both: tuple[Tables, Tables | None]) -> None:
    ret = made(*both)
    table = review_timeliness(ret)
    sums = ["denominator", "on_time", "late", "missed", "not_judged"]
    for measure in MEASURES:
        rows = table.filter(measure=measure)
        whole = rows.filter(breakdown="all").select(sums).row(0)
        for name in BREAKDOWNS:
            part = rows.filter(pl.col("breakdown").str.starts_with(f"{name}:")).select(pl.col(sums).sum()).row(0)
            assert part == whole or (measure, name) == ("child", "kind")
    held, due = reviews_held(ret), reviews_due(ret)
    assert held.filter(last_year=False).height == ret["Reviews"].height
    assert held.filter(pl.col("state") != "not_judged", repeat=False).height == counts(ret, "reviews_held")[0]
    assert due.filter(pl.col("due") < pl.col("counted_from")).is_empty()
    parts = review_participation(ret).filter(breakdown="all")
    reviews = held.filter(pl.col("reason").ne_missing("respite"), repeat=False)
    assert parts.select(pl.sum_horizontal("denominator", "under_4", "not_judged")).row(0)[0] == reviews.height
    monthly = reviews_up_to_date(ret)
    for name, made_now in zip(EVERY, (due, held, table, monthly, review_participation(ret)), strict=True):
        getattr(models, name).validate(made_now)
    assert monthly.select((pl.col("up_to_date") + pl.col("overdue") == pl.col("children")).all()).item()
    assert monthly["children"].to_list()[-1] == derive.looked_after_on(ret, YEAR.end).height


@settings(deadline=None, max_examples=25)
@given(both=tables_of_two_years())
def test_due_dates_never_precede_the_start(both: tuple[Tables, Tables | None]) -> None:
    ret = made(*both)
    due = reviews_due(ret).join(derive.periods_of_care(ret), on=["child", "period"])
    assert due.filter((pl.col("due") < pl.col("start")) | (pl.col("held") < pl.col("start"))).is_empty()
    assert due.filter(pl.col("held") > pl.min_horizontal("end", pl.lit(YEAR.end))).is_empty()


@settings(deadline=None, max_examples=8)
@given(both=tables_of_two_years(), seed=st.integers(0, 99))
def test_order_and_names_change_nothing(both: tuple[Tables, Tables | None], seed: int) -> None:
    names = {"A": "Z9", "B": "M", "C": "A"}
    back = {new: old for old, new in names.items()}

    def changed(tables: Tables) -> Tables:
        mix = random.Random(seed)
        return {
            name: mix.sample([row | {"CHILD": names.get(row["CHILD"] or "")} for row in rows], len(rows))
            for name, rows in tables.items()
        }

    ret, other = made(*both), made(changed(both[0]), both[1] and changed(both[1]))
    for name in ("ReviewTimeliness", "ReviewParticipation"):
        assert EVERY[name](ret).equals(EVERY[name](other))
    assert reviews_up_to_date(ret, YEAR.end).equals(reviews_up_to_date(other, YEAR.end))
    due = reviews_due(other).with_columns(pl.col("child").replace_strict(back, return_dtype=pl.String))
    assert due.sort("child", "period", "step").equals(reviews_due(ret))


@pytest.mark.parametrize("table", [reviews_due, reviews_held, review_timeliness, reviews_up_to_date])
def test_a_placement_for_adoption_starts_its_own_clock_unless_told_otherwise(table: Any) -> None:
    """Placed on 2 August, with a review on 6 September: the first since the placement, due on the 30th of August."""
    episodes = [
        child("A", "04/04/2024", "02/08/2024", REC="X1"),
        child("A", "02/08/2024", RNE="P", PLACE="A5"),
    ]
    ret = made({"Episodes": episodes, "Reviews": [review("A", "02/05/2024"), review("A", "06/09/2024")]})
    assert table(ret).equals(table(ret, adoption=True))
    assert not table(ret).equals(table(ret, adoption=False))
