"""What can go wrong that is not a finding. No text here ever holds the value of a cell."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class ReturnsError(Exception):
    """The base of every error this library raises on purpose."""


class InputError(ReturnsError):
    """A file or frame cannot be used at all; the text names the file and, where there is one, the line."""


class ConfigError(ReturnsError):
    """An option or argument makes no sense; the text says which and what would."""


@contextmanager
def told_as(error: ReturnsError) -> Iterator[None]:
    """Tell whatever another library raises inside as `error`, because its own text may quote a cell.

    This is the one place where errors of any kind are caught on behalf of reading and writing. Errors of this library
    pass as they are, and so do running out of memory and being stopped.
    """
    try:
        yield
    except (ReturnsError, MemoryError):
        raise
    except BaseException as raised:
        if isinstance(raised, Exception) or is_panic(raised):
            raise error from None
        raise


def is_panic(raised: BaseException) -> bool:
    """Whether the Rust inside polars or calamine gave up: its exception is no `Exception`, and each has its own."""
    return type(raised).__name__ == "PanicException"
