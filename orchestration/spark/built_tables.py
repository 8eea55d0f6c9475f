"""What Spark has built, as DuckDB reads it: the Parquet files of a table below the Spark folder.

The working file takes the tables in, so that checks, reports, exports and the publication are made
as ever. What is not here: how Spark writes them, which ``macros/engine`` says.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SCHEMAS = ("seeds", "staging", "intermediate", "marts", "reports")
# What DuckDB calls the types that Spark calls otherwise.
TYPES = {"string": "varchar", "int": "integer", "void": "integer"}


def built_tables(session: "SparkSession") -> Iterator[tuple[str, str]]:
    """Return schema and name of every table and view that Spark has built."""
    known = {row[0] for row in session.sql("show databases").collect()}
    for schema in SCHEMAS:
        if schema in known:
            rows = session.sql(f"show tables in {schema}").collect()
            yield from sorted((schema, row.tableName) for row in rows if not row.isTemporary)


def rows_of(
    session: "SparkSession", folder: Path, schema: str, name: str, order: Sequence[str] = ()
) -> str | None:
    """Return the query of DuckDB for the rows of a table; None for a view, which has no files.

    Args:
        session: that built it.
        folder: of everything that Spark keeps.
        schema: of the table.
        name: of the table.
        order: names of columns that come first, in their order; Spark has the day last.
    """
    place = folder / "tables" / f"{schema}.db" / name
    columns = [(one.name, one.dataType.simpleString()) for one in session.table(f"{schema}.{name}")
               .schema.fields]  # fmt: skip
    rank = {column: number for number, column in enumerate(order)}
    columns.sort(key=lambda column: rank.get(column[0], len(rank)))
    if not place.is_dir():
        return None
    if not any(place.rglob("*.parquet")):
        empty = (f'cast(null as {duckdb_type(kind)}) as "{column}"' for column, kind in columns)
        return f"select {', '.join(empty)} where false"
    said = (f'cast("{column}" as {duckdb_type(kind)}) as "{column}"' for column, kind in columns)
    return (
        f"select {', '.join(said)} from read_parquet('{place}/**/*.parquet', "
        "hive_partitioning = true, hive_types_autocast = false, union_by_name = true)"
    )


def duckdb_type(spark_type: str) -> str:
    """Return what DuckDB calls a type of Spark."""
    return TYPES.get(spark_type, spark_type)


def take_in(
    session: "SparkSession",
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    tables: Mapping[tuple[str, str], Sequence[str]],
) -> None:
    """Put the rows of these tables into the working file, in place of what has their names.

    All of them or none: it is one transaction. A view of Spark becomes a table.

    Args:
        session: that built them.
        connection: to the working file.
        folder: of everything that Spark keeps.
        tables: schema and name, each with the names of its columns that come first.
    """
    connection.execute("set TimeZone = 'UTC'")
    connection.execute("begin")
    try:
        for (schema, name), order in tables.items():
            rows = rows_of(session, folder, schema, name, order)
            if rows is None:
                frame = session.table(f"{schema}.{name}").toArrow()  # noqa: F841  DuckDB reads it
                rows = "from frame"
            connection.execute(f"create schema if not exists {schema}")
            connection.execute(_way_cleared(connection, schema, name))
            connection.execute(f'create or replace table {schema}."{name}" as {rows}')
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise


def _way_cleared(connection: duckdb.DuckDBPyConnection, schema: str, name: str) -> str:
    views = connection.execute(
        "select 1 from duckdb_views() where schema_name = ? and view_name = ?", [schema, name]
    ).fetchall()
    return f'drop view if exists {schema}."{name}"' if views else "select 1"
