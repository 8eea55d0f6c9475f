"""Dagster's log of events in SQLite, through connections that stay open.

Dagster opens and closes the file for each of the thousand or so events of a run, which costs a
run more than landing its files does. ``dagster.yaml`` names this class. What is not here: what
is kept, which is Dagster's.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

import sqlalchemy

from orchestration.private_interfaces.of_dagster import ConsolidatedSqliteEventLogStorage

SECONDS_TO_WAIT = 60


class PooledEventLog(ConsolidatedSqliteEventLogStorage):
    """The log of all runs in one file, as Dagster's own class keeps it."""

    @cached_property
    def pool(self) -> sqlalchemy.Engine:
        """Return what hands out connections and takes them back."""
        return sqlalchemy.create_engine(
            f"sqlite:///{self.get_db_path()}", connect_args={"timeout": SECONDS_TO_WAIT}
        )

    @contextmanager
    def run_connection(self, run_id: str | None = None) -> Iterator[sqlalchemy.Connection]:
        """Lend a connection for one transaction; all runs are in the one file."""
        with self.pool.begin() as connection:
            yield connection

    def index_connection(self) -> Iterator[sqlalchemy.Connection]:
        """Lend a connection for one transaction."""
        return self.run_connection()

    def dispose(self) -> None:
        """Close the file."""
        self.pool.dispose()
        super().dispose()
