"""The one way anything is written: whole, beside, renamed, and never over what the run reads.

A file is written under a passing name in the folder it is to stand in, and renamed once all of it is on the disk: a
full disk or a stopped run leaves the old file as it was. A folder of files comes the same way, whole or not at all.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from errno import ENOENT, ENOTDIR
from itertools import product
from pathlib import Path, PurePosixPath

from returns903.errors import ConfigError, InputError
from returns903.words import printable

LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What systems leave in a folder that someone has looked into."""
_PASSING = re.compile(r"\.returns903-[0-9a-f]{12}\.part")
"""The names of what is not finished."""
_FILE_MODES = {True: 0o600, False: 0o666}
_FOLDER_MODES = {True: 0o700, False: 0o777}
"""Who may open what is new, within the umask: what is private is for its owner alone."""


@dataclass(frozen=True)
class Outputs:
    """What a run may write, given what it reads.

    Check each output before the work begins; it is checked again when it is written.
    """

    inputs: tuple[Path, ...] = ()
    """Every file and folder that the run reads. None of them is replaced, and nothing is written into them."""
    force: bool = False
    """Whether a file, or a folder of files of ours, may be replaced."""

    def check_file(self, path: Path) -> None:
        """Refuse a file that must not or cannot be written.

        Raises:
            ConfigError: it is an input, lies in one, is no file, or is there already and nothing forces it.
            InputError: its folder is missing or cannot be written to.
        """
        self._spare_inputs(path)
        found = _found(path)
        if found is not None:
            _refuse_all_but_files(path, found.st_mode)
            self._must_be_forced(path)
        _try(path)

    def check_folder(self, folder: Path, ours: Collection[str]) -> None:
        """Refuse a folder that must not or cannot be filled; one that is not there is made, an empty one is filled.

        Args:
            folder: the folder.
            ours: the names of all files that this program may have put there, ``previous/header.csv`` for one in a
                folder within; a folder with any other is left alone.

        Raises:
            ConfigError: it is an input, holds one or lies in one, is no folder, holds what is not ours, or holds files
                and nothing forces it.
            InputError: its folder is missing or cannot be written to.
        """
        self._spare_inputs(folder)
        found = _found(folder)
        if found is not None:
            _refuse_all_but_folders(folder, found.st_mode)
            held = dict(_held(folder, ours))
            _refuse_strangers(folder, held, ours)
            self._spare_inputs(*(folder / name for name in held))
            if held:
                self._must_be_forced(folder)
        _try(folder)

    def write_file(self, path: Path, content: bytes, *, private: bool) -> Path:
        """Write a file, whole or not at all; `private` is for what holds identifiers.

        Raises:
            ConfigError, InputError: as `check_file`; or it cannot be written.
        """
        self.check_file(path)
        with in_place_of(path, private=private) as part:
            part.write_bytes(content)
        return path

    def write_folder(
        self,
        folder: Path,
        files: Mapping[str, bytes],
        ours: Collection[str],
        *,
        private: bool,
        passing_in: Path | None = None,
    ) -> list[Path]:
        """Write a folder that holds these files and no other, whole or not at all.

        Args:
            folder: the folder.
            files: what each file in it holds, by name.
            ours: as `check_folder` takes it.
            private: for what holds identifiers.
            passing_in: the folder on the same disk in which it lies until it is whole; the one it is to stand in
                where this is not given.

        Raises:
            ConfigError, InputError: as `check_folder`; or it cannot be written.
        """
        self.check_folder(folder, ours)
        target = _real(folder)
        part = _passing(target, passing_in)
        with _told(folder), _gone_after(part):
            part.mkdir(mode=_FOLDER_MODES[private])
            for name, content in files.items():
                (part / name).parent.mkdir(mode=_FOLDER_MODES[private], parents=True, exist_ok=True)
                _new(part / name, private)
                (part / name).write_bytes(content)
                _settle(part / name, target / name)
            _swap(part, target, passing_in)
        return [folder / name for name in files]

    def open_dataset(self, root: Path, is_ours: Callable[[str], bool], *, private: bool) -> None:
        """Make a folder ready in which a dataset grows, folder by folder, and drop what a killed run left unfinished.

        Args:
            root: the folder; made where it is not there.
            is_ours: whether something of this name in it is of this program; a folder with anything else is left alone.
            private: for what holds identifiers.

        Raises:
            ConfigError: it is an input, holds one or lies in one, is no folder, or holds what is not ours.
            InputError: it cannot be written to.
        """
        self._spare_inputs(root)
        for source in self.inputs:
            if any(_is_same(above, root) for above in _real(source).parents):
                msg = f"{_named(root)} holds {_named(source)}, which this run reads: name another"
                raise ConfigError(msg)
        found = _found(root)
        if found is not None:
            _refuse_all_but_folders(root, found.st_mode)
            with _told(root):
                names = {item.name for item in root.iterdir()}
            if strangers := sorted(name for name in names - LITTER if not (is_ours(name) or _PASSING.fullmatch(name))):
                msg = f"{_named(root)} holds {printable(strangers[0])}, which is not of this program: name a new folder"
                raise ConfigError(msg)
            for name in filter(_PASSING.fullmatch, names):
                _remove(root / name)
        self.make_folder(root, private=private)
        _try(root / "new")

    def make_folder(self, folder: Path, *, private: bool) -> None:
        """Make a folder, and those above it, where they are missing.

        Raises:
            InputError: one cannot be made.
        """
        missing = [each for each in (folder, *folder.parents) if _found(each) is None]
        with _told(folder):
            for each in reversed(missing):
                each.mkdir(mode=_FOLDER_MODES[private], exist_ok=True)

    def remove_folder(self, folder: Path, ours: Collection[str], *, passing_in: Path) -> None:
        """Take away a folder of files of ours, at one go: none of it is seen any more once the first of it is gone.

        Raises:
            ConfigError: it holds what is not ours.
            InputError: it cannot be taken away.
        """
        _refuse_strangers(folder, dict(_held(folder, ours)), ours)
        old = _passing(folder, passing_in)
        with _told(folder):
            folder.rename(old)
        _remove(old)

    def _spare_inputs(self, *paths: Path) -> None:
        if any("\0" in str(path) for path in paths):
            msg = "the name of an output holds a character that no name has"
            raise ConfigError(msg)
        known = {_identity(file) for source in self.inputs for file in _files_of(source)} - {None}
        for path, source in product(paths, self.inputs):
            if _is_same(path, source) or _identity(path) in known:
                msg = f"{_named(path)} is an input of this run, and no output replaces it: name another"
                raise ConfigError(msg)
            if _is_folder(source) and any(_is_same(above, source) for above in _real(path).parents):
                msg = f"{_named(path)} lies in {_named(source)}, which this run reads: name a place outside it"
                raise ConfigError(msg)

    def _must_be_forced(self, path: Path) -> None:
        if not self.force:
            msg = f"{_named(path)} is there already: give --force to replace it"
            raise ConfigError(msg)


