"""What a result can be asked: the rows that a rule flagged, counts by rule and child, and why a rule fired."""

from __future__ import annotations
