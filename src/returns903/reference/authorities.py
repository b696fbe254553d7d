"""Local authorities of England: their codes and names, what they were called before, and the districts within them.

An authority that goes on under another ONS code (Somerset was E10000027 and is E06000066) is one authority here, under
its newest code. A county that was divided (Cumbria) is an authority of its own; `area` adds those that serve it now.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

from returns903.errors import ConfigError
from returns903.words import heading
from returns903.years import Year

OUTSIDE_ENGLAND = {"S": "SCO", "N": "NIR", "W": "WAL"}
"""The first letter of an ONS code, and what the return calls a place there."""

_NOISE = frozenset(
    {"the", "council", "councils", "borough", "london", "royal", "metropolitan", "district", "unitary", "authority"}
    | {"county", "city", "corporation", "of", "la", "lb", "rb", "mbc", "mdc", "bc", "cc"}
)


@dataclass(frozen=True, slots=True)
class Authority:
    """One local authority that makes, or made, the return.

    `ons` and `dfe` are its newest codes, `former_ons` and `former_dfe` those of before (also of authorities that were
    merged into it). `since` and `until` are the first and last collection year, as labels; None: all years known here.
    """

    ons: str
    dfe: str
    name: str
    region: str
    since: str | None = None
    until: str | None = None
    former_ons: tuple[str, ...] = ()
    former_dfe: tuple[str, ...] = ()

    def in_force(self, year: Year | str) -> bool:
        """Whether the authority makes a return in a collection year.

        Raises:
            ConfigError: the label is no year.
        """
        label = Year.of(year).label
        return (self.since or label) <= label <= (self.until or label)


def dated() -> str:
    """The day to which the authorities are known, as YYYY-MM-DD."""
    return str(_raw()["date"])


def all_authorities() -> tuple[Authority, ...]:
    """Every authority with a DfE number since 2016, by that number."""
    return tuple(_by_ons().values())


def authority(value: str | int) -> Authority:
    """The authority that an ONS code, DfE number or name stands for.

    Raises:
        ConfigError: there is none; the text names those that come close.
    """
    return _by_ons()[code(_text(value)) or ""]


def code(value: str | int | None, strict: bool = True) -> str | None:
    """The newest ONS code of the authority that an ONS code, DfE number or name stands for; None for None.

    Capitals, punctuation and wording such as "council" or "London Borough of" make no difference to a name.

    Args:
        value: the code, number or name; the number may be an int.
        strict: whether an unknown value is an error; if not, it is returned as it stands.

    Raises:
        ConfigError: the value stands for no authority, and the text names those that come close; or it is no text.
    """
    if value is None:
        return None
    text = _text(value)
    found = find(text)
    if found is None and strict:
        raise ConfigError(_unknown(text.strip()))
    return found or text


def find(value: str) -> str | None:
    """The newest ONS code that `code` gives; None for what stands for no authority."""
    text = value.strip()
    return _codes().get(text.upper()) or next((_names()[key] for key in _keys(text) if key in _names()), None)


def upper_tier(lower: str | None) -> str | None:
    """The authority responsible for children in the area of an ONS code, under its newest code.

    A district gives its county, or the authority that has replaced the county; a unitary authority, metropolitan
    district or London borough gives itself; Scotland, Northern Ireland and Wales give SCO, NIR and WAL. None for None
    and where none is responsible: the Channel Islands, the Isle of Man, what is no such code.
    """
    text = (lower or "").strip().upper()
    if text in OUTSIDE_ENGLAND.values():
        return text
    if not re.fullmatch(r"[A-Z][0-9]{8}", text):
        return None
    if text[0] in OUTSIDE_ENGLAND:
        return OUTSIDE_ENGLAND[text[0]]
    if text in _districts():
        return _districts()[text]
    return _codes().get(text, text) if text[:3] in ("E06", "E08", "E09", "E10") else None


def area(value: str | None) -> frozenset[str]:
    """The codes `upper_tier` gives for places in an authority's area: its own and, if it was divided, its successors'.

    An unknown value stands for itself; None gives the empty set.
    """
    ons = code(value, strict=False)
    return frozenset() if ons is None else frozenset({ons, *_raw()["succeeded_by"].get(ons, ())})


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if not isinstance(value, int) or isinstance(value, bool):
        msg = f"an authority is given by its ONS code, DfE number or name, not by a {type(value).__name__}"
        raise ConfigError(msg)
    if not 0 <= value <= 999:
        msg = "a DfE number of an authority has three digits"
        raise ConfigError(msg)
    return str(value)


@cache
def _raw() -> dict[str, Any]:
    content = files(__package__).joinpath("authorities.json").read_text(encoding="utf-8")
    return dict(json.loads(content))


@cache
def _by_ons() -> dict[str, Authority]:
    listed = json.loads(files("returns903.codes").joinpath("authorities.json").read_text(encoding="utf-8"))
    raw = _raw()
    return {
        entry["ons"]: Authority(
            dfe=dfe,
            former_ons=tuple(old for old, new in raw["former_ons"].items() if new == entry["ons"]),
            former_dfe=tuple(old for old, new in raw["former_dfe"].items() if new == entry["ons"]),
            **entry,
        )
        for dfe, entry in listed.items()
    }


@cache
def _codes() -> dict[str, str]:
    """ONS codes and DfE numbers, old and new."""
    current = {known: found.ons for found in all_authorities() for known in (found.ons, found.dfe)}
    return {**_raw()["former_ons"], **_raw()["former_dfe"], **current}


@cache
def _names() -> dict[str, str]:
    """Names as `_keys` writes them; one that would stand for two authorities stands for neither."""
    pairs = [(found.name, found.ons) for found in all_authorities()] + list(_raw()["other_names"].items())
    meant: dict[str, set[str]] = {}
    for name, ons in pairs:
        for key in _keys(name):
            meant.setdefault(key, set()).add(ons)
    return {key: ons.pop() for key, ons in meant.items() if len(ons) == 1}


def _keys(name: str) -> list[str]:
    """The name in plain words, and without those that only say what kind of authority it is."""
    words = re.findall(r"[a-z0-9]+", name.lower().replace("&", " and "))
    shorter = ([word for word in words if word not in noise] for noise in ({"council", "the"}, _NOISE))
    return [" ".join(words), *(" ".join(telling) for telling in shorter if telling)]


@cache
def _districts() -> dict[str, str]:
    return {district: ons for ons, within in _raw()["districts"].items() for district in within}


def _unknown(text: str) -> str:
    text = heading(text)
    if text.upper() in _districts():
        ons = _districts()[text.upper()]
        return f"{text!r} is a district; the return is made by {_by_ons()[ons].name} ({ons})"
    known = {key: f"{_by_ons()[ons].name} ({ons})" for key, ons in _names().items()}
    close = dict.fromkeys(known[key] for key in get_close_matches(_keys(text)[-1], known, n=4, cutoff=0.7))
    hint = f"did you mean {' or '.join(close)}?" if close else "give its ONS code (E09000008), DfE number (306) or name"
    return f"{text!r} is no local authority of England; {hint}"
