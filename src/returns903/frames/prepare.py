"""Frames prepared once for all rules: sorted, with neighbouring rows, facts of each child, and tables side by side.

Names say what a column is: ``Episodes.DEC`` stands in the table, ``Episodes.previous.DEC`` on the child's row before,
``Episodes.last_year.DEC`` in the previous return, ``Episodes:earliest#5f3a91c2`` was computed from the table's rows.
What an expression names is added to the table's frame when first asked for, and kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, reduce
from operator import mul, or_

import polars as pl

from returns903.errors import InputError
from returns903.frames import made
from returns903.frames.computed import Computed
from returns903.frames.places import PLACES, add_places
from returns903.frames.rows import SHARING, Lookup, Numbers, Ordered, evaluated
from returns903.limits import PAIRS
from returns903.reading.cells import typed
from returns903.returns import Return
from returns903.tables import UASC, Asylum, Episodes, Header, Periods, Providers, Table, split, table
from returns903.tables.base import NUMBER, TEXT

_SHIFTS = {"previous": 1, "before_previous": 2, "next": -1}


class Frames:
    """The tables of a return, and of the previous one, as frames with full names, enriched on demand."""

    def __init__(self, the_return: Return, computed: Mapping[str, Computed] | None = None) -> None:
        self.source = the_return
        self._computed = computed or {}
        self._ordered: dict[str, Ordered] = {}
        self._lookups: dict[str, Lookup] = {}
        self._bases: dict[str, pl.DataFrame] = {}
        self._facts: dict[str, pl.DataFrame] = {}
        self._fact_lookups: dict[str, Lookup] = {}

    @cached_property
    def _numbers(self) -> Numbers:
        return Numbers(self.source)

    def has(self, of: Table) -> bool:
        """Whether the return holds the table, or what it is made from, with or without rows."""
        if of.name == Periods.name:
            return self.has(_beside(of, Episodes))
        if of.name == Asylum.name:
            header = _beside(of, Header)
            return self.has_asylum_marker(header) if self.has(header) else self.has(_beside(of, UASC))
        if of.name == Providers.name:
            return self.source.providers is not None and not of.is_last_year
        return self._given(of) is not None

    def brings(self, of: Table, column: str) -> bool:
        """Whether a derived column stands in the frames that were handed in."""
        given = self._given(of)
        return given is not None and column in given.columns

    def has_asylum_marker(self, header: Table) -> bool:
        """Whether Header brings UASC or it can be told from the UASC table of the same return."""
        return self.brings(header, "UASC") or self.has(_beside(header, UASC))

    def base(self, of: Table, names: Iterable[str] = ()) -> pl.DataFrame:
        """The table's rows, by child and in order, with at least the columns named."""
        self._ensure(of, set(names))
        return self._bases[of.id]

    def height(self, of: Table) -> int:
        """How many rows the table has."""
        return self.base(of).height

    def repeats(self, of: Table) -> bool:
        """Whether the table has several rows of one child."""
        return of.name != Providers.name and self._lookup(of).repeats

    def beside(self, anchor: Table, names: Iterable[str]) -> pl.DataFrame:
        """The anchor's rows, each beside a row of the same child in every other table that the names name.

        An anchor row without a partner is kept, with nulls. Where a child has several rows, it is any one of them.
        Columns of tables that do not repeat children are kept beside the anchor's.
        """
        by_table = self._by_table({*names, _key(anchor), f"{anchor.id}.row"}, anchor)
        self._ensure(anchor, by_table.pop(anchor.id))
        repeating = [other for other in sorted(by_table) if self.repeats(table(other))]
        for other in sorted(by_table.keys() - set(repeating)):
            self._bases[anchor.id] = self._put_beside(self._bases[anchor.id], anchor, table(other), by_table[other])
        frame = self._bases[anchor.id]
        for other in repeating:
            frame = self._put_beside(frame, anchor, table(other), by_table[other])
        return frame

    def several(self, anchor: Table, others: Iterable[Table]) -> pl.Series:
        """Whether the child of each of the anchor's rows has several rows in one of the other tables."""
        children = self.base(anchor).get_column(_key(anchor))
        return reduce(or_, (self._lookup(other).several(children) for other in others))

    def pairs(self, anchor: Table, names: Iterable[str], several: pl.Series) -> pl.DataFrame:
        """Those of the anchor's rows that have several partners in a table that the names name, beside each of them."""
        by_table = self._by_table({*names, _key(anchor), f"{anchor.id}.row"}, anchor)
        others = {table(other) for other in by_table if other != anchor.id}
        repeating = sorted(filter(self.repeats, others), key=repr)
        own = by_table[anchor.id].union(*(by_table[other.id] for other in others.difference(repeating)))
        frame = self.beside(anchor, own)[sorted(own)].filter(several)
        self._refuse_too_many(frame.get_column(_key(anchor)), repeating)
        for other in repeating:
            frame = self._paired(frame, anchor, other, by_table[other.id])
        return frame

    def judged(
        self, anchor: Table, names: Iterable[str], partners: Iterable[Table]
    ) -> Iterator[tuple[pl.DataFrame, pl.Series | None]]:
        """The frames in which the anchor's rows are judged beside partners, and which rows in each; None: all of them.

        A row with one partner at most is judged beside it, one with several beside each of them.
        """
        wanted, repeating = frozenset(names), frozenset(filter(self.repeats, partners))
        if not repeating:
            yield self.beside(anchor, wanted), None
            return
        several = self.several(anchor, repeating)
        yield self.beside(anchor, wanted), ~several
        if several.any():
            yield self.pairs(anchor, wanted, several), None

    def prepare(self, names: Mapping[Table, Iterable[str]]) -> None:
        """Work out what expressions over these tables name, table by table at one go."""
        facts: dict[str, set[str]] = defaultdict(set)
        for wanted in names.values():
            self._collect(wanted, facts)
        for of, wanted_facts in facts.items():
            self._child_facts(table(of), wanted_facts)
        for anchor, wanted in names.items():
            for of, own in self._by_table(wanted, anchor).items():
                self._ensure(table(of), own)

    def _refuse_too_many(self, children: pl.Series, others: Iterable[Table]) -> None:
        """Refuse more pairs than memory may hold: one identifier that stands for many children makes them."""
        counts = {of: self._lookup(of).count(children) for of in others}
        pairs = reduce(mul, counts.values())
        if pairs.sum() > PAIRS:
            most = pairs.arg_max() or 0
            rows = " and ".join(f"{int(count[most]):,} rows of {of.id}" for of, count in counts.items())
            msg = f"one child has {rows}, too many to compare; does one identifier stand for many children?"
            raise InputError(msg)

    def _paired(self, frame: pl.DataFrame, anchor: Table, other: Table, names: set[str]) -> pl.DataFrame:
        """The frame's rows, each beside every partner in another table."""
        columns = sorted({*names, f"{other.id}.row"})
        pairs = self._lookup(other).pairs(frame.get_column(_key(anchor)))
        partners = self.base(other, columns)[columns][pairs.get_column("other")]
        return frame[pairs.get_column("one")].hstack(partners)

    def _put_beside(self, frame: pl.DataFrame, anchor: Table, other: Table, names: set[str]) -> pl.DataFrame:
        """The anchor's frame with columns of another table, of one of the child's rows in it."""
        fresh = sorted(names - set(frame.columns))
        if not fresh:
            return frame
        right = self.base(other, fresh)[fresh]
        if other.name == Providers.name:
            return frame.hstack(right[self._provider_rows(self._with(anchor, "URN").get_column(_key(anchor, other)))])
        return frame.hstack(right[self._lookup(other).row(frame.get_column(_key(anchor)))])

    def _provider_rows(self, urns: pl.Series) -> pl.Series:
        """The rows in which Ofsted's list has these; null where it has none."""
        listed = self.base(Providers).get_column(_key(Providers))
        rows = pl.int_range(listed.len(), dtype=pl.UInt32, eager=True)
        return urns.replace_strict(listed, rows, default=None, return_dtype=pl.UInt32)

    def _lookup(self, of: Table) -> Lookup:
        """Where the children's rows stand in a table."""
        if of.id not in self._lookups:
            self._lookups[of.id] = Lookup(self.base(of).get_column(_key(of)), self._numbers.every)
        return self._lookups[of.id]

    def _by_table(self, names: Iterable[str], anchor: Table) -> dict[str, set[str]]:
        """The names by the table in whose frame they stand: facts stand beside the anchor, all else at home."""
        found: dict[str, set[str]] = defaultdict(set)
        for name in names:
            entry = self._computed.get(name)
            home = split(name)[0] if entry is None else anchor.id if entry.is_fact else entry.table.id
            found[home].add(name)
        return found

    def _collect(self, names: Iterable[str], facts: dict[str, set[str]]) -> None:
        for name in names:
            if entry := self._computed.get(name):
                if entry.is_fact:
                    facts[entry.table.id].add(name)
                self._collect(entry.roots, facts)

    def _given(self, of: Table) -> pl.DataFrame | None:
        tables = self.source.previous if of.is_last_year else self.source.tables
        return (tables or {}).get(of.name)

    def _make(self, of: Table) -> pl.DataFrame:
        """A table that is made from others."""
        if of.name == Periods.name:
            episodes = _beside(of, Episodes)
            return made.periods(self._with(episodes, "CHILD", "DECOM", "DEC"), episodes)
        if of.name == Asylum.name:
            header, uasc = _beside(of, Header), _beside(of, UASC)
            if self.has(header):
                return made.asylum(self._with(header, "CHILD", "UASC"), header)
            return made.asylum(self._with(uasc, "CHILD", "SEX", "DUC", f"DUC.{TEXT}"), uasc)
        if self.source.providers is not None:
            return made.providers(self.source.providers, self.source.postcodes, self.source.local_authority)
        raise KeyError(of.id)

    def _with(self, of: Table, *columns: str) -> pl.DataFrame:
        return self.base(of, [f"{of.id}.{column}" for column in columns])

    def _load(self, of: Table) -> None:
        """Put a table's rows in order; its columns follow when they are asked for."""
        if not self.has(of):
            frame = typed(pl.DataFrame({"CHILD": pl.Series([], dtype=pl.String)}), of)
        else:
            given = self._given(of)
            frame = self._make(of) if given is None else given
        if "CHILD" in frame.columns and NUMBER not in frame.columns:
            frame = frame.hstack([self._numbers.of(of)])
        self._ordered[of.id] = rows = Ordered(of, frame)
        first = [name for name in (_key(of), f"{of.id}.row") if name in rows.columns]
        self._bases[of.id] = pl.DataFrame(rows.fetch(first))

    def _ensure(self, of: Table, names: set[str]) -> None:
        if of.id not in self._bases:
            self._load(of)
        wanted = names - set(self._bases[of.id].columns)
        if not wanted:
            return
        if plain := wanted & self._ordered[of.id].columns:
            self._bases[of.id] = self._bases[of.id].hstack(self._ordered[of.id].fetch(sorted(plain)))
        if further := wanted - plain:
            self._work_out(of, further)

    def _work_out(self, of: Table, wanted: set[str]) -> None:
        """Add what does not stand in the table."""
        computed = {name: entry for name in wanted if (entry := self._computed.get(name))}
        marks = {name: entry for name, entry in computed.items() if not entry.is_fact}
        facts = computed.keys() - marks.keys()
        shifted = {name for name in wanted - computed.keys() if split(name)[1].partition(".")[0] in _SHIFTS}
        deeper = {root for entry in marks.values() for root in entry.roots}
        deeper |= {_unshifted(name) for name in shifted}
        if deeper:
            self._ensure(of, deeper)
        for name in sorted(wanted - computed.keys() - shifted):
            self._bases[of.id] = self._derive(of, split(name)[1])
        self._add_facts(of, facts)
        base = self._bases[of.id]
        made_now = [entry.expression.alias(name) for name, entry in marks.items() if name not in base.columns]
        made_now += [_shift(of, name) for name in sorted(shifted) if name not in base.columns]
        if made_now:
            self._bases[of.id] = base.hstack(evaluated(base, made_now))

    def _derive(self, of: Table, name: str) -> pl.DataFrame:
        """The table's frame with a column that the return does not bring."""
        frame = self._bases[of.id]
        if f"{of.id}.{name}" in frame.columns:  # places come together
            return frame
        if of.name == Header.name and name == "UASC":
            uasc = _beside(of, UASC)
            return made.asylum_marker(frame, of, self.base(uasc) if self.has(uasc) else None)
        if of.name == Episodes.name and name in PLACES:
            return add_places(
                self._with(of, "HOME_POST", "PL_POST"), of, self.source.postcodes, self.source.local_authority
            )
        if name.endswith(f".{TEXT}"):
            return frame.with_columns(pl.lit(None, pl.String).alias(f"{of.id}.{name}"))
        column = of.all_columns().get(name)
        if column is None:
            msg = f"{of.id} has no column {name}"
            raise KeyError(msg)
        return frame.with_columns(pl.lit(None, column.dtype).alias(f"{of.id}.{name}"))

    def _add_facts(self, of: Table, names: Iterable[str]) -> None:
        by_table: dict[str, list[str]] = defaultdict(list)
        for name in sorted(set(names) - set(self._bases[of.id].columns)):
            by_table[self._computed[name].table.id].append(name)
        for other, wanted in by_table.items():
            facts = self._child_facts(table(other), set(wanted))
            if other not in self._fact_lookups:
                self._fact_lookups[other] = Lookup(facts.get_column(NUMBER), self._numbers.every)
            rows = self._fact_lookups[other].row(self._bases[of.id].get_column(_key(of)))
            self._bases[of.id] = self._bases[of.id].hstack(facts[wanted][rows])

    def _child_facts(self, of: Table, names: set[str]) -> pl.DataFrame:
        known = self._facts.get(of.id)
        fresh = sorted(names - set(known.columns if known is not None else ()))
        if fresh:
            entries = {name: self._computed[name] for name in fresh}
            roots = {root for entry in entries.values() for root in entry.roots}
            child = of.col(NUMBER)
            made_now = (
                self.base(of, roots)
                .lazy()
                .filter(child.is_not_null())
                .group_by(child.alias(NUMBER), maintain_order=True)
                .agg(entry.expression.alias(name) for name, entry in entries.items())
                .collect(engine="in-memory", optimizations=SHARING)
            )
            # the same children in the same order each time
            self._facts[of.id] = made_now if known is None else known.hstack(made_now.drop(NUMBER))
        return self._facts[of.id]


def _beside(of: Table, other: Table) -> Table:
    """The other table in the same return as `of`."""
    return other.last_year if of.is_last_year else other


def _key(of: Table, other: Table | None = None) -> str:
    """The column of a table by which `other`, or any, is joined to it: the child, or the URN of `Providers`."""
    first = (other or of).key[0]
    return f"{of.id}.{NUMBER if first == 'CHILD' else first}"


def _unshifted(name: str) -> str:
    of, rest = split(name)
    return f"{of}.{rest.partition('.')[2]}"


def _shift(of: Table, name: str) -> pl.Expr:
    steps = _SHIFTS[split(name)[1].partition(".")[0]]
    child = of.col(NUMBER)
    return pl.when(child == child.shift(steps)).then(pl.col(_unshifted(name)).shift(steps)).alias(name)
