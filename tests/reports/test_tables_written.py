"""Tables as workbooks, pages and files: whole, safe to open, and without anything from outside."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import fastexcel
import polars as pl
import pytest

from returns903.derive.local_categories import LocalCategory
from returns903.errors import ConfigError, InputError
from returns903.published.collect import Tables, chosen, collect
from returns903.published.definition import Options
from returns903.reports.tables.charts import figures
from returns903.reports.tables.csv_json import to_csv, to_json, to_parquet
from returns903.reports.tables.layout import grids
from returns903.reports.tables.pack import ANNUAL_REPORT, SCORECARD, Pack, definitions
from returns903.reports.tables.page import page
from returns903.reports.tables.shown import shown
from returns903.reports.tables.workbook import workbook
from returns903.reports.tables.write import Target, document
from returns903.writing import Outputs
from tests.reports.tables_example import NASTY, everything, pack, small

VOID = {"meta", "link", "br", "img", "hr", "input", "path", "line", "rect", "text"}


class Reader(HTMLParser):
    """What a browser would see in a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def nasty(method: str = "none") -> Tables:
    """Tables of a return in which every name that people can choose is a trap."""
    options = Options((LocalCategory(name=NASTY, days_at_most=9),))
    found = collect(small(), [*definitions(), *chosen(["leaving_care"], method)], method, options)
    return Tables(found.sheets, found.year, NASTY, method, notes=(NASTY,))


def test_the_page_is_whole_and_loads_nothing() -> None:
    text = page(pack(), ANNUAL_REPORT)
    read = Reader(text)
    assert not read.open
    ids = [attributes["id"] for _, attributes in read.tags if attributes.get("id")]
    assert len(ids) == len(set(ids))
    assert not {tag for tag, _ in read.tags} & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
    for _, attributes in read.tags:
        assert not {name for name in attributes if name.startswith("on")}
        for name in ("href", "xlink:href", "src"):
            assert str(attributes.get(name) or "#").startswith("#")
    assert not re.search(r"@import|url\((?!#)|@font-face", text)
    links = [str(attributes["href"])[1:] for tag, attributes in read.tags if tag == "a"]
    assert links
    assert set(links) <= set(ids)


def test_the_page_holds_charts_headlines_definitions_and_both_years() -> None:
    text = page(pack(), ANNUAL_REPORT)
    read = Reader(text)
    words = " ".join(read.texts)
    classes = [attributes.get("class") for tag, attributes in read.tags if tag == "svg"]
    assert classes.count("spark") == 11 + 7  # of last year reviews, long placements and most of the moves are not known
    assert len(classes) - 18 == sum(
        len(list(figures(shown(s, pack(), ANNUAL_REPORT).sheet, pack()))) for s in pack().sheets
    )
    assert (
        len(re.findall("<h4>Definition</h4>", text)) == len(definitions()) - 1
    )  # that of social workers, of whom there are none
    for said in (
        "835",
        "456",
        "424 in 2017-18",
        "564 local, 271 unaccompanied",
        "32 more than a year before (424)",
        "Regulations 2010",
        "suppressed (c)",
        "One night before dispersal",
    ):
        assert said in words
    assert "Barking and Dagenham" in words


def test_a_page_without_a_year_before_and_of_an_empty_return() -> None:
    found = collect(small("C1"), definitions(), beside=True)
    text = page(found, ANNUAL_REPORT)
    assert found.last_year is None
    assert "2023-24" not in "".join(Reader(text).texts)
    assert not Reader(text).open


@pytest.mark.parametrize("as_pack", [ANNUAL_REPORT, None])
def test_html_is_escaped(as_pack: Pack | None) -> None:
    text = page(nasty(), as_pack)
    assert "<script" not in text
    read = Reader(text)
    assert not read.open
    assert NASTY in "".join(read.texts)


@pytest.mark.parametrize("as_pack", [ANNUAL_REPORT, None])
def test_a_workbook_holds_no_formula(as_pack: Pack | None) -> None:
    content = workbook(nasty(), as_pack)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if "worksheets/sheet" in name]
        assert not any("externalLink" in name for name in parts.namelist())
    assert not any("<f>" in sheet for sheet in sheets)
    assert NASTY in str(_sheet(content, "Left, by reason" if as_pack else "leaving_care_reasons").rows())


def _sheet(content: bytes, name: str, header: int | None = None) -> pl.DataFrame:
    return fastexcel.read_excel(content).load_sheet(name, header_row=header).to_polars()