@contextmanager
def in_place_of(path: Path, *, private: bool) -> Iterator[Path]:
    """A new file to write to, which takes the place of `path` once it is whole; on any error `path` stays as it was.

    It asks no leave: outputs of a run go through `Outputs`. A file that is replaced keeps its mode.

    Raises:
        InputError: it cannot be written.
    """
    target = _real(path)
    part = _passing(target)
    with _told(path), _gone_after(part):
        _new(part, private)
        yield part
        _settle(part, target)
        part.replace(target)


@contextmanager
def passing_folder() -> Iterator[Path]:
    """A folder of its own for what is written only to be read again; it is gone afterwards, with all that is in it."""
    with tempfile.TemporaryDirectory(prefix="returns903-") as folder:
        yield Path(folder)


def _real(path: Path) -> Path:
    """The path without links and dots; its last part is kept, for an output that is a link is not followed."""
    if path.name in ("", ".."):
        return Path(os.path.realpath(path))
    return Path(os.path.realpath(path.parent)) / path.name


def _named(path: Path) -> str:
    return printable(str(path))


def _passing(path: Path, folder: Path | None = None) -> Path:
    """A name under which what is to stand at a path lies until it is whole, beside it or in another folder."""
    return (folder or path.parent) / f".returns903-{secrets.token_hex(6)}.part"


