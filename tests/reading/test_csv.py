from __future__ import annotations

import datetime as dt

import pytest

from returns903.errors import InputError
from returns903.tables import TABLES

REVIEWS = "CHILD,DOB,REVIEW,REVIEW_CODE\nC1,01/02/2010,03/05/2024,PN1\nC2,02/03/2011,04/06/2024,PN2\n"


def kinds(read):
    return [note.kind for note in read.notes]


def only(read, kind):
    (note,) = [note for note in read.notes if note.kind == kind]
    return note


def values(read, table="Reviews"):
    return read.tables[table].select(list(TABLES[table].columns())).rows()


EXPECTED = [
    ("C1", dt.date(2010, 2, 1), dt.date(2024, 5, 3), "PN1"),
    ("C2", dt.date(2011, 3, 2), dt.date(2024, 6, 4), "PN2"),
]


def test_a_table_is_typed_and_knows_where_its_rows_stand(read):
    result = read(REVIEWS)
    frame = result.tables["Reviews"]
    assert values(result) == EXPECTED
    assert frame["row"].to_list() == [0, 1]
    assert frame["line"].to_list() == [2, 3]
    assert frame["file"].to_list() == ["made.csv"] * 2
    assert frame["REVIEW.text"].null_count() == 2
    assert [(i.file, i.table, i.rows) for i in result.inputs] == [("made.csv", "Reviews", 2)]
    assert (result.files, result.notes) == (1, [])


@pytest.mark.parametrize(
    ("data", "noted"),
    [
        (REVIEWS.encode(), []),
        (REVIEWS.encode("utf-8-sig"), []),
        (REVIEWS.encode("utf-16"), ["encoding"]),
        (b"\xfe\xff" + REVIEWS.encode("utf-16-be"), ["encoding"]),
        (REVIEWS.encode("utf-16-le"), ["encoding"]),
        (REVIEWS.encode("utf-16-be"), ["encoding"]),
        (REVIEWS.replace("\n", "\r\n").encode(), []),
        (REVIEWS.replace("\n", "\r").encode(), []),
        (REVIEWS.rstrip().encode(), []),
        ((REVIEWS + "\n\n  \n").encode(), []),
        ((REVIEWS + "\x1a").encode(), []),
        (REVIEWS.replace(",", ";").encode(), ["malformed"]),
        (REVIEWS.replace(",", "\t").encode(), ["malformed"]),
        (REVIEWS.replace(",", "|").encode(), ["malformed"]),
        (("sep=,\n" + REVIEWS).encode(), []),
        (("sep=;\n" + REVIEWS.replace(",", ";")).encode(), ["malformed"]),
        (REVIEWS.replace("CHILD,DOB", " child ,\tDob").encode(), []),
        ('"' + REVIEWS.strip().replace(",", '","').replace("\n", '"\n"') + '"\n', []),
        (REVIEWS.replace("C2", '"C2"').encode(), []),
        (REVIEWS.replace("DOB", '"DOB" ').encode(), []),
    ],
)
def test_one_table_in_many_guises(read, data, noted):
    result = read(data)
    assert values(result) == EXPECTED
    assert kinds(result) == noted


def test_windows_1252_is_read_and_noted(read):
    result = read(REVIEWS.replace("C2", "\xc9").encode("cp1252"))
    assert result.tables["Reviews"]["CHILD"].to_list() == ["C1", "É"]
    assert only(result, "encoding").file == "made.csv"


def test_marks_left_where_files_were_joined_are_no_part_of_a_cell(read):
    result = read("\ufeff" + REVIEWS + "\ufeffC3,01/02/2010,03/05/2024,PN1\n")
    assert result.tables["Reviews"]["CHILD"].to_list() == ["C1", "C2", "C3"]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("C1,,,PN1\n\nC2,,,PN2\n", [2, 4]),
        ("\n\nC1,,,PN1\n   \nC2,,,PN2\n", [4, 6]),
        ('C1,,,"PN\n1"\nC2,,,PN2\n', [2, 4]),
        ('"C\r\n\r\n1",,,"PN\n1"\r\n\r\nC2,,,PN2\n', [2, 7]),
        ('C1,,,"P""N"\nC2,,,PN2', [2, 3]),
        ("C1,,,PN1\n,,,\nC2,,,PN2\n", [2, 4]),
    ],
)
def test_lines_are_those_a_record_starts_on(read, body, lines):
    frame = read("CHILD,DOB,REVIEW,REVIEW_CODE\n" + body).tables["Reviews"]
    assert frame["line"].to_list() == lines
    assert frame["row"].to_list() == [0, 1]


