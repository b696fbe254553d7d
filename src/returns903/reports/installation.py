"""What there is of this installation: versions, extras and what each adds, reference data, and what to do about it."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, entry_points, version
from importlib.util import find_spec
from pathlib import Path

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from returns903 import __version__
from returns903.errors import ConfigError, attempted
from returns903.reference import authorities
from returns903.reference.postcode_copies import cache_file
from returns903.reference.postcode_package import PACKAGE
from returns903.rules import rules_in_force
from returns903.rules.registry import PACKAGED
from returns903.words import printable
from returns903.years import RULE_YEARS

CORE = ("polars", "pandera", "pydantic", "typer", "rich", "jinja2", "markdown-it-py")


@dataclass(frozen=True)
class Extra:
    """What may be installed beside the core."""

    name: str
    packages: tuple[str, ...]
    adds: str


EXTRAS = (
    Extra(
        "excel",
        ("fastexcel", "xlsxwriter"),
        "workbooks: reads returns and provider lists, writes work lists and tables",
    ),
    Extra(
        "postcodes", (PACKAGE, "msgpack", "brotli", "platformdirs"), "where placements lie, without a file of postcodes"
    ),
    Extra(
        "report",
        ("altair", "holidays", "vl-convert-python"),
        "charts of the pack, and rules and figures by working days",
    ),
    Extra("dask", ("distributed",), "a batch of returns on a Dask cluster"),
    Extra("testing", ("hypothesis",), "the testing kit: strategies, reduce"),
)


@dataclass(frozen=True)
class Fact:
    """One line: what it is about, whether that is as it should be, and what there is to say."""

    about: str
    says: str
    fix: str = ""
    """What would mend or add it; nothing where there is nothing to do."""


def facts(settings: Path | None) -> dict[str, list[Fact]]:
    """By heading, what there is of this installation.

    Args:
        settings: the file of settings that holds here.
    """
    return {
        "Versions": list(_versions()),
        "Extras": [_extra(extra) for extra in EXTRAS],
        "Reference data": list(_reference()),
        "Here": [_cache(), *_terminal(), Fact("settings", "none" if settings is None else printable(str(settings)))],
    }


def shown(found: dict[str, list[Fact]]) -> RenderableType:
    """The facts as something rich can print, with one line of what to do at the end."""
    parts: list[RenderableType] = []
    for heading, lines in found.items():
        listed = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
        listed.add_column(no_wrap=True)
        listed.add_column(overflow="fold")
        for fact in lines:
            listed.add_row(Text(f"  {fact.about}"), Text(fact.says, style="yellow" if fact.fix else ""))
        parts += [Text(heading, style="bold"), listed]
    return Group(*parts, Text(), Text(advice(found), style="bold"))


def advice(found: dict[str, list[Fact]]) -> str:
    """What to do, in one line."""
    fixes = [fact.fix for lines in found.values() for fact in lines if fact.fix]
    wanted = [fix.removeprefix("extra ") for fix in fixes if fix.startswith("extra ")]
    others = [fix for fix in fixes if not fix.startswith("extra ")]
    if wanted:
        others.insert(0, f'for what is missing: pip install "returns903[{",".join(wanted)}]"')
    return "; ".join(others) if others else "Nothing is missing: returns903 validate PATH"


def is_broken(found: dict[str, list[Fact]]) -> bool:
    """Whether something without which nothing runs is missing."""
    return any(fact.fix and not fact.fix.startswith(("extra ", "set ")) for lines in found.values() for fact in lines)


def _versions() -> Iterator[Fact]:
    python = f"{platform.python_implementation()} {platform.python_version()}"
    yield Fact("returns903", f"{__version__}, on {python}, {platform.platform(terse=True)} {platform.machine()}")
    for package in CORE:
        yield Fact(package, _version(package) or "not installed", "" if _version(package) else f"pip install {package}")


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _extra(extra: Extra) -> Fact:
    lacking = [package for package in extra.packages if _version(package) is None]
    if lacking:
        return Fact(extra.name, f"not installed ({', '.join(lacking)}): {extra.adds}", f"extra {extra.name}")
    return Fact(extra.name, f"installed: {extra.adds}")


def _reference() -> Iterator[Fact]:
    error = attempted(lambda: rules_in_force(RULE_YEARS[-1]))
    if isinstance(error, ConfigError):
        yield Fact("rules", str(error), "mend or remove that package")
    else:
        count = len([rule for rule in rules_in_force(RULE_YEARS[-1]) if not rule.is_own])
        yield Fact("rules", f"{RULE_YEARS[0]} to {RULE_YEARS[-1]}, {count} in the last of these years")
    packages = sorted({entry.dist.name for entry in entry_points(group=PACKAGED) if entry.dist is not None})
    yield Fact("rules of your own", f"from {', '.join(packages)}" if packages else "of no installed package")
    yield Fact("authorities", f"as of {authorities.dated()}")
    postcodes = _version(PACKAGE)
    yield Fact("postcodes", f"{PACKAGE} {postcodes}" if postcodes else "none installed: give --postcodes FILE")
    yield Fact("bank holidays", f"holidays {_version('holidays')}" if find_spec("holidays") else "none installed")
    yield Fact("Ofsted's list", "none is shipped: give --providers FILE")


def _cache() -> Fact:
    file = cache_file("postcodes")
    if file is None:
        return Fact("cache folder", "none: postcodes of the package are unpacked in every run")
    folder = file.parent
    there = next(each for each in (folder, *folder.parents) if each.exists())
    if not (there.is_dir() and os.access(there, os.W_OK)):
        return Fact(
            "cache folder", f"{printable(str(folder))}, which cannot be written", "set RETURNS903_CACHE to a folder"
        )
    return Fact("cache folder", f"{printable(str(folder))}{'' if folder.exists() else ', made when it is needed'}")


def _terminal() -> Iterator[Fact]:
    encoding = getattr(sys.stdout, "encoding", None) or "unknown"
    is_wide = "utf" in encoding.lower().replace("-", "")
    plain = "" if is_wide else "; characters it lacks are written plainly"
    yield Fact("terminal", f"{encoding}{plain}" if sys.stdout.isatty() else f"stdout is none; {encoding}{plain}")
