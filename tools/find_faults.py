"""Find, for every rule of every year, the plainest change to a lawful child on which it fires.

    python tools/find_faults.py [--year 2024-25] [CODES...]     search for what is missing, and check what is there
    python tools/find_faults.py --check                          check alone: exit 1 where a stored fault has gone stale

Each of many thousand changed children is a child of one return, so that one validation tries them all. What is found
stands in `src/returns903/testing/faults/of_rules.json`.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import json
import sys
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from returns903 import validate
from returns903.rules import Definition, code_order, definitions_in_force
from returns903.tables import OC2, TABLES, Column, split
from returns903.testing import lives
from returns903.testing.faults.broken import Whole
from returns903.testing.faults.edits import DoesNotFitError, Rows, columns_of, parse
from returns903.testing.faults.of_rules import ACROSS_CHILDREN, brought, empty_rows, lawful_rows, loaded
from returns903.years import RULE_YEARS, Year

SOURCE = Path(__file__).resolve().parents[1] / "src" / "returns903"
STORED = SOURCE / "testing" / "faults" / "of_rules.json"
EXAMPLES = json.loads((SOURCE / "rules" / "examples.json").read_text(encoding="utf-8"))
SEARCHED = (0, 1, 2)
"""The lives of a situation that are searched."""
PROVED = range(24)
"""The lives of a situation on which what is found is tried."""
KEPT = 8
BATCH = 12_000
EDGES = ["1 April", "31 March", "1 April - 1 day", "31 March + 1 day", "1 April - 1 year", "1 April - 1 year - 1 day"]
AGES = [4, 5, 10, 11, 14, 15, 16, 17, 18, 19, 21, 22, 25]
TEXTS = {
    "identifier": [],
    "postcode": ['"ZZ99 9ZZ"', '"?"'],
    "number": ['"41"', '"?"', '"0"', '"5"'],
    "text": ['"?"', '"UN1"', '"UN3"', '"A12345678901X"', '"XXXXXXX"', '"SC999999"', '"0"', '"1"', '"2"', '"SW1"'],
    "partial date": ['"?"', '"zz/zz/zzzz"', '"01/01/2001"'],
}


@dataclass
class Found:
    """What makes a rule fire in some years."""

    situation: str
    changes: tuple[str, ...]
    flags: dict[str, list[int]]
    seeds: list[int] = field(default_factory=list)
    near: list[str] | None = None
    years: dict[str, list[str]] = field(default_factory=dict)
    """What else fires, by year."""

    @property
    def alike(self) -> tuple[object, ...]:
        """What two years have in common where one entry serves both."""
        return self.situation, self.changes, self.flags, self.near


@dataclass(frozen=True)
class Trial:
    """A life and what is done to it."""

    situation: str
    seed: int
    changes: tuple[str, ...]


Flagged = dict[str, dict[str, list[int]]]
"""By rule and table, the rows."""


def tried(trials: Iterable[Trial], year: Year, select: list[str] | None = None) -> Iterator[tuple[Trial, Flagged]]:
    """Each trial that fits, with the rows that each rule flags, counted within the child's."""
    waiting = iter(trials)
    while batch := list(itertools.islice(waiting, BATCH)):
        alike: dict[tuple[tuple[str, str], ...], list[Trial]] = defaultdict(list)
        for trial in batch:
            alike[tuple(brought(trial.changes))].append(trial)
        for columns, some in alike.items():
            yield from tried_together(some, columns, year, select)


def tried_together(
    trials: list[Trial], columns: Iterable[tuple[str, str]], year: Year, select: list[str] | None
) -> Iterator[tuple[Trial, Flagged]]:
    """Trials as children of one return, which brings these columns beside those of its files."""
    whole, kept = Whole(empty_rows(year), year), {}
    for table, column in columns:
        whole.bring(table, column, [])
    for number, trial in enumerate(trials):
        child = f"T{number:06d}"
        rows = changed(trial, year, child)
        if rows is not None:
            kept[child] = (trial, whole.add(rows))
    flagged = flagged_rows(whole, {child: before for child, (_, before) in kept.items()}, select)
    for child, (trial, _) in kept.items():
        yield trial, {code: dict(rows) for code, rows in flagged.get(child, {}).items()}


