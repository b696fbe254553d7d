"""Where the header of a CSV file stands, how its cells are parted, and its records one by one."""

from __future__ import annotations

import pytest

from returns903.limits import HEADER_CHARACTERS, HEADER_ROWS
from returns903.reading.csv_file import _at_once, _is_plain
from returns903.reading.csv_header import Layout, find_layout
from returns903.reading.csv_records import read_records
from returns903.reading.notes import Note, UnreadError
from returns903.tables import Reviews

HEADER = "CHILD,DOB,REVIEW,REVIEW_CODE"
ROW = "C1,,,PN1"


def laid_out(text: str) -> tuple[Layout, list[Note]]:
    found = find_layout("made.csv", f"{text}\n".encode())
    assert isinstance(found, tuple)
    return found


@pytest.mark.parametrize(
    ("text", "line", "above", "body"),
    [
        (f"{HEADER}\n{ROW}", 1, 1, f"{ROW}\n"),
        (f"{HEADER}\n{ROW}\n", 1, 1, f"{ROW}\n\n"),
        (HEADER, 1, 1, ""),
        (f"\n\n{HEADER}\n{ROW}", 3, 3, f"{ROW}\n"),
        (f"Title\n{HEADER}\n{ROW}\n{ROW}", 2, 2, f"{ROW}\n{ROW}\n"),
        (f" ,;\n\t|\nTitle\n\n{HEADER}\n{ROW}", 5, 5, f"{ROW}\n"),
        (f'CHILD,DOB,REVIEW,"REVIEW_CODE\n"\n{ROW}', 1, 2, f"{ROW}\n"),
        (f'Title\n"CHILD\n\n",DOB,REVIEW,REVIEW_CODE\n{ROW}', 2, 4, f"{ROW}\n"),
        (f"sep=,\n{HEADER}\n{ROW}", 2, 2, f"{ROW}\n"),
    ],
)
def test_where_the_header_and_the_rows_begin(text: str, line: int, above: int, body: str) -> None:
    layout, notes = laid_out(text)
    assert (layout.line, layout.above, layout.body.decode()) == (line, above, body)
    assert (layout.table, layout.width, layout.delimiter) == (Reviews, 4, ",")
    titles = [note.count for note in notes if note.kind == "lines above"]
    assert titles == ([line - 1] if line > 1 and not text.startswith("sep") else [])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("hint", ["", "sep={}\n", " SEP={} \n"])
def test_what_parts_cells(delimiter: str, hint: str) -> None:
    layout, notes = laid_out(hint.format(delimiter) + HEADER.replace(",", delimiter) + "\n")
    assert layout.delimiter == delimiter
    assert [note.kind for note in notes] == ([] if delimiter == "," else ["malformed"])


def test_a_first_line_may_name_any_character() -> None:
    layout, (note,) = laid_out(f"sep=:\n{HEADER.replace(',', ':')}\n{ROW.replace(',', ':')}")
    assert (layout.delimiter, layout.line) == (":", 2)
    assert "a character that its first line names" in note.message


@pytest.mark.parametrize(
    ("headers", "needed"), [(HEADER, 4), (f"{HEADER},,", 4), (f"{HEADER}, ,X", 6), (f",{HEADER}", 5)]
)
def test_a_row_needs_cells_up_to_the_last_name(headers: str, needed: int) -> None:
    layout, _ = laid_out(f"{headers}\n")
    assert (layout.needed, layout.width) == (needed, headers.count(",") + 1)


@pytest.mark.parametrize("above", [HEADER_ROWS - 1, HEADER_ROWS])
def test_a_header_is_looked_for_among_the_first_rows(above: int) -> None:
    found = find_layout("made.csv", ("Title\n" * above + HEADER + "\n").encode())
    if above < HEADER_ROWS:
        assert isinstance(found, tuple)
        assert found[0].line == HEADER_ROWS
    else:
        assert isinstance(found, Note)
        assert found.kind == "ignored file"


def test_a_header_is_looked_for_among_the_first_characters() -> None:
    long = f"{HEADER},{'X' * (HEADER_CHARACTERS - len(HEADER) - 3)}"
    for further in (0, 1):
        layout, _ = laid_out(f"{long}{'X' * further}")
        assert layout.width == 5
        assert layout.body == b""
    with pytest.raises(UnreadError, match=r"^made\.csv line 1: the header ends beyond the first 262,144 characters"):
        laid_out(f"{long}XX\n{ROW}\n")
    with pytest.raises(UnreadError, match="no line ends within the first 262,144 characters"):
        find_layout("made.csv", b"X" * HEADER_CHARACTERS)
    assert isinstance(find_layout("made.csv", b"X" * (HEADER_CHARACTERS - 1)), Note)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("CHILD:DOB:REVIEW:REVIEW_CODE", True),
        ("CHILD:REVIEW:REVIEW_CODE:NOTE", True),  # three of four
        ("CHILD:REVIEW:REVIEW_CODE:NOTE:MORE", False),
        ("Review", False),
    ],
)
def test_columns_that_are_parted_otherwise_are_told_by_how_many_are_known(line: str, told: bool) -> None:
    if told:
        with pytest.raises(UnreadError, match=r"line 2: names the columns of Reviews, but its cells are not parted by"):
            find_layout("made.csv", f"Title\n{line}\n".encode())
    else:
        assert isinstance(find_layout("made.csv", f"Title\n{line}\n".encode()), Note)


def test_a_near_header_is_told_with_its_line() -> None:
    found = find_layout("made.csv", b"\nTitle\nCHILD,DEC,LS,CIN\nSECRET\n")
    assert isinstance(found, Note)
    assert (found.kind, found.line, found.table) == ("not read", 3, "Episodes")
    assert not found.message.startswith("a quotation mark")


