"""Large made-up returns, in which things come about as often as in England.

A child is a situation of life and a number, as everywhere in the kit; here situations come by the weights of
``england.toml``, and so do ages, legal statuses, placements and why care ends.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import polars as pl

from returns903.errors import ConfigError
from returns903.limits import CHILDREN, SEED
from returns903.reference import authorities
from returns903.tables.base import LAST_YEAR
from returns903.testing import lives
from returns903.testing.faults import RuleFault, for_rule, for_year
from returns903.testing.faults.broken import Whole
from returns903.testing.faults.edits import Cells
from returns903.testing.faults.sowing import sow
from returns903.testing.lives.chance import Chance
from returns903.testing.lives.likely import Likely, Shares
from returns903.testing.lives.made import Made, frames
from returns903.testing.lives.situations import likely_life
from returns903.words import counted, printable
from returns903.years import Year, rules_year

_AT_ONCE = 5000
"""Children whose rows are put into frames together."""
_SITUATIONS, _FAULTS, _SOWN = 2**32 - 1, 2**32 - 2, 2**32 - 3
"""What stands for the drawing of situations and of faults where a child's number stands for that of its life."""

_PLAIN = lives.SITUATIONS[0]

_Rows = Mapping[str, list[Any]]


@dataclass(frozen=True)
class Synthesised(Made):
    """A large made-up return."""

    faults: Mapping[str, RuleFault] = field(default_factory=dict)
    """The children who have a fault, and which; all others are lawful."""


class _Child(NamedTuple):
    """What there is to say of a child, this year and last year."""

    now: _Rows
    before: _Rows


def synthesise(
    children: int,
    *,
    seed: int = 0,
    year: Year | str,
    previous: bool = True,
    faults: Collection[str] | float | None = None,
    sown: float = 0.0,
    authority: str | int | None = None,
    progress: Callable[[int], object] | None = None,
) -> Synthesised:
    """A large made-up return, the same for the same seed on every machine.

    Of the children without a fault no rule of the year says anything but SW12STG2, which from 2023-24 on queries all
    whose episode changed and who are still in care. The first children of a larger return are those of a smaller one.

    Args:
        children: how many children the return tells of, care leavers among them.
        seed: any whole number from 0.
        year: the collection year.
        previous: whether to make last year's return as well. Without it nobody stopped seeking asylum last year, which
            that return alone could tell.
        faults: rules, each of which fires on one child; or the share of children on whom some rule fires, up to 1.
        sown: the share of all cells that are made wrong on top of that, up to 1: blanks, misprints, other codes and
            days, rows of nobody, wherever it may be. Then no child need be lawful, nor a fault show as it would alone.
        authority: who makes the return, by ONS code, DfE number or name; a made-up choice where it is not given.
        progress: is told now and then how many children there are.

    Raises:
        ConfigError: a number is out of its bounds, no rules are known for the year, there is no such authority, or no
            fault is known for a rule, or none without last year's return.
    """
    known = Year(rules_year(year))
    _check(children, seed, sown)
    ours = lives.AUTHORITY if authority is None else authorities.authority(authority).ons
    faulty = _faulty(children, seed, known, faults, previous=previous)
    parts: list[tuple[dict[str, pl.DataFrame], dict[str, pl.DataFrame]]] = []
    telling = _told(children, seed, known, faulty, previous=previous)
    for first in range(0, children, _AT_ONCE):
        some = [next(telling) for _ in range(min(_AT_ONCE, children - first))]
        parts.append((frames((c.now for c in some), known), frames((c.before for c in some), known.previous)))
        if progress is not None:
            progress(first + len(some))
    now, before = (_joined([part[which] for part in parts]) for which in (0, 1))
    if sown:
        now, before = _sown(now, before if previous else {}, known, sown, Chance(_own(seed, _SOWN)))
    whose = {name_of(number): fault for number, (fault, _) in faulty.items()}
    return Synthesised(known, now, before if previous else None, ours, whose)


@cache
def england() -> Mapping[str, Any]:
    """What large returns go by: published shares, and the weights of situations, ages and codes."""
    return tomllib.loads(files(__package__).joinpath("england.toml").read_text(encoding="utf-8"))


def name_of(number: int) -> str:
    """The identifier of the child with this number, from 1 on."""
    return f"C{number:07}"


def _check(children: int, seed: int, sown: float) -> None:
    for name, value, least, most in (("children", children, 1, CHILDREN), ("seed", seed, 0, SEED)):
        if type(value) is not int or not least <= value <= most:
            msg = f"{name} is a whole number from {least} to {most:,}"
            raise ConfigError(msg)
    if not 0 <= sown <= 1:
        msg = "sown is a share of all cells, from 0 to 1"
        raise ConfigError(msg)


