"""The Parquet files of a table: one, or one a quarter of a year where it is built by days.

So a new day rewrites the running quarter and leaves the others as they are. All files of a table
lie in a folder of its own, which is read as ``parquet/marts/<table>/*.parquet``.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from orchestration.publication.database import COPY
from orchestration.publication.places import is_as_published
from orchestration.publication.relations import Relation

# The lowest level takes two thirds of the time of the usual one, for files a twentieth larger.
PARQUET_OPTIONS = "format parquet, compression zstd, compression_level 1"


@dataclass(frozen=True)
class ParquetFile:
    """One file, and the rows of the published database that it holds.

    Attributes:
        path: of the file.
        rows: the query for its rows.
        is_changed: whether the file at hand, if any, can hold other rows.
    """

    path: Path
    rows: str
    is_changed: bool


def parquet_files(
    connection: duckdb.DuckDBPyConnection,
    relations: Sequence[Relation],
    folder: Path,
    since: date | None,
) -> Iterator[ParquetFile]:
    """Return the files of tables below a folder.

    Args:
        connection: to the working file, with the published database attached.
        relations: the tables.
        folder: of all Parquet files of the last publication.
        since: the first day that can differ from the files at hand; None where all can.
    """
    for relation in relations:
        yield from _files(connection, relation, folder, since)


def _files(
    connection: duckdb.DuckDBPyConnection, relation: Relation, folder: Path, since: date | None
) -> Iterator[ParquetFile]:
    below = folder / relation.schema / relation.name
    changed_from = relation.changed_from(since)
    quarters = _quarters(connection, relation)
    if not quarters:
        yield ParquetFile(below / "all.parquet", f"from {COPY}.{relation.table}", is_changed=True)
    for first in quarters:
        month = first.month + 2
        last = date(first.year, month, monthrange(first.year, month)[1])
        path = below / f"{first.year}-q{month // 3}.parquet"
        between = f"between date '{first}' and date '{last}'"
        rows = f"from {COPY}.{relation.table} where {relation.day} {between}"
        is_changed = (
            changed_from is None or last >= changed_from or not is_as_published(path, folder.parent)
        )
        yield ParquetFile(path, rows, is_changed)


def _quarters(connection: duckdb.DuckDBPyConnection, relation: Relation) -> list[date]:
    if relation.day is None:
        return []
    found = connection.execute(
        f"select distinct cast(date_trunc('quarter', {relation.day}) as date) as first_day "
        f"from {COPY}.{relation.table} order by first_day"
    )
    return [first for (first,) in found.fetchall()]
