"""The derived tables put before people: disclosure control, and workbooks, pages and files to hand on."""

from __future__ import annotations
