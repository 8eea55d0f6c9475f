"""Reads the log into DuckDB, and refuses what would lose or multiply rows unseen."""

from pathlib import Path

import duckdb

from data.open_university.landing_files import quoted

NAMES = ("usage.csv.gz", "usage.csv")
COLUMNS = {
    "event_id": "varchar",
    "event_date": "date",
    "event_type": "varchar",
    "user_id": "varchar",
    "account_id": "varchar",
    "feature": "varchar",
    "is_fix": "boolean",
}
# A person need not have an organisation, a change need not be in a known part, and not every
# log knows what mends a fault.
OPTIONAL = frozenset({"account_id", "feature", "is_fix"})


class SourceError(ValueError):
    """The log cannot be used. The text names the file, and the column if it is one."""


def read_log(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Load the log into the table ``usage``, one row per event, with the columns above.

    Raises:
        SourceError: the file or a column is missing, or holds what it must not.

    """
    path = find(folder)
    rows = (
        f"read_csv({quoted(str(path))}, header = true, all_varchar = true, delim = ',', "
        "quote = '\"', nullstr = [''])"
    )
    typed = ", ".join(f'cast("{name}" as {kind}) as "{name}"' for name, kind in COLUMNS.items())
    try:
        present = connection.sql(f"from {rows}").columns
        for column in COLUMNS:
            if column not in present:
                raise SourceError(
                    f"{path}: column {column} is missing; there are {', '.join(present)}."
                )
        connection.execute(f"create table usage as select {typed} from {rows}")
    except duckdb.Error as error:
        # What is wrong is in the first paragraph, below the number of the line.
        reason = " ".join(str(error).split("\n\n")[0].split())
        raise SourceError(f"{path} cannot be read: {reason}") from error
    refuse_lost_rows(connection, path)


def find(folder: Path) -> Path:
    """Return the path of the log, under whichever of its names it is there."""
    for name in NAMES:
        if (folder / name).is_file():
            return folder / name
    raise SourceError(f"{folder}: {' or '.join(NAMES)} is missing.")


def refuse_lost_rows(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Refuse a log without rows, with empty values that nothing can stand for, or repeated ids."""
    if not count_of(connection, "from usage"):
        raise SourceError(f"{path} has no rows; expected one row per event.")
    for column in COLUMNS.keys() - OPTIONAL:
        empty = count_of(connection, f"from usage where {column} is null")
        if empty:
            raise SourceError(f"{path}: column {column} is empty in {empty:,} rows.")
    repeated = count_of(
        connection, "from (select event_id from usage group by all having count(*) > 1)"
    )
    if repeated:
        raise SourceError(f"{path}: {repeated:,} values of event_id come more than once.")
    if not count_of(connection, "from usage where account_id is not null"):
        raise SourceError(f"{path}: column account_id is always empty; there are no customers.")


def count_of(connection: duckdb.DuckDBPyConnection, rows: str) -> int:
    """Return the number of rows of a FROM clause."""
    return connection.execute(f"select count(*) {rows}").fetchone()[0]
