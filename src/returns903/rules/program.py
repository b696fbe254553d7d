"""The rules that can run on a return, compiled once for what there is of it, and kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

import polars as pl

from returns903.errors import attempted
from returns903.frames import Frames
from returns903.frames.computed import Computed
from returns903.frames.places import PLACES
from returns903.rules.registry import Definition
from returns903.tables import MADE, TABLES, Asylum, Episodes, Header, Providers, Table, split, table
from returns903.years import Year


@dataclass(frozen=True)
class Shape:
    """What there is of a return, which decides what rules can run."""

    tables: frozenset[Table]
    """With or without rows; of this year and of the last, those made from others among them."""
    brought: frozenset[tuple[Table, str]]
    """The derived columns that stand in the frames that were handed in."""
    year: Year
    authority: str | None
    previous: bool
    postcodes: bool
    provider_authorities: bool
    """Whether it can be told in which authority a provider lies."""

    @classmethod
    def of(cls, frames: Frames) -> Shape:
        """The shape of a return."""
        source = frames.source
        every = [side for of in (*TABLES.values(), *MADE.values()) for side in (of, of.last_year)]
        derivable: list[tuple[Table, str]] = [(of, name) for of in (Episodes, Episodes.last_year) for name in PLACES]
        derivable += [(Header, "UASC"), (Header.last_year, "UASC")]
        return cls(
            tables=frozenset(of for of in every if frames.has(of)),
            brought=frozenset((of, name) for of, name in derivable if frames.brings(of, name)),
            year=source.year,
            authority=source.local_authority,
            previous=source.previous is not None,
            postcodes=source.postcodes is not None,
            provider_authorities=source.providers is not None and source.providers.has_authorities(source.postcodes),
        )


@dataclass(frozen=True, eq=False)
class Check:
    """One expression of a rule: true on the rows of the anchor, joined to what it names, that it flags."""

    rule: Definition
    flags: tuple[Table, ...]
    """The tables whose rows are flagged; the first is the anchor."""
    expression: pl.Expr
    partners: frozenset[Table] = frozenset()
    """The tables that are joined to the anchor."""

    @cached_property
    def column(self) -> pl.Expr:
        """Which rows are flagged, under the rule's code; null, which flags none, for what cannot be judged."""
        return self.expression.alias(self.rule.code)

    @cached_property
    def names(self) -> frozenset[str]:
        """The columns of the joined frame that the check needs."""
        return frozenset(self.expression.meta.root_names()) | {f"{of.id}.row" for of in self.flags}


class Stopped(NamedTuple):
    """Why a rule did not run."""

    state: Literal["skipped", "crashed"]
    reason: str


@dataclass(frozen=True)
class Program:
    """What is to be evaluated."""

    checks: list[Check]
    functions: list[Definition]
    """The rules that are no expression."""
    computed: dict[str, Computed]
    stopped: dict[str, Stopped]
    """By code: what was skipped or could not be built."""

    @cached_property
    def names(self) -> dict[Table, set[str]]:
        """What the checks name, by anchor."""
        found: dict[Table, set[str]] = {}
        for check in self.checks:
            found.setdefault(check.flags[0], set()).update(check.names)
        return found


@lru_cache(maxsize=64)
def compiled(rules: tuple[Definition, ...], rules_of: Year, shape: Shape) -> Program:
    """The program of rules for returns of one shape."""
    program = Program([], [], {}, {})
    for definition in rules:
        if error := attempted(lambda d=definition: _add(program, d, rules_of, shape)):  # type: ignore[misc]
            program.stopped[definition.code] = Stopped("crashed", crash(definition, error))
    return program


def _add(program: Program, definition: Definition, rules_of: Year, shape: Shape) -> None:
    can_be_built = not definition.is_function and (shape.authority or "authority" not in definition.takes)
    built = _built(definition, shape.year, rules_of, shape.authority) if can_be_built else None
    if reason := lacking(definition, shape):
        program.stopped[definition.code] = Stopped("skipped", reason)
    elif built is None:
        program.functions.append(definition)
    else:
        checks, computed = built
        program.checks.extend(check for check in checks if _has_rows(check, shape))
        program.computed.update(computed)


@lru_cache(maxsize=4096)
def _built(
    definition: Definition, year: Year, rules_of: Year, authority: str | None
) -> tuple[tuple[Check, ...], Mapping[str, Computed]]:
    built = definition.build(year, rules_of, authority)
    return tuple(
        Check(definition, flags, expression, frozenset(_partners(flags, expression, built.computed)))
        for flags, expression in built.checks.items()
    ), built.computed


def _partners(flags: tuple[Table, ...], expression: pl.Expr, computed: Mapping[str, Computed]) -> Iterator[Table]:
    """The tables beside the anchor: those flagged with it, and those whose columns or marks the expression names."""
    yield from flags[1:]
    for name in expression.meta.root_names():
        entry = computed.get(name)
        if entry is None or not entry.is_fact:
            of = table(split(name)[0]) if entry is None else entry.table
            if of != flags[0]:
                yield of


def _has_rows(check: Check, shape: Shape) -> bool:
    """An optional table that is absent has no rows to flag."""
    return check.flags[0] in shape.tables or check.flags[0] not in check.rule.optional


def crash(definition: Definition, error: BaseException) -> str:
    """A crash is told by its kind and place alone: its text may quote a cell."""
    return f"{type(error).__name__} in {definition.topic}.{definition.body.__name__}"


def lacking(definition: Definition, shape: Shape) -> str | None:
    """Why a rule cannot run on a return of this shape; None where it can."""
    if not shape.previous and any(of.is_last_year for of in (*definition.tables, *definition.markers)):
        return "no previous return"
    for of in definition.tables:
        if of not in shape.tables:
            return f"no {of.name} in the previous return" if of.is_last_year else f"no {of.name}"
    if Providers in definition.reads:
        if Providers not in shape.tables:
            return "no provider list"
        if f"{Providers.id}.AUTHORITIES" in definition.names and not shape.provider_authorities:
            return "no postcodes"
    missing = definition.located - shape.brought
    if missing and not shape.postcodes:
        return "no postcodes"
    if shape.authority is None and (
        "authority" in definition.takes or any(column == "PL_LOCATION" for _, column in missing)
    ):
        return "no local authority"
    return _no_marker(definition, shape)


def _no_marker(definition: Definition, shape: Shape) -> str | None:
    if "xml-marker" in definition.declared_needs and (Header, "UASC") not in shape.brought:
        return "no asylum marker of its own in Header: it is worked out from the UASC table"
    asylum: dict[Table, Table] = {Header: Asylum, Header.last_year: Asylum.last_year}
    lacks = any(of in shape.tables and asylum[of] not in shape.tables for of in definition.reads_marker)
    lacks |= any(of not in shape.tables for of in definition.markers)
    either = "asylum-marker" in definition.declared_needs
    if lacks or (either and not shape.tables & {Asylum, Asylum.last_year}):
        return "no asylum marker: neither UASC in Header nor the UASC table"
    return None
