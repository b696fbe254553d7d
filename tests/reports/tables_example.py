"""The example return of `examples/annual-report`, read once for all tests of tables."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polars as pl

import returns903
from returns903.derive import local_categories
from returns903.published.collect import Tables, chosen, collect
from returns903.published.definition import Options
from returns903.reports.tables.pack import definitions
from returns903.returns import Return

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "annual-report"
CATEGORIES = EXAMPLE / "local-categories.toml"
NASTY = '=HYPERLINK("http://x.test")<script>alert(1)</script>&'
"""What a name may hold at worst."""


@cache
def example() -> Return:
    """This year's return and last year's."""
    return returns903.read_return(
        EXAMPLE / "return", previous=EXAMPLE / "previous", year="2018-19", local_authority="E09000002"
    )


@cache
def pack(method: str = "suppress") -> Tables:
    """The annual report of the example."""
    options = Options(tuple(local_categories(CATEGORIES)), 90_000)
    return collect(example(), definitions(), method, options, beside=True)


@cache
def everything(method: str = "none") -> Tables:
    """All tables of the example, those of children too where the method lets them."""
    return collect(example(), chosen(None, method), method, Options(tuple(local_categories(CATEGORIES)), 90_000))


def small(child: str = "=1+1", name: str | None = None) -> Return:
    """A return of one child who left care."""
    episodes = {
        "CHILD": [child],
        "DECOM": ["01/05/2024"],
        "RNE": ["S"],
        "LS": ["V2"],
        "PLACE": ["U6"],
        "DEC": ["02/05/2024"],
        "REC": ["E3"],
    }
    frames = {"Episodes": pl.DataFrame(episodes), "Header": pl.DataFrame({"CHILD": [child], "DOB": ["01/01/2010"]})}
    return Return.from_frames(frames, year="2024-25", local_authority=name)
