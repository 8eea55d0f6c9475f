"""A dbt command on Spark, in this process: raw tables out of the working file, results into it.

One Java process serves all invocations of a process, as starting it costs more than a small build.
What is not here: which models are built, which ``build`` says, and how Spark is started and what it
leaves, which the package ``spark`` knows.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import dagster as dg
from dbt.cli.main import dbtRunner, dbtRunnerResult

from orchestration.dbt_runner.events import only_read_events
from orchestration.dbt_runner.in_process import parsed_manifest, repeat_interrupt
from orchestration.dbt_runner.manifest import project_files
from orchestration.dbt_runner.project_error import ProjectError
from orchestration.dbt_runner.steps_within import steps_put_in_front
from orchestration.private_interfaces.of_dbt import EventMsg, ParsedManifest
from orchestration.process.interrupts import is_asked_to_stop
from orchestration.settings.parts import DbtSettings
from orchestration.spark.built_tables import built_tables, take_in
from orchestration.spark.raw_tables import SCHEMA, name_raw_tables, write_raw_tables
from orchestration.spark.session import folder_of, start
from orchestration.spark.told_errors import errors_told_in_one_line
from orchestration.warehouse.connection import Warehouse

TARGET = "spark"


def invoke_on_spark(
    settings: DbtSettings,
    arguments: Sequence[str],
    listener: Callable[[EventMsg], None] = lambda event: None,
    memory: str = "2g",
    small: bool = False,
    with_proofs: bool = False,
) -> dbtRunnerResult:
    """Run a dbt command on Spark, and let the working file take in what it has built.

    Args:
        settings: where things are.
        arguments: of dbt, without folders and target.
        listener: hears what dbt says.
        memory: of the Java process.
        small: for a few thousand rows.
        with_proofs: know the tests that prove the SQL, too.

    Raises:
        DagsterExecutionInterruptedError: somebody stopped it.
        ProjectError: dbt cannot parse the project.
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
        result = dbt_on_spark(settings, arguments, listener, with_proofs)
    finally:
        # It is a copy of raw rows, of persons too, and whoever is erased is to be in none.
        shutil.rmtree(folder / SCHEMA, ignore_errors=True)
    outcomes = getattr(result.result, "results", None) or []
    # As DuckDB has them, whose publication names the columns in the order of their contract.
    built = {
        (one.node.schema, one.node.alias): list(one.node.columns)
        if one.node.config.contract.enforced
        else []
        for one in outcomes
        if one.status == "success" and one.node.resource_type in {"model", "seed"}
    }
    with Warehouse.of(settings).writing() as connection:
        tables = {one: built[one] for one in built_tables(session) if one in built}
        take_in(session, connection, folder, tables)
    return result


def dbt_on_spark(
    settings: DbtSettings,
    arguments: Sequence[str],
    listener: Callable[[EventMsg], None] = lambda event: None,
    with_proofs: bool = False,
) -> dbtRunnerResult:
    """Run a dbt command in the session of this process, as ``invoke_on_spark`` says of its own."""
    with _target(), only_read_events(), steps_put_in_front(), errors_told_in_one_line():
        runner = dbtRunner(
            manifest=_parsed(settings, arguments, with_proofs),
            callbacks=[listener, repeat_interrupt()],
        )
        result = runner.invoke([*arguments, *_flags(settings)])
    if isinstance(result.exception, KeyboardInterrupt) or is_asked_to_stop():
        raise dg.DagsterExecutionInterruptedError from result.exception
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


def _parsed(settings: DbtSettings, arguments: Sequence[str], with_proofs: bool) -> ParsedManifest:
    # A manifest of its own: that of DuckDB names its database and is what Dagster reads.
    target = folder_of(settings) / "dbt"
    kept = target / "partial_parse.msgpack"
    read_at = kept.stat().st_mtime if kept.exists() else 0.0
    if any(path.stat().st_mtime > read_at for path in project_files(settings)):
        began_at = time.time()
        _parse(settings)
        # As in_process.parse does it: what is edited meanwhile is read the next time.
        os.utime(kept, (began_at, began_at))
    return parsed_manifest(target, lambda: _parse(settings), arguments, with_proofs)


def _parse(settings: DbtSettings) -> None:
    result = dbtRunner().invoke(["parse", *_flags(settings)])
    if not result.success:
        raise ProjectError(f"dbt cannot read {settings.dbt_project}: {result.exception}")


def _flags(settings: DbtSettings) -> Sequence[str]:
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
