"""Reads the tables of the page from the warehouse.

What is not here: which tables and rows those are, which ``tables`` says.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import duckdb

from orchestration.reporting.facts import Row, with_schema
from orchestration.reporting.table import Table
from orchestration.reporting.tables import CHECK_COLUMNS, CHECKS, TABLES


class ReportError(RuntimeError):
    """The report cannot be made. The text says why and what to do."""


def read_tables(
    connection: duckdb.DuckDBPyConnection, as_of: date, wanted: dict[str, Table] = TABLES
) -> dict[str, list[Row]]:
    """Read every table of the page.

    Raises:
        ReportError: a table is missing, or the tables are built for another day.
    """
    tables = read_rows(connection, wanted)
    built_for = built_as_of(connection)
    if built_for != as_of:
        raise ReportError(
            f"The report was asked for {as_of}, but reports.rpt_headline_kpis is built for "
            f"{built_for or 'no day'}. Build that day first."
        )
    return tables


def read_rows(
    connection: duckdb.DuckDBPyConnection, wanted: dict[str, Table]
) -> dict[str, list[Row]]:
    """Read tables of the page, for whichever day they are built.

    Raises:
        ReportError: a table is missing.
    """
    with _missing_is_named():
        return {name: _rows(connection, name, table) for name, table in wanted.items()}


def built_as_of(connection: duckdb.DuckDBPyConnection) -> date:
    """Return the day for which the report tables are built."""
    return connection.execute("select max(as_of_date) from reports.rpt_headline_kpis").fetchone()[0]


def read_scored_accounts(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Return the customers who have a score, and so a page of their own.

    Raises:
        ReportError: the table of customers is missing.
    """
    with _missing_is_named():
        rows = connection.execute(
            "select account_id from reports.rpt_accounts where health_score is not null"
        )
    return frozenset(account_id for (account_id,) in rows.fetchall())


def read_checks(connection: duckdb.DuckDBPyConnection) -> list[Row] | None:
    """Read the outcome of the gates; None where no gate has written yet."""
    exists = connection.execute(
        "select count(*) from information_schema.tables "
        "where table_schema = 'quality' and table_name = 'expectation_results'"
    ).fetchone()[0]
    if not exists:
        return None
    return _fetch(
        connection,
        "expectation_results",
        CHECKS,
        f"select {CHECK_COLUMNS} from quality.expectation_results order by {CHECKS.order}",
    )


@contextmanager
def _missing_is_named() -> Iterator[None]:
    try:
        yield
    except duckdb.CatalogException as error:
        raise ReportError(
            f"A report table is missing, so no report was made. Run dbt build. {error}"
        ) from error


def _rows(connection: duckdb.DuckDBPyConnection, name: str, table: Table) -> list[Row]:
    limit = f" limit {table.limit}" if table.limit else ""
    stored = table.stored_as or name
    source = with_schema(stored)
    if table.within:
        source = f"(select * from {source} where {table.within})"
    return _fetch(
        connection,
        stored,
        table,
        f"select * from {source} {table.choice} order by {table.order}{limit}",
    )


def _fetch(connection: duckdb.DuckDBPyConnection, name: str, table: Table, query: str) -> list[Row]:
    result = connection.execute(query)
    columns = [column[0] for column in result.description]
    rows = [dict(zip(columns, values, strict=True)) for values in result.fetchall()]
    return [Row(name, {key: str(row[key]) for key in table.key}, row) for row in rows]
