"""Sections 1 to 3 of the derived tables once more, row by row in plain Python: the second opinion of the tests.

Written from the definitions, not from the library: loops, text and `datetime`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from typing import Any

from returns903 import codes
from tests.derive.strategies import Row, SmallReturn, Tables

GROUPS = {
    "C1": "Interim care order",
    "C2": "Full care order",
    "D1": "Placement order granted",
    "E1": "Placement order granted",
    "V2": "Voluntary agreements under S20 CA 1989",
    "L1": "Detained for child protection",
    "L2": "Detained for child protection",
    "L3": "Detained for child protection",
    "J1": "Youth justice legal statuses",
    "J2": "Youth justice legal statuses",
    "J3": "Youth justice legal statuses",
}
Found = dict[str, Any]


def day(text: str | None) -> dt.date | None:
    if text is None or not re.fullmatch(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}", text):
        return None
    one, two, three = (int(part) for part in text.split("/"))
    try:
        return dt.date(three, two, one)
    except ValueError:
        return None


def age(born: dt.date | None, on: dt.date) -> int | None:
    if born is None:
        return None
    years = on.year - born.year
    try:
        birthday = born.replace(year=on.year)
    except ValueError:
        birthday = dt.date(on.year, 2, 28)
    return years if birthday <= on else years - 1


def _blank(text: str | None) -> str | None:
    return text or None


def rows_of(tables: Tables, *, last_year: bool) -> list[Found]:
    return [
        {
            "child": _blank(row.get("CHILD")),
            "decom": day(row.get("DECOM")),
            "dec": day(row.get("DEC")),
            "rne": _blank(row.get("RNE")),
            "rec": _blank(row.get("REC")),
            "ls": _blank(row.get("LS")),
            "place": _blank(row.get("PLACE")),
            "respite": row.get("LS") in ("V3", "V4"),
            "last_year": last_year,
            "dec_text": _blank(row.get("DEC")),
            "source": row,
        }
        for row in tables.get("Episodes", [])
    ]


def _text_key(row: Row) -> list[tuple[bool, str]]:
    names = ["LS", "CIN", "PLACE", "PLACE_PROVIDER", "RNE", "REC", "REASON_PLACE_CHANGE", "URN", "HOME_POST", "PL_POST"]
    return [(not row.get(name), row.get(name) or "") for name in names]


def episodes(small: SmallReturn) -> list[Found]:
    now = rows_of(small.tables, last_year=False)
    both = list(now)
    for old in rows_of(small.previous or {}, last_year=True):
        if not any(row["child"] == old["child"] and row["decom"] == old["decom"] for row in now):
            both.append(old)
    placed = [row for row in both if row["child"] and row["decom"]]
    return sorted(
        placed,
        key=lambda row: (
            row["child"],
            row["decom"],
            row["dec"] or dt.date.max,
            row["rne"] != "S",
            row["rec"] != "X1",
            _text_key(row["source"]),
        ),
    )


def chains(small: SmallReturn) -> list[list[Found]]:
    """The episodes of each period of care, those of the years before among them."""
    found: list[list[Found]] = []
    for row in episodes(small):
        last = found[-1][-1] if found else None
        chained = (
            last is not None
            and last["child"] == row["child"]
            and last["dec"] == row["decom"]
            and last["rec"] == "X1"
            and row["rne"] != "S"
        )
        if chained:
            found[-1].append(row)
        else:
            found.append([row])
    return found


def _touches(small: SmallReturn, rows: list[Found]) -> bool:
    return rows[-1]["dec"] is None or rows[-1]["dec"] >= small.year.start


def _numbered(small: SmallReturn) -> list[tuple[int, list[Found]]]:
    seen: Counter[str] = Counter()
    found = []
    for rows in chains(small):
        if _touches(small, rows):
            seen[rows[0]["child"]] += 1
            found.append((seen[rows[0]["child"]], rows))
    return found


def periods_of_care(small: SmallReturn) -> list[Found]:
    return [
        {
            "child": rows[0]["child"],
            "period": number,
            "start": rows[0]["decom"],
            "start_known": rows[0]["rne"] == "S",
            "end": rows[-1]["dec"],
            "reason": rows[-1]["rec"],
            "episodes": len(rows),
            "days": ((rows[-1]["dec"] or small.year.end) - rows[0]["decom"]).days,
            "open": rows[-1]["dec"] is None,
            "respite": all(row["respite"] for row in rows),
        }
        for number, rows in _numbered(small)
    ]


def legal_status_runs(small: SmallReturn) -> list[Found]:
    found = []
    for number, rows in _numbered(small):
        runs: list[list[Found]] = []
        for row in rows:
            if runs and runs[-1][-1]["ls"] == row["ls"]:
                runs[-1].append(row)
            else:
                runs.append([row])
        for run in runs:
            if _touches(small, run):
                end = run[-1]["dec"]
                found.append(
                    {
                        "child": run[0]["child"],
                        "period": number,
                        "legal_status": run[0]["ls"],
                        "group": GROUPS.get(run[0]["ls"] or ""),
                        "start": run[0]["decom"],
                        "end": end,
                        "days": ((end or small.year.end) - run[0]["decom"]).days,
                        "episodes": len(run),
                        "open": end is None,
                    }
                )
    return found


def asylum_seekers(small: SmallReturn) -> set[str]:
    """Header's flag where it says anything of a child, else the UASC table; the year before for those not named."""
    found: set[str] = set()
    named: set[str] = set()
    for tables in (small.tables, small.previous or {}):
        flags: dict[str, list[str]] = {}
        listed = {row["CHILD"] for row in tables.get("UASC", []) if row.get("CHILD")}
        headed = {row["CHILD"] for row in tables.get("Header", []) if row.get("CHILD")}
        for row in tables.get("Header", []):
            if row.get("CHILD") and row.get("UASC"):
                flags.setdefault(str(row["CHILD"]), []).append(str(row["UASC"]))
        for child in (listed | headed) - named:
            if child is not None and ("1" in flags[child] if child in flags else child in listed):
                found.add(child)
        named |= {child for child in listed | headed if child}
    return found


