"""Raw tables for Spark: Parquet that DuckDB writes from the working file, as tables of schema raw.

So the loader, its quarantine and its books are the same for both engines. A cluster may read what
others landed instead: the contract is the raw table, as the sources of the dbt project state it.
"""

import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SCHEMA = "raw"
# What Spark calls the types that DuckDB calls otherwise, or by the same word.
SPARK_TYPES = {
    "VARCHAR": "string", "JSON": "string", "BOOLEAN": "boolean", "DATE": "date",
    "INTEGER": "int", "BIGINT": "bigint", "DOUBLE": "double",
    "TIMESTAMP": "timestamp", "TIMESTAMP WITH TIME ZONE": "timestamp",
}  # fmt: skip
DECIMAL = re.compile(r"DECIMAL\(\d+,\d+\)")


def write_raw_tables(connection: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, str]:
    """Write every raw table into ``<folder>/raw/<table>/``; return them with their columns.

    The columns are as Spark is told them, and nothing where it is to look for itself. JSON is text
    there, as Parquet knows no such type that both engines read.
    """
    tables = connection.execute(
        "select table_name from duckdb_tables() where schema_name = 'raw' order by table_name"
    ).fetchall()
    told = {}
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
        told[table] = _told(columns)
    return told


def _told(columns: Sequence[tuple[str, str]]) -> str:
    types = [spark_type(data_type) for _, data_type in columns]
    if None in types:
        return ""
    return ", ".join(f"`{name}` {kind}" for (name, _), kind in zip(columns, types, strict=True))


def spark_type(data_type: str) -> str | None:
    """Return what Spark calls a type of DuckDB; None where they may differ."""
    if DECIMAL.fullmatch(data_type):
        return data_type.lower()
    return SPARK_TYPES.get(data_type)


def _written(name: str, data_type: str) -> str:
    if data_type == "JSON":
        return f'cast("{name}" as varchar) as "{name}"'
    if data_type == "TIMESTAMP WITH TIME ZONE":
        return f'cast("{name}" as timestamp) as "{name}"'
    return f'"{name}"'


def name_raw_tables(session: "SparkSession", folder: Path, tables: Mapping[str, str]) -> None:
    """Have Spark know the files as tables of schema raw.

    To be told their columns spares it a look into the files, which it takes a job for.
    """
    session.sql(f"create schema if not exists {SCHEMA}")
    for table, columns in tables.items():
        session.sql(f"drop table if exists {SCHEMA}.{table}")
        session.sql(
            f"create table {SCHEMA}.{table} {f'({columns})' if columns else ''} "
            f"using parquet location '{folder / SCHEMA / table}'"
        )
