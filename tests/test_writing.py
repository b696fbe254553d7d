"""Writing: whole or not at all, beside and renamed, and never over what the run reads."""

from __future__ import annotations

import os
import resource
import socket
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from returns903.errors import ConfigError, InputError, ReturnsError
from returns903.writing import Outputs, in_place_of

OURS = frozenset({"one.csv", "two.csv", "about.csv"})
FILES = {"one.csv": b"1", "about.csv": b"about"}
AGAIN = Outputs(force=True)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def held(folder: Path) -> dict[str, bytes]:
    """All files of a folder, hidden ones too, with what is in them."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(autouse=True)
def _umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@contextmanager
def little_room(size: int) -> Iterator[None]:
    """No file may grow beyond a size, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize(("private", "expected"), [(True, 0o600), (False, 0o644)])
def test_what_holds_identifiers_is_for_its_owner(tmp_path: Path, private: bool, expected: int) -> None:
    assert Outputs().write_file(tmp_path / "new.csv", b"x", private=private) == tmp_path / "new.csv"
    Outputs().write_folder(tmp_path / "out", FILES, OURS, private=private)
    assert mode(tmp_path / "new.csv") == mode(tmp_path / "out" / "one.csv") == expected
    assert mode(tmp_path / "out") == (0o700 if private else 0o755)
    assert held(tmp_path) == {"new.csv": b"x", "out/one.csv": b"1", "out/about.csv": b"about"}


@pytest.mark.parametrize("kept", [0o640, 0o444, 0o664])
@pytest.mark.parametrize("private", [True, False])
def test_what_is_replaced_keeps_its_mode(tmp_path: Path, kept: int, private: bool) -> None:
    AGAIN.write_folder(tmp_path / "out", FILES, OURS, private=not private)
    (tmp_path / "out" / "one.csv").chmod(kept)
    (tmp_path / "out").chmod(0o750)
    (tmp_path / "t.json").write_bytes(b"old")
    (tmp_path / "t.json").chmod(kept)
    AGAIN.write_file(tmp_path / "t.json", b"new", private=private)
    AGAIN.write_folder(tmp_path / "out", FILES, OURS, private=private)
    assert (mode(tmp_path / "t.json"), (tmp_path / "t.json").read_bytes()) == (kept, b"new")
    assert (mode(tmp_path / "out" / "one.csv"), mode(tmp_path / "out")) == (kept, 0o750)


def test_nothing_is_replaced_unless_forced(tmp_path: Path) -> None:
    Outputs().write_file(tmp_path / "t.json", b"old", private=False)
    Outputs().write_folder(tmp_path / "out", FILES, OURS, private=False)
    before = held(tmp_path)
    for write in (
        lambda: Outputs().write_file(tmp_path / "t.json", b"new", private=False),
        lambda: Outputs().write_folder(tmp_path / "out", {"two.csv": b"2"}, OURS, private=False),
    ):
        with pytest.raises(ConfigError, match="is there already: give --force"):
            write()
    assert held(tmp_path) == before


def test_a_folder_of_ours_is_replaced_whole(tmp_path: Path) -> None:
    Outputs().write_folder(tmp_path / "out", FILES, OURS, private=False)
    (tmp_path / "out" / "Thumbs.db").write_bytes(b"")
    AGAIN.write_folder(tmp_path / "out", {"two.csv": b"2"}, OURS, private=False)
    assert held(tmp_path) == {"out/two.csv": b"2"}


