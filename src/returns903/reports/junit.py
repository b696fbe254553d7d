"""The outcomes as JUnit XML, for build servers: a test case a rule. No identifier, no cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from xml.etree import ElementTree as ET

import polars as pl

from returns903 import __version__
from returns903.reports.accepted import accepted, accepted_by_rule, lapsed, left, weighed
from returns903.reports.places import AT
from returns903.results import Outcome, Result
from returns903.words import counted, printable

MOST = 20
"""Places named of each rule."""


def to_junit(result: Result, *, show_ids: bool = False) -> str:
    """One suite: an error that found something failed, as did a query; what was skipped is skipped.

    A rule all of whose findings are accepted is skipped, too, and says so. What makes a run no pass, such as a file
    that could not be read, is a test case that ended in an error.
    """
    found = {code: frame for (code,), frame in left(result).with_columns(at=AT).group_by("rule", maintain_order=True)}
    cases = [_case(result, code, outcome, found, show_ids) for code, outcome in result.outcomes.items()]
    reading = [note.said for note in result.the_return.unread]
    cases += [
        _said("reading", f"file {number}", "error", printable(said), "") for number, said in enumerate(reading, 1)
    ]
    kinds = [child.tag for case in cases for child in case]
    about = {
        "name": "returns903",
        "package": "returns903",
        "id": "0",
        "timestamp": dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S"),
        "hostname": "localhost",
        "tests": str(len(cases)),
        "failures": str(kinds.count("failure")),
        "errors": str(kinds.count("error")),
        "skipped": str(kinds.count("skipped")),
        "time": "0",
    }
    suite = ET.Element("testsuite", about)
    suite.append(_properties(result))
    suite.extend(cases)
    told = [weighed(result), accepted(result), *lapsed(result)]
    ET.SubElement(suite, "system-out").text = "\n".join(line for line in told if line) or None
    ET.SubElement(suite, "system-err")
    whole = ET.Element("testsuites")
    whole.append(suite)
    ET.indent(whole)
    return ET.tostring(whole, encoding="unicode", xml_declaration=True)


def _properties(result: Result) -> ET.Element:
    every = result.summary().filter(severity="all").row(0, named=True)
    told = {
        "version": __version__,
        "year": result.the_return.year.label,
        "rules year": result.rules_year,
        **{name: str(every[name]) for name in ("findings", "rows", "children")},
        **({} if result.baseline is None else {state: str(many) for state, many in result.baseline.counts.items()}),
        **({} if result.acceptance is None else {"accepted": str(result.acceptance.count)}),
    }
    properties = ET.Element("properties")
    for name, value in told.items():
        ET.SubElement(properties, "property", name=name, value=value)
    return properties


def _case(
    result: Result, code: str, outcome: Outcome, found: Mapping[object, pl.DataFrame], show_ids: bool
) -> ET.Element:
    severity = result.definition(code).severity
    if outcome.state in ("skipped", "crashed"):
        kind = {"skipped": "skipped", "crashed": "error"}[outcome.state]
        return _said(severity, code, kind, outcome.reason or "", "")
    if outcome.state == "passed":
        return _said(severity, code, None, "", "")
    apart = accepted_by_rule(result).get(code, 0)
    rows = found.get(code)
    if rows is None:
        return _said(severity, code, "skipped", f"accepted: {counted(apart, 'row')}", "")
    head = (
        f"{result.rules[code].message} {counted(rows.height, 'row')}, {counted(_children(rows), 'child', 'children')}"
    )
    places = [_place(row, show_ids) for row in rows.head(MOST).iter_rows(named=True)]
    more = [f"and {rows.height - MOST:,} more"] if rows.height > MOST else []
    more += [f"and {apart:,} accepted"] if apart else []
    return _said(severity, code, "failure", head, "\n".join([*places, *more]))


def _children(rows: pl.DataFrame) -> int:
    return rows.get_column("child").drop_nulls().n_unique()


def _place(row: Mapping[str, object], show_ids: bool) -> str:
    return printable(f"{row['at']} {row['child']}" if show_ids and row["child"] else str(row["at"]))


def _said(group: str, name: str, kind: str | None, message: str, text: str) -> ET.Element:
    case = ET.Element("testcase", classname=f"returns903.{group}", name=name, time="0")
    if kind == "skipped":
        ET.SubElement(case, kind).text = message
    elif kind is not None:
        ET.SubElement(case, kind, message=message, type=group).text = text
    return case
