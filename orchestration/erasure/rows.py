"""Which rows of raw carry somebody to be erased, by a mark or in a text, and from which files.

What is not here: what becomes of them, which ``replacements`` says.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from orchestration.erasure.marks import Patterns, address, is_marked, mentions, shows
from orchestration.landing.contract import Column, SourceTable
from orchestration.landing.sql_texts import quoted

TEXTS = ("varchar", "json")
# Unknown columns and values that were of another type, as the loader keeps them.
LEFT_OVER = Column("_extra", "json", personal=True)


@dataclass(frozen=True)
class Carriers:
    """The rows of one table that carry persons to be erased.

    Attributes:
        table: its contract.
        relation: temporary table of them: ``_row``, the rowid; ``_is_theirs``, whether a mark of
            theirs stands in a column for it; ``_mentions_<column>``, whether its text holds one;
            ``_shows_<column>``, whether a text that is not declared personal shows one.
        count: how many.
        undeclared: columns that are not declared personal and show somebody, with their rows.
    """

    table: SourceTable
    relation: str
    count: int
    undeclared: Mapping[str, int]


def find_carriers(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, patterns: Patterns
) -> Carriers:
    """Find the rows of a table that carry persons to be erased."""
    relation = quoted(f"carriers_of_{table.identifier}")
    tests = {"_is_theirs": " or ".join(_marked(table)) or "false"}
    for column in read_columns(table):
        name = quoted(column.name)
        tests[f"_mentions_{column.name}"] = (
            f"({mentions(name, patterns)} or {shows(name, patterns)})"
        )
    others = undeclared_columns(table)
    for name in others:
        tests[f"_shows_{name}"] = shows(quoted(name), patterns)
    flags = ", ".join(f"{test} as {quoted(name)}" for name, test in tests.items())
    connection.execute(
        f"create or replace temp table {relation} as select * from "
        f"(select rowid as _row, {flags} from raw.{quoted(table.identifier)}) "
        f"where {' or '.join(map(quoted, tests))}"
    )
    counted = ", ".join(f"count(*) filter ({quoted(f'_shows_{name}')})" for name in others)
    count, *shown = connection.execute(f"select count(*), {counted} from {relation}").fetchone()
    found = {name: rows for name, rows in zip(others, shown, strict=True) if rows}
    return Carriers(table, relation, count, found)


def read_columns(table: SourceTable) -> list[Column]:
    """Return the columns whose texts are searched: personal ones that are no numbers of persons."""
    searched = (
        column
        for column in table.columns
        if column.personal
        and column.data_type in TEXTS
        and column.identifies not in ("person", "device")
    )
    return [*searched, LEFT_OVER]


def undeclared_columns(table: SourceTable) -> list[str]:
    """Return the text columns in which nobody is to stand: not personal ones, and file names."""
    return [
        *(c.name for c in table.columns if not c.personal and c.data_type in TEXTS),
        "_file",
    ]


def count_lines(connection: duckdb.DuckDBPyConnection, patterns: Patterns) -> int:
    """Count the refused lines whose text holds a mark of somebody to be erased."""
    named = _names_in_line(patterns)
    return connection.execute(f"select count(*) from raw.quarantine where {named}").fetchone()[0]


def files_with(
    connection: duckdb.DuckDBPyConnection, carriers: Sequence[Carriers], patterns: Patterns
) -> list[str]:
    """Return the landing files that hold the persons, those with a loaded content included."""
    loads = [
        f"select distinct _load_id as load_id from raw.{quoted(found.table.identifier)} as landed "
        f"inner join {found.relation} as carriers on landed.rowid = carriers._row"
        for found in carriers
    ]
    loads.append(f"select load_id from raw.quarantine where {_names_in_line(patterns)}")
    named = shows("file", patterns)
    files = connection.execute(
        f"with held as ({' union '.join(loads)}) "
        "select file from raw.loads inner join held using (load_id) union "
        "select file from raw.replays inner join held on first_load_id = load_id union "
        f"select file from raw.loads where {named} union "
        f"select file from raw.replays where {named} order by file"
    )
    return [file for (file,) in files.fetchall()]


def _names_in_line(patterns: Patterns) -> str:
    return f"({mentions('line', patterns)} or {shows('line', patterns)})"


def _marked(table: SourceTable) -> Iterator[str]:
    for kind in ("person", "device", "address"):
        for name in map(quoted, table.marks(kind)):
            yield is_marked(kind, address(name) if kind == "address" else name)