def test_a_plain_workbook_is_the_tables() -> None:
    content = workbook(everything("none"))
    assert fastexcel.read_excel(content).sheet_names == ["Contents", *(s.of.name for s in everything("none").sheets)]
    found = _sheet(content, "leaving_care_reasons", header=0)
    true = everything("none")["leaving_care_reasons"].frame
    assert found.get_column("children").to_list() == true.get_column("children").to_list()
    assert found.get_column("category").to_list() == true.get_column("category").to_list()
    runs = _sheet(content, "periods_of_care", header=0)
    assert (
        runs.get_column("start").cast(pl.Date).to_list()[:9]
        == (everything("none")["periods_of_care"].frame.get_column("start").to_list()[:9])
    )


def test_suppressed_numbers_are_c_in_a_workbook() -> None:
    found = _sheet(workbook(pack(), ANNUAL_REPORT), "Left, by reason").rows()
    row = next(row for row in found if row[0] == "Died")
    assert row[1:4] == ("E2", "c", "c")
    total = next(row for row in found if row[0] == "Total")
    assert total[2] == "456"


TWO_YEARS = "Two years in one placement, of those under 16, in care for two and a half years, %"


def test_the_key_figures_of_a_workbook_are_numbers() -> None:
    found = fastexcel.read_excel(workbook(pack(), ANNUAL_REPORT)).load_sheet("Key figures", header_row=1).to_polars()
    assert found.columns[1:] == ["2018-19", "2017-18"]
    found = found.filter(~pl.nth(0).str.starts_with("(1) more than a tenth is assumed"))
    figures = dict(found.select(pl.nth(0), pl.nth(1).cast(pl.Float64, strict=False)).iter_rows())
    assert figures["Looked after, on the last day of the year"] == 835
    assert figures["Placed within 20 miles, of home, %"] == pytest.approx(84.6, abs=0.05)
    assert [name for name, value in figures.items() if value is None] == [TWO_YEARS]
    assert found.filter(pl.nth(0) == TWO_YEARS).row(0)[1:] == ("49 to 77 (1)", None)


def test_the_sheets_of_a_pack_have_names_for_people() -> None:
    names = fastexcel.read_excel(workbook(pack(), ANNUAL_REPORT)).sheet_names
    assert len(names) == len(definitions()) - 1 + 2
    assert "Social workers" not in names  # the return has no file of them
    assert "Commentary" not in names
    assert not [name for name in names if "_" in name or len(name) > 31]


def test_a_pack_has_its_charts_in_the_workbook() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(pack(), ANNUAL_REPORT))) as parts:
        charts = [parts.read(name).decode() for name in parts.namelist() if "charts/chart" in name]
    assert len(charts) == 3
    assert any("'Left, by reason'!$C$9:$C$24" in chart for chart in charts)


def test_csv() -> None:
    frame = pl.read_csv(io.StringIO(to_csv(pack()["leaving_care_reasons"], pack())))
    assert frame.columns == [
        "category",
        "kind",
        "reason",
        "group",
        "children",
        "percent",
        "not_judged",
        "children_2017_18",
        "percent_2017_18",
        "not_judged_2017_18",
    ]
    assert frame.filter(category="Died").select("children", "percent").row(0) == ("c", "c")
    assert frame.filter(category="Total").select("children", "percent").row(0) == ("456", "100.0")


def test_csv_without_disclosure_control_is_stamped_and_exact() -> None:
    frame = pl.read_csv(io.StringIO(to_csv(everything("none")["leaving_care_reasons"], everything("none"))))
    assert set(frame.get_column("disclosure_control")) == {"none"}
    assert frame.filter(reason="E11").get_column("percent").item() == pytest.approx(100 * 14 / 456, rel=1e-14)


def test_csv_holds_no_formula() -> None:
    found = nasty()
    assert to_csv(found["leaving_care"], found).splitlines()[1].startswith("'=1+1,")
    assert "\"'=HYPERLINK" in to_csv(found["leaving_care_reasons"], found)


def test_parquet_flags_what_is_suppressed() -> None:
    frame = pl.read_parquet(to_parquet(pack()["leaving_care_reasons"], pack()))
    died = frame.filter(category="Died")
    assert died.get_column("children").to_list() == [None]
    assert died.get_column("children_suppressed").item()
    assert frame.schema["children"] == pl.UInt32


