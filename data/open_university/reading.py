"""Reads the publisher's files into DuckDB, each into a table of its own.

What a file must contain is in ``published_files``, what is refused in ``refusals``.
"""

from pathlib import Path

import duckdb

from data.open_university.published_files import (
    PUBLISHED_FILES,
    REFERENCES,
    PublishedFile,
    SourceError,
)
from data.open_university.refusals import (
    refuse_dangling_rows,
    refuse_empty_values,
    refuse_repeated_keys,
    refuse_unknown_starts,
)


def read_published_files(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Load every published file into a table of its own and check that they fit together.

    Raises:
        SourceError: a file or a column is missing, or holds what it must not.
    """
    paths = {published.table: find(published, folder) for published in PUBLISHED_FILES}
    for published in PUBLISHED_FILES:
        load(connection, published, paths[published.table])
        refuse_empty_values(connection, published, paths[published.table])
        refuse_repeated_keys(connection, published, paths[published.table])
    for reference in REFERENCES:
        refuse_dangling_rows(connection, reference, paths)
    refuse_unknown_starts(connection, paths["courses"])


def find(published: PublishedFile, folder: Path) -> Path:
    """Return the path of the file, under whichever of its names it is there."""
    for name in published.names:
        if (folder / name).is_file():
            return folder / name
    raise SourceError(f"{folder}: {' or '.join(published.names)} is missing.")


def load(connection: duckdb.DuckDBPyConnection, published: PublishedFile, path: Path) -> None:
    """Load the columns that are needed, each with its type."""
    rows = rows_of(path)
    typed = ", ".join(f'cast("{name}" as {kind})' for name, kind in published.columns.items())
    columns = ", ".join(f'"{name}"' for name in published.columns)
    try:
        present = connection.sql(f"from {rows}").columns
        for column in published.columns:
            if column not in present:
                raise SourceError(
                    f"{path}: column {column} is missing; there are {', '.join(present)}."
                )
        connection.execute(
            f"create table {published.table} as from (select {typed} from {rows}) t({columns})"
        )
    except duckdb.Error as error:
        # What is wrong is in the first paragraph, below the number of the line.
        reason = " ".join(str(error).split("\n\n")[0].split())
        raise SourceError(f"{path} cannot be read: {reason}") from error


def rows_of(path: Path) -> str:
    """Return the SQL that reads the file; a question mark is the publisher's older NULL."""
    literal = "'" + str(path).replace("'", "''") + "'"
    if path.suffix == ".parquet":
        return f"read_parquet({literal})"
    return (
        f"read_csv({literal}, header = true, all_varchar = true, delim = ',', quote = '\"', "
        "nullstr = ['', '?'])"
    )
