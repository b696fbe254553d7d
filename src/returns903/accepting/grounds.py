"""What a finding rests on: the cells of its row that the rule reads, and what the rule names beside them.

Numbers of rows are left out, so that it is the same in whatever order the rows stand, and whichever others are there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from returns903.frames import Frames
from returns903.frames.computed import Computed
from returns903.reading.cells import as_text
from returns903.results import Result
from returns903.returns import Return
from returns903.rules import Definition
from returns903.rules.program import Check, Shape, compiled
from returns903.tables import Table, split, table
from returns903.tables.base import NUMBER
from returns903.texts import as_texts
from returns903.views.reads import columns_read, own_column
from returns903.views.rows import given, picked
from returns903.years import Year

ROW = "row"
PLACE = ("rule", "table", "previous", "row")


def with_grounds(result: Result, places: pl.Series) -> pl.DataFrame:
    """The findings with these numbers, kept in `place`, and `grounds`, the text that says what each rests on.

    It holds cells.
    """
    found = result.findings.with_row_index("place").filter(pl.col("place").is_in(places.implode()))
    definitions = tuple(result.definition(code) for code in dict.fromkeys(found.get_column("rule")))
    named = pl.concat([pl.DataFrame(schema=_NAMED), *_named(result, found, definitions)])
    beside = named.group_by(PLACE).agg(pl.col("named").unique().sort().str.join("\n"))
    own = pl.concat([pl.DataFrame(schema=_OWN), *_own(result, found)])
    held = found.join(beside, on=PLACE, how="left", maintain_order="left").join(own, on="place", how="left")
    return held.select(*found.columns, grounds=pl.concat_str(["own", "named"], separator="\n", ignore_nulls=True))


_NAMED = {"rule": pl.String, "table": pl.String, "previous": pl.Boolean, "row": pl.UInt32, "named": pl.String}
_OWN = {"place": pl.UInt32, "own": pl.String}


def _own(result: Result, found: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The cells of each flagged row that its rule reads, as they are written."""
    for (code, name, previous), rows in found.group_by("rule", "table", "previous"):
        of = table(str(name)).last_year if previous else table(str(name))
        source = picked(result.the_return, of, rows.get_column("row"))
        texts = as_texts({of.name: source})[of.name]
        columns = sorted(set(columns_read(result.definition(str(code))).get(of, ())) & set(texts.columns))
        told = source.select("row").hstack(texts.with_columns(own=_told(columns)).select("own"))
        yield rows.select("place", "row").join(told, on="row", how="left").select("place", "own")


def _named(result: Result, found: pl.DataFrame, definitions: tuple[Definition, ...]) -> Iterator[pl.DataFrame]:
    """What stands in the columns that the checks of rules name, where they fired; a row for each partner."""
    ret = result.the_return
    for definition in definitions:
        if definition.is_function:
            yield from _of_child(ret, found.filter(rule=definition.code), definition)
    program = compiled(definitions, Year(result.rules_year), Shape.of(Frames(ret)))
    frames = Frames(ret, program.computed)
    for check in program.checks:
        for frame, judged in frames.judged(check.flags[0], check.names, check.partners):
            rows = frame if judged is None else frame.filter(judged)
            fired = rows.filter(check.expression)
            for of in check.flags:
                yield _fired(fired, check, of, program.computed)


def _of_child(ret: Return, found: pl.DataFrame, definition: Definition) -> Iterator[pl.DataFrame]:
    """All rows of the child in the tables that a rule reads which is no expression."""
    for of in definition.declared_tables:
        source = given(ret, of)
        if source is not None:
            texts = as_texts({of.name: source})[of.name]
            rows = texts.select("CHILD", _told(sorted(texts.columns))).group_by("CHILD").agg(pl.col("told").sort())
            every = rows.select(child="CHILD", named=pl.format("{}: {}", pl.lit(of.id), pl.col("told").list.join("\n")))
            yield found.select(*PLACE, "child").join(every, on="child", how="inner").drop("child")


def _fired(fired: pl.DataFrame, check: Check, of: Table, computed: Mapping[str, Computed]) -> pl.DataFrame:
    names = sorted(set(check.expression.meta.root_names()), key=lambda name: (name.partition("#")[0], name))
    kept = [name for name in names if own_column(split(name)[1]) != NUMBER]
    values = [
        _value(name, fired.schema[name], computed).alias(f"{number} {name.partition('#')[0]}")
        for number, name in enumerate(kept)
    ]
    texts = fired.select(pl.col(f"{of.id}.row").alias("row"), *values).drop_nulls("row")
    told = texts.select("row", _told(texts.columns[1:]))
    about = {"rule": check.rule.code, "table": of.name, "previous": of.is_last_year}
    return told.select(*(pl.lit(value).alias(name) for name, value in about.items()), "row", named="told")


def _value(name: str, dtype: pl.DataType, computed: Mapping[str, Computed]) -> pl.Expr:
    """What stands in a column, as text. Of the number of a row only whether there is one."""
    value = pl.col(name)
    if dtype == pl.UInt32 and _rests_on_row(name, computed):
        return value.is_not_null().cast(pl.String)
    if dtype.is_nested():
        return value.cast(pl.List(pl.String)).list.sort().list.join(",")
    return as_text(value, dtype)


def _rests_on_row(name: str, computed: Mapping[str, Computed]) -> bool:
    """Whether a value is worked out from the numbers of rows."""
    if name in computed:
        return any(_rests_on_row(root, computed) for root in computed[name].roots)
    return own_column(split(name)[1]) == ROW


def _told(names: list[str]) -> pl.Expr:
    """Names and values as one text, from which each can be told."""
    return (pl.struct(names).struct.json_encode() if names else pl.lit("{}")).alias("told")
