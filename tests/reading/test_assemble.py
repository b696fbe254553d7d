"""Parts put together into tables, and what is said of columns, rows and files on the way."""

from __future__ import annotations

import io

import polars as pl
import pytest

from returns903.errors import ConfigError, InputError
from returns903.limits import COLUMNS_NAMED
from returns903.reading import CORE, assemble, read_tables
from returns903.reading.bounded import bounded_bytes

from .books import REVIEWS, workbook

HEADER = "CHILD,DOB,REVIEW,REVIEW_CODE"
ROW = "C1,01/02/2010,03/05/2024,PN1\n"
OC3 = "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\nC1,01/02/2007,YES,F1,T1\n"


def told(read, *kinds):
    return [(note.kind, note.table, note.column, note.count, note.message) for note in read.notes if note.kind in kinds]


@pytest.mark.parametrize(
    ("files", "more"), [(1, None), (2, ""), (12, ""), (13, " and 1 more"), (1200, " and 1,188 more")]
)
def test_several_files_of_one_table_are_named(folder, files, more):
    place = folder({f"{n:04}.csv": f"{HEADER}\nA{n}{ROW}" for n in range(files)})
    read = read_tables(place, allow_missing=CORE)
    assert read.files == files
    assert [(item.file, item.table, item.rows) for item in read.inputs[:1]] == [("0000.csv", "Reviews", 1)]
    assert read.tables["Reviews"]["row"].to_list() == list(range(files))
    named = ", ".join(f"{n:04}.csv" for n in range(min(files, 12)))
    said = f"read from {files:,} files, one after the other: {named}{more}"
    assert told(read, "several files") == ([] if more is None else [("several files", "Reviews", None, files, said)])


def test_files_of_two_tables_are_not_several_of_one(folder):
    read = read_tables(folder({"a.csv": f"{HEADER}\n{ROW}", "b.csv": OC3}), allow_missing=CORE)
    assert told(read, "several files") == []
    assert (list(read.tables), read.files) == (["Reviews", "OC3"], 2)


@pytest.mark.parametrize("further", [COLUMNS_NAMED - 1, COLUMNS_NAMED, COLUMNS_NAMED + 1, COLUMNS_NAMED + 2])
def test_further_columns_are_named_up_to_a_bound_and_then_counted(read, further):
    names = "".join(f",X{n}" for n in range(further))
    found = told(read(f"{HEADER}{names}\nC1,,,PN1{',' * further}\n"), "ignored column")
    expected = [
        ("ignored column", "Reviews", f"X{n}", 1, f"column X{n} is none of Reviews's; left out")
        for n in range(min(further, COLUMNS_NAMED))
    ]
    if (more := further - COLUMNS_NAMED) > 0:
        said = f"{more} further column{'s' * (more > 1)} none of Reviews's; left out"
        expected.append(("ignored column", "Reviews", None, more, said))
    assert found == expected


@pytest.mark.parametrize(
    ("cells", "is_told"),
    [(("", ""), False), ((" ", ""), False), (("x", ""), True), (("", "x"), True), (("x", "x"), True)],
)
def test_a_column_without_a_name_is_told_where_anything_stands_in_it(read, cells, is_told):
    found = told(
        read("CHILD,,DOB,REVIEW,REVIEW_CODE\n" + "".join(f"C1,{cell},,,PN1\n" for cell in cells)), "ignored column"
    )
    said = "column in place 2, without a name, is none of Reviews's; left out"
    assert found == ([("ignored column", "Reviews", None, 1, said)] if is_told else [])


def test_a_column_of_blanks_with_a_name_is_told(read):
    assert [found[2] for found in told(read(f"{HEADER},Remarks\nC1,,,PN1,\n"), "ignored column")] == ["REMARKS"]


def parquet(**columns):
    data = io.BytesIO()
    pl.DataFrame(columns).write_parquet(data)
    return data.getvalue()


