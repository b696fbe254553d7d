"""The file of comparisons: what it may say, and whether a figure meets its target."""

from __future__ import annotations

from pathlib import Path

import pytest

from returns903.errors import ConfigError
from returns903.published.compare import Comparison, comparisons

FILE = """\
measure,Target,tolerable,England,Statistical neighbours
reviews_up_to_date,95,90,,
three_or_more_placements,8,10.5,10%,9.5

looked_after_rate,,,64,71
within_20_miles,80,,,
"""


def made(folder: Path, text: str) -> Path:
    path = folder / "compare.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_is_read(tmp_path: Path) -> None:
    found = comparisons(made(tmp_path, "\ufeff" + FILE))
    assert found.others == ("England", "Statistical neighbours")
    assert found.of["three_or_more_placements"] == Comparison("three_or_more_placements", 8, 10.5, (10, 9.5))
    assert found.of["looked_after_rate"] == Comparison("looked_after_rate", None, None, (64, 71))
    assert found.has_targets


@pytest.mark.parametrize(
    ("measure", "target", "tolerable", "value", "state"),
    [
        ("reviews_up_to_date", 95, 90, 95.0, "met"),
        ("reviews_up_to_date", 95, 90, 94.96, "met"),  # printed as 95.0
        ("reviews_up_to_date", 95, 90, 94.94, "near"),
        ("reviews_up_to_date", 95, 90, 90.0, "near"),
        ("reviews_up_to_date", 95, 90, 89.9, "missed"),
        ("reviews_up_to_date", 95, None, 94.9, "missed"),
        ("three_or_more_placements", 8, 10, 8.0, "met"),
        ("three_or_more_placements", 8, 10, 8.1, "near"),
        ("three_or_more_placements", 8, 10, 10.1, "missed"),
        ("looked_after_rate", None, None, 64.0, None),
    ],
)
def test_a_figure_meets_its_target(
    measure: str, target: float | None, tolerable: float | None, value: float, state: str | None
) -> None:
    assert Comparison(measure, target, tolerable, ()).state(value) == state


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "begins with headings"),
        ("England,London\n", "begins with headings"),
        ("measure,England,England\n", "begins with headings"),
        ("measure,,England\n", "begins with headings"),
        ("measure," + ",".join("ABCDEFGHI") + "\n", "begins with headings"),
        ("measure,England\nSECRET,1\n", "line 2, holds no measure that can be compared"),
        ("measure,England\nwithin_20_miles,SECRET\n", "line 2, holds a cell that is no number"),
        ("measure,England\nwithin_20_miles,-1\n", "line 2, holds a cell that is no number"),
        ("measure,England\nwithin_20_miles,1,2\n", "line 2, holds more cells than there are headings"),
        ("measure,England\nwithin_20_miles,1\nwithin_20_miles,1\n", "line 3, holds a measure that a line before it"),
        ("measure,target\nlooked_after_rate,60\n", "line 2, holds a target for looked_after_rate"),
        ("measure,tolerable\nwithin_20_miles,60\n", "line 2, holds a tolerable figure"),
        ("measure,target,tolerable\nwithin_20_miles,60,61\n", "line 2, holds a tolerable figure"),
        ("measure,target,tolerable\nthree_or_more_placements,8,7\n", "line 2, holds a tolerable figure"),
    ],
)
def test_what_makes_no_sense_is_refused_and_not_quoted(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said) as raised:
        comparisons(made(tmp_path, text))
    assert "SECRET" not in str(raised.value)


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "compare.csv"
    path.write_bytes(b"measure,\xff\xfe\n")
    with pytest.raises(ConfigError, match="cannot be read as CSV"):
        comparisons(path)
    with pytest.raises(ConfigError, match="cannot be read"):
        comparisons(tmp_path / "none.csv")
