"""Which rules a selection names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import get_args

from returns903.errors import ConfigError
from returns903.rules.registry import TOPICS, Definition, Severity, definitions
from returns903.words import printable

Names = str | Iterable[str] | None
"""A rule by its code, rules by the beginning of their codes or by their topic, or several of these."""


def choose(available: Sequence[Definition], select: Names, ignore: Names) -> list[Definition]:
    """The definitions that are selected and not ignored. All that are available are selected where `select` is None.

    A text is one name, and a blank one is none.

    Raises:
        ConfigError: a name is that of no rule at all, in any year; or no rule is left.
    """
    kept, dropped = _names(select, "select"), _names(ignore, "ignore")
    codes = _codes([*kept, *dropped])
    chosen = list(available) if select is None else [d for d in available if _named(d, kept, codes)]
    left = [d for d in chosen if not _named(d, dropped, codes)]
    if not left:
        msg = "no rule is left to run: select names none that is in force in the year, or ignore leaves out all of them"
        raise ConfigError(msg)
    return left


def weighed(rules: Sequence[Definition], severity: Mapping[str, Severity] | None) -> list[Definition]:
    """The definitions with the severities that are given, by name as `choose` takes them; of several the last counts.

    Raises:
        ConfigError: a name is that of no rule at all, or a severity is none; or this is no mapping.
    """
    if severity is not None and not isinstance(severity, Mapping):
        msg = 'severity takes severities by the names of rules, such as severity={"361": "query"}'
        raise ConfigError(msg)
    given = dict(severity or {})
    codes = _codes(_names(given, "severity"))
    if wrong := [name for name, value in given.items() if value not in get_args(Severity)]:
        msg = f"the severity of {printable(str(wrong[0]))!r} is one of {', '.join(get_args(Severity))}"
        raise ConfigError(msg)
    return [_weighed(d, [value for name, value in given.items() if _named(d, [name], codes)]) for d in rules]


def _weighed(definition: Definition, severities: Sequence[Severity]) -> Definition:
    is_other = severities and severities[-1] != definition.severity
    return replace(definition, severity=severities[-1]) if is_other else definition


def _codes(names: Iterable[str]) -> set[str]:
    """The codes of all rules, once it is sure that each of the names is that of some."""
    every = definitions()
    codes = {definition.code.upper() for definition in every}
    for name in names:
        if not any(_named(d, [name], codes) for d in every):
            ways = f"a code (503D), the beginning of codes (503, SW) or a topic ({', '.join(TOPICS)})"
            msg = f"{name!r} names no rule: give {ways}"
            raise ConfigError(msg)
    return codes


def _names(given: object, option: str) -> list[str]:
    """The names that an argument gives: one text, or several."""
    if given is None:
        return []
    listed = [given] if isinstance(given, str) or not isinstance(given, Iterable) else list(given)
    names = [name for name in listed if isinstance(name, str)]
    if len(names) < len(listed):
        msg = f'{option} takes the names of rules as text, such as {option}="103" or {option}=["103", "SW"]'
        raise ConfigError(msg)
    return [name for name in names if name.strip(" ,")]


def _named(definition: Definition, names: Sequence[str], codes: Collection[str]) -> bool:
    """Whether one of the names is the rule's; one that is a rule's whole code is not the beginning of others."""
    code, topic = definition.code.upper(), definition.topic.upper()
    for name in names:
        wanted = name.strip().upper()
        if wanted in (code, topic):
            return True
        if wanted and wanted not in codes and code.startswith(wanted):
            return True
    return False
