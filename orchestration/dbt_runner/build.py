"""Builds the models of a Dagster step with dbt, and gives Dagster the outcome of each.

What is not here: which models are a step, which ``assets/models`` says, and how dbt is run.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
from dbt.cli.main import dbtRunnerResult

from orchestration.dbt_runner.dbt_failures import describe
from orchestration.dbt_runner.in_process import invoke
from orchestration.private_interfaces.of_dbt import (
    DbtCoreCliEventMessage,
    EventMsg,
    get_updated_cli_invocation_params_for_context,
    msg_to_dict,
)
from orchestration.settings.environment import Settings
from orchestration.warehouse.connection import Warehouse, WarehouseError
from orchestration.warehouse_lock import FILE_IS_LOCKED

# A test may read models of the other build, so it waits until all that it reads is built.
# Unit tests and tests of formulas prove the SQL, not the data: `make test` runs them, no run does.
# Nobody reads what dbt would write about a build into files, and writing it takes seconds.
BUILD = (
    *("build", "--indirect-selection", "buildable", "--exclude-resource-type", "unit_test"),
    *("--exclude", "tag:formula", "--no-write-json"),
)
# What dbt says when a node is done; everything else it says stays in its log.
OUTCOMES = {"LogModelResult", "LogSeedResult", "LogSnapshotResult", "LogTestResult"}
FAILED = {"error", "fail", "runtime error", "partial success"}


class BuildFailed(RuntimeError):
    """Models or their tests failed. The text names each with dbt's message."""


def build(
    context: dg.AssetExecutionContext, settings: Settings, is_full: bool = False
) -> Iterator[Any]:
    """Build the models of a step and test them.

    Args:
        context: of the step, which says what is chosen.
        settings: where things are.
        is_full: build every table from nothing, in place of the days that can have changed.

    Raises:
        BuildFailed: a model or a test failed; what depends on it was not built.
        WarehouseError: another process holds the file.

    """
    chosen = get_updated_cli_invocation_params_for_context(context, {}, None)
    target = settings.warehouse.parent / "dbt"
    events: list[Mapping[str, Any]] = []

    def keep(event: EventMsg) -> None:
        if event.info.name in OUTCOMES:
            events.append(msg_to_dict(event))

    flags = ["--full-refresh"] if is_full else []
    result = invoke(settings, [*BUILD, *flags, *chosen.selection_args], target, keep)
    rows = count_rows(settings)
    for event in events:
        message = DbtCoreCliEventMessage(raw_event=dict(event), event_history_metadata={})
        for outcome in message.to_default_asset_events(
            chosen.manifest, chosen.dagster_dbt_translator, context, target
        ):
            yield _counted(outcome, event, rows)
    if not result.success:
        why = _what_failed(result, chosen.manifest, settings)
        raise WarehouseError(why) if FILE_IS_LOCKED in why.lower() else BuildFailed(why)


def count_rows(settings: Settings) -> dict[tuple[str, str], int]:
    """Count the rows of every table by its schema and name; views are not counted."""
    with Warehouse(settings.warehouse).reading() as connection:
        tables = connection.execute("select schema_name, table_name from duckdb_tables()")
        return {
            table: connection.table(".".join(table)).count("*").fetchone()[0]
            for table in tables.fetchall()
        }


def _counted(outcome: Any, event: Mapping[str, Any], rows: Mapping[Any, int]) -> Any:
    relation = event["data"]["node_info"].get("node_relation", {})
    count = rows.get((relation.get("schema"), relation.get("alias")))
    if count is None or not isinstance(outcome, dg.Output):
        return outcome
    return outcome.with_metadata({**outcome.metadata, "dagster/row_count": count})


def _what_failed(result: dbtRunnerResult, manifest: Mapping[str, Any], settings: Settings) -> str:
    if not getattr(result.result, "results", None):
        return f"dbt stopped: {result.exception}"
    failures = [outcome for outcome in result.result if outcome.status in FAILED]
    return "\n".join(describe(outcome, manifest, settings) for outcome in failures)
