"""A Prefect flow that validates a return and stops on errors. No cell is logged: results name rules and counts."""

import sys

import polars as pl
from prefect import flow, task

import returns903


@task
def errors_of(path: str, year: str, report: str) -> dict[str, int]:
    """By rule, how many findings are to be mended; the page is written beside."""
    result = returns903.validate(returns903.read_return(path, year=year))
    result.write(report)
    if result.failures:
        raise ValueError("; ".join(result.failures))
    found = result.by_rule().filter(pl.col("findings") > 0, severity="error")
    return dict(zip(found["rule"], found["findings"], strict=True))


@flow
def submission(path: str, year: str, report: str = "report.html") -> dict[str, int]:
    """What has to hold before a return is submitted."""
    errors = errors_of(path, year, report)
    if errors:
        raise ValueError(f"to be mended: {errors}")
    return errors


if __name__ == "__main__":
    submission(*sys.argv[1:])
