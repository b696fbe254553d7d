"""Rules of one's own: those of an authority or a vendor, which hold beside the published ones."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from types import ModuleType
from typing import get_args

import polars as pl

from returns903.errors import ConfigError, ReturnsError, attempted
from returns903.limits import RULES_BYTES
from returns903.reading.bounded import bounded_bytes
from returns903.rules import registry
from returns903.rules.model import Rule
from returns903.rules.registry import Body, Severity, forget, registered_by
from returns903.tables import Column, Table, split, table
from returns903.words import printable
from returns903.years import RULE_YEARS

_CODE = re.compile(r"[A-Z][A-Z0-9]*-[A-Z0-9]+", re.IGNORECASE)


def rule(
    code: str,
    *,
    flags: Table | Sequence[Table],
    fields: Iterable[pl.Expr],
    since: str = RULE_YEARS[0],
    until: str | None = None,
    severity: Severity = "error",
    optional: Iterable[Table] = (),
    words: Mapping[str, str] | None = None,
) -> Callable[[Body], Body]:
    """Make the decorated function a rule of your own, which from then on holds in this process as published ones do.

    The function returns one expression, true on the rows to flag, made of columns such as
    ``returns903.tables.Episodes.DECOM`` and of the words of `returns903.terms`; it may take `year` and `rules_year`
    (as `Year`) and `authority` (the ONS code of the authority making the return). Its docstring's first paragraph is
    the message beside a flagged row; paragraphs headed ``When:``, ``Why:`` and ``Fix:`` make its page. A function that
    is defined again, in a notebook say, takes the place of the one before.

    Args:
        code: a prefix of your own, a hyphen, and letters or figures: ``LBX-1``. Published codes have no hyphen.
        flags: the tables whose rows are flagged. Tables whose columns the expression names are joined to the first by
            CHILD, and the rows of every table listed are flagged where it holds. A function that returns a mapping
            flags each table by an expression of its own.
        fields: the columns to look at.
        since: the first collection year.
        until: the last one; none where the rule goes on.
        severity: error, or query where the value is possible but unlikely.
        optional: tables the rule reads where they are there. Without any other that it names it is skipped.
        words: what to fill in between braces in the docstring.

    Raises:
        ConfigError: the code has no prefix, another rule has it, a year or severity is none, or something given is no
            table or column; the text says which.
    """
    flagged = (flags,) if isinstance(flags, Table) else tuple(flags)
    looked_at = list(fields)
    _refuse(code, flagged, looked_at, since, until, severity)

    def keep(body: Body) -> Body:
        if not (body.__doc__ or "").strip():
            msg = f"rule {code} says nothing: the first paragraph of its docstring is the message beside a flagged row"
            raise ConfigError(msg)
        forget(body.__module__, body.__qualname__)
        register = registry.rule(
            code,
            flags=flagged,
            fields=looked_at,
            since=since,
            until=until,
            severity=severity,
            optional=optional,
            words=words,
        )
        register(body)
        for definition in registered_by(body.__module__, body.__qualname__):
            Rule.of(definition)  # tells at once what is wrong with its text
        return body

    return keep


def _refuse(
    code: str, flags: Sequence[Table], fields: Sequence[pl.Expr], since: str, until: str | None, severity: str
) -> None:
    """Refuse what makes no rule."""
    years = f"collection year with published rules: {', '.join(RULE_YEARS)}"
    wrong = {
        "has a code without a prefix of its own, such as LBX-1": not _CODE.fullmatch(code),
        "flags something that is no table of returns903.tables": not flags or not _are_tables(flags),
        "has fields that are no columns of tables, such as Episodes.DECOM": not fields or not _are_columns(fields),
        f"begins in no {years}": since not in RULE_YEARS,
        f"ends in no {years}": until is not None and until not in RULE_YEARS,
        f"is neither {' nor '.join(get_args(Severity))}": severity not in get_args(Severity),
    }
    for what, is_so in wrong.items():
        if is_so:
            msg = f"rule {printable(str(code))} {what}"
            raise ConfigError(msg)


def _are_tables(flags: Sequence[object]) -> bool:
    return all(isinstance(of, Table) for of in flags)


def _are_columns(fields: Sequence[object]) -> bool:
    return all(isinstance(field, pl.Expr) and attempted(lambda f=field: _column(f)) is None for field in fields)  # type: ignore[misc]


def _column(field: pl.Expr) -> Column:
    of, name = split(field.meta.output_name())
    return table(of).all_columns()[name]


def load_rules(path: Path | str) -> list[Rule]:
    """Take up the rules of a Python file, which from then on hold in this process as the published ones do.

    The file registers them with `returns903.rule`. Loading it again puts what it says now in place of what it said
    before. Nothing is written beside it, and its folder is not where Python looks for modules.

    Returns:
        What is told of each rule, in the order of their codes.

    Raises:
        ConfigError: there is no such file, it is no Python, it fails, or it registers no rule; the text names the file
            and the line.
    """
    file = Path(path)
    source = bounded_bytes(file, RULES_BYTES, ConfigError)
    mark = blake2b(bytes(file.resolve()), digest_size=6).hexdigest()
    module = ModuleType(f"own_rules_{mark}.{file.stem}")
    module.__file__ = str(file)
    forget(module.__name__)
    sys.modules[module.__name__] = module
    error = attempted(lambda: exec(compile(source, str(file), "exec"), vars(module)))
    found = registered_by(module.__name__)
    if error is not None or not found:
        forget(module.__name__)
        del sys.modules[module.__name__]
        raise ConfigError(_told(file, error))
    return [Rule.of(definition) for definition in found]


def refuse_within(rules: Path, *data: Path | None) -> None:
    """Refuse a file of rules that came with the data: what is handed in must not run.

    Raises:
        ConfigError: it lies in a folder of the data, however deep.
    """
    for folder in data:
        if folder is not None and folder.is_dir() and rules.resolve().is_relative_to(folder.resolve()):
            msg = (
                f"{printable(rules.name)} lies in the folder of the data, from which nothing is run: keep it elsewhere"
            )
            raise ConfigError(msg)


def _told(file: Path, error: BaseException | None) -> str:
    """What is wrong with a file, and on which line. It saw nothing of any return."""
    name = printable(file.name)
    if error is None:
        return f"{name} holds no rule: a rule is a function under @returns903.rule(...)"
    line, said = _line_in(file, error), str(error)
    if isinstance(error, SyntaxError):
        line, said = error.lineno, error.msg
    what = "" if isinstance(error, ReturnsError) else f"{type(error).__name__}: "
    return f"{name}{f':{line}' if line else ''}: {what}{printable(said)}"


def _line_in(file: Path, error: BaseException) -> int | None:
    """The last line of the file that ran."""
    line, step = None, error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == str(file):
            line = step.tb_lineno
        step = step.tb_next
    return line
