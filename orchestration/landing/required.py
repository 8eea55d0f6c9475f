"""The sources without which nothing can be computed.

A source is one of them by ``config.meta.required`` in its entry. What is not here: optional
sources, whose absence makes a metric NULL and no error.
"""

from collections.abc import Iterable
from pathlib import Path

import duckdb

from orchestration.landing.contract import SourceTable
from orchestration.landing.errors import MissingSource
from orchestration.landing.file_kinds import ENDINGS
from orchestration.landing.sql_texts import quoted


def require_sources(
    connection: duckdb.DuckDBPyConnection,
    tables: Iterable[SourceTable],
    landing: Path = Path("data/landing"),
) -> None:
    """Make sure that every required source has brought at least one row.

    Raises:
        MissingSource: some have not; the text names them, their folders and what to do.

    """
    missing = [
        _described(connection, table, landing)
        for table in tables
        if table.required and not _has_rows(connection, table)
    ]
    if missing:
        raise MissingSource(
            f"{len(missing)} required source(s) have no loaded row, so nothing can be "
            f"computed:\n{''.join(missing)}"
            "Put the exports there and run again, or run `make demo` to write the files of a "
            "demonstration company."
        )


def _has_rows(connection: duckdb.DuckDBPyConnection, table: SourceTable) -> bool:
    query = f"select 1 from raw.{quoted(table.identifier)} limit 1"
    return connection.execute(query).fetchone() is not None


def _described(connection: duckdb.DuckDBPyConnection, table: SourceTable, landing: Path) -> str:
    refused, quarantined = connection.execute(
        "select count(refusal), coalesce(sum(rows_quarantined), 0) from raw.loads "
        "where system = ? and table_name = ?",
        [table.system, table.name],
    ).fetchone()
    found = "no file was found there"
    if refused or quarantined:
        found = (
            f"{refused} file(s) were refused and {quarantined} line(s) quarantined; "
            "raw.quarantine says why"
        )
    return (
        f"  {table.folder}: expected files in {landing / table.folder}/, {ENDINGS}, with the "
        f"columns {', '.join(table.required_columns)}; {found}.\n"
    )
