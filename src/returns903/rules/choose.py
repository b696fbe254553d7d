"""Which rules a selection names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from returns903.errors import ConfigError
from returns903.rules.registry import TOPICS, Definition, definitions

Names = str | Iterable[str] | None
"""A rule by its code, rules by the beginning of their codes or by their topic, or several of these."""


def choose(available: Sequence[Definition], select: Names, ignore: Names) -> list[Definition]:
    """The definitions that are selected and not ignored. All that are available are selected where `select` is None.

    A text is one name, and a blank one is none.

    Raises:
        ConfigError: a name is that of no rule at all, in any year; or no rule is left.
    """
    every = definitions()
    codes = {definition.code.upper() for definition in every}
    kept, dropped = _names(select, "select"), _names(ignore, "ignore")
    for name in [*kept, *dropped]:
        if not any(_named(d, [name], codes) for d in every):
            ways = f"a code (503D), the beginning of codes (503, SW) or a topic ({', '.join(TOPICS)})"
            msg = f"{name!r} names no rule: give {ways}"
            raise ConfigError(msg)
    chosen = list(available) if select is None else [d for d in available if _named(d, kept, codes)]
    left = [d for d in chosen if not _named(d, dropped, codes)]
    if not left:
        msg = "no rule is left to run: select names none that is in force in the year, or ignore leaves out all of them"
        raise ConfigError(msg)
    return left


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
