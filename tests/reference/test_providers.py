import datetime as dt
import sys
import zipfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from returns903.errors import ConfigError, InputError
from returns903.reference.postcodes import Postcodes
from returns903.reference.providers import Providers

POSTCODES = Postcodes.load(
    pl.DataFrame(
        {
            "postcode": ["AA1 1AA", "BB1 1BB"],
            "authority": ["E07000008", "E09000008"],
            "east": [1.0, 2.0],
            "north": [1.0, 2.0],
        }
    )
)
NEW = ("Local authority", "URN", "Deregistration date", "Placement code", "Setting address postcode")
NEW_ROWS = [
    ("Kent County Council", "SC1", "-", "K2, R3", "aa1 1aa", "PR1"),
    ("Croydon", 1234567, dt.date(2024, 3, 31), "U1,U2/U3", "ZZ1 1ZZ", "PR4,PR5"),
]


def book(path: Path, sheets: dict[str, list[tuple[Any, ...]]]) -> Path:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    pytest.importorskip("fastexcel")
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return path


def new_layout(path: Path) -> Path:
    above = [("Children's homes and social care providers",), ()]
    return book(path, {"About": [("Ofsted",)], "Providers": [*above, (*NEW, "Placement provider code"), *NEW_ROWS]})


def old_layout(folder: Path) -> tuple[Path, Path]:
    homes = book(
        folder / "CH list.xlsx",
        {
            "Settings and Inspection Info": [
                ("URN", "Local Authority", "Provider Code", "Provider Placement Code", "Closed Date"),
                ("SC1", "Kent", "PR1", "K2/R3", ""),
            ],
            "Address Details": [("URN", "Setting Postcode"), ("SC1", "AA1 1AA")],
        },
    )
    social = ("URN", "Local authority", "Placement code", "Placement provider code", "Setting postcode")
    care = book(
        folder / "SCP list.xlsx",
        {
            "Current": [social, (1234567, "Croydon", "U1,U2,U3", "PR4", "ZZ1 1ZZ")],
            "Closed": [(*social, "Deregistration date"), (1234567, "", "", "PR5", "", "31/03/2024")],
        },
    )
    return homes, care


EXPECTED = [
    (0, "SC1", ["K2", "R3"], ["PR1"], ["AA11AA"], ["E10000003"], None),
    (1, "1234567", ["U1", "U2", "U3"], ["PR4", "PR5"], ["ZZ11ZZ"], ["E09000008"], dt.date(2024, 3, 31)),
]


def test_a_workbook_of_the_new_layout(tmp_path: Path) -> None:
    providers = Providers.load(new_layout(tmp_path / "list.xlsx"))
    pooled = providers.pooled(POSTCODES)
    assert pooled.columns == ["row", "URN", "PLACES", "PROVIDERS", "POSTCODES", "AUTHORITIES", "CLOSED"]
    assert pooled.schema["row"] == pl.UInt32
    assert pooled.schema["CLOSED"] == pl.Date
    assert pooled.rows() == EXPECTED
    assert providers.described == "list.xlsx"
    assert providers.pooled(POSTCODES) is pooled
    assert providers.pooled(None)["AUTHORITIES"].to_list() == [["E10000016"], ["E09000008"]]


@pytest.mark.parametrize("form", ["folder", "zip", "paths"])
def test_the_two_files_of_the_old_layout(tmp_path: Path, form: str) -> None:
    folder = tmp_path / "lists"
    folder.mkdir()
    paths = old_layout(folder)
    with zipfile.ZipFile(tmp_path / "lists.zip", "w") as archive:
        for path in paths:
            archive.write(path, f"lists/{path.name}")
    source: Any = {"folder": folder, "zip": tmp_path / "lists.zip", "paths": paths}[form]
    assert Providers.load(source).pooled(POSTCODES).rows() == EXPECTED


def test_a_csv(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    lines = [
        "Ofsted list",
        ",".join((*NEW, "Placement Provider Code(s)")),
        '"Kent",SC1,-,"K2,R3",aa1 1aa,PR1',
        ",,",
        "",
    ]
    path.write_bytes("\r\n".join([*lines, "Caf\N{LATIN SMALL LETTER E WITH ACUTE},SC2"]).encode("cp1252"))
    pooled = Providers.load(path).pooled(POSTCODES)
    assert pooled.rows() == [EXPECTED[0], (1, "SC2", [], [], [], [], None)]


def test_columns_that_no_sheet_has_are_named(tmp_path: Path) -> None:
    path = book(tmp_path / "list.xlsx", {"A": [("URN", "Placement code", "Fax"), ("SC1", "SECRET", "1")]})
    with pytest.raises(
        InputError, match=r"provider types .* closing date .* postcode .*list.xlsx \[A\] has URN, Placement code$"
    ) as raised:
        Providers.load(path)
    assert "SECRET" not in str(raised.value)


def test_sheets_without_a_urn(tmp_path: Path) -> None:
    path = book(tmp_path / "list.xlsx", {"A": [("Linked school URN", "SECRET"), ("1", "2")]})
    with pytest.raises(InputError, match="no sheet has a column URN") as raised:
        Providers.load(path)
    assert "SECRET" not in str(raised.value)
    with pytest.raises(InputError, match=r"no column URN$"):
        Providers.load(pl.DataFrame({"Name": ["x"]}))


def test_without_the_package_for_workbooks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "list.xlsx").write_bytes(b"x")
    monkeypatch.setitem(sys.modules, "fastexcel", None)
    with pytest.raises(ConfigError, match=r"returns903\[excel\]"):
        Providers.load(tmp_path / "list.xlsx")


