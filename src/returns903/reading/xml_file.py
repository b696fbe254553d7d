"""XML returns: a CHILD element with a HEADER, which holds what CSV spreads over many tables, and EPISODEs.

The parser is expat, of the standard library. It tells the line of every element and fetches nothing from elsewhere; a
document type declaration ends the reading before an entity in it could swell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.parsers import expat

from returns903.limits import COLUMNS_NAMED
from returns903.reading.encoding import utf_8
from returns903.reading.notes import Note, NoteKind, UnreadError
from returns903.reading.raw import Seen
from returns903.reading.xml_rows import CHILD, GROUPS, HEADER, IN_HEADER, OWN, Element, Place, Rows
from returns903.tables import Episodes, Header
from returns903.words import counted, heading

ROOT = "EXPSSDA903"
_PARTS = frozenset({CHILD, HEADER, *GROUPS})
"""The elements that hold what belongs together."""
_WITHIN = {None: frozenset({CHILD}), CHILD: frozenset({HEADER, *GROUPS}), HEADER: frozenset(GROUPS)}
"""The parts that may stand in another; None for the root, whatever its name."""
_KNOWN = {CHILD: frozenset[str](), HEADER: IN_HEADER} | {name: OWN[table.name] for name, table in GROUPS.items()}
"""The items of each part."""
_OF_XML = ("xml", "xmlns", "xsi")
"""Prefixes of attributes that say how the XML is to be read."""


def read_xml(file: str, data: bytes) -> Seen:
    """The tables of an XML return: all that the format can carry, with or without rows.

    Raises:
        UnreadError: it is not well-formed, holds a document type declaration, or gives an item twice.
    """
    text, notes = utf_8(file, data)
    if not text.strip():
        return Seen(notes=[Note("empty", "there is nothing in it", file=file)])
    reader = _Reader(file)
    reader.parse(text)
    # Where several children stand on one line, lines do not tell rows apart.
    by_line = reader.children <= text.count(b"\n") + 1
    notes += reader.notes(by_line=by_line)
    if reader.children and reader.rows.is_empty(Episodes):
        notes.append(Note("empty", "no EPISODE with anything in it", Episodes.name, file=file))
    if reader.children or reader.root == ROOT:
        return Seen(reader.rows.raws(file, by_line=by_line), notes)
    return Seen(notes=[*notes, Note("ignored file", "left out: the XML is no return, for it has no CHILD", file=file)])


@dataclass
class _Odd:
    """Something that is left out or lacking: what is said of it, where it stands first, and how often."""

    kind: NoteKind
    said: str
    place: Place
    column: str | None
    table: str | None
    count: int = 0

    def note(self, file: str, *, by_line: bool) -> Note:
        said = self.said + (f"; {self.count:,} times" if self.count > 1 else "")
        file, line = self.place.within(file, by_line=by_line)
        return Note(self.kind, said, self.table, file=file, line=line, column=self.column, count=self.count)


class _Reader:
    """Takes the elements as the parser tells them, one after the other."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.rows = Rows()
        self.root = ""
        self.children = 0
        self._odd: dict[str, _Odd] = {}
        self._open: list[Element] = []
        """The CHILD, HEADER and row that are open."""
        self._of_child: list[Element] = []
        """The HEADER and the rows of the CHILD that is open, in the order of the file."""
        self._numbers: Counter[str] = Counter()
        self._item: str | None = None
        self._text: list[str] = []
        self._kept: list[str] = []
        """The text of an item before a stranger in it."""
        self._strangers: list[str] = []
        """The names of the open elements that are left out."""
        self._lost: str | None = None
        """The part that stands among them, where it does not belong."""

    def parse(self, text: bytes) -> None:
        """Take the elements of a whole file, in UTF-8.

        Raises:
            UnreadError: it is not well-formed, or its items cannot be put in their places.
        """
        self._parser = expat.ParserCreate("utf-8")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text.append
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        try:
            self._parser.Parse(text, True)
        except expat.ExpatError as error:  # its own text may hold what stands in the file
            raise UnreadError(self.file, "the XML is not well-formed there", error.lineno) from None

    def _refuse_doctype(self, *_declared: object) -> None:
        said = "holds a document type declaration (<!DOCTYPE), which no return does; remove it"
        raise UnreadError(self.file, said, self._parser.CurrentLineNumber)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if self._strangers or self._item:
            self._leave_out(name)
            return
        if attributes:
            self._tell_attributes(name, attributes)
        if self._text:
            self._tell_loose_text()
        part = self._open[-1] if self._open else None
        if part and name in part.known:
            self._begin_item(part, name)
        elif not self.root:
            self.root = name
        elif name in _WITHIN.get(part.place.element if part else None, ()):
            self._begin_part(name)
        else:
            self._leave_out(name)

    def _end(self, _tag: str) -> None:
        if self._strangers:
            self._strangers.pop()
            if not self._strangers:
                self._text[:] = self._kept
                self._lost = None
        elif self._item:
            self._open[-1].items[self._item] = "".join(self._text)
            self._text.clear()
            self._item = None
        else:
            if self._text:
                self._tell_loose_text()
            self._end_part()

    def _begin_item(self, part: Element, name: str) -> None:
        if name in part.items:
            raise UnreadError(self.file, f"{part.place.element} gives {name} twice", part.place.line)
        self._item = name

    def _begin_part(self, name: str) -> None:
        if name == CHILD:
            self.children += 1
            self._numbers.clear()
            self._of_child = []
        self._numbers[name] += 1
        place = Place(self._parser.CurrentLineNumber, self.children, name, self._numbers[name])
        if name == HEADER and place.number > 1:
            said = "a second HEADER in one CHILD; give each child a CHILD of its own"
            raise UnreadError(self.file, said, place.line)
        part = Element(place, _KNOWN[name])
        self._open.append(part)
        if name != CHILD:
            self._of_child.append(part)

    def _end_part(self) -> None:
        part = self._open.pop() if self._open else None
        if part and part.place.element == CHILD:
            headers = [element for element in self._of_child if element.place.element == HEADER]
            rows = [element for element in self._of_child if element.place.element != HEADER]
            if not headers:
                self._tell("malformed", "a CHILD without a HEADER: no identifier for its rows", part.place)
            self.rows.add_child(headers[0] if headers else None, rows)

    def _leave_out(self, name: str) -> None:
        """Leave out an element and all that is in it. Parts that are lost so are told; of others the outermost."""
        within = self._strangers[-1] if self._strangers else self._item or self._here.element
        part = name.upper()
        if part in _PARTS and self._lost in (None, part):
            self._lost = part
            why = "where none belongs" if name == part else f"but names of elements are in capitals, as in {part}"
            said = f"{name} in {heading(within)}, {why}; left out"
            table = Header.name if part == HEADER else GROUPS[part].name if part in GROUPS else None
            self._tell("not read", said, self._here, table=table)
        elif not self._strangers:
            said = f"element {heading(name)} is no part of the return as it is known here; left out"
            self._tell("ignored column", said, self._here, column=heading(name))
        if not self._strangers:
            self._kept[:] = self._text
        self._strangers.append(name)

    def _tell_attributes(self, element: str, attributes: Iterable[str]) -> None:
        for name in attributes:
            if name.partition(":")[0] not in _OF_XML:
                said = f"attribute {heading(name)} of {heading(element)}: items are elements; left out"
                self._tell("ignored column", said, self._here, column=heading(name))

    def _tell_loose_text(self) -> None:
        if not "".join(self._text).isspace():
            said = f"text in {heading(self._here.element)} beside the elements; left out"
            self._tell("malformed", said, self._here)
        self._text.clear()

    @property
    def _here(self) -> Place:
        """The line that the parser is on, within the part that is open."""
        within = self._open[-1].place if self._open else Place(0, 0, self.root)
        return within._replace(line=self._parser.CurrentLineNumber)

    def _tell(
        self, kind: NoteKind, said: str, place: Place, *, column: str | None = None, table: str | None = None
    ) -> None:
        self._odd.setdefault(said, _Odd(kind, said, place, column, table)).count += 1

    def notes(self, *, by_line: bool) -> Iterator[Note]:
        """What was left out or is lacking, the worst first."""
        odd = sorted(self._odd.values(), key=lambda item: (item.kind != "not read", item.said))
        for item in odd[:COLUMNS_NAMED]:
            yield item.note(self.file, by_line=by_line)
        if more := sum(item.count for item in odd[COLUMNS_NAMED:]):
            said = f"{counted(more, 'further element or attribute', 'further elements and attributes')} left out"
            yield Note("ignored column", said, file=self.file, count=more)
