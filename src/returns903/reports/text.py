"""The report on the terminal. It holds no cell of the return; identifiers of children only when asked for."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import polars as pl
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from returns903 import __version__
from returns903.errors import ConfigError
from returns903.reference import authorities
from returns903.reports.accepted import accepted, lapsed, weighed
from returns903.reports.summary import HINTS, LOUD, Found, Totals, change, changes, found, loud, not_run, totals
from returns903.results import Result
from returns903.words import counted, printable

CODES_SHOWN = 12
WIDTH = 120
"""Columns of a report where there is no terminal."""


def to_text(result: Result, *, show_ids: bool = False) -> str:
    """The report as it stands in a file."""
    return drawn(render(result, show_ids=show_ids), width=WIDTH, color_system=None)


def drawn(what: RenderableType, **options: Any) -> str:
    """Something that rich can print, as text, for the file or terminal that the options describe."""
    page = io.StringIO()
    Console(file=page, highlight=False, markup=False, emoji=False, **options).print(what)
    return page.getvalue()


def render(result: Result, *, show_ids: bool = False) -> RenderableType:
    """The report as something rich can print."""
    return Group(*_parts(result, show_ids))


def _parts(result: Result, show_ids: bool) -> Iterator[RenderableType]:
    yield heading(result)
    for line in loud(result):
        yield Text(line, style="bold red")
    if told := weighed(result):
        yield Text(told, style="yellow")
    yield _inputs(result)
    yield from _reading(result)
    errors, queries = found(result, "error"), found(result, "query")
    for title, style, items in (("Errors", "bold red", errors), ("Queries", "bold yellow", queries)):
        if items:
            yield Text(f"\n{title}: {_counted(totals(result, items[0].rule.severity))}", style=style)
            yield _findings(result, items, show_ids)
    yield from _accepted(result, show_ids)
    yield from _since(result)
    yield from _crashed(result)
    yield from _skipped(result)
    passed = len(result.codes("passed"))
    rules = counted(len(result.outcomes), "rule")
    yield Text(f"\n{passed:,} of {rules} found nothing wrong.", style="green" if passed else "")
    yield _next(result, errors + queries)


def heading(result: Result) -> Text:
    """What was validated, by what and for whom, in a line."""
    source = result.the_return
    authority = _authority(source.local_authority)
    rules = "" if result.rules_year == source.year.label else f", by the rules of {result.rules_year}"
    said = " (inferred)" if any(note.kind == "inferred" for note in source.notes) else ""
    return Text(f"returns903 {__version__} · {source.year.label}{said}{rules} · {authority}", style="bold")


def _authority(code: str | None) -> str:
    if code is None:
        return "authority not given"
    try:
        return f"{authorities.authority(code).name} ({code})"
    except ConfigError:
        return code


def _inputs(result: Result) -> RenderableType:
    grid = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    grid.add_column()
    grid.add_column(justify="right")
    grid.add_column(overflow="fold")
    for item in result.the_return.inputs:
        name = f"{item.table}{' (last year)' if item.previous else ''}"
        grid.add_row(Text(name), counted(item.rows, "row"), Text(printable(item.file)))
    return Padding(grid, (0, 0, 0, 2))


def _reading(result: Result) -> Iterator[RenderableType]:
    notes = result.the_return.notes
    unreadable = [note for note in notes if note.kind == "unreadable"]
    if unreadable:
        columns = sorted({f"{note.table}.{note.column}" for note in unreadable})
        first = printable(", ".join(note.place or "" for note in unreadable[:3]))
        yield Text(f"\nUnreadable dates: {len(unreadable):,}, in {', '.join(columns)} (first: {first})", style="yellow")
    said_elsewhere = {"unreadable", "inferred", "not read", *LOUD}
    others = [note for note in notes if note.kind not in said_elsewhere]
    if others:
        yield Text("\nWhile reading:" if not unreadable else "While reading:")
        for note in others:
            yield Padding(Text(note.said), (0, 0, 0, 2), expand=False)


def _counted(found: Totals) -> str:
    """How much was found: every finding, and the rows and children behind them, each once."""
    rows, children = counted(found.rows, "row"), counted(found.children, "child", "children")
    return f"{counted(found.findings, 'finding')} of {counted(found.rules, 'rule')}, in {rows} of {children}"


def _findings(result: Result, items: list[Found], show_ids: bool) -> Table:
    listed = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    listed.add_column("rule", no_wrap=True)
    listed.add_column("rows", justify="right", no_wrap=True)
    listed.add_column("children", justify="right", no_wrap=True)
    if result.acceptance is not None:
        listed.add_column("accepted", justify="right", no_wrap=True)
    listed.add_column("what is wrong", ratio=3)
    listed.add_column("first at", ratio=2, overflow="fold")
    if show_ids:
        listed.add_column("first children", ratio=1, overflow="fold")
    for item in items:
        cells: list[str | Text] = [
            item.rule.code,
            f"{item.rows:,}",
            f"{item.children:,}",
            *([f"{item.accepted:,}"] if result.acceptance is not None else []),
            Text(item.rule.message),
            Text(_places(item)),
        ]
        listed.add_row(*cells, *([Text(printable(", ".join(item.ids)))] if show_ids else []))
    return listed


def _places(item: Found) -> str:
    """``episodes.csv:12, 15, 20``: the file once for the lines that follow each other in it."""
    shown, last = [], None
    for spot in item.places:
        file, _, line = spot.rpartition(":")
        shown.append(line if file and file == last else spot)
        last = file
    return printable(", ".join(shown)) + (", …" if item.rows > len(item.places) else "")


def _accepted(result: Result, show_ids: bool) -> Iterator[RenderableType]:
    """What is accepted, and what no longer is; the reasons, which people wrote, only when asked for."""
    told = accepted(result)
    if told is None or result.acceptance is None:
        return
    yield Text(f"\n{told}", style="bold")
    if show_ids:
        listed = Table(box=None, padding=(0, 2, 0, 2), header_style="dim")
        for name in ("rule", "findings", "reason", "by", "until"):
            listed.add_column(name, justify="right" if name == "findings" else "left", overflow="fold")
        holding = result.acceptance.entries.filter(pl.col("findings") > 0)
        for rule, many, *words, until in holding.select("rule", "findings", "reason", "by", "until").iter_rows():
            listed.add_row(rule, f"{many:,}", *(Text(printable(word)) for word in words), f"{until:%d/%m/%Y}")
        yield listed
    lines = lapsed(result)
    for line in lines[:CODES_SHOWN]:
        yield Padding(Text(line, style="yellow"), (0, 0, 0, 2))
    if len(lines) > CODES_SHOWN:
        yield Padding(Text(f"and {len(lines) - CODES_SHOWN:,} more entries that hold no longer"), (0, 0, 0, 2))


def _since(result: Result) -> Iterator[RenderableType]:
    told = change(result)
    if told is None:
        return
    yield Text(f"\n{told}", style="bold")
    listed = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for name in ("rule", "new", "still there", "fixed"):
        listed.add_column(name, justify="left" if name == "rule" else "right")
    for each in changes(result):
        listed.add_row(each.rule, *(f"{many:,}" for many in (each.new, each.still_there, each.fixed)))
    if listed.row_count:
        yield listed


def _crashed(result: Result) -> Iterator[RenderableType]:
    crashed = result.codes("crashed")
    if crashed:
        yield Text(f"\nCrashed: {len(crashed)} (a fault of this program: please report it)", style="bold red")
        for code in crashed:
            yield Padding(Text(f"{code}: {result.outcomes[code].reason}"), (0, 0, 0, 2))


def _skipped(result: Result) -> Iterator[RenderableType]:
    reasons = not_run(result)
    if not reasons:
        return
    yield Text(f"\nDid not run: {counted(sum(map(len, reasons.values())), 'rule')}", style="bold")
    listed = Table(box=None, show_header=False, padding=(0, 2, 0, 2))
    for _ in range(3):
        listed.add_column(overflow="fold")
    for reason, codes in reasons.items():
        more = f" and {len(codes) - CODES_SHOWN} more" if len(codes) > CODES_SHOWN else ""
        hint = f"→ {HINTS[reason]}" if reason in HINTS else ""
        listed.add_row(Text(reason), f"{', '.join(codes[:CODES_SHOWN])}{more}", Text(hint))
    yield listed


def _next(result: Result, items: list[Found]) -> Text:
    if not items:
        return Text("Nothing was flagged.", style="bold" if result.failures else "bold green")
    most = max(items, key=lambda item: item.rows).rule.code
    return Text(
        f"\nNext: 'returns903 rule {most}' explains a rule and how to mend it; "
        "'--output work.xlsx' makes a list to work from, and '--output findings.csv' lists every row flagged.",
        style="dim",
    )
