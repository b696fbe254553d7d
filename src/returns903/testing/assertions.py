"""Assertions about returns and rules. What differs is told by rule, table and row, without cells unless asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from returns903.engine import validate
from returns903.errors import ConfigError
from returns903.returns import Return
from returns903.rules import Definition, Rule, definitions, definitions_in_force, rule_forms
from returns903.tables import TABLES
from returns903.tables.base import LAST_YEAR
from returns903.testing.cases import Rows, load
from returns903.testing.told import DifferenceError, Flags, Told
from returns903.words import counted, printable

Given = Return | Mapping[str, Rows | pl.DataFrame]
"""A return, or its tables by name: a frame, a row or a list of rows each. Last year's are called
``Episodes.last_year``."""
TheRule = str | Rule | Definition | Callable[..., Any]
"""A rule by its code, as `rules_in_force` gives it, or the function that was decorated as one."""


def assert_valid(ret: Return, *, ignore: str | Iterable[str] = (), show: bool = False) -> None:
    """No rule of its year says anything about a return, neither as an error nor as a query.

    Args:
        ret: the return.
        ignore: rules whose findings do not count, by code, by the beginning of codes, or by topic.
        show: whether the difference shows the cells that a rule is about. For returns that are made up.

    Raises:
        AssertionError: a rule flags something or crashed, something could not be read, or no rule ran at all. The text
            names rules, tables and rows.
        ConfigError: a name in `ignore` is that of no rule.
    """
    __tracebackhide__ = True
    result = validate(ret, ignore=ignore)
    told = Told(result, show=show)
    for failure in result.failures:
        told.say(failure)
    for code in result.codes("findings"):
        told.compare(code, {})
    if told.differs:
        fired = counted(len(told.codes), "rule fires", "rules fire")
        msg = f"the return of {ret.year} is not valid: {fired}"
        raise told.error(msg)


def assert_flags(ret: Return, flags: Mapping[str, Flags], *, only: bool = False, show: bool = False) -> None:
    """Each of these rules flags exactly these rows: ``assert_flags(ret, {"361": {"Episodes": [0]}})``.

    Args:
        ret: the return.
        flags: by rule and table the rows, counted from 0 in the table as handed in; ``Episodes.last_year`` is last
            year's table. A rule without rows runs and flags nothing.
        only: whether no other rule may flag anything.
        show: whether the difference shows the cells that a rule is about. For returns that are made up.

    Raises:
        AssertionError: a rule flags other rows, or did not run. The text names rules, tables and rows.
        ConfigError: a rule is not in force in the year of the return, or a table is none.
    """
    __tracebackhide__ = True
    _checked(flags, ret)
    result = validate(ret, select=None if only or not flags else list(flags))
    told = Told(result, show=show)
    for code in dict.fromkeys([*flags, *(result.codes("findings") if only else ())]):
        told.compare(code, flags.get(code, {}))
    if told.differs:
        msg = f"the return of {ret.year} is not flagged as expected"
        raise told.error(msg)


def check_rule(
    rule: TheRule,
    *,
    fires: Sequence[Given | tuple[Given, Flags]] = (),
    passes: Sequence[Given] = (),
    year: str | None = None,
    show: bool = False,
) -> None:
    """A rule fires on these returns, and runs and says nothing on those.

    ``check_rule("361", fires=[{"Episodes": {"LS": "L2", ...}}], passes=[{"Episodes": {...}}])``; a fault of
    `returns903.testing.faults` applied to a return may stand in `fires` as it is.

    Args:
        rule: the rule: its code, what is told of it, or its function.
        fires: returns on which it flags something; beside a return in a tuple, exactly the rows that it flags.
        passes: near misses.
        year: the collection year of returns that are given as tables; the last in which the rule is in force where it
            is not given.
        show: whether the difference shows the cells that the rule is about. For returns that are made up.

    Raises:
        AssertionError: it does not; the text says for which, and what differs.
        ConfigError: there is no such rule, it is not in force in a year, or no return is given.
    """
    __tracebackhide__ = True
    code = _code(rule)
    if not fires and not passes:
        msg = f"rule {code} is checked on nothing: give returns on which it fires, and near misses that pass"
        raise ConfigError(msg)
    label = year or rule_forms(code)[-1].years[-1]
    expected = [item if isinstance(item, tuple) else (item, None) for item in fires]
    checked = [(f"fires[{i}]", given, flags) for i, (given, flags) in enumerate(expected)]
    checked += [(f"passes[{i}]", given, {}) for i, given in enumerate(passes)]
    wrong = [(name, told) for name, given, flags in checked if (told := _told(code, given, flags, label, show)).differs]
    if wrong:
        lines = [line for name, told in wrong for line in (f"  {name}:", *told.lines)]
        msg = f"rule {code} does not do what is expected of it"
        raise DifferenceError(msg, lines, wrong[0][1].result.the_return, [code])


def _told(code: str, given: Given, flags: Flags | None, label: str, show: bool) -> Told:
    """What is wrong with a rule's findings; where no rows are given, any will do."""
    ret = given if isinstance(given, Return) else load(given, label)
    _checked({code: flags or {}}, ret)
    result = validate(ret, select=code)
    told = Told(result, show=show, indent="    ")
    if flags is not None:
        told.compare(code, flags)
    elif result.outcomes[code].state == "passed":
        told.codes.append(code)
        told.say("flags nothing")
    elif result.outcomes[code].state != "findings":
        told.compare(code, {})
    return told


def _code(rule: TheRule) -> str:
    if isinstance(rule, str):
        return rule
    if isinstance(rule, Rule | Definition):
        return rule.code
    codes = {definition.code for definition in definitions() if definition.body is rule}
    if len(codes) != 1:
        msg = "rule takes a code, a rule, or a function that was decorated as one rule"
        raise ConfigError(msg)
    return codes.pop()


def _checked(flags: Mapping[str, Flags], ret: Return) -> None:
    """See that the rules are in force and the tables are some."""
    in_force = {definition.code for definition in definitions_in_force(ret.year)}
    for code, tables in flags.items():
        if code not in in_force:
            msg = f"no rule {printable(str(code))} is in force in {ret.year}"
            raise ConfigError(msg)
        if strangers := [name for name in tables if name.removesuffix(f".{LAST_YEAR}") not in TABLES]:
            msg = f"{printable(strangers[0])!r} is no table of the return; the tables are {', '.join(TABLES)}"
            raise ConfigError(msg)