def test_a_frame_with_some_columns() -> None:
    pooled = Providers.load(
        pl.DataFrame({"URN": [1.0, 2.0, 1.0, None], "PLACE_CODES": ["K2", None, "K1", "K3"]})
    ).pooled(None)
    assert pooled["URN"].to_list() == ["1", "2"]
    assert pooled["PLACES"].to_list() == [["K2", "K1"], []]
    assert pooled["POSTCODES"].to_list() == [[], []]
    assert pooled["AUTHORITIES"].to_list() == [[], []]
    assert pooled["CLOSED"].to_list() == [None, None]


def test_an_empty_frame() -> None:
    empty = Providers.load(pl.DataFrame(schema={"URN": pl.String, "POSTCODE": pl.String}))
    assert empty.pooled(POSTCODES).height == 0
    assert Providers.load(pl.DataFrame({"URN": [None], "REG_END": [None]})).pooled(None).height == 0


@pytest.mark.parametrize("urns", [["SC1", " sc1 "], ["1234567", "1234567.0"]])
def test_urns_are_compared_as_text(urns: list[str]) -> None:
    assert Providers.load(pl.DataFrame({"URN": urns})).pooled(None)["URN"].to_list() == [urns[0]]


@pytest.mark.parametrize("urns", [pl.Series([1234567]), pl.Series([1234567.0, None]), pl.Series([1.5])])
def test_numbers_become_text(urns: pl.Series) -> None:
    assert Providers.load(pl.DataFrame({"URN": urns})).pooled(None)["URN"][0] in ("1234567", "1.5")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("25/12/2015", dt.date(2015, 12, 25)),
        ("1/2/16", dt.date(2016, 2, 1)),
        ("05-06-2020 00:00", dt.date(2020, 6, 5)),
        ("31.03.2021", dt.date(2021, 3, 31)),
        ("2021-05-05", dt.date(2021, 5, 5)),
        ("2021-05-05 00:00:00", dt.date(2021, 5, 5)),
        ("31 March 2024", dt.date(2024, 3, 31)),
        ("31-Mar-24", dt.date(2024, 3, 31)),
        ("1st April 2020", dt.date(2020, 4, 1)),
        ("45000", dt.date(2023, 3, 15)),
        (dt.date(2020, 1, 2), dt.date(2020, 1, 2)),
        (dt.datetime(2020, 1, 2, 3), dt.date(2020, 1, 2)),
        (45000, dt.date(2023, 3, 15)),
        ("31/02/2020", None),
        ("-", None),
        ("na", None),
        ("", None),
        (None, None),
    ],
)
def test_closing_dates_in_many_forms(written: Any, day: dt.date | None) -> None:
    frame = pl.DataFrame({"URN": ["1"], "REG_END": [written]})
    assert Providers.load(frame).pooled(None)["CLOSED"].to_list() == [day]


def test_the_earliest_closing_date_counts() -> None:
    frame = pl.DataFrame({"URN": ["3", "3", "3"], "REG_END": ["25/12/2017", None, "24/12/2017"]})
    assert Providers.load(frame).pooled(None)["CLOSED"].to_list() == [dt.date(2017, 12, 24)]


def test_an_authority_that_is_brought_goes_before_the_postcode() -> None:
    columns = {"URN": ["1", "1", "2"], "LA_CODE_INFERRED": ["auth", "E10000027", None], "POSTCODE": ["AA1 1AA"] * 3}
    providers = Providers.load(pl.DataFrame(columns))
    assert providers.pooled(POSTCODES)["AUTHORITIES"].to_list() == [["auth", "E06000066"], []]
    assert providers.has_authorities(None)


def test_whether_authorities_can_be_told() -> None:
    by_postcode = Providers.load(pl.DataFrame({"URN": ["1"], "POSTCODE": ["AA1 1AA"]}))
    assert by_postcode.has_authorities(POSTCODES)
    assert not by_postcode.has_authorities(None)
    assert Providers.load(pl.DataFrame({"URN": ["1"], "Local Authority": ["Kent"]})).has_authorities(None)
    assert not Providers.load(pl.DataFrame({"URN": ["1"], "Local Authority": ["x"]})).has_authorities(None)
    assert not Providers.load(pl.DataFrame({"URN": ["1"]})).has_authorities(POSTCODES)
