"""A dbt command on Spark, in this process: raw tables out of the working file, results into it.

One Java process serves all invocations of a process, as starting it costs more than a small build.
What is not here: which models are built and what is told of them, which ``dbt_runner`` knows.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from dbt.cli.main import dbtRunner, dbtRunnerResult

from orchestration.private_interfaces.of_dbt import EventMsg
from orchestration.settings.parts import DbtSettings
from orchestration.spark.built_tables import built_tables, take_in
from orchestration.spark.raw_tables import SCHEMA, name_raw_tables, write_raw_tables
from orchestration.spark.session import folder_of, start
from orchestration.warehouse.connection import Warehouse

TARGET = "spark"


def invoke_on_spark(
    settings: DbtSettings,
    arguments: Sequence[str],
    listener: Callable[[EventMsg], None] = lambda event: None,
    memory: str = "2g",
    small: bool = False,
) -> dbtRunnerResult:
    """Run a dbt command on Spark, and let the working file take in what it has built.

    Args:
        settings: where things are.
        arguments: of dbt, without folders and target.
        listener: hears what dbt says.
        memory: of the Java process.
        small: for a few thousand rows.

    Raises:
        SparkError: Spark cannot be used as things are.
        WarehouseError: another process holds the working file.
    """
    folder = folder_of(settings)
    session = start(settings, memory, small)
    try:
        with Warehouse.of(settings).reading() as connection:
            tables = write_raw_tables(connection, folder)
        name_raw_tables(session, folder, tables)
        forget_lost_tables(settings)
        with _target():
            result = dbtRunner(callbacks=[listener]).invoke([*arguments, *_flags(settings)])
    finally:
        # It is a copy of raw rows, of persons too, and whoever is erased is to be in none.
        shutil.rmtree(folder / SCHEMA, ignore_errors=True)
    outcomes = getattr(result.result, "results", None) or []
    built = {
        (one.node.schema, one.node.alias)
        for one in outcomes
        if one.status == "success" and one.node.resource_type in {"model", "seed"}
    }
    with Warehouse.of(settings).writing() as connection:
        take_in(session, connection, folder, [one for one in built_tables(session) if one in built])
    return result


def forget_lost_tables(settings: DbtSettings) -> None:
    """Take away folders of tables that the metastore does not know: a killed build left them.

    Spark refuses to write a table into a folder with files.
    """
    from pyspark.sql import SparkSession

    session = SparkSession.active()
    known = set(built_tables(session))
    for place in (folder_of(settings) / "tables").glob("*.db/*"):
        schema = place.parent.name.removesuffix(".db")
        if place.is_dir() and (schema, place.name) not in known:
            shutil.rmtree(place)


def _flags(settings: DbtSettings) -> Sequence[str]:
    # A manifest of its own: that of DuckDB names its database and is what Dagster reads.
    target = str(folder_of(settings) / "dbt")
    return (
        *("--project-dir", str(settings.dbt_project), "--profiles-dir", str(settings.profiles)),
        *("--target-path", target, "--log-path", str(settings.logs), "--target", TARGET),
        *("--log-level", "none", "--log-level-file", "info"),
        *("--no-use-colors", "--no-version-check"),
    )


@contextmanager
def _target() -> Iterator[None]:
    before = os.environ.copy()
    os.environ.update(TARGET=TARGET, DBT_SEND_ANONYMOUS_USAGE_STATS="false")
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
