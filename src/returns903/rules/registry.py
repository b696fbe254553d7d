"""Where rules are written down: the decorator, what it keeps of each rule, and which are in force in a year."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Literal, TypeVar

import polars as pl

from returns903.errors import ConfigError, attempted
from returns903.frames.computed import Computed, collected
from returns903.frames.places import PLACES
from returns903.tables import MADE, Asylum, Episodes, Header, Periods, Providers, Table, split, table
from returns903.words import printable
from returns903.years import RULE_YEARS, Year, rules_year

Severity = Literal["error", "query"]
Flagged = pl.Expr | Mapping[Table, pl.Expr]
Body = TypeVar("Body", bound=Callable[..., Any])

TOPICS = (
    "identity",
    "motherhood",
    "across_tables",
    "dates",
    "episodes",
    "legal_status",
    "placements",
    "temporary_placements",
    "provision",
    "places",
    "providers",
    "reviews",
    "health",
    "adoption",
    "adoption_decisions",
    "adoption_plans",
    "permanence",
    "missing",
    "uasc",
    "care_leavers",
    "social_workers",
    "social_worker_changes",
    "deprivation_of_liberty",
    "previous_year",
)
"""The modules that hold the rules, in the order in which rules are listed."""

PACKAGED = "returns903.rules"
"""The entry points by which installed packages bring rules of their own."""

_CODE = re.compile(r"([0-9]+|[A-Za-z]+)([0-9]*)(.*)")
_SECTIONS = ("When", "Why", "Fix", "Changed")
SAMPLE_YEAR = Year("2024-25")


@dataclass(frozen=True)
class Built:
    """A rule for one year: its expressions, and the marks and facts that these name."""

    checks: Mapping[tuple[Table, ...], pl.Expr]
    """By the tables whose rows each flags; the first table is the anchor."""
    computed: Mapping[str, Computed]


@dataclass(frozen=True, eq=False)
class Definition:
    """One definition of a rule, in force from `since` to `until`."""

    code: str
    topic: str
    body: Callable[..., Any]
    flags: tuple[Table, ...]
    fields: tuple[tuple[str, str], ...]
    severity: Severity
    since: str
    until: str | None
    optional: frozenset[Table]
    declared_tables: tuple[Table, ...]
    declared_needs: tuple[str, ...]
    text: str
    line: int
    """The line of the topic file on which the rule, or the call of the factory that makes it, begins."""

    @cached_property
    def takes(self) -> frozenset[str]:
        """The names of the parameters that the engine fills in."""
        parameters = inspect.signature(self.body).parameters.values()
        return frozenset(p.name for p in parameters if p.default is inspect.Parameter.empty)

    @property
    def is_own(self) -> bool:
        """Whether it is no published rule but an authority's or a vendor's: their codes have a prefix and a hyphen."""
        return "-" in self.code

    @property
    def is_function(self) -> bool:
        """A function from the frames to the flagged rows, not an expression."""
        return "frames" in self.takes

    def in_force(self, year: str) -> bool:
        """Whether this definition holds in the collection year with this label."""
        return self.since <= year <= (self.until or year)

    def build(self, year: Year, rules_of: Year, authority: str | None) -> Built:
        """The rule for a year of data, the year whose rules are applied, and an authority."""
        known = {"year": year, "rules_year": rules_of, "authority": authority}
        with collected() as computed:
            flagged: Flagged = self.body(**{name: known[name] for name in self.takes})
        checks: dict[tuple[Table, ...], pl.Expr] = {}
        if isinstance(flagged, pl.Expr):
            checks[self.flags] = flagged
        else:
            checks.update(((of,), expression) for of, expression in flagged.items())
        built = Built(checks, computed)
        vars(self).setdefault("sample", built)  # spares building it once more to tell what it reads
        return built

    @cached_property
    def sample(self) -> Built:
        """The rule as built for some year: what it reads is the same in all."""
        if self.is_function:
            return Built({}, {})
        return self.build(SAMPLE_YEAR, Year(self.since), "E09000008")

    @cached_property
    def names(self) -> frozenset[str]:
        """Every column the rule rests on."""
        built = self.sample
        expressions = [*built.checks.values(), *(entry.expression for entry in built.computed.values())]
        return frozenset(name for e in expressions for name in e.meta.root_names()) - built.computed.keys()

    @cached_property
    def reads(self) -> tuple[Table, ...]:
        """Every table the rule names, those made from others among them; those it flags first."""
        named = {table(split(name)[0]) for name in self.names} | {e.table for e in self.sample.computed.values()}
        return tuple(dict.fromkeys([*self.flags, *self.declared_tables, *sorted(named, key=repr)]))

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables of the return, or of the previous one, without which the rule does not run."""
        found = [_source(of) for of in self.reads if of not in self.optional]
        return tuple(dict.fromkeys(of for of in found if of is not None and of not in self.optional))

    @cached_property
    def located(self) -> frozenset[tuple[Table, str]]:
        """The derived columns of Episodes that the rule reads, with their tables."""
        found = ((of, rest.rpartition(".")[2]) for of, rest in map(split, self.names))
        return frozenset((table(of), column) for of, column in found if column in PLACES)

    @cached_property
    def reads_marker(self) -> frozenset[Table]:
        """The Header tables whose asylum marker the rule reads."""
        return frozenset(of for of in (Header, Header.last_year) if f"{of.id}.UASC" in self.names)

    @cached_property
    def markers(self) -> tuple[Table, ...]:
        """The asylum markers, this year's or the last's, without which the rule does not run."""
        return tuple(of for of in self.reads if of.name == Asylum.name and of not in self.optional)

    @property
    def needs(self) -> tuple[str, ...]:
        """What the rule needs beside this year's tables."""
        found = list(self.declared_needs)
        found += ["asylum-marker"] if self.markers else []
        found += ["previous-year"] if any(of.is_last_year for of in (*self.tables, *self.markers)) else []
        found += ["provider-list"] if Providers in self.reads else []
        found += ["postcodes"] if self.located else []
        found += (
            ["local-authority"] if "authority" in self.takes or any(c == "PL_LOCATION" for _, c in self.located) else []
        )
        return tuple(dict.fromkeys(found))

    @cached_property
    def sections(self) -> dict[str, str]:
        """The rule's own words: ``message``, and the paragraphs When, Why, Fix and Changed."""
        paragraphs = [" ".join(p.split()) for p in textwrap.dedent(self.text).strip().split("\n\n")]
        found = {"message": paragraphs[0]}
        for paragraph in paragraphs[1:]:
            head, _, rest = paragraph.partition(": ")
            if head not in _SECTIONS or not rest:
                msg = f"rule {self.code}: a paragraph of its text begins with none of {', '.join(_SECTIONS)}"
                raise ConfigError(msg)
            found[head] = rest
        return found

    @property
    def message(self) -> str:
        """What a data officer reads beside a flagged row."""
        return self.sections["message"]


