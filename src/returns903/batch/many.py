"""Validate many returns into one dataset, and redo only what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from returns903.batch import summary
from returns903.batch.cluster import executor_of
from returns903.batch.dataset import Dataset
from returns903.batch.jobs import Job, Returns, jobs_of
from returns903.batch.processes import processors
from returns903.batch.running import run_here, run_on
from returns903.batch.work import PARTS, Entry, Work, seen
from returns903.errors import ConfigError, attempted
from returns903.limits import PROCESSES
from returns903.published.collect import chosen
from returns903.returns import Source, tables_named
from returns903.rules import choose, definitions_in_force, weighed
from returns903.rules.registry import Severity
from returns903.words import counted
from returns903.years import RULE_YEARS, Year, rules_year


class Batch:
    """Many returns that were validated: how each ended, and the dataset that holds what was found."""

    def __init__(self, dataset: Dataset, entries: list[Entry], fresh: frozenset[str]) -> None:
        self._dataset = dataset
        self.entries = entries
        """How each return ended, in the order in which they were named."""
        self.fresh = fresh
        """The names of those that this run worked on; the others had not changed since an earlier one."""

    @property
    def output(self) -> Path:
        """The folder of the dataset."""
        return self._dataset.root

    @property
    def returns(self) -> pl.DataFrame:
        """A row a return, in the order in which they were named.

        Columns: return, year, authority, state (passed, findings, failed), errors, queries (findings of each), rules
        passed, with_findings, skipped and crashed, why (of a failed one). Null: not known, since it was not read.
        """
        return summary.returns(self.entries)

    def by_rule(self) -> pl.DataFrame:
        """A row a rule, over all returns of which there is a result, in the order of their codes.

        Columns: rule, severity, findings, children, and the returns in which it passed, with_findings, skipped and
        crashed; message. A child in two returns counts in both: identifiers are an authority's own, and not matched.
        """
        return summary.by_rule(self.scan("outcomes"))

    def scan(self, name: str) -> pl.LazyFrame:
        """One kind of file of all returns as a lazy frame, with the columns year, authority and return.

        Args:
            name: findings, outcomes, reading, or a derived table that was asked for.

        Raises:
            ConfigError: there is none of that name in the dataset.
        """
        known = {file.removesuffix(".parquet") for entry in self.entries for file in entry.files} | set(PARTS)
        if name not in known:
            msg = f"the dataset holds no {name!r}; there are {', '.join(sorted(known))}"
            raise ConfigError(msg)
        return self._dataset.scan(name, self.entries)

    @property
    def failures(self) -> dict[str, list[str]]:
        """Why returns failed, by name."""
        return {entry.name: entry.why for entry in self.entries if entry.state == "failed"}

    def __repr__(self) -> str:
        states = summary.states(self.entries)
        said = ", ".join(f"{many:,} {state}" for state, many in states.items() if many)
        return f"<Batch of {counted(len(self.entries), 'return')}: {said}>"

    def _repr_html_(self) -> str:
        """How a notebook shows it: a row a return; no identifier, no cell."""
        from returns903.pages.notebook import shown

        columns = ("return", "year", "authority", "state", "errors", "queries")
        return shown(repr(self)[1:-1], [], columns, self.returns.select(columns).rows())


def validate_many(
    returns: Returns,
    *,
    output: Source,
    client: Any = None,
    processes: int | None = None,
    year: Year | str | None = None,
    previous: Source | None = None,
    providers: Source | None = None,
    postcodes: Source | None = None,
    allow_missing: Iterable[str] = (),
    select: str | Iterable[str] | None = None,
    ignore: str | Iterable[str] | None = None,
    severity: Mapping[str, Severity] | None = None,
    rules_year: str | None = None,
    rules: Iterable[Source] = (),
    tables: Iterable[str] = (),
    ids: bool = True,
    told: Callable[[Entry | int], object] = lambda _: None,
) -> Batch:
    """Validate many returns, each by itself, into one dataset; those that did not change since the last run are kept.

    A return that cannot be read, or whose process is killed, is told and stops no other. A script that calls this has
    to do so under ``if __name__ == "__main__":``, for the processes that it starts load the script too.

    Args:
        returns: a folder with a folder or file per return; a list of them as CSV, with the columns name, path,
            previous, authority, providers, postcodes and year, of which path is needed; or paths, or mappings with
            those keys. In a folder, one that is named by an authority's code, number or name is that authority's.
        output: the folder of the dataset; one of an earlier run is brought up to date.
        client: a Dask client, or any `concurrent.futures.Executor`, that does the work; this machine where not given.
        processes: how many processes of this machine; as many as it has processors where it is not given.
        year: the collection year of every return that a list does not give one for; told from the data otherwise.
        previous: a folder in which last year's returns lie under the names of these.
        providers, postcodes: as `read_return` takes them, for returns that a list gives none for.
        allow_missing: as `read_return` takes it.
        select, ignore, severity, rules_year: as `validate` takes them.
        rules: files of rules of your own, which from then on hold in this process too. The processes of a batch know
            no others, and workers of a client none at all.
        tables: derived tables to keep beside the findings, by the names of `returns903 tables`. They are kept as they
            are worked out, without disclosure control.
        ids: whether to keep the children's identifiers in findings and notes.
        told: is called with the number of returns to check, and then with each as it ends.

    Raises:
        ConfigError: an argument makes no sense, or the output holds what is not of this program.
        InputError: the list cannot be read, the output cannot be written, or the cluster cannot be reached.
    """
    jobs = jobs_of(returns, year=year and str(year), previous=previous, providers=providers, postcodes=postcodes)
    work = _work(allow_missing, select, ignore, severity, rules_year, rules, tables, ids)
    count = _processes(processes, client)
    if client is not None and work.rules:
        msg = "rules of your own run on this machine alone: leave out the client, or the rules"
        raise ConfigError(msg)
    dataset = Dataset(Path(output), private=ids or bool(work.tables))
    dataset.open({place for job in jobs for place in job.places.values()} | set(map(Path, work.rules)))
    earlier = dataset.entries()
    kept = dict(_unchanged(jobs, work, earlier))
    waiting = [job for job in jobs if job.name not in kept]
    told(len(waiting))
    for done in _ran(waiting, work, client, count):
        dataset.keep(done, earlier[done.entry.name][0] if done.entry.name in earlier else None)
        kept[done.entry.name] = done.entry
        told(done.entry)
    batch = Batch(dataset, [kept[job.name] for job in jobs], frozenset(job.name for job in waiting))
    dataset.conclude(batch.entries, summary.files(batch.entries, batch.by_rule()))
    return batch


def _ran(waiting: list[Job], work: Work, client: Any, count: int) -> Iterator[Any]:
    if not waiting:
        return
    if client is None:
        yield from run_here(waiting, work, min(count, len(waiting)))
        return
    with executor_of(client, work) as (pool, at_once):
        yield from run_on(pool, waiting, work, at_once)


def _unchanged(
    jobs: Iterable[Job], work: Work, earlier: Mapping[str, tuple[Path, Entry]]
) -> Iterator[tuple[str, Entry]]:
    """The returns of which the same is asked as before, and whose files hold the same as then."""
    for job in jobs:
        if job.name in earlier:
            entry, now = earlier[job.name][1], list[str]()
            if attempted(lambda j=job, n=now: n.append(seen(j, work)[2])) is None and now == [entry.digest]:  # type: ignore[misc]
                yield job.name, entry


def _work(
    allow_missing: Iterable[str],
    select: str | Iterable[str] | None,
    ignore: str | Iterable[str] | None,
    severity: Mapping[str, Severity] | None,
    year: str | None,
    rules: Iterable[Source],
    tables: Iterable[str],
    ids: bool,
) -> Work:
    """What is asked for, once what makes no sense is refused."""
    wanted = list(tables)
    found = chosen(wanted, "none") if wanted else []
    if not ids and (listed := [each.name for each in found if each.child_level]):
        msg = f"{listed[0]} has a row a child, with identifiers, which are to be left out"
        raise ConfigError(msg)
    work = Work(
        select=None if select is None else _names(select),
        ignore=_names(ignore or ()),
        severity=tuple((severity or {}).items()),
        rules_year=None if year is None else rules_year(year),
        allow_missing=tuple(tables_named(allow_missing)),
        rules=tuple(map(str, rules)),
        tables=tuple(each.name for each in found),
        ids=ids,
    )
    _refuse_rules(work)
    return work


def _names(names: str | Iterable[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _refuse_rules(work: Work) -> None:
    """Refuse before the work begins names of rules that there are in no year, and what cannot be taken up."""
    from returns903.rules.own import load_rules

    for file in work.rules:
        load_rules(file)
    years = [work.rules_year] if work.rules_year else list(RULE_YEARS)
    errors = [attempted(lambda y=year: _choose(y, work)) for year in years]  # type: ignore[misc]
    if all(errors) and errors[-1] is not None:
        raise errors[-1]


def _choose(year: str, work: Work) -> object:
    return weighed(choose(definitions_in_force(year), work.select, work.ignore), dict(work.severity))  # type: ignore[arg-type]


def _processes(processes: int | None, client: Any) -> int:
    if processes is not None and client is not None:
        msg = "give processes of this machine, or a client whose workers do the work"
        raise ConfigError(msg)
    count = processors() if processes is None else processes
    if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= PROCESSES:
        msg = f"processes is a whole number from 1 to {PROCESSES}"
        raise ConfigError(msg)
    return count
