"""The three streams of the command line: closed, full or of an old code page, what is said arrives or is told lost."""

from __future__ import annotations

import codecs
import io
import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EBADF

from returns903.errors import InputError

_PLAIN = {
    "·": "-",
    "→": "->",
    "•": "*",
    "─": "-",
    "━": "-",
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
}
"""What stands for a character that a terminal lacks, where taking off its accent does not help."""
_HANDLER = "returns903"


def make_ready() -> None:
    """Let every stream take every text, and give those that are closed something to stand for them.

    A closed stream is given its number back, or the next file that is opened would get it, and all that is said with
    it. Writing on a stdout that was closed still fails, as it should; what was to go to a closed stderr is dropped.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            opened = os.open(os.devnull, os.O_WRONLY if name == "stderr" else os.O_RDONLY)
            if opened != number:
                os.dup2(opened, number)
            stand_in = os.fdopen(number, "r" if name == "stdin" else "w", encoding="utf-8", closefd=False)
            setattr(sys, name, stand_in)
    codecs.register_error(_HANDLER, _plainly)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_HANDLER)


@contextmanager
def to_stdout() -> Iterator[None]:
    """Where all is written that goes to stdout. Whoever reads it may have seen enough: that is an end without a word.

    Raises:
        InputError: it cannot be written to.
    """
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        _give_up_stdout()
        raise SystemExit(2) from None
    except OSError as error:
        _give_up_stdout()
        msg = f"stdout cannot be written to: {'it is closed' if error.errno == EBADF else error.strerror}"
        raise InputError(msg) from None


def _give_up_stdout() -> None:
    """Drop what could not be written, or Python would try again on its way out and complain."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _plainly(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_plain, error.object[error.start : error.end])), error.end


def _plain(character: str) -> str:
    bare = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    return _PLAIN.get(character) or bare or "?"