def _source(of: Table) -> Table | None:
    """The table of the return that a table stands for; None for one that is no part of a return."""
    if of.name == Periods.name:
        return Episodes.last_year if of.is_last_year else Episodes
    return None if of.name in MADE else of


_registry: dict[str, list[Definition]] = {}
_loaded = False


def rule(
    code: str,
    *,
    flags: Table | Sequence[Table],
    fields: Iterable[pl.Expr],
    since: str = RULE_YEARS[0],
    until: str | None = None,
    severity: Severity = "error",
    optional: Iterable[Table] = (),
    tables: Iterable[Table] = (),
    needs: Iterable[str] = (),
    words: Mapping[str, str] | None = None,
    changed: str | None = None,
) -> Callable[[Body], Body]:
    """Register the decorated function as a rule.

    The function returns one expression, true on rows to flag; it may take `year` and `rules_year` (as `Year`) and
    `authority` (the ONS code of the authority making the return). Its docstring's first paragraph is the message;
    paragraphs headed When, Why, Fix and (for a later definition) Changed make the rule's page.

    Args:
        code: the published code.
        flags: the tables whose rows are flagged. The first is the anchor: tables whose columns the expression names
            are joined to it by CHILD, and the rows of every table listed are flagged where it holds. A function that
            returns a mapping flags each table by an expression of its own.
        fields: the columns a data officer should look at.
        since: the first collection year of this definition.
        until: the last one, where a later definition or a deletion ends it.
        severity: error, or query where the value is possible but unlikely.
        optional: tables the rule reads where they are there; an absent one has no rows. A rule is skipped without any
            other table that it names.
        tables: for a function that takes `frames` and returns the flagged row numbers by table: what it reads.
        needs: what else it cannot run without: "xml-marker", or "asylum-marker" for a rule that is content with this
            year's or the last's (it calls both `Asylum` tables optional; without that each it names must be there).
        words: what to fill in between braces in the docstring.
        changed: the paragraph Changed, for definitions that share one docstring.
    """
    flagged = (flags,) if isinstance(flags, Table) else tuple(flags)

    def keep(body: Body) -> Body:
        text = inspect.getdoc(body) or ""
        text = text.format(**words) if words else text
        definition = Definition(
            code=code,
            topic=body.__module__.rpartition(".")[2],
            body=body,
            flags=flagged,
            fields=tuple(split(f.meta.output_name()) for f in fields),
            severity=severity,
            since=since,
            until=until,
            optional=frozenset(optional),
            declared_tables=tuple(tables),
            declared_needs=tuple(needs),
            text=f"{text}\n\nChanged: {changed}" if changed else text,
            line=_line_of(body),
        )
        _add(definition)
        return body

    return keep


