"""Looks for the marks of persons in everything that a run leaves behind."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from orchestration.settings.pseudonym_key import DEMONSTRATION_KEY, SET_KEY


def whole_words(marks: Iterable[str]) -> str:
    """Return an expression that finds any of the marks as a word of its own, in any case."""
    return r"(?i)(^|[^0-9A-Za-z])(" + "|".join(map(re.escape, marks)) + r")($|[^0-9A-Za-z])"


def cells_with(database: Path, marks: Sequence[str]) -> list[str]:
    """Return the columns of a database with a text that holds a mark, views included."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return columns_with(connection, marks)


def parquet_cells_with(folder: Path, marks: Sequence[str]) -> list[str]:
    """Return the columns of published Parquet files with a text that holds a mark."""
    with duckdb.connect() as connection:
        for below in sorted(path for path in folder.glob("*/*") if path.is_dir()):
            connection.execute(f"create schema if not exists {below.parent.name}")
            connection.execute(
                f"create view {below.parent.name}.{below.name} as from '{below}/*.parquet'"
            )
        return columns_with(connection, marks)


def columns_with(connection: duckdb.DuckDBPyConnection, marks: Sequence[str]) -> list[str]:
    """Return the columns with a text that holds a mark, as ``<schema>.<table>.<column>``."""
    found = []
    tables = connection.execute(
        "select schema_name, table_name, list(column_name order by column_index) "
        "from duckdb_columns() where not internal and data_type in ('VARCHAR', 'JSON') group by all"
    ).fetchall()
    connection.execute("set variable pattern = ?", [whole_words(marks)])
    connection.execute(SET_KEY, [DEMONSTRATION_KEY])
    for schema, table, columns in tables:
        tests = ", ".join(
            f"""bool_or(regexp_matches(cast("{column}" as varchar), getvariable('pattern')))"""
            for column in columns
        )
        holds = connection.execute(f'select {tests} from {schema}."{table}"').fetchone()
        found += [
            f"{schema}.{table}.{column}"
            for column, held in zip(columns, holds, strict=True)
            if held
        ]
    return found


def files_with(folder: Path, marks: Sequence[str]) -> list[str]:
    """Return the files below a folder whose bytes hold a mark, also as part of a word."""
    return [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and holds_any(path.read_bytes().lower(), marks)
    ]


def holds_any(content: bytes, marks: Sequence[str]) -> bool:
    """Tell whether a content in lower case holds any of the marks."""
    return any(mark.lower().encode() in content for mark in marks)
