"""The page of findings as one file: it holds all that it shows, and asks nothing of anyone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files

from markupsafe import Markup

from returns903 import __version__
from returns903.pages import html
from returns903.reports.accepted import accepted, lapsed, weighed
from returns903.reports.findings.data import data
from returns903.reports.summary import HINTS, change, loud, not_run, totals
from returns903.results import Result
from returns903.words import counted

_WORDS = {
    "error": ("To mend", "errors: the return is not accepted with them"),
    "query": ("To confirm", "queries: right as they are, or to be mended"),
}


def to_page(result: Result) -> str:
    """The page. It is a working copy with identifiers and cells."""
    return html.filled(
        "findings.html",
        __package__,
        style=_own("findings.css"),
        script=_own("findings.js"),
        title=f"SSDA903 return of {result.the_return.year.label}",
        about=_about(result),
        loud=loud(result),
        notes=[said for said in (change(result), weighed(result), accepted(result), *lapsed(result)) if said],
        cards=list(_cards(result)),
        skipped=[(reason, codes, HINTS.get(reason, "")) for reason, codes in not_run(result).items()],
        crashed=result.codes("crashed"),
        reading=_reading(result),
        inputs=[(item.table, item.previous, item.rows, item.file) for item in result.the_return.inputs],
        version=__version__,
        data=Markup(_in_script(data(result))),
    )


def _own(name: str) -> str:
    return files(__package__).joinpath("templates", name).read_text(encoding="utf-8")


def _in_script(value: object) -> str:
    """JSON that no tag of a page can end."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\x7f", "\\u007f")


def _about(result: Result) -> str:
    source = result.the_return
    parts = [f"checked by the rules of {result.rules_year}"]
    parts += [f"authority {source.local_authority}"] if source.local_authority else []
    parts += ["beside the return of the year before"] if source.previous is not None else []
    return ", ".join(parts)


def _cards(result: Result) -> Iterator[html.Card]:
    for severity, (title, about) in _WORDS.items():
        found = totals(result, severity)
        said = f"{counted(found.rows, 'row')} of {counted(found.children, 'child', 'children')}"
        yield html.Card(f"{found.findings:,}", title, about, before=f"{said}, {counted(found.rules, 'rule')}")
    passed = len(result.codes("passed"))
    yield html.Card(f"{passed:,}", "Rules passed", "ran and found nothing")
    stopped = len(result.codes("skipped")) + len(result.codes("crashed"))
    yield html.Card(f"{stopped:,}", "Rules that did not run", "see below what to give" if stopped else "every rule ran")


def _reading(result: Result) -> list[tuple[str, str]]:
    """The notes of reading: where, and what."""
    notes = result.reading.iter_rows(named=True)
    return [
        (
            ":".join(str(part) for part in (note["file"] or note["table"], note["line"]) if part is not None),
            note["message"],
        )
        for note in notes
    ]
