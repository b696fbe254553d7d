"""A reduced return still shows the behaviour, is small, and holds nothing that it says has been replaced."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from returns903 import ConfigError, InputError, Return, Year, validate
from returns903.frames import Frames
from returns903.tables import Episodes
from returns903.testing import faults, lives, reduce, strategies
from returns903.testing.reducing import Reduced
from returns903.testing.reducing.days import plain_days
from returns903.testing.reducing.draft import AUTHORITY, OWN, Draft, Place
from returns903.testing.reducing.stand_ins import SORTS, may_stay, read_day, sort_of
from returns903.years import RULE_YEARS

YEAR = "2024-25"
SORT = {sort.name: sort for sort in SORTS}


def fires(code: str) -> Callable[[Return], bool]:
    return lambda ret: validate(ret, select=[code]).outcomes[code].count > 0


def made(tables: dict[str, dict[str, list[Any]]], **beside: Any) -> Return:
    frames = {name: pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)) for name, columns in tables.items()}
    return Return.from_frames(frames, year=YEAR, **beside)


def cells(reduced: Reduced) -> dict[str, dict[str, list[str | None]]]:
    """What is left, by table and column."""
    return {name: frame.to_dict(as_series=False) for name, frame in reduced.draft.frames.items()}


EPISODES = {"CHILD": ["Z77", "Z77", "Z78"], "DECOM": ["07/05/2024", "08/06/2024", "09/07/2024"]}


class TestWhatIsLeft:
    """The least that shows the behaviour."""

    def test_rows_and_cells_that_are_not_needed_go(self) -> None:
        ret = made({"Header": {"CHILD": ["Z77"], "SEX": ["F"]}, "Episodes": EPISODES})
        assert cells(reduce(ret, keeps=lambda ret: "Episodes" in ret and ret["Episodes"].height > 0)) == {
            "Episodes": {"CHILD": ["A1"]}
        }

    def test_the_order_of_rows_stays(self) -> None:
        def falls(ret: Return) -> bool:
            return not ret.tables["Episodes"]["DECOM"].drop_nulls().is_sorted()

        ret = made({"Episodes": {"CHILD": ["Z77"] * 3, "DECOM": ["01/05/2024", "02/06/2024", "03/02/2024"]}})
        first, last = cells(reduce(ret, keeps=falls))["Episodes"]["DECOM"]
        assert day(first) > day(last)

    def test_a_table_that_is_missing_stays_missing(self) -> None:
        ret = made({"Episodes": EPISODES})
        assert cells(reduce(ret, keeps=lambda ret: "Header" not in ret)) == {}

    def test_a_table_without_rows_stays_where_it_is_needed(self) -> None:
        ret = made({"Header": {"CHILD": ["Z77"]}, "Episodes": EPISODES})
        assert cells(reduce(ret, keeps=lambda ret: "Header" in ret)) == {"Header": {"CHILD": []}}

    @pytest.mark.parametrize("needed", [True, False])
    def test_last_years_return_stays_where_it_is_needed(self, needed: bool) -> None:
        ret = made({"Episodes": EPISODES}, previous={"Episodes": pl.DataFrame(EPISODES)})
        reduced = reduce(ret, keeps=lambda ret: (ret.previous is not None) or not needed)
        assert (reduced.ret.previous is not None) == needed
        assert reduced.rows == []

    def test_behaviour_may_be_that_there_is_no_previous_return(self) -> None:
        def skipped(ret: Return) -> bool:
            return validate(ret, select=["503A"]).outcomes["503A"].reason == "no previous return"

        ret = made({"Episodes": EPISODES})
        assert reduce(ret, keeps=skipped).ret.previous is None

    def test_what_only_last_years_tables_show_is_kept(self) -> None:
        ret = made({"Episodes": EPISODES}, previous={"Episodes": pl.DataFrame(EPISODES)})
        reduced = reduce(ret, keeps=lambda ret: ret.previous is not None and ret.last_year("Episodes").height > 1)
        assert cells(reduced) == {"Episodes.last_year": {"CHILD": ["A1", "A1"]}}

    def test_no_row_is_left_without_a_cell(self) -> None:
        ret = made({"Episodes": {"CHILD": [None], "DECOM": ["07/05/2024"], "LS": ["C2"]}})
        reduced = reduce(ret, keeps=lambda ret: ret["Episodes"]["CHILD"].null_count() > 0)
        assert reduced.draft.empty_rows == 0
        assert len(reduced.draft.cells) == 1

    @pytest.mark.parametrize("label", RULE_YEARS)
    def test_the_faults_of_some_rules_come_down_to_a_few_rows(self, label: str) -> None:
        told = [(f"Q{n}", lives.life(name, 3, Year(label))) for n, name in enumerate(lives.SITUATIONS)]
        lawful = lives.put_together(told, Year(label)).load()
        for fault in faults.for_year(label)[::40]:
            reduced = reduce(fault.apply(lawful).ret, keeps=fires(fault.rule))
            assert len(reduced.rows) <= 3, fault.rule
            assert reduced.unsafe == (), fault.rule


def day(text: str | None) -> dt.date:
    return dt.datetime.strptime(text or "", "%d/%m/%Y").date()


class TestKeeps:
    """What the function that is given may do."""

    def test_false_of_the_whole_return_is_told(self) -> None:
        with pytest.raises(ConfigError, match="there is nothing to reduce"):
            reduce(made({"Episodes": EPISODES}), keeps=lambda ret: False)

    @pytest.mark.parametrize("what", ["notes", "file"])
    def test_what_frames_do_not_hold_is_told(self, what: str) -> None:
        ret = made({"Episodes": {**EPISODES, "ODD": ["x", "y", "z"]}})
        ret.tables["Episodes"] = ret.tables["Episodes"].with_columns(file=pl.lit("e.csv"))
        keeps = {
            "notes": lambda ret: any(note.kind == "ignored column" for note in ret.notes),
            "file": lambda ret: ret["Episodes"]["file"].null_count() == 0,
        }[what]
        with pytest.raises(ConfigError, match="where it looks at notes, files or lines"):
            reduce(ret, keeps=keeps)

    def test_an_error_is_a_behaviour_of_its_own_type(self) -> None:
        def raises(ret: Return) -> bool:
            if "Header" not in ret:
                raise InputError
            return bool(1 / ret["Header"].filter(pl.col("SEX") != "F").height)

        ret = made({"Header": {"CHILD": ["Z1", "Z2"], "SEX": ["F", "F"]}, "Episodes": EPISODES})
        reduced = reduce(ret, keeps=raises)
        assert cells(reduced) == {"Header": {"CHILD": []}}
        assert reduced.raises == "ZeroDivisionError"
        assert repr(reduced).endswith("; the check raises ZeroDivisionError)")

    @pytest.mark.parametrize("stop", [KeyboardInterrupt, MemoryError, SystemExit])
    def test_to_be_stopped_is_no_behaviour(self, stop: type[BaseException]) -> None:
        def stopped(ret: Return) -> bool:
            raise stop

        with pytest.raises(stop):
            reduce(made({"Episodes": EPISODES}), keeps=stopped)

    def test_the_return_stays_as_it_was(self) -> None:
        ret = made({"Episodes": EPISODES})
        before = ret["Episodes"].clone()
        reduce(ret, keeps=lambda ret: "Episodes" in ret)
        assert ret["Episodes"].equals(before)


class TestPrinted:
    """What is printed makes the very return that is left."""

    ODD = "a\"b'c\\n\n\u202e"

    @pytest.mark.parametrize("year", [YEAR, Year(start=dt.date(2023, 1, 1), end=dt.date(2023, 12, 31))])
    def test_the_lines_make_the_return(self, year: Year | str) -> None:
        directory = pl.DataFrame({"postcode": ["RM8 2AB"], "authority": ["WAL"], "east": [1.0], "north": [2.0]})
        providers = pl.DataFrame({"URN": ["1234567"], "REG_END": ["05/06/2024"]})
        episodes = pl.DataFrame({"CHILD": [self.ODD, None], "LS": [None, '"""'], "URN": ["1234567", None]})
        ret = Return.from_frames(
            {"Header": pl.DataFrame({"CHILD": []}), "Episodes": episodes},
            year=year,
            previous={"Header": pl.DataFrame({"CHILD": ["x"]})},
            local_authority="Croydon",
            providers=providers,
            postcodes=directory,
        )
        whole = Draft.of(ret)
        names: dict[str, Any] = {}
        exec(Reduced(whole, 0, ()).frames(), names)
        again = Draft.of(names["ret"])
        assert (again.year, again.local_authority, again.parts) == (whole.year, "E09000008", whole.parts)
        assert again.filled() == whole.filled()

    def test_no_character_steers_a_terminal(self) -> None:
        ret = made({"Episodes": {"CHILD": [self.ODD]}})
        reduced = reduce(ret, keeps=lambda ret: any(text == self.ODD for _, text in Draft.of(ret).filled()))
        assert all(character.isprintable() or character == "\n" for character in reduced.frames())


