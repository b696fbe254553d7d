"""Mutation testing: make small faults in the source, one at a time, and see whether the tests notice.

    python tools/mutants.py --sample 60 --seed 1             a sample of each room
    python tools/mutants.py --room reading                   every fault of a room
    python tools/mutants.py --file statistics/cells.py       every fault of a file

`tests/mutants.toml` says which tests look at which file, what share each room has to reach, and which faults change
nothing that anybody could see. The faults are made in a copy of the source. Exit status 1: a room is below its share.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.mutations import Fault, faults, with_fault  # noqa: E402

PACKAGE = ROOT / "src" / "returns903"
LOADED_ONCE = (
    "polars",
    "pandera.polars",
    "pydantic",
    "typer",
    "rich",
    "pytest",
    "hypothesis.internal.conjecture.engine",
)
"""What every run of tests needs and no fault touches: a run is a fork that has them already."""
OPTIONS = ("-x", "-q", "-p", "no:cacheprovider", "-p", "tools.unshrunk")
REPEATED = "ignore::pytest.PytestAssertRewriteWarning"
SPARE_SECONDS, TIMES, WALL_TIMES = 20, 4, 40
"""A run may take so many seconds, and so many times the processor time of a run without fault."""


@dataclass(frozen=True)
class Mutant:
    """A fault of a file."""

    file: str
    fault: Fault

    def __str__(self) -> str:
        return f"{self.file}:{self.fault.line} {self.fault.within}: {self.fault.change}"


@dataclass(frozen=True)
class Plan:
    """What `tests/mutants.toml` says."""

    wanted: dict[str, int]
    tests: dict[str, list[str]]
    argued: frozenset[tuple[str, str, str]]

    def tests_of(self, file: str) -> tuple[str, ...]:
        """The tests that look at a file: those named for it, or those called after it."""
        room, _, name = file.partition("/")
        return tuple(self.tests.get(file) or [f"tests/{room}/test_{name}"])

    def is_argued(self, mutant: Mutant) -> bool:
        """Whether it is said why nothing can notice this fault."""
        return (mutant.file, mutant.fault.within, mutant.fault.change) in self.argued


def read_plan() -> Plan:
    said: dict[str, Any] = tomllib.loads((ROOT / "tests" / "mutants.toml").read_text(encoding="utf-8"))
    argued = frozenset((each["file"], each["within"], each["change"]) for each in said.get("argued", []))
    return Plan(said["wanted"], said["tests"], argued)


def mutants_of(files: Sequence[Path]) -> list[Mutant]:
    return [
        Mutant(path.relative_to(PACKAGE).as_posix(), fault)
        for path in files
        for fault in faults(path.read_text(encoding="utf-8"))
    ]


class Workshop:
    """A copy of the source in which faults are made, and the tests that are run on it."""

    def __init__(self, folder: Path) -> None:
        self.copy = folder / "returns903"
        shutil.copytree(PACKAGE, self.copy)
        os.environ["PYTHONPATH"] = str(folder)
        sys.path.insert(0, str(folder))
        for name in LOADED_ONCE:
            import_module(name)
        self.usual = cache(self._usual)

    def _usual(self, tests: tuple[str, ...]) -> float:
        """The processor time of these tests where there is no fault; they have to pass."""
        state, seconds = run(tests, 600)
        if state != "survived":
            msg = f"{' '.join(tests)}: {state} without any fault"
            raise SystemExit(msg)
        return seconds

    def state(self, mutant: Mutant, tests: tuple[str, ...]) -> str:
        """What the tests make of a fault: noticed, survived or timed out."""
        seconds = self.usual(tests)
        path = self.copy / mutant.file
        text = path.read_text(encoding="utf-8")
        path.write_text(with_fault(text, mutant.fault.number), encoding="utf-8")
        try:
            return run(tests, TIMES * seconds + SPARE_SECONDS)[0]
        finally:
            path.write_text(text, encoding="utf-8")


def run(tests: tuple[str, ...], seconds: float) -> tuple[str, float]:
    """Run tests in a process of their own: how they ended, and their processor time."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    child = os.fork()
    if child == 0:
        _tests_in_this_process(tests, int(seconds) + 1)
    state = _awaited(child, WALL_TIMES * seconds)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return state, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _tests_in_this_process(tests: tuple[str, ...], seconds: int) -> None:
    os.setsid()
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    sys.dont_write_bytecode = True
    code = 1
    try:
        code = int(import_module("pytest").main([*OPTIONS, "-W", REPEATED, *tests]))
    finally:
        os._exit(code)


def _awaited(child: int, seconds: float) -> str:
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            code = os.waitstatus_to_exitcode(status)
            return "survived" if code == 0 else "timed out" if code in (-signal.SIGXCPU, -signal.SIGKILL) else "noticed"
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "timed out"


def chosen(room: str, file: str | None, *, sample: int | None, seed: int, plan: Plan) -> list[Mutant]:
    """The faults of a room, or of one file, that are tried: all, or a sample that the seed decides."""
    of_room = [PACKAGE / file] if file else sorted((PACKAGE / room).rglob("*.py"))
    found = [mutant for mutant in mutants_of(of_room) if not plan.is_argued(mutant)]
    if sample is None or sample >= len(found):
        return found
    picked = random.Random(f"{seed} {room}").sample(range(len(found)), sample)
    return [found[n] for n in sorted(picked)]


def tried(room: str, mutants: list[Mutant], plan: Plan, workshop: Workshop) -> bool:
    """Try the faults of a room, name those that survive, and say whether the share is reached."""
    count: Counter[str] = Counter()
    for mutant in mutants:
        state = workshop.state(mutant, plan.tests_of(mutant.file))
        count[state] += 1
        if state != "noticed":
            print(f"{state}  {mutant}", flush=True)
    share = 100 * (count.total() - count["survived"]) / max(count.total(), 1)
    of_states = ", ".join(f"{count[state]} {state}" for state in ("noticed", "timed out", "survived"))
    print(
        f"{room}: {share:.1f}% of {count.total()} faults noticed ({of_states}); wanted {plan.wanted[room]}%", flush=True
    )
    return share >= plan.wanted[room]


def main() -> int:
    plan = read_plan()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--room", choices=plan.wanted, action="append")
    parser.add_argument("--file", help="one file, from the package on: reading/cells.py")
    parser.add_argument("--sample", type=int, help="how many faults of each room; all if not given")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    rooms = [asked.file.partition("/")[0]] if asked.file else asked.room or list(plan.wanted)
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory() as folder:
        workshop = Workshop(Path(folder))
        reached = [
            tried(room, chosen(room, asked.file, sample=asked.sample, seed=asked.seed, plan=plan), plan, workshop)
            for room in rooms
        ]
    return 0 if all(reached) else 1


if __name__ == "__main__":
    sys.exit(main())
