"""Has dbt say what DuckDB said of data without the data, in its log and in its results alike.

What is not here: what is left out, which ``warehouse.untold_values`` decides.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from orchestration.private_interfaces.of_dbt import DuckDBConnectionManager
from orchestration.warehouse.untold_values import without_values

dbts_own = DuckDBConnectionManager.exception_handler


@contextmanager
def _handled(
    self: DuckDBConnectionManager, sql: str, connection_name: str = "master"
) -> Iterator[None]:
    with dbts_own(self, sql, connection_name):
        try:
            yield
        except duckdb.Error as error:
            raise without_values(error) from None


@contextmanager
def values_untold() -> Iterator[None]:
    """Have dbt tell no value that a statement met."""
    DuckDBConnectionManager.exception_handler = _handled
    try:
        yield
    finally:
        DuckDBConnectionManager.exception_handler = dbts_own
