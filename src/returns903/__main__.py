"""``python -m returns903`` is the command line."""

from returns903.cli import main

main()
