"""How fast, and how that is measured."""
