"""A Dagster asset that is a validated return, and a check that blocks what depends on it while there are errors."""

from pathlib import Path

import polars as pl
from dagster import AssetCheckResult, AssetCheckSeverity, AssetCheckSpec, Config, Output, asset

import returns903


class Returned(Config):
    """Where the return lies, and what it is."""

    path: str
    year: str
    report: str = "report.html"


@asset(check_specs=[AssetCheckSpec(name="no_errors", asset="ssda903", blocking=True)])
def ssda903(config: Returned):  # type: ignore[no-untyped-def]
    """The findings of a return; the page goes where such records may lie."""
    ret = returns903.read_return(config.path, year=config.year)
    result = returns903.validate(ret)
    result.write(Path(config.report))
    errors = result.by_rule().filter(pl.col("findings") > 0, severity="error")
    yield Output(result.findings.drop("child"))  # identifiers stay in the report
    yield AssetCheckResult(
        passed=errors.is_empty() and not result.failures,
        severity=AssetCheckSeverity.ERROR,
        metadata={"errors": int(errors["findings"].sum()), "rules": ", ".join(errors["rule"]), "report": config.report},
    )
