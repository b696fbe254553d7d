from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from returns903.errors import InputError
from returns903.limits import COLUMNS_NAMED
from returns903.reading import read_tables
from returns903.tables import TABLES

RETURN = """<?xml version="1.0" encoding="utf-8"?>
<EXPSSDA903>
<!-- <EPISODE> in a comment -->
<CHILD>
<HEADER><CHILDID> c1 </CHILDID><UPN>UN1</UPN><SEX>F</SEX><DOB>01/02/2007</DOB><ETHNIC>WBRI</ETHNIC><UASC>1</UASC>
<DUC>01/02/2025</DUC><DATE_INT>03/03/2024</DATE_INT><IN_TOUCH/><ACTIV>F1</ACTIV>
<AREVIEW><REVIEW>03/05/2024</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW>
<AREVIEW><REVIEW>SECRET</REVIEW><REVIEW_CODE>PN2</REVIEW_CODE></AREVIEW>
<AMISSING><MISSING>M</MISSING><MIS_START>03/05/2024</MIS_START></AMISSING>
<PERMANENCE><PREV_PERM/></PERMANENCE>
<OC2><SDQ_SCORE>7</SDQ_SCORE><NEW_ITEM>SECRET</NEW_ITEM></OC2>
<AD_PLACED><DATE_PLACED>1/5/2024</DATE_PLACED></AD_PLACED>
</HEADER>
<EPISODE><DECOM>01/04/2024</DECOM><PL>U6</PL><DEC/></EPISODE>
<EPISODE>
<DECOM>02/04/2024</DECOM></EPISODE>
</CHILD>
<CHILD><HEADER><CHILDID>C2</CHILDID><SEX>M</SEX><DOB>05/02/2007</DOB><UASC>0</UASC></HEADER>
<SWEPISODE><SW_ID>SECRET</SW_ID></SWEPISODE></CHILD>
<SUMMARY>SECRET</SUMMARY>
</EXPSSDA903>
"""


def test_a_return_in_xml(read):
    tables = read(RETURN, "r.xml").tables
    day = dt.date
    assert list(tables) == [name for name in TABLES if name not in ("SWEpisodes", "DoLo")]
    assert tables["Header"].select("line", "CHILD", "SEX", "DOB", "ETHNIC", "UASC").rows() == [
        (5, "C1", "F", day(2007, 2, 1), "WBRI", "1"),
        (18, "C2", "M", day(2007, 2, 5), None, "0"),
    ]
    assert tables["Episodes"].select("line", "CHILD", "DECOM", "PLACE", "DEC").rows() == [
        (14, "C1", day(2024, 4, 1), "U6", None),
        (15, "C1", day(2024, 4, 2), None, None),
    ]
    assert tables["Reviews"].select("line", "CHILD", "DOB", "REVIEW", "REVIEW.text").rows() == [
        (7, "C1", day(2007, 2, 1), day(2024, 5, 3), None),
        (8, "C1", day(2007, 2, 1), None, "SECRET"),
    ]
    assert tables["UASC"].select("CHILD", "SEX", "DOB", "DUC").rows() == [
        ("C1", "F", day(2007, 2, 1), day(2025, 2, 1)),
    ]
    assert tables["OC3"].select("line", "CHILD", "IN_TOUCH", "ACTIV").rows() == [(5, "C1", None, "F1")]
    assert tables["AD1"].select("CHILD", "DATE_INT", "NB_ADOPTR").rows() == [("C1", day(2024, 3, 3), None)]
    assert tables["OC2"].select("CHILD", "DOB", "SDQ_SCORE").rows() == [("C1", day(2007, 2, 1), "7")]
    assert tables["PlacedAdoption"].select("CHILD", "DATE_PLACED").rows() == [("C1", day(2024, 5, 1))]
    assert tables["Missing"].select("CHILD", "MISSING", "MIS_END").rows() == [("C1", "M", None)]
    assert tables["PrevPerm"].height == 0


def test_what_xml_notes(read):
    notes = read(RETURN, "r.xml").notes
    assert [(n.column, n.count) for n in notes if n.kind == "ignored column"] == [
        ("NEW_ITEM", 1),
        ("SUMMARY", 1),
        ("SWEPISODE", 1),
    ]
    assert {(n.table, n.count) for n in notes if n.kind == "normalised"} >= {("Header", 1), ("Episodes", 2)}
    assert sorted({n.kind for n in notes}) == ["ignored column", "normalised", "repaired", "unreadable"]
    assert not any("SECRET" in n.message for n in notes)


