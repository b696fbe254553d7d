"""Choose rules, check that they can run, evaluate them together, and say how each ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import accumulate

import polars as pl

from returns903.errors import ConfigError, InputError, attempted
from returns903.frames import Frames
from returns903.frames.rows import evaluated
from returns903.results import FINDINGS, Outcome, Result
from returns903.returns import Return
from returns903.rules import Definition, choose, definitions_in_force, weighed
from returns903.rules.program import Check, Program, Shape, compiled, crash
from returns903.rules.registry import Severity
from returns903.tables import Table
from returns903.years import Year, rules_year

observers: list[Callable[[Result], object]] = []
"""Each is called with every result. The testing kit counts the rules that fire by one; there is none otherwise."""


class Run:
    """One validation: what each rule flagged, and how it ended."""

    def __init__(self, the_return: Return, rules: list[Definition], rules_of: str) -> None:
        self.source = the_return
        self.rules = rules
        self.rules_of = Year(rules_of)
        self.frames = Frames(the_return)
        self.program: Program = compiled(tuple(rules), self.rules_of, Shape.of(self.frames))
        self.flagged: dict[tuple[str, Table], list[pl.Series]] = defaultdict(list)
        """By the rule's code and the table: the numbers of rows, some of them perhaps again and again, and nulls."""
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
            groups[check.flags[0], frozenset(filter(self.frames.repeats, check.partners))].append(check)
        for (anchor, repeating), together in groups.items():
            self._evaluate_group(together, anchor, repeating)

    def _evaluate_group(self, checks: list[Check], anchor: Table, repeating: frozenset[Table]) -> None:
        error = attempted(lambda: self._select(checks, anchor, repeating))
        if isinstance(error, InputError):
            raise error
        if error:
            # One bad expression fails them all.
            for check in checks:
                self._guard(check.rule, lambda c=check: self._select([c], anchor, repeating))  # type: ignore[misc]

    def _select(self, checks: list[Check], anchor: Table, repeating: frozenset[Table]) -> None:
        names = frozenset[str]().union(*(check.names for check in checks))
        for frame, judged in self.frames.judged(anchor, names, repeating):
            self._see(checks, frame, judged)

    def _see(self, checks: list[Check], frame: pl.DataFrame, judged: pl.Series | None) -> None:
        """Note what the checks flag in a frame, of those rows that are judged in it."""
        hits = evaluated(frame, [check.column for check in checks])
        for check in checks:
            hit = hits.get_column(check.rule.code)
            if hit.any():
                hit = hit if judged is None else hit & judged
                for of in check.flags:
                    self._flag(check.rule, of, frame.get_column(f"{of.id}.row").filter(hit))

    def _call(self, definition: Definition) -> None:
        known = {
            "frames": self.frames,
            "year": self.source.year,
            "rules_year": self.rules_of,
            "authority": self.source.local_authority,
        }
        found = definition.body(**{name: known[name] for name in definition.takes})
        for of, rows in found.items():
            self._flag(definition, of, rows)

    def _flag(self, definition: Definition, of: Table, rows: pl.Series) -> None:
        """Note the rows. A row beside several partners comes several times, and one that is not there is null."""
        if rows.len() > rows.null_count():
            self.flagged[definition.code, of].append(rows)

    def _guard(self, definition: Definition, step: Callable[[], None]) -> None:
        """Run a step of one rule, and say so if it crashes."""
        if error := attempted(step):
            self.stopped[definition.code] = Outcome(state="crashed", reason=crash(definition, error))


def validate(
    the_return: Return,
    select: str | Iterable[str] | None = None,
    ignore: str | Iterable[str] | None = None,
    rules_year: Year | str | None = None,
    severity: Mapping[str, Severity] | None = None,
) -> Result:
    """Evaluate the rules in force on a return.

    Args:
        the_return: from `read_return` or `Return.from_frames`.
        select: rules to run, by code, by the beginning of codes, or by topic; all in force where it is not given. A
            text is one name.
        ignore: rules to leave out, named likewise.
        rules_year: the collection year whose rules to apply; the return's own where it is not given.
        severity: what rules count as, ``{"361": "query"}``, named likewise; where several name a rule, the last.

    Raises:
        InputError: a child has so many rows that they cannot be held against one another.
        ConfigError: what is given is no return, no rules are known for the year, a name is that of no rule, or a
            severity is none.
    """
    if not isinstance(the_return, Return):
        msg = f"validate takes a Return, and this is of type {type(the_return).__name__}; make one by read_return(path)"
        raise ConfigError(msg)
    label = _label(the_return, rules_year)
    rules = choose(definitions_in_force(label), select, ignore)
    told = weighed(rules, severity)
    run = Run(the_return, rules, label)
    run.evaluate()
    findings = _findings(run, told)
    counts: dict[str, int] = dict(findings.get_column("rule").value_counts().iter_rows())
    result = Result(
        findings=findings,
        outcomes={d.code: run.stopped.get(d.code) or _outcome(counts.get(d.code, 0)) for d in rules},
        the_return=the_return,
        rules_year=label,
        rules=told,
    )
    for observe in observers:
        observe(result)
    return result


def _label(the_return: Return, year: Year | str | None) -> str:
    return rules_year(the_return.year if year is None else year)


@cache
def _outcome(count: int) -> Outcome:
    return Outcome(state="findings" if count else "passed", count=count)


def _findings(run: Run, rules: list[Definition]) -> pl.DataFrame:
    """A row for each row flagged by a rule, by rule, table and row."""
    tables = defaultdict(list)
    for code, of in run.flagged:
        if code not in run.stopped:
            tables[code].append(of)
    parts = [(rule, of) for rule in rules for of in sorted(tables[rule.code], key=repr)]
    if not parts:
        return pl.DataFrame(schema=FINDINGS)
    rows = [pl.concat(run.flagged[rule.code, of]) for rule, of in parts]
    part = pl.int_range(len(parts), eager=True).repeat_by(pl.Series(map(len, rows))).explode()
    found = pl.DataFrame({"part": part, "row": pl.concat(rows)}).drop_nulls().unique().sort("part", "row")
    places = [_places(run, of) for of in dict.fromkeys(of for _, of in parts)]
    # A table's rows stand in the order of their numbers, from 0.
    starts = dict(zip(dict.fromkeys(of for _, of in parts), accumulate(map(len, places), initial=0), strict=False))
    about = pl.DataFrame([_about(rule, of) | {"start": starts[of]} for rule, of in parts], schema_overrides=FINDINGS)
    found = about[found.get_column("part")].hstack([found.get_column("row").alias("number")])
    where = pl.concat(places)[found.get_column("start") + found.get_column("number")]
    return found.hstack(where)[list(FINDINGS)]


def _places(run: Run, of: Table) -> pl.DataFrame:
    tables = (run.source.previous if of.is_last_year else run.source.tables) or {}
    return tables[of.name][["row", "line", "file", "CHILD"]].rename({"CHILD": "child"})


def _about(definition: Definition, of: Table) -> dict[str, object]:
    """What all findings of a rule in a table have in common."""
    return {
        "rule": definition.code,
        "severity": definition.severity,
        "table": of.name,
        "previous": of.is_last_year,
        "fields": " ".join(column for table_id, column in definition.fields if table_id == of.id) or "CHILD",
        "message": definition.message,
    }
