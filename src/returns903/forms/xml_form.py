"""One XML file: a CHILD for each child, whose HEADER holds what CSV spreads over many tables, and EPISODEs.

A HEADER names its child and the birth date once, and has each item once: a second row of Header stands in a further
CHILD of the same child.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from returns903.forms.carried import FLAG, with_flag
from returns903.reading.xml_file import ROOT
from returns903.reading.xml_rows import CHILD, GROUPS, HEADER, OWN
from returns903.tables import AD1, OC3, TABLES, UASC, Episodes, Header
from returns903.words import counted

_IN_HEADER = (Header, UASC, OC3, AD1)
"""The tables whose rows are items of a HEADER."""
_WHOSE = ["CHILD", "DOB"]
_KEY = ["CHILD", "copy"]
"""What tells one CHILD from another: the child, and which of its rows in the HEADER it holds."""
_BORN = pl.col("DOB").alias("born")
_HOME = "home"
"""The number of a CHILD."""
_OPEN, _WITHIN, _HEADER_ENDS, _EPISODES, _CLOSE = range(5)
"""The order of what stands in a CHILD."""
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
Tables = dict[str, pl.DataFrame]


def xml(tables: Mapping[str, pl.DataFrame]) -> tuple[bytes, list[str]]:
    """The file in UTF-8, and what it does not hold."""
    rows = {name: frame for name, frame in _flagged(tables).items() if TABLES[name].xml}
    keyed = {name: _keyed(name, frame) for name, frame in rows.items()}
    homes = _homes(keyed)
    placed = _with_header({name: frame.join(homes, on=_KEY, nulls_equal=True) for name, frame in keyed.items()})
    parts = [_opened(homes, placed), *_groups(placed), *_ends(homes)]
    text = pl.concat(parts).sort(_HOME, "part", "table", "row")["text"].str.join("").item() or ""
    whole = f'<?xml version="1.0" encoding="utf-8"?>\n<{ROOT}>\n{text}</{ROOT}>\n'
    said = [*_not_carried(tables), *_of_rows(placed, homes.height), *_asylum_rows(tables.get(UASC.name), placed)]
    return whole.encode(), said


def _flagged(tables: Mapping[str, pl.DataFrame]) -> Tables:
    """The tables with the asylum flag in Header, which XML carries."""
    header = tables.get(Header.name)
    if header is None or FLAG in header.columns:
        return {**tables}
    return {**tables, Header.name: header.with_columns(with_flag(tables))}


def _keyed(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The rows with their numbers and the CHILD that they belong to."""
    is_item = TABLES[name] in _IN_HEADER
    copy = pl.int_range(pl.len()).over("CHILD") if is_item else pl.lit(0, pl.Int64)
    return frame.with_row_index("row").with_columns(copy.alias("copy"))


def _homes(keyed: Tables) -> pl.DataFrame:
    """Every CHILD by its key, numbered; those of one child stand together, in the order in which children come."""
    none = pl.DataFrame(schema={"CHILD": pl.String, "copy": pl.Int64})
    seen = pl.concat([none, *(frame.select(_KEY) for frame in keyed.values())]).unique(maintain_order=True)
    first = pl.int_range(pl.len()).min().over("CHILD")
    ordered = seen.with_columns(first.alias("first")).sort("first", "copy").select(_KEY).with_row_index(_HOME)
    return ordered.join(_births(keyed, seen), on=_KEY, nulls_equal=True, maintain_order="left")


def _births(keyed: Tables, keys: pl.DataFrame) -> pl.DataFrame:
    """The birth date that each CHILD gives: that of its row of Header, else the first of the child in any table."""
    dated = [frame.select(*_KEY, _BORN) for frame in keyed.values() if "DOB" in frame.columns]
    if not dated:
        return keys.with_columns(pl.lit(None, pl.String).alias("born"))
    header = [keyed[Header.name].select(*_KEY, _BORN)] if Header.name in keyed else []
    firsts = pl.concat(dated).unique("CHILD", keep="first", maintain_order=True).select("CHILD", "born")
    others = keys.join(firsts, on="CHILD", how="left", nulls_equal=True)
    return pl.concat([*header, others]).unique(_KEY, keep="first", maintain_order=True)


def _with_header(placed: Tables) -> Tables:
    """The rows in their places, without those of UASC that have no row of Header: their items would make one."""
    if UASC.name not in placed:
        return placed
    header = placed.get(Header.name, pl.DataFrame(schema={_HOME: pl.UInt32}))
    return placed | {UASC.name: placed[UASC.name].join(header, on=_HOME, how="semi")}


