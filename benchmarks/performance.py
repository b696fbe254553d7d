"""The tables of docs/performance.md, from what was measured: python benchmarks/performance.py writes them again."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

BEGIN, END = "<!-- measured: written by benchmarks/compare.py -->", "<!-- end of measured -->"
TITLE = "{:,} children, all rules, last year's return, postcodes and providers"
TITLES = {
    "small": "A small return, and none",
    "reports": "Some 50,000 findings, in each form",
    "tables": "The published tables of 10,000 children",
    "batch": "150 authorities of 800 children each, last year's returns beside them",
}
_HEAD = ("| | wall s (least to most) | CPU s | peak MiB | findings | runs |", "|---|---|---|---|---|---|")


def write(kept: Mapping[str, Any], page: Path) -> None:
    """Put the tables between the marks of a page."""
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        sys.exit(f"{page.name} has no place for what is measured: {BEGIN} and {END}")
    page.write_text(f"{before}{BEGIN}\n\n{chr(10).join(_lines(kept))}\n{END}{after}", encoding="utf-8")


def _lines(kept: Mapping[str, Any]) -> Iterator[str]:
    for part in sorted(kept, key=lambda name: (not name.isdigit(), int(name) if name.isdigit() else 0)):
        yield f"### {TITLES[part] if part in TITLES else TITLE.format(int(part))}"
        yield ""
        yield f"{kept[part]['machine']}."
        yield ""
        yield from _HEAD
        yield from (_row(row) for row in kept[part]["rows"])
        yield ""
        yield from (f"{line}" for line in _ratios(part, {row["name"]: row for row in kept[part]["rows"]}))


def _row(row: Mapping[str, Any]) -> str:
    if not row["runs"]:
        return f"| {row['name']} | more than {row['wall']:,.0f} | | | | 0 |"
    found = "" if row["findings"] is None else f"{row['findings']:,}"
    wall = f"{row['wall']:,.2f} ({row['least']:,.2f} to {row['most']:,.2f})"
    return f"| {row['name']} | {wall} | {row['cpu']:,.2f} | {row['peak']:,.0f} | {found} | {row['runs']} |"


def _ratios(part: str, rows: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """What the targets are about, in words."""
    for row in rows.values():
        if row["runs"] and row["note"]:
            yield f"Of the {row['name']}: {row['note']}."
            yield ""
    ours, theirs = rows.get("returns903"), rows.get("published validator")
    if ours is not None:
        floor = rows["polars reads the files"]
        said = [f"Ours takes {ours['wall'] / floor['wall']:.1f} times the wall time of reading the files"]
        said += [f"{1e6 * ours['cpu'] / int(part):,.0f} microseconds of CPU time a child"]
        if theirs is not None:
            least = "at least " if not theirs["runs"] else ""
            said += [f"the published validator takes {least}{theirs['wall'] / ours['wall']:.0f} times ours"]
        if theirs is not None and theirs["runs"]:
            said += [f"and {theirs['peak'] / ours['peak']:.1f} times the memory"]
        yield from textwrap.wrap(f"{', '.join(said)}.", 120)
        yield ""
    if part == "batch":
        one, two = rows["batch, 1 process"], rows["batch, 2 processes"]
        faster = one["wall"] / two["wall"]
        yield f"Two processes are {faster:.2f} times as fast as one: {two['wall'] / 150:.2f} s a return."
        yield ""
    if part == "small":
        again = rows["nine children, 101 times"]["cpu"] - rows["nine children, once"]["cpu"]
        polars = rows["import polars"]["cpu"]
        ratio = again / 100 / polars
        yield f"Nine children again take {10 * again:.0f} ms of CPU time, {ratio:.2f} times importing polars."
        yield ""


if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    write(json.loads((here / "measured.json").read_text(encoding="utf-8")), here.parent / "docs" / "performance.md")
