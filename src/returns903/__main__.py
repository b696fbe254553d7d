"""``python -m returns903`` is the command line, and so is the command ``returns903``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line. Ctrl-C is told in one line even while it is being loaded."""
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support

        freeze_support()  # a process that a batch starts is this program too, where it is a single file
    try:
        from returns903 import cli

        cli.main()
    except KeyboardInterrupt:
        if sys.stderr is not None:
            sys.stderr.write("returns903: stopped\n")
        raise SystemExit(2) from None


if __name__ == "__main__":
    main()
