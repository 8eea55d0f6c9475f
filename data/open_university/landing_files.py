"""Writes the landing files: CSV for what is small, compressed JSON lines for the events.

The same published rows give the same bytes, in whichever order they come. What the files
contain is in ``landing_tables`` and ``events``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data.open_university.events import EVENTS
from data.open_university.landing_tables import LANDING_TABLES, LandingTable
from data.open_university.oddities import count_oddities
from data.open_university.preparation import PREPARATION
from data.open_university.reading import read_published_files


class LandingError(ValueError):
    """The landing folder cannot be written to. The text names it and says why."""


@dataclass(frozen=True)
class Landed:
    """What was written: rows by table, and how many rows are odd in which way."""

    rows: dict[str, int]
    oddities: dict[str, int]


def land(source: Path, landing: Path) -> Landed:
    """Turn the published files in one folder into landing files in another.

    Nothing is written before everything has been read and checked.

    Raises:
        SourceError: a published file is missing or cannot be used.
        LandingError: the landing folder is not empty, or no folder.
    """
    refuse_used_folder(landing)
    with duckdb.connect() as connection:
        # One thread, so that the bytes cannot depend on how many the machine has.
        connection.execute("set threads = 1")
        read_published_files(connection, source)
        connection.execute(PREPARATION)
        connection.execute(EVENTS)
        rows = write_tables(connection, landing, LANDING_TABLES)
        rows["product/events"] = write_events(connection, landing / "product" / "events")
        return Landed(rows, count_oddities(connection))


def refuse_used_folder(landing: Path) -> None:
    """Refuse a folder that holds something: two data sets must not mix."""
    if landing.exists() and not landing.is_dir():
        raise LandingError(f"{landing} is a file; expected an empty or a new folder.")
    if landing.exists() and any(landing.iterdir()):
        raise LandingError(f"{landing} is not empty; name an empty or a new folder.")


def write_tables(
    connection: duckdb.DuckDBPyConnection, landing: Path, tables: Sequence[LandingTable]
) -> dict[str, int]:
    """Write every table but the events, one CSV file each; return their numbers of rows."""
    rows = {}
    for table in tables:
        folder = landing / table.system / table.name
        rows[f"{table.system}/{table.name}"] = copy(
            connection, table.select, folder / f"{table.name}.csv", "format csv, header"
        )
    return rows


def write_events(connection: duckdb.DuckDBPyConnection, folder: Path) -> int:
    """Write the events, one file for each presentation."""
    presentations = connection.execute(
        "select presentation_id from presentations order by all"
    ).fetchall()
    return sum(
        copy(
            connection,
            f"select * exclude (presentation_id) from events "
            f"where presentation_id = {quoted(presentation)} "
            "order by event_ts, user_id, event_name, cast(properties as varchar)",
            folder / f"{presentation}.jsonl.zst",
            "format json, compression zstd",
        )
        for (presentation,) in presentations
    )


def copy(connection: duckdb.DuckDBPyConnection, select: str, path: Path, options: str) -> int:
    """Write the rows of a select to a file and return their number."""
    path.parent.mkdir(parents=True, exist_ok=True)
    written = connection.execute(f"copy ({select}) to {quoted(str(path))} ({options})")
    return written.fetchone()[0]


def quoted(text: str) -> str:
    """Return the text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