def changed(trial: Trial, year: Year, child: str) -> Rows | None:
    rows = lawful_rows(trial.situation, trial.seed, year, child)
    try:
        for said in trial.changes:
            parse(said).apply(rows, year)
    except (DoesNotFitError, KeyError, OverflowError):
        return None
    return rows


def flagged_rows(whole: Whole, before: dict[str, dict[str, int]], select: list[str] | None) -> dict[str, Flagged]:
    ret = loaded(whole)
    findings = validate(ret, select=select).findings
    first = {table: sorted((at[table], child) for child, at in before.items()) for table in whole.rows}
    found: dict[str, Flagged] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for code, table, previous, row in findings.select("rule", "table", "previous", "row").iter_rows():
        name = f"{table}.last_year" if previous else table
        child, start = owner(first[name], row)
        found[child][code][name].append(row - start)
    return found


def owner(first: list[tuple[int, str]], row: int) -> tuple[str, int]:
    """The child whose rows begin last at or before a row."""
    start, child = first[bisect_right(first, (row, "~")) - 1]
    return child, start


def single_changes(rows: Rows, wanted: set[tuple[str, str]]) -> Iterator[str]:
    """Every change to one cell or row of a child that is worth a try, the plainest first."""
    tables = [table for table in rows if any(table == of for of, _ in wanted)]
    for table in tables:
        of = TABLES[table.partition(".")[0]]
        for row in dict.fromkeys((0, len(rows[table]) - 1, 1)) if rows[table] else ():
            if row >= len(rows[table]):
                continue
            for name, column in of.columns().items():
                if (table, name) in wanted:
                    yield from (f"{table}[{row}].{name} = {value}" for value in values(column, name, table, row, rows))
            yield f"take away {table}[{row}]"
            yield f"repeat {table}[{row}]"
        yield from additions(table)
        if rows[table]:
            yield f"take away {table}"


def values(column: Column, name: str, table: str, row: int, rows: Rows) -> Iterator[str]:
    yield "blank"
    if column.codes:
        yield from (
            f'"{code}"' for code in dict.fromkeys(code for year in RULE_YEARS for code in column.valid_codes(year))
        )
        yield '"?"'
    if column.kind in ("date", "partial date"):
        yield from days(f"{table}[{row}].{name}", rows)
        yield '"31/02/2024"'
    yield from TEXTS.get(column.kind, [])


def days(itself: str, rows: Rows) -> Iterator[str]:
    """Days at and about the child's other days, its birthdays and the edges of the year."""
    yield from EDGES
    bases = [itself, "Header.DOB", *day_cells(rows)]
    for base in dict.fromkeys(bases):
        yield from (
            f"{base}{step}" for step in ("", " + 1 day", " - 1 day", " + 8 days", " - 8 days", " + 1 year", " - 1 year")
        )
    for age in AGES:
        yield from (f"Header.DOB + {age} years{step}" for step in ("", " - 1 day", " + 1 day"))
        yield from (f"1 April - {age} years{step}" for step in ("", " - 1 day", " + 1 day"))


def day_cells(rows: Rows) -> Iterator[str]:
    for table, of_child in rows.items():
        columns = TABLES[table.partition(".")[0]].columns()
        for row in dict.fromkeys((0, len(of_child) - 1)) if of_child else ():
            for name, column in columns.items():
                if column.kind == "date" and name != "DOB" and of_child[row][columns_of(table)[name]]:
                    yield f"{table}[{row}].{name}"


SUGGESTED: dict[str, list[tuple[str, ...]]] = {
    "105": [("Header[0].UASC = blank",)],
    "164": [('Episodes[0].PL_DISTANCE = "1000"',)],
    "205C": [('add UASC SEX = "F", DOB = Header.DOB, DUC = 1 April + 30 days', 'Header[0].UASC = "0"')],
    "227": [('Episodes[0].URN = "9900035"',)],
    "228": [(f'Episodes[0].URN = "{urn}"',) for urn in ("9900035", "9900036", "9900037", "9900038")],
    "303": [('add UASC SEX = "F", DOB = Header.DOB, DUC = 1 April + 30 days', 'Header[0].UASC = "0"')],
    "353": [('Episodes[0].DECOM = "13/10/1991"',)],
    "411": [('Episodes[0].PL_LA = "E09000006"', 'Episodes[0].PL_LOCATION = "IN"')],
    "444": [('Header[0].UPN = "A123456789012"', "repeat Header[0]")],
    "454": [('Episodes[0].HOME_POST = "EH8 8BG"', 'Episodes[0].PL_POST = "TR1 3AY"')],
}
"""Changes for rules that nothing finds which looks at one cell at a time, or at the lives' own days and codes alone."""

