"""What reducing a return gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from returns903.engine import validate
from returns903.errors import ConfigError
from returns903.returns import Return
from returns903.testing.reducing.draft import LISTS, Draft, Place
from returns903.testing.reducing.printed import case_text, frames_text
from returns903.testing.told import flagged
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

    @cached_property
    def ret(self) -> Return:
        """The reduced return."""
        return self.draft.load()

    def __repr__(self) -> str:
        rows = [name for name, _ in self.draft.rows if name not in LISTS]
        tables = ", ".join(dict.fromkeys(rows)) or "no table"
        return f"Reduced({counted(len(rows), 'row')} in {tables}; {counted(self.calls, 'call')})"

    def case(self, code: str, *, hide_unsafe: bool = False) -> str:
        """A case of a rule as `returns903.testing.cases` has them: ``fires("361", ..., flags={...}, Episodes={...})``.

        Args:
            code: the rule, which must flag something in the reduced return.
            hide_unsafe: whether a text that says so stands for each of the cells in `unsafe`.

        Raises:
            ConfigError: the rule flags nothing, or there is none with this code.
        """
        flags = flagged(validate(self.ret, select=[code]))
        if code not in flags:
            msg = f"rule {printable(code)} flags nothing in the reduced return"
            raise ConfigError(msg)
        return case_text(self.draft, code, flags[code], self.unsafe if hide_unsafe else ())

    def frames(self, *, hide_unsafe: bool = False) -> str:
        """The lines that make the return from frames, imports first, ready to be pasted and run."""
        return frames_text(self.draft, self.unsafe if hide_unsafe else ())
