def code(value, strict=True): return value