def layout(body: str, headers: str = HEADER, above: int = 1, delimiter: str = ",") -> Layout:
    return Layout("made.csv", Reviews, headers.split(","), delimiter, above, above, body.encode())


def records(
    body: str, headers: str = HEADER
) -> tuple[list[tuple[str | int | None, ...]], list[tuple[str, int | None, int]]]:
    notes: list[Note] = []
    frame = read_records(layout(body, headers), notes)
    return frame.rows(), [(note.message, note.line, note.count) for note in notes]


QUOTES, TRAILING = "hold a quotation mark inside a cell; it was kept", "end in empty cells beyond the last column"


@pytest.mark.parametrize(
    ("body", "rows", "notes"),
    [
        ("A,,,x\n\nB,,,y\n", [("A", None, None, "x", 2), ("B", None, None, "y", 4)], []),
        (
            "A,,,x,\nB,,,y, \nC,,,z\n",
            [("A", None, None, "x", 2), ("B", None, None, "y", 3), ("C", None, None, "z", 4)],
            [2],
        ),
        ("A,,,x\n,,,\n", [("A", None, None, "x", 2), (None, None, None, None, 3)], []),
        (
            "A,,,x\n,,\n , , , , ,\n",
            [("A", None, None, "x", 2), (None, None, None, None, 3), (None, None, None, None, 4)],
            [],
        ),
        (" \nA,,,x\n", [("A", None, None, "x", 3)], []),
        ('A,,,"x\ny"\nB,,,z\n', [("A", None, None, "x\ny", 2), ("B", None, None, "z", 4)], []),
        ("", [], []),
    ],
)
def test_records_and_their_lines(body: str, rows: list[tuple[str | int | None, ...]], notes: list[int]) -> None:
    found, told = records(body)
    assert found == rows
    assert [count for _, _, count in told] == notes
    assert all(TRAILING in message and line == 2 for message, line, _ in told)


def test_quotation_marks_that_are_kept_are_counted() -> None:
    _, told = records('A,,,x\nB"B,,,y\nC,,,"""z"""\n')
    assert told == [(f"2 lines {QUOTES}", 3, 2)]


def test_rows_may_lack_cells_of_columns_without_a_name() -> None:
    rows, told = records("A,,,x\nB,,,y,\nC,,,z,1,2\n", f"{HEADER},,")
    blank = (None, None)
    assert rows == [("A", *blank, "x", *blank, 2), ("B", *blank, "y", *blank, 3), ("C", *blank, "z", "1", "2", 4)]
    assert told == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("A,,x\n", "the header has 4 columns, but line 2 has 3 cells"),
        ("A,,,x,y\n", "the header has 4 columns, but line 2 has 5 cells"),
        ("A\n", "the header has 4 columns, but line 2 has 1 cell"),
        ("A\n" * 5, "; line 5 has 1 cell; line 6 has 1 cell"),
        ("A\n" * 6, "; line 6 has 1 cell; and 1 more line"),
        ("A\n" * 7, "; line 6 has 1 cell; and 2 more lines"),
    ],
)
def test_rows_with_too_many_or_too_few_cells(body: str, said: str) -> None:
    with pytest.raises(UnreadError, match=f"{said}$"):
        records(body)


def test_a_quotation_mark_out_of_place_is_told_with_its_line() -> None:
    with pytest.raises(UnreadError, match=r"^made\.csv line 4: a quotation mark") as caught:
        records('A,,,"x\ny"\nB,,,"z"z\n')
    assert caught.value.note.table == "Reviews"


@pytest.mark.parametrize(
    ("body", "is_plain"),
    [
        ("A,B\n", True),
        ("A B,B\n", True),
        ('"A B","B C"\n', True),
        ("a,B\n", False),
        ("É,B\n", False),
        (" A,B\n", False),
        ("A ,B\n", False),
        ("A, B\n", False),
        ("A,B \n", False),
        ('"A ",B\n', False),
        ('" A",B\n', False),
        ("A,B\n C,D\n", False),
        ("A\t,B\n", False),
        ("A\v,B\n", False),
        ("A,\fB\n", False),
    ],
)
def test_plain_cells_need_neither_trimming_nor_capitals(body: str, is_plain: bool) -> None:
    assert _is_plain(layout(body)) is is_plain


def test_tabs_that_part_cells_are_plain() -> None:
    assert _is_plain(layout("A\tB\n", delimiter="\t"))
    assert not _is_plain(layout("A \tB\n", delimiter="\t"))


@pytest.mark.parametrize(
    ("body", "rows"),
    [
        ("A,,,x\nB,,,y\n", 2),
        ('A,"1,2",,x\n', 1),
        ('"A",,,"x"\n', 1),
        ("A,,x\n", None),
        ("A,,,,x\n", None),
        ("A,,,,x\nB,,y\n", None),  # as many delimiters in all as there should be
        ("A,,,x\n\nB,,,y\n", None),
        ('A,,,"x\ny"\n', None),
        ('A,,,x"\n', None),
        ('A"1,2",,x\n', None),
        ('A,,,"x"y\n', None),
    ],
)
def test_rows_are_parsed_at_once_where_each_line_is_a_record(body: str, rows: int | None) -> None:
    found = _at_once(layout(body, above=7))
    assert (None if found is None else found.height) == rows
    if found is not None:
        assert found.get_column("line").to_list() == list(range(8, 8 + found.height))


def test_a_table_of_one_column_goes_record_by_record() -> None:
    assert _at_once(layout("A\n", "CHILD")) is None
    assert _at_once(layout("A,B\n", "CHILD,REVIEW")) is not None
