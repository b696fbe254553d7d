"""An Airflow task that validates a return and fails on errors. Not run by any test of this project."""

from datetime import datetime

from airflow.sdk import dag, task

RETURN, YEAR, REPORT = "/data/return", "2024-25", "/data/report.html"


@dag(schedule="@weekly", start_date=datetime(2024, 4, 1), catchup=False)
def ssda903():  # type: ignore[no-untyped-def]
    """Check the return each week."""

    @task
    def validate() -> dict[str, int]:
        """By rule, how many findings are to be mended. Nothing of a child goes into the log or into XCom."""
        import polars as pl

        import returns903

        result = returns903.validate(returns903.read_return(RETURN, year=YEAR))
        result.write(REPORT)
        found = result.by_rule().filter(pl.col("findings") > 0, severity="error")
        if result.failures or found.height:
            raise ValueError(f"to be mended: {dict(zip(found['rule'], found['findings'], strict=True))}")
        return {}

    validate()


ssda903()