FILLED = {
    "Header": 'SEX = "F", ETHNIC = "WBRI", UPN = "UN1", MOTHER = "0"',
    "Reviews": 'REVIEW = 1 April + 100 days, REVIEW_CODE = "PN1"',
    "UASC": 'SEX = "F"',
    "OC2": ", ".join(
        f'{name} = "0"' for name in OC2.columns() if name not in ("CHILD", "DOB", "SDQ_SCORE", "SDQ_REASON")
    ),
    "OC3": 'IN_TOUCH = "YES", ACTIV = "F2", ACCOM = "B1"',
    "AD1": 'DATE_INT = 1 April + 30 days, DATE_MATCH = 1 April + 60 days, FOSTER_CARE = "0", NB_ADOPTR = "2"'
    ', SEX_ADOPTR = "MF", LS_ADOPTR = "L11"',
    "PlacedAdoption": "DATE_PLACED = 1 April + 30 days",
    "PrevPerm": 'PREV_PERM = "P1", LA_PERM = "301", DATE_PERM = "01/01/2015"',
    "Missing": 'MISSING = "M", MIS_START = 1 April + 30 days, MIS_END = 1 April + 31 days',
    "SWEpisodes": 'SW_ID = "SW1", SW_DECOM = 1 April + 30 days, SW_DEC = 1 April + 40 days, SW_REASON = "MANAGE"',
    "DoLo": "DOLO_START = 1 April + 30 days, DOLO_END = 1 April + 60 days",
}
"""A usual row of each table, for children who have none."""


def additions(table: str) -> Iterator[str]:
    """Rows that the child has not: a usual one, and one with nothing but the child's own birth date."""
    base = table.partition(".")[0]
    born = "DOB = Header.DOB" if "DOB" in TABLES[base].columns() else ""
    for filled in (FILLED.get(base), ""):
        if filled is not None:
            yield f"add {table} {', '.join(filter(None, (born, filled)))}".rstrip()


def reads(definition: Definition) -> set[tuple[str, str]]:
    """The columns that a rule reads, of the files; all of its tables' where it is a function."""
    named = {(table, rest.rpartition(".")[2]) for table, rest in map(split, definition.names)}
    expanded: set[tuple[str, str]] = set()
    for of in definition.tables:
        columns = of.columns()
        mine = {column for table, column in named if table == of.id and column in columns}
        expanded |= {(of.id, column) for column in (mine or columns) if column != "CHILD"}
    if any(column in ("PL_LA", "PL_LOCATION", "PL_DISTANCE") for _, column in named):
        expanded |= {("Episodes", "PL_POST"), ("Episodes", "HOME_POST")}
    if any(table.startswith(("Periods", "Providers", "Asylum")) for table, _ in named):
        expanded |= {("Episodes", name) for name in ("DECOM", "DEC", "REC", "RNE", "URN", "PLACE", "LS")}
        expanded |= {("UASC", "DUC"), ("Header", "DOB")}
    return expanded


def search_suggested(definitions: list[Definition], year: Year, found: dict[str, Found]) -> None:
    """The first of the suggested changes that works, in the plainest situation that it works in."""
    for definition, situation in itertools.product(definitions, lives.SITUATIONS):
        for changes in SUGGESTED.get(definition.code, ()) if definition.code not in found else ():
            for trial, flagged in tried((Trial(situation, seed, changes) for seed in SEARCHED), year):
                if definition.code in flagged and definition.code not in found:
                    one = {definition.code: Found(situation, trial.changes, flagged[definition.code])}
                    prove(one, year)
                    found |= {code: proved for code, proved in one.items() if proved.seeds}


