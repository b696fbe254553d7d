"""Lawful lives in care, from which the return of each year is taken."""
