"""Topics whose published tables stand in a file of their own: `TABLES` of counts, and the `ties` between numbers."""

from __future__ import annotations

from returns903.published import (
    adoption_tables,
    care_tables,
    health_tables,
    missing_tables,
    placement_tables,
    social_worker_tables,
)

TOPICS = (care_tables, placement_tables, health_tables, missing_tables, adoption_tables, social_worker_tables)