def _opened(homes: pl.DataFrame, placed: Tables) -> pl.DataFrame:
    """The beginning of each CHILD: the items of its HEADER."""
    items = ["CHILDID", "DOB"]
    found = homes.rename({"CHILD": "CHILDID", "born": "DOB"})
    for table in _IN_HEADER:
        if table.name in placed:
            own = [tag for tag in placed[table.name].columns if tag in OWN[table.name] and tag not in items]
            found = found.join(placed[table.name].select(_HOME, *own), on=_HOME, how="left")
            items += own
    text = pl.concat_str(pl.lit(f"<{CHILD}>\n<{HEADER}>\n"), *map(_item, items), pl.lit("\n"))
    return _fragments(found, _OPEN, 0, text)


def _groups(placed: Tables) -> Iterator[pl.DataFrame]:
    """The rows that are elements of their own."""
    for number, (element, table) in enumerate(GROUPS.items()):
        if table.name in placed:
            named = {column.xml or name: name for name, column in table.columns().items() if name not in _WHOSE}
            items = [_item(tag, name) for tag, name in named.items()]
            text = pl.concat_str(pl.lit(f"<{element}>"), *items, pl.lit(f"</{element}>\n"))
            part = _EPISODES if table == Episodes else _WITHIN
            yield _fragments(placed[table.name], part, number, text)


def _ends(homes: pl.DataFrame) -> Iterator[pl.DataFrame]:
    yield _fragments(homes, _HEADER_ENDS, 0, pl.lit(f"</{HEADER}>\n"))
    yield _fragments(homes, _CLOSE, 0, pl.lit(f"</{CHILD}>\n"))


def _fragments(frame: pl.DataFrame, part: int, table: int, text: pl.Expr) -> pl.DataFrame:
    row = pl.col("row") if "row" in frame.columns else pl.lit(0, pl.UInt32)
    return frame.select(
        _HOME, pl.lit(part).alias("part"), pl.lit(table).alias("table"), row.alias("row"), text.alias("text")
    )


def _item(tag: str, column: str | None = None) -> pl.Expr:
    cell = pl.col(column or tag)
    escaped = cell.str.replace_many(_ESCAPES)
    return pl.when(_filled(cell)).then(pl.format(f"<{tag}>{{}}</{tag}>", escaped)).otherwise(pl.lit(""))


def _filled(cell: pl.Expr) -> pl.Expr:
    return (cell.str.strip_chars() != "").fill_null(value=False)


def _not_carried(tables: Mapping[str, pl.DataFrame]) -> Iterator[str]:
    for name, frame in tables.items():
        if not TABLES[name].xml:
            yield f"{name}: XML has no such table; {counted(frame.height, 'row')} left out"


def _of_rows(placed: Tables, homes: int) -> Iterator[str]:
    """What is said of rows that are read otherwise than they stand."""
    headers = placed[Header.name].height if Header.name in placed else 0
    if homes > headers:
        yield f"Header: {counted(homes - headers, 'row')} more: XML has a HEADER for every child"
    for name, frame in placed.items():
        own = [column for column in frame.columns if column in OWN[name] or column in TABLES[name].columns()]
        filled = pl.any_horizontal(_filled(pl.col([column for column in own if column not in _WHOSE])))
        if name not in (Header.name, UASC.name) and (bare := frame.filter(~filled).height):
            yield f"{name}: {counted(bare, 'row')} with the child alone, which XML does not carry"
        if (
            name != UASC.name
            and "DOB" in own
            and (others := frame.filter(pl.col("DOB").ne_missing(pl.col("born"))).height)
        ):
            yield f"{name}: {counted(others, 'row')} with a DOB that is not the child's first, the one that XML gives"


def _asylum_rows(given: pl.DataFrame | None, placed: Tables) -> Iterator[str]:
    """In XML the rows of UASC follow from the flag and from DUC; what is said where they come to others."""
    made = _numbered(_made(placed))
    wanted = made.clear() if given is None else _numbered(given)
    kept = wanted.join(made, on=made.columns, how="semi", nulls_equal=True).height
    if lost := wanted.height - kept:
        yield f"UASC: {counted(lost, 'row')} not carried as it stands: XML gives SEX, DOB and the flag once a child"
    if more := made.height - kept:
        yield f"UASC: {counted(more, 'row')} more: XML has one for every HEADER with the flag 1 or a DUC"


def _made(placed: Tables) -> pl.DataFrame:
    """The rows of UASC that are read from the file."""
    if Header.name not in placed:
        return pl.DataFrame(schema=dict.fromkeys(UASC.columns(), pl.String))
    ends = placed.get(UASC.name, pl.DataFrame(schema={_HOME: pl.UInt32, "DUC": pl.String}))
    found = placed[Header.name].join(ends.select(_HOME, "DUC"), on=_HOME, how="left")
    is_flagged = pl.col(FLAG).str.strip_chars() == "1"
    return found.filter(is_flagged.fill_null(value=False) | _filled(pl.col("DUC"))).select(list(UASC.columns()))


def _numbered(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of UASC, with which of the same rows each is."""
    return rows.with_columns(pl.int_range(pl.len()).over(list(UASC.columns())).alias("copy"))