@pytest.mark.parametrize("flag", ["0", "", " ", "2"])
def test_only_the_flag_1_or_a_day_makes_an_asylum_row(read, flag):
    made = "<EXPSSDA903><CHILD><HEADER><CHILDID>C1</CHILDID><UASC>{}</UASC>{}</HEADER></CHILD></EXPSSDA903>"
    assert read(made.format(flag, ""), "r.xml").tables["UASC"].height == 0
    assert read(made.format(flag, "<DUC>01/02/2025</DUC>"), "r.xml").tables["UASC"].height == 1
    assert read(made.format(" 1 ", ""), "r.xml").tables["UASC"].height == 1


def test_an_empty_return_and_namespaces(read):
    empty = read("<EXPSSDA903/>", "r.xml").tables
    assert empty["Header"].height == 0
    assert empty["Episodes"].schema["DECOM"] == pl.Date
    spaced = RETURN.replace("<EXPSSDA903>", '<EXPSSDA903 xmlns="urn:made-up">')
    assert read(spaced, "r.xml").tables["Episodes"].height == 2
    assert read(RETURN.replace("utf-8", "utf-16").encode("utf-16"), "r.xml").tables["Episodes"].height == 2


def test_episodes_without_a_header_are_kept_and_noted(read):
    result = read("<EXPSSDA903>\n<CHILD>\n<EPISODE><RNE>S</RNE></EPISODE></CHILD></EXPSSDA903>", "r.xml")
    assert result.tables["Episodes"].select("CHILD", "RNE", "line").rows() == [(None, "S", 3)]
    assert [(n.kind, n.line, n.count) for n in result.notes] == [("malformed", 2, 1)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<EXPSSDA903>\n<CHILD>\n<SECRET></OTHER>", r"^r\.xml line 3: the XML is not well-formed there$"),
        ("SECRET", r"^r\.xml( line 1)?: the XML is not well-formed there$"),
        ("<EXPSSDA903>\n<CHILD>&SECRET;</CHILD></EXPSSDA903>", r"^r\.xml line 2: the XML is not well-formed"),
        ("", r"^r\.xml: there is nothing in it$"),
        ("<OTHER><A>SECRET</A></OTHER>", r"^r\.xml: the XML is no return"),
        ('<!DOCTYPE R [<!ENTITY a "SECRET">]><R><CHILD>&a;</CHILD></R>', "document type declaration"),
        ('<!DOCTYPE R SYSTEM "file:///etc/hostname"><R><CHILD/></R>', "document type declaration"),
        (RETURN.replace("<DEC/>", "<DECOM>SECRET</DECOM>"), r"^r\.xml line 14: EPISODE gives DECOM twice$"),
        (RETURN.replace("<EPISODE><D", "<HEADER/><EPISODE><D"), r"^r\.xml line 14: a second HEADER"),
    ],
)
def test_what_cannot_be_read(read, text, said):
    with pytest.raises(InputError, match=said) as caught:
        read(text, "r.xml")
    assert "SECRET" not in str(caught.value)


def test_entities_that_multiply_are_refused_at_once(read):
    levels = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
    bomb = f'<!DOCTYPE R [<!ENTITY e0 "ha">{levels}]><R><CHILD a="&e12;">&e12;</CHILD></R>'
    with pytest.raises(InputError, match=r"^r\.xml"):
        read(bomb, "r.xml")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_lines_stay_true_in_long_files(read, encoding):
    header, comment = "<HEADER><CHILDID>C1</CHILDID>\n</HEADER>\n", "<!-- <EPISODE> -->\n"
    children = f"<CHILD>\n{header}{comment}<EPISODE>\n<RNE>S</RNE></EPISODE></CHILD>\n" * 14_000
    text = f'<?xml version="1.0" encoding="{encoding}"?>\n<EXPSSDA903>\n{children}</EXPSSDA903>'
    frame = read(text.encode(encoding), "r.xml").tables["Episodes"]
    assert frame["line"].to_list() == [7 + 6 * n for n in range(14_000)]


