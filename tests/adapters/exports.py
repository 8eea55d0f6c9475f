"""Small exports as vendors write them, and what is landed of them."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from orchestration.adapters.adapt import land
from orchestration.adapters.golden import told_rows
from orchestration.adapters.our_contract import landing_tables

TABLES = landing_tables()
Rows = dict[str, list[dict[str, Any]]]


def put(landing: Path, name: str, content: str | Sequence[dict[str, Any]]) -> None:
    """Write a file below the landing folder: a text as it is, rows as JSON lines."""
    path = landing / name
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [content] if isinstance(content, str) else [json.dumps(row) + "\n" for row in content]
    path.write_text("".join(lines), encoding="utf-8")


def load(landing: Path) -> tuple[Rows, list[tuple[str, str, int]], list[tuple[str, int]]]:
    """Land what lies in a folder.

    Returns:
        The rows by landing table; of each warning its column, what it says and of how many lines;
        of each line in quarantine the reason and its number.
    """
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        land(connection, TABLES, landing, datetime(2026, 11, 1, tzinfo=UTC), lambda _: None)
        rows = {table.folder: list(told_rows(connection, table)) for table in TABLES}
        warned = connection.execute(
            "select column_name, warning, row_count::integer from raw.load_warnings"
        ).fetchall()
        quarantine = connection.execute("select reason, line from raw.quarantine").fetchall()
    return rows, warned, quarantine