def _line_of(body: Callable[..., Any]) -> int:
    """The line that its module has got to; where the rule is made in some function, that of its own text."""
    frame = inspect.currentframe()
    while frame and not (frame.f_code.co_name == "<module>" and frame.f_globals is body.__globals__):
        frame = frame.f_back
    return frame.f_lineno if frame else body.__code__.co_firstlineno


def column_name(column: pl.Expr) -> str:
    """What a column is called in the texts of rules, such as ``DATE_INT``."""
    return split(column.meta.output_name())[1]


def _add(definition: Definition) -> None:
    others = _registry.setdefault(definition.code, [])
    for other in others:
        if any(definition.in_force(year) and other.in_force(year) for year in RULE_YEARS):
            msg = f"two definitions of rule {definition.code} are in force in one year"
            raise ConfigError(msg)
    others.append(definition)
    others.sort(key=lambda d: d.since)


def registered_by(module: str, function: str | None = None) -> list[Definition]:
    """The definitions that a module registered, all or those of one function, by code and then by year."""
    every = (definition for code in sorted(_registry, key=code_order) for definition in _registry[code])
    return [d for d in every if d.body.__module__ == module and function in (None, d.body.__qualname__)]


def forget(module: str, function: str | None = None) -> None:
    """Take back what a module registered, all or what one function of it did."""
    for definition in registered_by(module, function):
        _registry[definition.code].remove(definition)
        if not _registry[definition.code]:
            del _registry[definition.code]


def definitions() -> list[Definition]:
    """Every definition of every rule, by code and then by year: published ones, and those of installed packages.

    Raises:
        ConfigError: the rules of an installed package cannot be loaded.
    """
    global _loaded
    if not _loaded:
        for topic in TOPICS:
            import_module(f"returns903.rules.{topic}")
        for entry in entry_points(group=PACKAGED):
            _load(entry)
        _loaded = True
    return [definition for code in sorted(_registry, key=code_order) for definition in _registry[code]]


def _load(entry: EntryPoint) -> None:
    if error := attempted(entry.load):
        who = "an installed package" if entry.dist is None else f"the package {entry.dist.name}"
        msg = f"the rules of {who} cannot be loaded ({entry.value}): {type(error).__name__}: {printable(str(error))}"
        raise ConfigError(msg) from None


def definitions_in_force(year: Year | str) -> list[Definition]:
    """The one definition of each rule that holds in a collection year, in the order of their codes."""
    label = rules_year(year)
    return [definition for definition in definitions() if definition.in_force(label)]


@cache
def code_order(code: str) -> tuple[int, int, str, int, str]:
    """A key that sorts codes as people do: 102 before 1000, numbers before letters."""
    found = _CODE.fullmatch(code)
    if found is None:
        return (2, 0, code, 0, "")
    head, number, rest = found.groups()
    if head.isdigit():
        return (0, int(head), "", 0, rest)
    return (1, 0, head, int(number or 0), rest)