def seeks_asylum(small: SmallReturn, child: str, on: dt.date) -> bool:
    """On a day: of the two returns that of the day's year speaks first, if it names the child; DUC ends it."""
    both = [small.tables, small.previous or {}]
    for tables in both if on >= small.year.start else reversed(both):
        rows = [row for row in tables.get("UASC", []) if row.get("CHILD") == child]
        heads = [row for row in tables.get("Header", []) if row.get("CHILD") == child]
        flags = [row["UASC"] for row in heads if row.get("UASC")]
        if rows or heads:
            ends = [day(row.get("DUC")) for row in rows]
            over = bool(ends) and all(end is not None and end <= on for end in ends)
            return ("1" in flags if flags else bool(rows)) and not over
    return False


def header_of(small: SmallReturn) -> dict[str, Found]:
    """Each child's Header row: this year's, of several the one with the earliest date of birth."""
    found: dict[str, Found] = {}
    for tables in (small.tables, small.previous or {}):
        here: dict[str, list[Found]] = {}
        for row in tables.get("Header", []):
            if row.get("CHILD"):
                marks = {"dob": day(row.get("DOB")), "sex": row.get("SEX"), "ethnic": row.get("ETHNIC")}
                here.setdefault(str(row["CHILD"]), []).append(marks)
        for child, rows in here.items():
            if child not in found:
                found[child] = min(rows, key=lambda mark: (mark["dob"] or dt.date.max, mark["sex"], mark["ethnic"]))
    return found


def looked_after_on(small: SmallReturn, date: dt.date) -> list[Found]:
    chosen: dict[str, tuple[Found, Found]] = {}
    for rows in chains(small):
        for row in rows:
            ended = row["dec"] is not None and row["dec"] <= date
            told = not row["last_year"] or date < small.year.start
            if told and row["decom"] <= date and not ended and not row["respite"]:
                chosen[row["child"]] = (row, rows[0])
    headers, marked = header_of(small), asylum_seekers(small)
    return [
        {
            "child": child,
            "row": row,
            "legal_status": row["ls"],
            "group": GROUPS.get(row["ls"] or ""),
            "placement": row["place"],
            "age": age(headers.get(child, {}).get("dob"), date),
            "sex": headers.get(child, {}).get("sex"),
            "ethnic": headers.get(child, {}).get("ethnic"),
            "asylum": seeks_asylum(small, child, date),
            "asylum_in_year": child in marked,
            "start": first["decom"],
            "start_known": first["rne"] == "S",
            "days": (date - first["decom"]).days,
        }
        for child, (row, first) in sorted(chosen.items())
    ]


