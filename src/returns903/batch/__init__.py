"""Many returns: each validated by itself, on this machine's processes or a cluster's, into one dataset."""

from __future__ import annotations
