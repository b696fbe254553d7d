"""Published tables put before people and programs: pages, workbooks, charts and files to hand on."""

from __future__ import annotations
