"""The tables of the published database, copied out of the working file.

Nobody sees the copy before it is whole, so transactions are there for speed alone.

A table that is built by days is copied from the first day on that can differ from the copy at
hand. What is not here: where the copy lies, and which day that is.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from orchestration.landing.sql_texts import literal
from orchestration.publication.relations import SCHEMAS, Relation, with_currency
from orchestration.publication.threads import with_fitting_threads

# Most tables are small, and each of them fills a block at least; the default is four times as much.
BLOCK_BYTES = 65536
# What any DuckDB from 1.2 on reads; the default is read by older ones and takes more room.
FORMAT = f"block_size {BLOCK_BYTES}, storage_version 'v1.2.0'"
# Under which name the copy is attached until it is detached.
COPY = "copy"


class PublicationError(RuntimeError):
    """The copy differs from what was copied. The last publication stays in place."""


def copy_tables(
    connection: duckdb.DuckDBPyConnection,
    database: Path,
    copied: Sequence[Relation],
    since: date | None,
    currency: str,
) -> dict[str, Any]:
    """Bring a database up to what the working file holds; return what it holds by table.

    It stays attached, as ``COPY``.

    Args:
        connection: to the working file.
        database: the copy; there is none yet where ``since`` is None.
        copied: the tables.
        since: the first day that can differ between the two; None copies all.
        currency: in which revenue is reported; comments name it.

    Raises:
        PublicationError: a table of the copy has other rows than its original.
    """
    options = "" if database.exists() else f" ({FORMAT})"
    connection.execute(f"attach {literal(str(database))} as {COPY}{options}")
    for schema in SCHEMAS:
        connection.execute(f"create schema if not exists copy.{schema}")
    rows = {}
    for group in with_fitting_threads(connection, copied):
        connection.begin()
        for one in group:
            rows[one.table] = _copy(connection, one, one.changed_from(since))
        connection.commit()
    columns = _columns(connection)
    fresh = [one for one in copied if one.changed_from(since) is None]
    connection.begin()
    connection.execute("".join(_comments(fresh, columns, currency)))
    connection.commit()
    connection.execute("checkpoint copy")
    return {
        one.table: {
            "rows": rows[one.table],
            "description": with_currency(one.description, currency),
            "columns": [
                {
                    "name": name,
                    "type": kind,
                    "description": with_currency(one.columns.get(name, ""), currency),
                }
                for name, kind in columns[one.table]
            ],
        }
        for one in copied
    }


def _copy(
    connection: duckdb.DuckDBPyConnection, relation: Relation, changed_from: date | None
) -> int:
    """Copy the rows that can have changed; return how many rows the copy holds."""
    original, copy = relation.table, f"copy.{relation.table}"
    order = f" order by {', '.join(relation.sorted_by)}" if relation.sorted_by else ""
    if changed_from is None:
        made = connection.execute(f"create or replace table {copy} as from {original}{order}")
        return made.fetchone()[0]
    changed = f"where {relation.day} >= date '{changed_from}'"
    connection.execute(f"delete from {copy} {changed}")
    connection.execute(f"insert into {copy} by name from {original} {changed}{order}")
    # Asked in SQL, as DuckDB's own handle of a table knows no view.
    count = "select count(*) from {}"
    rows, wanted = (
        connection.execute(count.format(name)).fetchone()[0] for name in (copy, original)
    )
    if rows != wanted:
        raise PublicationError(
            f"{original} has {wanted} rows, its copy {rows}. Nothing was published. Remove "
            "current/manifest.json of the publication and run again: then all is copied."
        )
    return rows


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[str, str]]]:
    """Return the names and types of the columns by table, in their order."""
    found = connection.execute(
        "select schema_name || '.' || table_name, column_name, data_type from duckdb_columns() "
        "where database_name = 'copy' order by schema_name, table_name, column_index"
    )
    columns: dict[str, list[tuple[str, str]]] = {}
    for table, name, kind in found.fetchall():
        columns.setdefault(table, []).append((name, kind))
    return columns


def _comments(
    fresh: Sequence[Relation], columns: dict[str, list[tuple[str, str]]], currency: str
) -> Iterator[str]:
    for one in fresh:
        yield f"comment on table copy.{one.table} is {_literal(one.description, currency)};"
        for name, _ in columns[one.table]:
            text = _literal(one.columns.get(name, ""), currency)
            yield f'comment on column copy.{one.table}."{name}" is {text};'


def _literal(text: str, currency: str) -> str:
    return "'" + with_currency(text, currency).replace("'", "''") + "'"
