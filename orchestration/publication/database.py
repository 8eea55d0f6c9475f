"""The tables of the published database, copied one by one out of the working file.

A table that is built by days is copied from the first day on that can differ from the copy at
hand. What is not here: where the copy lies, and which day that is.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from orchestration.publication.relations import SCHEMAS, Relation


class PublicationError(RuntimeError):
    """The copy differs from what was copied. The last publication stays in place."""


def copy_tables(
    connection: duckdb.DuckDBPyConnection,
    database: Path,
    copied: Sequence[Relation],
    since: date | None,
) -> dict[str, Any]:
    """Bring a database up to what the working file holds; return what it holds by table.

    Args:
        connection: to the working file.
        database: the copy; there is none yet where ``since`` is None.
        copied: the tables.
        since: the first day that can differ between the two; None copies all.

    Raises:
        PublicationError: a table of the copy has other rows than its original.
    """
    connection.execute(f"attach '{database}' as copy")
    for schema in SCHEMAS:
        connection.execute(f"create schema if not exists copy.{schema}")
    tables = {
        relation.table: _copy_table(connection, relation, relation.changed_from(since))
        for relation in copied
    }
    connection.execute("checkpoint copy")
    connection.execute("detach copy")
    return tables


def _copy_table(
    connection: duckdb.DuckDBPyConnection, relation: Relation, changed_from: date | None
) -> dict[str, Any]:
    original, copy = relation.table, f"copy.{relation.table}"
    if changed_from is None:
        connection.execute(f"create or replace table {copy} as from {original}")
        _describe(connection, relation, copy)
    else:
        changed = f"where {relation.day} >= date '{changed_from}'"
        connection.execute(f"delete from {copy} {changed}")
        connection.execute(f"insert into {copy} by name from {original} {changed}")
    rows, wanted = (connection.table(name).count("*").fetchone()[0] for name in (copy, original))
    if rows != wanted:
        raise PublicationError(
            f"{original} has {wanted} rows, its copy {rows}. Nothing was published. Remove "
            "manifest.json of the publication and run again: then all is copied."
        )
    types = connection.table(copy)
    columns = [
        {"name": name, "type": str(kind), "description": relation.columns.get(name, "")}
        for name, kind in zip(types.columns, types.types, strict=True)
    ]
    return {"rows": rows, "description": relation.description, "columns": columns}


def _describe(connection: duckdb.DuckDBPyConnection, relation: Relation, copy: str) -> None:
    connection.execute(f"comment on table {copy} is {_literal(relation.description)}")
    for column in connection.table(copy).columns:
        text = _literal(relation.columns.get(column, ""))
        connection.execute(f'comment on column {copy}."{column}" is {text}')


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
