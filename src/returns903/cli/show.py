"""What the commands share: consoles, files, progress."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from returns903.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from returns903.returns import Return


def say_year(the_return: Return) -> None:
    """Say on stderr what year was inferred, and from what."""
    for note in the_return.notes:
        if note.kind == "inferred":
            typer.echo(note.message, err=True)


def save(output: Path, text: str) -> None:
    """Write a file, or say why it cannot be written."""
    try:
        output.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        msg = f"{output} cannot be written: {error.strerror}"
        raise InputError(msg) from None


def show(what: RenderableType, output: Path | None = None) -> None:
    """Print a report on stdout, or into a file without colours."""
    from rich.console import Console

    if output is None:
        console().print(what)
        return
    page = Console(width=120, color_system=None, file=io.StringIO())
    with page.capture() as captured:
        page.print(what)
    save(output, captured.get())


def console() -> Console:
    """Where reports go: as wide as the terminal, or 120 columns where there is none."""
    from rich.console import Console

    return Console(highlight=False, width=None if sys.stdout.isatty() else 120)


def stderr() -> Console:
    """Where all else goes."""
    from rich.console import Console

    return Console(stderr=True)


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Say on a terminal's stderr what is being done; silent elsewhere."""
    screen = stderr()
    if not screen.is_terminal:
        yield lambda step: None
        return
    with screen.status("") as status:
        yield lambda step: status.update(f"{step} …")
