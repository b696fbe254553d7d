"""The relations, each a function that takes a pipeline and a return, and raises where the relation does not hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn

from returns903.forms import FORMS
from returns903.results import Result
from returns903.returns import Return
from returns903.testing import lives
from returns903.testing.faults.broken import Whole
from returns903.testing.faults.general import GeneralFault
from returns903.testing.faults.of_rules import lawful_rows
from returns903.testing.relations.changes import (
    as_xml_has_it,
    later,
    moved,
    neighbour,
    read_again,
    renamed,
    shuffled,
    struck,
)
from returns903.testing.relations.reads import alike, of_a_child, untouched
from returns903.testing.relations.seen import (
    Pipeline,
    Seen,
    differences,
    of_children,
    of_rules,
    refuse,
    seen,
    with_names,
)

MOST = 20
"""Lines that a failing relation tells at most."""


def row_order(pipeline: Pipeline, ret: Return, *, seed: int = 0) -> None:
    """The order of rows changes nothing.

    Rows of a child that tie in their table's order (two episodes from one day) keep theirs, because there the order is
    part of the data; in tables without an order of their own all rows of a child do.

    Args:
        pipeline: what is held to the relation; see `returns903.testing.relations`.
        ret: a return.
        seed: which order the rows are put in.

    Raises:
        AssertionError: the outcome differs.
        ConfigError: the pipeline gives nothing that can be compared.
    """
    __tracebackhide__ = True
    refuse(ret)
    _hold("row_order", "rows in another order", seen(pipeline(ret)), seen(pipeline(shuffled(ret, seed))))


def renaming(pipeline: Pipeline, ret: Return) -> None:
    """What children are called changes nothing but what they are called.

    Every identifier of this year's and last year's tables gets another, so that the order of children by identifier is
    turned round. In the outcome they are looked for in columns `CHILD` and `child`.

    Args:
        pipeline: what is held to the relation; see `returns903.testing.relations`.
        ret: a return. Identifiers that no return may have stay as they are.

    Raises:
        AssertionError: the outcome differs.
        ConfigError: the pipeline gives nothing that can be compared.
    """
    __tracebackhide__ = True
    refuse(ret)
    other, names = renamed(ret)
    after = with_names(seen(pipeline(other)), names)
    _hold("renaming", "children called otherwise", seen(pipeline(ret)), after)


def stranger(pipeline: Pipeline, ret: Return, *, seed: int = 0) -> None:
    """A child that has nothing to do with the others changes nothing of what is said of them.

    The stranger is lawful, and stands last in every table. Frames of the outcome without a column `CHILD` or `child`
    are not compared, for a sum may well count the stranger; nor is rule 1001, which is silent where no child at all
    has an episode to count.

    Args:
        pipeline: what is held to the relation; see `returns903.testing.relations`.
        ret: a return of a year whose rules are known.
        seed: which life the stranger has.

    Raises:
        AssertionError: the outcome differs for another child.
        ConfigError: the pipeline gives nothing that can be compared.
    """
    __tracebackhide__ = True
    refuse(ret)
    whole = Whole.of(ret)
    child = whole.stranger()
    situation = lives.SITUATIONS[seed % len(lives.SITUATIONS)]
    whole.add(lawful_rows(situation, seed, ret.year, child))
    outcomes = [of_children(seen(pipeline(r)), [child]) for r in (ret, whole.onto(ret))]
    before, after = (of_rules(frames, of_a_child(ret.year)) for frames in outcomes)
    _hold("stranger", "one child more", before, after)


def split_files(pipeline: Pipeline, ret: Return) -> None:
    """Tables that are split over files are what they are in one.

    The return is written as CSV and read again, once with a file for each table and once with two.

    Args:
        pipeline: what is held to the relation; see `returns903.testing.relations`.
        ret: a return with some table.

    Raises:
        AssertionError: the outcome differs.
        ConfigError: the pipeline gives nothing that can be compared.
    """
    __tracebackhide__ = True
    refuse(ret)
    if not ret.tables:
        return
    before, after = (seen(pipeline(read_again(ret, "csv", files=files)[0])) for files in (1, 2))
    _hold("split_files", "each table in two files", before, after)


def forms(pipeline: Pipeline, ret: Return) -> None:
    """The same return as CSV, XML, XLSX and Parquet is the same.

    XML is tried with the tables that it has, and only where it carries all rows of these as they stand.

    Args:
        pipeline: what is held to the relation; see `returns903.testing.relations`.
        ret: a return with some table.

    Raises:
        AssertionError: the outcome differs in some form.
        ConfigError: the pipeline gives nothing that can be compared, or the extra `excel` is not installed.
    """
    __tracebackhide__ = True
    refuse(ret)
    if not ret.tables:
        return
    plain = read_again(ret, "csv")[0]
    in_xml = as_xml_has_it(plain)
    for form in FORMS[1:]:
        source = in_xml if form == "xml" else plain
        other, said = read_again(source, form)
        if not said:
            _hold("forms", f"the return as {form}", seen(pipeline(source)), seen(pipeline(other)))


def year_shift(pipeline: Pipeline, ret: Return, *, years: int | None = None) -> None:
    """The same lives a year later are the same in the year after, by the rules of that year.

    Every day and the collection year move; 29 February becomes 28 February. Of a validation those rules are compared
    that have one definition in both years and do not ask for the codes of a year or for the list of providers. What
    counts single days may differ by one where a leap day lies between.

    Args:
        pipeline: what is held to the relation; see `returns903.testing.relations`.
        ret: a return.
        years: how many years later, or earlier where negative; one later where its rules are known, else one earlier.

    Raises:
        AssertionError: the outcome differs.
        ConfigError: the pipeline gives nothing that can be compared.
    """
    __tracebackhide__ = True
    refuse(ret)
    by = neighbour(ret.year) if years is None else years
    other = later(ret, by)
    before, after = (seen(pipeline(r), by_row=True) for r in (ret, other))
    expected = {name: moved(frame, by, ret.year, other.year) for name, frame in before.items()}
    rules = alike(ret.year, other.year) if any("rule" in frame.columns for frame in before.values()) else []
    _hold("year_shift", f"all days in {other.year}", of_rules(expected, rules), of_rules(after, rules))


def one_fault(pipeline: Pipeline, ret: Return, *, fault: GeneralFault | None = None) -> None:
    """One fault touches only what reads it.

    Of a validation, the rules that do not read the struck columns find what they found before. Of any other outcome,
    the rows of all children but the one that is struck stay as they are, as far as a frame names children.

    Args:
        pipeline: what is held to the relation; see `returns903.testing.relations`.
        ret: a return of a year whose rules are known.
        fault: what is done to one row; a cell that is emptied where it is not given, which one depends on the return.

    Raises:
        AssertionError: something else is touched.
        ConfigError: the pipeline gives nothing that can be compared.
    """
    __tracebackhide__ = True
    refuse(ret)
    broken, rows = (fault or _some_blank(ret)).apply(ret)
    first, second = pipeline(ret), pipeline(broken)
    if isinstance(first, Result):
        rules = untouched(ret.year, struck(ret, broken))
        before, after = (of_rules(seen(result, by_row=True), rules) for result in (first, second))
    else:
        children = {child for name, some in rows.items() for child in _children(ret, broken, name, some)}
        before, after = (of_children(seen(outcome), children) for outcome in (first, second))
    _hold("one_fault", "one fault", before, after)


def _some_blank(ret: Return) -> GeneralFault:
    """A cell of the return to be emptied."""
    filled = [name for name, frame in ret.tables.items() if frame.height]
    rows = sum(frame.height for frame in ret.tables.values())
    return GeneralFault("blank", filled[rows % len(filled)] if filled else "Header", row=rows // 2, column=rows)


def _children(ret: Return, broken: Return, name: str, rows: Iterable[int]) -> Iterable[str | None]:
    """The children of these rows, before and after."""
    tables = [r.tables[name]["CHILD"] for r in (ret, broken) if name in r.tables]
    return {cells[row] for cells in tables for row in rows if row < len(cells)}


def _hold(relation: str, law: str, before: Seen, after: Seen) -> None:
    """Raise where two outcomes differ."""
    __tracebackhide__ = True
    if lines := list(differences(before, after)):
        _fail(f"{relation} does not hold: {law}, and the outcome is another", lines)


def _fail(said: str, lines: list[str]) -> NoReturn:
    __tracebackhide__ = True
    more = len(lines) - MOST + 2
    shown = lines if len(lines) < MOST else [*lines[: MOST - 2], f"and {more} more lines like these"]
    raise AssertionError("\n  ".join([said, *shown]))


ALL = (row_order, renaming, stranger, split_files, forms, year_shift, one_fault)
"""Every relation, to draw from: ``st.sampled_from(relations.ALL)``."""