def test_an_empty_folder_is_filled_without_force(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    Outputs().write_folder(tmp_path / "out", {"two.csv": b"2"}, OURS, private=False)
    assert held(tmp_path) == {"out/two.csv": b"2"}


NESTED = frozenset({"list.csv", "return/one.csv", "previous/one.csv"})


def test_a_folder_may_hold_folders(tmp_path: Path) -> None:
    files = {"list.csv": b"list", "return/one.csv": b"1", "previous/one.csv": b"0"}
    Outputs().write_folder(tmp_path / "out", files, NESTED, private=True)
    assert held(tmp_path / "out") == files
    assert mode(tmp_path / "out" / "return") == 0o700
    with pytest.raises(ConfigError, match="is there already: give --force"):
        Outputs().check_folder(tmp_path / "out", NESTED)
    (tmp_path / "out" / "previous" / "Thumbs.db").write_bytes(b"")
    AGAIN.write_folder(tmp_path / "out", {"return/one.csv": b"2"}, NESTED, private=True)
    assert held(tmp_path) == {"out/return/one.csv": b"2"}


@pytest.mark.parametrize("name", ["return/mine.csv", "return/sub/one.csv", "mine/one.csv", "return/link"])
def test_a_stranger_in_a_folder_within_is_left_alone(tmp_path: Path, name: str) -> None:
    stranger = tmp_path / "out" / name
    stranger.parent.mkdir(parents=True)
    stranger.symlink_to(tmp_path) if name.endswith("link") else stranger.write_bytes(b"mine")
    with pytest.raises(ConfigError, match=rf"holds {name.removesuffix('/one.csv')}.*, which is not of this program"):
        AGAIN.write_folder(tmp_path / "out", {"list.csv": b""}, NESTED, private=False)
    assert stranger.is_symlink() or stranger.read_bytes() == b"mine"


def test_an_input_in_a_folder_within_is_left_alone(tmp_path: Path) -> None:
    Outputs().write_folder(tmp_path / "out", {"return/one.csv": b"1"}, NESTED, private=False)
    with pytest.raises(ConfigError, match="is an input of this run"):
        Outputs((tmp_path / "out" / "return" / "one.csv",), force=True).check_folder(tmp_path / "out", NESTED)


def _inputs(tmp_path: Path) -> dict[str, Path]:
    """A return in a folder, a provider list and a zip, and other names for them."""
    ret, names = tmp_path / "RET", tmp_path / "names"
    (ret / "sub").mkdir(parents=True)
    names.mkdir()
    inputs = (ret / "episodes.csv", ret / "sub" / "header.csv", tmp_path / "providers.csv", tmp_path / "last.zip")
    for path in inputs:
        path.write_bytes(b"input")
        (names / f"hard-{path.name}").hardlink_to(path)
        (names / f"soft-{path.name}").symlink_to(path)
    (names / "folder").symlink_to(ret)
    outside = tmp_path / "outside.csv"
    outside.write_bytes(b"input")
    (ret / "linked.csv").symlink_to(outside)
    return {"RET": ret, "providers": tmp_path / "providers.csv", "last": tmp_path / "last.zip"}


@pytest.mark.parametrize(
    "name",
    [
        "RET/episodes.csv",
        "RET/sub/header.csv",
        "RET/sub/../episodes.csv",
        "providers.csv",
        "names/../last.zip",
        "names/hard-episodes.csv",
        "names/hard-header.csv",
        "names/hard-providers.csv",
        "names/soft-episodes.csv",
        "names/soft-last.zip",
        "names/folder/episodes.csv",
        "outside.csv",
        "RET",
    ],
)
@pytest.mark.parametrize("relative", [True, False])
def test_no_input_is_replaced_however_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, relative: bool
) -> None:
    inputs = _inputs(tmp_path)
    monkeypatch.chdir(tmp_path)
    before = held(tmp_path)
    outputs = Outputs(tuple(inputs.values()), force=True)
    path = Path(name) if relative else tmp_path / name
    with pytest.raises(ConfigError, match=r"is an input of this run|lies in .*RET"):
        outputs.check_file(path)
    with pytest.raises(ConfigError):
        outputs.write_file(path, b"x", private=True)
    with pytest.raises(ConfigError):
        outputs.check_folder(path, OURS)
    assert held(tmp_path) == before


@pytest.mark.parametrize("name", ["RET/new.csv", "RET/sub/new", "names/folder/new.csv"])
def test_nothing_is_written_into_what_is_read(tmp_path: Path, name: str) -> None:
    outputs = Outputs(tuple(_inputs(tmp_path).values()), force=True)
    for check in (outputs.check_file, lambda path: outputs.check_folder(path, OURS)):
        with pytest.raises(ConfigError, match=r"lies in .*RET, which this run reads"):
            check(tmp_path / name)


def test_a_folder_of_ours_that_holds_an_input_is_left_alone(tmp_path: Path) -> None:
    Outputs().write_folder(tmp_path / "out", FILES, OURS, private=False)
    outputs = Outputs((tmp_path / "out" / "one.csv",), force=True)
    with pytest.raises(ConfigError, match="is an input of this run"):
        outputs.check_folder(tmp_path / "out", OURS)


def _odd_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "there.csv").write_bytes(b"there")
    (tmp_path / "link").symlink_to(tmp_path / "there.csv")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "folder").mkdir()
    (tmp_path / "linked folder").symlink_to(tmp_path / "folder")


@pytest.mark.parametrize("name", ["fifo", "link", "dangling", "loop", "folder", "/dev/null", "/dev/stdout", "."])
def test_a_file_takes_the_place_of_nothing_but_files(tmp_path: Path, name: str) -> None:
    _odd_files(tmp_path)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(ConfigError, match=r"is a folder|is a link|is no ordinary file"):
        AGAIN.write_file(tmp_path / name, b"x", private=False)
    assert sorted(tmp_path.iterdir()) == before
    assert (tmp_path / "there.csv").read_bytes() == b"there"


def test_a_socket_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("socket")
        with pytest.raises(ConfigError, match="is no ordinary file"):
            AGAIN.write_file(tmp_path / "socket", b"x", private=False)


