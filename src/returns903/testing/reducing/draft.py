"""What is left of a return while it is being reduced: frames of text, reference lists among them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import NamedTuple

import polars as pl

from returns903.reading.identifiers import CHILD
from returns903.reference.postcode_package import key_of
from returns903.reference.postcodes import Postcodes
from returns903.reference.providers import Providers
from returns903.returns import Return
from returns903.tables import TABLES, table
from returns903.texts import texts, texts_of_last_year, with_texts
from returns903.years import Year

LAST_YEAR = ".last_year"
PREVIOUS, AUTHORITY = "previous", "local_authority"
PROVIDERS, POSTCODES = "providers", "postcodes"
LISTS = (PROVIDERS, POSTCODES)
"""The frames that are no tables of the return."""
_PROVIDER = ("URN", "PLACE_CODES", "PROVIDER_CODES", "REG_END", "POSTCODE", "LA_CODE_INFERRED")
_POSTCODE = ("postcode", "authority", "east", "north")
_MADE_UP = {"postcode": ["ZZ0 0ZZ"], "authority": ["SCO"], "east": ["400000"], "north": ["300000"]}


class Place(NamedTuple):
    """A cell: the frame it stands in (``Episodes.last_year``, ``providers``), its row from 0, its column."""

    frame: str
    row: int
    column: str

    def __str__(self) -> str:
        return AUTHORITY if self == OWN else f"{self.frame} row {self.row} {self.column}"


OWN = Place(AUTHORITY, 0, AUTHORITY)
"""What stands for the authority making the return, which is no cell."""


@dataclass(frozen=True)
class Draft:
    """A return as frames of text, and what stands beside it."""

    year: Year
    local_authority: str | None
    has_previous: bool
    frames: Mapping[str, pl.DataFrame] = field(repr=False)
    """By id: ``Episodes``, ``Episodes.last_year``, and ``providers`` and ``postcodes`` where there are any."""

    @classmethod
    def of(cls, ret: Return) -> Draft:
        """The draft of a whole return. Of the reference lists, it has what the return names."""
        before = texts_of_last_year(ret)
        frames = texts(ret) | {f"{name}{LAST_YEAR}": frame for name, frame in (before or {}).items()}
        return cls(ret.year, ret.local_authority, before is not None, frames | _lists(ret, frames))

    def load(self) -> Return:
        """The return; what is not in the draft is not there, be it installed or not."""
        now = {name: frame for name, frame in self.frames.items() if name in TABLES}
        ends = (
            (name.removesuffix(LAST_YEAR), frame) for name, frame in self.frames.items() if name.endswith(LAST_YEAR)
        )
        providers, postcodes = self.frames.get(PROVIDERS), self.frames.get(POSTCODES)
        beside = Return(
            {},
            year=self.year,
            local_authority=self.local_authority,
            providers=None if providers is None else Providers.load(providers),
            postcodes=None if postcodes is None else Postcodes.load(postcodes),
        )
        return with_texts(beside, now, dict(ends) if self.has_previous else None)

    @property
    def parts(self) -> list[str]:
        """What a return can be made without: its frames, the previous return, the authority."""
        beside = [PREVIOUS] * self.has_previous + [AUTHORITY] * (self.local_authority is not None)
        return [*beside, *self.frames]

    def with_parts(self, kept: Collection[str]) -> Draft:
        """The draft with these parts and no others; without the previous return, its frames go too."""
        has_previous = PREVIOUS in kept
        return Draft(
            self.year,
            self.local_authority if AUTHORITY in kept else None,
            has_previous,
            {
                name: frame
                for name, frame in self.frames.items()
                if name in kept and (has_previous or not name.endswith(LAST_YEAR))
            },
        )

    @property
    def children(self) -> list[str | None]:
        """Every identifier, and None where a row has none, in the order of the frames."""
        return list(dict.fromkeys(child for frame in self._tables() for child in frame[CHILD]))

    def with_children(self, kept: Collection[str | None]) -> Draft:
        """The draft with the rows of these children alone."""
        wanted = pl.Series(list(kept), dtype=pl.String).implode()
        kept_rows = pl.col(CHILD).is_in(wanted, nulls_equal=True)
        return self._changed(lambda name, frame: frame if name in LISTS else frame.filter(kept_rows))

    @property
    def rows(self) -> list[tuple[str, int]]:
        """Every row, of the lists too, by frame and number."""
        return [(name, row) for name, frame in self.frames.items() for row in range(frame.height)]

    def with_rows(self, kept: Iterable[tuple[str, int]]) -> Draft:
        """The draft with these rows alone."""
        wanted: dict[str, list[int]] = {name: [] for name in self.frames}
        for name, row in kept:
            wanted[name].append(row)
        return replace(self, frames={name: frame[wanted[name]] for name, frame in self.frames.items()})

    @property
    def cells(self) -> list[Place]:
        """Every filled cell, but for those that tell whose row it is."""
        return [place for place, _ in self.filled() if not _is_key(place.frame, place.column)]

    def with_cells(self, kept: Collection[Place]) -> Draft:
        """The draft with these cells, and all others blank."""
        wanted = set(kept)
        return self._changed(
            lambda name, frame: frame.with_columns(
                pl.Series(column, _in_place(frame[column], Place(name, 0, column), wanted), pl.String)
                for column in frame.columns
                if not _is_key(name, column)
            )
        )

    @property
    def empty_rows(self) -> int:
        """How many rows have no filled cell."""
        return sum(
            frame.height - len(frame.filter(pl.any_horizontal(pl.all().is_not_null()))) for frame in self._tables()
        )

    @property
    def blank_columns(self) -> list[tuple[str, str]]:
        """The columns of tables without a filled cell, by frame."""
        return [
            (name, column)
            for name, frame in self.frames.items()
            for column in frame.columns
            if name not in LISTS and column != CHILD and frame[column].null_count() == frame.height
        ]

    def without_columns(self, dropped: Collection[tuple[str, str]]) -> Draft:
        """The draft without these columns."""
        return self._changed(lambda name, frame: frame.drop(column for of, column in dropped if of == name))

    def with_frame(self, name: str, frame: pl.DataFrame) -> Draft:
        """The draft with another frame of this name."""
        return replace(self, frames={**self.frames, name: frame})

    def replaced(self, columns: Collection[tuple[str, str]], stand_ins: Mapping[str, str]) -> Draft:
        """The draft with what stands in these columns, given by frame, replaced by what stands for it."""
        return self._changed(
            lambda name, frame: frame.with_columns(
                pl.col(column).replace(stand_ins) for of, column in columns if of == name and stand_ins
            )
        )

    def filled(self) -> list[tuple[Place, str]]:
        """Every cell with something in it, and what stands there."""
        return [
            (Place(name, row, column), str(cell))
            for name, frame in self.frames.items()
            for column in frame.columns
            for row, cell in enumerate(frame[column])
            if cell is not None
        ]

    def _tables(self) -> list[pl.DataFrame]:
        return [frame for name, frame in self.frames.items() if name not in LISTS]

    def _changed(self, change: Callable[[str, pl.DataFrame], pl.DataFrame]) -> Draft:
        return replace(self, frames={name: change(name, frame) for name, frame in self.frames.items()})


def _is_key(frame: str, column: str) -> bool:
    """Whether a column tells what each row of its frame is about."""
    return column == CHILD or (frame, column) in ((PROVIDERS, "URN"), (POSTCODES, "postcode"))


def _in_place(cells: pl.Series, first: Place, kept: Collection[Place]) -> list[str | None]:
    """The cells of a column, those that are not kept as blanks; `first` is the place of the first."""
    return [cell if first._replace(row=row) in kept else None for row, cell in enumerate(cells)]


def _lists(ret: Return, frames: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """What the reference lists say of the providers and postcodes that the return names."""
    episodes = [frame for name, frame in frames.items() if table(name).name == "Episodes"]
    found: dict[str, pl.DataFrame] = {}
    named = [frame[column] for frame in episodes for column in ("HOME_POST", "PL_POST")]
    if ret.providers is not None:
        urns = pl.concat([pl.Series([], dtype=pl.String), *(frame["URN"] for frame in episodes)])
        found[PROVIDERS] = _entries(ret, ret.providers, urns)
        named.append(found[PROVIDERS]["POSTCODE"])
    if ret.postcodes is not None:
        found[POSTCODES] = _directory(ret.postcodes, pl.concat([pl.Series([], dtype=pl.String), *named]))
    return found


def _entries(ret: Return, providers: Providers, urns: pl.Series) -> pl.DataFrame:
    """The entries of these URNs; what a URN has several of stands in several rows."""
    rows = [
        (urn, *entry)
        for urn, places, kinds, postcodes, authorities, closed in providers.pooled(ret.postcodes)
        .filter(pl.col("URN").is_in(urns.drop_nulls().unique().to_list()))
        .select("URN", "PLACES", "PROVIDERS", "POSTCODES", "AUTHORITIES", pl.col("CLOSED").dt.strftime("%d/%m/%Y"))
        .iter_rows()
        for entry in zip_longest(
            [",".join(places) or None], [",".join(kinds) or None], [closed], postcodes, authorities
        )
    ]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(_PROVIDER, pl.String), orient="row")
    return frame if providers.has_authorities(ret.postcodes) else frame.drop("LA_CODE_INFERRED")


def _directory(postcodes: Postcodes, named: pl.Series) -> pl.DataFrame:
    """Where those of the postcodes lie that are known, and last a made-up one: a directory has one at least."""
    keys = named.to_frame("postcode").select(key_of(pl.col("postcode"))).to_series().drop_nulls().unique().sort()
    located = keys.to_frame().hstack(postcodes.locate(keys)).filter("known")
    return pl.concat([located.select(pl.col(_POSTCODE).cast(pl.String)), pl.DataFrame(_MADE_UP)])