def test_blank_lines_above_a_header_in_two_lines(read):
    frame = read('\n\nCHILD,DOB,REVIEW,"REVIEW_CODE\n"\nC1,,,PN1\n').tables["Reviews"]
    assert frame.select("line", "REVIEW_CODE").rows() == [(5, "PN1")]


HEADER = "CHILD,DOB,REVIEW,REVIEW_CODE\n"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (HEADER + "SECRET,,\n", r"^made\.csv: the header has 4 columns, but line 2 has 3 cells$"),
        (HEADER + "SECRET,,,PN1,SECRET\n", r"but line 2 has 5 cells$"),
        (HEADER + "SECRET,,,\n\nSECRET,\n\nSECRET\n", r"line 4 has 2 cells; line 6 has 1 cell$"),
        (HEADER + "SECRET,,\n" * 7, r"line 6 has 3 cells; and 2 more lines$"),
        (HEADER + 'SECRET,,,"PN1\nSECRET,,,PN2\n', r"^made\.csv line 2: a quotation mark"),
        (HEADER + 'SECRET,,,PN1\nSECRET,,,"PN1"SECRET\n', r"^made\.csv line 3: a quotation mark"),
        (HEADER + "SECRET,,,PN1\n\0\n", r"^made\.csv line 3: bytes that are no text"),
        (HEADER.encode() + b"SECRET,,,\x81\xe9\n", r"^made\.csv line 2: a byte that is no text"),
        (b"\xff\xfe" + HEADER.encode("utf-16-le") + b"\0\xd8", r"begins like UTF-16"),
        ("CHILD,DOB,REVIEW,REVIEW_CODE,Review\nSECRET,,,,\n", r"column REVIEW stands twice, in places 3 and 5"),
        ("PK\x03\x04SECRET", r"^made\.csv: not CSV inside, but an Excel workbook"),
        ("", r"^made\.csv: there is nothing in it$"),
        ("\n  \n,,\n", r"^made\.csv: there is nothing in it$"),
        ("SECRET,1\n2,3\n", r"^made\.csv: none of the first rows names the columns"),
        ("SECRET: DOB,ACTIV\n2,3\n", r"nearest is OC3, without CHILD, DOB \(is it in place 1\?\), IN_TOUCH, ACCOM$"),
    ],
)
def test_what_cannot_be_read_says_which_file_and_line(read, data, said):
    with pytest.raises(InputError, match=said) as caught:
        read(data)
    assert "SECRET" not in str(caught.value)


@pytest.mark.parametrize(
    ("above", "line"),
    [
        ("Return of Anywhere\n", 2),
        ('"Return of\nAnywhere"\n\n', 4),
        ('An open "quotation\n', 2),
        (",,,,\n", 2),
        ("\t\n", 2),
        ("\n" * 200, 201),
        ("Review,,,\n\nChildren,2,,\n", 4),
        ("sep=,\nReview\n", 3),
    ],
)
def test_a_header_below_titles_is_found_and_said(read, above, line):
    result = read(above + REVIEWS)
    assert values(result) == EXPECTED
    assert result.tables["Reviews"]["line"].to_list() == [line + 1, line + 2]
    assert only(result, "lines above").line == line


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (REVIEWS.replace(",", ":"), r"line 1: names the columns of Reviews, but its cells are not parted by commas, "),
        ("Title\n" + REVIEWS.replace(",", "~"), r"line 2: names the columns of Reviews, but"),
        ('"' + REVIEWS.replace("\n", '"\n"') + '"', r"line 1: names the columns of Reviews, but"),
        ('[{"CHILD": "SECRET", "REVIEW": ""}]', r"not CSV inside, but JSON"),
        ("<html><td>CHILD</td></html>", r"not CSV inside, but HTML or XML"),
        ("CHILD" * 60_000, r"no line ends within the first 262,144 characters"),
        ("CHILD,REVIEW,REVIEW_CODE," + "X" * 300_000 + "\nSECRET\n", r"the header ends beyond"),
        ('CHILD,REVIEW,"REVIEW_CODE\n' + "X" * 300_000 + '"\n', r"the header ends beyond the first 262,144"),
        ("CHILD,DOB,REVIEW.,Review code\n", r"nearest is Reviews, without REVIEW \(is it in place 3\?\), REVIEW_CODE"),
        (HEADER + 'SECRET,,,"PN1\n' + "X\n" * 100_000, r"line 2: a quotation mark"),
        ('CHILD,DOB,REVIEW,"REVIEW_CODE\nSECRET,,,PN1\n', r"^made\.csv line 1: a quotation mark"),
        ('Title\nCHILD,REVIEW,REVIEW_CODE,"DOB\nSECRET,,,"PN1"\n', r"^made\.csv line 2: a quotation mark"),
        ('CHILD,REVIEW,REVIEW_CODE,"DOB\nSECRET,,,PN1"\nSECRET,,,\n', r"^made\.csv line 1: a quotation mark"),
        ('CHILD,DECOM,RNE,"LS,CIN,PLACE\nSECRET,,,,,\n', r"line 1: a quotation mark .*; the columns of no table"),
        ('"CHILD,DOB,REVIEW,REVIEW_CODE\nSECRET,,,PN1\n', r"line 1: a quotation mark"),
    ],
)
def test_a_header_that_cannot_be_read_is_told(read, data, said):
    with pytest.raises(InputError, match=said) as caught:
        read(data)
    assert "SECRET" not in str(caught.value)


