"""A kit for testing with lawful returns."""
