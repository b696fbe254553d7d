"""How small the case is that shows each rule's fault, and what finding it takes.

python benchmarks/reduce.py [YEAR...]

For every rule of a year, its fault is put into a lawful return of 500 rows and last year's, and the whole is reduced by
that rule. Printed for each year: the share of rules of which at most 3 rows are left, those with more, those of which
something could not be made safe, CPU seconds and calls of the check.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from itertools import count
from statistics import median

from returns903 import Return, Year, validate
from returns903.testing import faults, lives, reduce
from returns903.years import RULE_YEARS

ROWS, FEW = 500, 3


def lawful_return(year: Year) -> Return:
    """A return of at least `ROWS` rows, of children in all situations."""
    for children in count(40, 5):
        told = [(f"C{n:03}", lives.life(lives.SITUATIONS[n % len(lives.SITUATIONS)], n, year)) for n in range(children)]
        made = lives.put_together(told, year)
        if sum(frame.height for frame in made.tables.values()) >= ROWS:
            return made.load()
    raise AssertionError


def fires(code: str) -> Callable[[Return], bool]:
    """Whether a rule fires."""
    return lambda ret: validate(ret, select=[code]).outcomes[code].count > 0


def measure(year: Year) -> str:
    """What there is to say of a year."""
    lawful = lawful_return(year)
    rows, seconds, calls, unsafe = {}, [], [], []
    for fault in faults.for_year(year):
        broken = fault.apply(lawful).ret
        start = time.process_time()
        reduced = reduce(broken, keeps=fires(fault.rule))
        seconds.append(time.process_time() - start)
        calls.append(reduced.calls)
        rows[fault.rule] = len(reduced.rows)
        unsafe += [fault.rule] if reduced.unsafe else []
    more = [f"{code} ({left})" for code, left in rows.items() if left > FEW]
    share = 1 - len(more) / len(rows)
    return (
        f"{year}: {share:.1%} of {len(rows)} rules in at most {FEW} rows, {sum(n == 1 for n in rows.values())} in 1; "
        f"more: {', '.join(more) or 'none'}; not wholly safe: {', '.join(unsafe) or 'none'}; "
        f"CPU seconds {median(seconds):.2f} (median), {max(seconds):.2f} (most); "
        f"calls {median(calls):.0f} (median), {max(calls)} (most)"
    )


if __name__ == "__main__":
    for label in sys.argv[1:] or RULE_YEARS:
        print(measure(Year(label)), flush=True)
