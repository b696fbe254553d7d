"""A published table against its own arithmetic and against a return. All tables here are made up, but for the last."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
import typer
from hypothesis import given, settings
from typer.testing import CliRunner

from returns903 import Return, derive
from returns903.cli.reconcile import reconcile as command
from returns903.errors import ConfigError, InputError
from returns903.reconcile import AGREES, CONTRADICTS, UNKNOWN, reconcile
from returns903.statistics import Published, control
from tests.test_statistics import crosses

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "published"
Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def one(text: str) -> Path:
        path = tmp_path / "published.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return one


def said(checks: pl.DataFrame, check: str, row: str | None = None) -> tuple[str, str]:
    """The state and sentence of the one check of this kind (about this row)."""
    found = checks.filter(pl.col("check") == check)
    if row is not None:
        found = found.filter(pl.col("row") == row)
    assert found.height == 1, found
    return found.select("state", "message").row(0)


def states(checks: pl.DataFrame) -> set[str]:
    return set(checks.get_column("state"))


# Rows and totals


@pytest.mark.parametrize(
    ("cells", "total", "state", "words"),
    [
        (["20", "30"], "50", AGREES, "add up to 50 and the total claims 50"),
        (["20", "30"], "60", CONTRADICTS, "add up to 50 and the total claims 60"),
        (["1,020", "30"], "1,050", AGREES, "add up to 1,050"),
        (["20", "<5"], "22", UNKNOWN, "between 21 and 24 (1 suppressed) and the total claims 22: it may be so"),
        (["20", "<5"], "25", CONTRADICTS, "between 21 and 24"),
        (["20", "≤5"], "25", UNKNOWN, "between 21 and 25"),
        (["20", "1-5"], "20", CONTRADICTS, "between 21 and 25"),
        (["20", "1 to 5"], "26", CONTRADICTS, "between 21 and 25"),
        (["20", "c", "c"], "24", UNKNOWN, "between 22 and 30 (2 suppressed)"),
        (["20", "c", "*"], "90", UNKNOWN, "hides a number above 5"),  # one was hidden to protect the other
        (["20", "c", "x"], "19", CONTRADICTS, "between 22 and 30"),  # nothing hidden makes 20 less
        (["20", "..", "-"], "20", UNKNOWN, "or a 0"),
        (["20", "30"], "c", UNKNOWN, "hides a number above 5"),
        (["20", "[c]"], "21", UNKNOWN, "it may be so"),
        (["20", ""], "20", AGREES, "1 blank, taken as none"),
        (["20", ""], "23", UNKNOWN, "if the blank cells hold the rest"),
        (["20", ""], "19", CONTRADICTS, "add up to 20"),
        (["20", "z"], "20", AGREES, "1 blank"),
        (["20", "30"], "", UNKNOWN, "no total of its own"),
    ],
)
def test_rows_and_total(write: Write, cells: list[str], total: str, state: str, words: str) -> None:
    rows = "".join(f'row {n},"{cell}"\n' for n, cell in enumerate(cells))
    checks = reconcile(write(f'label,children\n{rows}Total,"{total}"\n'))
    found = said(checks, "rows and total")
    assert found[0] == state
    assert words in found[1]


def test_a_table_without_a_total(write: Write) -> None:
    state, words = said(reconcile(write("label,children\na,2\nb,3\n")), "rows and total")
    assert (state, words.startswith("the rows add up to 5")) == (UNKNOWN, True)


def test_subtotals_and_parts(write: Write) -> None:
    text = "label,children\na,2\nb,3\nof which girls,1\nTotal adopted,5\nc,4\nTotal home,7\nGrand total,9\n"
    checks = reconcile(write(text))
    assert checks.select("row", "state").rows() == [
        ("Total adopted", AGREES),
        ("Total home", CONTRADICTS),
        ("Grand total", AGREES),
    ]


def test_the_total_may_stand_first(write: Write) -> None:
    assert states(reconcile(write("label,children\nAll children,5\na,2\nb,3\n"))) == {AGREES}


def test_columns_and_total(write: Write) -> None:
    checks = reconcile(write("label,girls,boys,all\na,2,3,5\nb,4,4,9\nTotal,6,7,14\n"))
    columns = checks.filter(pl.col("check") == "columns and total")
    assert columns.select("row", "state").rows() == [("a", AGREES), ("b", CONTRADICTS), ("Total", CONTRADICTS)]


@pytest.mark.parametrize(
    ("rows", "total", "rounded", "state"),
    [
        ((20, 30), 60, 10, AGREES),  # 24 and 34 are 58
        ((20, 30), 70, 10, CONTRADICTS),
        ((20, 30), 40, 10, AGREES),  # 15 and 25 are 40
        ((20, 30), 30, 10, CONTRADICTS),
        ((20, 30), 55, 5, AGREES),  # 22 and 32 are 54
        ((20, 30), 60, 5, CONTRADICTS),
        ((0, 0), 10, 10, AGREES),  # 4 and 4 are 8
    ],
)
def test_rounded_counts(write: Write, rows: tuple[int, int], total: int, rounded: int, state: str) -> None:
    text = f"label,children\na,{rows[0]}\nb,{rows[1]}\nTotal,{total}\n"
    assert said(reconcile(write(text), rounded=rounded), "rows and total")[0] == state


# Percentages


@pytest.mark.parametrize(
    ("count", "total", "shown", "state"),
    [
        (177, 200, "89%", AGREES),  # 88.5
        (179, 200, "89%", CONTRADICTS),  # 89.5 is printed as 90
        (179, 200, "90", AGREES),
        (1, 3, "33.3", AGREES),
        (1, 3, "33.33", AGREES),
        (1, 3, "33.4", CONTRADICTS),
        (57, 475, "12", AGREES),
        (0, 475, "0", AGREES),
        (1, 7, "14.285714285714286", AGREES),  # as a computer prints it
    ],
)
def test_a_percentage_at_its_own_precision(write: Write, count: int, total: int, shown: str, state: str) -> None:
    text = f"label,children,percent\na,{count},{shown}\nb,{total - count},x\nTotal,{total},100\n"
    assert said(reconcile(write(text)), "percentage", "a")[0] == state


def test_a_percentage_that_is_cut_off(write: Write) -> None:
    checks = reconcile(write("label,children,percent\na,2,66.6\nb,1,33.3\nTotal,3,100\n"))
    assert said(checks, "percentage", "a") == (
        CONTRADICTS,
        "2 of 3 (the total) is 66.667%, and 66.6% is printed: it is cut off, not rounded",
    )


def test_a_percentage_of_what_the_rows_add_up_to(write: Write) -> None:
    checks = reconcile(write("label,children,percent\na,20,25\nb,60,75\nTotal,100,100\n"))
    assert said(checks, "percentage", "a")[1].endswith("it is of 80, what the rows add up to")


def test_a_percentage_of_a_suppressed_count(write: Write) -> None:
    checks = reconcile(write("label,children,percent\na,<5,20\nb,<5,7\nc,8,c\nTotal,10,100\n"))
    assert said(checks, "percentage", "a") == (
        UNKNOWN,
        "between 1 and 4 of 10 (the total) is between 10% and 40%, and 20% is printed: it gives away the suppressed "
        "number",
    )
    assert said(checks, "percentage", "b")[0] == CONTRADICTS
    assert said(checks, "percentage", "c")[0] == UNKNOWN


def test_a_percentage_of_a_denominator_in_its_row(write: Write) -> None:
    checks = reconcile(write("measure,denominator,on_time,late,percent\nall,40,30,10,75\nfirst,8,6,2,80\n"))
    found = checks.filter(pl.col("check") == "percentage")
    assert found.select("row", "state").rows() == [("all", AGREES), ("first", CONTRADICTS)]


def test_percentages_and_100(write: Write) -> None:
    thirds = "label,children,percent\na,1,33\nb,1,33\nc,1,33\nTotal,3,100\n"
    assert said(reconcile(write(thirds)), "percentages and 100")[0] == AGREES
    halves = "label,children,percent\na,1,50\nb,1,40\nTotal,2,100\n"
    assert said(reconcile(write(halves)), "percentages and 100")[0] == CONTRADICTS
    hidden = "label,children,percent\na,9,90\nb,c,c\nTotal,10,100\n"
    assert said(reconcile(write(hidden)), "percentages and 100")[0] == UNKNOWN
    over = "label,children,percent\na,9,90\nb,9,90\nc,c,c\nTotal,19,100\n"
    assert said(reconcile(write(over)), "percentages and 100")[0] == CONTRADICTS


# What this library publishes does not contradict itself


@given(crosses())
@settings(max_examples=60, deadline=None)
def test_suppressed_and_rounded_tables_do_not_contradict_themselves(table: Published) -> None:
    for method, rounded in (("suppress", None), ("round", 10), ("none", None)):
        written = control(table, method)[0].written()
        checks = reconcile(written, rounded=rounded)
        assert CONTRADICTS not in states(checks), checks.filter(pl.col("state") == CONTRADICTS)


def test_a_frame(write: Write) -> None:
    frame = pl.DataFrame({"label": ["a", "b", "Total"], "children": [1, 2, 4]})
    checks = reconcile(frame)
    assert checks.drop("published_low", "published_high", "expected_low", "expected_high").rows() == [
        ("rows and total", "children", "Total", None, CONTRADICTS, "the rows add up to 3 and the total claims 4")
    ]
    assert checks.select("published_low", "published_high", "expected_low", "expected_high").row(0) == (4, 4, 3, 3)
    assert reconcile(write("label,children\na,1\nb,2\nTotal,4\n")).get_column("line").to_list() == [4]


# What cannot be read


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("label,children\na,1,2\n", "line 2: 3 cells, where the header has 2"),
        ("label,children\na,1\n\nb\n", "line 4: 1 cell,"),
        ('label,children\na,1\n"b,2\n', "line 3: a quotation mark"),
        ("label,children\na,1\nb,2\nc,many\n", "line 4, column children: neither a number nor a mark"),
        ("label,children,percent\na,1,5\nb,2,6\nc,3,lots\n", "line 4, column percent: neither a percentage"),
        ("label,children,children\na,1,2\n", "two columns have one name"),
        ("label,words\na,b\n", "no column of counts"),
        ("label,children\n", "no column of counts"),
    ],
)
def test_what_cannot_be_read(write: Write, text: str, words: str) -> None:
    with pytest.raises(InputError, match=r"published\.csv") as found:
        reconcile(write(text))
    assert words in str(found.value)
    assert "many" not in str(found.value)
    assert "lots" not in str(found.value)


def test_no_file_and_no_such_rounding(tmp_path: Path, write: Write) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        reconcile(tmp_path / "nothing.csv")
    with pytest.raises(ConfigError, match="5 or 10"):
        reconcile(write("label,children\na,1\n"), rounded=3)


def test_semicolons_marks_and_blank_lines(write: Write) -> None:
    assert states(reconcile(write("\ufefflabel;children\n\na;2\nb;3\n;\nTotal;5\n"))) == {AGREES}


# With the return


def made_return() -> Return:
    """Seven left (three E3, two E4A, E46, E48), of whom one for a night; four are looked after on 31 March."""
    ended = [("E3", "01/05/2024"), ("E3", "02/05/2024"), ("E3", "03/05/2024"), ("E4A", "04/05/2024")]
    ended += [("E4A", "05/05/2024"), ("E46", "06/05/2024"), ("E48", "07/05/2024")]
    rows = [(f"L{n}", "01/04/2024", "S", "V2", dec, rec) for n, (rec, dec) in enumerate(ended)]
    rows[0] = ("L0", "30/04/2024", "S", "V2", "01/05/2024", "E3")
    rows += [(f"C{n}", "01/06/2024", "S", status, None, None) for n, status in enumerate(("C1", "C2", "C2", "E1"))]
    episodes = pl.DataFrame(rows, schema=["CHILD", "DECOM", "RNE", "LS", "DEC", "REC"], orient="row")
    ethnic = dict(zip((row[0] for row in rows), ["WBRI"] * 8 + ["BAFR", "NOBT", "WBRI"], strict=True))
    header = pl.DataFrame(
        {"CHILD": list(ethnic), "SEX": ["F"] * 5 + ["M"] * 6, "DOB": ["01/01/2012"] * 11, "ETHNIC": ethnic.values()}
    )
    return Return.from_frames({"Episodes": episodes, "Header": header}, year="2024-25")


LEAVING = """code,reason,children
E3,Care taken over by another local authority,3
E4A,Returned home,{home}
E45|E46|E47|E48,Special guardianship to carers other than former foster carers,1
E45|E46|E47|E48,Special guardianship to former foster carers,1
TOTAL,Grand total,7
"""


def test_leaving_reasons_against_the_return(write: Write) -> None:
    assert states(reconcile(write(LEAVING.format(home=2)), made_return())) == {AGREES}
    checks = reconcile(write(LEAVING.format(home=3)), made_return())
    assert said(checks, "row and return", "Returned home") == (CONTRADICTS, "3 is printed and the return gives 2")
    assert said(checks, "total and return") == (
        AGREES,
        "the total claims 7 and the return gives 7 (7 left care in the year)",
    )


def test_rows_of_the_authoritys_own(write: Write, tmp_path: Path) -> None:
    text = LEAVING.format(home=2).replace("authority,3", "authority,2").replace("TOTAL", "LOCAL,One night,1\nTOTAL")
    checks = reconcile(write(text), made_return())
    assert said(checks, "row and return", "Care taken over by another local authority")[0] == UNKNOWN
    assert said(checks, "row and return", "One night")[0] == UNKNOWN
    own = tmp_path / "own.toml"
    own.write_text('[[category]]\nname = "One night"\ncodes = ["E3"]\ndays_at_most = 1\n')
    assert states(reconcile(write(text), made_return(), categories=own)) == {AGREES}


def test_children_whom_no_row_would_hold(write: Write) -> None:
    text = "code,children\nE3,3\nE4A,2\nTotal,5\n"
    checks = reconcile(write(text), made_return())
    assert said(checks.filter(pl.col("row").is_null()), "row and return") == (
        CONTRADICTS,
        "no row matches E46, E48, to which the return gives 2",
    )
    assert said(checks, "total and return")[0] == CONTRADICTS


def test_legal_status_against_the_return(write: Write) -> None:
    text = "status,children\nInterim care order,1\nFull care order,<5\nPlacement order,2\nSection 20,0\nTotal,4\n"
    checks = reconcile(write(text), made_return())
    assert said(checks, "row and return", "Interim care order")[0] == AGREES
    assert said(checks, "row and return", "Full care order")[0] == AGREES
    assert said(checks, "row and return", "Placement order")[0] == CONTRADICTS
    assert said(checks, "row and return", "Section 20")[0] == AGREES
    assert said(checks, "total and return")[0] == AGREES


def test_ethnicity_of_two_columns_against_the_return(write: Write) -> None:
    text = (
        "code,looked_after_31_march,left_in_year\nA1 White British,2,7\nD2 African,c,\n"
        "E4 Information not yet obtained,1,0\nTOTAL both columns,11,\n"
    )
    checks = reconcile(write(text), made_return())
    assert states(checks.filter(pl.col("check").str.contains("return"))) == {AGREES}
    assert said(checks, "total and return")[1] == (
        "the total claims 11 and the return gives 11 (4 looked after on the last day of the year and 7 left care "
        "in the year)"
    )


def test_the_derived_tables_agree_with_their_return() -> None:
    ret = made_return()
    for table in (
        derive.leaving_care_reasons(ret),
        derive.leaving_care_reasons(ret, by="group"),
        derive.legal_status_on(ret, ret.year.end),
    ):
        checks = reconcile(table, ret)
        assert CONTRADICTS not in states(checks)
        unmatched = checks.filter(pl.col("check") == "row and return", pl.col("state") == UNKNOWN)
        assert set(unmatched.get_column("column")) == {"not_judged"}


@pytest.mark.parametrize(
    ("column", "state"),
    [
        ("children_2024-25", AGREES),
        ("2025", AGREES),
        ("2023-24", UNKNOWN),
        ("looked_after_31_march_2025", AGREES),
        ("number of children", AGREES),
        ("uasc", CONTRADICTS),
        ("girls", UNKNOWN),
    ],
)
def test_whose_number_a_column_is(write: Write, column: str, state: str) -> None:
    text = f"status,{column},moves\nC1,1,9\nC2,2,9\nE1,1,9\nTotal,4,27\n"
    checks = reconcile(write(text), made_return()).filter(pl.col("check") == "row and return", column=column)
    assert states(checks) == {state}


def test_a_table_about_something_else(write: Write) -> None:
    state, words = said(reconcile(write("label,children\ncats,1\ndogs,2\n"), made_return()), "row and return")
    assert state == UNKNOWN
    assert "no row's label or code" in words


# The command


def run(*words: object) -> tuple[int, str, BaseException | None]:
    app = typer.Typer()
    app.command()(command)
    done = CliRunner().invoke(app, [str(word) for word in words])
    return done.exit_code, done.stdout, done.exception


def test_the_command_and_its_exit_status(write: Write) -> None:
    good = write("label,children\na,2\nTotal,2\n")
    assert run(good)[0] == 0
    assert "rows and total, 1 check" in run(good)[1]
    bad = write("label,children\na,2\nTotal,3\n")
    status, out, _ = run(bad)
    assert status == 1
    assert "line 3, children: the rows add up to 2 and the total claims 3" in out
    assert run(write("label,children\na,<5\nTotal,3\n"))[0] == 0


def test_the_command_as_json(write: Write) -> None:
    status, out, _ = run(write("label,children\na,2\nTotal,3\n"), "--format", "json")
    found = json.loads(out)
    assert status == 1
    assert found["counts"] == {"contradicts": 1, "cannot be said": 0, "agrees": 0}
    assert found["checks"][0]["message"] == "the rows add up to 2 and the total claims 3"


def test_the_command_says_what_is_wrong(write: Write) -> None:
    assert isinstance(run(write(""))[2], InputError)
    assert isinstance(run(write("label,children\na,2\n"), "--year", "2024-25")[2], ConfigError)


# The published tables, where they are at hand


def published(name: str) -> pl.DataFrame:
    path = SHARED / name
    if not path.is_file():
        pytest.skip("the published tables are not here")
    return reconcile(path)


def test_the_published_leaving_reasons() -> None:
    checks = published("croydon-2018-19-leaving-care.csv")
    assert said(checks, "rows and total") == (CONTRADICTS, "the rows add up to 456 and the total claims 475")
    assert said(checks, "percentages and 100")[0] == CONTRADICTS
    assert said(checks, "percentage", "Care taken over by another local authority in the UK")[0] == AGREES


def test_the_published_legal_statuses() -> None:
    checks = published("croydon-2018-19-legal-status.csv")
    assert said(checks, "rows and total") == (CONTRADICTS, "the rows add up to 835 and the total claims 821")


def test_the_published_ethnicities() -> None:
    checks = published("croydon-2018-19-ethnicity.csv")
    assert states(checks) == {UNKNOWN}
    assert checks.get_column("message").to_list() == [
        "the rows add up to between 1,268 and 1,295 (9 suppressed, 4 blank, taken as none) and the total claims 1,273: "
        "it may be so",
        "the rows add up to between 824 and 836 (4 suppressed, 1 blank, taken as none); the column has no total of its "
        "own to hold them against",
        "the rows add up to between 444 and 459 (5 suppressed, 3 blank, taken as none); the column has no total of its "
        "own to hold them against",
    ]