def test_lines_that_many_children_share_give_way_to_places(read):
    child = "<CHILD><HEADER><CHILDID>C{0}</CHILDID><DOB>SECRET</DOB></HEADER><EPISODE><RNE>S</RNE></EPISODE>"
    child += "<EPISODE><RNE>P</RNE><X/></EPISODE></CHILD>"
    children = "".join(child.format(n) for n in range(1, 4))
    result = read(f"<EXPSSDA903>{children}<X/></EXPSSDA903>", "r.xml")
    episodes = result.tables["Episodes"]
    assert episodes.select("file", "line", "row").rows()[2:4] == [
        ("r.xml [CHILD 2, EPISODE 1]", None, 2),
        ("r.xml [CHILD 2, EPISODE 2]", None, 3),
    ]
    assert result.tables["Header"]["file"].to_list() == [f"r.xml [CHILD {n}, HEADER 1]" for n in (1, 2, 3)]
    first = {note.kind: (note.file, note.line) for note in reversed(result.notes)}
    assert first["ignored column"] == ("r.xml [CHILD 1, EPISODE 2]", None)
    assert first["unreadable"] == ("r.xml [CHILD 1, HEADER 1]", None)


def test_a_line_for_each_child_is_enough(read):
    lines = "\n".join(["<CHILD><EPISODE><RNE>S</RNE></EPISODE></CHILD>"] * 3)
    frame = read(f"<EXPSSDA903>{lines}</EXPSSDA903>", "r.xml").tables["Episodes"]
    assert frame.select("file", "line").rows() == [("r.xml", 1), ("r.xml", 2), ("r.xml", 3)]


EPISODE = "<EPISODE><RNE>S</RNE></EPISODE>"
HEADER = "<HEADER><CHILDID>C1</CHILDID></HEADER>"


@pytest.mark.parametrize(
    ("inside", "kind", "table", "said", "line", "count"),
    [
        ('<CHILD id="SECRET"/>', "ignored column", None, "attribute id of CHILD", 2, 1),
        ('<CHILD><EPISODE RNE="SECRET"/></CHILD>', "ignored column", None, "attribute RNE of EPISODE", 2, 1),
        ('<CHILD>\n<EPISODE><RNE a="SECRET"/></EPISODE></CHILD>', "ignored column", None, "a of RNE", 3, 1),
        ("<CHILD>SECRET<EPISODE/>\nSECRET</CHILD>", "malformed", None, "text in CHILD beside", 2, 2),
        ("<CHILD><EPISODE>SECRET<RNE/></EPISODE></CHILD>", "malformed", None, "text in EPISODE beside", 2, 1),
        ("SECRET", "malformed", None, "text in EXPSSDA903 beside", 3, 1),
        (EPISODE, "not read", "Episodes", "EPISODE in EXPSSDA903, where none belongs", 2, 1),
        (HEADER, "not read", "Header", "HEADER in EXPSSDA903, where none belongs", 2, 1),
        ("<CHILD><episode><rne/></episode><Episode/></CHILD>", "not read", "Episodes", "episode in CHILD, but", 2, 1),
        ("<child><header/></child>", "not read", None, "child in EXPSSDA903, but names of elements are in", 2, 1),
        (f"<CHILD>{HEADER}<EPISODE><RNE/></EPISODE></CHILD>", "empty", "Episodes", "no EPISODE with anything", None, 1),
        (f"<X><CHILD>{EPISODE}</CHILD><CHILD/></X>", "not read", None, "CHILD in X", 2, 2),
        (f"<CHILD>\n<CHILD>{EPISODE}</CHILD></CHILD>", "not read", None, "CHILD in CHILD", 3, 1),
        (f"<CHILD><EPISODE>{EPISODE}</EPISODE></CHILD>", "not read", "Episodes", "EPISODE in EPISODE", 2, 1),
        (f"<CHILD><EPISODE><RNE>{EPISODE}</RNE></EPISODE></CHILD>", "not read", "Episodes", "in RNE", 2, 1),
        (f"<CHILD>{HEADER}<X><Y><Z/></Y></X></CHILD>", "ignored column", None, "element X is no part", 2, 1),
        (f"<CHILD>{HEADER}<EPISODE><RNE><Z/></RNE></EPISODE></CHILD>", "ignored column", None, "element Z", 2, 1),
    ],
)
def test_what_stands_where_nothing_belongs_is_told(read, inside, kind, table, said, line, count):
    spaces = 'xmlns="urn:made-up" xmlns:xsi="urn:x" xsi:schemaLocation="x"'
    notes = read(f"<EXPSSDA903 {spaces}>\n{inside}\n</EXPSSDA903>", "r.xml").notes
    found = [(n.kind, n.table, n.line, n.count) for n in notes if said in n.message]
    assert found == [(kind, table, line, count)]
    assert not [n for n in notes if "SECRET" in n.message]