def test_long_cells_and_many_columns_are_read(read):
    long = read(HEADER + f"C1,,,{'P' * 200_000}\n\nC2,,,PN1\n")
    assert long.tables["Reviews"]["REVIEW_CODE"].str.len_bytes().to_list() == [200_000, 3]
    wide = read(HEADER.strip() + "".join(f",X{n}" for n in range(10_000)) + "\nC1,,,PN1" + ",x" * 10_000 + "\n")
    assert wide.tables["Reviews"]["REVIEW_CODE"].to_list() == ["PN1"]
    assert [note.count for note in wide.notes] == [1] * 20 + [9_980]


def test_a_near_miss_of_a_column_is_named_but_not_taken(read):
    result = read("CHILD,DOBB,REVIEW,Review-code\nC1,01/02/2010,03/05/2024,PN1\n")
    assert values(result) == [("C1", None, dt.date(2024, 5, 3), None)]
    assert [note.message for note in result.notes if note.kind == "ignored column"] == [
        "column DOBB is none of Reviews's; left out. Did you mean DOB?",
        "column REVIEW-CODE is none of Reviews's; left out. Did you mean REVIEW_CODE?",
    ]


def test_headers_without_rows_make_an_empty_table(read):
    result = read(HEADER)
    assert result.tables["Reviews"].height == 0
    assert only(result, "empty").table == "Reviews"


def test_empty_cells_beyond_the_last_column_are_dropped_and_counted(read):
    result = read(HEADER + "C1,,,PN1,,\nC2,,,PN2, \nC3,,,PN3\n")
    note = only(result, "malformed")
    assert (note.line, note.count) == (2, 2)
    assert result.tables["Reviews"]["REVIEW_CODE"].to_list() == ["PN1", "PN2", "PN3"]


def test_columns_without_a_name_need_no_cells_and_are_noted_only_when_filled(read):
    for unnamed in (",,", ",, "):
        assert read(f"CHILD,DOB,REVIEW,REVIEW_CODE{unnamed}\nC1,,,PN1,,\nC2,,,PN2\n").notes == []
    note = only(read("CHILD,DOB,REVIEW,REVIEW_CODE,\nSECRET,,,PN1,SECRET\n"), "ignored column")
    assert note.message == "column in place 5, without a name, is none of Reviews's; left out"


def test_a_quotation_mark_inside_a_cell_is_kept_and_noted(read):
    result = read(HEADER + 'C1,,,PN1\nC"2,,,PN2\n')
    assert result.tables["Reviews"]["CHILD"].to_list() == ["C1", 'C"2']
    assert (only(result, "malformed").line, only(result, "malformed").count) == (3, 1)


def test_rows_of_blank_cells_are_left_out_and_counted(read):
    result = read(HEADER + "C1,,,PN1\n,,,\n , ,\n")
    assert result.tables["Reviews"].height == 1
    assert only(result, "empty").count == 2


def test_the_two_parsers_agree(read):
    rows = "".join(f'C{n}, 0{n}/01/2011 ,"2/03/2024",pn{n}\n' for n in range(1, 8))
    fast, careful = read(HEADER + rows), read(HEADER + "\n" + rows)
    columns = list(TABLES["Reviews"].columns())
    assert fast.tables["Reviews"].select(columns).equals(careful.tables["Reviews"].select(columns))
    assert careful.tables["Reviews"]["line"].to_list() == [line + 1 for line in fast.tables["Reviews"]["line"]]
