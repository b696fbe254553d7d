"""What can go wrong that is not a finding. No text here ever holds the value of a cell."""

from __future__ import annotations


class ReturnsError(Exception):
    """The base of every error this library raises on purpose."""


class InputError(ReturnsError):
    """A file or frame cannot be used at all; the text names the file and, where there is one, the line."""


class ConfigError(ReturnsError):
    """An option or argument makes no sense; the text says which and what would."""
