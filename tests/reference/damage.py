"""Files with faults in them, and what may be said of those."""

from __future__ import annotations

import traceback

from hypothesis import strategies as st

SCRAPS = [b'"', b"\n", b",", b"\r", b"\0", b"\xff", b";", b"\xef\xbb\xbf", b"1e999", b" " * 40]


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """A file with some stretches cut out, doubled or written over."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        upto = min(len(data), at + draw(st.integers(0, 15)))
        data[at:upto] = draw(st.sampled_from([b"", bytes(data[at:upto]) * 2, *SCRAPS]))
    return bytes(data)


def all_said(error: BaseException) -> str:
    """All that an error tells, to people and to programs."""
    assert error.__suppress_context__ or error.__context__ is None
    return "".join(traceback.format_exception(error)) + repr(error.args)
