"""Tables put under disclosure control together: what is hidden, what can be worked out, and that sums hold."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from returns903 import derive
from returns903.errors import ConfigError
from returns903.published.catalogue import AGGREGATES, DEFINITIONS
from returns903.published.collect import Sheet, _last_year, _together, chosen, collect
from returns903.published.definition import Options
from returns903.returns import Return
from returns903.statistics.tied import cells_of
from returns903.testing import synthesise
from tests.derive.strategies import SmallReturn, small_returns
from tests.reports.tables_example import CATEGORIES, everything, example, pack, small

MANY = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


def test_every_public_table_is_in_the_catalogue() -> None:
    no_tables = {"LocalCategory", "annex_a_lists", "last_months", "local_categories"}
    assert set(derive.__all__) - no_tables <= set(DEFINITIONS)
    for each in DEFINITIONS.values():
        assert each.title
        assert each.text.endswith(".")
        assert each.source or each.name == "not_judged"
        assert len(each.name) <= 31


def test_columns_are_those_of_derive() -> None:
    found, ret = everything("none"), example()
    assert found["periods_of_care"].frame.equals(derive.periods_of_care(ret))
    assert found["legal_status_on"].frame.equals(derive.legal_status_on(ret, dt.date(2019, 3, 31)))
    for name, table in (("review_timeliness", derive.review_timeliness(ret)), ("scorecard", _card(ret))):
        counts = list(found[name].of.counts)
        assert found[name].frame.select(counts).equals(table.select(counts))


def _card(ret: Return) -> pl.DataFrame:
    return derive.scorecard(ret, population=90_000)


@pytest.mark.parametrize("each", AGGREGATES, ids=lambda each: each.name)
def test_every_column_of_numbers_is_described(each) -> None:  # type: ignore[no-untyped-def]
    frame = everything("none")[each.name].frame
    numbers = {name for name, dtype in frame.schema.items() if dtype.is_numeric()}
    assert numbers == set(each.numbers)


@MANY
@given(small_returns())
def test_the_sums_and_links_hold_on_any_return(made: SmallReturn) -> None:
    ret = made.read()
    frames = {each.name: each.make(ret, Options(population=1000)) for each in AGGREGATES}
    cells_of(_together(frames, "suppress"))


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(small_returns(), st.sampled_from(["suppress", "round"]))
def test_no_small_number_is_shown(made: SmallReturn, method: str) -> None:
    found = collect(made.read(), chosen(None, method), method, beside=True)
    for sheet in (each for pair in found.sheets for each in (pair, pair.last_year) if each is not None):
        for name in sheet.of.counts:
            assert not sheet.frame.get_column(name).is_between(1, 5).any(), (sheet.of.name, name)


def test_no_disclosure_control_leaves_all_and_takes_in_children() -> None:
    assert any(sheet.of.child_level for sheet in everything("none").sheets)
    assert not any(sheet.of.child_level for sheet in everything("suppress").sheets)
    assert not any(sheet.hidden.select(pl.any_horizontal(pl.all().any())).item() for sheet in pack("none").sheets)


def test_what_is_hidden_does_not_depend_on_what_is_written() -> None:
    alone = collect(example(), chosen(["leaving_care_reasons"], "suppress"), "suppress", _options())
    assert alone["leaving_care_reasons"].hidden.equals(everything("suppress")["leaving_care_reasons"].hidden)


def test_what_is_hidden_does_not_depend_on_what_stands_beside_it_or_on_the_population() -> None:
    own = collect(example(), AGGREGATES, "suppress", Options(_options().local_categories))
    for sheet in own.sheets:
        other = pack().get(sheet.of.name)
        if other is None:  # not in the pack
            continue
        assert _printed(sheet).items() <= _printed(other).items(), sheet.of.name


def test_last_year_is_hidden_as_its_own_report_hides_it() -> None:
    before = _last_year(example())
    assert before is not None
    own, beside = collect(before, AGGREGATES, "suppress", _options()), pack()
    for sheet in own.sheets:
        if sheet.of.name not in beside:
            continue
        last = beside[sheet.of.name].last_year
        if last is None:
            assert beside[sheet.of.name].apart.all()
            continue
        rows, there = (_printed(each, but="looked_after_rate") for each in (sheet, last))
        if beside[sheet.of.name].apart.any():
            rows = {key: value for key, value in rows.items() if there[key] is not None}
        assert rows.items() <= there.items(), sheet.of.name
        assert {cell for key, cell in there.items() if key not in rows} <= {0, None}


def _printed(sheet: Sheet, but: str = "") -> dict[tuple[object, ...], object]:
    """What is printed of each number by the words of its row; months by their place in the year."""
    of, frame = sheet.of, sheet.frame
    if of.month is not None:
        frame = frame.with_columns(pl.col(of.month).rank("dense"))
    words = frame.select(of.keys(frame)).rows()
    return {
        (name, *words[row]): "c" if sheet.hidden.item(row, name) else frame.item(row, name)
        for row in range(frame.height)
        for name in of.numbers
        if not but or not any(str(word).startswith(but) for word in words[row])
    }


def test_what_both_returns_tell_alike_is_hidden_alike() -> None:
    """With the previous return at hand and without it: the same numbers, but for what the history changes."""
    ret = synthesise(150, seed=3, year="2024-25").load()
    alone = Return(ret.tables, year=ret.year, local_authority=ret.local_authority, postcodes=ret.postcodes)
    one, other = (collect(each, AGGREGATES, "suppress") for each in (ret, alone))
    true, without = (collect(each, AGGREGATES, "none") for each in (ret, alone))
    told_apart = 0
    for sheet in true.sheets:
        name = sheet.of.name
        values, others = _printed(sheet), _printed(without[name])
        shown, beside = _printed(one[name]), _printed(other[name])
        counts = [key for key in values if key[0] in sheet.of.counts and values[key] is not None]
        told_apart += sum(values[key] != others.get(key) for key in counts)
        for key in counts:
            if values[key] == others.get(key):
                assert shown[key] == beside[key], (name, key)
    assert told_apart > 100


def _options() -> Options:
    return Options(tuple(derive.local_categories(CATEGORIES)), 90_000)


def test_percentages_go_with_either_count() -> None:
    sheet = everything("suppress")["review_timeliness"]
    gone = sheet.hidden.select(pl.col("on_time") | pl.col("denominator")).to_series()
    assert gone.any()
    in_doubt = sheet.frame.select(pl.col("assumed").is_null() | pl.col("unknown").is_null()).to_series()
    percent = sheet.hidden.get_column("percent")
    assert percent.filter(gone).all()
    assert not percent.filter(~gone & ~in_doubt).any()


def test_rounded_tables_are_rounded_all_over() -> None:
    found = everything("round")
    for sheet in found.sheets:
        for name in sheet.of.counts:
            assert not (sheet.frame.get_column(name) % 10).sum(), (sheet.of.name, name)
    card = found["scorecard"].frame.filter((pl.col("measure") == "looked_after") & (pl.col("month").dt.month() == 3))
    assert card.get_column("value").to_list() == [840.0]


def test_unknown_tables_and_methods() -> None:
    with pytest.raises(ConfigError, match="no table 'nonsense'; the tables are breakdowns"):
        chosen(["breakdowns", "nonsense"], "suppress")
    with pytest.raises(ConfigError, match="no disclosure control 'hide'"):
        chosen(None, "hide")
    with pytest.raises(ConfigError):
        chosen([], "suppress")


def test_missing_tables_are_said() -> None:
    notes = " ".join(collect(small(), chosen(None, "suppress")).notes)
    assert "no table Reviews" in notes
    assert "no table OC3" in notes


def test_last_year_is_the_previous_return_by_itself() -> None:
    sheet, before = pack("none")["leaving_care_reasons"], _last_year(example())
    assert before is not None
    assert sheet.last_year is not None
    counts = dict(sheet.last_year.frame.select("category", "children").iter_rows())
    for category, children in derive.leaving_care_reasons(before).select("category", "children").iter_rows():
        assert counts[category] == children
    assert counts["Died"] == 0
    months = pack("none")["scorecard"].last_year
    assert months is not None
    assert months.frame.get_column("month").max() == dt.date(2019, 3, 31)


# A reader with the printed tables alone, who knows what adds up to what.

Cells = dict[tuple[str, ...], int | None]


def _cells(sheet: Sheet, *keys: str) -> Cells:
    """Each printed count by table, column and the words of its row; None: suppressed."""
    found: Cells = {}
    for row, words in enumerate(sheet.frame.select(keys).iter_rows()):
        for name in sheet.of.counts:
            value = None if sheet.hidden.item(row, name) else sheet.frame.item(row, name)
            if value is not None or sheet.hidden.item(row, name):
                found[(sheet.of.name, name, *map(str, words))] = value
    return found


def _worked_out(cells: Cells, sums: list[tuple[tuple[str, ...], list[tuple[str, ...]]]]) -> set[tuple[str, ...]]:
    """The suppressed cells that the sums leave one value for, by elimination."""
    rows = []
    for total, parts in sums:
        row: dict[tuple[str, ...], Fraction] = {}
        for key, sign in [(total, 1), *((part, -1) for part in parts)]:
            if cells[key] is None:
                row[key] = row.get(key, Fraction(0)) + sign
        rows.append({key: value for key, value in row.items() if value})
    known: set[tuple[str, ...]] = set()
    solved: list[dict[tuple[str, ...], Fraction]] = []
    for row in rows:
        for other in solved:
            lead = next(iter(other))
            if lead in row:
                row = _minus(row, other, row[lead])
        if row:
            lead = next(iter(row))
            row = {key: value / row[lead] for key, value in row.items()}
            solved = [_minus(other, row, other[lead]) if lead in other else other for other in solved] + [row]
    for row in solved:
        if len(row) == 1:
            known |= row.keys()
    return known


def _minus(
    one: dict[tuple[str, ...], Fraction], other: dict[tuple[str, ...], Fraction], times: Fraction
) -> dict[tuple[str, ...], Fraction]:
    lead = next(iter(one))
    keys = [lead, *(key for key in {**one, **other} if key != lead)]
    made = {key: one.get(key, Fraction(0)) - times * other.get(key, Fraction(0)) for key in keys}
    return {key: value for key, value in made.items() if value}


def test_a_reader_cannot_work_out_what_is_suppressed() -> None:
    found = everything("suppress")
    cells: Cells = {}
    for name, keys in {
        "breakdowns": ("breakdown", "category"),
        "leaving_breakdowns": ("breakdown", "category"),
        "started_breakdowns": ("breakdown", "category"),
        "leaving_care_reasons": ("kind", "category"),
        "leaving_care_groups": ("kind", "category"),
        "legal_status_by_month": ("month", "group"),
        "reviews_by_month": ("month",),
        "reviews_by_quarter": ("quarter", "kind"),
        "review_timeliness": ("measure", "breakdown"),
    }.items():
        cells |= _cells(found[name], *keys)
    sums = _sums(found["leaving_care_reasons"].frame, cells)
    assert len(sums) > 150
    assert sum(value is None for value in cells.values()) > 100
    assert not _worked_out(cells, sums)


def _sums(reasons: pl.DataFrame, cells: Cells) -> list[tuple[tuple[str, ...], list[tuple[str, ...]]]]:
    """What adds up to what, from what the tables say of themselves."""
    sums = []
    for table in ("breakdowns", "started_breakdowns", "leaving_breakdowns"):
        names = {key[2] for key in cells if key[0] == table and key[1] == "children"}
        for name in names:
            rows = [key for key in cells if key[:3] == (table, "children", name)]
            sums.append(((table, "children", name, "total"), [key for key in rows if key[3] != "total"]))
            sums.append(((table, "children", name, "total"), [(table, "children", "sex", "total")]))
    total = ("leaving_care_reasons", "children", "total", "Total")
    sums.append((total, [key for key in cells if key[:2] == total[:2] and key[2] != "total"]))
    sums.append((total, [("leaving_breakdowns", "children", "sex", "total")]))
    for group, categories in reasons.filter(kind="reason").group_by("group").agg("category").iter_rows():
        of = ("leaving_care_groups", "children", "group", group)
        sums.append((of, [("leaving_care_reasons", "children", "reason", category) for category in categories]))
    for month in {key[2] for key in cells if key[0] == "legal_status_by_month"}:
        rows = [key for key in cells if key[:3] == ("legal_status_by_month", "children", month)]
        sums.append(((*rows[0][:3], "total"), [key for key in rows if key[3] != "total"]))
    months = sorted({key[2] for key in cells if key[0] == "reviews_by_month"})
    quarters = sorted({key[2] for key in cells if key[0] == "reviews_by_quarter"})
    kinds = ("initial", "second", "subsequent", "adoption")
    for number, quarter in enumerate(quarters):
        for column in ("due", "on_time", "late"):
            at = ("reviews_by_quarter", column, quarter)
            sums.append(((*at, "all"), [(*at, kind) for kind in kinds]))
            part = [("reviews_by_month", column, month) for month in months[3 * number : 3 * number + 3]]
            sums.append(((*at, "all"), part))
    rows = [("reviews_by_month", (month,)) for month in months]
    rows += [("reviews_by_quarter", (quarter, kind)) for quarter in quarters for kind in (*kinds, "all")]
    for table, words in rows:
        due, on_time, late = ((table, column, *words) for column in ("due", "on_time", "late"))
        sums.append((due, [on_time, late]))
    for kind, name in (("initial", "kind:initial"), ("second", "kind:second"), ("all", "all")):
        for whole, part in (("denominator", "due"), ("on_time", "on_time"), ("late", "late")):
            year = ("review_timeliness", whole, "reviews_due", name)
            sums.append((year, [("reviews_by_quarter", part, quarter, kind) for quarter in quarters]))
    for measure in ("child", "reviews_held", "reviews_due"):
        for column in ("denominator", "on_time", "late", "missed"):
            at = ("review_timeliness", column, measure)
            for part in ("asylum:", "age_band:", "legal_status_group:", "basis:"):
                sums.append(((*at, "all"), [key for key in cells if key[:3] == at and key[3].startswith(part)]))
    return sums
