"""Looks for the marks of persons in everything that a run leaves behind."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb


def whole_words(marks: Iterable[str]) -> str:
    """Return an expression that finds any of the marks as a word of its own, in any case."""
    return r"(?i)(^|[^0-9A-Za-z])(" + "|".join(map(re.escape, marks)) + r")($|[^0-9A-Za-z])"


def cells_with(database: Path, marks: Sequence[str]) -> list[str]:
    """Return the columns of a database with a text that holds a mark, views included."""
    found = []
    with duckdb.connect(str(database)) as connection:
        columns = connection.execute(
            "select schema_name, table_name, column_name from duckdb_columns() "
            "where not internal and data_type in ('VARCHAR', 'JSON')"
        ).fetchall()
        for schema, table, column in columns:
            query = (
                f'select count(*) from {schema}."{table}" '
                f'where regexp_matches(cast("{column}" as varchar), ?)'
            )
            if connection.execute(query, [whole_words(marks)]).fetchone()[0]:
                found.append(f"{schema}.{table}.{column}")
    return found


def files_with(folder: Path, marks: Sequence[str]) -> list[str]:
    """Return the files below a folder whose bytes hold a mark, also as part of a word."""
    sought = re.compile("|".join(map(re.escape, marks)).encode(), re.IGNORECASE)
    return [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and sought.search(path.read_bytes())
    ]
