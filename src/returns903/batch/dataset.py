"""The dataset that a batch writes: a folder per return, there whole or not at all, partitioned by year and authority.

``year=2024-25/authority=E09000002/return=NAME/findings.parquet`` and its neighbours. The folder's own ``run.json`` says
what they rest on; the manifest at the top is gathered from those.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

import polars as pl

from returns903 import __version__
from returns903.batch.work import ENTRY, PARTS, Done, Entry
from returns903.errors import attempted
from returns903.published.catalogue import DEFINITIONS
from returns903.writing import Outputs

MANIFEST = "manifest.json"
SUMMARY = "summary"
"""The folder at the top that tells of all returns together."""
ACROSS = "across"
"""The folder at the top with tables of all authorities together."""
NOT_KNOWN = "__HIVE_DEFAULT_PARTITION__"
"""What readers of partitions take for null."""
OURS = frozenset([ENTRY, *(f"{name}.parquet" for name in (*PARTS, *DEFINITIONS))])
"""Every file that a return's folder may hold."""
_PARTITIONS = {"year": pl.String, "authority": pl.String, "return": pl.String}


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset in a folder, written by one run at a time."""

    root: Path
    private: bool

    def open(self, inputs: Iterable[Path]) -> None:
        """Make the folder ready.

        Raises:
            ConfigError, InputError: as `Outputs.open_dataset`.
        """
        Outputs(tuple(inputs)).open_dataset(self.root, _is_ours, private=self.private)

    def entries(self) -> dict[str, tuple[Path, Entry]]:
        """The finished returns by name, with their folders; one of which a file is missing is not finished."""
        found: dict[str, tuple[Path, Entry]] = {}
        for file in sorted(self.root.glob(f"year=*/authority=*/return=*/{ENTRY}")):
            read: list[Entry] = []
            if attempted(lambda f=file, r=read: r.append(Entry.from_json(f.read_bytes()))) is None:  # type: ignore[misc]
                sizes = {path.name: path.stat().st_size for path in file.parent.iterdir()}
                if all(sizes.get(name) == size for name, size in read[0].files.items()):
                    found[read[0].name] = (file.parent, read[0])
        return found

    def folder(self, entry: Entry) -> Path:
        """Where a return stands."""
        parts = {"year": entry.year, "authority": entry.authority, "return": entry.name}
        return self.root.joinpath(*(f"{of}={quote(value or '', safe=' ') or NOT_KNOWN}" for of, value in parts.items()))

    def keep(self, done: Done, earlier: Path | None) -> None:
        """Write what was found of a return in place of what was found before; of one that could not be read, nothing.

        Raises:
            InputError: it cannot be written.
        """
        outputs = Outputs(force=True)
        target = self.folder(done.entry) if done.files else None
        if target is not None:
            outputs.make_folder(target.parent, private=self.private)
            files = {**done.files, ENTRY: done.entry.to_json()}
            outputs.write_folder(target, files, OURS, private=self.private, passing_in=self.root)
        if earlier is not None and earlier != target:
            outputs.remove_folder(earlier, OURS, passing_in=self.root)

    def conclude(self, entries: Iterable[Entry], summary: Mapping[str, bytes]) -> None:
        """Write the manifest and the summary of a run.

        Raises:
            InputError: they cannot be written.
        """
        told = {entry.name: entry for _, entry in self.entries().values()} | {entry.name: entry for entry in entries}
        listed = [json.loads(replace(told[name], inputs=[]).to_json()) for name in sorted(told)]
        for each in listed:
            del each["inputs"]
        manifest = json.dumps({"version": __version__, "returns": listed}, indent=1, ensure_ascii=False) + "\n"
        outputs = Outputs(force=True)
        outputs.write_folder(self.root / SUMMARY, summary, summary.keys(), private=self.private)
        outputs.write_file(self.root / MANIFEST, manifest.encode(), private=self.private)

    def scan(self, name: str, entries: Iterable[Entry]) -> pl.LazyFrame:
        """One kind of file of these returns as one lazy frame, with the columns year, authority and return.

        The rows go return by return. `name` is findings, outcomes, reading or that of a derived table.
        """
        files = [self.folder(entry) / f"{name}.parquet" for entry in entries if f"{name}.parquet" in entry.files]
        if not files:
            return pl.LazyFrame(schema=_PARTITIONS)
        return pl.scan_parquet(files, hive_partitioning=True, hive_schema=_PARTITIONS, glob=False)


def _is_ours(name: str) -> bool:
    return name in (MANIFEST, SUMMARY, ACROSS) or name.startswith("year=")