@pytest.mark.parametrize(
    ("attribute", "told"),
    [
        ('xml:lang="en"', False),
        ('xmlns="urn:x"', False),
        ('xmlns:x="urn:x"', False),
        ('xsi:nil="true"', False),
        ('x="1"', True),
        ('x:y="1"', True),
    ],
)
def test_attributes_that_say_how_xml_is_read_are_not_told(read, attribute, told):
    notes = read(f"<EXPSSDA903><CHILD {attribute}>{HEADER}{EPISODE}</CHILD></EXPSSDA903>", "r.xml").notes
    assert [note.kind for note in notes] == (["ignored column"] if told else [])


def test_an_item_keeps_its_text_beside_what_is_left_out(read):
    text = f"<EXPSSDA903><CHILD>{HEADER}<EPISODE><RNE>S<Z>SECRET</Z></RNE><LS>C<![CDATA[2]]></LS></EPISODE></CHILD>"
    frame = read(f"{text}</EXPSSDA903>", "r.xml").tables["Episodes"]
    assert frame.select("RNE", "LS").rows() == [("S", "C2")]


def test_of_many_strangers_some_are_named(read):
    strangers = "".join(f"<X{n}/>" for n in range(1000))
    notes = [n for n in read(f"<EXPSSDA903>{strangers}{EPISODE}</EXPSSDA903>", "r.xml").notes if n.file]
    assert len(notes) == COLUMNS_NAMED + 1
    assert notes[0].kind == "not read"
    assert sum(n.count for n in notes) == 1001


def test_a_return_wrapped_in_another_element_is_not_read(read):
    with pytest.raises(InputError, match=r"r\.xml line 1: CHILD in EXPSSDA903, where none belongs"):
        read(f"<Message>{RETURN.partition('?>')[2]}</Message>".replace("\n", ""), "r.xml")


@pytest.mark.parametrize("declared", ["utf-8", "utf-16", "iso-8859-1", "x-made-up"])
@pytest.mark.parametrize("written", ["utf-8", "utf-16", "cp1252"])
def test_the_bytes_tell_the_encoding_whatever_is_declared(read, declared, written):
    text = f'<?xml version="1.0" encoding="{declared}"?><EXPSSDA903><CHILD><HEADER><CHILDID>\u00e9</CHILDID></HEADER>'
    result = read(f"{text}</CHILD></EXPSSDA903>".encode(written), "r.xml")
    assert result.tables["Header"]["CHILD"].to_list() == ["\u00c9"]
    assert [note.kind for note in result.notes if note.kind == "encoding"] == ["encoding"] * (written != "utf-8")


def test_depth_and_length_do_no_harm(read):
    deep = "<a>" * 100_000 + "</a>" * 100_000
    text = f"<EXPSSDA903><CHILD>{HEADER}{deep}<EPISODE><RNE>{'S' * 20_000_000}</RNE></EPISODE></CHILD></EXPSSDA903>"
    assert len(read(text, "r.xml").tables["Episodes"]["RNE"][0]) == 20_000_000


def test_the_made_up_return_of_the_project():
    path = Path(__file__).parents[2].parent / "shared/data/fake_903.xml"
    if not path.exists():
        pytest.skip("the made-up XML return is not here")
    heights = {name: frame.height for name, frame in read_tables(path).tables.items()}
    assert heights == {
        "Header": 253,
        "Episodes": 459,
        "Reviews": 1206,
        "UASC": 12,
        "OC2": 253,
        "OC3": 6,
        "AD1": 3,
        "PlacedAdoption": 3,
        "PrevPerm": 253,
        "Missing": 6,
    }
