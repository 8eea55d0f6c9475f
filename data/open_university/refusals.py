"""Refuses published files from which rows would be lost or multiplied and nobody would see it.

A row that is only odd, such as that of a student who left before the first day, is read as it
is and counted in ``oddities``.
"""

from pathlib import Path

import duckdb

from data.open_university.published_files import PublishedFile, Reference, SourceError


def refuse_empty_values(
    connection: duckdb.DuckDBPyConnection, published: PublishedFile, path: Path
) -> None:
    """Refuse a file that leaves a column empty that may not be."""
    for column in published.columns:
        if column in published.optional:
            continue
        count = count_of(connection, f'from {published.table} where "{column}" is null')
        if count:
            raise SourceError(f"{path}: column {column} is empty in {count:,} rows.")


def refuse_repeated_keys(
    connection: duckdb.DuckDBPyConnection, published: PublishedFile, path: Path
) -> None:
    """Refuse a file in which two rows have the same key: joins would multiply rows."""
    if not published.key:
        return
    key = ", ".join(published.key)
    count = count_of(
        connection,
        f"from (select {key} from {published.table} group by all having count(*) > 1)",
    )
    if count:
        raise SourceError(f"{path}: {count:,} values of {key} come more than once.")


def refuse_dangling_rows(
    connection: duckdb.DuckDBPyConnection, reference: Reference, paths: dict[str, Path]
) -> None:
    """Refuse rows whose other half is missing: a join would lose them."""
    key = ", ".join(reference.columns)
    count = count_of(
        connection, f"from {reference.table} anti join {reference.needs} using ({key})"
    )
    if count:
        raise SourceError(
            f"{paths[reference.table]}: {count:,} rows find nothing in "
            f"{paths[reference.needs].name} by {key}."
        )


def refuse_unknown_starts(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Refuse a presentation whose code does not say when it starts."""
    unknown = connection.execute(
        "select code_presentation from courses "
        "where not regexp_full_match(code_presentation, '[0-9]{4}[BJ]') order by all"
    ).fetchall()
    if unknown:
        raise SourceError(
            f"{path}: column code_presentation has {unknown[0][0]!r}; expected a year "
            "followed by B (February) or J (October)."
        )


def count_of(connection: duckdb.DuckDBPyConnection, rows: str) -> int:
    """Return the number of rows of a FROM clause."""
    return connection.execute(f"select count(*) {rows}").fetchone()[0]
