"""Whatever stands in a return, no rule crashes; and a fault touches only the rules that read it."""

from __future__ import annotations

import copy
import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

import polars as pl
import pytest
from hypothesis import given, settings

import returns903
from returns903.frames.places import PLACES
from returns903.rules import Definition, definitions, definitions_in_force
from returns903.tables import MADE, TABLES, split, table
from returns903.testing import lives, strategies, synthesise
from returns903.testing.faults import ABSURD
from returns903.testing.lives import Made
from returns903.years import RULE_YEARS, Year
from tests.properties.faulty import faulty, with_marker

Cell = tuple[str, str]
"""A table (``Episodes.last_year`` too) and a column."""

REST_ON: dict[str, tuple[Cell, ...]] = {
    "Periods": (("Episodes", "CHILD"), ("Episodes", "DECOM"), ("Episodes", "DEC")),
    "Asylum": (("Header", "CHILD"), ("Header", "UASC"), ("UASC", "CHILD"), ("UASC", "SEX"), ("UASC", "DUC")),
    **dict.fromkeys(PLACES, (("Episodes", "HOME_POST"), ("Episodes", "PL_POST"))),
}
"""What is made from cells, by the name of the table or column."""

SIDES = ("", ".last_year")
BAD_CELLS = (None, *ABSURD)


def columns_of(name: str) -> list[str]:
    """The columns of a file, and the asylum marker, which XML returns have in Header."""
    return [*TABLES[name].columns(), *(["UASC"] if name == "Header" else [])]


@cache
def cells_read(definition: Definition) -> frozenset[Cell]:
    """Every cell that may change what a rule says, with those that identify and order the rows of its tables."""
    if definition.is_function:
        return frozenset((of.id, column) for of in definition.tables for column in columns_of(of.name))
    found: set[Cell] = set()
    for of_id, rest in map(split, definition.names):
        column = rest.removesuffix(".text").rpartition(".")[2]
        of, side = table(of_id), ".last_year" if table(of_id).is_last_year else ""
        made_from = REST_ON.get(of.name, REST_ON.get(column, ()))
        found |= {(f"{source}{side}", cell) for source, cell in made_from}
        if of.name not in MADE:
            found |= {(of_id, c) for c in (column, "CHILD", of.order) if c}
    found |= {(of.id, "CHILD") for of in definition.flags}
    return frozenset(found)


def crashed(result: returns903.Result) -> dict[str, str | None]:
    return {code: result.outcomes[code].reason for code in result.codes("crashed")}


@cache
def every_situation(year: str) -> Made:
    """Three lives of every situation, none with a fault."""
    told = [(situation, seed) for situation in lives.SITUATIONS for seed in range(3)]
    children = [(f"A{n}", lives.life(situation, seed, Year(year))) for n, (situation, seed) in enumerate(told)]
    return lives.put_together(children, Year(year))


def filled(made: Made) -> Made:
    """The return with every table that there is in either year: those without rows are taken from the latest year's."""
    spare = every_situation(RULE_YEARS[-1]).tables
    now, before = (
        {name: spare[name] if name not in side or side[name].is_empty() else side[name] for name in TABLES}
        for side in (made.tables, made.previous or {})
    )
    return replace(made, tables=now, previous=before).with_tables(with_marker)


def one_child(year: str) -> Made:
    """A child with rows in every table of both years, and no fault sown."""
    made = filled(every_situation(year))

    def of_one(name: str, frame: pl.DataFrame) -> pl.DataFrame:
        return frame.with_columns(pl.lit("A").alias("CHILD")).head(2 if TABLES[name].order else 1)

    return made.with_tables(of_one)


def sides(made: Made) -> Iterator[tuple[str, str, pl.DataFrame]]:
    """The tables of both years: the side, the name, the frame."""
    for side, frames in zip(SIDES, (made.tables, made.previous or {}), strict=True):
        for name, frame in frames.items():
            yield side, name, frame


