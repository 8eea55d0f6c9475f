"""Dagster's log of events in SQLite, through one connection that stays open.

Dagster opens the file, asks what columns it has, and commits for each of the two thousand or so
events of a run, several times each; together that costs a run more than landing its files does.
Here the file stays open, what it looks like is asked once, and events that come together are
written together. ``dagster.yaml`` names this class. What is not here: what is kept, which is
Dagster's.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import cache, cached_property
from threading import local

import dagster as dg
import sqlalchemy

from orchestration.private_interfaces.of_dagster import (
    ConsolidatedSqliteEventLogStorage,
    SqlEventLogStorageTable,
)

SECONDS_TO_WAIT = 60
# What a run meant to make, and what its steps handed on: of use until it is over, or is tried again
# from where it failed. It is more than half of what a run leaves.
PROGRESS = (
    dg.DagsterEventType.ASSET_MATERIALIZATION_PLANNED,
    dg.DagsterEventType.ASSET_CHECK_EVALUATION_PLANNED,
    dg.DagsterEventType.STEP_OUTPUT,
    dg.DagsterEventType.HANDLED_OUTPUT,
    dg.DagsterEventType.LOADED_INPUT,
    dg.DagsterEventType.STEP_INPUT,
)


class PooledEventLog(ConsolidatedSqliteEventLogStorage):
    """The log of all runs in one file, as Dagster's own class keeps it."""

    @cached_property
    def pool(self) -> sqlalchemy.Engine:
        """Return what hands out connections and takes them back."""
        engine = sqlalchemy.create_engine(
            f"sqlite:///{self.get_db_path()}", connect_args={"timeout": SECONDS_TO_WAIT}
        )
        sqlalchemy.event.listen(engine, "connect", _leave_the_disk_to_the_system)
        return engine

    @cached_property
    def own(self) -> local:
        """Return what a thread keeps for itself: the connection of its open transaction."""
        return local()

    @contextmanager
    def one_transaction(self) -> Iterator[None]:
        """Write all events of this thread at once; what fails in between leaves none of them."""
        if getattr(self.own, "connection", None) is not None:
            yield
            return
        with self.pool.begin() as connection:
            self.own.connection = connection
            try:
                yield
            finally:
                self.own.connection = None

    @contextmanager
    def run_connection(self, run_id: str | None = None) -> Iterator[sqlalchemy.Connection]:
        """Lend a connection for one transaction; all runs are in the one file."""
        if (open_one := getattr(self.own, "connection", None)) is not None:
            yield open_one
            return
        with self.pool.begin() as connection:
            yield connection

    def index_connection(self) -> Iterator[sqlalchemy.Connection]:
        """Lend a connection for one transaction."""
        return self.run_connection()

    def store_event(self, event: dg.EventLogEntry) -> None:
        """Keep an event and what follows from it, in one transaction."""
        with self.one_transaction():
            super().store_event(event)

    def store_event_batch(self, events: Sequence[dg.EventLogEntry]) -> None:
        """Keep events that come together, such as all that a run intends to make."""
        with self.one_transaction():
            super().store_event_batch(events)

    def has_table(self, table_name: str) -> bool:
        """Tell whether the file has a table; it is asked for each event, and does not change."""
        return self._has_table(table_name)

    @cached_property
    def _has_table(self) -> "cache":
        return cache(super().has_table)

    def _has_asset_key_col_on_connection(
        self, conn: sqlalchemy.Connection, column_name: str
    ) -> bool:
        if column_name not in self._has_column:
            found = super()._has_asset_key_col_on_connection(conn, column_name)
            self._has_column[column_name] = found
        return self._has_column[column_name]

    @cached_property
    def _has_column(self) -> dict[str, bool]:
        return {}

    def forget_progress(self, run_ids: Sequence[str]) -> int:
        """Delete what only mattered while some runs were at work; return how many events.

        What they made, checked and said stays. The room is used again by later runs, and given back
        to the disk where it is more than half of the file.
        """
        events = SqlEventLogStorageTable
        with self.pool.begin() as connection:
            deleted = connection.execute(
                events.delete().where(
                    events.c.run_id.in_(run_ids),
                    events.c.dagster_event_type.in_([kind.value for kind in PROGRESS]),
                )
            ).rowcount
        with self.pool.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            pages = connection.exec_driver_sql("pragma page_count").scalar()
            if connection.exec_driver_sql("pragma freelist_count").scalar() > pages / 2:
                # Somebody who reads it keeps it as it is until the next time.
                with suppress(sqlalchemy.exc.OperationalError):
                    connection.exec_driver_sql("vacuum")
        return deleted

    def dispose(self) -> None:
        """Close the file."""
        self.pool.dispose()
        super().dispose()


def written_together(instance: dg.DagsterInstance) -> AbstractContextManager[None]:
    """Have events that come at once written at once; where another log is kept, as it likes."""
    log = instance.event_log_storage
    return log.one_transaction() if isinstance(log, PooledEventLog) else nullcontext()


def _leave_the_disk_to_the_system(connection: object, _: object) -> None:
    # A power cut may cost the record of the last seconds of a run, never the file: it is in WAL.
    connection.execute("pragma synchronous = normal")