@pytest.mark.parametrize(("cells", "is_told"), [([None, None], False), ([None, 1], True), ([0, 1], True)])
def test_a_typed_column_without_a_name_is_told_where_anything_stands_in_it(read, cells, is_told):
    data = parquet(CHILD=["A", "B"], REVIEW=["x", "y"], REVIEW_CODE=["x", "y"], **{" ": cells})
    found = told(read(data, "r.parquet"), "ignored column")
    assert len(found) == is_told


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ("CHILD,REVIEW,REVIEW_CODE,Review", "column REVIEW stands twice, in places 2 and 4; remove one"),
        ("REVIEW,CHILD,REVIEW_CODE,DOB,child", "column CHILD stands twice, in places 2 and 5; remove one"),
    ],
)
def test_a_column_that_stands_twice(read, headers, said):
    with pytest.raises(InputError, match=f"^made.csv: {said}$"):
        read(f"{headers}\n")


def test_strangers_may_have_one_name(read):
    found = told(read(f"{HEADER},X,X\nC1,,,PN1,1,2\n"), "ignored column")
    assert [column for _, _, column, _, _ in found] == ["X", "X"]


@pytest.mark.parametrize(
    ("blank", "said"),
    [(0, None), (1, "1 row without a filled cell; left out"), (3, "3 rows without a filled cell; left out")],
)
def test_rows_without_a_filled_cell_are_left_out_and_counted(read, blank, said):
    rows = ",,,\n" * blank
    result = read(f"{HEADER}\n{ROW}{rows},,REMARK,\n")
    assert result.tables["Reviews"].height == 2
    assert told(result, "empty") == ([("empty", "Reviews", None, blank, said)] if said else [])


def test_a_table_of_nothing_but_headers_is_told(read):
    assert told(read(f"{HEADER}\n"), "empty") == [("empty", "Reviews", None, 1, "headers, but no rows")]
    both = told(read(f"{HEADER}\n,,,\n"), "empty")
    assert [message for *_, message in both] == ["1 row without a filled cell; left out", "headers, but no rows"]


def test_cells_that_were_trimmed_or_put_in_capitals_are_counted(read):
    result = read(f"{HEADER}\nc1,,,PN1\nC2 ,,,pn2\nC3,,,PN3\n")
    assert told(result, "normalised") == [
        ("normalised", "Reviews", "CHILD", 2, "2 cells of CHILD trimmed or put in capitals"),
        ("normalised", "Reviews", "REVIEW_CODE", 1, "1 cell of REVIEW_CODE trimmed or put in capitals"),
    ]
    assert result.tables["Reviews"].select("CHILD", "REVIEW_CODE").rows() == [
        ("C1", "PN1"),
        ("C2", "PN2"),
        ("C3", "PN3"),
    ]


def test_a_column_with_letters_that_have_no_capitals_is_not_counted(read):
    result = read(f"{HEADER}\nÉ1,,,PN1\n")
    assert told(result, "normalised") == []


def test_dates_that_lack_a_zero_are_counted_by_column(read):
    result = read(f"{HEADER}\nC1,1/02/2010,03/05/2024,PN1\nC2,01/2/2010,3/5/2024,PN1\n")
    assert told(result, "repaired") == [
        ("repaired", "Reviews", "DOB", 2, "2 dates of DOB read although a leading zero is missing"),
        ("repaired", "Reviews", "REVIEW", 1, "1 date of REVIEW read although a leading zero is missing"),
    ]


def test_missing_columns_are_told_in_the_order_of_the_table(read):
    found = told(read("REVIEW_CODE,CHILD,REVIEW\nPN1,C1,\n"), "missing column")
    assert found == [("missing column", "Reviews", "DOB", 1, "no column DOB; read as blank")]


