"""The publication as the page reads it: what everybody may open, and what only the page reads.

Both files are opened as one database, under the names that the tables have. What is not here: the
warehouse, which no page reads.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from orchestration.landing.statements import literal
from orchestration.publication.places import database_of, page_database_of, published_listing
from orchestration.reporting.reading import ReportError
from orchestration.settings.parts import PublicationSettings

READ_ONLY = "attach {path} as {name} (read_only)"


@contextmanager
def published_tables(settings: PublicationSettings) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open both files of the publication as one database.

    Raises:
        ReportError: nothing is published, or its two files are not of one run.
    """
    listing = published_listing(settings)
    if not listing or not page_database_of(settings).exists():
        raise ReportError(
            f"No report was made: {settings.published} holds no publication. Run make run, which "
            "publishes first."
        )
    with duckdb.connect() as connection:
        for name, path in (
            ("published", database_of(settings)),
            ("page", page_database_of(settings)),
        ):
            connection.execute(READ_ONLY.format(path=literal(str(path)), name=name))
        (run_id,) = connection.execute("select run_id from page.publication").fetchone()
        if run_id != listing["run_id"]:
            raise ReportError(
                f"No report was made: {page_database_of(settings)} is of run {run_id}, the "
                f"publication beside it of run {listing['run_id']}, as a run was stopped between "
                "them. Run make run, which publishes both."
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
