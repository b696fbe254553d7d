"""Reference data: local, dated, each optional."""
