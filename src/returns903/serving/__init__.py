"""A page on this machine alone, on which a return is dropped and its report opens, without a command line."""
