"""Which rows of a raw table carry somebody to be erased, by a mark or in the midst of a text.

What is not here: what becomes of them, which ``replacements`` says.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from orchestration.erasure.marks import address, is_marked, mentions
from orchestration.landing.contract import Column, SourceTable
from orchestration.landing.statements import quoted

TEXTS = ("varchar", "json")
# Unknown columns and values that were of another type, as the loader keeps them.
LEFT_OVER = Column("_extra", "json", personal=True)


@dataclass(frozen=True)
class Carriers:
    """The rows of one table that carry persons to be erased.

    Attributes:
        table: its contract.
        relation: temporary table of them: ``_row``, the rowid; ``_is_theirs``, whether a mark of
            theirs stands in a column for it; ``_mentions_<column>``, whether its text holds one.
        count: how many.
    """

    table: SourceTable
    relation: str
    count: int


def find_carriers(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, patterns: int
) -> Carriers:
    """Find the rows of a table that carry persons to be erased."""
    relation = quoted(f"carriers_of_{table.identifier}")
    tests = {"_is_theirs": " or ".join(_marked(table)) or "false"}
    for column in read_columns(table):
        tests[f"_mentions_{column.name}"] = mentions(quoted(column.name), patterns)
    flags = ", ".join(f"{test} as {quoted(name)}" for name, test in tests.items())
    connection.execute(
        f"create or replace temp table {relation} as select * from "
        f"(select rowid as _row, {flags} from raw.{quoted(table.identifier)}) "
        f"where {' or '.join(map(quoted, tests))}"
    )
    (count,) = connection.table(relation).count("*").fetchone()
    return Carriers(table, relation, count)


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


def _marked(table: SourceTable) -> Iterator[str]:
    for kind in ("person", "device", "address"):
        for name in map(quoted, table.marks(kind)):
            yield is_marked(kind, address(name) if kind == "address" else name)
