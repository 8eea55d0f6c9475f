"""Writes the landing files: CSV for what is small, compressed JSON lines for the events.

The same log gives the same bytes, in whichever order its rows come. What the files contain is in
``landing_tables``.
"""

from pathlib import Path

import duckdb

from data.git_history.landing_tables import EVENTS, LANDING_TABLES, ODDITIES, PREPARATION
from data.git_history.reading import count_of, read_log
from data.open_university.landing_files import (
    Landed,
    LandingError,
    copy,
    refuse_used_folder,
    write_tables,
)

__all__ = ["Landed", "LandingError", "land"]


def land(source: Path, landing: Path) -> Landed:
    """Turn the log in one folder into landing files in another.

    Nothing is written before everything has been read and checked.

    Raises:
        SourceError: the log is missing or cannot be used.
        LandingError: the landing folder is not empty, or no folder.

    """
    refuse_used_folder(landing)
    with duckdb.connect() as connection:
        # One thread, so that the bytes cannot depend on how many the machine has.
        connection.execute("set threads = 1")
        read_log(connection, source)
        connection.execute(PREPARATION)
        rows = write_tables(connection, landing, LANDING_TABLES)
        rows["product/events"] = write_events(connection, landing / "product" / "events")
        return Landed(rows, {text: count_of(connection, odd) for text, odd in ODDITIES.items()})


def write_events(connection: duckdb.DuckDBPyConnection, folder: Path) -> int:
    """Write the events, one file for each year."""
    years = connection.execute("select distinct year(event_date) from usage order by 1").fetchall()
    return sum(
        copy(
            connection,
            f"{EVENTS} where year(event_date) = {year} order by event_date, event_id",
            folder / f"{year}.jsonl.zst",
            "format json, compression zstd",
        )
        for (year,) in years
    )
