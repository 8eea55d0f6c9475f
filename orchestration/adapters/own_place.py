"""The folder in which adapters write what they make. What is not here: what they make."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import duckdb

from orchestration.warehouse.beside import ADAPTED


@contextmanager
def own_place(connection: duckdb.DuckDBPyConnection) -> Iterator[Path]:
    """Give an empty folder of its owner's alone, beside the warehouse, which goes in the end.

    What a killed load has left behind is removed first.
    """
    (path,) = connection.execute(
        "select path from duckdb_databases() where database_name = current_database()"
    ).fetchone()
    place = Path(f"{path}{ADAPTED}" if path else mkdtemp(suffix=ADAPTED))
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(mode=0o700)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
