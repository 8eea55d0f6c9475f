"""A batch of too many lines to be held at once: its parts wait in a file until they move together.

DuckDB keeps what was thrown away in memory until a transaction ends, so parts are read before it
begins, and kept in a database file beside the warehouse, which holds them compressed. What is not
here: how a part is read, which ``batches`` knows.
"""

from contextlib import suppress
from pathlib import Path

import duckdb

from orchestration.landing.sql_texts import literal

PARTS = "landing_parts.main.parts"
ENDING = ".landing_parts"
Connection = duckdb.DuckDBPyConnection


def put_aside(connection: Connection, number: int) -> None:
    """Keep what ``landing_batch`` holds as the part of this number, from 1."""
    chosen = f"select *, {number - 1} as _part from landing_batch"
    if number > 1:
        connection.execute(f"insert into {PARTS} {chosen}")
        return
    forget_parts(connection)
    path = _path(connection)
    connection.execute(f"attach {literal(str(path or ':memory:'))} as landing_parts")
    connection.execute(f"create table {PARTS} as {chosen}")


def show_parts(connection: Connection) -> None:
    """Have ``landing_batch`` show all parts."""
    connection.execute("drop table landing_batch")
    connection.execute(f"create temp view landing_batch as from {PARTS}")


def forget_parts(connection: Connection) -> None:
    """Remove the parts, those too that a killed load has left behind."""
    try:
        connection.execute("drop view if exists temp.landing_batch")
    except duckdb.CatalogException:
        pass  # It is the table of a batch that is one part.
    except duckdb.Error:
        return  # After a fatal error nothing can be asked; the next load removes them.
    with suppress(duckdb.BinderException):  # A batch of one part has no such file.
        # A file that is detached is written anew first, for which all that it holds is read.
        connection.execute(f"drop table if exists {PARTS}")
    connection.execute("detach database if exists landing_parts")
    if path := _path(connection):
        for name in (path.name, f"{path.name}.wal"):
            path.with_name(name).unlink(missing_ok=True)


def _path(connection: Connection) -> Path | None:
    (path,) = connection.execute(
        "select path from duckdb_databases() where database_name = current_database()"
    ).fetchone()
    return Path(f"{path}{ENDING}") if path else None
