"""The rebuild command, ``python -m orchestration.commands.rebuild``: all anew from the files.

The working file is moved aside, never deleted, and the daily run makes a new one. What is not
here: what the run does.
"""

import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from orchestration.books import KEPT_BOOKS
from orchestration.commands.run import leave, run, run_command
from orchestration.landing.sql_texts import literal, quoted
from orchestration.landing.tables import ensure_books
from orchestration.settings.environment import Settings
from orchestration.warehouse.connection import LockedWarehouse, Warehouse, WarehouseError, is_locked
from orchestration.warehouse.run_lock import begin_run, end_run


def main(arguments: list[str]) -> int:
    """Move the warehouse aside and run; return the exit code of the run."""
    if arguments:
        print("usage: make rebuild", file=sys.stderr)
        return 2
    return run_command(rebuild, "daily")


def rebuild(settings: Settings, job: str) -> int:
    """Move the warehouse aside, land everything anew and publish it; return the exit code.

    Raises:
        WarehouseError: another process is at work on it.
    """
    begin_run(settings.warehouse)
    try:
        if aside := move_aside(settings.warehouse):
            print(f"Moved aside: {aside}. Delete it once the new one is right.", flush=True)
            for line in take_over_what_was_told(settings, aside):
                print(line, flush=True)
            print(
                "Persons who were erased before come back with the landing files that still hold "
                "them: run make erase afterwards.",
                flush=True,
            )
        return run(settings, job)
    finally:
        end_run(settings.warehouse)


def move_aside(warehouse: Path) -> Path | None:
    """Rename the warehouse and its log; return its new name, None where there is none.

    Raises:
        LockedWarehouse: another process has it open.
    """
    if not warehouse.exists():
        return None
    try:
        duckdb.connect(str(warehouse), read_only=True).close()
    except duckdb.Error as error:
        if is_locked(error):
            raise LockedWarehouse(
                f"{warehouse} is held by another process, so nothing was changed. Close it there "
                "and run make rebuild again."
            ) from error
    aside = warehouse.with_name(f"{warehouse.name}.{datetime.now(UTC):%Y%m%d-%H%M%S}")
    ahead = warehouse.with_name(f"{warehouse.name}.wal")
    if ahead.exists():
        ahead.replace(aside.with_name(f"{aside.name}.wal"))
    warehouse.replace(aside)
    return aside


def take_over_what_was_told(settings: Settings, aside: Path) -> list[str]:
    """Copy the books that no landing file holds, as far as they can be read; say what is not.

    A book of a later version may have columns that this one does not know.
    """
    lost, said = list(KEPT_BOOKS), []
    # Where the file as a whole cannot be read, all that was not copied before is lost.
    with suppress(duckdb.Error, WarehouseError), Warehouse.of(settings).writing() as connection:
        ensure_books(connection)
        connection.execute(f"attach {literal(str(aside))} as aside (read_only)")
        for book, columns in KEPT_BOOKS.items():
            there = _columns(connection, book)
            known = ", ".join(quoted(name) for name in columns if name in there)
            if unknown := sorted(there - set(columns)):
                said.append(
                    f"raw.{book}: {', '.join(unknown)} is no column of this version and stays "
                    "behind in the file that was moved aside."
                )
            with suppress(duckdb.ConversionException, duckdb.BinderException):
                if known:
                    connection.execute(
                        f"insert into raw.{book} by name select {known} from aside.raw.{book}"
                    )
                lost.remove(book)
        connection.execute("detach aside")
    if lost:
        names = ", ".join(f"raw.{book}" for book in lost)
        said.append(f"{names}: what no landing file holds cannot be read in it and starts anew.")
    return said


def _columns(connection: duckdb.DuckDBPyConnection, book: str) -> set[str]:
    found = connection.execute(
        "select column_name from duckdb_columns() "
        "where database_name = 'aside' and schema_name = 'raw' and table_name = ?",
        [book],
    ).fetchall()
    return {name for (name,) in found}


if __name__ == "__main__":
    leave(main(sys.argv[1:]))
