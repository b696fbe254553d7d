"""The tables that are published from a return: catalogue, definitions, and disclosure control over all of them."""

from __future__ import annotations
