"""A solver tries to work out what is suppressed, from all the files of a run and from those of two runs together."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from returns903.published.catalogue import AGGREGATES
from returns903.published.collect import Sheet, _last_year, collect
from returns903.reports.tables.pack import definitions
from returns903.reports.tables.write import Target
from returns903.returns import Return
from returns903.testing import synthesise
from returns903.writing import Outputs
from tests.statistics.meaning import known, the_same
from tests.statistics.reader import Fact, Page, worked_out

HOW_MANY = int(os.environ.get("RETURNS903_RECOVERY", "2"))
"""How many returns are tried; `tox -e disclosure` tries 50."""
LARGEST, SMALLEST = 300, 30


def made(seed: int) -> Return:
    """A return of 30 to 300 children with the one before, every second one with faults sown over it."""
    children = SMALLEST + (LARGEST - SMALLEST) * (seed * 17 % 50) // 49
    return synthesise(children, seed=seed, year="2024-25", sown=0.01 * (seed % 2)).load()


def folders(ret: Return, folder: Path, *, beside: bool = False) -> tuple[Path, Path, list[Sheet]]:
    """The files as they are published, and with every number; and the tables that pages print."""
    found = {}
    for method in ("suppress", "none"):
        found[method] = collect(ret, definitions() if beside else AGGREGATES, method, beside=beside)
        Target(folder / method, "csv", Outputs()).write(found[method])
    return folder / "suppress", folder / "none", list(found["suppress"].sheets)


def bounded(sheets: Iterable[Sheet], page: Page) -> Iterator[Fact]:
    """What pages say of suppressed percentages: that they are 99 or more, or 5 or less."""
    for sheet in sheets:
        shares = {p.column: p for p in sheet.of.percentages}
        for column, said in sheet.bounds.to_dict(as_series=False).items():
            of, over = shares[column].of, str(shares[column].over)
            for row, bound in enumerate(said):
                if bound is not None:
                    whole = page.value((sheet.of.name, row, over))
                    part = page.at(sheet.of.name, row, of)
                    at_least = Fact((), part, equal=False, more=-(-bound * whole // 100))
                    yield at_least if bound > 0 else Fact(part, (), equal=False, more=-(-bound * whole // 100))


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

    seen, truth = (
        [Page(of_now), Page(of_pack, 1, year), Page(of_last, 2)]
        for of_now, of_pack, of_last in zip(now[:2], pack[:2], last[:2], strict=True)
    )
    assert len(seen[0].hidden()) > 100
    sheets = [now[2], [sheet.last_year for sheet in pack[2] if sheet.last_year], last[2]]
    told = [fact for printed, page in zip(sheets, seen, strict=True) for fact in bounded(printed, page)]
    assert told or len(ret["Header"]) < 150
    facts = [*told, *(fact for page in seen for fact in known(page)), *the_same(seen[1], seen[2])]
    assert [(seen[n].folder.parent.name, cell) for n, cell in worked_out(seen, truth, facts)] == []