def test_json() -> None:
    found = json.loads(to_json(pack()))
    assert found["run"]["disclosure"] == "suppress"
    assert found["run"]["last_year"] == "2017-18"
    reasons = next(each for each in found["tables"] if each["name"] == "leaving_care_reasons")
    assert reasons["definition"]
    row = next(row for row in reasons["rows"] if row["category"] == "Died")
    assert (row["children"], row["children_2017_18"]) == ("c", 0)


def test_the_stamp_of_no_disclosure_control() -> None:
    found = nasty()
    assert "Not for publication" in page(found)
    assert "Not for publication" in str(_sheet(workbook(found), "Contents").rows())
    assert "Not for publication" in json.loads(to_json(found))["run"]["statement"]


def test_the_first_grid_of_a_sheet_can_be_filtered() -> None:
    content = workbook(pack(), ANNUAL_REPORT)
    number = fastexcel.read_excel(content).sheet_names.index("Looked after") + 1
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        text = parts.read(f"xl/worksheets/sheet{number}.xml").decode()
    found = re.search(r'<autoFilter ref="A(\d+):[A-Z]+(\d+)"', text)
    assert found is not None
    head, last = map(int, found.groups())
    labels = _sheet(content, "Looked after").to_series(0).to_list()
    assert labels[head:last] == ["Boys", "Girls"]


def test_a_suppressed_number_in_a_note_is_told_in_words() -> None:
    hidden = pack()["placement_distance"]
    masks = hidden.hidden.with_columns(not_judged=pl.lit(value=True))
    frame = hidden.frame.with_columns(not_judged=pl.lit(None, dtype=hidden.frame.schema["not_judged"]))
    told = replace(hidden, frame=frame, hidden=masks, last_year=None)
    (grid,) = grids(told, pack())
    assert "Records that cannot be placed in time: a few, or a number that could be worked out (c)." in grid.notes


def test_tables_of_children_say_what_they_are() -> None:
    found = collect(small("C1"), chosen(["leaving_care"], "suppress"))
    assert "holds identifiers" in page(found)
    assert json.loads(to_json(found))["tables"][0]["identifiers"] is True
    assert "holds identifiers" in str(_sheet(workbook(found), "Contents").rows())


def target(path: Path, form: str | None = "csv", *, force: bool = False, pack: Pack | None = None) -> Target:
    return Target(path, form, Outputs(force=force), pack)


def test_files_are_written_to_a_folder(tmp_path: Path) -> None:
    made = target(tmp_path / "out").write(pack())
    assert {path.name for path in made} == {*(f"{each.name}.csv" for each in definitions()), "about.csv"}
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(path.name for path in made)
    about = pl.read_csv(tmp_path / "out" / "about.csv")
    assert about.filter(table="breakdowns").get_column("definition").item().startswith("A child is looked after")


@pytest.mark.parametrize("each", [ANNUAL_REPORT, SCORECARD], ids=lambda each: each.name)
def test_every_report_has_its_page_and_its_workbook(each: Pack) -> None:
    wanted = definitions(each)
    chosen_of = Tables(
        tuple(pack()[of.name] for of in wanted), "2018-19", "A", "suppress", "2017-18", commentary="## Reviews\nLate."
    )
    text = page(chosen_of, each)
    assert not Reader(text).open
    assert f"Looked-after children in A: {each.title}, 2018-19" in text
    assert text.count("<p>Late.</p>") == 1
    assert ('<ul class="cards">' in text) == (each is ANNUAL_REPORT)
    names = fastexcel.read_excel(workbook(chosen_of, each)).sheet_names
    assert names[:2] == ["Contents", "Commentary"]
    assert len(names) == len(wanted) + 2 + (each is ANNUAL_REPORT)


def test_the_author_s_words_stand_at_the_head_of_their_chapters() -> None:
    words = "We moved house.\n\n## reviews\n\nTwo were *late*.\n\n## Elsewhere\n\n<b>x</b>"
    text = page(replace(pack(), commentary=words), ANNUAL_REPORT)
    opening, reviews = text.index("<p>We moved house.</p>"), text.index("<p>Two were <em>late</em>.</p>")
    assert (
        opening
        < text.index("<h3>Elsewhere</h3>")
        < text.index('id="chapter-in-care"')
        < text.index('id="chapter-reviews"')
        < reviews
    )
    assert "&lt;b&gt;x&lt;/b&gt;" in text