def search(definitions: list[Definition], year: Year, found: dict[str, Found]) -> None:
    """The plainest change for each rule, situation by situation, until none is missing."""
    for situation in lives.SITUATIONS:
        missing = [d for d in definitions if d.code not in found]
        if not missing:
            break
        more: dict[str, Found] = {}
        for trial, flagged in tried(single_trials(situation, missing, year), year, [d.code for d in missing]):
            for code in flagged.keys() - more.keys():
                more[code] = Found(situation, trial.changes, flagged[code])
        prove(more, year)
        found |= {code: one for code, one in more.items() if one.seeds}
        print(f"  {year} {situation}: {len(found)} of {len(definitions)}", flush=True)


def single_trials(situation: str, missing: list[Definition], year: Year) -> Iterator[Trial]:
    wanted = set().union(*(reads(d) for d in missing))
    for seed in SEARCHED:
        rows = lawful_rows(situation, seed, year, "T")
        yield from (Trial(situation, seed, (said,)) for said in single_changes(rows, wanted))


def search_by_example(missing: list[Definition], year: Year, found: dict[str, Found]) -> None:
    """Changes that put the cells of the rule's own example into a lawful child's rows, as few of them as will do."""
    more: dict[str, Found] = {}
    trials: dict[Trial, list[str]] = defaultdict(list)
    for definition in missing:
        for situation, seed in itertools.product(lives.SITUATIONS, SEARCHED):
            rows = lawful_rows(situation, seed, year, "T")
            for changes in overlays(definition, rows, year):
                trials[Trial(situation, seed, changes)].append(definition.code)
    for trial, flagged in tried(trials, year, [d.code for d in missing]):
        for code in trials[trial]:
            best = more.get(code)
            if code in flagged and (best is None or len(trial.changes) < len(best.changes)):
                more[code] = Found(trial.situation, trial.changes, flagged[code], [trial.seed])
    while fewer(more, year):
        pass
    for one in more.values():
        one.seeds.clear()
    prove(more, year)
    found |= {code: one for code, one in more.items() if one.seeds}


def overlays(definition: Definition, rows: Rows, year: Year) -> Iterator[tuple[str, ...]]:
    """The example's rows written over the child's, and in place of the child's."""
    example = EXAMPLES[f"{definition.code} {definition.since}"]
    of = Year(definition.since)
    tables = example["tables"] | {f"{name}.last_year": some for name, some in example["previous"].items()}
    over: list[str] = []
    instead: list[str] = []
    for table, some in tables.items():
        if table not in rows:
            return
        child = some[0]["CHILD"] if some else None
        instead.append(f"take away {table}")
        for number, row in enumerate(row for row in some if row["CHILD"] == child):
            cells = [
                (name, in_words(cell, of))
                for name, cell in row.items()
                if name != "CHILD" and name in columns_of(table)
            ]
            added = f"add {table} {', '.join(f'{name} = {value}' for name, value in cells)}".rstrip()
            instead.append(added)
            over += (
                [f"{table}[{number}].{name} = {value}" for name, value in cells]
                if number < len(rows[table])
                else [added]
            )
    yield tuple(over)
    yield tuple(instead)
    yield (*(f"take away {table}[-1]" for table, some in tables.items() for _ in rows[table][len(some) :]), *over)


def in_words(cell: str | None, of: Year) -> str:
    """A cell of an example, its days counted from the first of its year."""
    if cell is None:
        return "blank"
    try:
        day = dt.datetime.strptime(cell, "%d/%m/%Y").date()
    except ValueError:
        return f'"{cell}"'
    years = 0
    while day < of.start.replace(year=of.start.year + years):
        years -= 1
    while day >= of.start.replace(year=of.start.year + years + 1):
        years += 1
    days = (day - of.start.replace(year=of.start.year + years)).days
    said = f"1 April {'+' if years > 0 else '-'} {abs(years)} years" if years else "1 April"
    return f"{said} + {days} days" if days else said


def fewer(found: dict[str, Found], year: Year) -> bool:
    """Leave one change out of each where the rule still fires; whether any could be."""
    trials: dict[Trial, list[str]] = defaultdict(list)
    for code, one in found.items():
        for left_out in range(len(one.changes)):
            trials[Trial(one.situation, one.seeds[0], without(one.changes, left_out))].append(code)
    shorter: set[str] = set()
    for trial, flagged in tried(trials, year, sorted(found)):
        for code in set(trials[trial]) - shorter:
            if trial.changes and code in flagged:
                shorter.add(code)
                found[code].changes, found[code].flags = trial.changes, flagged[code]
    return bool(shorter)