@pytest.mark.parametrize(
    ("name", "content", "kind", "table"),
    [
        ("reviews.csv", "a,b\n1,2\n", "not read", "Reviews"),  # a stranger that is named like a table
        ("x.csv", "a,b\n1,2\n", "ignored file", None),
        ("reviews.csv", "", "not read", "Reviews"),
        ("x.csv", "", "not read", None),
        ("x.txt", "", "ignored file", None),  # no CSV, and nothing says that it was meant to be
        ("reviews.txt", "", "not read", "Reviews"),
        ("x.txt", "\0", "ignored file", None),
        ("x.txt", f"{HEADER}\nC1\n", "not read", "Reviews"),
        ("x.txt", "a,b\n1,2\n", "ignored file", None),
    ],
)
def test_a_file_is_missed_where_it_was_meant_to_be_read(folder, name, content, kind, table):
    read = read_tables(folder({"oc3_.csv": OC3, name: content}), allow_missing=CORE)
    note = next(note for note in reversed(read.notes) if note.file == name)
    assert (note.kind, note.table) == (kind, table)
    assert note.message.startswith("left out: ") is (kind == "ignored file" or "a,b" in content)


def test_what_one_sheet_lacks_is_not_put_down_to_the_name_of_a_workbook_that_was_read(folder):
    place = folder({"reviews.xlsx": workbook({"A": REVIEWS, "B": [["x", "y"]]})})
    found = [(n.kind, n.table, n.file) for n in read_tables(place, allow_missing=CORE).notes]
    assert found == [("ignored file", None, "reviews.xlsx [B]")]


@pytest.mark.parametrize(("size", "is_read"), [(0, True), (9, True), (10, True), (11, False)])
def test_a_small_file_is_read_up_to_its_bound(tmp_path, size, is_read):
    path = tmp_path / "made.toml"
    path.write_bytes(b"x" * size)
    if is_read:
        assert bounded_bytes(path, 10) == b"x" * size
    else:
        with pytest.raises(InputError, match=r"^made\.toml: larger than 0 MiB$"):
            bounded_bytes(path, 10)


def test_a_small_file_that_is_none(tmp_path):
    with pytest.raises(ConfigError, match=f"^{tmp_path.name}: a folder, pipe or device, not a file$"):
        bounded_bytes(tmp_path, 10**6, ConfigError)
    with pytest.raises(InputError, match=r"^nothing\.toml: cannot be read \(No such file or directory\)$"):
        bounded_bytes(tmp_path / "nothing.toml", 10)
    big = tmp_path / "big"
    big.write_bytes(b"x" * (3 * 1024**2))
    with pytest.raises(InputError, match=r"^big: larger than 2 MiB$"):
        bounded_bytes(big, 2 * 1024**2)


def workbook_of(frame, path):
    path.write_bytes(workbook({"Reviews": [frame.columns, *frame.rows()]}))


def xml_of(frame, path):
    rows = "".join(
        f"<CHILD><HEADER><CHILDID>{c}</CHILDID></HEADER><AREVIEW><REVIEW_CODE>{r}</REVIEW_CODE></AREVIEW></CHILD>"
        for c, _, _, r in frame.rows()
    )
    path.write_text(f"<EXPSSDA903>{rows}</EXPSSDA903>")


@pytest.mark.parametrize(
    ("form", "write", "most", "sheet"),
    [
        ("csv", pl.DataFrame.write_csv, 20, ""),
        ("parquet", pl.DataFrame.write_parquet, 20, ""),
        ("xlsx", workbook_of, 20, " [Reviews]"),
        ("xml", xml_of, 40, ""),
    ],
)
def test_what_goes_beyond_the_cells_of_a_return_is_not_read(tmp_path, monkeypatch, form, write, most, sheet):
    monkeypatch.setattr(assemble, "CELLS", most)
    frame = pl.DataFrame({"CHILD": ["C1"] * 3, "DOB": "", "REVIEW": "", "REVIEW_CODE": "PN1"})
    for name, rows in {"a": 3, "b": 3, "c": 1}.items():
        write(frame.head(rows).with_columns(CHILD=pl.lit(name)), tmp_path / f"{name}.{form}")
    read = read_tables(tmp_path, allow_missing=CORE)
    assert [item.file for item in read.inputs if item.table == "Reviews"] == [f"a.{form}{sheet}", f"c.{form}{sheet}"]
    assert f"b.{form}{sheet}: with it the return has more than {most} cells, which none has" in [
        note.said for note in read.unread
    ]


