"""Runs suites against the tables of a DuckDB file and says what it found.

Importing this module imports Great Expectations, so do it where a suite is run. What is not
here: what follows from a finding, which the gates decide.
"""

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from expectations.always import always_stops
from expectations.catalogue import Suite
from expectations.finding import Finding

# Read by the library while it is imported: nothing is to be sent anywhere.
os.environ["GX_ANALYTICS_ENABLED"] = "false"

import great_expectations as gx
from great_expectations.core import ExpectationValidationResult
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.datasource.fluent import SQLDatasource
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

from expectations.rows import conditions, extent, names

logging.getLogger("great_expectations").setLevel(logging.ERROR)

UNCHECKED = "could not be checked"
Expectations = list[gx.expectations.Expectation]
Ask = Callable[[str], list[tuple]]


@contextmanager
def opened(database: Path) -> Iterator[SQLDatasource]:
    """Open a DuckDB file for Great Expectations; the file is free again afterwards."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    source = context.data_sources.add_sql("duckdb", connection_string=f"duckdb:///{database}")
    engine = source.get_execution_engine()
    connection = engine.engine.connect()

    @contextmanager
    def same_connection() -> Iterator[Any]:
        yield connection

    # For databases it does not know it closes the connection before it has read the answer,
    # which DuckDB does not forgive.
    engine.get_connection = same_connection
    try:
        yield source
    finally:
        connection.close()
        # It has two ways into the file: one to look at tables, one to check them.
        engine.engine.dispose()
        source.get_engine().dispose()


def run_suite(source: SQLDatasource, suite: Suite) -> list[Finding]:
    """Check one table; an empty list says that there was nothing to check."""
    return run_expectations(source, suite.table, expectations_of(suite))


def expectations_of(suite: Suite) -> Expectations:
    """Return what the module of a suite expects."""
    return import_module(f"expectations.suites.{suite.module}").EXPECTATIONS


def run_expectations(
    source: SQLDatasource, table: str, expectations: Expectations
) -> list[Finding]:
    """Check one table against some expectations."""
    ask = _asking(source)
    schema, name = table.split(".")
    counted = gx.expectations.ExpectTableRowCountToBeBetween
    are_counted = any(isinstance(expectation, counted) for expectation in expectations)
    # The library takes as long to find that there is no row as for all else.
    if not are_counted and not ask(f"select 1 from {table} limit 1"):
        return []
    asset = source.add_table_asset(table, table_name=name, schema_name=schema)
    batch = asset.add_batch_definition_whole_table("all").get_batch()
    suite = gx.ExpectationSuite(name=table, expectations=expectations)
    return [_finding(result, table, ask) for result in batch.validate(suite).results]


def _asking(source: SQLDatasource) -> Ask:
    def ask(query: str) -> list[tuple]:
        with source.get_execution_engine().get_connection() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(query).fetchall()]

    return ask


def _finding(result: ExpectationValidationResult, table: str, ask: Ask) -> Finding:
    config = result.expectation_config
    finding = Finding(
        expectation=config.description or config.type,
        column=config.kwargs.get("column") or config.kwargs.get("column_A"),
        severity=config.severity.value,
        passed=bool(result.success),
        observed=_observed(result),
        reason=config.notes or "",
    )
    unchecked = _exception(result) is not None
    return finding if finding.passed or unchecked else _reaching(finding, config, table, ask)


def _reaching(finding: Finding, config: ExpectationConfiguration, table: str, ask: Ask) -> Finding:
    """Say which rows, and whether so many that the run has to stop."""
    about = conditions(config)
    severity = finding.severity
    if about:
        asked, where = about
        query = f"select * from {table} where ({asked}) and ({where})"
        module = table.replace(".", "_") if table.startswith("raw.") else table.split(".")[1]
        if not always_stops(module, finding.expectation, finding.column):
            severity = severity if extent(ask, table, asked, where).is_wide else "warning"
    elif "unexpected_rows_query" in config.kwargs:
        query = config.kwargs["unexpected_rows_query"].replace("{batch}", table)
    else:
        return finding
    named = names(ask, query, table.startswith("raw."))
    observed = f"{finding.observed}: {named}" if named else finding.observed
    return replace(finding, severity=severity, observed=observed)


def _exception(result: ExpectationValidationResult) -> str | None:
    """Return why an expectation could not be checked; the library tells it for each metric."""
    told = result.exception_info
    for info in [told] if "raised_exception" in told else told.values():
        if info["raised_exception"]:
            return info["exception_message"].strip().split("\n\n")[0]
    return None


def _observed(result: ExpectationValidationResult) -> str:
    if (why := _exception(result)) is not None:
        return f"{UNCHECKED}: {why}"
    seen = result.result
    if "unexpected_percent" in seen:
        present = seen["element_count"] - seen.get("missing_count", 0)
        return f"{seen['unexpected_count']} of {present} values are not"
    value = seen.get("observed_value")
    if result.expectation_config.type == "unexpected_rows_expectation":
        return f"{value} rows are not"
    return f"{value:.6g}" if isinstance(value, float) else str(value)
