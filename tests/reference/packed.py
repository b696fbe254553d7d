"""Postcodes packed as the reference package packs them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from returns903.reference.postcode_package import PackagedPostcodes
from returns903.reference.postcodes import Postcodes


def packed(folder: Path, rows: list[tuple[Any, ...]]) -> Postcodes:
    """The directory of these rows: postcode, ONS code, east and north; what is None is not-a-number there."""
    brotli, msgpack = pytest.importorskip("brotli"), pytest.importorskip("msgpack")
    fields = ("pcd", "laua", "oseast1m", "osnrth1m")
    letters = {}
    for letter in {str(row[0])[0] for row in rows}:
        cells = zip(*(row for row in rows if row[0][0] == letter), strict=True)
        data = {
            field: [float("nan") if cell is None else cell for cell in column]
            for field, column in zip(fields, cells, strict=True)
        }
        letters[letter] = folder / f"postcodes_{letter}.msgpack.br"
        letters[letter].write_bytes(brotli.compress(msgpack.packb({"columns": fields, "data": data})))
    return Postcodes(PackagedPostcodes("1", letters))
