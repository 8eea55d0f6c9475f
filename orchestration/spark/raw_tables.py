"""Raw tables for Spark: Parquet that DuckDB writes from the working file, as tables of schema raw.

So the loader, its quarantine and its books are the same for both engines. A cluster may read what
others landed instead: the contract is the raw table, as the sources of the dbt project state it.
"""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SCHEMA = "raw"


def write_raw_tables(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[str]:
    """Write every raw table into ``<folder>/raw/<table>/``; return their names, sorted.

    JSON is text there, as Parquet knows no such type that both engines read.
    """
    tables = connection.execute(
        "select table_name from duckdb_tables() where schema_name = 'raw' order by table_name"
    ).fetchall()
    for (table,) in tables:
        place = folder / SCHEMA / table
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        columns = connection.execute(
            "select column_name, data_type from duckdb_columns() "
            "where schema_name = 'raw' and table_name = ? order by column_index",
            [table],
        ).fetchall()
        connection.execute(
            f"copy (select {', '.join(_written(*column) for column in columns)} "
            f"from {SCHEMA}.{table}) to '{place}/rows.parquet' (format parquet)"
        )
    return [table for (table,) in tables]


def _written(name: str, data_type: str) -> str:
    if data_type == "JSON":
        return f'cast("{name}" as varchar) as "{name}"'
    if data_type == "TIMESTAMP WITH TIME ZONE":
        return f'cast("{name}" as timestamp) as "{name}"'
    return f'"{name}"'


def name_raw_tables(session: "SparkSession", folder: Path, tables: list[str]) -> None:
    """Have Spark know the files as tables of schema raw."""
    session.sql(f"create schema if not exists {SCHEMA}")
    for table in tables:
        session.sql(f"drop table if exists {SCHEMA}.{table}")
        session.sql(
            f"create table {SCHEMA}.{table} using parquet location '{folder / SCHEMA / table}'"
        )
