"""Returns that stand ready: a lawful one with a child of every situation, and the same with faults."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from returns903.engine import validate
from returns903.returns import Return
from returns903.testing import faults, lives
from returns903.testing.faults.broken import Whole
from returns903.testing.told import flagged
from returns903.years import Year


class Faulty(NamedTuple):
    """A return with faults, and what fires: by rule and table the rows, as `assert_flags` takes them."""

    ret: Return
    rows: dict[str, dict[str, list[int]]]


def lawful(year: Year | str) -> Return:
    """The lawful return of a year with the plainest life of every situation, always the same.

    Raises:
        ConfigError: it is neither a year nor a label of one.
    """
    of = Year.of(year)
    children = [(f"A{number}", lives.life(name, 0, of)) for number, name in enumerate(lives.SITUATIONS, 1)]
    return lives.put_together(children, of).load()


def faulty(year: Year | str, rules: Iterable[str] | None = None) -> Faulty:
    """The lawful return of a year with one child more for each of some rules, on whom that rule fires.

    Args:
        year: the collection year.
        rules: the rules; all of the year that have a fault where they are not given.

    Raises:
        ConfigError: no rules are known for the year, or a rule is not in force in it.
    """
    found = faults.for_year(year) if rules is None else [faults.for_rule(code, year)[0] for code in rules]
    plain = lawful(year)
    whole = Whole.of(plain)
    for fault in found:
        if not fault.brings:
            whole.add(fault.rows(whole.stranger()))
    ret = whole.onto(plain)
    for fault in found:
        if fault.brings:
            ret = fault.apply(ret).ret
    rows = flagged(validate(ret, select=[fault.rule for fault in found]))
    return Faulty(ret, rows)
