"""The rules find what they found when it was last accepted, in returns that stay the same."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from returns903 import Return
from returns903.rules import definitions_in_force
from returns903.years import RULE_YEARS
from tools import ratchet

IN_NO_FILE = {"105", "164", "205C", "303", "411"}
"""Rules that find little or nothing in CSV files: they ask for columns worked out from others, and brought wrong."""
NOT_YET = {"2026-27": {"706"}}
"""Rules that cannot run in the first year of their table."""


def test_the_findings_are_those_that_were_accepted() -> None:
    changed = list(ratchet.changes(ratchet.kept(), ratchet.findings()))
    assert changed == [], 'if this is meant: python tools/ratchet.py --accept "why"'


@pytest.mark.parametrize("label", RULE_YEARS)
def test_every_rule_in_force_finds_something_in_the_return_of_its_year(label: str) -> None:
    found = ratchet.kept()[label]
    silent = {d.code for d in definitions_in_force(label) if "rows" not in found.get(d.code, "passed")}
    assert silent - NOT_YET.get(label, set()) <= IN_NO_FILE


def sexes(*codes: str) -> dict[str, str]:
    """What is kept of a return of children with these sexes."""
    header = pl.DataFrame({"CHILD": [f"A{n}" for n in range(len(codes))], "SEX": codes})
    return ratchet.of_return(Return.from_frames({"Header": header}, year="2024-25"), "2024-25")


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        (("F", "9"), ("F", "9"), []),
        (("F", "9"), ("9", "9"), ["2024-25: rule 101: 1 rows -> 2 rows"]),
        (("F", "9"), ("F", "F"), ["2024-25: rule 101: 1 rows -> passed"]),
        (("F", "9"), ("9", "F"), ["2024-25: rule 101: other 1 rows"]),
    ],
)
def test_a_change_is_told_by_return_rule_and_number(
    before: tuple[str, ...], now: tuple[str, ...], told: list[str]
) -> None:
    assert list(ratchet.changes({"2024-25": sexes(*before)}, {"2024-25": sexes(*now)})) == told


def test_what_is_accepted_is_kept_with_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ratchet, "KEPT", tmp_path / "findings.json")
    monkeypatch.setattr(ratchet, "LOG", tmp_path / "accepted.md")
    assert ratchet.kept() == {}
    ratchet.accept("The code 9 is gone.", ["2024-25: rule 101: passed -> 1 rows"], {"2024-25": sexes("9")})
    assert ratchet.kept() == {"2024-25": sexes("9")}
    assert ratchet.LOG.read_text() == "\n## The code 9 is gone.\n\n- 2024-25: rule 101: passed -> 1 rows\n"
