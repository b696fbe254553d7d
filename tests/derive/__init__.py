"""Derived tables, by worked examples, properties, and a second computation in plain Python."""
