"""The one way into DuckDB: short connections, in UTC, closed after use.

DuckDB lets one process write; while it does, nobody else can open the file. So whoever needs the
warehouse opens it here, does one thing and closes it. People and BI tools never open this file:
they read what ``assets/published.py`` puts out.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb


class WarehouseError(RuntimeError):
    """The warehouse file cannot be used. The text says why and what to do."""


@dataclass(frozen=True)
class Warehouse:
    """The working database file.

    Attributes:
        path: the DuckDB file; made with its folder when missing.
        memory_limit: above this DuckDB spills to disk beside the file.
    """

    path: Path
    memory_limit: str = "2500MB"

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Open the file for reading and writing.

        Raises:
            WarehouseError: another process holds the file, or it is no DuckDB file.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = self._open()
        try:
            yield connection
        finally:
            connection.close()

    # Two configurations of one file cannot be open in one process, so readers open it alike.
    reading = writing

    def _open(self) -> duckdb.DuckDBPyConnection:
        try:
            connection = duckdb.connect(str(self.path))
        except duckdb.IOException as error:
            if "lock" in str(error).lower():
                raise WarehouseError(
                    f"{self.path} is held by another process, so nothing was changed. "
                    f"Close it there (a BI tool should open the published copy instead) "
                    f"and run again. DuckDB says: {error}"
                ) from error
            raise WarehouseError(
                f"{self.path} cannot be opened as a DuckDB database: {error}"
            ) from error
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"set memory_limit = '{self.memory_limit}'")
        # Rows of a table have no order; keeping one costs memory and a thread.
        connection.execute("set preserve_insertion_order = false")
        return connection
