"""Choose rules, check that they can run, evaluate them together, and say how each ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import polars as pl

from returns903.errors import ConfigError
from returns903.frames import Frames
from returns903.frames.made import brings, has_asylum_marker
from returns903.frames.terms import computed, split
from returns903.results import FINDINGS, Outcome, Result
from returns903.returns import Return
from returns903.rules import Definition, choose, definitions_in_force
from returns903.tables import Asylum, Header, Providers, Table
from returns903.years import Year, rules_year


@dataclass(frozen=True)
class Check:
    """One expression of a rule: true on the rows of the anchor, joined to what it names, that it flags."""

    rule: Definition
    flags: tuple[Table, ...]
    expression: pl.Expr

    @property
    def group(self) -> tuple[str, frozenset[str]]:
        """The anchor and the tables joined to it: checks of one group are evaluated in one go."""
        names = self.expression.meta.root_names()
        homes = (computed(name) for name in names)
        tables = {
            e.table.id if e else split(n)[0] for n, e in zip(names, homes, strict=True) if not n.startswith("child:")
        }
        return self.flags[0].id, frozenset(tables | {of.id for of in self.flags})


class Run:
    """One validation: what each rule flagged, and how it ended."""

    def __init__(self, the_return: Return, rules: list[Definition], rules_of: str) -> None:
        self.frames = Frames(the_return)
        self.source = the_return
        self.rules = rules
        self.rules_of = Year(rules_of)
        self.flagged: dict[str, dict[Table, pl.Series]] = {}
        self.stopped: dict[str, Outcome] = {}

    def evaluate(self) -> None:
        """Evaluate every rule that can run; one that fails stops no other."""
        checks: list[Check] = []
        for definition in self.rules:
            self._guard(definition, lambda d=definition: checks.extend(self._begin(d)))  # type: ignore[misc]
        try:
            self.frames.prepare(name for check in checks for name in check.expression.meta.root_names())
        except Exception:
            # Which rule is to blame shows when each is evaluated by itself.
            self.frames = Frames(self.source)
        groups: dict[tuple[str, frozenset[str]], list[Check]] = defaultdict(list)
        for check in checks:
            groups[check.group].append(check)
        for together in groups.values():
            self._evaluate_group(together)

    def _begin(self, definition: Definition) -> list[Check]:
        """Skip what cannot run, call what is a function, and give the checks of what is an expression."""
        if reason := lacking(definition, self.frames):
            self.stopped[definition.code] = Outcome(state="skipped", reason=reason)
            return []
        if definition.is_function:
            self._call(definition)
            return []
        return self._checks(definition)

    def _checks(self, definition: Definition) -> list[Check]:
        built = definition.build(self.source.year, self.rules_of, self.source.local_authority)
        return [Check(definition, flags, expr) for flags, expr in built.items() if self._present(definition, flags)]

    def _present(self, definition: Definition, flags: tuple[Table, ...]) -> bool:
        """An optional table that is absent has no rows to flag."""
        return self.frames.has(flags[0]) or flags[0] not in definition.optional

    def _evaluate_group(self, checks: list[Check]) -> None:
        try:
            self._select(checks)
        except Exception:
            # One bad expression fails them all.
            for check in checks:
                self._guard(check.rule, lambda c=check: self._select([c]))  # type: ignore[misc]

    def _select(self, checks: list[Check]) -> None:
        anchor = checks[0].flags[0]
        rows = {f"{of.id}.row" for check in checks for of in check.flags}
        names = rows | {name for check in checks for name in check.expression.meta.root_names()}
        frame = self.frames.joined(anchor, names)
        hits = frame.select(check.expression.fill_null(value=False).alias(str(i)) for i, check in enumerate(checks))
        for i, check in enumerate(checks):
            hit = hits.get_column(str(i))
            for of in check.flags:
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
        """Run a step of one rule. A crash is told by its kind and place alone: its text may quote a cell."""
        try:
            step()
        except Exception as error:
            reason = f"{type(error).__name__} in {definition.topic}.{definition.body.__name__}"
            self.stopped[definition.code] = Outcome(state="crashed", reason=reason)
            self.flagged.pop(definition.code, None)


def validate(
    the_return: Return,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] | None = None,
    rules_year: Year | str | None = None,
) -> Result:
    """Evaluate the rules in force on a return.

    Args:
        the_return: from `read_return` or `Return.from_frames`.
        select: rules to run, by code, by the beginning of codes, or by topic; all in force where it is not given.
        ignore: rules to leave out, named likewise.
        rules_year: the collection year whose rules to apply; the return's own where it is not given.

    Raises:
        ConfigError: what is given is no return, no rules are known for the year, or a name selects none.
    """
    if not isinstance(the_return, Return):
        msg = f"validate takes a Return, and this is of type {type(the_return).__name__}; make one by read_return(path)"
        raise ConfigError(msg)
    label = _label(the_return, rules_year)
    rules = choose(definitions_in_force(label), select, ignore)
    run = Run(the_return, rules, label)
    run.evaluate()
    return Result(
        findings=_findings(run),
        outcomes={d.code: _outcome(run, d) for d in rules},
        the_return=the_return,
        rules_year=label,
        rules=rules,
    )


def _label(the_return: Return, year: Year | str | None) -> str:
    return rules_year(the_return.year if year is None else year)


def lacking(definition: Definition, frames: Frames) -> str | None:
    """Why a rule cannot run on this return; None where it can."""
    source = frames.source
    if source.previous is None and any(of.is_last_year for of in (*definition.tables, *definition.markers)):
        return "no previous return"
    for of in definition.tables:
        if not frames.has(of):
            return f"no {of.name} in the previous return" if of.is_last_year else f"no {of.name}"
    if Providers in definition.reads:
        if source.providers is None:
            return "no provider list"
        if f"{Providers.id}.AUTHORITIES" in definition.names and not source.providers.has_authorities(source.postcodes):
            return "no postcodes"
    missing = [(of, column) for of, column in definition.located if not brings(frames, of, column)]
    if missing and source.postcodes is None:
        return "no postcodes"
    if source.local_authority is None and (
        "authority" in definition.takes or any(column == "PL_LOCATION" for _, column in missing)
    ):
        return "no local authority"
    return _no_marker(definition, frames)


def _no_marker(definition: Definition, frames: Frames) -> str | None:
    if "xml-marker" in definition.declared_needs and not brings(frames, Header, "UASC"):
        return "no asylum marker of its own in Header: it is worked out from the UASC table"
    lacks = any(frames.has(of) and not has_asylum_marker(frames, of) for of in definition.reads_marker)
    lacks |= any(not frames.has(of) for of in definition.markers)
    either = "asylum-marker" in definition.declared_needs
    if lacks or (either and not any(frames.has(of) for of in (Asylum, Asylum.last_year))):
        return "no asylum marker: neither UASC in Header nor the UASC table"
    return None


def _outcome(run: Run, definition: Definition) -> Outcome:
    if stopped := run.stopped.get(definition.code):
        return stopped
    count = sum(rows.len() for rows in run.flagged.get(definition.code, {}).values())
    return Outcome(state="findings" if count else "passed", count=count)


def _findings(run: Run) -> pl.DataFrame:
    parts = [
        _finding_rows(run, definition, of, rows)
        for definition in run.rules
        if definition.code not in run.stopped
        for of, rows in sorted(run.flagged.get(definition.code, {}).items(), key=lambda item: item[0].id)
        if rows.len()
    ]
    return pl.concat(parts) if parts else pl.DataFrame(schema=FINDINGS)


def _finding_rows(run: Run, definition: Definition, of: Table, rows: pl.Series) -> pl.DataFrame:
    tables = run.source.previous if of.is_last_year else run.source.tables
    own = [column for table_id, column in definition.fields if table_id == of.id] or ["CHILD"]
    # A table's rows stand in the order of their numbers, from 0.
    places = (tables or {})[of.name].select("row", "line", "file", child="CHILD")[rows]
    constant = {
        "rule": definition.code,
        "severity": definition.severity,
        "table": of.name,
        "previous": of.is_last_year,
        "fields": own,
        "message": definition.message,
    }
    return places.with_columns(pl.lit(v, FINDINGS[n]).alias(n) for n, v in constant.items()).select(*FINDINGS)