def without(changes: tuple[str, ...], place: int) -> tuple[str, ...]:
    return changes[:place] + changes[place + 1 :]


def prove(found: dict[str, Found], year: Year) -> None:
    """Keep the lives on which each change works, what else fires on them, and a change that nearly is the same."""
    trials = [Trial(f.situation, seed, f.changes) for f in found.values() for seed in PROVED]
    codes = {(f.situation, f.changes): [] for f in found.values()}
    for code, f in found.items():
        codes[f.situation, f.changes].append(code)
    others: dict[str, set[str]] = defaultdict(set)
    for trial, flagged in tried(dict.fromkeys(trials), year):
        for code in codes[trial.situation, trial.changes]:
            mine = found[code]
            if flagged.get(code) == mine.flags and len(mine.seeds) < KEPT:
                mine.seeds.append(trial.seed)
                others[code] |= flagged.keys() - {code}
    for code, mine in found.items():
        mine.years[year.label] = sorted(others[code])


def nearly(found: dict[str, Found], year: Year) -> None:
    """For each rule, changes on which it does not fire, as close as can be to those on which it does."""
    trials: dict[Trial, list[str]] = defaultdict(list)
    for code, mine in found.items():
        for changes in near_misses(mine.changes, year):
            for seed in mine.seeds:
                trials[Trial(mine.situation, seed, changes)].append(code)
    silent: dict[tuple[str, tuple[str, ...]], int] = defaultdict(int)
    for trial, flagged in tried(trials, year):
        for code in trials[trial]:
            silent[code, trial.changes] += code not in flagged
    for (code, changes), count in silent.items():
        if count == len(found[code].seeds) and found[code].near is None:
            found[code].near = list(changes)


NEARLY = {
    "Header[0].UASC = blank": ['Header[0].UASC = "0"'],
    'Episodes[0].PL_DISTANCE = "1000"': ['Episodes[0].PL_DISTANCE = "999.9"'],
    'Episodes[0].DECOM = "13/10/1991"': ['Episodes[0].DECOM = "14/10/1991"'],
    'Episodes[0].PL_POST = "TR1 3AY"': ['Episodes[0].PL_POST = "NE1 8QH"'],
}
"""What is as near as can be to changes whose value has no neighbour that could be worked out."""


def near_misses(changes: tuple[str, ...], year: Year) -> Iterator[tuple[str, ...]]:
    """All changes but that the last is a little different, or one is left out."""
    yield from ((*changes[:-1], said) for said in near_changes(changes[-1], year))
    if len(changes) > 1:
        yield from (without(changes, place) for place in reversed(range(len(changes))))


def near_changes(said: str, year: Year) -> list[str]:
    """Changes of the same cell: a day more, a day less, another code."""
    change = parse(said)
    if change.verb != "set":
        return []
    (name, value), of = change.cells[0], TABLES[change.table.partition(".")[0]].all_columns()
    column, place = of[name], said.partition(" = ")[0]
    if said in NEARLY:
        return NEARLY[said]
    if column.kind == "date" and value != "blank" and not value.startswith('"'):
        steps = (" + 1 day", " - 1 day", " + 2 days", " - 2 days", " + 8 days", " - 8 days", " + 1 year", " - 1 year")
        return [f"{place} = {value}{step}" for step in steps]
    if column.codes:
        return [f'{place} = "{code}"' for code in column.valid_codes(year)] + [f"{place} = blank"]
    return [f"{place} = blank"]


Stored = dict[str, list[Found]]


def read() -> Stored:
    if not STORED.exists():
        return {}
    raw = json.loads(STORED.read_text(encoding="utf-8"))
    return {code: [found_of(entry) for entry in entries] for code, entries in raw.items()}


def found_of(entry: dict[str, Any]) -> Found:
    return Found(
        entry["situation"], tuple(entry["changes"]), entry["flags"], entry["seeds"], entry["near"], entry["years"]
    )


