"""Choose rules, check that they can run, evaluate them together, and say how each ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache

import polars as pl

from returns903.errors import ConfigError, attempted
from returns903.frames import Frames
from returns903.results import FINDINGS, Outcome, Result
from returns903.returns import Return
from returns903.rules import Definition, choose, definitions_in_force
from returns903.rules.program import Check, Program, Shape, compiled, crash
from returns903.tables import Table
from returns903.years import Year, rules_year

LARGE = 10_000
"""Rows from which on looking for parts that expressions share pays for the search."""


class Run:
    """One validation: what each rule flagged, and how it ended."""

    def __init__(self, the_return: Return, rules: list[Definition], rules_of: str) -> None:
        self.source = the_return
        self.rules = rules
        self.rules_of = Year(rules_of)
        self.frames = Frames(the_return)
        self.program: Program = compiled(tuple(rules), self.rules_of, Shape.of(self.frames))
        self.flagged: list[tuple[Definition, Table, pl.Series]] = []
        """The rule, the table and the numbers of its rows, some of them null or repeated."""
        self.stopped = {code: Outcome(state=s.state, reason=s.reason) for code, s in self.program.stopped.items()}

    def evaluate(self) -> None:
        """Evaluate every rule that can run; one that fails stops no other."""
        self.frames = Frames(self.source, self.program.computed)
        if attempted(lambda: self.frames.prepare(self.program.names)):
            # Which rule is to blame shows when each is evaluated by itself.
            self.frames = Frames(self.source, self.program.computed)
        for definition in self.program.functions:
            self._guard(definition, lambda d=definition: self._call(d))  # type: ignore[misc]
        groups: dict[tuple[Table, frozenset[Table]], list[Check]] = defaultdict(list)
        for check in self.program.checks:
            repeating = frozenset(of for of in check.partners if self.frames.repeats(of))
            groups[check.flags[0], repeating].append(check)
        for together in groups.values():
            self._evaluate_group(together)

    def _evaluate_group(self, checks: list[Check]) -> None:
        if attempted(lambda: self._select(checks)):
            # One bad expression fails them all.
            for check in checks:
                self._guard(check.rule, lambda c=check: self._select([c]))  # type: ignore[misc]

    def _select(self, checks: list[Check]) -> None:
        frame = self.frames.joined(checks[0].flags[0], frozenset[str]().union(*(check.names for check in checks)))
        asked = frame.lazy().select(check.column for check in checks)
        shared = pl.QueryOptFlags(comm_subexpr_elim=frame.height >= LARGE)
        hits = asked.collect(engine="in-memory", optimizations=shared)
        for check in checks:
            hit = hits.get_column(check.rule.code)
            for of in check.flags if hit.any() else ():
                self.flagged.append((check.rule, of, frame.get_column(f"{of.id}.row").filter(hit)))

    def _call(self, definition: Definition) -> None:
        known = {
            "frames": self.frames,
            "year": self.source.year,
            "rules_year": self.rules_of,
            "authority": self.source.local_authority,
        }
        found = definition.body(**{name: known[name] for name in definition.takes})
        self.flagged += [(definition, of, rows) for of, rows in found.items()]

    def _guard(self, definition: Definition, step: Callable[[], None]) -> None:
        """Run a step of one rule, and say so if it crashes."""
        if error := attempted(step):
            self.stopped[definition.code] = Outcome(state="crashed", reason=crash(definition, error))


def validate(
    the_return: Return,
    select: str | Iterable[str] | None = None,
    ignore: str | Iterable[str] | None = None,
    rules_year: Year | str | None = None,
) -> Result:
    """Evaluate the rules in force on a return.

    Args:
        the_return: from `read_return` or `Return.from_frames`.
        select: rules to run, by code, by the beginning of codes, or by topic; all in force where it is not given. A
            text is one name.
        ignore: rules to leave out, named likewise.
        rules_year: the collection year whose rules to apply; the return's own where it is not given.

    Raises:
        ConfigError: what is given is no return, no rules are known for the year, or a name selects none.
    """
    if not isinstance(the_return, Return):
        msg = f"validate takes a Return, not a {type(the_return).__name__}: read one with returns903.read_return(path)"
        raise ConfigError(msg)
    label = _label(the_return, rules_year)
    rules = choose(definitions_in_force(label), select, ignore)
    run = Run(the_return, rules, label)
    run.evaluate()
    findings = _findings(run)
    counts = dict(findings.group_by("rule").len().iter_rows())
    return Result(
        findings=findings,
        outcomes={d.code: run.stopped.get(d.code) or _outcome(counts.get(d.code, 0)) for d in rules},
        the_return=the_return,
        rules_year=label,
        rules=rules,
    )


def _label(the_return: Return, year: Year | str | None) -> str:
    return rules_year(the_return.year if year is None else year)


@cache
def _outcome(count: int) -> Outcome:
    return Outcome(state="findings" if count else "passed", count=count)


def _findings(run: Run) -> pl.DataFrame:
    """A row for each row flagged by a rule, by rule, table and row."""
    order = {definition.code: place for place, definition in enumerate(run.rules)}
    found = [(rule, of, rows) for rule, of, rows in run.flagged if rule.code not in run.stopped and rows.len()]
    parts = sorted({(order[rule.code], of.id): (rule, of) for rule, of, _ in found}.items())
    if not parts:
        return pl.DataFrame(schema=FINDINGS)
    numbers = {key: number for number, (key, _) in enumerate(parts)}
    part = pl.Series([numbers[order[rule.code], of.id] for rule, of, _ in found], dtype=pl.UInt32)
    lengths = pl.Series([rows.len() for *_, rows in found])
    flagged = pl.DataFrame({"part": part.repeat_by(lengths).explode(), "row": pl.concat(rows for *_, rows in found)})
    flagged = flagged.drop_nulls().unique().sort("part", "row")
    about = pl.DataFrame([_about(rule, of) for _, (rule, of) in parts], schema_overrides=FINDINGS)
    places = _places(run, flagged, [of for _, (_, of) in parts])
    return about[flagged.get_column("part")].hstack(places).select(*FINDINGS)


def _places(run: Run, flagged: pl.DataFrame, tables: list[Table]) -> pl.DataFrame:
    """Where the flagged rows stand, part by part; `tables` are those of the parts."""
    sides = {False: run.source.tables, True: run.source.previous or {}}
    columns = ["row", "line", "file", "CHILD"]
    found = []
    for part, rows in flagged.group_by("part", maintain_order=True):
        of = tables[int(str(part[0]))]
        # A table's rows stand in the order of their numbers, from 0.
        found.append(sides[of.is_last_year][of.name][columns][rows.get_column("row")])
    return pl.concat(found).rename({"CHILD": "child"})


def _about(definition: Definition, of: Table) -> dict[str, object]:
    """What all findings of a rule in a table have in common."""
    return {
        "rule": definition.code,
        "severity": definition.severity,
        "table": of.name,
        "previous": of.is_last_year,
        "fields": [column for table_id, column in definition.fields if table_id == of.id] or ["CHILD"],
        "message": definition.message,
    }
