"""Reading (placeholder until the readers stand)."""
from __future__ import annotations
from dataclasses import dataclass
import polars as pl
from returns903.reading.notes import Note, notes_frame
@dataclass
class Input:
    file: str
    table: str
    rows: int
@dataclass
class Read:
    tables: dict[str, pl.DataFrame]
    notes: list[Note]
    inputs: list[Input]
    files: int
def read_tables(path, *, previous=False): raise NotImplementedError
def infer_year(tables): raise NotImplementedError