def test_a_pack_is_a_page_and_a_workbook(tmp_path: Path) -> None:
    made = target(tmp_path / "out", None, pack=ANNUAL_REPORT).write(pack())
    assert [path.name for path in made] == ["annual-report.html", "annual-report.xlsx"]


def test_no_stale_table_of_another_disclosure_is_left(tmp_path: Path) -> None:
    out = tmp_path / "out"
    target(out).write(everything("none"))
    assert (out / "periods_of_care.csv").stat().st_mode & 0o077 == 0
    few = collect(small("C1"), chosen(["breakdowns"], "suppress"))
    with pytest.raises(ConfigError, match="give --force"):
        target(out).write(few)
    assert (out / "periods_of_care.csv").exists()
    target(out, "parquet", force=True).write(few)
    assert sorted(path.name for path in out.iterdir()) == ["about.csv", "breakdowns.parquet"]


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_one_table_may_be_one_file_and_several_may_not(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"t.{form.upper()}"
    one = collect(small("C1"), chosen(["leaving_care_groups"], "suppress"))
    assert target(path, form).write(one) == [path]
    assert path.is_file()
    with pytest.raises(ConfigError, match=f"holds one table, not {len(definitions())}"):
        target(path, form, force=True).check(definitions())


def test_what_cannot_be_written_is_refused(tmp_path: Path) -> None:
    for form, name in (("csv", "no/out"), ("json", "no/t.json"), (None, "no/out")):
        with pytest.raises(InputError, match=r"cannot be written: there is no folder"):
            target(tmp_path / name, form).check(definitions())
    assert not list(tmp_path.iterdir())
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="is no folder"):
        target(tmp_path / "file").check(definitions())
    with pytest.raises(ConfigError, match="is a folder"):
        target(tmp_path, "xlsx").check(definitions())
    with pytest.raises(ConfigError, match="no format"):
        target(tmp_path / "x", "docx").check(definitions())


def test_what_a_screen_takes() -> None:
    only = collect(small("C1"), chosen(["leaving_care_groups"], "suppress"))
    assert document(only, "csv").startswith("category,")
    assert json.loads(document(pack(), "json"))
    with pytest.raises(ConfigError, match="give --output"):
        document(pack(), "csv")


def test_long_tables_are_refused_for_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("returns903.reports.tables.page.MOST_ROWS", 10)
    with pytest.raises(ConfigError, match="too many for a page"):
        page(everything("suppress"))
    monkeypatch.setattr("returns903.reports.tables.workbook.MOST_ROWS", 10)
    with pytest.raises(ConfigError, match="more than a sheet holds"):
        workbook(everything("suppress"))


def draw(name: str, tables: Tables) -> str:
    """The first chart of a table."""
    return next(figures(tables[name], tables)).svg


def test_charts_draw_no_suppressed_number() -> None:
    drawn = draw("leaving_care_reasons", pack())
    assert drawn.startswith('<svg role="img" aria-label="Children who left care')
    assert re.search(r">c<", drawn)
    assert not re.search(r">(14|39|2)<", drawn)
    assert re.search(r">(14)<", draw("leaving_care_reasons", pack("none")))
    assert not list(figures(pack()["leaving_care_groups"], pack()))


def test_the_chart_of_reasons_begins_with_the_most_frequent_and_holds_both_years() -> None:
    drawn = draw("leaving_care_reasons", pack())
    labels = [
        "Independent living, supportive",
        "Returned home, part of care plan",
        "Sentenced to custody",
    ]
    places = [drawn.index(f">{label}") for label in labels]
    assert places == sorted(places)
    assert ">2018-19<" in drawn
    assert ">2017-18<" in drawn
    assert ">Age assessed as 18 or over<" in drawn


def test_the_chart_of_legal_statuses_has_the_same_groups_in_every_month() -> None:
    sheet = pack()["legal_status_by_month"]
    drawn = draw("legal_status_by_month", pack())
    hidden = {*sheet.frame.filter(sheet.hidden.get_column("children")).get_column("group")}
    assert hidden
    assert not [group for group in hidden if f">{sheet.of.label(group)}<" in drawn]
    assert ">Other groups, together<" in drawn
    assert ">Other groups, together<" not in draw("legal_status_by_month", pack("none"))
    for total in sheet.frame.filter(group="total").get_column("children"):
        assert f">{total}<" in drawn