class TestSafe:
    """What tells of someone is replaced; what cannot be is named."""

    def test_names_are_none_of_the_whole_return(self) -> None:
        episodes = {"CHILD": ["A1", "B2", "C3"], "PL_POST": ["ZZ1 1ZZ", "zz2 1zz", "RM8 2AB"]}
        reduced = reduce(
            made({"Episodes": episodes}), keeps=lambda ret: ret["Episodes"]["PL_POST"].drop_nulls().len() > 0
        )
        assert cells(reduced) == {"Episodes": {"CHILD": ["D4"], "PL_POST": ["ZZ3 1ZZ"]}}

    SAFE = [
        ("Header", "UPN", "Q12345678901X", "A000000000001"),
        ("Header", "UPN", "UN3", "UN3"),
        ("SWEpisodes", "SW_ID", "Jane Doe", "SW001"),
        ("Episodes", "URN", "1234567", "SC900001"),
        ("Episodes", "URN", "XXXXXXX", "XXXXXXX"),
        ("Episodes", "LS", "C2", "C2"),
        ("Episodes", "LS", "Jane", "?"),
        ("Episodes", "PLACE", "-", "-"),
        ("OC2", "SDQ_SCORE", "17", "17"),
        ("OC2", "SDQ_SCORE", "07700900123", "?"),
        ("PrevPerm", "LA_PERM", "301", "201"),
        ("PrevPerm", "LA_PERM", "WAL", "WAL"),
        ("PrevPerm", "DATE_PERM", "ZZ/11/2017", "no date"),
        ("Header", "DOB", "17/11/2012", "01/04/2024"),
        ("Header", "DOB", "17/11/0212", "no date"),
        ("Header", "DOB", "17/11/1412", "no date"),
        ("Header", "DOB", "17/13/2012", "no date"),
        ("Header", "DOB", "born 17/11/2012", "no date"),
        ("Header", "DOB", "\uff11\uff17/11/2012", "no date"),
    ]

    @pytest.mark.parametrize(("table", "column", "cell", "stands"), SAFE)
    def test_what_stands_for_a_cell_that_has_to_be_filled(
        self, table: str, column: str, cell: str, stands: str
    ) -> None:
        ret = made({table: {"CHILD": ["Z77"], column: [cell]}})
        reduced = reduce(ret, keeps=lambda ret: column in {place.column for place, _ in Draft.of(ret).filled()})
        assert cells(reduced) == {table: {"CHILD": ["A1"], column: [stands]}}
        assert reduced.unsafe == ()

    STAYS = [
        ("Header", "UPN", "Q12345678901X"),
        ("SWEpisodes", "SW_ID", "Jane Doe"),
        ("Episodes", "LS", "Jane"),
        ("Episodes", "HOME_POST", "RM8 2AB"),
        ("OC2", "SDQ_SCORE", "07700900123"),
        ("Header", "DOB", "17/11/2012"),
        ("Header", "DOB", "17/11/0212"),
        ("Header", "CHILD", "Jane"),
    ]

    @pytest.mark.parametrize(("table", "column", "cell"), STAYS)
    def test_what_has_to_stay_is_named_and_not_shown(self, table: str, column: str, cell: str) -> None:
        ret = made({table: {"CHILD": ["Z77"], column: [cell]}})
        reduced = reduce(ret, keeps=lambda ret: cell in {text for _, text in Draft.of(ret).filled()})
        assert reduced.unsafe == (Place(table, 0, column),)
        assert cell in reduced.frames()
        assert cell not in reduced.frames(hide_unsafe=True)
        assert "(not shown)" in reduced.frames(hide_unsafe=True)

    def test_an_authority_that_has_to_stay_is_named(self) -> None:
        ret = made({"Episodes": EPISODES}, local_authority="E09000002")
        reduced = reduce(ret, keeps=lambda ret: ret.local_authority == "E09000002")
        assert [str(place) for place in reduced.unsafe] == [AUTHORITY]
        assert reduced.unsafe == (OWN,)
        assert "E09000002" not in reduced.frames(hide_unsafe=True)
        assert reduce(ret, keeps=lambda ret: ret.local_authority is not None).ret.local_authority == "E09000003"

    def test_intervals_and_weekdays_stay_where_they_are_needed(self) -> None:
        def a_fortnight_from_a_friday(ret: Return) -> bool:
            frame = ret["Episodes"]
            return bool(
                ((frame["DEC"] - frame["DECOM"] == dt.timedelta(14)) & (frame["DECOM"].dt.weekday() == 5)).any()
            )

        ret = made({"Episodes": {"CHILD": ["Z77"], "DECOM": ["17/05/2024"], "DEC": ["31/05/2024"]}})
        reduced = reduce(ret, keeps=a_fortnight_from_a_friday)
        assert a_fortnight_from_a_friday(reduced.ret)
        assert reduced.unsafe == ()
        assert cells(reduced)["Episodes"] != ret["Episodes"].drop("row", "line", "file").to_dict(as_series=False)

    def test_postcodes_keep_how_far_they_are_apart(self) -> None:
        directory = pl.DataFrame(
            {
                "postcode": ["RM8 2AB", "M1 1AE"],
                "authority": ["E09000002", "E08000003"],
                "east": [547000.0, 384500.0],
                "north": [186000.0, 398000.0],
            }
        )
        ret = made(
            {"Episodes": {"CHILD": ["Z77"], "HOME_POST": ["RM8 2AB"], "PL_POST": ["M1 1AE"]}},
            postcodes=directory,
            local_authority="E09000002",
        )
        reduced = reduce(ret, keeps=far_away)
        printed = reduced.frames()
        assert reduced.unsafe == ()
        assert not [text for text in ("RM8", "M1 ", "547", "384", "186", "398", "E0800") if text in printed]
        assert far_away(reduced.ret)

    def test_made_up_data_can_be_left_as_they_are(self) -> None:
        reduced = reduce(made({"Episodes": EPISODES}), keeps=lambda ret: ret["Episodes"].height > 0, safe=False)
        assert cells(reduced) == {"Episodes": {"CHILD": ["Z78"]}}