def rebuilt(made: Made, change: Callable[[str, str, pl.DataFrame], pl.DataFrame | None]) -> Made:
    """The return with each table of either year changed, or taken out where the change gives None."""
    sets: dict[str, dict[str, pl.DataFrame]] = {side: {} for side in SIDES}
    for side, name, frame in sides(made):
        changed = change(side, name, frame)
        if changed is not None:
            sets[side][name] = changed
    return replace(made, tables=sets[""], previous=sets[".last_year"])


def copies(made: Made, faults: list[tuple[str, int, str, str | None]]) -> Made:
    """The child once untouched, as child 0, and once for each fault: the table, row and column, and what stands there.

    The copies stand one after the other in every table, so that a row's place in its child is what the row number
    leaves when divided by the number of the child's rows.
    """
    numbers = pl.DataFrame({"copy": range(len(faults) + 1)})
    wrong: dict[str, dict[str, dict[int, str | None]]] = defaultdict(lambda: defaultdict(dict))
    heights = {f"{name}{side}": frame.height for side, name, frame in sides(made)}
    for number, (where, row, column, cell) in enumerate(faults, 1):
        wrong[where][column][number * heights[where] + row] = cell

    def multiplied(side: str, name: str, frame: pl.DataFrame) -> pl.DataFrame:
        many = numbers.join(frame, how="cross", maintain_order="left_right")
        many = many.with_columns(pl.format("K{}", "copy").alias("CHILD")).drop("copy")
        cells = {column: many[column].to_list() for column in many.columns}
        for column, found in wrong[f"{name}{side}"].items():
            for row, cell in found.items():
                cells[column][row] = cell
        return pl.DataFrame(cells, schema=many.schema)

    return rebuilt(made, multiplied)


