"""Choose rules, check that they can run, evaluate them together, and say how each ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

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
        self.flagged: dict[str, dict[Table, pl.Series]] = {}
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
        asked = frame.lazy().select(check.expression.alias(str(n)) for n, check in enumerate(checks))
        shared = pl.QueryOptFlags(comm_subexpr_elim=frame.height >= LARGE)
        hits = asked.collect(engine="in-memory", optimizations=shared)
        struck = hits.select(pl.all().any()).row(0)
        for check, hit, any_hit in zip(checks, hits.get_columns(), struck, strict=True):
            for of in check.flags if any_hit else ():
                self._flag(check.rule, of, frame.get_column(f"{of.id}.row").filter(hit))

    def _call(self, definition: Definition) -> None:
        known = {
            "frames": self.frames,
            "year": self.source.year,
            "rules_year": self.rules_of,
            "authority": self.source.local_authority,
        }
        for of, rows in definition.body(**{name: known[name] for name in definition.takes}).items():
            self._flag(definition, of, rows)

    def _flag(self, definition: Definition, of: Table, rows: pl.Series) -> None:
        found = self.flagged.setdefault(definition.code, {})
        both = pl.concat([found[of], rows]) if of in found else rows
        found[of] = both.drop_nulls().unique().sort()

    def _guard(self, definition: Definition, step: Callable[[], None]) -> None:
        """Run a step of one rule, and say so if it crashes."""
        if error := attempted(step):
            self.stopped[definition.code] = Outcome(state="crashed", reason=crash(definition, error))
            self.flagged.pop(definition.code, None)


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
    return Result(
        findings=_findings(run),
        outcomes={definition.code: _outcome(run, definition) for definition in rules},
        the_return=the_return,
        rules_year=label,
        rules=rules,
    )


def _label(the_return: Return, year: Year | str | None) -> str:
    return rules_year(the_return.year if year is None else year)


def _outcome(run: Run, definition: Definition) -> Outcome:
    if stopped := run.stopped.get(definition.code):
        return stopped
    count = sum(rows.len() for rows in run.flagged.get(definition.code, {}).values())
    return Outcome(state="findings" if count else "passed", count=count)


def _findings(run: Run) -> pl.DataFrame:
    """A row for each row flagged by a rule, by rule, table and row."""
    parts = list(_parts(run))
    if not parts:
        return pl.DataFrame(schema=FINDINGS)
    about = pl.DataFrame([_about(definition, of) for definition, of, _ in parts], schema_overrides=FINDINGS)
    lengths = pl.Series([rows.len() for *_, rows in parts])
    part = pl.int_range(len(parts), eager=True).repeat_by(lengths).explode()
    places = {of: _places(run, of) for _, of, _ in parts}
    return about[part].hstack(pl.concat([places[of][rows] for _, of, rows in parts])).select(*FINDINGS)


def _parts(run: Run) -> Iterator[tuple[Definition, Table, pl.Series]]:
    for definition in run.rules:
        if definition.code not in run.stopped:
            for of, rows in sorted(run.flagged.get(definition.code, {}).items(), key=lambda item: item[0].id):
                if rows.len():
                    yield definition, of, rows


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


def _places(run: Run, of: Table) -> pl.DataFrame:
    """Where the rows of a table stand. They are in the order of their numbers, from 0."""
    tables = (run.source.previous if of.is_last_year else run.source.tables) or {}
    return tables[of.name].select("row", "line", "file", child="CHILD")
