"""What can go wrong that is not a finding. No text here ever holds the value of a cell."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class ReturnsError(Exception):
    """The base of every error this library raises on purpose."""


class InputError(ReturnsError):
    """A file or frame cannot be used at all; the text names the file and, where there is one, the line."""


class ConfigError(ReturnsError):
    """An option or argument makes no sense; the text says which and what would."""


def refuse_without_docstrings() -> None:
    """Refuse to run where the texts of the rules are gone: they are docstrings, which Python leaves out with -OO.

    Raises:
        ConfigError: it does.
    """
    if sys.flags.optimize > 1:
        msg = "Python runs with -OO, which takes away the texts of the rules: run it without"
        raise ConfigError(msg)


@contextmanager
def told_as(error: ReturnsError) -> Iterator[None]:
    """Tell whatever another library raises inside as `error`, because its own text may quote a cell.

    This and `attempted` are the one place where errors of any kind are caught. Errors of this library pass as they are.
    """
    try:
        yield
    except ReturnsError:
        raise
    except BaseException as raised:
        if _is_fault(raised):
            raise error from None
        raise


def attempted(step: Callable[[], object]) -> BaseException | None:
    """Run a step whose failing is no reason to stop; what it raised, or None where it came to its end."""
    try:
        step()
    except BaseException as raised:
        if _is_fault(raised):
            return raised
        raise
    return None


def _is_fault(raised: BaseException) -> bool:
    """Whether something went wrong. To be stopped, or to run out of memory, is no fault of the step.

    Where the Rust inside polars or calamine gives up, what it raises is no `Exception`, and each has its own kind.
    """
    is_panic = type(raised).__name__ == "PanicException"
    return is_panic or (isinstance(raised, Exception) and not isinstance(raised, MemoryError))


def told(error: BaseException) -> str:
    """What there is to say of an error: our own words, and nothing that it was about."""
    if isinstance(error, ReturnsError):
        return str(error)
    if isinstance(error, OSError):
        return f"{error.filename or 'a file'} cannot be used: {error.strerror}"
    return f"a fault of this program ({type(error).__name__} at {_place(error)}); please report it"


def _place(error: BaseException) -> str:
    """Where in this package an error came from, without what it was about."""
    place, step = "cli", error.__traceback__
    while step is not None:
        module = step.tb_frame.f_globals.get("__name__", "")
        if module.startswith("returns903"):
            place = f"{module.removeprefix('returns903.')}:{step.tb_lineno}"
        step = step.tb_next
    return place