def by_copy(result: returns903.Result, made: Made, number: int) -> pl.DataFrame:
    """What each rule flags in each copy of the child, with tables, and rows counted within the child."""
    heights = pl.DataFrame(
        [(name, side != "", frame.height // number) for side, name, frame in sides(made)],
        schema=["table", "previous", "height"],
        orient="row",
    )
    place = pl.format("{}{} {}", "table", "previous", pl.col("row") % pl.col("height"))
    return (
        result.findings.join(heights, on=["table", "previous"])
        .group_by("rule", copy=pl.col("row") // pl.col("height"))
        .agg(flagged=place.sort().str.join(","))
    )


def changed(found: pl.DataFrame) -> pl.DataFrame:
    """The copies of the child, and the rules that flag other rows in them than in the one without a fault."""
    untouched = found.filter(pl.col("copy") == 0).select("rule", usual="flagged")
    every = found.select("copy").unique().join(found.select("rule").unique(), how="cross")
    both = every.join(found, on=["copy", "rule"], how="left").join(untouched, on="rule", how="left")
    return both.filter(pl.col("flagged").ne_missing(pl.col("usual"))).select("copy", "rule").sort("copy")


def bad_cells(made: Made) -> Iterator[tuple[str, int, str, str | None]]:
    """Each cell of the child made bad in each way."""
    for side, name, frame in sides(made):
        for column in columns_of(name):
            for row in range(frame.height if column != "CHILD" else 0):
                for cell in BAD_CELLS:
                    yield f"{name}{side}", row, column, cell


@pytest.mark.parametrize("year", RULE_YEARS)
def test_a_bad_cell_crashes_no_rule_and_touches_only_rules_that_read_it(year: str) -> None:
    base = one_child(year)
    faults = list(bad_cells(base))
    made = copies(base, faults)
    result = returns903.validate(made.load())
    assert crashed(result) == {}
    reads = {d.code: cells_read(d) for d in definitions_in_force(year)}
    touched = changed(by_copy(result, made, len(faults) + 1))
    assert touched.height > 1000
    wrongly = {(code, *faults[n - 1]) for n, code in touched.iter_rows() if faults[n - 1][::2] not in reads[code]}
    assert wrongly == set()


@pytest.mark.parametrize("year", RULE_YEARS)
def test_a_row_doubled_or_without_a_child_crashes_no_rule(year: str) -> None:
    base = one_child(year)
    rows = [(f"{name}{side}", row) for side, name, frame in sides(base) for row in range(frame.height)]
    blanked = copies(base, [(where, row, "CHILD", None) for where, row in rows])

    def doubled(side: str, name: str, frame: pl.DataFrame) -> pl.DataFrame:
        """In the first copy the first row of all is doubled, in the second copy the second, ..."""
        height = frame.height // (len(rows) + 1)
        twice = [n * height + row for n, (where, row) in enumerate(rows, 1) if where == f"{name}{side}"]
        return frame[sorted([*range(frame.height), *twice])]

    whole = copies(base, [(where, row, "CHILD", f"K{n}") for n, (where, row) in enumerate(rows, 1)])
    for made in (blanked, rebuilt(whole, doubled)):
        result = returns903.validate(made.load())
        assert crashed(result) == {}
    nobody = result_of_children(returns903.validate(blanked.load()), None)
    assert {"INT03"} <= nobody


def result_of_children(result: returns903.Result, child: str | None) -> set[str]:
    """The rules that flag rows of a child."""
    return set(result.findings.filter(pl.col("child").eq_missing(pl.lit(child, pl.String)))["rule"])


def latest_year(definition: Definition) -> str:
    return next(year for year in reversed(RULE_YEARS) if definition.in_force(year))


def by_year(where: str, columns: Sequence[str] = ()) -> dict[str, list[str]]:
    """The rules that read a table, or some columns of it; each definition in the last year that it is in force."""
    found: dict[str, list[str]] = defaultdict(list)
    for definition in definitions():
        if any(where == of and (not columns or cell in columns) for of, cell in cells_read(definition)):
            found[latest_year(definition)].append(definition.code)
    return found


@cache
def small(year: str) -> returns903.Return:
    return filled(synthesise(40, seed=5, year=year, faults=1.0, sown=0.02)).load()


def swapped(year: str, where: str, frame: pl.DataFrame | None) -> returns903.Return:
    """The small return of a year with one table of either side given anew, or taken out."""
    changed = copy.copy(small(year))
    changed.tables, changed.previous = dict(changed.tables), dict(changed.previous or {})
    name = where.removesuffix(".last_year")
    side = changed.tables if name == where else changed.previous
    del side[name]
    if frame is not None:
        side[name] = returns903.Return.from_frames({name: frame}, year=year).tables[name]
    return changed


def rows_of(year: str, where: str) -> pl.DataFrame:
    """A table of the small return of a year, as it is typed."""
    name = where.removesuffix(".last_year")
    return small(year)[name] if name == where else small(year).last_year(name)


WHERE = [f"{name}{side}" for side in SIDES for name in TABLES]


@pytest.mark.parametrize("where", WHERE)
def test_a_table_without_rows_or_missing_crashes_no_rule(where: str) -> None:
    for year, codes in by_year(where).items():
        empty = swapped(year, where, rows_of(year, where).clear())
        assert crashed(returns903.validate(empty, select=codes)) == {}
        result = returns903.validate(swapped(year, where, None), select=codes)
        assert crashed(result) == {}
        needed = {d.code for d in definitions_in_force(year) if where in {of.id for of in d.tables}}
        assert needed & set(codes) <= set(result.codes("skipped"))


@pytest.mark.parametrize("where", WHERE)
def test_a_missing_column_reads_as_a_blank_one(where: str) -> None:
    name, year = where.removesuffix(".last_year"), RULE_YEARS[-1]
    frame = rows_of(year, where)
    for column in columns_of(name):
        without = swapped(year, where, frame.drop(column, strict=False))
        blank = swapped(year, where, frame.with_columns(pl.lit(None, pl.String).alias(column)))
        one, other = ((of.tables if where == name else of.previous or {})[name] for of in (without, blank))
        assert one.equals(other.select(one.columns))
        assert set(other.columns) - set(one.columns) <= {"UASC"}  # worked out where it is missing


@pytest.mark.parametrize("where", WHERE)
def test_missing_columns_crash_no_rule(where: str) -> None:
    """CHILD is taken out, then every second column, then the others: one by one takes minutes."""
    columns = columns_of(where.removesuffix(".last_year"))
    for missing in (["CHILD"], columns[1::2], columns[2::2]):
        for year, codes in by_year(where, missing).items():
            without = swapped(year, where, rows_of(year, where).drop(missing, strict=False))
            assert crashed(returns903.validate(without, select=codes)) == {}


def typed(made: Made, dates: pl.DataType, codes: pl.DataType) -> Made:
    """The return with columns of dates and of codes in other types; those without a value have none."""

    def of_table(_: str, name: str, frame: pl.DataFrame) -> pl.DataFrame:
        columns = TABLES[name].all_columns()
        day = [c for c in frame.columns if columns[c].kind == "date"]
        code = [c for c in frame.columns if columns[c].kind == "code"]
        frame = frame.with_columns(
            pl.col(day).str.to_date("%d/%m/%Y", strict=False).cast(dates), pl.col(code).cast(codes)
        )
        empty = [c for c in frame.columns if frame[c].null_count() == frame.height]
        return frame.with_columns(pl.col(empty).cast(pl.Null))

    return rebuilt(made, of_table)


def readable(made: Made) -> Made:
    """The return with blanks for the dates that cannot be read, as typed columns have them."""

    def of_table(_: str, name: str, frame: pl.DataFrame) -> pl.DataFrame:
        day = pl.col([c for c in frame.columns if TABLES[name].all_columns()[c].kind == "date"])
        return frame.with_columns(day.str.to_date("%d/%m/%Y", strict=False).dt.strftime("%d/%m/%Y"))

    return rebuilt(made, of_table)


@pytest.mark.parametrize("year", RULE_YEARS)
def test_typed_tables_have_the_findings_of_text(year: str) -> None:
    made = readable(faulty(year, seed=7))
    as_text = returns903.validate(made.load())
    assert len(as_text.codes("findings")) > 250
    for dates, codes in ((pl.Date(), pl.String()), (pl.Datetime("us"), pl.Categorical())):
        as_typed = returns903.validate(typed(made, dates, codes).load())
        assert crashed(as_typed) == {}
        assert as_typed.findings.equals(as_text.findings)


@pytest.mark.parametrize("day", [dt.date(1, 1, 1), dt.date(1600, 2, 29), dt.date(2400, 2, 29), dt.date(9999, 12, 31)])
def test_typed_dates_in_no_believable_year_crash_no_rule(day: dt.date) -> None:
    year = RULE_YEARS[-1]
    made = typed(one_child(year), pl.Date(), pl.String())
    for column in ("first", "all"):

        def far(_: str, name: str, frame: pl.DataFrame, only: str = column) -> pl.DataFrame:
            days = [c for c in frame.columns if TABLES[name].all_columns()[c].kind == "date"]
            return frame.with_columns(pl.lit(day).alias(c) for c in (days[-1:] if only == "first" else days))

        assert crashed(returns903.validate(rebuilt(made, far).load())) == {}


@pytest.mark.parametrize("year", RULE_YEARS)
def test_bad_cells_in_columns_that_frames_may_bring_crash_no_rule(year: str) -> None:
    base = one_child(year)
    episodes = base.tables["Episodes"].head(1)
    many = pl.concat([episodes] * len(BAD_CELLS)).with_columns(
        pl.Series("CHILD", [f"K{n}" for n in range(len(BAD_CELLS))])
    )
    for turn in range(len(PLACES)):
        cells = [pl.Series(name, [*BAD_CELLS[n:], *BAD_CELLS[:n]], pl.String) for n, name in enumerate(PLACES, turn)]
        made = replace(base, tables={**base.tables, "Episodes": many.with_columns(cells)})
        result = returns903.validate(made.load(), select=["places", "providers", "provision", "previous_year"])
        assert crashed(result) == {}
        if turn == 0:
            assert result.codes("findings")


@settings(max_examples=10, deadline=None)
@given(strategies.years().flatmap(lambda year: strategies.returns(year, max_children=5, valid=False)))
def test_no_mixture_of_faults_crashes_a_rule(ret: returns903.Return) -> None:
    assert crashed(returns903.validate(ret)) == {}
