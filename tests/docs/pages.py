"""The pages of the documentation, and what stands in them to be run."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md")),
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "docs" / "derived").glob("*.md")),
    *sorted((ROOT / "examples").glob("*/README.md")),
]
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A block of code on a page."""

    line: int
    """The line of its first line of code."""
    kind: str
    text: str


@dataclass(frozen=True)
class Command:
    """What is typed, and the lines that the page says come of it; ``...`` stands for any."""

    words: str
    said: tuple[str, ...]


def named(page: Path) -> str:
    """A page's name from the root."""
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path) -> list[Block]:
    """The blocks of code on a page, in order."""
    text = page.read_text(encoding="utf-8")
    return [Block(text.count("\n", 0, m.start(2)) + 1, m[1], textwrap.dedent(m[2])) for m in _BLOCK.finditer(text)]


def commands(block: Block) -> Iterator[Command]:
    """The commands of a block: its lines, or those that begin with ``$``, with what is said below each."""
    lines = block.text.replace("\\\n", " ").splitlines()
    if not any(line.startswith("$ ") for line in lines):
        yield from (Command(" ".join(line.partition(" # ")[0].split()), ()) for line in lines)
        return
    starts = [n for n, line in enumerate(lines) if line.startswith("$ ")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield Command(lines[start].removeprefix("$ "), tuple(lines[start + 1 : end]))
