"""Ages by sex, flows by quarter, and the tables in which asylum-seeking and other children stand apart."""

from __future__ import annotations

import polars as pl
import pytest

from returns903 import Return
from returns903.published.asylum_tables import CUT
from returns903.published.catalogue import DEFINITIONS
from returns903.published.definition import Options
from returns903.testing import synthesise
from tests.reports.tables_example import pack

SEEKING, OTHERS = "unaccompanied asylum-seeking", "others"
EPISODES = [
    ("A", "10/04/2024", "S", "V2", "N8", "U6", "20/02/2025", "E4A"),
    ("B", "10/12/2024", "S", "C2", "N1", "U4", None, None),
    ("C", "30/06/2024", "S", "V2", "N8", "K2", None, None),
    ("D", "01/07/2024", "S", "C2", "N1", "U4", "31/12/2024", "E3"),
    ("D", "01/01/2025", "S", "C2", "N1", "U4", None, None),
]
CHILDREN = [("A", "01/01/2010", "1"), ("B", "01/01/2012", "2"), ("C", "01/01/2009", "1"), ("D", "01/01/2024", "2")]
NUMBERS = ("starts", "children_started", "ceasings", "children_ceased")


def made() -> Return:
    """Two asylum-seeking children, of whom one left, and two others, of whom one left and came back."""
    names = ["CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "DEC", "REC"]
    tables = {
        "Header": pl.DataFrame(CHILDREN, schema=["CHILD", "DOB", "SEX"], orient="row"),
        "Episodes": pl.DataFrame(EPISODES, schema=names, orient="row"),
        "UASC": pl.DataFrame({"CHILD": ["A", "C"], "DUC": [None, None]}, schema_overrides={"DUC": pl.String}),
    }
    return Return.from_frames(tables, year="2024-25")


def table(name: str, ret: Return | None = None) -> pl.DataFrame:
    return DEFINITIONS[name].make(ret or made(), Options())


@pytest.mark.parametrize(
    ("group", "found"),
    [
        ("all", [(2, 2, 0, 0), (1, 1, 0, 0), (1, 1, 1, 1), (1, 0, 1, 1)]),
        (SEEKING, [(2, 2, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0), (0, 0, 1, 1)]),
        (OTHERS, [(0, 0, 0, 0), (1, 1, 0, 0), (1, 1, 1, 1), (1, 0, 0, 0)]),
    ],
)
def test_starts_and_ceasings_of_a_quarter(group: str, found: list[tuple[int, ...]]) -> None:
    assert table("starts_by_quarter").filter(asylum=group).select(NUMBERS).rows() == found


@pytest.mark.parametrize(
    ("sex", "ages"),
    [("male", {"16 and over": 1, "total": 1}), ("female", {"1 to 4": 1, "10 to 15": 1, "total": 2})],
)
def test_children_by_age_for_each_sex(sex: str, ages: dict[str, int]) -> None:
    found = table("age_by_sex").filter(pl.col("children") > 0, sex=sex)
    assert dict(found.select("category", "children").rows()) == ages


@pytest.mark.parametrize(
    ("name", "rows", "seeking", "others"),
    [
        ("breakdowns_by_asylum", (pl.col("breakdown") == "age_band") & (pl.col("category") == "16 and over"), 1, 0),
        ("leaving_groups_by_asylum", pl.col("kind") == "total", 1, 1),
        ("placement_stability_by_asylum", pl.col("measure") == "one_placement", 1, 1),
        ("placement_distance_by_asylum", pl.col("distance") == "total", 1, 2),
        ("health_by_asylum", (pl.col("measure") == "health_assessment") & (pl.col("category") == "total"), 0, 0),
    ],
)
def test_asylum_seeking_and_other_children_apart(name: str, rows: pl.Expr, seeking: int, others: int) -> None:
    found = table(name).filter(rows)
    assert dict(found.select("asylum", "children").rows()) == {SEEKING: seeking, OTHERS: others}


@pytest.mark.parametrize(("whole", "name"), CUT.items())
def test_the_groups_make_up_the_table_that_is_cut(whole: str, name: str) -> None:
    ret = synthesise(200, year="2024-25", seed=3).load()
    apart, every = table(name, ret), table(whole, ret)
    counts = list(DEFINITIONS[name].counts)
    labels = [column for column in apart.columns if column in every.columns and apart[column].dtype == pl.String]
    sums = apart.group_by(labels, maintain_order=True).agg(pl.col(counts).sum())
    assert sums.height * 2 == apart.height
    assert sums.join(every, on=[*labels, *counts], how="anti", nulls_equal=True).is_empty()


def test_a_percentage_is_of_its_group() -> None:
    found = table("age_by_sex").filter(sex="female", category="10 to 15")
    assert found["percent"].to_list() == [50]
    apart = table("placement_distance_by_asylum").filter(pl.col("distance") == "total")
    assert apart["percent"].to_list() == [100, 100]


def test_the_annual_report_shows_them_with_what_they_are_cut_from() -> None:
    shown = [sheet.of.name for sheet in pack().sheets]
    for whole, name in CUT.items():
        assert shown.index(whole) < shown.index(name)