def far_away(ret: Return) -> bool:
    """Whether a placement is more than 20 miles from home."""
    if "Episodes" not in ret:
        return False
    miles = Frames(ret).base(Episodes, ["Episodes.PL_DISTANCE"])["Episodes.PL_DISTANCE"]
    return bool((miles > 20).any())


def names_in(draft: Draft) -> dict[str, set[str]]:
    """The texts by sort that name someone, or somewhere, as they are compared."""
    names: dict[str, set[str]] = {}
    for place, text in draft.filled():
        sort = SORT.get(sort_of(place.frame, place.column) or "")
        if sort is not None and sort.is_name and not may_stay(sort, text):
            names.setdefault(sort.name, set()).add(sort.meaning(text))
    return names


def not_replaced(before: Draft, after: Draft) -> set[Place]:
    """The cells that tell of someone and are what they were."""
    texts = dict(before.filled())
    return {
        place
        for place, text in after.filled()
        if (name := sort_of(place.frame, place.column)) and text == texts[place] and not plain(name, text, after.year)
    }


def plain(sort: str, text: str, year: Year) -> bool:
    if sort == "day" and (named := read_day(text)) is not None:
        return named in plain_days(year)
    return may_stay(SORT[sort], text)


def check_reduced(ret: Return, code: str) -> None:
    reduced, again = (reduce(ret, keeps=fires(code)) for _ in range(2))
    assert fires(code)(reduced.ret)
    assert (cells(reduced), reduced.unsafe, reduced.calls) == (cells(again), again.unsafe, again.calls)
    unsafe = set(reduced.unsafe)
    assert not_replaced(reduce(ret, keeps=fires(code), safe=False).draft, reduced.draft) <= unsafe
    whole = names_in(Draft.of(ret))
    for place, text in reduced.draft.filled():
        sort = SORT.get(sort_of(place.frame, place.column) or "")
        assert sort is None or place in unsafe or sort.meaning(text) not in whole.get(sort.name, ())


@given(st.data(), st.sampled_from(RULE_YEARS))
@settings(max_examples=10)
def test_anything_that_fires_is_reduced_and_made_safe(data: st.DataObject, label: str) -> None:
    ret = data.draw(strategies.returns(label, valid=False, max_children=4))
    codes = sorted(set(validate(ret).findings["rule"]))
    assume(codes)
    check_reduced(ret, data.draw(st.sampled_from(codes)))


@given(st.data(), st.sampled_from(RULE_YEARS))
@settings(max_examples=6)
def test_every_fault_is_reduced_and_made_safe(data: st.DataObject, label: str) -> None:
    known = faults.for_year(label)
    assume(known)
    fault = data.draw(st.sampled_from(known))
    ret = data.draw(strategies.from_rule(fault.rule, year=label))
    check_reduced(ret, fault.rule)
