"""The published rules, one function each, in topic files."""

from __future__ import annotations

from returns903.rules.choose import choose, weighed
from returns903.rules.model import Rule, rule_forms, rules_in_force, written_at
from returns903.rules.registry import TOPICS, Definition, Severity, code_order, definitions, definitions_in_force

__all__ = [
    "TOPICS",
    "Definition",
    "Rule",
    "Severity",
    "choose",
    "code_order",
    "definitions",
    "definitions_in_force",
    "rule_forms",
    "rules_in_force",
    "weighed",
    "written_at",
]
