"""The statutory pack: files, page and workbook hold the same rows in the Department's shape."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import fastexcel
import polars as pl
import pytest

from returns903.errors import ConfigError
from returns903.published.collect import Tables, collect
from returns903.published.department import DATA_SETS
from returns903.published.department.figures import PLACE
from returns903.reports.tables import statutory
from returns903.reports.tables.pack import STATUTORY, definitions
from returns903.reports.tables.write import Target, document
from returns903.writing import Outputs
from tests.reports.tables_example import example

ON_THE_DAY = DATA_SETS[0]


@pytest.fixture(scope="module")
def tables() -> Tables:
    return collect(example(), definitions(STATUTORY), "suppress", beside=True)


def target(path: Path, form: str | None) -> Target:
    return Target(path, form, Outputs(force=False), STATUTORY)


def test_a_file_has_the_department_s_columns_and_a_row_a_year(tables: Tables) -> None:
    found = pl.read_csv(io.StringIO(statutory.to_csv(ON_THE_DAY, tables)), infer_schema=False)
    assert found.columns == [*PLACE, "cla_group", "characteristic", "number", "percentage"]
    assert found.get_column("time_period").value_counts(sort=True).to_dict(as_series=False) == {
        "time_period": ["2019", "2018"],
        "count": [len(ON_THE_DAY.lines)] * 2,
    }
    assert found.filter(cla_group="Sex", characteristic="Total").select("number", "percentage").rows()[0] == (
        "835",
        "100",
    )
    assert set(found.get_column("la_name")) == {"Barking and Dagenham"}


def test_numbers_under_no_control_carry_a_stamp() -> None:
    bare = collect(example(), definitions(STATUTORY), "none")
    found = pl.read_csv(io.StringIO(statutory.to_csv(ON_THE_DAY, bare)), infer_schema=False)
    assert set(found.get_column("disclosure_control")) == {"none"}


def test_the_files_of_a_folder_are_the_department_s(tables: Tables, tmp_path: Path) -> None:
    target(tmp_path / "out", "csv").write(tables)
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {*(f"{of.name}.csv" for of in DATA_SETS), "about.csv"}
    about = pl.read_csv(tmp_path / "out" / "about.csv")
    assert about.get_column("file").to_list() == [f"{of.name}.csv" for of in DATA_SETS]
    assert "c: suppressed" in about.item(0, "about").lower()


def test_a_pack_is_a_page_and_a_workbook(tables: Tables, tmp_path: Path) -> None:
    made = target(tmp_path / "out", None).write(tables)
    assert [path.name for path in made] == ["statutory.html", "statutory.xlsx"]


def test_parquet_has_no_place_for_symbols(tables: Tables, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="symbols"):
        target(tmp_path / "out", "parquet").write(tables)


def test_the_workbook_has_a_sheet_a_data_set_with_numbers_as_numbers(tables: Tables) -> None:
    content = statutory.workbook(tables)
    book = fastexcel.read_excel(content)
    assert book.sheet_names == ["Contents", *statutory.SHEETS.values()]
    assert list(statutory.SHEETS) == [of.name for of in DATA_SETS]
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        text = parts.read("xl/worksheets/sheet2.xml").decode()
    assert f'<autoFilter ref="A1:N{2 * len(ON_THE_DAY.lines) + 1}"' in text
    assert 'topLeftCell="A2"' in text
    sheet = book.load_sheet("On 31 March", dtypes={"number": "string"}).to_polars()
    assert sheet.filter(time_period="2019", cla_group="Sex", characteristic="Total").item(0, "number") == "835"
    assert re.search(r'<c r="M2" s="\d+"><v>\d+</v></c>', text)
    assert "c: suppressed" in str(book.load_sheet("Contents", header_row=None).to_polars().rows()).lower()


def test_the_page_has_a_grid_a_group_with_both_years(tables: Tables) -> None:
    text = document(tables, "html", STATUTORY)
    assert "Looked-after children in Barking and Dagenham: national data sets, 2018-19, to 31 March 2019" in text
    for group in {line.group for of in DATA_SETS for line in of.lines if line.group}:
        assert f"<caption>{group}</caption>".replace("&", "&amp;") in text
    assert text.count("<span>2019</span>") == text.count("<span>2018</span>") > 20


def test_json_holds_the_same_rows(tables: Tables) -> None:
    found = json.loads(document(tables, "json", STATUTORY))
    assert [each["name"] for each in found["tables"]] == [of.name for of in DATA_SETS]
    assert found["run"]["year"] == "2018-19"
    assert found["tables"][0]["rows"][0]["characteristic"] == "1 to 4 years"


def test_the_author_s_words_stand_on_page_and_workbook(tables: Tables) -> None:
    told = replace(tables, commentary="We moved house.")
    assert "<p>We moved house.</p>" in statutory.page(told)
    front = fastexcel.read_excel(statutory.workbook(told)).load_sheet("Contents", header_row=None).to_polars()
    assert "We moved house." in front.to_series(0).to_list()
