"""Rows that Python holds, under a name that a statement can read.

What is not here: which rows, and what is asked of them.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb


@contextmanager
def registered(connection: duckdb.DuckDBPyConnection, name: str, rows: object) -> Iterator[None]:
    """Have the rows (a table or a reader of Arrow) be read under this name while the block runs."""
    # DuckDB 2 registers nothing while an answer is not read to its end, which the one row of a
    # ``fetchone`` does not do; here that would be told as the fault of a file.
    connection.execute("select true").fetchall()
    connection.register(name, rows)
    try:
        yield
    finally:
        connection.unregister(name)
