"""Accepting findings: what is asked of each, and the file that holds it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from returns903.accepting.entries import Accepted, Entry, read_accepted
from returns903.accepting.grounds import with_grounds
from returns903.accepting.held import LAPSED, fingerprints, hold, published_errors
from returns903.accepting.key import SUFFIX, key_beside, new_key, read_key
from returns903.errors import ConfigError
from returns903.results import Result
from returns903.words import printable
from returns903.writing import Outputs

TOLD_APART = 4
"""Characters of an identifier from which on it is no common word that a reason may hold by chance."""


@dataclass(frozen=True)
class Why:
    """Why a finding is accepted, who accepts it, and the last day on which that holds."""

    reason: str
    by: str
    until: dt.date

    def lacks(self, child: str | None, today: dt.date) -> str | None:
        """What is wrong with it for a finding about this child; None: nothing. No text of it is quoted."""
        if not self.reason.strip():
            return "a reason is missing"
        if not self.by.strip():
            return "who accepts it is missing"
        if self.until < today:
            return f"the day until which it holds is past ({self.until:%d/%m/%Y})"
        if child and len(child) >= TOLD_APART and child.upper() in self.reason.upper():
            return "the reason names the child, and the file is to hold no identifier: put it in other words"
        return None


def opened(path: Path, inputs: tuple[Path, ...]) -> Accepted:
    """The file of accepted findings; where there is none yet, one without entries, whose key is made.

    Raises:
        ConfigError, InputError: as `read_accepted` and `new_key`.
    """
    if path.exists():
        return read_accepted(path)
    Outputs(inputs).check_file(path)
    return Accepted(path, read_key(path) if key_beside(path).exists() else new_key(path, inputs))


def ready(path: Path, inputs: tuple[Path, ...]) -> None:
    """Refuse, before the work, a file of accepted findings that cannot be read or be written.

    Raises:
        ConfigError, InputError: as `opened`.
    """
    if path.suffix.lower() == SUFFIX:
        msg = f"{printable(path.name)} is a name of a key: call the file that it belongs to accepted.toml or the like"
        raise ConfigError(msg)
    if path.exists():
        read_accepted(path)
    Outputs(inputs, force=True).check_file(path)


def refused(result: Result, whys: Mapping[int, Why], *, today: dt.date, force: bool) -> dict[int, str]:
    """Why findings cannot be accepted, by their numbers; `add` tells the arguments."""
    places = pl.Series("place", sorted(whys), dtype=pl.UInt32)
    errors = published_errors(result)
    found = {}
    for place, rule, child in result.findings[places].select(places, "rule", "child").iter_rows():
        if wrong := whys[place].lacks(child, today):
            found[place] = wrong
        elif rule in errors and not force:
            found[place] = "an error, which the Department does not let pass: --force-errors accepts it all the same"
    return found


def add(accepted: Accepted, result: Result, whys: Mapping[int, Why], *, today: dt.date, force: bool) -> Accepted:
    """The file with these findings accepted too.

    Args:
        accepted: the file.
        result: what was found.
        whys: by the number of the finding among `result.findings`, why it is accepted.
        today: the day on which it is.
        force: errors may be accepted too, which the Department does not let pass.

    Raises:
        ConfigError: something is wrong with a reason, or one of the findings is an error and is not forced.
    """
    for place, wrong in refused(result, whys, today=today, force=force).items():
        msg = f"rule {result.findings.item(place, 'rule')}: {wrong}"
        raise ConfigError(msg)
    errors = published_errors(result)
    grounds = with_grounds(result, pl.Series(sorted(whys), dtype=pl.UInt32))
    entries = [
        _entry(whys[place], about, today, is_error=about[0] in errors)
        for place, *about in fingerprints(accepted.key, grounds).rows()
    ]
    return accepted.with_entries(entries)


def pruned(accepted: Accepted, result: Result, today: dt.date) -> tuple[Accepted, dict[str, int]]:
    """The file without the entries that accept nothing any more, and how many were left out, by how they stood.

    An entry of a rule that did not run stays: nothing is known of it.

    Raises:
        ConfigError: the return could not be wholly read, so that an entry may be about what is not there.
    """
    if result.failures:
        msg = f"nothing is removed while this is no pass: {'; '.join(result.failures)}"
        raise ConfigError(msg)
    states = hold(result, accepted, today).entries.get_column("state").to_list()
    kept = tuple(entry for entry, state in zip(accepted.entries, states, strict=True) if state not in LAPSED)
    counts: dict[str, int] = {state: states.count(state) for state in LAPSED if state in states}
    return Accepted(accepted.path, accepted.key, kept), counts


def _entry(why: Why, about: list[str], today: dt.date, *, is_error: bool) -> Entry:
    rule, table, child, cells = about
    return Entry(
        rule=rule,
        table=table,
        child=child,
        cells=cells,
        reason=" ".join(why.reason.split()),
        by=" ".join(why.by.split()),
        until=why.until,
        when=today,
        forced=is_error,
    )


def save(accepted: Accepted, inputs: tuple[Path, ...]) -> None:
    """Write the file, whole or not at all; one that is there is replaced, but no input of the run.

    Raises:
        ConfigError, InputError: as `Outputs.write_file`.
    """
    Outputs(inputs, force=True).write_file(accepted.path, accepted.text().encode(), private=True)