def _told(
    children: int, seed: int, year: Year, faulty: Mapping[int, tuple[RuleFault, int]], *, previous: bool
) -> Iterator[_Child]:
    """The rows of each child."""
    weights = england()["situations"]
    situations, which = tuple(weights), Likely(_own(seed, _SITUATIONS), Shares(weights, (), 0.0))
    for number in range(1, children + 1):
        situation, child = which.pick(situations), name_of(number)
        if number in faulty:
            yield _broken(*faulty[number], child)
            continue
        life = likely_life(situation, _own(seed, number), year, _shares(situation))
        if previous:
            yield _Child(lives.rows(life, year, child), lives.rows(life, year.previous, child))
        else:
            yield _Child(_alone(life, year, child), {})


def _alone(life: lives.Life, year: Year, child: str) -> _Rows:
    """The rows of a child in a return that stands alone.

    Where only last year's could tell that there need be no address, since the child sought asylum then, they are those
    of another child.
    """
    found = lives.rows(life, year, child)
    if life.asylum_until is None or "UASC" in found:
        return found
    return lives.rows(likely_life(_PLAIN, life.seed, year, _shares(_PLAIN)), year, child)


def _own(seed: int, number: int) -> int:
    """The seed of one child, or of something else that is drawn."""
    return (seed << 32) + number


@cache
def _shares(situation: str) -> Shares:
    """The weights in a situation."""
    usual, own = england()["usual"], england().get(situation, {})
    both = usual | own
    return Shares(usual["codes"] | own.get("codes", {}), both["ages"], both["girls"])


def _broken(fault: RuleFault, pick: int, child: str) -> _Child:
    rows: dict[str, list[Cells]] = fault.rows(child, pick=pick)
    last = f".{LAST_YEAR}"
    before = {name.removesuffix(last): some for name, some in rows.items() if name.endswith(last)}
    return _Child({name: some for name, some in rows.items() if not name.endswith(last)}, before)


def _faulty(
    children: int, seed: int, year: Year, faults: Collection[str] | float | None, *, previous: bool
) -> dict[int, tuple[RuleFault, int]]:
    """The fault of each child that has one, and which of the lives it is known to work on; by the child's number."""
    if faults is None:
        return {}
    chance = Chance(_own(seed, _FAULTS))
    if isinstance(faults, (int, float)):
        known = _of_any_rule(float(faults), year, previous=previous)
        chosen = {number: chance.pick(known) for number in range(1, children + 1) if chance.often(float(faults))}
    else:
        asked = [_of_rule(code, year, previous=previous) for code in ([faults] if isinstance(faults, str) else faults)]
        if len(asked) > children:
            msg = f"{counted(len(asked), 'rule')} cannot each have a child of their own among {children:,}"
            raise ConfigError(msg)
        chosen = dict(enumerate(asked, children - len(asked) + 1))
    return {number: (fault, chance.below(len(fault.seeds))) for number, fault in chosen.items()}


def _of_any_rule(share: float, year: Year, *, previous: bool) -> list[RuleFault]:
    if not 0 < share <= 1:
        msg = "the share of children with a fault is more than 0 and at most 1"
        raise ConfigError(msg)
    found = [fault for fault in for_year(year) if not fault.brings and (previous or not _reads_last_year(fault))]
    if not found:
        msg = f"no faults are known for {year}"
        raise ConfigError(msg)
    return found


def _of_rule(code: str, year: Year, *, previous: bool) -> RuleFault:
    found = for_rule(code, year)
    if not found:
        msg = f"no fault is known for rule {printable(code)} in {year}"
        raise ConfigError(msg)
    in_files = [fault for fault in found if not fault.brings]
    if not in_files:
        columns = ", ".join(f"{table}.{column}" for table, column in found[0].brings)
        msg = f"rule {printable(code)} fires on what no file of a return holds: {columns}"
        raise ConfigError(msg)
    fitting = [fault for fault in in_files if previous or not _reads_last_year(fault)]
    if not fitting:
        msg = f"rule {printable(code)} reads last year's return, which is not asked for"
        raise ConfigError(msg)
    return fitting[0]


def _reads_last_year(fault: RuleFault) -> bool:
    return any(name.endswith(LAST_YEAR) for name in fault.needs)


def _sown(
    now: dict[str, pl.DataFrame], before: dict[str, pl.DataFrame], year: Year, share: float, chance: Chance
) -> tuple[dict[str, pl.DataFrame], dict[str, pl.DataFrame]]:
    """The tables of both years with faults sown over them."""
    told = now | {f"{name}.{LAST_YEAR}": frame for name, frame in before.items()}
    whole = Whole({name: [list(row) for row in frame.rows()] for name, frame in told.items()}, year)
    sow(whole, share, chance)
    return whole.frames(), whole.frames(previous=True)


def _joined(parts: list[dict[str, pl.DataFrame]]) -> dict[str, pl.DataFrame]:
    return {name: pl.concat([part[name] for part in parts], rechunk=True) for name in parts[0]}
