"""What is said of the published validator is whole, and holds on a generated return row by row."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from tools.differences import KINDS, Difference, data, differences, disagreements

import returns903
from returns903.rules import definitions, rules_in_force
from returns903.years import RULE_YEARS

SHARED = Path(__file__).resolve().parents[3] / "shared"
HERE = SHARED / "differential"
STATED = differences()
CODES = {definition.code for definition in definitions()}
IN_FORCE = {year: {rule.code for rule in rules_in_force(year)} for year in RULE_YEARS}

Place = tuple[str, int]
compared = pytest.mark.skipif(not HERE.is_dir(), reason="the published validator's findings are not at hand")


@pytest.mark.parametrize("stated", STATED, ids=lambda stated: stated.key)
def test_each_difference_says_what_it_must(stated: Difference) -> None:
    assert stated.kind in KINDS
    assert stated.code in CODES
    for year in stated.years:
        assert (stated.code in IN_FORCE[year]) == (stated.kind != "replaced")
    for words in (stated.theirs, stated.ours, stated.reason, stated.example):
        assert words.endswith(".")
    assert set(stated.rows) <= set(stated.years)


def test_no_code_is_stated_twice_for_one_year() -> None:
    pairs = [(stated.code, year) for stated in STATED for year in stated.years]
    assert len(pairs) == len(set(pairs))


def test_what_is_shared_is_told_once() -> None:
    own = {stated.key for stated in STATED if stated.same_as == stated.key}
    assert all(stated.same_as in own for stated in STATED)


@pytest.mark.parametrize("family", data()["crash"], ids=lambda family: family["title"])
def test_rules_that_stop_are_rules(family: dict[str, object]) -> None:
    assert set(family) == {"title", "codes", "theirs", "ours", "reason", "example"}
    assert isinstance(family["codes"], list)
    assert set(family["codes"]) <= CODES


@compared
def test_each_published_case_that_is_not_met_is_a_case() -> None:
    cases = [case["id"] for path in (SHARED / "conformance/cases").glob("*/*.json") for case in _read(path)["cases"]]
    assert len(cases) == data()["compared"]["cases"]
    assert set(disagreements()) <= set(cases)


def _read(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def generated() -> returns903.Return:
    return returns903.read_return(
        HERE / "current",
        year="2024-25",
        previous=HERE / "previous",
        local_authority="E09000008",
        providers=HERE / "providers.xlsx",
    )


@pytest.fixture(scope="module")
def differing(generated: returns903.Return) -> dict[tuple[str, str], tuple[set[Place], set[Place]]]:
    """For each year and code that both sides have run, the rows that only ours flags and that only theirs flags."""
    found = {}
    for year in RULE_YEARS:
        ours: dict[str, set[Place]] = defaultdict(set)
        rows = returns903.validate(generated, rules_year=year).findings.select("rule", "table", "previous", "row")
        for rule, table, previous, row in rows.iter_rows():
            ours[rule].add((table + ("_last" if previous else ""), row))
        for code, tables in _read(HERE / f"published/{year}.json").items():
            theirs = {(table, row) for table, numbers in tables.items() for row in numbers}
            if code in IN_FORCE[year]:
                found[year, code] = (ours[code] - theirs, theirs - ours[code])
    return found


@compared
@pytest.mark.parametrize("year", RULE_YEARS)
def test_as_many_rows_differ_as_is_stated(year: str, differing: dict) -> None:
    stated = {d.code: d.rows[year] for d in STATED if year in d.rows}
    found = {code: tuple(map(len, sides)) for (of, code), sides in differing.items() if of == year and any(sides)}
    assert found == stated


@compared
@pytest.mark.parametrize("year", RULE_YEARS)
def test_one_side_lacks_only_the_rules_that_are_stated(year: str) -> None:
    kinds = {d.code: d.kind for d in STATED if year in d.years}
    theirs = set(_read(HERE / f"published/{year}.json"))
    assert theirs - IN_FORCE[year] == {code for code, kind in kinds.items() if kind == "replaced"}
    assert IN_FORCE[year] - theirs == {code for code, kind in kinds.items() if kind == "cannot fire"}


def _children(of: returns903.Return, table: str, where: pl.Expr | bool = True) -> pl.Series:
    return of[table].filter(where)["CHILD"]


def _looked_after_on_31_march(of: returns903.Return) -> pl.Series:
    last = dt.date(2025, 3, 31)
    open_then = pl.col("DEC").is_null() | (pl.col("DEC") > last)
    return _children(of, "Episodes", open_then & (pl.col("DECOM") <= last) & ~pl.col("LS").is_in(["V3", "V4"]))


def _began_before_care(of: returns903.Return) -> pl.Expr:
    first = of["Episodes"].group_by("CHILD").agg(pl.col("DECOM").min())
    start = pl.col("CHILD").replace_strict(first["CHILD"], first["DECOM"], default=None, return_dtype=pl.Date)
    return pl.col("MIS_START") < start


def _changed_code_of_sex(of: returns903.Return) -> pl.Expr:
    assert of.previous is not None
    header = of.previous["Header"]
    before = pl.col("CHILD").replace_strict(header["CHILD"], header["SEX"], default=None, return_dtype=pl.String)
    return pl.concat_str("SEX", before).is_in(["M1", "F2"])


Claim = Callable[[returns903.Return], pl.Expr]
DETAILS = ("PLACE", "PL_POST", "URN", "PLACE_PROVIDER", "LS")
OURS: dict[str, tuple[str, Claim]] = {
    "184": ("PlacedAdoption", lambda of: ~pl.col("CHILD").is_in(_children(of, "Header").implode())),
    "218": ("Episodes", lambda _: pl.col("PL_POST").is_null() & pl.col("PLACE").is_in(["H5"])),
    "371": ("Episodes", lambda _: pl.col("DEC").is_null() & pl.col("PLACE").is_in(["K3"])),
    "601": ("Episodes", lambda of: ~pl.col("CHILD").is_in(_children(of, "AD1").implode())),
    "635": ("PrevPerm", lambda _: pl.col("PREV_PERM") == "Z1"),
    "435": ("Episodes", lambda _: pl.any_horizontal(pl.col(DETAILS).is_null())),
    "SW01STG1": ("Episodes", lambda _: pl.col("DEC").is_null()),
}
"""What is true of each row that only we flag."""

THEIRS: dict[str, tuple[str, Claim]] = {
    "146": ("Episodes", lambda _: pl.col("PLACE") == "K3"),
    "202": ("Header", _changed_code_of_sex),
    "336": ("Episodes", lambda _: pl.col("PLACE") == "A4"),
    "387": ("Episodes", lambda of: ~pl.col("CHILD").is_in(_children(of, "Header").implode())),
    "581": ("Missing", lambda of: ~_began_before_care(of).fill_null(value=False)),
    "1001": (
        "OC3",
        lambda of: pl.col("CHILD").is_in(_children(of, "Header", pl.col("DOB") <= dt.date(2005, 3, 31)).implode()),
    ),
    "SW10STG2": (
        "SWEpisodes",
        lambda of: pl.col("CHILD").is_in(_children(of, "SWEpisodes", pl.col("SW_DEC").is_null()).implode()),
    ),
    "SW11bSTG2": ("SWEpisodes", lambda _: pl.col("SW_DEC") == dt.date(2025, 3, 26)),
}
"""What is true of each row that only they flag."""


def _true_of_all(of: returns903.Return, claim: tuple[str, Claim], rows: set[Place]) -> bool:
    table, says = claim
    frame = of[table].filter(pl.col("row").is_in([row for _, row in rows]))
    assert {name for name, _ in rows} == {table}
    assert frame.height == len(rows)
    return frame.select(says(of)).to_series().all()


@compared
@pytest.mark.parametrize("code", OURS)
def test_rows_that_only_we_flag(code: str, generated: returns903.Return, differing: dict) -> None:
    sides = [ours for (_, of), (ours, _) in differing.items() if of == code and ours]
    assert sides
    assert all(_true_of_all(generated, OURS[code], rows) for rows in sides)


@compared
@pytest.mark.parametrize("code", THEIRS)
def test_rows_that_only_they_flag(code: str, generated: returns903.Return, differing: dict) -> None:
    sides = [theirs for (_, of), (_, theirs) in differing.items() if of == code and theirs]
    assert sides
    assert all(_true_of_all(generated, THEIRS[code], rows) for rows in sides)


@compared
@pytest.mark.parametrize(
    ("code", "table", "start"), [("142", "Episodes", "DECOM"), ("SW08STG2", "SWEpisodes", "SW_DECOM")]
)
def test_of_rows_that_begin_on_one_day_each_side_flags_one(
    code: str, table: str, start: str, generated: returns903.Return, differing: dict
) -> None:
    for (_, of), sides in differing.items():
        if of == code:
            days = [generated[table].filter(pl.col("row").is_in([row for _, row in rows])) for rows in sides]
            ours, theirs = (sorted(of.select("CHILD", start).rows()) for of in days)
            assert ours == theirs


@compared
def test_all_but_one_of_the_social_workers_that_only_they_flag_are_of_children_who_have_left(
    generated: returns903.Return, differing: dict
) -> None:
    _, theirs = differing["2025-26", "SW17STG2"]
    rows = generated["SWEpisodes"].filter(pl.col("row").is_in([row for _, row in theirs]))
    in_care = rows["CHILD"].is_in(_looked_after_on_31_march(generated).implode())
    assert in_care.sum() == 1
