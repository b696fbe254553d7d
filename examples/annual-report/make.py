"""Makes the returns of this example: run `python make.py [FOLDER]`; the same files come out every time.

Nobody in them is real. What is made to fit is how many children left care in 2018-19 for each reason, and how many had
each legal status on 31 March 2019: the counts that one authority published for that year. All else is drawn by lot.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

LAST = dt.date(2019, 3, 31)
YEARS = {"return": dt.date(2018, 4, 1), "previous": dt.date(2017, 4, 1)}
"""The first day of the year of each return."""

LEFT = {
    "E14": 8,
    "E11": 14,
    "E12": 5,
    "E15": 5,
    "E3": 57,
    "E9": 13,
    "E2": 2,
    "E6": 35,
    "E5": 91,
    "E41": 10,
    "E4A": 74,
    "E4B": 20,
    "E47": 39,
    "E45": 1,
    "E7": 71,
}
ONE_NIGHT = 11
"""Children taken over by another authority (E3) after one night, whom the authority shows in a row of its own."""
STATUSES = {"V2": 406, "C1": 129, "C2": 268, "E1": 32}
LEFT_BEFORE = {
    "E14": 7,
    "E11": 17,
    "E12": 6,
    "E3": 61,
    "E9": 12,
    "E6": 31,
    "E5": 84,
    "E4A": 81,
    "E4B": 18,
    "E47": 41,
    "E7": 66,
}
CARE_LEAVERS = {17: 64, 18: 68, 19: 71, 20: 59, 21: 62, 22: 53}
"""Care leavers by their age on 31 March 2019; those of 22 are in the return of the year before."""
ETHNIC = {
    "WBRI": 178,
    "WIRI": 7,
    "WOTH": 119,
    "MWBC": 39,
    "MWBA": 10,
    "MWAS": 15,
    "MOTH": 48,
    "AIND": 5,
    "APKN": 9,
    "AOTH": 129,
    "BCRB": 76,
    "BAFR": 124,
    "BOTH": 38,
    "CHNE": 5,
    "OOTH": 18,
    "NOBT": 6,
}
AGES = {
    "E11": (1, 4),
    "E12": (1, 4),
    "E5": (18, 18),
    "E6": (18, 18),
    "E7": (18, 18),
    "E15": (17, 17),
    "E9": (15, 17),
    "E14": (15, 17),
    "E47": (1, 10),
    "E45": (2, 10),
    "E41": (3, 12),
}
ENDS_WITH = {"E11": "E1", "E12": "E1", "E14": "J1", "E47": "C2", "E45": "C2", "E41": "C2"}
BEFORE = {"V2": ["V2"], "C1": ["V2", "C1"], "C2": ["C1", "C2"], "E1": ["C1", "C2", "E1"], "J1": ["J1"]}
"""The legal statuses that lead to one."""
PLACES = {"U6": 40, "U4": 14, "U1": 12, "K2": 9, "H5": 12, "P1": 5, "R1": 1, "K1": 1, "T0": 3, "S1": 1}
HOMES = {"RM10 7BN": 30, "RM8 2AB": 30, "RM9 5AR": 20, "RM10 9SA": 14}
NEAR = {"RM1 3ER": 8, "RM7 7EB": 6, "IG1 1NN": 7, "E6 2RP": 5, "E15 4LZ": 5, "SE18 6HQ": 3, "N17 6QA": 3, "SS14 1DL": 4}
FAR = {"SS1 2JY": 6, "ME4 4TT": 5, "LU1 2BQ": 3, "CT1 1YW": 2, "NR1 1AA": 1, "CF10 1EP": 1}
PLACED = {name: count / 2 for name, count in HOMES.items()} | NEAR | FAR
"""Where children are placed: about half within the area, one in six farther than 20 miles."""
NEEDS = {"N1": 60, "N2": 3, "N3": 4, "N4": 9, "N5": 18, "N6": 2, "N8": 4}
PROVIDERS = {"PR1": 55, "PR4": 45}
WHY_MOVED = {"CARPL": 48, "CREQB": 22, "CREQO": 8, "CHILD": 5, "LAREQ": 7, "OTHER": 10}
CODES = {"PN1": 46, "PN2": 4, "PN3": 3, "PN4": 4, "PN5": 10, "PN6": 9, "PN7": 24}


@dataclass
class Episode:
    """A row of Episodes."""

    decom: dt.date
    rne: str
    ls: str
    place: str
    home: str
    post: str
    dec: dt.date | None = None
    rec: str = ""


@dataclass
class Child:
    """A child, the episodes of one period of care and the reviews in it."""

    name: str
    sex: str
    dob: dt.date
    ethnic: str
    asylum: bool = False
    episodes: list[Episode] = field(default_factory=list)
    reviews: list[dt.date] = field(default_factory=list)
    leaver: bool = False
    asked_at: int = 18
    """The age at which a care leaver is first asked about."""


class Maker:
    """Makes children one after another."""

    def __init__(self) -> None:
        self.lot = random.Random(903)
        self.children: list[Child] = []

    def pick(self, weights: dict[str, int] | dict[str, float]) -> str:
        """One of these, each as often as its weight says."""
        return self.lot.choices(list(weights), list(weights.values()))[0]

    def day(self, first: dt.date, last: dt.date) -> dt.date:
        """A day between two."""
        return first + dt.timedelta(days=self.lot.randint(0, (last - first).days))

    def child(self, born: dt.date, *, asylum: bool = False) -> Child:
        """A child without any care."""
        name, sex = f"AR{len(self.children) + 1:04}", self.pick({"1": 65, "2": 35})
        child = Child(name, sex, born, self.pick({"BAFR": 2, "AOTH": 6, "OOTH": 1} if asylum else ETHNIC), asylum)
        self.children.append(child)
        return child

    def in_care(self, status: str) -> None:
        """A child in care on the last day, with this legal status."""
        asylum = status == "V2" and self.lot.random() < 0.66
        age = self.lot.randint(15, 17) if asylum else self.lot.randint(0, 16)
        child = self.child(years(LAST, -age) - dt.timedelta(days=self.lot.randint(1, 360)), asylum=asylum)
        longest = min(700 if asylum else 2_400, (LAST - child.dob).days)
        start = LAST - dt.timedelta(days=int(longest * self.lot.random() ** 1.2))
        self.care(child, start, None, "", status)

    def left(self, reason: str, first: dt.date, *, one_night: bool = False) -> None:
        """A child who left care in the year that begins on a day."""
        end = self.day(first, years(first, 1) - dt.timedelta(days=1))
        low, high = AGES.get(reason, (0, 17))
        asylum = one_night or reason == "E15" or (high > 16 and self.lot.random() < 0.2)
        low, high = (16, 17) if asylum and high < 18 else (low, high)
        spare = 1 if high == 18 else self.lot.randint(1, 360)
        child = self.child(years(end, -self.lot.randint(low, high)) - dt.timedelta(days=spare), asylum=asylum)
        longest = min(100 if reason == "E14" else 1_900, (end - child.dob).days)
        start = end - dt.timedelta(days=1 if one_night else max(2, int(longest * self.lot.random())))
        self.care(child, start, end, reason, ENDS_WITH.get(reason) or self.pick({"V2": 1} if asylum else STATUSES))

    def care(self, child: Child, start: dt.date, end: dt.date | None, reason: str, status: str) -> None:
        """Give a child a period of care that ends with a legal status."""
        length = ((end or LAST) - start).days
        statuses = [status] if length < 90 else list(BEFORE[status])
        orders = self.lot.sample(range(1, min(length, 300)), len(statuses) - 1) if len(statuses) > 1 else []
        moves = set(self.moves(length)) - set(orders)
        place, post, home = self.place(child), self.pick(PLACED), self.pick(HOMES)
        child.episodes.append(Episode(start, "S", statuses.pop(0), place, home, post))
        for day in sorted([*orders, *moves]):
            before = child.episodes[-1]
            if day in moves:
                place, post = self.place(child), self.pick(PLACED)
            legal = statuses.pop(0) if day in orders else before.ls
            begin = start + dt.timedelta(days=day)
            child.episodes.append(Episode(begin, "P" if day in moves else "L", legal, place, home, post))
        if status == "E1" and (length > 200 or reason in ("E11", "E12")):
            child.episodes[-1].place = "A4"
        for episode, after in zip(child.episodes, child.episodes[1:], strict=False):
            episode.dec, episode.rec = after.decom, "X1"
        child.episodes[-1].dec, child.episodes[-1].rec, child.leaver = end, reason, end is not None
        self.review(child, start, end or LAST)

    def moves(self, length: int) -> Iterator[int]:
        """The days of a stay on which the placement changes, more of them in its first year."""
        day = self.lot.expovariate(1 / 380)
        while day < length - 1:
            if day >= 1:
                yield int(day)
            day += self.lot.expovariate(1 / (380 if day < 365 else 4_000))

    def place(self, child: Child) -> str:
        """A placement."""
        return self.pick({"H5": 5, "U6": 3} if child.asylum else PLACES)

    def review(self, child: Child, start: dt.date, end: dt.date) -> None:
        """Hold reviews until the period ends, most of them in good time."""
        due, gaps = start + dt.timedelta(days=26), iter([90])
        placed = child.episodes[-1].decom if child.episodes[-1].place == "A4" else None
        while True:
            if placed and due > placed:
                due, gaps, placed = placed + dt.timedelta(days=26), iter([90]), None
            late = self.lot.random() < (0.12 if not child.reviews else 0.06)
            held = due + dt.timedelta(days=self.lot.randint(3, 40) if late else -self.lot.randint(0, 12))
            held = max(held, start + dt.timedelta(days=1))
            if held > end:
                return
            child.reviews.append(held)
            due = held + dt.timedelta(days=next(gaps, 181))


def years(day: dt.date, more: int) -> dt.date:
    """The day some years later."""
    return (day - dt.timedelta(days=day.day == 29 and day.month == 2)).replace(year=day.year + more)


def children() -> list[Child]:
    """Everyone of both returns."""
    maker = Maker()
    for reason, count in LEFT.items():
        for _ in range(count):
            maker.left(reason, YEARS["return"])
    for _ in range(ONE_NIGHT):
        maker.left("E3", YEARS["return"], one_night=True)
    for status, count in STATUSES.items():
        for _ in range(count):
            maker.in_care(status)
    for reason, count in LEFT_BEFORE.items():
        for _ in range(count):
            maker.left(reason, YEARS["previous"])
    for age, count in CARE_LEAVERS.items():
        for _ in range(count):
            child = maker.child(years(LAST, -age) - dt.timedelta(days=maker.lot.randint(1, 360)))
            child.asked_at = 17 if maker.lot.random() < 0.35 else 18
    return maker.children


def tables(everyone: list[Child], first: dt.date) -> dict[str, list[list[str]]]:
    """The rows of the return of the year that begins on a day, by file, headings first."""
    last, lot = years(first, 1) - dt.timedelta(days=1), random.Random(first.year)
    here = [c for c in everyone if any(touches(e, first, last) for e in c.episodes)]
    leavers = [c for c in everyone if not c.episodes and years(last, -22) < c.dob <= years(last, -c.asked_at)]
    rows: dict[str, list[list[str]]] = {
        "header": [["CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"]],
        "episodes": [
            [
                "CHILD",
                "DECOM",
                "RNE",
                "LS",
                "CIN",
                "PLACE",
                "PLACE_PROVIDER",
                "DEC",
                "REC",
                "REASON_PLACE_CHANGE",
                "HOME_POST",
                "PL_POST",
                "URN",
            ]
        ],
        "reviews": [["CHILD", "DOB", "REVIEW", "REVIEW_CODE"]],
        "uasc": [["CHILD", "SEX", "DOB", "DUC"]],
        "oc3": [["CHILD", "DOB", "IN_TOUCH", "ACTIV", "ACCOM"]],
        "oc2": [["CHILD", "DOB", *OC2]],
        "missing": [["CHILD", "DOB", "MISSING", "MIS_START", "MIS_END"]],
        "ad1": [["CHILD", "DOB", "DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR"]],
        "placed_for_adoption": [["CHILD", "DOB", "DATE_PLACED", "DATE_PLACED_CEASED", "REASON_PLACED_CEASED"]],
    }
    for child in [*here, *leavers]:
        rows["header"].append([child.name, child.sex, text(child.dob), child.ethnic, "UN2", "", ""])
        rows["episodes"] += [written(child, e, last) for e in child.episodes if touches(e, first, last)]
        for held in child.reviews:
            if first <= held <= last:
                under_4 = held < years(child.dob, 4)
                code = "PN0" if under_4 else lot.choices(list(CODES), list(CODES.values()))[0]
                rows["reviews"].append([child.name, text(child.dob), text(held), code])
        if child.asylum:
            rows["uasc"].append([child.name, child.sex, text(child.dob), ""])
        if child.episodes[0:1] and child.episodes[0].decom <= first and in_care_on(child, last):
            rows["oc2"].append([child.name, text(child.dob), *health(lot, last.year - child.dob.year)])
        rows["missing"] += absences(lot, child, first, last)
        told = adoption(child, first, last)
        for name, row in told.items():
            rows[name].append([child.name, text(child.dob), *row])
    for child in leavers:
        rows["oc3"].append([child.name, text(child.dob), *outcome(lot)])
    return rows


OC2 = (
    "SDQ_SCORE",
    "SDQ_REASON",
    "CONVICTED",
    "HEALTH_CHECK",
    "IMMUNISATIONS",
    "TEETH_CHECK",
    "HEALTH_ASSESSMENT",
    "SUBSTANCE_MISUSE",
    "INTERVENTION_RECEIVED",
    "INTERVENTION_OFFERED",
)


def in_care_on(child: Child, day: dt.date) -> bool:
    """Whether a child is in care at the close of a day."""
    return child.episodes[0].decom <= day and (child.episodes[-1].dec is None or child.episodes[-1].dec > day)


def health(lot: random.Random, age: int) -> Iterator[str]:
    """What OC2 says of a child of an age."""

    def yes(share: float) -> str:
        return "1" if lot.random() < share else "0"

    scored = 4 <= age <= 16 and lot.random() < 0.8
    misuse = yes(0.05) if age >= 10 else "0"
    received = yes(0.6) if misuse == "1" else ""
    yield str(min(40, max(0, round(lot.gauss(14, 7))))) if scored else ""
    yield "" if scored or not 4 <= age <= 16 else lot.choice(["SDQ2", "SDQ3", "SDQ4"])
    yield yes(0.03) if age >= 10 else "0"
    yield yes(0.88) if age < 5 else ""
    yield from (yes(0.87), yes(0.83), yes(0.91), misuse, received)
    yield yes(0.7) if received == "0" else ""


def absences(lot: random.Random, child: Child, first: dt.date, last: dt.date) -> Iterator[list[str]]:
    """The times a child was missing, or away, in a year."""
    if not child.episodes or last.year - child.dob.year < 12 or lot.random() > 0.14:
        return
    begin = max(first, child.episodes[0].decom)
    end = min(last, child.episodes[-1].dec or last)
    day = begin + dt.timedelta(days=lot.randint(1, 120))
    while day < end and lot.random() < 0.8:
        back = day + dt.timedelta(days=min(int(lot.expovariate(1 / 2)), (end - day).days))
        yield [child.name, text(child.dob), lot.choice(["M", "M", "A"]), text(day), text(back)]
        day = back + dt.timedelta(days=lot.randint(2, 60))


def adoption(child: Child, first: dt.date, last: dt.date) -> dict[str, list[str]]:
    """What AD1 and the table of decisions say of a child with a placement order."""
    orders = [e.decom for e in child.episodes if e.ls == "E1"]
    if not orders or orders[0] > last:
        return {}
    decided = max(child.episodes[0].decom, orders[0] - dt.timedelta(days=20))
    found = {"placed_for_adoption": [text(decided), "", ""]}
    end = child.episodes[-1]
    if end.rec in ("E11", "E12") and end.dec and first <= end.dec <= last:
        placed = next((e.decom for e in child.episodes if e.place == "A4"), end.decom)
        matched = max(decided, placed - dt.timedelta(days=15))
        found["ad1"] = [text(decided), text(matched), "0", "2", "MF", "L11"]
    return found


def touches(episode: Episode, first: dt.date, last: dt.date) -> bool:
    """Whether an episode lies in a year."""
    return episode.decom <= last and (episode.dec is None or episode.dec >= first)


def written(child: Child, e: Episode, last: dt.date) -> list[str]:
    """An episode as the return of a year holds it."""
    over = e.dec is not None and e.dec <= last
    moved = over and e.rec == "X1" and any(x.decom == e.dec and x.rne == "P" for x in child.episodes)
    lot = random.Random(child.name + e.post)
    need = "N8" if child.asylum else random.Random(child.name).choices(list(NEEDS), list(NEEDS.values()))[0]
    provider = "PR0" if e.place == "P1" else lot.choices(list(PROVIDERS), list(PROVIDERS.values()))[0]
    why = lot.choices(list(WHY_MOVED), list(WHY_MOVED.values()))[0]
    return [
        child.name,
        text(e.decom),
        e.rne,
        e.ls,
        need,
        e.place,
        provider,
        text(e.dec) if over else "",
        e.rec if over else "",
        why if moved else "",
        e.home,
        e.post,
        "",
    ]


def outcome(lot: random.Random) -> Iterator[str]:
    """What OC3 says of a care leaver."""
    for weights in (
        {"YES": 91, "NO": 6, "REFU": 3},
        {"F2": 22, "F5": 19, "F1": 6, "P2": 4, "P5": 6, "G5": 28, "G4": 8, "G6": 7},
        {"U1": 42, "D1": 30, "Z1": 9, "B1": 8, "T1": 3, "X2": 5, "W2": 3},
    ):
        yield lot.choices(list(weights), list(weights.values()))[0]


def text(day: dt.date | None) -> str:
    """A day as the return writes it."""
    return "" if day is None else f"{day:%d/%m/%Y}"


def write(folder: Path) -> None:
    """Write both returns below a folder."""
    everyone = children()
    for name, first in YEARS.items():
        (folder / name).mkdir(exist_ok=True)
        for table, rows in tables(everyone, first).items():
            with (folder / name / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