def write(stored: Stored) -> None:
    lines = (f" {json.dumps(code)}: [\n{entries_of(stored[code])}\n ]" for code in sorted(stored, key=code_order))
    STORED.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def entries_of(entries: list[Found]) -> str:
    return ",\n".join(f"  {json.dumps(asdict(entry))}" for entry in entries)


def known_for(stored: Stored, definitions: list[Definition], year: Year) -> dict[str, Found]:
    """What is stored for other years, or this one, that works in this year too."""
    again: dict[str, Found] = {}
    most = max((len(entries) for entries in stored.values()), default=0)
    for nth in range(most):
        left = {d.code for d in definitions} - again.keys()
        tried_now = {
            code: Found(entry.situation, entry.changes, entry.flags)
            for code in left
            for entry in stored.get(code, [])[nth : nth + 1]
        }
        prove(tried_now, year)
        again |= {code: found for code, found in tried_now.items() if found.seeds}
    return again


def keep(stored: Stored, found: dict[str, Found], year: Year) -> None:
    """Put what was found for a year with what is stored: one entry where other years have the same."""
    for code, mine in found.items():
        entries = stored.setdefault(code, [])
        for entry in entries:
            entry.years.pop(year.label, None)
        same = [e for e in entries if e.alike == mine.alike]
        common = [seed for seed in same[0].seeds if seed in mine.seeds] if same and same[0].years else mine.seeds
        if same and common:
            same[0].years |= mine.years
            same[0].seeds = common
        else:
            entries.append(mine)
        stored[code] = [entry for entry in entries if entry.years]


def year_done(stored: Stored, year: Year, codes: set[str]) -> list[str]:
    """Find what a year lacks; the rules for which nothing is found."""
    definitions = [d for d in definitions_in_force(year) if not codes or d.code in codes]
    found = known_for(stored, definitions, year)
    search_suggested([d for d in definitions if d.code not in found], year, found)
    search([d for d in definitions if d.code not in found], year, found)
    search_by_example([d for d in definitions if d.code not in found], year, found)
    nearly(found, year)
    keep(stored, found, year)
    return [d.code for d in definitions if d.code not in found]


def held(stored: Stored, year: Year) -> Iterator[tuple[str, Found, list[str] | None]]:
    """Each stored fault of a year with what else fires on its lives; None where the rule itself no longer does."""
    of_year = [(code, one) for code, entries in stored.items() for one in entries if year.label in one.years]
    trials = [Trial(one.situation, seed, one.changes) for _, one in of_year for seed in one.seeds]
    found = dict(tried(dict.fromkeys(trials), year))
    for code, one in of_year:
        flagged = [found.get(Trial(one.situation, seed, one.changes), {}) for seed in one.seeds]
        fires = all(of_life.get(code) == one.flags for of_life in flagged)
        others = set().union(*flagged) - {code}
        others -= {across for across in others & ACROSS_CHILDREN if not fires_alone(one, year, across)}
        yield code, one, sorted(others) if fires else None


def fires_alone(one: Found, year: Year, code: str) -> bool:
    """Whether a rule fires on any of the lives in a return of its own."""
    trials = (Trial(one.situation, seed, one.changes) for seed in one.seeds)
    return any(code in flagged for trial in trials for _, flagged in tried([trial], year, [code]))


def settle(stored: Stored) -> None:
    """Say of every stored fault what else fires on the lives that it is left with."""
    for label in RULE_YEARS:
        for _, one, others in list(held(stored, Year(label))):
            one.years[label] = others or []


def stale(stored: Stored) -> Iterator[str]:
    """What is stored and does not hold, or no longer as it is stored."""
    for label in RULE_YEARS:
        for code, one, others in held(stored, Year(label)):
            if others != one.years[label]:
                yield f"{code} {label}: {'; '.join(one.changes)}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("codes", nargs="*")
    parser.add_argument("--year", choices=RULE_YEARS)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    stored = read()
    if asked.check:
        gone = list(stale(stored))
        print("\n".join(gone) or "every stored fault holds")
        return 1 if gone else 0
    for label in [asked.year] if asked.year else reversed(RULE_YEARS):
        missing = year_done(stored, Year(label), set(asked.codes))
        print(f"{label}: nothing found for {', '.join(missing) or 'none'}", flush=True)
    settle(stored)
    write(stored)
    return 0


if __name__ == "__main__":
    sys.exit(main())
