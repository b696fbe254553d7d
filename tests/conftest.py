"""What every test rests on."""

from __future__ import annotations

import os
from pathlib import Path

os.environ["RETURNS903_CACHE"] = str(Path(__file__).resolve().parents[1] / ".pytest_cache" / "returns903")
"""Copies of reference data made in tests stay out of the user's cache."""