def legal_status_on(small: SmallReturn, date: dt.date) -> dict[str | None, tuple[int, int, int]]:
    """By legal status: children, asylum-seeking children, episodes not judged."""
    children = looked_after_on(small, date)
    doubts: Counter[str | None] = Counter()
    for row in rows_of(small.tables, last_year=False):
        began = row["decom"] is None or row["decom"] <= date
        over = row["dec"] is not None and row["dec"] <= date
        unplaced = row["child"] is None or row["decom"] is None
        end_unknown = row["dec"] is None and (row["dec_text"] is not None or row["rec"] is not None)
        if not row["respite"] and began and not over and (unplaced or end_unknown):
            doubts[_listed(row["ls"])] += 1
    for row in episodes(small):
        gone = row["last_year"] and row["dec"] is None and date >= small.year.start
        if gone and row["decom"] <= date and not row["respite"]:
            doubts[_listed(row["ls"])] += 1
    every = Counter(_listed(row["legal_status"]) for row in children)
    seeking = Counter(_listed(row["legal_status"]) for row in children if row["asylum"])
    return {status: (every[status], seeking[status], doubts[status]) for status in {*every, *doubts}}


def _listed(status: str | None) -> str | None:
    return status if status is None or status in codes.LS else codes.NOT_A_CODE


def started_in_year(small: SmallReturn) -> dict[str, tuple[dt.date, str | None]]:
    found: dict[str, tuple[dt.date, str | None]] = {}
    for row in episodes(small):
        in_year = small.year.start <= row["decom"] <= small.year.end
        if row["rne"] == "S" and in_year and not row["respite"]:
            found.setdefault(row["child"], (row["decom"], row["ls"]))
    return found


def leaving_care(small: SmallReturn, days: tuple[dt.date, dt.date] | None = None) -> list[Found]:
    since, until = days or (small.year.start, small.year.end)
    endings: list[tuple[Found, Found | None]] = [
        (row, None) for row in rows_of(small.tables, last_year=False) if row["child"] and not row["decom"]
    ]
    endings += [(row, rows[0]) for rows in chains(small) for row in rows]
    of_child: dict[str, list[Any]] = {}
    for place, (row, first) in enumerate(endings):
        in_year = row["dec"] is not None and since <= row["dec"] <= until
        if in_year and row["rec"] not in (None, "X1") and not row["respite"]:
            texts = [row[name] or "" for name in ("rec", "ls", "place")]
            rank = (row["dec"], row["decom"] or dt.date.min, place if first else -1, texts)
            of_child.setdefault(row["child"], []).append((rank, row, first))
    last = {child: max(found, key=lambda item: item[0])[1:] for child, found in of_child.items()}
    headers, marked = header_of(small), asylum_seekers(small)
    return [
        {
            "child": child,
            "row": row,
            "reason": row["rec"],
            "age": age(headers.get(child, {}).get("dob"), row["dec"]),
            "days": (row["dec"] - first["decom"]).days if first else None,
            "legal_status": row["ls"],
            "placement": row["place"],
            "asylum": seeks_asylum(small, child, row["dec"]),
            "asylum_in_year": child in marked,
            "ceased": row["dec"],
            "start": first["decom"] if first else None,
            "start_known": first["rne"] == "S" if first else None,
        }
        for child, (row, first) in sorted(last.items())
    ]


def leaving_not_judged(small: SmallReturn) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in rows_of(small.tables, last_year=False):
        in_year = row["dec"] is not None and small.year.start <= row["dec"] <= small.year.end
        not_placed = row["dec"] is None or (row["child"] is None and in_year)
        if row["rec"] not in (None, "X1") and not row["respite"] and not_placed:
            found[row["rec"]] += 1
    return found
