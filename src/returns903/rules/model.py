"""What is told of a rule to people and programs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from returns903.errors import ConfigError
from returns903.rules.registry import Definition, Severity, definitions, definitions_in_force
from returns903.years import RULE_YEARS, Year


@dataclass(frozen=True)
class Rule:
    """One definition of a rule."""

    code: str
    """The published code, such as 503D; that of an authority's or a vendor's own rule has a prefix, as in LBX-1."""
    topic: str
    """The group of rules it stands in, which `select` takes too."""
    severity: Severity
    message: str
    """What is wrong with a flagged row, in one sentence."""
    when: str
    """Exactly when it fires; this and the next two may be empty for a rule of one's own."""
    why: str
    """Why the rule exists."""
    fix: str
    """What to do about a flagged row."""
    changed: str | None
    """What changed against the definition before; null for the first."""
    tables: list[str]
    """The tables it cannot run without; those of the previous return end in ``.last_year``."""
    flags: list[str]
    """The tables whose rows it flags."""
    fields: list[str]
    """The columns to look at, as ``Episodes.DEC``."""
    needs: list[str]
    """What it needs beside this year's tables: previous-year, postcodes, provider-list, local-authority, ..."""
    years: list[str]
    """The collection years it is in force in."""

    @property
    def is_own(self) -> bool:
        """Whether it is no published rule but an authority's or a vendor's."""
        return "-" in self.code

    def _repr_html_(self) -> str:
        """How a notebook shows it."""
        from returns903.pages.notebook import shown

        words = [("When it fires", self.when), ("Why", self.why), ("How to mend it", self.fix)]
        rows = [
            *(each for each in words if each[1]),
            ("Columns", ", ".join(self.fields)),
            ("Years", ", ".join(self.years)),
        ]
        return shown(f"Rule {self.code} ({self.severity}): {self.message}", [], ("", ""), rows)

    @classmethod
    @cache
    def of(cls, definition: Definition) -> Rule:
        """What is told of a definition."""
        words = definition.sections
        return cls(
            code=definition.code,
            topic=definition.topic,
            severity=definition.severity,
            message=words["message"],
            when=words.get("When", ""),
            why=words.get("Why", ""),
            fix=words.get("Fix", ""),
            changed=words.get("Changed"),
            tables=[of.id for of in definition.tables],
            flags=[of.id for of in definition.flags],
            fields=[".".join(field) for field in definition.fields],
            needs=list(definition.needs),
            years=[year for year in RULE_YEARS if definition.in_force(year)],
        )


def rules_in_force(year: Year | str) -> list[Rule]:
    """The rules of a collection year, in the order of their codes.

    Raises:
        ConfigError: no rules are known for the year.
    """
    return [Rule.of(definition) for definition in definitions_in_force(year)]


def rule_forms(code: str) -> list[Rule]:
    """Every definition of one code, oldest first.

    Raises:
        ConfigError: there is no such rule.
    """
    return [Rule.of(definition) for definition in _definitions_of(code)]


def written_at(code: str) -> list[str]:
    """Where each definition of one code is written, oldest first: ``returns903/rules/missing.py:71``.

    Raises:
        ConfigError: there is no such rule.
    """
    return [_place(definition) for definition in _definitions_of(code)]


def _definitions_of(code: str) -> list[Definition]:
    found = [d for d in definitions() if d.code.upper() == code.strip().upper()]
    if not found:
        msg = f"there is no rule {code!r}; 'returns903 rules' lists them all"
        raise ConfigError(msg)
    return found


def _place(definition: Definition) -> str:
    """The file, from the folder that holds this package, and the line that names the code."""
    path, source = Path(definition.body.__code__.co_filename), Path(__file__).parents[2]
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    named = (number for number, text in lines if number >= definition.line and f'"{definition.code}"' in text)
    shown = path.relative_to(source) if path.is_relative_to(source) else path
    return f"{shown.as_posix()}:{next(named, definition.line)}"
