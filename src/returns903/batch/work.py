"""What is done with one return of a batch, in whatever process: read, validate, and hand the files back as bytes.

A job and the work travel as names and codes; rules are compiled where they run.
"""

from __future__ import annotations

import io
import json
import platform
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

import polars as pl

from returns903 import __version__
from returns903.batch.digests import InputFile, digest, input_files
from returns903.batch.jobs import Job
from returns903.errors import InputError, attempted, told
from returns903.published.catalogue import DEFINITIONS
from returns903.published.definition import Options
from returns903.reference.postcodes import Postcodes
from returns903.results import Result

State = Literal["passed", "findings", "failed"]

ENTRY = "run.json"
"""The file of a return's folder that says what its results rest on. The folder is there whole or not at all."""
PARTS = ("findings", "outcomes", "reading")
"""What is kept of every return, each a file of Parquet."""
_ROWS = 2**17
"""Rows of a group in a file: a number of our own, so that the bytes do not depend on the machine."""


def programs() -> dict[str, str]:
    """What results depend on beside the inputs, by name and version."""
    python = ".".join(platform.python_version_tuple()[:2])
    return {"returns903": __version__, "polars": pl.__version__, "python": python}


@dataclass(frozen=True, slots=True)
class Work:
    """What is asked for of every return."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, str], ...] = ()
    rules_year: str | None = None
    allow_missing: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    """Files of rules of one's own."""
    tables: tuple[str, ...] = ()
    """Derived tables to keep beside the findings."""
    ids: bool = True
    """Whether identifiers of children are kept."""
    programs: dict[str, str] = field(default_factory=programs)
    """The versions that the process which asks runs, and every other must."""

    @property
    def validating(self) -> dict[str, Any]:
        """What `validate` takes beside the return."""
        severity = dict(self.severity)
        return {"select": self.select, "ignore": self.ignore, "rules_year": self.rules_year, "severity": severity}


@dataclass(frozen=True, slots=True)
class Entry:
    """How one return of the batch ended, and what its results rest on."""

    name: str
    state: State
    why: list[str]
    """Why it failed; empty otherwise."""
    year: str | None = None
    rules_year: str | None = None
    authority: str | None = None
    errors: int = 0
    """Findings that are errors."""
    queries: int = 0
    rules: dict[str, int] = field(default_factory=dict)
    """How many rules ended in each state."""
    rows: dict[str, int] = field(default_factory=dict)
    """The rows read, by table."""
    digest: str | None = None
    """None where nothing was kept: the next run tries again."""
    inputs: list[InputFile] = field(default_factory=list)
    asked: dict[str, Any] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    """The bytes of each file kept."""

    def to_json(self) -> bytes:
        """As it stands in the return's folder."""
        return (json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n").encode()

    @classmethod
    def from_json(cls, content: bytes) -> Entry:
        """From what `to_json` wrote."""
        told = json.loads(content)
        return cls(**told | {"inputs": [InputFile(**each) for each in told["inputs"]]})


@dataclass(frozen=True, slots=True)
class Done:
    """An entry, and the files that belong to it."""

    entry: Entry
    files: dict[str, bytes] = field(default_factory=dict)


def failed(job: Job, why: str) -> Done:
    """A return of which there is no result."""
    return Done(Entry(job.name, "failed", [why], job.year, None, job.authority))


def seen(job: Job, work: Work) -> tuple[list[InputFile], dict[str, Any], str]:
    """The input files of a return as they are now, what is asked for, and the digest of both.

    Raises:
        InputError: a file cannot be opened.
    """
    own = {f"rules {number}": path for number, path in enumerate(map(Path, work.rules), 1)}
    inputs = input_files({**job.places, **own})
    asked = {name: value for name, value in asdict(work).items() if name != "rules"}
    postcodes = None if job.postcodes else Postcodes.load(None)
    asked |= {
        "authority": job.authority,
        "year": job.year,
        "postcodes": None if postcodes is None else postcodes.described,
    }
    asked = json.loads(json.dumps(asked))
    return inputs, asked, digest(inputs, asked)


def check(job: Job, work: Work) -> Done:
    """Read and validate a return. Whatever goes wrong is told; nothing is raised but for want of memory."""
    done: list[Done] = []
    error = attempted(lambda: done.append(_checked(job, work)))
    return failed(job, told(error)) if error is not None else done[0]


def _checked(job: Job, work: Work) -> Done:
    if (here := programs()) != work.programs:
        wrong = [
            f"{name} {here[name]}, not {version}" for name, version in work.programs.items() if here[name] != version
        ]
        msg = f"the worker runs {' and '.join(wrong)}: every worker needs the same versions"
        raise InputError(msg)
    import returns903

    for file in work.rules:
        returns903.load_rules(file)
    inputs, asked, before = seen(job, work)
    result = returns903.validate(
        returns903.read_return(**job.given, allow_missing=work.allow_missing), **work.validating
    )
    frames = dict(_frames(result, work))
    if seen(job, work)[2] != before:
        msg = "its files changed while they were read: nothing of it is kept, and the next run reads it again"
        raise InputError(msg)
    files = {f"{name}.parquet": _parquet(frame) for name, frame in frames.items()}
    sizes = {name: len(content) for name, content in files.items()}
    return Done(_entry(job, result, digest=before, inputs=inputs, asked=asked, files=sizes), files)


def _frames(result: Result, work: Work) -> Iterator[tuple[str, pl.DataFrame]]:
    """What is kept of a result, by name."""
    without = () if work.ids else ("child",)
    yield "findings", result.findings.drop(without)
    yield "outcomes", result.by_rule()
    yield "reading", result.reading.drop(without)
    # no figures are worked out from a return that was not wholly read
    for name in () if result.the_return.unread else work.tables:
        yield name, DEFINITIONS[name].make(result.the_return, Options())


def _entry(job: Job, result: Result, **of_files: Any) -> Entry:
    found = dict(result.findings.get_column("severity").value_counts().iter_rows())
    states = ("passed", "findings", "skipped", "crashed")
    return Entry(
        job.name,
        "failed" if result.failures else "findings" if found else "passed",
        result.failures,
        result.the_return.year.label,
        result.rules_year,
        result.the_return.local_authority,
        found.get("error", 0),
        found.get("query", 0),
        {state: len(result.codes(state)) for state in states},  # type: ignore[arg-type]
        {name: frame.height for name, frame in result.the_return.tables.items()},
        **of_files,
    )


def _parquet(frame: pl.DataFrame) -> bytes:
    target = io.BytesIO()
    frame.rechunk().write_parquet(target, row_group_size=_ROWS)
    return target.getvalue()
