"""A company of twenty accounts and nine weeks, landed once and built by both engines."""

import dataclasses
import shutil
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from data.demo.simulation import simulate
from data.demo.sizes import SIZES, Size
from orchestration.adapters.adapt import land
from orchestration.dbt_runner.manifest import prepare_manifest
from orchestration.landing.contract import declared_tables
from orchestration.settings.environment import Settings
from orchestration.spark.comparison import Difference, compare
from orchestration.spark.session import start
from orchestration.warehouse.connection import Warehouse
from tests.conftest import run_job, settings_in

FEW = Size("few", 20, 9, 0.28, 6.0, 1440, "jsonl", 5)
AS_OF = date(2026, 10, 31)
# What says which run it was and when, which is another one on each engine.
OF_THE_RUN = {"marts.fct_crm_push": ("pushed_at", "run_id")}


def write_few(folder: Path) -> Path:
    """Write the landing files of the company; return their folder."""
    SIZES.setdefault(FEW.name, FEW)
    try:
        simulate(FEW.name, 7, AS_OF, folder / "landing", folder / "truth")
    finally:
        SIZES.pop(FEW.name)
    return folder / "landing"


def landed_twice(folder: Path) -> tuple[Settings, Settings]:
    """Land the company once, and return two warehouses with the same rows: DuckDB's and Spark's.

    A run finds its files landed, so that no row differs by the time at which it was read.
    """
    on_duckdb = settings_in(folder / "duckdb", write_few(folder))
    on_spark = dataclasses.replace(settings_in(folder / "spark", on_duckdb.landing), target="spark")
    tables = list(declared_tables(prepare_manifest(on_duckdb)))
    with Warehouse.of(on_duckdb).writing() as connection:
        read_at = datetime(2026, 11, 28, 6, tzinfo=UTC)
        land(connection, tables, on_duckdb.landing, read_at, lambda text: None)
    on_spark.warehouse.parent.mkdir(parents=True)
    shutil.copy(on_duckdb.warehouse, on_spark.warehouse)
    return on_duckdb, on_spark


def run_day(settings: Settings, day: date) -> Settings:
    """Run the whole daily job of a day, from landing to pages.

    Raises:
        AssertionError: the run did not deliver; the text is what it said.
    """
    if settings.target == "spark":
        # The run takes the session that is there, and this one is made for few rows.
        start(settings, small=True)
    settings = dataclasses.replace(settings, as_of=day)
    built = run_job(settings)
    assert built.exit_code == 0, "\n".join(built.lines)
    return settings


def kept_as_it_is(settings: Settings, folder: Path) -> Settings:
    """Copy the working file and the publication, which the next day replaces."""
    kept = dataclasses.replace(
        settings, warehouse=folder / settings.warehouse.name, published=folder / "published"
    )
    folder.mkdir(parents=True)
    shutil.copy(settings.warehouse, kept.warehouse)
    shutil.copytree(settings.published, kept.published, symlinks=True)
    return kept


def public_tables(settings: Settings) -> list[str]:
    """Return the public tables with their schemas."""
    nodes = prepare_manifest(settings)["nodes"].values()
    return [
        f"{node['schema']}.{node['name']}"
        for node in nodes
        if node["resource_type"] == "model" and node["access"] == "public"
    ]


def differences(one: Settings, other: Settings, tables: Sequence[str]) -> dict[str, Difference]:
    """Return how the tables of two warehouses differ, those alone that do.

    Left out is what names the run itself.
    """
    with duckdb.connect() as connection:
        connection.execute(f"attach '{one.warehouse}' as one (read_only)")
        connection.execute(f"attach '{other.warehouse}' as other (read_only)")
        found = {
            table: compare(connection, _but_the_run("one", table), _but_the_run("other", table))
            for table in tables
        }
    return {table: difference for table, difference in found.items() if difference}


def _but_the_run(database: str, table: str) -> str:
    columns = OF_THE_RUN.get(table)
    left_out = f" exclude ({', '.join(columns)})" if columns else ""
    return f"select *{left_out} from {database}.{table}"