@pytest.mark.parametrize("name", ["fifo", "there.csv", "link", "linked folder", "dangling", "/dev/null", "/"])
def test_a_folder_takes_the_place_of_nothing_but_folders(tmp_path: Path, name: str) -> None:
    _odd_files(tmp_path)
    with pytest.raises(ConfigError, match=r"is a link|is no folder|cannot be put in place"):
        AGAIN.check_folder(tmp_path / name, OURS)


def test_where_one_stands_is_not_put_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError, match="name a new folder in it"):
        AGAIN.check_folder(Path(), OURS)


@pytest.mark.parametrize(
    "strange",
    [
        lambda out: (out / "mine.docx").write_bytes(b"work"),
        lambda out: (out / "two.csv").mkdir(),
        lambda out: (out / "two.csv").symlink_to(out / "one.csv"),
        lambda out: (out / ".hidden").write_bytes(b"work"),
    ],
)
def test_a_folder_with_anything_else_is_never_touched(tmp_path: Path, strange: Callable[[Path], object]) -> None:
    out = tmp_path / "out"
    Outputs().write_folder(out, FILES, OURS, private=False)
    strange(out)
    before = held(tmp_path)
    with pytest.raises(ConfigError, match="which is not of this program"):
        AGAIN.write_folder(out, FILES, OURS, private=False)
    assert held(tmp_path) == before


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("no/such/t.json", "there is no folder .*no/such"),
        ("there.csv/x", "there is no folder"),
        ("x" * 300, "too long"),
    ],
)
def test_what_cannot_be_written_is_told_before_the_work(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "there.csv").write_bytes(b"there")
    for check in (Outputs().check_file, lambda path: Outputs().check_folder(path, OURS)):
        with pytest.raises(InputError, match=f"cannot be written: .*{said}"):
            check(tmp_path / name)


def test_a_name_that_is_none_and_one_that_steers_a_terminal(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="a character that no name has"):
        Outputs().check_file(tmp_path / "a\0b")
    with pytest.raises(InputError) as told:
        Outputs().check_file(tmp_path / "\x1b[31m\a" / "t.json")
    assert str(told.value).isprintable()


def test_checking_leaves_nothing(tmp_path: Path) -> None:
    Outputs().check_file(tmp_path / "t.json")
    Outputs().check_folder(tmp_path / "out", OURS)
    assert not list(tmp_path.iterdir())


def _write_file(target: Path) -> None:
    AGAIN.write_file(target / "t.json", b"new" * 10_000, private=True)


def _write_folder(target: Path) -> None:
    AGAIN.write_folder(target / "out", {"one.csv": b"new", "two.csv": b"new" * 10_000}, OURS, private=True)


@pytest.mark.parametrize("write", [_write_file, _write_folder])
@pytest.mark.parametrize("there", [True, False])
def test_a_full_disk_leaves_what_was_there_and_nothing_else(
    tmp_path: Path, write: Callable[[Path], None], there: bool
) -> None:
    if there:
        AGAIN.write_file(tmp_path / "t.json", b"old", private=True)
        AGAIN.write_folder(tmp_path / "out", FILES, OURS, private=True)
    before = held(tmp_path)
    with little_room(10_000), pytest.raises(InputError, match="cannot be written: File too large"):
        write(tmp_path)
    assert held(tmp_path) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == (["out", "t.json"] if there else [])


@pytest.mark.parametrize(("method", "write"), [("replace", _write_file), ("rename", _write_folder)])
@pytest.mark.parametrize("failing", [1, 2])
def test_a_rename_that_fails_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str, write: Callable[[Path], None], failing: int
) -> None:
    AGAIN.write_file(tmp_path / "t.json", b"old", private=True)
    AGAIN.write_folder(tmp_path / "out", FILES, OURS, private=True)
    before, rename, calls = held(tmp_path), getattr(Path, method), count(1)

    def fail(path: Path, target: Path) -> None:
        if next(calls) == (1 if method == "replace" else failing):
            raise OSError(28, "No space left on device")
        rename(path, target)

    monkeypatch.setattr(Path, method, fail)
    with pytest.raises(InputError, match="No space left"):
        write(tmp_path)
    assert held(tmp_path) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "t.json"]


def _broken_off(target: Path, raised: BaseException) -> None:
    with in_place_of(target, private=True) as part:
        part.write_bytes(b"half")
        raise raised


@pytest.mark.parametrize(
    "raised", [KeyboardInterrupt, MemoryError, ReturnsError("x"), OSError(5, "Input/output error")]
)
def test_a_file_that_is_not_finished_never_comes(tmp_path: Path, raised: BaseException) -> None:
    (tmp_path / "t.json").write_bytes(b"old")
    with pytest.raises((KeyboardInterrupt, MemoryError, ReturnsError)):
        _broken_off(tmp_path / "t.json", raised)
    assert held(tmp_path) == {"t.json": b"old"}
