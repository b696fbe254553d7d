"""What reducing a return gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from returns903.engine import validate
from returns903.errors import ConfigError
from returns903.returns import Return
from returns903.testing.reducing.draft import LISTS, Draft, Place
from returns903.testing.reducing.files import files_of
from returns903.testing.reducing.printed import case_text, frames_text, script_text
from returns903.testing.told import Flags, flagged
from returns903.words import counted, printable


@dataclass(frozen=True, repr=False)
class Reduced:
    """A reduced return, and how to pass it on."""

    draft: Draft = field(repr=False)
    """The return as frames of text."""
    calls: int
    """How often the behaviour was looked for."""
    unsafe: tuple[Place, ...]
    """The cells that the behaviour needs as they are: what stands there was not made up."""
    raises: str | None = None
    """The name of the error that the check raises, which then is the behaviour; None where it gives an answer."""

    @cached_property
    def ret(self) -> Return:
        """The reduced return."""
        return self.draft.load()

    @property
    def rows(self) -> list[tuple[str, int]]:
        """The rows that are left, by table (``Episodes.last_year``) and number; those of the lists are not counted."""
        return [(name, row) for name, row in self.draft.rows if name not in LISTS]

    def __repr__(self) -> str:
        tables = ", ".join(dict.fromkeys(name for name, _ in self.rows)) or "no table"
        raising = f"; the check raises {self.raises}" if self.raises else ""
        return f"Reduced({counted(len(self.rows), 'row')} in {tables}; {counted(self.calls, 'call')}{raising})"

    def flags(self, code: str) -> Flags:
        """The rows that a rule flags in the reduced return, by table; ``Episodes.last_year`` is last year's.

        Raises:
            ConfigError: it flags nothing, or there is no rule with this code.
        """
        found = flagged(validate(self.ret, select=[code]))
        if code not in found:
            msg = f"rule {printable(code)} flags nothing in the reduced return"
            raise ConfigError(msg)
        return found[code]

    def case(self, code: str, *, hide_unsafe: bool = False) -> str:
        """A case of a rule as `returns903.testing.cases` has them: ``fires("361", ..., flags={...}, Episodes={...})``.

        Args:
            code: the rule, which must flag something in the reduced return.
            hide_unsafe: whether a text that says so stands for each of the cells in `unsafe`.

        Raises:
            ConfigError: as `flags`.
        """
        return case_text(self.draft, code, self.flags(code), self.unsafe if hide_unsafe else ())

    def script(self, code: str, *, hide_unsafe: bool = False) -> str:
        """The lines that make the return from frames and assert that the rule flags these rows, ready to be run.

        Args:
            code: as `case` has it.
            hide_unsafe: as `case` has it.

        Raises:
            ConfigError: as `flags`.
        """
        return script_text(self.draft, code, self.flags(code), self.unsafe if hide_unsafe else ())

    def frames(self, *, hide_unsafe: bool = False) -> str:
        """The lines that make the return from frames, imports first, ready to be pasted and run."""
        return frames_text(self.draft, self.unsafe if hide_unsafe else ())

    def files(self) -> tuple[dict[str, bytes], list[str]]:
        """CSV files by name, as `read_return` reads them, and a line for each thing that CSV does not carry.

        The names are such as ``return/episodes.csv``, ``previous/header.csv``, ``providers.csv`` and ``postcodes.csv``.
        """
        return files_of(self.draft)
