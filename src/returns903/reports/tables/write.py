"""Tables put into files: one for all, or one a table in a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from returns903.errors import ConfigError
from returns903.published.catalogue import DEFINITIONS
from returns903.published.collect import Tables
from returns903.published.definition import Definition
from returns903.published.department import DATA_SETS
from returns903.reports.tables.pack import PACKS, STATUTORY, Pack
from returns903.words import printable
from returns903.writing import Outputs

FORMATS = ("csv", "xlsx", "html", "json", "parquet")
IN_A_FOLDER = ("csv", "parquet")
PACK_FORMS = ("html", "xlsx")
ABOUT = "about.csv"
OURS = frozenset(
    [ABOUT]
    + [f"{name}.{form}" for name in DEFINITIONS for form in IN_A_FOLDER]
    + [f"{of.name}.csv" for of in DATA_SETS]
    + [f"{pack}.{form}" for pack in PACKS for form in PACK_FORMS]
)
"""Every file that a folder of tables may hold: one with any other is not written to."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where tables are to go, and in what form."""

    path: Path
    form: str | None
    """One of `FORMATS`; None for a pack in both of its forms."""
    outputs: Outputs
    """What the run may write."""
    pack: Pack | None = None
    """What the tables make together."""

    @property
    def is_folder(self) -> bool:
        """Whether there is more than one file: not where the path is named as one file of the form."""
        return self.form is None or (self.form in IN_A_FOLDER and self.path.suffix.lower() != f".{self.form}")

    def check(self, wanted: Sequence[Definition]) -> None:
        """Refuse before the work what could not be written after it.

        Raises:
            ConfigError: there is no such form, several tables are to go into one file that holds one, or as
                `Outputs.check_file` and `check_folder`.
            InputError: as those.
        """
        if self.form is not None and self.form not in FORMATS:
            msg = f"there is no format {self.form!r}; there are {', '.join(FORMATS)}"
            raise ConfigError(msg)
        if self.pack is STATUTORY and self.form == "parquet":
            msg = "the statutory pack has symbols among its numbers and is written as csv, xlsx, html or json"
            raise ConfigError(msg)
        if self.is_folder:
            self.outputs.check_folder(self.path, OURS)
            return
        if self.form in IN_A_FOLDER and len(wanted) != 1:
            name = printable(self.path.name)
            msg = f"{name} holds one table, not {len(wanted)}: name a folder, or one table with --only"
            raise ConfigError(msg)
        self.outputs.check_file(self.path)

    def write(self, tables: Tables) -> list[Path]:
        """Write tables, all of them or none; a folder is made, or replaced whole, and then holds nothing else.

        Returns:
            The files written.

        Raises:
            ConfigError, InputError: as `check`; or a package is not installed, or it cannot be written.
        """
        self.check([sheet.of for sheet in tables.sheets])
        private = tables.method == "none" or any(sheet.of.child_level for sheet in tables.sheets)
        if self.is_folder:
            return self.outputs.write_folder(self.path, self._files(tables), OURS, private=private)
        return [self.outputs.write_file(self.path, self._content(tables), private=private)]

    def _files(self, tables: Tables) -> dict[str, bytes]:
        if self.form is None and self.pack is not None:
            return {f"{self.pack.name}.{form}": _document(tables, form, self.pack) for form in PACK_FORMS}
        if self.pack is STATUTORY:
            return _data_sets(tables)
        from returns903.reports.tables.csv_json import about

        files = {
            f"{sheet.of.name}.{self.form}": _one(tables, n, str(self.form)) for n, sheet in enumerate(tables.sheets)
        }
        return files | {ABOUT: about(tables).encode()}

    def _content(self, tables: Tables) -> bytes:
        form = str(self.form)
        return _one(tables, 0, form) if form in IN_A_FOLDER else _document(tables, form, self.pack)


def check_screen(form: str | None, wanted: Sequence[Definition]) -> None:
    """Refuse what a screen cannot take: what is no text, or more than one file.

    Raises:
        ConfigError: it is.
    """
    if form in ("json", "html") or (form == "csv" and len(wanted) == 1):
        return
    what = "a pack in both of its forms" if form is None else f"{form} of these tables"
    msg = f"{what} needs somewhere to be written to: give --output"
    raise ConfigError(msg)


def document(tables: Tables, form: str, pack: Pack | None = None) -> str:
    """Tables as text, for a screen: one CSV, JSON or page.

    Raises:
        ConfigError: it takes more than one file, or it is not text.
    """
    check_screen(form, [sheet.of for sheet in tables.sheets])
    content = _one(tables, 0, form) if form == "csv" else _document(tables, form, pack)
    return content.decode("utf-8")


def _one(tables: Tables, number: int, form: str) -> bytes:
    from returns903.reports.tables.csv_json import to_csv, to_parquet

    sheet = tables.sheets[number]
    return to_csv(sheet, tables).encode() if form == "csv" else to_parquet(sheet, tables)


def _data_sets(tables: Tables) -> dict[str, bytes]:
    """The Department's files, and what is to be known of them."""
    from returns903.reports.tables import statutory

    files = {f"{of.name}.csv": statutory.to_csv(of, tables).encode() for of in DATA_SETS}
    return files | {ABOUT: statutory.about_files(tables).encode()}


def _statutory(tables: Tables, form: str) -> bytes:
    from returns903.reports.tables import statutory

    if form == "xlsx":
        return statutory.workbook(tables)
    return (statutory.to_json(tables) if form == "json" else statutory.page(tables)).encode()


def _document(tables: Tables, form: str, pack: Pack | None) -> bytes:
    if pack is STATUTORY:
        return _statutory(tables, form)
    if form == "json":
        from returns903.reports.tables.csv_json import to_json

        return to_json(tables).encode()
    if form == "html":
        from returns903.reports.tables.page import page

        return page(tables, pack).encode()
    from returns903.reports.tables.workbook import workbook

    return workbook(tables, pack)
