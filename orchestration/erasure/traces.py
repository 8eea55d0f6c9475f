"""What runs before an erasure have left beside the warehouse and may name the persons.

Logs, reports and compiled statements that do are removed; of Dagster's record the entries that do.
What is not here: the warehouse and the publication, which are made anew without them.
"""

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from orchestration.erasure.bytes_search import Pattern, files_with_marks, holds, matches
from orchestration.settings.environment import Settings
from orchestration.warehouse.beside import ADAPTED, EDITIONS

RECORD = ".db"
# What SQLite keeps beside a record belongs to it.
BESIDE_A_RECORD = (f"{RECORD}-wal", f"{RECORD}-shm", f"{RECORD}-journal")


def remove_traces(settings: Settings, pattern: Pattern) -> tuple[int, list[Path]]:
    """Remove what names the persons outside the warehouse; count it.

    Returns:
        How many files and entries were removed, and files that hold the persons and were left, as
        somebody may want them: warehouses that a rebuild moved aside.
    """
    entries = sum(
        _remove_entries(record, pattern) for record in settings.dagster_home.rglob(f"*{RECORD}")
    )
    # What a killed process has left half made holds whoever was in it.
    shutil.rmtree(settings.warehouse.parent / EDITIONS, ignore_errors=True)
    shutil.rmtree(f"{settings.warehouse}{ADAPTED}", ignore_errors=True)
    places = [settings.logs, settings.reports, settings.dbt_target, settings.dagster_home]
    places.append(settings.warehouse.parent / "dbt")
    found = [
        path
        for path in files_with_marks(places, pattern)
        if not path.name.endswith((RECORD, *BESIDE_A_RECORD)) and path.name != "dagster.yaml"
    ]
    for path in found:
        path.unlink(missing_ok=True)
    beside = settings.warehouse.parent.glob(f"{settings.warehouse.name}.*-*")
    # They are compressed, so that nobody can tell by their bytes.
    return entries + len(found), sorted(path for path in beside if path.is_file())


def _remove_entries(record: Path, pattern: Pattern) -> int:
    def names_them(value: object) -> bool:
        text = value.encode("utf-8", "replace") if isinstance(value, str) else value
        return isinstance(text, bytes) and matches(text, pattern)

    with closing(sqlite3.connect(record, timeout=60)) as connection:
        connection.create_function("names_them", 1, names_them, deterministic=True)
        removed = sum(
            connection.execute(f'delete from "{table}" where {_any(columns)}').rowcount
            for table, columns in _texts(connection).items()
        )
        connection.commit()
        connection.execute("pragma wal_checkpoint(truncate)")
        # What is deleted, now or when the record was pruned, stays in free pages until then.
        if removed or holds(record, pattern):
            connection.execute("vacuum")
            connection.execute("pragma wal_checkpoint(truncate)")
    return removed


def _texts(connection: sqlite3.Connection) -> dict[str, list[str]]:
    tables = connection.execute("select name from sqlite_master where type = 'table'").fetchall()
    columns = {
        table: [name for _, name, *_ in connection.execute(f'pragma table_info("{table}")')]
        for (table,) in tables
        if not table.startswith("sqlite_")
    }
    return {table: names for table, names in columns.items() if names}


def _any(columns: Sequence[str]) -> str:
    return " or ".join(f'names_them("{name}")' for name in columns)
