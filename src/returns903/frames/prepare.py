"""Frames prepared once for all rules: sorted, with neighbouring rows, facts of each child, and tables side by side.

Names say what a column is: ``Episodes.DEC`` stands in the table, ``Episodes.previous.DEC`` on the child's row before,
``Episodes.last_year.DEC`` in the previous return, ``row:...`` and ``child:...`` were made by `terms.of_row` and
`terms.of_child`. What an expression names is added to the table's frame when first asked for, and kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import polars as pl

from returns903.frames import made
from returns903.frames.terms import computed, split
from returns903.reading.cells import typed
from returns903.returns import Return
from returns903.tables import MADE, Table, table

_SHIFTS = {"previous": 1, "before_previous": 2, "next": -1}


class Frames:
    """The tables of a return, and of the previous one, as frames with full names, enriched on demand."""

    def __init__(self, the_return: Return) -> None:
        self.source = the_return
        self._bases: dict[str, pl.DataFrame] = {}
        self._facts: dict[str, pl.DataFrame] = {}
        self._made: dict[str, pl.DataFrame | None] = {}

    def has(self, of: Table) -> bool:
        """Whether the return holds the table, with or without rows."""
        return self._raw(of) is not None

    def base(self, of: Table, names: Iterable[str] = ()) -> pl.DataFrame:
        """The table's rows, by child and in order, with at least the columns named."""
        self._ensure(of, set(names))
        return self._bases[of.id]

    def joined(self, anchor: Table, names: Iterable[str]) -> pl.DataFrame:
        """The anchor's rows, each beside every row of the same child in the other tables that the names name.

        An anchor row without a partner is kept, with nulls. Of the columns there are those named, and the row numbers.
        """
        by_table: dict[str, set[str]] = defaultdict(set)
        for name in {*names, f"{anchor.id}.row"}:
            by_table[self._home(name, anchor)].add(name)
        own = by_table.pop(anchor.id)
        keys = {f"{anchor.id}.{table(other).key[0]}" for other in by_table}
        frame = self.base(anchor, own | keys).select(sorted(own | keys))
        for other_id in sorted(by_table):
            other = table(other_id)
            key = f"{other_id}.{other.key[0]}"
            needed = sorted({*by_table[other_id], f"{other_id}.row", key})
            right = self.base(other, needed).select(needed)
            left_key = f"{anchor.id}.{other.key[0]}"
            frame = frame.join(right, left_on=left_key, right_on=key, how="left", maintain_order="left", coalesce=False)
        return frame

    def prepare(self, names: Iterable[str]) -> None:
        """Work out every fact that the names rest on, table by table at one go."""
        facts: dict[str, set[str]] = defaultdict(set)
        self._collect(names, facts)
        for of, wanted in facts.items():
            self._child_facts(table(of), wanted)

    def _home(self, name: str, anchor: Table) -> str:
        if entry := computed(name):
            return anchor.id if name.startswith("child:") else entry.table.id
        return split(name)[0]

    def _collect(self, names: Iterable[str], facts: dict[str, set[str]]) -> None:
        for name in names:
            if entry := computed(name):
                if name.startswith("child:"):
                    facts[entry.table.id].add(name)
                self._collect(entry.expression.meta.root_names(), facts)

    def _raw(self, of: Table) -> pl.DataFrame | None:
        if of.name in MADE:
            if of.id not in self._made:
                self._made[of.id] = made.BUILDERS[of.name](self, of)
            return self._made[of.id]
        tables = self.source.previous if of.is_last_year else self.source.tables
        return (tables or {}).get(of.name)

    def _load(self, of: Table) -> pl.DataFrame:
        raw = self._raw(of)
        frame = typed(pl.DataFrame({"CHILD": pl.Series([], dtype=pl.String)}), of) if raw is None else raw
        frame = frame.rename({name: f"{of.id}.{name}" for name in frame.columns})
        if f"{of.id}.CHILD" not in frame.columns:
            return frame
        order = [f"{of.id}.CHILD", *([f"{of.id}.{of.order}"] if of.order else []), f"{of.id}.row"]
        return frame.sort(order, nulls_last=True)

    def _ensure(self, of: Table, names: set[str]) -> None:
        if of.id not in self._bases:
            self._bases[of.id] = self._load(of)
        wanted = names - set(self._bases[of.id].columns)
        if not wanted:
            return
        marks = {n: entry.expression for n in wanted if n.startswith("row:") and (entry := computed(n))}
        facts = {n for n in wanted if n.startswith("child:")}
        shifted = {n for n in wanted if split(n)[1].partition(".")[0] in _SHIFTS} - marks.keys() - facts
        deeper = {root for expression in marks.values() for root in expression.meta.root_names()}
        deeper |= {_unshifted(n) for n in shifted}
        if deeper:
            self._ensure(of, deeper | ({f"{of.id}.CHILD"} if shifted else set()))
        for name in sorted(wanted - marks.keys() - facts - shifted):
            self._bases[of.id] = made.derived_column(self, of, self._bases[of.id], split(name)[1])
        self._add_facts(of, facts)
        self._bases[of.id] = self._bases[of.id].with_columns(
            *[expression.alias(n) for n, expression in marks.items()], *[_shift(of, n) for n in sorted(shifted)]
        )

    def _add_facts(self, of: Table, names: set[str]) -> None:
        by_table: dict[str, set[str]] = defaultdict(set)
        for name in names - set(self._bases[of.id].columns):
            entry = computed(name)
            if entry is None:
                msg = f"no such fact: {name}"
                raise KeyError(msg)
            by_table[entry.table.id].add(name)
        for other, wanted in by_table.items():
            facts = self._child_facts(table(other), wanted).select("CHILD", *sorted(wanted))
            self._bases[of.id] = self._bases[of.id].join(
                facts, left_on=f"{of.id}.CHILD", right_on="CHILD", how="left", maintain_order="left"
            )

    def _child_facts(self, of: Table, names: set[str]) -> pl.DataFrame:
        known = self._facts.get(of.id)
        fresh = sorted(names - set(known.columns if known is not None else ()))
        if fresh:
            expressions = {n: entry.expression for n in fresh if (entry := computed(n))}
            roots = {root for expression in expressions.values() for root in expression.meta.root_names()}
            child = pl.col(f"{of.id}.CHILD")
            made_now = (
                self.base(of, roots)
                .filter(child.is_not_null())
                .group_by(child.alias("CHILD"), maintain_order=True)
                .agg(expression.alias(n) for n, expression in expressions.items())
            )
            known = made_now if known is None else known.join(made_now, on="CHILD", how="left", maintain_order="left")
            self._facts[of.id] = known
        return self._facts[of.id]


def _unshifted(name: str) -> str:
    of, rest = split(name)
    return f"{of}.{rest.partition('.')[2]}"


def _shift(of: Table, name: str) -> pl.Expr:
    steps = _SHIFTS[split(name)[1].partition(".")[0]]
    child = pl.col(f"{of.id}.CHILD")
    return pl.when(child == child.shift(steps)).then(pl.col(_unshifted(name)).shift(steps)).alias(name)
