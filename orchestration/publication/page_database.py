"""The tables that only the page reads, in a small database of their own beside the publication.

It is written in the same stroke and names the run of it, so that a page is of published numbers or
is not made. Nobody else reads it: its tables change with the page. What is not here: which they
are.
"""

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import duckdb

from orchestration.landing.sql_texts import literal
from orchestration.publication.database import FORMAT
from orchestration.publication.relations import Relation
from orchestration.publication.threads import with_fitting_threads

# Written by the gates, which are no models, so it is not there before one has spoken.
CHECKS = ("quality", "expectation_results")


def copy_page_tables(
    connection: duckdb.DuckDBPyConnection, database: Path, copied: Sequence[Relation], run_id: str
) -> None:
    """Write the tables of the page into a new database, with the run that publishes them.

    Args:
        connection: to the working file.
        database: the copy, which is not there yet.
        copied: the tables.
        run_id: of the run that publishes.
    """
    connection.execute(f"attach {literal(str(database))} as page ({FORMAT})")
    connection.begin()
    connection.execute("create table page.publication as select ? as run_id", [run_id])
    connection.execute("create schema page.reports; create schema page.quality")
    for relation in chain.from_iterable(with_fitting_threads(connection, copied)):
        connection.execute(f"create table page.{relation.table} as from {relation.table}")
    if _exists(connection, *CHECKS):
        table = ".".join(CHECKS)
        connection.execute(f"create table page.{table} as from {table}")
    connection.commit()
    connection.execute("checkpoint page")
    connection.execute("detach page")


def _exists(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> bool:
    found = connection.execute(
        "select count(*) from duckdb_tables() where database_name = current_database() "
        "and schema_name = ? and table_name = ?",
        [schema, table],
    )
    return found.fetchone()[0] > 0
