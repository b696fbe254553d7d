"""A result, put into the forms that people and programs read."""

from __future__ import annotations
