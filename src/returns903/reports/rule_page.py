"""The page of a rule, as Markdown: the same for the terminal and for the documentation."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from returns903.errors import ConfigError
from returns903.rules import Rule, rule_forms
from returns903.years import Year, rules_year

NEEDS = {
    "previous-year": "last year's return",
    "postcodes": "postcodes",
    "provider-list": "Ofsted's list of providers",
    "local-authority": "the authority making the return",
    "asylum-marker": "an asylum marker: UASC in Header, or the UASC table",
    "xml-marker": "an asylum marker of its own in Header, as XML returns have",
}


def page(code: str, examples: Mapping[str, Any] | None = None, year: Year | str | None = None) -> str:
    """What a rule says, when it fires, why, how to mend it, its years and what changed, and an example that fires.

    Args:
        code: the rule.
        examples: other examples than those shipped with the package.
        year: the collection year whose definition is shown; all of them where it is not given.

    Raises:
        ConfigError: there is no such rule, or it is not in force in that year.
    """
    known = _examples() if examples is None else examples
    forms = rule_forms(code) if year is None else [_form_in(code, rules_year(year))]
    latest = forms[-1]
    parts = [f"# {latest.code}: {latest.message}", ""]
    for form in reversed(forms):
        parts += _form(form, known.get(f"{form.code} {form.years[0]}"), several=len(forms) > 1)
    return "\n".join(parts).rstrip() + "\n"


def _form_in(code: str, year: str) -> Rule:
    forms = rule_forms(code)
    if found := [form for form in forms if year in form.years]:
        return found[0]
    msg = f"rule {forms[0].code} is not in force in {year}, but in {', '.join(y for form in forms for y in form.years)}"
    raise ConfigError(msg)


def _form(form: Rule, example: dict[str, Any] | None, *, several: bool) -> list[str]:
    years = form.years[0] if len(form.years) == 1 else f"{form.years[0]} to {form.years[-1]}"
    parts = [f"## {years}", ""] if several else []
    if several:
        parts += [form.message, ""]
    facts = {
        "Severity": form.severity,
        "Years": years,
        "Topic": form.topic.replace("_", " "),
        **({"Source": "no published rule, but one of your own"} if form.is_own else {}),
        "Flags rows of": ", ".join(form.flags).replace(".last_year", " (previous return)"),
        "Columns to look at": ", ".join(form.fields).replace(".last_year", " (previous return)"),
        "Needs": ", ".join([*form.tables, *[NEEDS.get(need, need) for need in form.needs]]).replace(
            ".last_year", " (previous return)"
        ),
    }
    parts += [f"- **{name}:** {fact}" for name, fact in facts.items()] + [""]
    told = {"When it fires": form.when, "Why": form.why, "How to mend it": form.fix, "What changed": form.changed}
    for name, words in told.items():
        parts += [f"**{name}.** {_sentence(words)}", ""] if words else []
    if example:
        parts += ["**An example that fires** (made up):", "", *_example(example), ""]
    return parts


def _example(example: dict[str, Any]) -> list[str]:
    lines = [f"{_sentence(example['because'])}.", ""]
    for name, rows in {**example["tables"], **example.get("previous", {})}.items():
        flagged = set(example["flags"].get(name, ()))
        columns = list(dict.fromkeys(column for row in rows for column in row))
        if not columns:
            continue
        lines += [f"{name.replace('.last_year', ' (previous return)')}:", ""]
        lines += [f"| {' | '.join([*columns, 'flagged'])} |", f"|{'---|' * (len(columns) + 1)}"]
        for number, row in enumerate(rows):
            cells = [str(row.get(column) or "") for column in columns]
            lines.append(f"| {' | '.join([*cells, 'yes' if number in flagged else ''])} |")
        lines.append("")
    return lines


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]


@cache
def _examples() -> dict[str, Any]:
    text = files("returns903.rules").joinpath("examples.json").read_text(encoding="utf-8")
    examples: dict[str, Any] = json.loads(text)
    return examples
