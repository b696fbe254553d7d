"""Frames prepared once for all rules: sorted, with neighbouring rows, facts of each child, and tables side by side.

Names say what a column is: ``Episodes.DEC`` stands in the table, ``Episodes.previous.DEC`` on the child's row before,
``Episodes.last_year.DEC`` in the previous return, ``Episodes:earliest#5f3a91c2`` was computed from the table's rows.
What an expression names is added to the table's frame when first asked for, and kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import polars as pl

from returns903.frames import made
from returns903.frames.computed import Computed
from returns903.frames.places import PLACES, add_places
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
        self._numbers: dict[str, pl.Series] = {}
        self._bases: dict[str, pl.DataFrame] = {}
        self._facts: dict[str, pl.DataFrame] = {}
        self._repeats: dict[str, bool] = {}

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

    def repeats(self, of: Table) -> bool:
        """Whether the table has several rows of one child (of one URN for `Providers`)."""
        if of.id not in self._repeats:
            keys = self.base(of).get_column(_key(of)).drop_nulls()
            self._repeats[of.id] = keys.n_unique() < keys.len()
        return self._repeats[of.id]

    def joined(self, anchor: Table, names: Iterable[str]) -> pl.DataFrame:
        """The anchor's rows, each beside every row of the same child in the other tables that the names name.

        An anchor row without a partner is kept, with nulls. Columns of a table with one row for each child are kept
        beside the anchor's; of a table that repeats children there are those named, and the row numbers.
        """
        by_table = self._by_table(names, anchor)
        self._ensure(anchor, by_table.pop(anchor.id, set()) | {_key(anchor, table(other)) for other in by_table})
        repeating = {}
        for other, wanted in by_table.items():
            if self.repeats(table(other)):
                repeating[other] = wanted
            else:
                fresh = wanted - set(self._bases[anchor.id].columns)
                self._bases[anchor.id] = self._beside(self._bases[anchor.id], anchor, table(other), fresh)
        frame = self._bases[anchor.id]
        for other, wanted in repeating.items():
            frame = self._beside(frame, anchor, table(other), {*wanted, f"{other}.row"})
        return frame

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

    def _beside(self, frame: pl.DataFrame, anchor: Table, other: Table, names: set[str]) -> pl.DataFrame:
        if not names:
            return frame
        key = _key(other)
        right = self.base(other, names).select(key, *sorted(names - {key}))
        return frame.join(
            right,
            left_on=_key(anchor, other),
            right_on=key,
            how="left",
            maintain_order="left",
            coalesce=key not in names,
        )

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
                self._collect(entry.expression.meta.root_names(), facts)

    def _given(self, of: Table) -> pl.DataFrame | None:
        tables = self.source.previous if of.is_last_year else self.source.tables
        return (tables or {}).get(of.name)

    def _make(self, of: Table) -> pl.DataFrame:
        """A table that is made from others."""
        if of.name == Periods.name:
            episodes = _beside(of, Episodes)
            return made.periods(self.base(episodes), episodes)
        if of.name == Asylum.name:
            header = _beside(of, Header)
            if self.has(header):
                return made.asylum(self.base(header, [f"{header.id}.UASC"]), header)
            uasc = _beside(of, UASC)
            return made.asylum(self.base(uasc), uasc)
        if self.source.providers is not None:
            return made.providers(self.source.providers, self.source.postcodes, self.source.local_authority)
        raise KeyError(of.id)

    def _load(self, of: Table) -> pl.DataFrame:
        if not self.has(of):
            frame = typed(pl.DataFrame({"CHILD": pl.Series([], dtype=pl.String)}), of)
        else:
            given = self._given(of)
            frame = self._make(of) if given is None else given
        if "CHILD" in frame.columns and NUMBER not in frame.columns:
            frame = frame.with_columns(self._number(of))
        frame = frame.rename({name: f"{of.id}.{name}" for name in frame.columns})
        if f"{of.id}.{NUMBER}" not in frame.columns:
            return frame
        order = [of.col(NUMBER), *([of.col(of.order)] if of.order else []), of.row]
        return frame.sort(order, nulls_last=True)

    def _number(self, of: Table) -> pl.Series:
        """A number for each row's child, the same in every table: joins by it cost less than by the identifier."""
        if not self._numbers:
            sides = {False: self.source.tables, True: self.source.previous or {}}
            rows = {
                (table(name).last_year if last_year else table(name)).id: frame.get_column("CHILD")
                for last_year, tables in sides.items()
                for name, frame in tables.items()
            }
            numbered = pl.concat(rows.values()).cast(pl.Categorical(pl.Categories.random())).to_physical()
            place = 0
            for of_id, children in rows.items():
                self._numbers[of_id] = numbered.slice(place, children.len()).alias(NUMBER)
                place += children.len()
        return self._numbers.get(of.id, pl.Series(NUMBER, [], dtype=pl.UInt32))

    def _ensure(self, of: Table, names: set[str]) -> None:
        if of.id not in self._bases:
            self._bases[of.id] = self._load(of)
        wanted = names - set(self._bases[of.id].columns)
        if not wanted:
            return
        computed = {name: entry for name in wanted if (entry := self._computed.get(name))}
        marks = {name: entry.expression for name, entry in computed.items() if not entry.is_fact}
        facts = computed.keys() - marks.keys()
        shifted = {name for name in wanted - computed.keys() if split(name)[1].partition(".")[0] in _SHIFTS}
        deeper = {root for expression in marks.values() for root in expression.meta.root_names()}
        deeper |= {_unshifted(name) for name in shifted}
        if deeper:
            self._ensure(of, deeper)
        for name in sorted(wanted - computed.keys() - shifted):
            self._bases[of.id] = self._derive(of, split(name)[1])
        self._add_facts(of, facts)
        self._bases[of.id] = self._bases[of.id].with_columns(
            *[expression.alias(name) for name, expression in marks.items()],
            *[_shift(of, name) for name in sorted(shifted)],
        )

    def _derive(self, of: Table, name: str) -> pl.DataFrame:
        """The table's frame with a column that the return does not bring."""
        frame = self._bases[of.id]
        if f"{of.id}.{name}" in frame.columns:  # places come together
            return frame
        if of.name == Header.name and name == "UASC":
            uasc = _beside(of, UASC)
            return made.asylum_marker(frame, of, self.base(uasc) if self.has(uasc) else None)
        if of.name == Episodes.name and name in PLACES:
            return add_places(frame, of, self.source.postcodes, self.source.local_authority)
        if name.endswith(f".{TEXT}"):
            return frame.with_columns(pl.lit(None, pl.String).alias(f"{of.id}.{name}"))
        column = of.all_columns().get(name)
        if column is None:
            msg = f"{of.id} has no column {name}"
            raise KeyError(msg)
        return frame.with_columns(pl.lit(None, column.dtype).alias(f"{of.id}.{name}"))

    def _add_facts(self, of: Table, names: Iterable[str]) -> None:
        by_table: dict[str, set[str]] = defaultdict(set)
        for name in set(names) - set(self._bases[of.id].columns):
            by_table[self._computed[name].table.id].add(name)
        for other, wanted in by_table.items():
            facts = self._child_facts(table(other), wanted).select(NUMBER, *sorted(wanted))
            self._bases[of.id] = self._bases[of.id].join(
                facts, left_on=f"{of.id}.{NUMBER}", right_on=NUMBER, how="left", maintain_order="left"
            )

    def _child_facts(self, of: Table, names: set[str]) -> pl.DataFrame:
        known = self._facts.get(of.id)
        fresh = sorted(names - set(known.columns if known is not None else ()))
        if fresh:
            expressions = {name: self._computed[name].expression for name in fresh}
            roots = {root for expression in expressions.values() for root in expression.meta.root_names()}
            child = of.col(NUMBER)
            made_now = (
                self.base(of, roots)
                .filter(child.is_not_null())
                .group_by(child.alias(NUMBER), maintain_order=True)
                .agg(expression.alias(name) for name, expression in expressions.items())
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
