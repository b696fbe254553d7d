"""Files with the same bytes as one that was read: a copy in a subfolder would double every row of the return."""

from __future__ import annotations

import hashlib

from returns903.reading.sources import Source


class Copies:
    """The files that gave tables so far."""

    def __init__(self) -> None:
        self._of_size: dict[int, Source] = {}
        """The first file of each size: only where another has its size are bytes looked at."""
        self._names: dict[bytes, str] = {}
        """The names of files by digest, where several have one size."""

    def add(self, source: Source, data: bytes) -> None:
        """Add a file that gave a table."""
        first = self._of_size.setdefault(len(data), source)
        if first is not source:
            self._names[_digest(data)] = source.name

    def original(self, data: bytes) -> str | None:
        """The name of the file with these bytes; None where there is none."""
        first = self._of_size.get(len(data))
        if first is None:
            return None
        self._names.setdefault(_digest(first.data()), first.name)
        return self._names.get(_digest(data))


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