def _found(path: Path) -> os.stat_result | None:
    with _told(path), suppress(FileNotFoundError, NotADirectoryError):
        return path.lstat()
    return None


def _files_of(source: Path) -> Iterator[Path]:
    """An input itself, and all files in it, however deep."""
    yield source
    for where, _, names in os.walk(source):
        yield from (Path(where) / name for name in names)


def _identity(path: Path) -> tuple[int, int] | None:
    """What is the same for every name of one file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _is_same(one: Path, other: Path) -> bool:
    found = _identity(one)
    return _real(one) == _real(other) or (found is not None and found == _identity(other))


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except OSError:
        return False


def _refuse_all_but_files(path: Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        msg = f"{_named(path)} is a folder: name a file"
        raise ConfigError(msg)
    if not stat.S_ISREG(mode):
        what = "a link" if stat.S_ISLNK(mode) else "no ordinary file"
        msg = f"{_named(path)} is {what}, and is not written to: name a file, or leave the option out for the screen"
        raise ConfigError(msg)


def _refuse_all_but_folders(folder: Path, mode: int) -> None:
    if not stat.S_ISDIR(mode):
        msg = f"{_named(folder)} is {'a link' if stat.S_ISLNK(mode) else 'no folder'}: name a folder"
        raise ConfigError(msg)
    if folder.samefile(Path.cwd()) or folder.is_mount():
        msg = f"{_named(folder)} cannot be put in place whole: name a new folder in it"
        raise ConfigError(msg)


def _held(folder: Path, ours: Collection[str], within: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """What a folder holds, by name; folders that files of ours may lie in are looked into."""
    folders = {str(above) for name in ours for above in PurePosixPath(name).parents}
    with _told(folder), os.scandir(folder / within) as items:
        for item in items:
            name = within + item.name
            if name in folders and item.is_dir(follow_symlinks=False):
                yield from _held(folder, ours, f"{name}/")
            elif item.name not in LITTER:
                yield name, item


def _refuse_strangers(folder: Path, held: Mapping[str, os.DirEntry[str]], ours: Collection[str]) -> None:
    strangers = sorted(
        name for name, item in held.items() if name not in ours or not item.is_file(follow_symlinks=False)
    )
    if strangers:
        msg = f"{_named(folder)} holds {printable(strangers[0])}, which is not of this program: name a new folder"
        raise ConfigError(msg)


def _try(path: Path) -> None:
    """Find out before the work whether anything can be written beside a path."""
    part = _passing(_real(path))
    with _told(path), _gone_after(part):
        _new(part, private=True)


def _new(path: Path, private: bool) -> None:
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _FILE_MODES[private]))


def _settle(part: Path, target: Path) -> None:
    """Wait until all of it is on the disk, for some find out only then that there is no room, and keep the old mode."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    _keep_mode(part, target)


def _keep_mode(part: Path, target: Path) -> None:
    found = _found(target)
    if found is not None:
        part.chmod(stat.S_IMODE(found.st_mode))


def _swap(part: Path, folder: Path, passing_in: Path | None = None) -> None:
    """Put a finished folder in its place; one that stands there is moved aside first, and put back if that fails."""
    if _found(folder) is None:
        part.rename(folder)
        return
    _keep_mode(part, folder)
    old = _passing(folder, passing_in)
    folder.rename(old)
    try:
        part.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    _remove(old)


@contextmanager
def _gone_after(part: Path) -> Iterator[None]:
    """Leave nothing under a passing name."""
    try:
        yield
    finally:
        _remove(part)


def _remove(path: Path) -> None:
    with suppress(OSError):
        if path.is_symlink() or not _is_folder(path):
            path.unlink(missing_ok=True)
            return
        for item in path.iterdir():
            _remove(item)
        path.rmdir()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say what cannot be written, and why."""
    try:
        yield
    except OSError as error:
        why = error.strerror
        if error.errno in (ENOENT, ENOTDIR) and not _is_folder(path.parent):
            why = f"there is no folder {_named(path.parent)}"
        msg = f"{_named(path)} cannot be written: {why}"
        raise InputError(msg) from None
