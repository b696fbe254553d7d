"""The findings as SARIF 2.1.0, for code hosts and editors. It holds no cell; identifiers only when asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from string import ascii_letters, digits
from typing import Any

from returns903 import __version__
from returns903.reports.accepted import lapsed
from returns903.reports.summary import not_run
from returns903.results import Result
from returns903.rules import Rule
from returns903.views.since import FIXED, NEW, STILL
from returns903.views.states import weighed_otherwise, with_states
from returns903.words import printable

PLAIN = frozenset(f"{ascii_letters}{digits}-._~/")
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
BASELINE = {NEW: "new", STILL: "unchanged", FIXED: "absent"}
"""What the standard calls the states of a finding since an earlier result; what is absent is a result as well."""
LEVELS = {"error": "error", "query": "warning"}


def to_sarif(result: Result, *, show_ids: bool = False) -> str:
    """One run: every rule that was chosen and did not crash, a result a finding, and what did not run."""
    places = {code: number for number, code in enumerate(result.rules)}
    published = weighed_otherwise(result)
    rules = [_rule(rule, published.get(code)) for code, rule in result.rules.items()]
    run = {
        "tool": {"driver": {"name": "returns903", "version": __version__, "rules": rules}},
        "invocations": [
            {
                "executionSuccessful": not result.failures,
                "toolExecutionNotifications": list(_notifications(result)),
                "toolConfigurationNotifications": [*_skipped(result), *_lapsed(result)],
                **_overrides(result),
            }
        ],
        "columnKind": "unicodeCodePoints",
        "properties": {"year": result.the_return.year.label, "rulesYear": result.rules_year, "states": _states(result)},
        "results": [*_results(result, places, show_ids)],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)


def _rule(rule: Rule, published: str | None) -> dict[str, Any]:
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.message},
        "fullDescription": {"text": f"It fires where {rule.when}"},
        "help": {"text": f"{rule.why} {rule.fix}"},
        "defaultConfiguration": {"level": LEVELS[published or rule.severity]},
        "properties": {"tags": [rule.topic]},
    }


def _results(result: Result, places: dict[str, int], show_ids: bool) -> Iterator[dict[str, Any]]:
    for row in with_states(result).iter_rows(named=True):
        found = _result(row, places, show_ids) | _suppressed(result, row, show_ids)
        yield found if result.baseline is None else found | {"baselineState": BASELINE[row["since"]]}
    for row in [] if result.baseline is None else result.baseline.fixed.iter_rows(named=True):
        yield _result(row, places, show_ids) | {"baselineState": BASELINE[FIXED]}


def _result(row: dict[str, Any], places: dict[str, int], show_ids: bool) -> dict[str, Any]:
    found = {
        "ruleId": row["rule"],
        **({"ruleIndex": places[row["rule"]]} if row["rule"] in places else {}),
        "level": LEVELS[row["severity"]],
        "message": {"text": row["message"]},
        "locations": [_location(row)],
        "properties": {"table": row["table"], "previous": row["previous"], "row": row["row"], "fields": row["fields"]},
    }
    if show_ids:
        found["properties"]["child"] = row["child"]
    return found


def _suppressed(result: Result, row: dict[str, Any], show_ids: bool) -> dict[str, Any]:
    """What the standard calls an accepted finding. Its reason, which someone wrote, is told only when asked for."""
    if result.acceptance is None:
        return {}
    if row["accepted"] is None:
        return {"suppressions": []}
    asked = {"justification": f"{row['accepted']} ({row['accepted_by']}, until {row['accepted_until']:%d/%m/%Y})"}
    return {"suppressions": [{"kind": "external", "status": "accepted"} | (asked if show_ids else {})]}


def _overrides(result: Result) -> dict[str, Any]:
    """The rules that count as something else than published."""
    levels = {code: LEVELS[result.definition(code).severity] for code in weighed_otherwise(result)}
    told = [{"descriptor": {"id": code}, "configuration": {"level": level}} for code, level in levels.items()]
    return {"ruleConfigurationOverrides": told} if told else {}


def _location(row: dict[str, Any]) -> dict[str, Any]:
    """The line of the file; for a return from frames, and an XML file of one line, the table's row."""
    logical = {"logicalLocations": [{"name": f"{row['table']} row {row['row']}", "kind": "row"}]}
    if row["file"] is None:
        return logical
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(row["file"])}}
    if row["line"]:
        physical["region"] = {"startLine": row["line"]}
    return {"physicalLocation": physical, **logical}


def _uri(file: str) -> str:
    """The name of a file as a relative address, in which all but plain characters are told by their bytes."""
    return "".join(c if c in PLAIN else "".join(f"%{byte:02X}" for byte in c.encode()) for c in printable(file))


def _notifications(result: Result) -> Iterator[dict[str, Any]]:
    for failure in result.failures:
        yield {"level": "error", "message": {"text": printable(failure)}}


def _skipped(result: Result) -> Iterator[dict[str, Any]]:
    for reason, codes in not_run(result).items():
        yield {"level": "note", "message": {"text": f"did not run, {reason}: {', '.join(codes)}"}}


def _lapsed(result: Result) -> Iterator[dict[str, Any]]:
    for line in lapsed(result):
        yield {"level": "note", "message": {"text": line}}


def _states(result: Result) -> dict[str, str]:
    return {code: outcome.state for code, outcome in result.outcomes.items()}
