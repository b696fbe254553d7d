"""Tables put into files: one for all, or one a table in a folder."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from returns903.errors import ConfigError, InputError
from returns903.reports.tables.collect import Tables

FORMATS = ("csv", "xlsx", "html", "json", "parquet")
IN_A_FOLDER = ("csv", "parquet")
ABOUT = "about.csv"


def write(tables: Tables, form: str, target: Path, *, pack: str | None = None) -> list[Path]:
    """Write tables in a form to a file, or to a folder that is made if it is not there.

    Args:
        tables: what to write.
        form: one of `FORMATS`.
        target: a folder for those `IN_A_FOLDER`, else a file.
        pack: the name of the pack that the tables make.

    Returns:
        The files written.

    Raises:
        InputError: the folder that it is to stand in is missing, or it cannot be written.
        ConfigError: the target is a folder where a file is meant or the other way round, or a package is not installed.
    """
    if form in IN_A_FOLDER:
        return _files(tables, form, target)
    made = _document(tables, form, pack=pack is not None)
    if target.is_dir():
        msg = f"{target} is a folder; name a file for {form}, such as {target / f'tables.{form}'}"
        raise ConfigError(msg)
    return [save(target, made)]


def write_pack(tables: Tables, pack: str, folder: Path) -> list[Path]:
    """Write a pack as one page and one workbook into a folder that is made if it is not there."""
    made = {form: _document(tables, form, pack=True) for form in ("html", "xlsx")}
    _make(folder)
    return [save(folder / f"{pack}.{form}", content) for form, content in made.items()]


def document(tables: Tables, form: str, *, pack: bool = False) -> str:
    """Tables as text, for a screen: one CSV, JSON or page.

    Raises:
        ConfigError: it takes more than one file, or it is not text.
    """
    from returns903.reports.tables.csv_json import to_csv

    if form == "csv" and len(tables.sheets) == 1:
        return to_csv(tables.sheets[0], tables)
    if form not in ("json", "html"):
        msg = f"{form} of these tables needs somewhere to be written to: give --output"
        raise ConfigError(msg)
    return _document(tables, form, pack=pack).decode("utf-8")


def _document(tables: Tables, form: str, *, pack: bool) -> bytes:
    if form == "json":
        from returns903.reports.tables.csv_json import to_json

        return to_json(tables).encode()
    if form == "html":
        from returns903.reports.tables.html import page

        return page(tables, pack=pack).encode()
    if form == "xlsx":
        from returns903.reports.tables.workbook import workbook

        return workbook(tables, pack=pack)
    msg = f"there is no format {form!r}; there are {', '.join(FORMATS)}"
    raise ConfigError(msg)


def _files(tables: Tables, form: str, folder: Path) -> list[Path]:
    from returns903.reports.tables.csv_json import about, to_csv, to_parquet

    _make(folder)
    written = []
    for sheet in tables.sheets:
        content = to_csv(sheet, tables).encode() if form == "csv" else to_parquet(sheet, tables)
        written.append(save(folder / f"{sheet.of.name}.{form}", content))
    return [*written, save(folder / ABOUT, about(tables).encode())]


def _make(folder: Path) -> None:
    """Make a folder whose parent is there."""

    def make() -> None:
        folder.mkdir(exist_ok=True)

    _tried(folder, make)


def save(path: Path, content: bytes) -> Path:
    """Write a file all or not at all: first beside it under another name, then into its place.

    Raises:
        InputError: it cannot be written.
    """

    def put() -> None:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            part.chmod(0o666 & ~_umask())
            part.replace(path)
        except OSError:
            with suppress(OSError):
                part.unlink()
            raise

    _tried(path, put)
    return path


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _tried(path: Path, what: Callable[[], None]) -> None:
    try:
        what()
    except OSError as error:
        missing = not path.parent.is_dir()
        why = "there is no folder " + str(path.parent) if missing else str(error.strerror)
        msg = f"{path} cannot be written: {why}"
        raise InputError(msg) from None
