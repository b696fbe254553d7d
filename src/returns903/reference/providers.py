"""Ofsted's list of children's homes and social care providers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from returns903.errors import ConfigError, InputError, told_as
from returns903.reading.handed_in import Frame, as_frame
from returns903.reference.authorities import code, find
from returns903.reference.kept import Kept
from returns903.reference.mapping import mapped
from returns903.reference.postcode_package import key_of
from returns903.reference.postcodes import Postcodes
from returns903.reference.provider_files import FRAME, HEADINGS, normalised, read_lists
from returns903.words import printable

_LISTS = ("PLACES", "PROVIDERS", "POSTCODES", "AUTHORITIES")
_AUTHORITIES = ("STATED", "LOCATED", "LA")


class Providers:
    """A provider list, with one row for each of its entries. A URN may have several."""

    def __init__(self, entries: pl.DataFrame, described: str) -> None:
        self.described = described
        """The files' names, or that it was a frame."""
        self._states_authority = "LA_CODE_INFERRED" in entries.columns
        self._has_postcodes = "POSTCODE" in entries.columns
        absent = [pl.lit(None, pl.String).alias(name) for name in HEADINGS if name not in entries.columns]
        with told_as(InputError(f"{described}: cannot be read as a list of providers")):
            listed = entries.with_columns(absent).select(_URN, *_ENTRY).drop_nulls("URN")
        self._entries = listed.with_columns(
            mapped(listed.get_column("LA"), find),
            mapped(listed.get_column("STATED"), lambda value: code(value, strict=False)),
        )
        self._pooled: tuple[Postcodes | None, pl.DataFrame] | None = None

    @classmethod
    def load(cls, source: Frame | str | Path | Sequence[str | Path]) -> Providers:
        """The list in a workbook, a CSV, a folder or zip of them, several paths, or a frame.

        A file must have URN, placement codes, provider types, closing date and postcode, under any of the headings
        that Ofsted has used and on any of its sheets; the row with the headings need not be the first. A frame (of
        polars, or with the Arrow C stream) needs URN, and may have PLACE_CODES, PROVIDER_CODES (text with commas),
        REG_END (Date or text), POSTCODE and LA_CODE_INFERRED (the authority the premises lie in), or Ofsted's headings;
        what it lacks counts as blank.

        Raises:
            InputError: a file cannot be read, or a column is missing; the text names the headings of a list there are.
            ConfigError: the source is neither path nor frame, or reading a workbook takes fastexcel, which is not
                installed.
        """
        given = [source] if isinstance(source, (str, Path)) else source
        if not isinstance(given, Sequence):
            return _OF_FRAMES.of(as_frame(given, FRAME))
        if not given or not all(isinstance(path, (str, Path)) for path in given):
            msg = f"providers= is a {type(given).__name__}; give a path, a list of paths, or a frame"
            raise ConfigError(msg)
        paths = [Path(path) for path in given]
        return cls(read_lists(paths), ", ".join(printable(path.name) for path in paths))

    def has_authorities(self, postcodes: Postcodes | None) -> bool:
        """Whether the list, with the postcodes there are, can say which authority a provider's premises lie in."""
        if self._states_authority or (self._has_postcodes and postcodes is not None):
            return True
        return self._entries.get_column("LA").drop_nulls().len() > 0

    def pooled(self, postcodes: Postcodes | None) -> pl.DataFrame:
        """One row for each URN, in the order of the list: what its entries say, put together.

        Columns: row (UInt32, from 0), URN, PLACES and PROVIDERS (codes), POSTCODES (capitals, no spaces), AUTHORITIES
        (newest ONS codes, or SCO, NIR, WAL) as lists that are empty where nothing is known, and CLOSED (the earliest
        closing date; null where none is given or readable). The authority is LA_CODE_INFERRED where the list brings it;
        else that of the postcode; else the one that the list names.

        Raises:
            InputError: the directory of postcodes turns out to be unreadable.
        """
        if self._pooled is None or self._pooled[0] is not postcodes:
            self._pooled = (postcodes, self._pool(postcodes))
        return self._pooled[1]

    def _pool(self, postcodes: Postcodes | None) -> pl.DataFrame:
        located = pl.lit(None, pl.String)
        if postcodes is not None and not self._states_authority:
            located = pl.lit(postcodes.locate(self._entries.get_column("POSTCODES")).get_column("authority"))
        by_postcode_or_name = pl.when(pl.col("LOCATED").list.len() > 0).then("LOCATED").otherwise("LA")
        return (
            self._entries.with_columns(located.alias("LOCATED"))
            .group_by("URN", maintain_order=True)
            .agg(
                pl.col("PLACES", "PROVIDERS").explode().drop_nulls().unique(maintain_order=True),
                pl.col("POSTCODES", *_AUTHORITIES).drop_nulls().unique(maintain_order=True),
                pl.col("CLOSED").min(),
            )
            .with_columns((pl.col("STATED") if self._states_authority else by_postcode_or_name).alias("AUTHORITIES"))
            .select(pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"), "URN", *_LISTS, "CLOSED")
        )


def _filled(name: str) -> pl.Expr:
    text = pl.col(name).str.strip_chars()
    return pl.when(text != "").then(text)


def _codes(name: str) -> pl.Expr:
    """The items of a list such as "U1, U2/U3"; null where the cell is blank."""
    items = _filled(name).str.to_uppercase().str.replace_all("[/;]", ",").str.split(",")
    return items.list.eval(pl.element().str.strip_chars().replace("", None)).list.drop_nulls()


def _day(name: str) -> pl.Expr:
    """A date written in any of the ways that spreadsheets write one; null for anything else ("-", "na")."""
    text = _filled(name)
    numbers = text.str.extract(r"^([0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4})(?:$|\s)").str.replace_all("[.-]", "/")
    words = text.str.replace(r"^([0-9]{1,2})(?:st|nd|rd|th)\b", "${1}").str.replace_all(r"[\s/.,-]+", " ")
    serial = text.str.extract(r"^([0-9]{5})(?:\.0*)?$").cast(pl.Int32)
    return pl.coalesce(
        text.str.extract(r"^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:$|[\sT])").str.to_date("%Y-%m-%d", strict=False),
        _year_of(numbers, "%d/%m/"),
        _year_of(words, "%d %B "),
        pl.date(1899, 12, 30) + pl.duration(days=serial),
    )


def _year_of(text: pl.Expr, form: str) -> pl.Expr:
    """A date with its year last, in four digits or two."""
    long = text.str.contains(r"[^0-9][0-9]{4}$")
    full = pl.when(long).then(text).str.to_date(f"{form}%Y", strict=False)
    return full.fill_null(pl.when(~long).then(text).str.to_date(f"{form}%y", strict=False))


_URN = _filled("URN").str.to_uppercase().str.replace(r"\.0+$", "").alias("URN")
_ENTRY = (
    _codes("PLACE_CODES").alias("PLACES"),
    _codes("PROVIDER_CODES").alias("PROVIDERS"),
    key_of(pl.col("POSTCODE")).alias("POSTCODES"),
    _day("REG_END").alias("CLOSED"),
    _filled("LA").alias("LA"),
    _filled("LA_CODE_INFERRED").alias("STATED"),
)
_OF_FRAMES = Kept(lambda frame: Providers(normalised(frame), FRAME))