@pytest.mark.parametrize("again", ["CHILD,DOB,REVIEW,REVIEW_CODE", "child,dob,mis_start,mis_end"])
def test_a_header_among_the_rows_is_told_and_nothing_read_below_it(read, again):
    with pytest.raises(InputError, match=r"made.csv line 3: names of columns again, among the rows"):
        read(f"{HEADER}\n{ROW}{again}\n{ROW}")


def test_a_child_may_be_called_child(read):
    assert read(f"{HEADER}\nCHILD,01/02/2010,03/05/2024,PN1\n").tables["Reviews"].height == 1


SIX = f"{HEADER}\nC1,01/02/2010,03/06/2024,PN1\n"
assert len(SIX) == len(f"{HEADER}\n{ROW}")


@pytest.mark.parametrize(
    ("files", "rows", "copies"),
    [
        ({"copy/reviews.csv": f"{HEADER}\n{ROW}", "reviews.csv": f"{HEADER}\n{ROW}"}, 1, ["reviews.csv"]),
        ({"a.csv": f"{HEADER}\n{ROW}", "b.csv": SIX}, 2, []),
        ({"a.csv": f"{HEADER}\n{ROW}", "b.csv": SIX, "c.txt": SIX, "d": SIX}, 2, ["c.txt", "d"]),
        ({"a.csv": OC3, "b.csv": f"{HEADER}\n{ROW}", "c.csv": OC3}, 1, ["c.csv"]),
        ({"a.csv": "NAME,AGE\nX,1\n", "b.csv": "NAME,AGE\nX,1\n", "c.csv": SIX}, 1, []),
    ],
)
def test_a_file_with_the_bytes_of_another_is_read_once_and_said(folder, files, rows, copies):
    read = read_tables(folder(files), allow_missing=CORE)
    assert read.tables["Reviews"].height == rows
    assert [note.file for note in read.notes if note.kind == "same file"] == copies
    assert read.files == len(files)
    assert not told(read, "repeated rows")
    assert not read.unread


@pytest.mark.parametrize(
    ("copies", "said"), [(12, []), (13, ["1 further copy not read"]), (15, ["3 further copies not read"])]
)
def test_of_many_copies_some_are_named(folder, copies, said):
    read = read_tables(folder({f"{n}.csv": SIX for n in range(copies + 1)}), allow_missing=CORE)
    notes = [note.message for note in read.notes if note.kind == "same file"]
    assert notes == ["the same bytes as 0.csv; not read again"] * 12 + said
    assert read.tables["Reviews"].height == 1


def test_a_copy_names_the_file_that_was_read(folder):
    read = read_tables(
        folder({"a.csv": SIX, "b.csv": f"{HEADER}\n{ROW}", "c/b.csv": f"{HEADER}\n{ROW}"}), allow_missing=CORE
    )
    assert [note.said for note in read.notes if note.kind == "same file"] == [
        "c/b.csv: the same bytes as b.csv; not read again"
    ]


@pytest.mark.parametrize(
    ("other", "count"),
    [(f"{HEADER}\n{ROW}D1,,,PN1\n", 1), (f"{HEADER},X\n{ROW[:-1]},x\n", 1), (f"{HEADER}\n{ROW}{ROW}", 1), (SIX, 0)],
)
def test_rows_in_more_than_one_file_are_read_and_counted(folder, other, count):
    read = read_tables(folder({"a.csv": f"{HEADER}\n{ROW}", "b.csv": other}), allow_missing=CORE)
    assert read.tables["Reviews"].height == other.count("\n")
    said = f"{count} row of Reviews in more than one file; is one a copy? All of them count"
    assert told(read, "repeated rows") == ([("repeated rows", "Reviews", None, count, said)] if count else [])
