"""Large made-up returns: the same everywhere, lawful, with England's shares, and faults where they are wanted."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import polars as pl
import pytest

from returns903 import ConfigError, validate
from returns903.rules.groups import RESPITE
from returns903.testing import faults as known_faults
from returns903.testing import synthesise
from returns903.testing.lives.made import Made
from returns903.testing.synthesis import england
from returns903.years import RULE_YEARS

MAY_QUERY = {"SW12STG2"}
"""It measures an open episode by its end unless it begins a period of care, and so queries all who moved and stay."""

DIGESTS = {
    "2022-23": "2bd7caaece95c250",
    "2023-24": "823bf978a6b7facd",
    "2024-25": "dbaf6f90b76f6933",
    "2025-26": "ff53de2fa66e4460",
    "2026-27": "94c15a5018960f0c",
}
"""Of 200 children with the seed 903. Whoever changes how lives are told changes these, and says so in the changelog."""


def digest(made: Made) -> str:
    frames = [*made.tables.items(), *(made.previous or {}).items()]
    return hashlib.sha256("".join(name + frame.write_csv() for name, frame in frames).encode()).hexdigest()[:16]


@pytest.mark.parametrize("year", RULE_YEARS)
def test_the_same_seed_makes_the_same_return_everywhere(year: str) -> None:
    assert digest(synthesise(200, seed=903, year=year)) == DIGESTS[year]


def test_another_seed_makes_another_return() -> None:
    assert digest(synthesise(20, seed=1, year="2024-25")) != digest(synthesise(20, seed=2, year="2024-25"))


def test_a_larger_return_begins_with_the_smaller_one() -> None:
    small, large = (synthesise(count, seed=4, year="2024-25").tables for count in (30, 70))
    ours = pl.col("CHILD").is_in(small["Header"]["CHILD"].implode())
    assert all(frame.equals(large[name].filter(ours)) for name, frame in small.items())


def test_making_it_in_parts_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = digest(synthesise(50, year="2025-26"))
    told: list[int] = []
    monkeypatch.setattr("returns903.testing.synthesis._AT_ONCE", 20)
    assert digest(synthesise(50, year="2025-26", progress=told.append)) == whole
    assert told == [20, 40, 50]


@pytest.mark.parametrize("year", RULE_YEARS)
def test_no_rule_says_anything_but_what_is_said(year: str) -> None:
    result = validate(synthesise(300, seed=11, year=year).load())
    assert result.codes("findings") == ([] if year == "2022-23" else sorted(MAY_QUERY))
    assert not result.codes("crashed")
    moved = (pl.col("RNE") != "S") & pl.col("DEC").is_null() & ~pl.col("LS").is_in(RESPITE)
    made = synthesise(300, seed=11, year=year).tables["Episodes"]
    queried = result.findings.filter(pl.col("rule").is_in(MAY_QUERY))["row"].sort().to_list()
    assert queried == ([] if year == "2022-23" else made.with_row_index().filter(moved)["index"].to_list())


@pytest.fixture(scope="module")
def large() -> Made:
    return synthesise(5000, seed=5, year="2024-25")


def per_cent(frame: pl.DataFrame, which: pl.Expr) -> float:
    return 100 * frame.select(which.mean()).item()


def day(column: str) -> pl.Expr:
    return pl.col(column).str.to_date("%d/%m/%Y")


class Population:
    """The children of a return as statistics have them: without series of short breaks, on 31 March or leaving."""

    def __init__(self, made: Made) -> None:
        episodes = made.tables["Episodes"].filter(~pl.col("LS").is_in(RESPITE))
        last = episodes.with_row_index().sort("index").group_by("CHILD", maintain_order=True).last()
        asylum = made.tables["UASC"].filter(day("DUC") > made.year.end)["CHILD"].implode()
        years = pl.lit(made.year.end.year) - day("DOB").dt.year()
        age = years - (day("DOB").dt.strftime("%m%d") > f"{made.year.end:%m%d}").cast(pl.Int32)
        header = made.tables["Header"].with_columns(age=age, asylum=pl.col("CHILD").is_in(asylum))
        self.all = last
        self.here = header.join(last.filter(pl.col("DEC").is_null()), on="CHILD")
        self.left = last.filter(pl.col("DEC").is_not_null())


COLUMNS = {"legal_statuses": "LS", "placements": "PLACE", "ethnic_groups": "ETHNIC", "needs": "CIN"}
NEAR = 2.5
"""Percentage points by which a share may differ from the published one: weights are whole numbers, and lives lawful."""


@pytest.mark.parametrize("name", COLUMNS)
def test_codes_have_their_published_shares(large: Made, name: str) -> None:
    here = Population(large).here
    for codes, share in england()["published"][name].items():
        assert per_cent(here, pl.col(COLUMNS[name]).is_in(codes.split())) == pytest.approx(share, abs=NEAR), codes


def test_ages_have_their_published_shares(large: Made) -> None:
    here = Population(large).here
    for ages, share in england()["published"]["ages"].items():
        low, high = map(int, ages.split("-"))
        assert per_cent(here, pl.col("age").is_between(low, high)) == pytest.approx(share, abs=NEAR), ages


def test_reasons_for_leaving_have_their_published_shares(large: Made) -> None:
    left = Population(large).left
    for codes, share in england()["published"]["reasons_for_leaving"].items():
        assert per_cent(left, pl.col("REC").is_in(codes.split())) == pytest.approx(share, abs=NEAR), codes


def test_other_shares_are_as_published(large: Made) -> None:
    published, of = england()["published"], Population(large)
    assert per_cent(of.here, pl.col("SEX") == "F") == pytest.approx(published["girls"], abs=NEAR)
    assert per_cent(of.here, pl.col("asylum")) == pytest.approx(published["asylum_seeking"], abs=NEAR)
    assert 100 * of.left.height / of.all.height == pytest.approx(published["left"], abs=NEAR)


def test_a_child_has_about_four_episodes_and_two_or_three_reviews(large: Made) -> None:
    per_child = {name: frame.height / large.tables["Header"].height for name, frame in large.tables.items()}
    assert per_child["Episodes"] == pytest.approx(england()["rows"]["episodes"], abs=0.25)
    assert 2 <= per_child["Reviews"] <= 3


def test_every_table_has_rows(large: Made) -> None:
    made = synthesise(2000, seed=3, year="2026-27")
    assert not [name for name, frame in made.tables.items() if frame.is_empty()]


def test_last_year_says_what_this_year_says(large: Made) -> None:
    assert large.previous is not None
    both = large.tables["Header"].join(large.previous["Header"], on="CHILD")
    assert both.height > 0.6 * large.tables["Header"].height
    assert both.filter((pl.col("DOB") != pl.col("DOB_right")) | (pl.col("ETHNIC") != pl.col("ETHNIC_right"))).is_empty()
    known = ["CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "URN", "PL_POST"]
    unended = large.previous["Episodes"].filter(pl.col("DEC").is_null())
    begun = large.tables["Episodes"].filter(day("DECOM") < large.year.start)
    assert begun.height == unended.height > 1000
    assert begun.join(unended, on=known, how="anti", nulls_equal=True).is_empty()


def test_last_year_is_left_out_where_it_is_not_wanted() -> None:
    one, other = (synthesise(400, seed=6, year="2024-25", previous=wanted) for wanted in (True, False))
    assert other.previous is None
    assert one.previous is not None
    assert other.tables["Header"]["CHILD"].equals(one.tables["Header"]["CHILD"])
    ours = pl.col("CHILD").is_in(one.previous["UASC"]["CHILD"].implode()).not_()
    assert all(frame.filter(ours).equals(one.tables[name].filter(ours)) for name, frame in other.tables.items())


@pytest.mark.parametrize("year", RULE_YEARS)
def test_without_last_year_no_rule_says_anything_else(year: str) -> None:
    made = synthesise(1000, seed=12, year=year, previous=False)
    assert made.tables["OC3"].height > 2
    assert set(validate(made.load()).codes("findings")) <= MAY_QUERY


@pytest.mark.parametrize("authority", ["E10000016", "Kent", 886])
def test_it_may_be_the_return_of_another_authority(authority: str | int) -> None:
    made = synthesise(60, year="2024-25", authority=authority)
    assert made.local_authority == "E10000016"
    assert set(validate(made.load()).codes("findings")) <= MAY_QUERY


def in_files(year: str) -> list[str]:
    """The rules of a year with a fault that a file can hold."""
    return [fault.rule for fault in known_faults.for_year(year) if not fault.brings]


@pytest.mark.parametrize("year", RULE_YEARS)
def test_rules_fire_on_the_children_that_are_to_have_their_faults(year: str) -> None:
    rules = in_files(year)
    made = synthesise(len(rules) + 50, seed=8, year=year, faults=rules)
    assert sorted(fault.rule for fault in made.faults.values()) == sorted(rules)
    found = validate(made.load()).findings.select("child", "rule").unique().rows()
    lost = {child: fault.rule for child, fault in made.faults.items() if (child, fault.rule) not in found}
    assert not lost
    assert {rule for child, rule in found if child is not None and child not in made.faults} <= MAY_QUERY


def test_a_share_of_the_children_has_a_fault() -> None:
    made = synthesise(2000, seed=9, year="2024-25", faults=0.1)
    assert len(made.faults) == pytest.approx(200, abs=40)
    assert len({fault.rule for fault in made.faults.values()}) > 100
    lawful, ours = synthesise(2000, seed=9, year="2024-25"), pl.col("CHILD").is_in(list(made.faults)).not_()
    assert made.tables["Header"].filter(ours).equals(lawful.tables["Header"].filter(ours))


def test_without_last_year_no_fault_needs_it() -> None:
    made = synthesise(300, seed=2, year="2024-25", faults=1.0, previous=False)
    assert len(made.faults) == 300
    assert not [name for fault in made.faults.values() for name in fault.needs if name.endswith("last_year")]


def cells_that_differ(one: Made, other: Made) -> dict[str, float]:
    """The share of cells of each table that differ, of both years."""
    pairs = {name: (frame, other.tables[name]) for name, frame in one.tables.items()}
    pairs |= {f"{name} before": (frame, (other.previous or {})[name]) for name, frame in (one.previous or {}).items()}
    return {
        name: sum(a[c].ne_missing(b[c]).sum() for c in a.columns) / a.height / a.width
        for name, (a, b) in pairs.items()
        if a.height
    }


def test_faults_are_sown_over_every_table_of_both_years() -> None:
    lawful, sown = (synthesise(2000, seed=9, year="2026-27", sown=share) for share in (0.0, 0.05))
    differ = cells_that_differ(lawful, sown)
    assert {name.removesuffix(" before") for name in differ} == set(lawful.tables)
    assert all(0.02 < share < 0.05 for share in differ.values()), differ
    assert sown.faults == {}


def test_sown_faults_are_the_same_for_the_same_seed_and_keep_the_others() -> None:
    one, again = (synthesise(40, seed=9, year="2024-25", faults=0.5, sown=0.1) for _ in range(2))
    assert digest(one) == digest(again)
    assert digest(one) != digest(synthesise(40, seed=9, year="2024-25", faults=0.5, sown=0.11))
    assert one.faults == synthesise(40, seed=9, year="2024-25", faults=0.5).faults


def test_sown_faults_need_no_last_year() -> None:
    made = synthesise(20, seed=1, year="2024-25", previous=False, sown=0.2)
    assert made.previous is None
    assert validate(made.load()).codes("findings")


REFUSED = {
    "no children": ({"children": 0}, "children is a whole number from 1 to 1,000,000"),
    "too many": ({"children": 1_000_001}, "children is a whole number from 1 to 1,000,000"),
    "a part of a child": ({"children": 1.5}, "children is a whole number"),
    "a seed below 0": ({"seed": -1}, "seed is a whole number from 0 to 4,294,967,295"),
    "a year without rules": ({"year": "2019-20"}, "2019-20"),
    "no share": ({"faults": 0.0}, "more than 0 and at most 1"),
    "more than all": ({"faults": 1.5}, "more than 0 and at most 1"),
    "more cells than all": ({"sown": 1.1}, "sown is a share of all cells, from 0 to 1"),
    "less than none": ({"sown": -0.1}, "sown is a share of all cells, from 0 to 1"),
    "no such rule": ({"faults": ["999"]}, "no rule 999"),
    "no such authority": ({"authority": "Nowhere"}, "Nowhere"),
    "more rules than children": ({"children": 1, "faults": ["101", "102"]}, "2 rules cannot each have a child"),
    "a rule that no file breaks": (
        {"faults": ["105"]},
        "rule 105 fires on what no file of a return holds: Header.UASC",
    ),
    "last year's return": ({"faults": ["503A"], "previous": False}, "rule 503A reads last year's return"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_makes_no_sense_is_refused(case: str) -> None:
    given, said = REFUSED[case]
    with pytest.raises(ConfigError, match=said):
        synthesise(**({"children": 10, "year": "2024-25"} | given))  # type: ignore[arg-type]


def test_one_rule_may_be_given_by_itself() -> None:
    made = synthesise(3, year="2024-25", faults="101")
    assert [fault.rule for fault in made.faults.values()] == ["101"]


def test_it_takes_no_hypothesis() -> None:
    script = "import sys; from returns903.testing import synthesise as s; s(3, year='2024-25'); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "polars" in done.stdout.split()
    assert "hypothesis" not in done.stdout.split()
