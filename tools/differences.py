"""The page on differences from the published validator, from tests/conformance/differences.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from returns903.rules import TOPICS, rule_forms
from returns903.years import RULE_YEARS

CONFORMANCE = Path(__file__).resolve().parent.parent / "tests" / "conformance"

KINDS = {
    "reading": "the rule is understood differently",
    "boundary": "a birthday, or the first or last day of a span, falls on the other side",
    "blank": "a blank or unreadable cell is taken differently",
    "order": "it differs which of a child's rows is the last or the next, or which row is pointed at",
    "codes": "a list of codes or areas is out of date there",
    "replaced": "the rule is no longer in force here",
    "cannot fire": "the rule fails there on every return",
}
TITLES = {
    "missing": "children missing from care",
    "places": "where placements are",
    "placements": "kinds of placement",
    "previous_year": "the previous return",
    "provision": "who provides a placement",
    "social_workers": "social workers",
    "social_worker_changes": "changes of social worker",
    "uasc": "asylum seekers",
}
"""Topics whose name alone does not make a heading."""

Rows = tuple[int, int]
"""Rows that only we flag, and that only they flag."""


@dataclass(frozen=True)
class Difference:
    """What differs for one code in some years of the rules."""

    key: str
    code: str
    years: tuple[str, ...]
    kind: str
    theirs: str
    ours: str
    reason: str
    example: str
    same_as: str
    rows: dict[str, Rows]


def data() -> dict[str, Any]:
    """The data file as it stands."""
    return tomllib.loads((CONFORMANCE / "differences.toml").read_text(encoding="utf-8"))


def disagreements() -> dict[str, str]:
    """For each published case that we do not meet, why."""
    stated = tomllib.loads((CONFORMANCE / "disagreements.toml").read_text(encoding="utf-8"))
    return {case: entry["reason"] for case, entry in stated.items()}


def differences() -> list[Difference]:
    """Every stated difference, in the order of the file, with what it shares with another filled in."""
    stated = data()
    entries = {
        f"{scope}.{code}": entry
        for scope in stated
        if scope in {"any", *RULE_YEARS}
        for code, entry in stated[scope].items()
    }
    return [_difference(key, entries) for key in entries]


def _difference(key: str, entries: dict[str, dict[str, Any]]) -> Difference:
    scope, code = key.split(".")
    entry = entries[key]
    shared = entries[entry.get("same_as", key)]
    years = tuple(year for form in rule_forms(code) for year in form.years) if scope == "any" else (scope,)
    counts = entry.get("rows", {})
    by_year = counts if any(year in counts for year in RULE_YEARS) else dict.fromkeys(years, counts)
    rows = {year: (count.get("ours", 0), count.get("theirs", 0)) for year, count in by_year.items() if count}
    said = {name: shared[name] for name in ("kind", "theirs", "ours", "example")}
    return Difference(
        key=key, code=code, years=years, reason=entry["reason"], same_as=entry.get("same_as", key), rows=rows, **said
    )


def page() -> str:
    """The page, as Markdown."""
    stated, found = data(), differences()
    never = [d for d in found if d.kind == "cannot fire"]
    groups = _groups([d for d in found if d.kind != "cannot fire"])
    topics = {topic: [g for g in groups if _topic(g) == topic] for topic in TOPICS}
    sections = {
        "Rules that cannot fire there": (len(never), _never(never)),
        "Rules that stop there on ordinary data": (len(_codes_of(stated["crash"])), _crashes(stated["crash"])),
        "What holds for all rules": (None, _everywhere(stated["everywhere"])),
    }
    for topic, of in topics.items():
        if of:
            count = len({d.code for group in of for d in group})
            sections[f"Rules on {_title(topic)}"] = (count, [line for group in of for line in _group(group)])
    sections["Published cases that we do not meet"] = (len(disagreements()), _cases(stated["compared"]["cases"]))
    lines = [*_introduction(stated, found), *_contents({title: count for title, (count, _) in sections.items()})]
    for title, (_, body) in sections.items():
        lines += [f"## {title}", "", *body]
    return "\n".join(lines).rstrip() + "\n"


def _introduction(stated: dict[str, Any], found: list[Difference]) -> list[str]:
    compared = stated["compared"]
    differing = {d.code for d in found if d.kind != "cannot fire"}
    never = {d.code for d in found if d.kind == "cannot fire"}
    return [
        "# Differences from the published validator",
        "",
        f"Many authorities check their return with {compared['name']}. This page says where returns903 finds",
        "something else on the same data: who flags what, why, and a case to see it by. A rule that is not on this",
        "page is meant to flag the same rows in both.",
        "",
        f"**In short.** {len(never)} of the published validator's rules can never fire.",
        f"{len(_codes_of(stated['crash']))} stop on data that real returns hold, and then check nobody.",
        f"{len(differing)} flag other rows than returns903 does on some returns.",
        "For the rest, the two are held to agree row by row: on a generated return of 1,500 children, under the rules",
        "of all five years.",
        "",
        f"**What is compared.** [The published validator]({compared['address']})",
        f"{compared['version']}, each of its rules run",
        "alone on clean tables; and returns903 under the rules of the same year.",
        "",
        "**How to read an entry.** *They* is the published validator, *we* is returns903. One word says of what kind a",
        "difference is:",
        "",
        *[f"- *{kind}*: {meaning}" for kind, meaning in KINDS.items() if kind != "cannot fire"],
        "",
        "The link behind a code leads to the rule's page, which says when it fires here and shows rows that it flags.",
        "An entry tells what can differ on some return. Where the generated return shows it, the rows are counted.",
        "All examples are made up.",
        "",
    ]


def _contents(counts: dict[str, int | None]) -> list[str]:
    lines = ["| on this page | rules |", "|---|---|"]
    for title, count in counts.items():
        anchor = title.lower().replace(" ", "-")  # as the documentation names its headings
        many = "" if count is None else f"{count} cases" if title.startswith("Published") else str(count)
        lines.append(f"| [{title}](#{anchor}) | {many} |")
    return [*lines, ""]


def _never(never: list[Difference]) -> list[str]:
    lines = ["These rules read a column that no table of the return has, so they fail on every return.", ""]
    lines += ["| rule | what it is to find | published validator | returns903 | for example |", "|---|---|---|---|---|"]
    for d in never:
        lines.append(f"| {_link(d.code)} | {_message(d.code)} | {d.theirs} | {d.ours} | {d.example} |")
    return [*lines, ""]


def _crashes(families: list[dict[str, Any]]) -> list[str]:
    lines = ["A rule that stops reports nothing about any child of the return. This is what stops them.", ""]
    for family in families:
        lines += [f"### {family['title']}", "", f"Rules {', '.join(map(_link, family['codes']))}.", ""]
        lines += _table(family["theirs"], family["ours"], family["reason"], family["example"])
    return lines


def _everywhere(general: list[dict[str, str]]) -> list[str]:
    return [line for entry in general for line in (f"**{entry['title']}.** {entry['text']}", "")]


def _groups(found: list[Difference]) -> list[list[Difference]]:
    """Differences that share their texts, and those of one code, told together."""
    groups: dict[str, list[Difference]] = {}
    for d in sorted(found, key=lambda d: (_order(d.code), d.years)):
        groups.setdefault(d.same_as, []).append(d)
    return sorted(groups.values(), key=lambda group: _order(group[0].code))


def _order(code: str) -> tuple[int, str]:
    digits = "".join(character for character in code if character.isdigit())
    return (int(digits) if code[0].isdigit() else 10_000, code)


def _topic(group: list[Difference]) -> str:
    return rule_forms(group[0].code)[-1].topic


def _group(group: list[Difference]) -> Iterator[str]:
    codes = list(dict.fromkeys(d.code for d in group))
    yield f"### {_listed(codes)}"
    yield ""
    for code in codes:
        years = [year for d in group if d.code == code for year in d.years]
        yield f"- {_link(code)} {_message(code)} *{_span(years)}*"
    yield f"- Kind of difference: *{group[0].kind}*"
    seen = _seen(group)
    if seen:
        yield f"- On the generated return: {seen}"
    yield ""
    first = next(d for d in group if d.key == d.same_as)
    yield from _table(first.theirs, first.ours, first.reason, first.example)


def _table(theirs: str, ours: str, reason: str, example: str) -> list[str]:
    said = {"Published validator": theirs, "returns903": ours, "Why": reason, "For example": example}
    return ["| | |", "|---|---|", *[f"| **{name}** | {words} |" for name, words in said.items()], ""]


def _seen(group: list[Difference]) -> str:
    """How many rows differ on the generated return, for each code of which any does."""
    told = []
    codes = list(dict.fromkeys(d.code for d in group))
    for code in codes:
        years = [year for d in group if d.code == code for year in d.years]
        rows = {year: counts for d in group if d.code == code for year, counts in d.rows.items()}
        ways = [
            _way(counts, [year for year in rows if rows[year] == counts], years)
            for counts in dict.fromkeys(rows.values())
        ]
        if ways:
            told.append((f"{code}: " if len(codes) > 1 else "") + ", ".join(ways))
    return "; ".join(told)


def _way(counts: Rows, seen: list[str], years: list[str]) -> str:
    parts = [f"{count} flagged by {whom} alone" for count, whom in zip(counts, ("us", "them"), strict=True) if count]
    return " and ".join(parts) + ("" if seen == years else f" ({_span(seen)})")


def _cases(cases: int) -> list[str]:
    stated = disagreements()
    lines = [
        f"The published validator's own tests give {cases} small returns with the rows that one rule should flag.",
        f"returns903 flags just these rows in {cases - len(stated)} of them. Why it does not in the others:",
        "",
        "| case | rule | why we flag other rows |",
        "|---|---|---|",
    ]
    for case, reason in sorted(stated.items(), key=lambda item: (_order(item[0].split("-")[2]), item[0])):
        lines.append(f"| {case} | {_link(case.split('-')[2])} | {reason} |")
    return [*lines, ""]


def _codes_of(families: list[dict[str, Any]]) -> set[str]:
    return {code for family in families for code in family["codes"]}


def _link(code: str) -> str:
    return f"[{code}](rules/{code}.md)"


def _message(code: str) -> str:
    return rule_forms(code)[-1].message


def _listed(codes: list[str]) -> str:
    return codes[0] if len(codes) == 1 else f"{', '.join(codes[:-1])} and {codes[-1]}"


def _span(years: list[str]) -> str:
    return years[0] if len(years) == 1 else f"{years[0]} to {years[-1]}"


def _title(topic: str) -> str:
    return TITLES.get(topic, topic.replace("_", " "))
