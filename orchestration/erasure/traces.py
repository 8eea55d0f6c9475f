"""What runs before an erasure have left beside the warehouse and may name the persons.

Logs, reports and compiled statements that do are removed; of Dagster's record the entries that do.
What is not here: the warehouse and the publication, which are made anew without them.
"""

import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from orchestration.erasure.bytes_search import Pattern, files_with_marks
from orchestration.settings.environment import Settings

RECORD = ".db"


def remove_traces(settings: Settings, pattern: Pattern) -> tuple[int, list[Path]]:
    """Remove what names the persons outside the warehouse; count it.

    Returns:
        How many files and entries were removed, and files that hold the persons and were left, as
        somebody may want them: warehouses that a rebuild moved aside.
    """
    entries = sum(
        _remove_entries(record, pattern) for record in settings.dagster_home.rglob(f"*{RECORD}")
    )
    places = [settings.logs, settings.reports, settings.dbt_target, settings.dagster_home]
    places.append(settings.warehouse.parent / "dbt")
    found = [
        path
        for path in files_with_marks(places, pattern)
        if path.suffix != RECORD and path.name != "dagster.yaml"
    ]
    for path in found:
        path.unlink(missing_ok=True)
    beside = settings.warehouse.parent.glob(f"{settings.warehouse.name}.*-*")
    # They are compressed, so that nobody can tell by their bytes.
    return entries + len(found), sorted(path for path in beside if path.is_file())


def _remove_entries(record: Path, pattern: Pattern) -> int:
    compiled = re.compile(pattern)

    def names_them(value: object) -> bool:
        text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
        return isinstance(text, str) and compiled.search(text.lower()) is not None

    with closing(sqlite3.connect(record, timeout=60)) as connection:
        connection.create_function("names_them", 1, names_them, deterministic=True)
        removed = sum(
            connection.execute(f'delete from "{table}" where {_any(columns)}').rowcount
            for table, columns in _texts(connection).items()
        )
        connection.commit()
        if removed:
            # What is deleted stays in free pages and in the log until then.
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
