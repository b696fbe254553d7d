"""The health of children looked after for twelve months, child by child in plain Python: the second opinion."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tests.derive.care_by_hand import age, chains, day, looked_after_on
from tests.derive.strategies import Row, SmallReturn

REASONS = {
    "SDQ1": "no score: no form: under 4 or over 16 at assessment",
    "SDQ2": "no score: carer refused",
    "SDQ3": "no score: severity of disability",
    "SDQ4": "no score: other",
    "SDQ5": "no score: child refused",
}
CHECKS = {
    "health_assessment": ("HEALTH_ASSESSMENT", "had one in the year", "had none in the year"),
    "dental_check": ("TEETH_CHECK", "had one in the year", "had none in the year"),
    "immunisations": ("IMMUNISATIONS", "up to date", "not up to date"),
    "development_checks": ("HEALTH_CHECK", "up to date", "not up to date"),
    "convictions": ("CONVICTED", "convicted or cautioned", "not convicted or cautioned"),
    "substance_misuse": ("SUBSTANCE_MISUSE", "identified", "not identified"),
}
UNKNOWN = "?"


def all_year(small: SmallReturn, child: str) -> bool | None:
    """Whether a child looked after on the last day has been so for twelve months; None: not known."""
    for rows in chains(small):
        for row in rows:
            in_year = row["decom"] <= small.year.end and (row["dec"] is None or row["dec"] >= small.year.start)
            if row["child"] == child and row["respite"] and in_year and not row["last_year"]:
                return False
    present = next(row["row"] for row in looked_after_on(small, small.year.end) if row["child"] == child)
    first = next(rows for rows in chains(small) if any(row is present or _same(row, present) for row in rows))[0]
    if first["decom"] <= small.year.start:
        return True
    return False if first["rne"] == "S" else None


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return one["source"] is other["source"]


def _born(small: SmallReturn, child: str, answers: Row) -> Any:
    for tables in (small.tables, small.previous or {}):
        rows = [day(row.get("DOB")) for row in tables.get("Header", []) if row.get("CHILD") == child]
        if rows:
            known = [born for born in rows if born]
            return min(known) if known else day(answers.get("DOB"))
    return day(answers.get("DOB"))


def _answers(small: SmallReturn, child: str) -> Row:
    rows = [row for row in small.tables.get("OC2", []) if row.get("CHILD") == child]
    names = ["SDQ_SCORE", "SDQ_REASON", "CONVICTED", "HEALTH_CHECK", "IMMUNISATIONS", "TEETH_CHECK"]
    names += ["HEALTH_ASSESSMENT", "SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED"]

    def rank(row: Row) -> Any:
        born = day(row.get("DOB"))
        return [(born is None, born or 0), *((not row.get(name), row.get(name) or "") for name in names)]

    return min(rows, key=rank) if rows else {}


def _score(text: str | None) -> int | None:
    whole = (text or "").removesuffix(".0")
    return int(whole) if whole.isdecimal() and int(whole) <= 40 else None


def _said(measure: str, row: Row, years: int | None) -> str | None:
    """What is told of a child; None: the measure is not about it; UNKNOWN: it may be."""
    score = _score(row.get("SDQ_SCORE"))
    about: dict[str, Any] = {
        "development_checks": lambda n: n < 5,
        "convictions": lambda n: n >= 10,
        "strengths_and_difficulties": lambda n: 4 <= n <= 16,
        "strengths_and_difficulties_score": lambda n: 4 <= n <= 16,
    }
    if measure == "strengths_and_difficulties_score" and score is None:
        return None
    if measure == "intervention":
        if row.get("SUBSTANCE_MISUSE") != "1":
            return None
        if row.get("INTERVENTION_RECEIVED") == "1":
            return "received"
        offers = {"1": "offered and refused", "0": "neither received nor offered"}
        return offers.get(row.get("INTERVENTION_OFFERED") or "", "not given")
    if measure in about and years is None:
        return UNKNOWN
    if measure in about and not about[measure](years):
        return None
    if measure == "strengths_and_difficulties":
        return "completed" if score is not None else REASONS.get(row.get("SDQ_REASON") or "", "not given")
    if measure == "strengths_and_difficulties_score":
        assert score is not None
        return ["normal: 0 to 13", "borderline: 14 to 16", "cause for concern: 17 to 40"][(score > 13) + (score > 16)]
    column, yes, no = CHECKS[measure]
    return {"1": yes, "0": no}.get(row.get(column) or "", "not given")


def health(small: SmallReturn) -> tuple[Counter[tuple[str, str]], Counter[str], list[int]]:
    """Children by measure and category, children unknown by measure, and the scores."""
    counts: Counter[tuple[str, str]] = Counter()
    unknown: Counter[str] = Counter()
    scores = []
    for row in looked_after_on(small, small.year.end):
        child = row["child"]
        long, answers = all_year(small, child), _answers(small, child)
        years = age(_born(small, child, answers), small.year.end)
        for measure in (*CHECKS, "strengths_and_difficulties", "strengths_and_difficulties_score", "intervention"):
            said = _said(measure, answers, years)
            if said is None or long is False:
                continue
            if long is None or said == UNKNOWN:
                unknown[measure] += 1
                continue
            counts[measure, said] += 1
            counts[measure, "total"] += 1
            if measure == "strengths_and_difficulties_score":
                scores.append(_score(answers.get("SDQ_SCORE")) or 0)
    return counts, unknown, scores
