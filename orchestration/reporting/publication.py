"""The publication as the page reads it: what everybody may open, and what only the page reads.

Both files are opened as one database, under the names that the tables have. What is not here: the
warehouse, which no page reads.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from orchestration.publication.opening import opened_publication, published_in
from orchestration.publication.places import DATABASE, PAGE
from orchestration.reporting.reading import ReportError
from orchestration.settings.parts import PublicationSettings


@contextmanager
def published_tables(settings: PublicationSettings) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open both files of the publication as one database.

    Raises:
        ReportError: its two files are not of one run.
        WarehouseError: nothing is published, or a file of it cannot be read.
    """
    folder, listing = published_in(settings.published)
    with opened_publication(published=folder / DATABASE, page=folder / PAGE) as connection:
        (run_id,) = connection.execute("select run_id from page.publication").fetchone()
        if run_id != listing["run_id"]:
            raise ReportError(
                f"No report was made: {folder / PAGE} is of run {run_id}, the publication beside "
                f"it of run {listing['run_id']}, so one of them was put there by hand. Run make "
                "run, which publishes both."
            )
        _name_as_in_the_warehouse(connection)
        yield connection


def _name_as_in_the_warehouse(connection: duckdb.DuckDBPyConnection) -> None:
    found = connection.execute(
        "select database_name, schema_name, table_name from duckdb_tables() "
        "where database_name in ('published', 'page') and schema_name != 'main'"
    ).fetchall()
    for schema in ("marts", "reports", "quality"):
        connection.execute(f"create schema {schema}")
    for database, schema, table in found:
        connection.execute(f"create view {schema}.{table} as from {database}.{schema}.{table}")
