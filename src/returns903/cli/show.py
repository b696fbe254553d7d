"""What the commands say, and where: reports on stdout, all else on stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import typer

from returns903.cli.streams import to_stdout
from returns903.errors import InputError
from returns903.words import printable

if TYPE_CHECKING:
    from rich.console import RenderableType

    from returns903.returns import Return


def say(text: str, *, loud: bool = False) -> None:
    """A line on stderr, red where it must not be overlooked."""
    with suppress(OSError):
        typer.secho(printable(text), fg="red" if loud else None, bold=loud or None, err=True)


def say_year(the_return: Return) -> None:
    """Say what year was inferred, and from what."""
    for note in the_return.notes:
        if note.kind == "inferred":
            say(note.message)


def say_loud(lines: Iterable[str]) -> None:
    """Say what nobody may overlook."""
    for line in lines:
        say(line, loud=True)


def read_whole(**given: Any) -> Return:
    """The return that figures are worked out from; what is said of it is said.

    Raises:
        InputError: some of it could not be read, and so the figures would be wrong.
    """
    from returns903.reports.summary import doubts
    from returns903.returns import read_return

    found = read_return(**given)
    say_year(found)
    say_loud(doubts(found))
    say_loud(note.said for note in found.unread)
    if found.unread:
        msg = "no figures are worked out from a return not wholly read; --allow-missing names what may be absent"
        raise InputError(msg)
    return found


def put(document: str | bytes) -> None:
    """A document for other programs on stdout, text as UTF-8 whatever the terminal."""
    if isinstance(document, str):
        document = (document if document.endswith("\n") else f"{document}\n").encode("utf-8", "replace")
    binary = getattr(sys.stdout, "buffer", None)
    with to_stdout():
        sys.stdout.write(document.decode("utf-8", "replace")) if binary is None else binary.write(document)


def show(what: RenderableType) -> None:
    """A report for people on stdout: as wide as the terminal, or 120 columns where there is none."""
    from returns903.reports.text import WIDTH, drawn

    # drawn first and written after: rich has its own mind of what to do when it cannot write
    text = drawn(what, force_terminal=True) if sys.stdout.isatty() else drawn(what, width=WIDTH)
    with to_stdout():
        sys.stdout.write(text)


class Steps:
    """What is being done, for those who wait; here nobody does."""

    def __call__(self, step: str) -> None:
        """Begin a step."""

    def within(self, what: str) -> None:
        """What of the step is being done."""


class _Shown(Steps):
    """The same on a terminal: the step, which of how many it is, and what of it."""

    def __init__(self, tell: Callable[[str], object], steps: int | None) -> None:
        self._tell, self._steps, self._number, self._step = tell, steps, 0, ""

    def __call__(self, step: str) -> None:
        self._number += 1
        self._step = f"{step} ({self._number} of {self._steps})" if self._steps else step
        self._tell(printable(self._step))

    def within(self, what: str) -> None:
        self._tell(printable(f"{self._step}: {what}"))


@contextmanager
def progress(steps: int | None = None) -> Iterator[Steps]:
    """Say on a terminal's stderr what is being done and for how long, and which of the steps it is; silent elsewhere.

    Nothing else is said meanwhile.
    """
    if not sys.stderr.isatty():
        yield Steps()
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    columns = (SpinnerColumn("line"), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as shown:
        task = shown.add_task("", total=None)
        yield _Shown(lambda said: shown.update(task, description=said, refresh=True), steps)


@contextmanager
def counting() -> Iterator[Callable[[Any], object]]:
    """A bar on a terminal's stderr: how many of how many, how many a second, how long it may take; silent elsewhere.

    It is told the number first, and then of each as it is done.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    rate = TextColumn("{task.fields[rate]}", markup=False)
    columns = (MofNCompleteColumn(), BarColumn(), rate, TextColumn("remaining"), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as shown:
        task = shown.add_task("", total=None, rate="")

        def tell(of: Any) -> None:
            if isinstance(of, int):
                shown.update(task, total=of)
                return
            shown.advance(task)
            elapsed = shown.tasks[0].elapsed or 0
            if elapsed:
                shown.update(task, rate=f"{shown.tasks[0].completed / elapsed:.1f} a second", refresh=True)

        yield tell
