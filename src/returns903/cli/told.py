"""What there is to say of an error, in one line, without a traceback or a cell's value."""

from __future__ import annotations

from typing import Any

import typer

from returns903.errors import ReturnsError

UsageError: type[Exception] = typer.BadParameter.__mro__[2]
"""What typer raises of options: click's, of which it brings its own in some versions."""


def told(error: BaseException) -> str:
    """What there is to say of an error: our own words, and nothing that it was about."""
    if isinstance(error, ReturnsError):
        return str(error)
    if isinstance(error, UsageError):
        return _plain(error)
    if isinstance(error, OSError):
        return f"{error.filename or 'a file'} cannot be used: {error.strerror}"
    return f"a fault of this program ({type(error).__name__} at {_place(error)}); please report it"


def _plain(error: Any) -> str:
    """What is wrong with the options, without the words of the libraries that found out."""
    said = error.format_message().replace("Value error, ", "").rstrip(".")
    command = error.ctx.command_path if error.ctx is not None else "returns903"
    return f"{said[:1].lower()}{said[1:]}; {command} --help tells the options"


def _place(error: BaseException) -> str:
    """Where in this package an error came from, without what it was about."""
    place, step = "cli", error.__traceback__
    while step is not None:
        module = step.tb_frame.f_globals.get("__name__", "")
        if module.startswith("returns903"):
            place = f"{module.removeprefix('returns903.')}:{step.tb_lineno}"
        step = step.tb_next
    return place
