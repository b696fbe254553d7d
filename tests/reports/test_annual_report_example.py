"""The example of the annual report: its files, and the published tables that it reproduces."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from returns903 import derive
from tests.reports.tables_example import CATEGORIES, EXAMPLE, example

PUBLISHED = [
    ("E14", 8),
    ("E11", 14),
    ("E12", 5),
    ("E15", 5),
    ("E3", 57),
    ("E9", 13),
    ("E2", 2),
    ("E6", 35),
    ("E5", 91),
    ("E41", 10),
    ("E4A", 74),
    ("E4B", 20),
    ("E45|E46|E47|E48", 39),
    ("E45|E46|E47|E48", 1),
    ("E7", 71),
    ("LOCAL", 11),
]
"""The rows that an authority published for 2018-19, in its order: code and children. Its total claimed 475."""
ONE_NIGHT = "One night before dispersal on the Pan-London rota"
LEGAL_STATUS = {"V2": 406, "C1": 129, "C2": 268, "E1": 32}


def test_the_leaving_reasons_are_the_published_ones() -> None:
    found = derive.leaving_care_reasons(example(), categories=CATEGORIES)
    shown = [
        (reason or {"local": "LOCAL", "total": "TOTAL"}[kind], children)
        for kind, reason, children in found.select("kind", "reason", "children").iter_rows()
    ]
    assert len(shown) == len(PUBLISHED) + 1
    for (code, children), (published, number) in zip(shown, PUBLISHED, strict=False):
        assert code in published.split("|")
        assert children == number
    assert shown[-1] == ("TOTAL", 456)
    assert found.filter(kind="local").select("category", "children").row(0) == (ONE_NIGHT, 11)
    assert abs(found.get_column("percent")[:-1].sum() - 100) < 1e-9


def test_without_the_local_row_its_children_are_under_their_reason() -> None:
    found = derive.leaving_care_reasons(example())
    assert found.filter(reason="E3").get_column("children").item() == 57 + 11
    assert found.filter(kind="total").get_column("children").item() == 456


def test_the_legal_statuses_are_the_published_ones() -> None:
    found = derive.legal_status_on(example(), example().year.end)
    assert dict(found.select("legal_status", "children").iter_rows()) == LEGAL_STATUS


def test_nothing_in_it_is_left_unjudged() -> None:
    assert derive.not_judged(example()).get_column("rows").sum() == 0
    assert not example().reading.filter(kind="unreadable").height


def test_the_files_are_those_that_the_script_makes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(EXAMPLE / "make.py"), str(tmp_path)], check=True)
    made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.csv"))
    assert made == sorted(path.relative_to(EXAMPLE) for path in EXAMPLE.rglob("*.csv"))
    for path in made:
        assert (tmp_path / path).read_bytes() == (EXAMPLE / path).read_bytes()
