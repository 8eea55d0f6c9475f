"""A company of twenty accounts and nine weeks, landed and built by both engines."""

import dataclasses
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb

from data.demo.simulation import simulate
from data.demo.sizes import SIZES, Size
from orchestration.dbt_runner.build import extent
from orchestration.dbt_runner.build_state import first_day_to_rebuild
from orchestration.dbt_runner.on_spark import invoke_on_spark
from orchestration.settings.environment import Settings
from orchestration.spark.comparison import Difference, compare
from tests.cases.built import build

FEW = Size("few", 20, 9, 0.28, 6.0, 1440, "jsonl", 5)
AS_OF = date(2026, 10, 31)
NO_TESTS = ("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")


def land_few(folder: Path) -> Path:
    """Write the landing files of the company; return their folder."""
    SIZES.setdefault(FEW.name, FEW)
    try:
        simulate(FEW.name, 7, AS_OF, folder / "landing", folder / "truth")
    finally:
        SIZES.pop(FEW.name)
    return folder / "landing"


def build_on_duckdb(
    folder: Path, landing: Path, models: Sequence[str], as_of: date = AS_OF
) -> Settings:
    """Land the files, and build the models with all that they read."""
    return build(folder, landing, models, as_of)


def build_on_spark(duckdb_settings: Settings, folder: Path, models: Sequence[str]) -> Settings:
    """Build on Spark from the raw tables of a warehouse that DuckDB built; return the settings.

    Nothing that DuckDB built is there: a model that Spark leaves out would look like its twin.

    Raises:
        AssertionError: a model could not be built; the text is Spark's.
    """
    folder.mkdir(parents=True)
    warehouse = folder / "warehouse.duckdb"
    shutil.copy(duckdb_settings.warehouse, warehouse)
    with duckdb.connect(str(warehouse)) as connection:
        for schema in ("reports", "marts", "intermediate", "staging", "seeds"):
            connection.execute(f"drop schema if exists {schema} cascade")
    settings = dataclasses.replace(duckdb_settings, warehouse=warehouse, target="spark")
    chosen = [part for model in models for part in ("--select", f"+{model}")]
    command = ["build", "--full-refresh", *NO_TESTS, *chosen]
    result = invoke_on_spark(settings, command, small=True)
    assert result.success, result.exception or [
        (one.node.name, one.message) for one in result.result if one.status == "error"
    ]
    return settings


def build_later_day_on_spark(
    duckdb_settings: Settings, spark_settings: Settings, models: Sequence[str]
) -> None:
    """Build a later day on Spark from what DuckDB has landed since, the days that can differ.

    Raises:
        AssertionError: a model could not be built; the text is Spark's.
    """
    with duckdb.connect(str(spark_settings.warehouse)) as connection:
        connection.execute(f"attach '{duckdb_settings.warehouse}' as landed (read_only)")
        tables = connection.execute(
            "select table_name from duckdb_tables() "
            "where database_name = 'landed' and schema_name = 'raw'"
        ).fetchall()
        for (table,) in tables:
            connection.execute(f"create or replace table raw.{table} as from landed.raw.{table}")
    first = first_day_to_rebuild(duckdb_settings)
    assert first, "The later day is to replace days, and not all of them."
    chosen = [part for model in models for part in ("--select", f"+{model}")]
    command = ["build", *NO_TESTS, *extent(False, first), *chosen]
    result = invoke_on_spark(spark_settings, command, small=True)
    assert result.success, result.exception or [
        (one.node.name, one.message) for one in result.result if one.status == "error"
    ]


def differences(one: Settings, other: Settings, tables: Sequence[str]) -> dict[str, Difference]:
    """Return how the tables of two warehouses differ, those alone that do."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{one.warehouse}' as one (read_only)")
        connection.execute(f"attach '{other.warehouse}' as other (read_only)")
        found = {
            table: compare(connection, f"from one.{table}", f"from other.{table}")
            for table in tables
        }
    return {table: difference for table, difference in found.items() if difference}
