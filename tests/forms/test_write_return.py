"""A return written in each form and read again."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from returns903 import ConfigError, InputError, Return, Year, read_return, validate, write_return
from returns903.forms import FORMS
from returns903.forms.folders import FILES, STEMS
from returns903.reading import CORE, read_tables
from returns903.reading.recognise import table_named
from returns903.tables import TABLES
from returns903.testing import faults, strategies
from returns903.texts import texts, texts_of_last_year, with_texts

PATHS = {"csv": "return", "xml": "return.xml", "xlsx": "return.xlsx", "parquet": "return"}
YEARS = ("2022-23", "2024-25", "2026-27")
FOUND = ["rule", "table", "previous", "row", "child", "message"]
Texts = dict[str, pl.DataFrame]


def written(tables: Return | Texts, form: str) -> tuple[Texts, dict[str, str]]:
    """The tables as they are read again, as text; and what was said, by table."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / PATHS[form]
        said = write_return(tables, path, form=form)
        read = read_tables(path, allow_missing=CORE)
    assert read.unread == []
    return texts(Return(read.tables, year=Year("2024-25"))), dict(line.split(": ", 1) for line in said)


def kept(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """A table as a reader keeps it: trimmed, in capitals, blanks null, without blank rows and derived columns."""
    clean = frame.select(pl.col(list(TABLES[name].columns())).str.strip_chars().str.to_uppercase())
    return clean.select(pl.when(pl.all() != "").then(pl.all())).filter(pl.any_horizontal(pl.all().is_not_null()))


def made(**tables: list[dict[str, str]]) -> Texts:
    return {name: pl.DataFrame(rows) for name, rows in tables.items()}


@st.composite
def odd_returns(draw: st.DrawFn) -> Return:
    return draw(strategies.returns(draw(st.sampled_from(YEARS)), max_children=5, valid=False))


@given(odd_returns(), st.sampled_from(["csv", "xlsx", "parquet"]))
@settings(max_examples=25, deadline=None)
def test_any_return_comes_back_row_by_row(ret: Return, form: str) -> None:
    again, said = written(ret, form)
    assert again.keys() == texts(ret).keys()
    for name, frame in texts(ret).items():
        if name not in said:
            assert_frame_equal(again[name], kept(name, frame))


@given(odd_returns())
@settings(max_examples=25, deadline=None)
def test_any_return_comes_back_from_xml_child_by_child(ret: Return) -> None:
    again, said = written(ret, "xml")
    for name, frame in texts(ret).items():
        if name not in said:
            assert_frame_equal(kept(name, again[name]), kept(name, frame), check_row_order=False)


@given(strategies.returns("2024-25", max_children=4), st.sampled_from(faults.for_year("2024-25")))
@settings(max_examples=4, deadline=None)
@pytest.mark.parametrize("form", FORMS)
def test_findings_are_the_same(form: str, ret: Return, fault: faults.RuleFault) -> None:
    broken = fault.apply(ret).ret
    tables, said = written(broken, form)
    assume(not said.keys() & {"Header", "UASC"})
    held = {name: frame for name, frame in texts(broken).items() if name not in said}
    read = {name: frame for name, frame in tables.items() if name in held}
    one, other = (with_texts(broken, some, texts_of_last_year(broken)) for some in (held, read))
    assert_frame_equal(validate(one).findings[FOUND], validate(other).findings[FOUND], check_row_order=False)


CHILD = {"CHILD": "A1", "DOB": "01/05/2010"}
HEADER = CHILD | {"SEX": "F"}
REVIEW = CHILD | {"REVIEW": "01/06/2024"}
ASYLUM = CHILD | {"SEX": "F", "DUC": "01/05/2028"}

MORE = "XML has a HEADER for every child"
FIRST = "with a DOB that is not the child's first, the one that XML gives"
XML_CASES = {
    "a second row of Header": (
        made(Header=[HEADER, HEADER | {"DOB": "02/05/2010"}], Reviews=[REVIEW]),
        {},
    ),
    "another date of birth": (
        made(Header=[HEADER], Reviews=[REVIEW, REVIEW | {"DOB": "02/05/2010"}]),
        {"Reviews": f"1 row {FIRST}"},
    ),
    "no Header": (
        made(Header=[HEADER], Reviews=[REVIEW | {"CHILD": "B2"}], Episodes=[{"CHILD": "C3", "LS": "C2"}]),
        {"Header": f"2 rows more: {MORE}"},
    ),
    "no identifier": (made(Header=[HEADER | {"CHILD": ""}], Episodes=[{"CHILD": "", "LS": "C2"}]), {}),
    "marks of XML": (made(Header=[HEADER | {"CHILD": "<&>\"']]>", "UPN": "&AMP;"}]), {}),
    "two rows of AD1": (
        made(Header=[HEADER], AD1=[CHILD | {"NB_ADOPTR": "1"}, CHILD | {"NB_ADOPTR": "2"}]),
        {"Header": f"1 row more: {MORE}"},
    ),
    "an asylum seeker": (made(Header=[HEADER], UASC=[ASYLUM]), {}),
    "one without a last day": (made(Header=[HEADER], UASC=[ASYLUM | {"DUC": ""}]), {}),
    "one of another sex": (
        made(Header=[HEADER], UASC=[ASYLUM | {"SEX": "M"}]),
        {"UASC": "1 row more: XML has one for every HEADER with the flag 1 or a DUC"},
    ),
    "one without Header": (
        made(UASC=[ASYLUM]),
        {
            "Header": f"1 row more: {MORE}",
            "UASC": "1 row not carried as it stands: XML gives SEX, DOB and the flag once a child",
        },
    ),
    "nothing but the child": (
        made(Header=[HEADER], Reviews=[CHILD | {"REVIEW": ""}]),
        {"Reviews": "1 row with the child alone, which XML does not carry"},
    ),
    "a table that XML has not": (
        made(Header=[HEADER], SWEpisodes=[CHILD | {"SW_ID": "X"}]),
        {"SWEpisodes": "XML has no such table; 1 row left out"},
    ),
}


@pytest.mark.parametrize(("tables", "told"), XML_CASES.values(), ids=XML_CASES)
def test_what_xml_carries(tables: Texts, told: dict[str, str]) -> None:
    again, said = written(tables, "xml")
    assert said == told
    whole = texts(Return.from_frames(tables, year="2024-25"))
    for name in TABLES:
        if name in again and name not in said:
            wanted = kept(name, whole[name]) if name in whole else kept(name, again[name]).clear()
            assert_frame_equal(kept(name, again[name]), wanted)


def test_rows_in_xml_stand_by_child() -> None:
    episodes = [{"CHILD": child, "DECOM": day} for child, day in (("B2", "1"), ("A1", "2"), ("B2", "3"), ("C3", "4"))]
    again, _ = written(made(Header=[HEADER, HEADER | {"CHILD": "B2"}], Episodes=episodes), "xml")
    assert again["Episodes"].select("CHILD", "DECOM").rows() == [("A1", "2"), ("B2", "1"), ("B2", "3"), ("C3", "4")]


@pytest.mark.parametrize("form", ["csv", "xml", "xlsx"])
def test_characters_that_no_text_holds(form: str) -> None:
    again, said = written(made(Header=[HEADER | {"UPN": "A\x00B\r\nC\x1f"}]), form)
    assert again["Header"]["UPN"].to_list() == ["A\ufffdB\nC\ufffd"]
    assert said == {"Header": "1 cell with characters that text files do not hold; these were replaced"}


def test_cells_and_tables_that_no_sheet_holds(tmp_path: Path) -> None:
    again, said = written(made(Header=[HEADER | {"UPN": "A" * 40_000}]), "xlsx")
    assert again["Header"]["UPN"].str.len_chars().to_list() == [32_767]
    assert said == {"Header": "1 cell cut after 32,767 characters, which is all that a cell of a sheet holds"}
    long = {"Reviews": pl.DataFrame({"CHILD": ["A1"]}).select(pl.all().repeat_by(1_048_576).explode())}
    with pytest.raises(ConfigError, match="Reviews has 1,048,576 rows, more than a sheet holds"):
        write_return(long, tmp_path / "r.xlsx")


@pytest.mark.parametrize(
    "text", ["=1+1", "{=1}", "00123", "45413", "#N/A", "HTTP://A.B", "mailto:A", "_X0041_", "2024-05-01", "TRUE"]
)
def test_a_workbook_takes_text_for_nothing_else(text: str) -> None:
    assert written(made(Header=[HEADER | {"UPN": text}]), "xlsx")[0]["Header"]["UPN"].to_list() == [text.upper()]


def test_what_is_derived_and_what_is_blank_is_told() -> None:
    header = [HEADER | {"UASC": "0"}, HEADER | {"CHILD": "B2", "UASC": "1"}, dict.fromkeys(HEADER, "")]
    tables = made(Header=header, UASC=[ASYLUM], Episodes=[{"CHILD": "A1", "PL_DISTANCE": "1.5"}])
    with TemporaryDirectory() as folder:
        assert write_return(tables, Path(folder) / "r") == [
            "Header: UASC is worked out anew when it is read; 3 rows brought it",
            "Episodes: PL_DISTANCE is worked out anew when it is read; 1 row brought it",
            "Header: 1 row without a filled cell, which no reader keeps",
        ]


@pytest.mark.parametrize(
    ("path", "form", "names"),
    [
        ("r", None, ["header.csv", "reviews.csv"]),
        ("r.2024", None, ["header.csv", "reviews.csv"]),
        ("r", "parquet", ["header.parquet", "reviews.parquet"]),
        ("r.XML", None, None),
        ("r.xlsx", None, None),
    ],
)
def test_the_path_says_which_form(tmp_path: Path, path: str, form: str | None, names: list[str] | None) -> None:
    assert write_return(made(Header=[HEADER], Reviews=[REVIEW]), tmp_path / path, form=form) == []
    found = tmp_path / path
    assert (sorted(file.name for file in found.iterdir()) if found.is_dir() else None) == names


@pytest.mark.parametrize(
    ("path", "form", "said"),
    [
        ("r.csv", None, "name a folder for csv and parquet"),
        ("r.parquet", "parquet", "name a folder for csv and parquet"),
        ("r.xml", "csv", "name a folder for csv and parquet"),
        ("r.xml", "xlsx", "a file .xml or .xlsx for these two"),
        ("r.dat", "xml", "a file .xml or .xlsx for these two"),
        ("r", "ods", r"'ods' is no form of a return; the forms are csv, xml, xlsx, parquet \(form=\)"),
    ],
)
def test_a_path_or_form_that_makes_no_sense(tmp_path: Path, path: str, form: str | None, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        write_return(made(Header=[HEADER]), tmp_path / path, form=form)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("form", FORMS)
def test_what_is_there_is_replaced_only_where_it_may_be(tmp_path: Path, form: str) -> None:
    path, tables = tmp_path / PATHS[form], made(Header=[HEADER])
    write_return(tables, path, form=form)
    with pytest.raises(ConfigError, match="is there already"):
        write_return(tables, path, form=form)
    with pytest.raises(ConfigError, match="is an input of this run"):
        write_return(tables, path, form=form, force=True, inputs=[path])
    write_return(made(Header=[HEADER | {"CHILD": "B2"}]), path, form=form, force=True)
    assert read_return(path, year="2024-25")["Header"]["CHILD"].to_list() == ["B2"]
    with pytest.raises(InputError, match="there is no folder nowhere"):
        write_return(tables, Path("nowhere") / PATHS[form], form=form)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_return_makes_the_same_bytes(tmp_path: Path, form: str) -> None:
    def content(path: Path) -> list[bytes]:
        return [file.read_bytes() for file in (sorted(path.iterdir()) if path.is_dir() else [path])]

    paths = [tmp_path / n / PATHS[form] for n in "12"]
    for path in paths:
        path.parent.mkdir()
        write_return(made(Header=[HEADER], Reviews=[REVIEW]), path, form=form)
    assert content(paths[0]) == content(paths[1])


def test_files_are_named_as_the_tables_are_called() -> None:
    assert {name: table_named(f"{stem}.csv") for name, stem in STEMS.items()} == {name: name for name in TABLES}
    assert len(FILES) == 2 * len(TABLES)
