"""Processes that are killed or run out of memory are told, and nothing that is finished is lost or done again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from returns903 import validate_many
from returns903.rules.registry import forget
from tests.batch.conftest import CALM, KENT, LEEDS, contents
from tests.cli.conftest import ROOT

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills by signals of POSIX")

RULE = '''
import os, signal, time
from multiprocessing import parent_process
from pathlib import Path

from returns903 import rule
from returns903.tables import Header


@rule("T-1", flags=Header, fields=[Header.CHILD])
def harmful(authority):
    """Nothing is wrong with it."""
    if authority == "E10000016" and parent_process() is not None:
        {harm}
    return Header.CHILD.is_null() & Header.CHILD.is_not_null()
'''
KILLS = "os.kill(os.getpid(), signal.SIGKILL)"
FILLS = "raise MemoryError"
KILLS_ONCE = (
    "mark = Path(os.environ['MARK']); first = not mark.exists(); mark.touch(); first and os.kill(os.getpid(), 9)"
)
WAITS = "Path(os.environ['MARK']).touch(); time.sleep(float(os.environ.get('WAIT', '0')))"


@pytest.fixture
def rule(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """A file with a rule that does something to its process when it comes to Kent."""

    def write(harm: str) -> Path:
        file = tmp_path / "rule.py"
        file.write_text(RULE.replace("{harm}", harm), encoding="utf-8")
        return file

    yield write
    for name in [name for name in sys.modules if name.startswith("own_rules_")]:
        forget(name)
        del sys.modules[name]


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize(("harm", "said"), [(KILLS, "its process was killed"), (FILLS, "not enough memory")])
def test_one_that_dies_is_named_and_stops_no_other(
    returns: Path, tmp_path: Path, rule: Callable[[str], Path], harm: str, said: str, processes: int
) -> None:
    batch = validate_many(returns, output=tmp_path / "out", rules=[rule(harm)], processes=processes)
    assert list(batch.failures) == [KENT]
    assert said in batch.failures[KENT][0]
    assert batch.returns.get_column("state").to_list() == ["findings", "passed", "failed"]


def test_one_that_died_beside_others_is_tried_again_by_itself(
    returns: Path, tmp_path: Path, rule: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARK", str(tmp_path / "mark"))
    batch = validate_many(returns, output=tmp_path / "out", rules=[rule(KILLS_ONCE)], processes=2)
    assert not batch.failures
    assert (tmp_path / "mark").exists()


def _started(returns: Path, out: Path, rule: Path, mark: Path, **more: str) -> subprocess.Popen[bytes]:
    source = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    words = ["validate", "--batch", str(returns), "--output", str(out), "--rules", str(rule), "--processes", "1"]
    return subprocess.Popen(
        [sys.executable, "-m", "returns903", *words],
        env=os.environ | {"PYTHONPATH": source, "MARK": str(mark)} | more,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # it may be ignored here
    )


def _until(what: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not what():
        assert time.monotonic() < end
        time.sleep(0.02)


def _members(group: int) -> list[str]:
    """The processes of a group that still run."""
    listed = subprocess.run(["ps", "-A", "-o", "pgid=,stat="], capture_output=True, text=True, check=True).stdout
    return [line for line in listed.splitlines() if line.split()[0] == str(group) and "Z" not in line.split()[1]]


def test_after_a_kill_nothing_finished_is_done_again(
    returns: Path, tmp_path: Path, rule: Callable[[str], Path]
) -> None:
    """Leeds and Barking are done when the run is killed, and Kent is being worked on."""
    out, mark, file = tmp_path / "out", tmp_path / "mark", rule(WAITS)
    killed = _started(returns, out, file, mark, WAIT="60")
    _until(mark.exists)
    os.kill(killed.pid, signal.SIGKILL)
    killed.communicate()
    _until(lambda: not _members(killed.pid))
    finished = contents(out)
    stamps = {name: (out / name).stat().st_mtime_ns for name in finished}
    assert {name.split("/")[2] for name in finished} == {f"return={LEEDS}", f"return={CALM}"}
    again = _started(returns, out, file, mark)
    _, err = again.communicate(timeout=120)
    assert again.returncode == 1, err
    assert b"2 returns had not changed since an earlier run, and are kept" in err
    assert {name: (out / name).stat().st_mtime_ns for name in finished} == stamps
    assert not list(out.glob(".returns903-*"))
    assert contents(out).items() >= finished.items()


def test_ctrl_c_ends_it_in_one_line_and_leaves_no_process(
    returns: Path, tmp_path: Path, rule: Callable[[str], Path]
) -> None:
    out, mark = tmp_path / "out", tmp_path / "mark"
    stopped = _started(returns, out, rule(WAITS), mark, WAIT="60")
    _until(mark.exists)
    os.killpg(stopped.pid, signal.SIGINT)
    _, err = stopped.communicate(timeout=60)
    assert stopped.returncode == 2
    assert err.decode().strip() == "returns903: stopped"
    _until(lambda: not _members(stopped.pid))
