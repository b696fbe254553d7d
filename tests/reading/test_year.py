from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from returns903.errors import ConfigError
from returns903.reading import infer_year, read_tables

DAY = dt.date


def frame(**columns):
    return pl.DataFrame(columns)


def test_the_year_with_the_most_activity():
    tables = {
        "Episodes": frame(DECOM=[DAY(2015, 5, 1)] * 9, DEC=[None] * 3 + [DAY(2024, 4, 1)] * 3 + [DAY(2025, 3, 31)] * 3),
        "Reviews": frame(REVIEW=[DAY(2024, 6, 1)] * 4 + [DAY(2052, 6, 1), DAY(2204, 6, 1), DAY(2023, 6, 1)]),
    }
    year, why = infer_year(tables)
    assert year.label == "2024-25"
    assert why == "10 of 12 dates of ceased episodes and reviews fall in 2024-25"


def test_a_later_year_with_about_as_much_comes_first():
    dates = [DAY(2023, 6, 1)] * 5 + [DAY(2024, 6, 1)] * 3 + [DAY(2026, 6, 1)]
    assert infer_year({"Reviews": frame(REVIEW=dates)})[0].label == "2024-25"


def test_starts_of_episodes_tell_where_nothing_else_does():
    year, why = infer_year({"Episodes": frame(DECOM=[DAY(2025, 6, 1)] * 3, DEC=pl.Series([None] * 3, dtype=pl.Date))})
    assert (year.label, why) == ("2025-26", "3 of 3 dates of starts of episodes fall in 2025-26")


@pytest.mark.parametrize(
    ("start", "sex", "social_workers", "doubt"),
    [
        (2024, ["1", "2", "M"], 0, "though SEX is coded as until 2023-24"),
        (2023, ["M", "F", "1"], 1, "though SEX is coded as since 2024-25"),
        (2022, ["1", "2"], 1, "though SWEpisodes came in with 2023-24"),
        (2024, ["M", "F"], 1, "2024-25"),
    ],
)
def test_what_speaks_against_it_is_said(start, sex, social_workers, doubt):
    tables = {
        "Header": frame(SEX=sex),
        "Reviews": frame(REVIEW=[DAY(start, 6, 1)]),
        "SWEpisodes": frame(SW_DEC=[DAY(start, 6, 1)]).head(social_workers),
    }
    assert infer_year(tables)[1].endswith(doubt)


@pytest.mark.parametrize("tables", [{}, {"Header": frame(SEX=["M"])}, {"Reviews": frame(REVIEW=[DAY(1890, 1, 1)])}])
def test_it_may_not_be_told(tables):
    with pytest.raises(ConfigError, match="--year"):
        infer_year(tables)


@pytest.mark.parametrize(("part", "label"), [("current", "2024-25"), ("previous", "2023-24")])
def test_on_the_made_up_returns(part, label):
    path = Path(__file__).parents[2].parent / "shared/differential" / part
    if not path.exists():
        pytest.skip("the made-up returns are not here")
    assert infer_year(read_tables(path).tables)[0].label == label


SEVERAL = {
    "Episodes": {"DEC": [DAY(2024, 4, 1)] * 2},
    "Reviews": {"REVIEW": [DAY(2025, 3, 31)]},
    "Missing": {"MIS_START": [DAY(2024, 6, 1)] * 3},
    "SWEpisodes": {"SW_DEC": [DAY(2024, 7, 1)]},
}


def test_every_table_that_tells_is_named():
    year, why = infer_year({name: frame(**columns) for name, columns in SEVERAL.items()})
    assert year.label == "2024-25"
    assert why == (
        "7 of 7 dates of ceased episodes, reviews, missing episodes and changes of social worker fall in 2024-25"
    )
    _, why = infer_year({"DoLo": frame(DOLO_START=[DAY(2026, 6, 1)]), "Header": frame(DOB=[DAY(2010, 1, 1)])})
    assert why == "1 of 1 dates of deprivation of liberty orders fall in 2026-27"


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (DAY(2025, 3, 31), "2024-25"),
        (DAY(2025, 4, 1), "2025-26"),
        (DAY(2025, 12, 31), "2025-26"),
        (DAY(1991, 4, 1), "1991-92"),
        (DAY(2100, 3, 31), "2099-00"),
        (DAY(1991, 3, 31), None),
        (DAY(2100, 4, 1), None),
    ],
)
def test_a_day_belongs_to_the_year_from_april_to_march(day, label):
    tables = {"Reviews": frame(REVIEW=[day])}
    if label is None:
        with pytest.raises(ConfigError):
            infer_year(tables)
    else:
        assert infer_year(tables)[0].label == label


@pytest.mark.parametrize(("later", "label"), [(2, "2023-24"), (3, "2024-25")])
def test_a_later_year_counts_from_half_as_many_dates_on(later, label):
    dates = [DAY(2023, 6, 1)] * 6 + [DAY(2024, 6, 1)] * later
    assert infer_year({"Reviews": frame(REVIEW=dates)})[0].label == label


@pytest.mark.parametrize(
    ("start", "sexes", "social_workers", "doubt"),
    [
        (2024, ["1", "M"], 0, ""),  # as many of each
        (2023, ["1", "M"], 0, ""),
        (2023, ["U", "U", "1"], 0, ", though SEX is coded as since 2024-25"),
        (2024, ["2", None], 0, ", though SEX is coded as until 2023-24"),
        (2023, ["1"], 1, ""),
        (2022, ["1"], 1, ", though SWEpisodes came in with 2023-24"),
        (2022, ["1"], 0, ""),
    ],
)
def test_doubts_about_a_year(start, sexes, social_workers, doubt):
    reviews, workers = frame(REVIEW=[DAY(start, 6, 1)]), frame(SW_ID=["S1"]).head(social_workers)
    told = infer_year({"Header": frame(SEX=sexes), "Reviews": reviews, "SWEpisodes": workers})[1]
    assert told.endswith(f"fall in {start}-{(start + 1) % 100}{doubt}")


def test_a_column_that_is_no_date_tells_nothing():
    tables = {"Reviews": frame(REVIEW=["01/06/2020"]), "Missing": frame(MIS_START=[DAY(2024, 6, 1)])}
    assert infer_year(tables)[1] == "1 of 1 dates of missing episodes fall in 2024-25"
