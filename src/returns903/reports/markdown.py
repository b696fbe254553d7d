"""The result as Markdown, for the summary of a job or a message. No cell; identifiers only when asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from returns903.reports.accepted import accepted, lapsed, weighed
from returns903.reports.summary import HINTS, Found, change, changes, found, loud, not_run
from returns903.results import Result
from returns903.words import counted, printable


def to_markdown(result: Result, *, show_ids: bool = False) -> str:
    """What was found, rule by rule, and what did not run."""
    return "\n".join(_lines(result, show_ids)) + "\n"


def _lines(result: Result, show_ids: bool) -> Iterator[str]:
    rules = "" if result.rules_year == result.the_return.year.label else f", by the rules of {result.rules_year}"
    yield f"# SSDA903 return of {result.the_return.year.label}{rules}"
    yield ""
    for said in loud(result):
        yield f"> **{_safe(said)}**"
        yield ""
    if told := weighed(result):
        yield _safe(told)
        yield ""
    yield from _table(("", "findings", "rules", "rows", "children"), list(_counts(result)))
    for title, severity in (("Errors", "error"), ("Queries", "query")):
        rows = [_row(result, item, show_ids) for item in found(result, severity)]
        if rows:
            yield f"## {title}"
            yield ""
            apart = ("accepted",) if result.acceptance is not None else ()
            head = ("rule", "rows", "children", *apart, "what is wrong", "first at")
            yield from _table((*head, "first children") if show_ids else head, rows)
    yield from _accepted(result)
    yield from _since(result)
    yield from _not_run(result)
    yield f"{len(result.codes('passed')):,} of {counted(len(result.outcomes), 'rule')} found nothing wrong."


def _counts(result: Result) -> Iterator[Sequence[str]]:
    names = {"error": "Errors", "query": "Queries", "all": "Both"}
    for row in result.summary().iter_rows(named=True):
        numbers = (f"{row[name]:,}" for name in ("findings", "rules", "rows", "children"))
        yield (names[row["severity"]], *numbers)


def _row(result: Result, item: Found, show_ids: bool) -> Sequence[str]:
    places = ", ".join(item.places) + (", …" if item.rows > len(item.places) else "")
    apart = (f"{item.accepted:,}",) if result.acceptance is not None else ()
    cells = (item.rule.code, f"{item.rows:,}", f"{item.children:,}", *apart, item.rule.message, places)
    return (*cells, ", ".join(item.ids)) if show_ids else cells


def _accepted(result: Result) -> Iterator[str]:
    told = accepted(result)
    if told is not None:
        yield f"## {_safe(told)}"
        yield ""
        yield from (f"* {_safe(line)}" for line in lapsed(result))
        yield ""


def _since(result: Result) -> Iterator[str]:
    told = change(result)
    if told is not None:
        yield f"## {_safe(told)}"
        yield ""
        rows = [(each.rule, f"{each.new:,}", f"{each.still_there:,}", f"{each.fixed:,}") for each in changes(result)]
        yield from _table(("rule", "new", "still there", "fixed"), rows)


def _not_run(result: Result) -> Iterator[str]:
    reasons = not_run(result)
    crashed = result.codes("crashed")
    if not reasons and not crashed:
        return
    yield "## Did not run"
    yield ""
    rows = [(reason, ", ".join(codes), HINTS.get(reason, "")) for reason, codes in reasons.items()]
    rows += [
        (result.outcomes[code].reason or "", code, "a fault of this program: please report it") for code in crashed
    ]
    yield from _table(("why", "rules", "what makes them run"), rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(map(_safe, row))} |"
    yield ""


def _safe(text: str) -> str:
    """A text that Markdown takes for nothing but text."""
    return "".join(f"\\{c}" if c in r"\`*_[]<>|#" else c for c in printable(text))
