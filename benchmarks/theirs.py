"""Run the published validator on a folder, as its own command does; this runs in its environment, not in ours.

python benchmarks/theirs.py RETURN PREVIOUS PROVIDERS.xlsx RULESET COLLECTION_YEAR AUTHORITY FINDINGS.csv

Its command `run-offline` names its own files, year and authority; here they are given. Last year's return and the list
of providers are handed in under the descriptions that it documents for them.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from lac_validator import lac_validator
from lac_validator.report import Report
from lac_validator.utils import process_uploaded_files


def main() -> None:
    """Validate, and write its table of issues."""
    folder, previous, providers, ruleset, year, authority, findings = sys.argv[1:]
    files = process_uploaded_files(
        {
            "This year": [str(path) for path in sorted(Path(folder).glob("*.csv"))],
            "Prev year": [str(path) for path in sorted(Path(previous).glob("*.csv"))],
            "CH lookup": [providers],
        }
    )
    for file in files:
        file["name"] = Path(file["name"]).name
    registry = importlib.import_module(f"lac_validator.rules.{ruleset}").registry
    metadata = {"collectionYear": year, "localAuthority": authority}
    found = lac_validator.LacValidator(metadata=metadata, files=files, registry=registry, selected_rules=None)
    report = Report(found.ds_results, registry)
    lac_validator.create_issue_df(report.report, report.error_report).to_csv(findings, index=False)
    print(f"{len(found.dones)} rules ran, {len(found.skips)} were skipped, {len(found.fails)} failed")
    print(int(report.report[report.error_cols].sum().sum()))


if __name__ == "__main__":
    main()
