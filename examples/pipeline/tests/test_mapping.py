"""The mapping, held to lawful returns that are written as extracts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import polars as pl
from children_return.extract import Extract
from children_return.mapping import mapped
from expressed import expressed
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from returns903 import Return
from returns903.testing import assert_flags, assert_valid, relations, strategies

TABLES = ("Header", "Episodes", "Reviews")
RETURNS = strategies.years().flatmap(lambda year: strategies.returns(year, tables=TABLES, previous=False))
KEPT = [
    "102",
    "142",
    "144",
    "145",
    "168",
    "219",
    "362",
    "375",
    "378",
    "392b",
    "399",
    "420",
    "433",
    "607",
    "1008",
    "1012",
]
"""Rules whose faults an extract can have: what the mapping derives by itself cannot be wrong in it."""
slowly = settings(deadline=None)


def from_extract(extract: Extract, ret: Return) -> Return:
    """The return that the pipeline makes of an extract; the year and the reference lists are those of `ret`."""
    return Return(
        Return.from_frames(mapped(extract, ret.year), year=ret.year).tables,
        year=ret.year,
        local_authority=ret.local_authority,
        providers=ret.providers,
        postcodes=ret.postcodes,
    )


def there_and_back(ret: Return) -> Return:
    """A return after it has gone through the pipeline."""
    return from_extract(expressed(ret), ret)


def assert_same(one: Return, other: Return) -> None:
    for name in TABLES:
        assert_frame_equal(one[name].drop("line", "file"), other[name].drop("line", "file"))


@slowly
@given(RETURNS)
def test_a_return_comes_back_as_it_was(ret: Return) -> None:
    assert_same(there_and_back(ret), ret)


@slowly
@given(RETURNS)
def test_no_rule_says_anything_about_a_lawful_child(ret: Return) -> None:
    assert_valid(there_and_back(ret))


@slowly
@given(RETURNS, st.sampled_from([relations.row_order, relations.renaming, relations.stranger]))
def test_order_names_and_other_children_make_no_difference(ret: Return, relation) -> None:
    relation(there_and_back, ret)


@slowly
@given(RETURNS, st.integers(1, 400))
def test_what_happens_after_the_year_makes_no_difference(ret: Return, days: int) -> None:
    extract, later = expressed(ret), f"{ret.year.end + dt.timedelta(days=days)}"
    open_until = pl.col("To").fill_null(later)
    still_here = extract.stays.filter(pl.col("To").is_null())
    moves_on = still_here.with_columns(From=pl.lit(later), Carer=pl.lit("99"))
    stays = pl.concat([extract.stays.with_columns(To=open_until), moves_on])
    reviews = pl.concat([extract.reviews, extract.reviews.with_columns(Held=pl.lit(later))])
    assert_same(from_extract(replace(extract, stays=stays, reviews=reviews), ret), ret)


@slowly
@given(strategies.returns("2024-25", tables=TABLES, previous=False), strategies.faults("2024-25", rules=KEPT))
def test_what_is_wrong_in_the_case_system_is_still_flagged(ret: Return, fault) -> None:
    broken, rows = fault.apply(ret)
    assert_flags(there_and_back(broken), {fault.rule: rows})
