"""Tables by the number of threads that copy them. What is not here: how they are copied."""

from collections.abc import Iterator, Sequence

import duckdb

from orchestration.publication.relations import Relation

# DuckDB gives a thread so many rows at a time. Of a table with fewer, the other threads only wait,
# and waiting costs as much again as copying.
ROWS_OF_A_THREAD = 122_880


def with_fitting_threads(
    connection: duckdb.DuckDBPyConnection, relations: Sequence[Relation]
) -> Iterator[list[Relation]]:
    """Give the small tables while one thread is at work, then the others while all are."""
    found = connection.execute(
        "select schema_name || '.' || table_name from duckdb_tables() "
        f"where database_name = current_database() and estimated_size <= {ROWS_OF_A_THREAD}"
    )
    small = {table for (table,) in found.fetchall()}
    (threads,) = connection.execute("select current_setting('threads')").fetchone()
    connection.execute("set threads = 1")
    yield [one for one in relations if one.table in small]
    connection.execute(f"set threads = {threads}")
    yield [one for one in relations if one.table not in small]
