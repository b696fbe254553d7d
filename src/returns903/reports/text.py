"""The report on the terminal. It holds no cell of the return; identifiers of children only when asked for."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from returns903 import __version__
from returns903.errors import ConfigError
from returns903.reference import authorities
from returns903.reports.summary import HINTS, Found, found, not_run
from returns903.results import Result

CODES_SHOWN = 12


def render(result: Result, *, show_ids: bool = False) -> RenderableType:
    """The report as something rich can print."""
    return Group(*_parts(result, show_ids))


def write(result: Result, console: Console, *, show_ids: bool = False) -> None:
    """Print the report."""
    console.print(render(result, show_ids=show_ids))


def _parts(result: Result, show_ids: bool) -> Iterator[RenderableType]:
    yield _heading(result)
    yield _inputs(result)
    yield from _reading(result)
    errors, queries = found(result, "error"), found(result, "query")
    for title, style, items in (("Errors", "bold red", errors), ("Queries", "bold yellow", queries)):
        if items:
            yield Text(f"\n{title}: {_counted(items)}", style=style)
            yield _findings(items, show_ids)
    yield from _crashed(result)
    yield from _skipped(result)
    passed = len(result.codes("passed"))
    yield Text(f"\n{passed:,} of {len(result.outcomes):,} rules found nothing wrong.", style="green" if passed else "")
    yield _next(result, errors + queries)


def _heading(result: Result) -> Text:
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
        grid.add_row(f"{item.table}{' (last year)' if item.previous else ''}", f"{item.rows:,} rows", item.file)
    return Padding(grid, (0, 0, 0, 2))


def _reading(result: Result) -> Iterator[RenderableType]:
    notes = result.the_return.notes
    unreadable = [note for note in notes if note.kind == "unreadable"]
    if unreadable:
        columns = sorted({f"{note.table}.{note.column}" for note in unreadable})
        first = ", ".join(note.place or "" for note in unreadable[:3])
        yield Text(f"\nUnreadable dates: {len(unreadable):,}, in {', '.join(columns)} (first: {first})", style="yellow")
    others = [note for note in notes if note.kind not in ("unreadable", "inferred")]
    if others:
        yield Text("\nWhile reading:" if not unreadable else "While reading:")
        for note in others:
            yield Padding(Text(f"{note.place}: {note.message}" if note.place else note.message), (0, 0, 0, 2))


def _counted(items: list[Found]) -> str:
    rules, rows = len(items), sum(item.rows for item in items)
    return f"{rows:,} row{'s' * (rows != 1)} flagged by {rules:,} rule{'s' * (rules != 1)}"


def _findings(items: list[Found], show_ids: bool) -> Table:
    listed = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    listed.add_column("rule", no_wrap=True)
    listed.add_column("rows", justify="right", no_wrap=True)
    listed.add_column("children", justify="right", no_wrap=True)
    listed.add_column("what is wrong", ratio=3)
    listed.add_column("first at", ratio=2, overflow="fold")
    if show_ids:
        listed.add_column("first children", ratio=1, overflow="fold")
    for item in items:
        cells: list[str | Text] = [
            item.rule.code,
            f"{item.rows:,}",
            f"{item.children:,}",
            Text(item.rule.message),
            Text(_places(item)),
        ]
        listed.add_row(*cells, *([Text(", ".join(item.ids))] if show_ids else []))
    return listed


def _places(item: Found) -> str:
    """``episodes.csv:12, 15, 20``: the file once for the lines that follow each other in it."""
    shown, last = [], None
    for place in item.places:
        file, _, line = place.rpartition(":")
        shown.append(line if file and file == last else place)
        last = file
    return ", ".join(shown) + (", …" if item.rows > len(item.places) else "")


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
    yield Text(f"\nDid not run: {sum(map(len, reasons.values()))} rules", style="bold")
    listed = Table(box=None, show_header=False, padding=(0, 2, 0, 2))
    for _ in range(3):
        listed.add_column(overflow="fold")
    for reason, codes in reasons.items():
        more = f" and {len(codes) - CODES_SHOWN} more" if len(codes) > CODES_SHOWN else ""
        hint = f"→ {HINTS[reason]}" if reason in HINTS else ""
        listed.add_row(reason, f"{', '.join(codes[:CODES_SHOWN])}{more}", hint)
    yield listed


def _next(result: Result, items: list[Found]) -> Text:
    if not items:
        return Text("Nothing was flagged.", style="bold green")
    most = max(items, key=lambda item: item.rows).rule.code
    return Text(
        f"\nNext: 'returns903 rule {most}' explains a rule and how to mend it; "
        "'--format csv --output findings.csv' lists every row flagged.",
        style="dim",
    )
