"""The summary of a batch: by rule, state and authority, as frames and in every form. It holds no identifier."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

import polars as pl
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from returns903 import __version__
from returns903.batch.work import Entry
from returns903.pages.grid import Column, Grid
from returns903.pages.html import Article, Card, Chapter, Page, render
from returns903.reference import authorities
from returns903.reports.text import WIDTH, drawn
from returns903.rules import code_order
from returns903.words import counted, printable, sentence

STATES = {"failed": "failed", "findings": "with findings", "passed": "passed"}
"""What is said of returns by how they ended."""
RULES_SHOWN = 20
"""Rules that the text shows, those with most findings."""
_ENDED = {"passed": "passed", "findings": "with_findings", "skipped": "skipped", "crashed": "crashed"}
_RETURNS = {
    **dict.fromkeys(("return", "year", "authority", "state"), pl.String),
    **dict.fromkeys(("errors", "queries", *_ENDED.values()), pl.UInt32),
    "why": pl.String,
}
NOT_MATCHED = (
    "Children are counted return by return: identifiers are an authority's own, and a child in two returns is two."
)


def states(entries: Iterable[Entry]) -> dict[str, int]:
    """How many returns ended in each state."""
    ended = [entry.state for entry in entries]
    return {state: ended.count(state) for state in STATES}  # type: ignore[arg-type]


def returns(entries: Iterable[Entry]) -> pl.DataFrame:
    """See `Batch.returns`."""
    rows = [
        {
            "return": entry.name,
            "year": entry.year,
            "authority": entry.authority,
            "state": entry.state,
            "errors": entry.errors if entry.digest else None,
            "queries": entry.queries if entry.digest else None,
            **{name: entry.rules.get(state) for state, name in _ENDED.items()},
            "why": "; ".join(entry.why) or None,
        }
        for entry in entries
    ]
    return pl.DataFrame(rows, schema=_RETURNS, orient="row")


def by_rule(outcomes: pl.LazyFrame) -> pl.DataFrame:
    """See `Batch.by_rule`."""
    counts = {name: (pl.col("state") == state).sum().cast(pl.UInt32) for state, name in _ENDED.items()}
    if "rule" not in outcomes.collect_schema():
        numbers = dict.fromkeys(("findings", "children", *counts), pl.UInt32)
        texts = dict.fromkeys(("rule", "severity"), pl.String)
        return pl.DataFrame(schema={**texts, **numbers, "message": pl.String})
    found = (
        outcomes.sort("year", "return", maintain_order=True)
        .group_by("rule")
        .agg(
            pl.col("severity").last(),
            pl.col("findings", "children").sum(),
            **counts,
            message=pl.col("message").drop_nulls().last(),
        )
        .collect()
    )
    order = sorted(found.get_column("rule"), key=code_order)
    return found.sort(pl.col("rule").cast(pl.Enum(order)))


def files(entries: Sequence[Entry], rules: pl.DataFrame) -> dict[str, bytes]:
    """The summary in every form, by the name of its file."""
    listed = returns(entries)
    return {
        "summary.txt": drawn(text(entries, rules), width=WIDTH, color_system=None).encode("utf-8", "replace"),
        "summary.json": to_json(entries, rules).encode(),
        "summary.html": _page(entries, listed, rules).encode(),
        "returns.parquet": _parquet(listed),
        "rules.parquet": _parquet(rules),
    }


def to_json(entries: Sequence[Entry], rules: pl.DataFrame) -> str:
    """One object: version, states, returns and rules, with the columns of `Batch.returns` and `Batch.by_rule`."""
    told = {
        "version": __version__,
        "states": states(entries),
        "returns": returns(entries).to_dicts(),
        "rules": rules.to_dicts(),
    }
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def text(entries: Sequence[Entry], rules: pl.DataFrame) -> RenderableType:
    """The summary as something rich can print."""
    return Group(*_parts(entries, rules))


def _parts(entries: Sequence[Entry], rules: pl.DataFrame) -> Iterator[RenderableType]:
    yield Text(_headline(entries), style="bold")
    for entry in entries:
        for why in entry.why:
            yield Text(printable(f"failed: {entry.name}: {why}"), style="bold red")
    listed = returns(entries).with_columns(authority=_named("authority")).drop("why", "crashed")
    yield _table("Returns", listed)
    found = rules.filter(pl.col("findings") > 0).sort("findings", descending=True, maintain_order=True)
    if not found.is_empty():
        shown = found.head(RULES_SHOWN).select("rule", "severity", "findings", "children", "with_findings", "message")
        yield _table("Rules", shown.rename({"with_findings": "returns"}))
        if found.height > RULES_SHOWN:
            yield Text(f"and {found.height - RULES_SHOWN} more rules with findings", style="dim")
        yield Text(NOT_MATCHED, style="dim")


def _headline(entries: Sequence[Entry]) -> str:
    said = [f"{many:,} {STATES[state]}" for state, many in states(entries).items() if many]
    errors, queries = sum(entry.errors for entry in entries), sum(entry.queries for entry in entries)
    found = f"{counted(errors, 'error')} and {counted(queries, 'query', 'queries')}"
    return f"{counted(len(entries), 'return')}: {', '.join(said)}. {found}."


def _named(column: str) -> pl.Expr:
    return pl.col(column).replace({each.ons: each.name for each in authorities.all_authorities()})


def _table(title: str, frame: pl.DataFrame) -> Table:
    listed = Table(title=title, title_justify="left", box=None, padding=(0, 2, 0, 0), header_style="dim")
    for name, dtype in frame.schema.items():
        listed.add_column(name.replace("_", " "), justify="right" if dtype.is_numeric() else "left", overflow="fold")
    for row in frame.iter_rows():
        listed.add_row(*(_cell(value) for value in row))
    return listed


def _cell(value: object) -> Text:
    said = "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)
    return Text(printable(said))


def _page(entries: Sequence[Entry], listed: pl.DataFrame, rules: pl.DataFrame) -> str:
    many = states(entries)
    cards = [Card(f"{many[state]:,}", f"Returns {said}") for state, said in STATES.items()]
    frames: Mapping[str, pl.DataFrame] = {
        "Returns": listed.with_columns(authority=_named("authority")),
        "Rules": rules.filter(pl.col("findings") > 0),
        "Rules without findings": rules.filter(pl.col("findings") == 0),
    }
    chapters = tuple(
        Chapter(title, (Article(title.lower().replace(" ", "-"), title, (_grid(frame),)),))
        for title, frame in frames.items()
    )
    return render(
        Page(
            "SSDA903 returns",
            _headline(entries),
            chapters,
            f"returns903 {__version__}",
            notes=[NOT_MATCHED],
            cards=cards,
            has_contents=True,
        )
    )


def _grid(frame: pl.DataFrame) -> Grid:
    columns = tuple(
        Column(sentence(name), "count" if dtype.is_numeric() else "text") for name, dtype in frame.schema.items()
    )
    return Grid("", columns, tuple(frame.iter_rows()))


def _parquet(frame: pl.DataFrame) -> bytes:
    target = io.BytesIO()
    frame.rechunk().write_parquet(target)
    return target.getvalue()
