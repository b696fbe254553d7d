"""A solver tries to work out what is suppressed, from all the files of a run and from those of two runs together."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from returns903.reports.tables.catalogue import AGGREGATES
from returns903.reports.tables.collect import _last_year, collect
from returns903.reports.tables.pack import definitions
from returns903.reports.tables.write import Target
from returns903.returns import Return
from returns903.testing import synthesise
from returns903.writing import Outputs
from tests.statistics.meaning import known, the_same
from tests.statistics.reader import Page, worked_out

HOW_MANY = int(os.environ.get("RETURNS903_RECOVERY", "2"))
"""How many returns are tried; `tox -e disclosure` tries 50."""
LARGEST, SMALLEST = 300, 30


def made(seed: int) -> Return:
    """A return of 30 to 300 children with the one before, every second one with faults sown over it."""
    children = SMALLEST + (LARGEST - SMALLEST) * (seed * 17 % 50) // 49
    return synthesise(children, seed=seed, year="2024-25", sown=0.01 * (seed % 2)).load()


def folders(ret: Return, folder: Path, *, beside: bool = False) -> tuple[Path, Path]:
    """The files as they are published, and with every number."""
    found = []
    for method in ("suppress", "none"):
        wanted = definitions() if beside else AGGREGATES
        Target(folder / method, "csv", Outputs()).write(collect(ret, wanted, method, beside=beside))
        found.append(folder / method)
    return found[0], found[1]


@pytest.mark.parametrize("seed", range(HOW_MANY))
def test_nothing_is_worked_out(seed: int, tmp_path: Path) -> None:
    ret = made(seed)
    before = _last_year(ret)
    assert before is not None
    for name in ("now", "pack", "last"):
        (tmp_path / name).mkdir()
    now = folders(ret, tmp_path / "now")
    pack = folders(ret, tmp_path / "pack", beside=True)
    last = folders(before, tmp_path / "last")
    year = "_" + ret.year.previous.label.replace("-", "_")

    def pages(n: int) -> list[Page]:
        return [Page(now[n]), Page(pack[n], 1, year), Page(last[n], 2)]

    seen, truth = pages(0), pages(1)
    assert len(seen[0].hidden()) > 100
    facts = [fact for page in seen for fact in known(page)] + list(the_same(seen[1], seen[2]))
    assert [(seen[n].folder.parent.name, cell) for n, cell in worked_out(seen, truth, facts)] == []
