"""The page of findings: one file that the officer works from, with the rows of the children concerned."""
