"""dbt inside this process: parsing the project, and building models for a Dagster step.

The stock resource of dagster-dbt starts three dbt processes for each step; importing dbt once
and handing it the parsed manifest costs a tenth of that, and ``dbt`` need not be on the path.
What is not here: which models are built when, which ``assets/models`` says.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt.asset_utils import get_updated_cli_invocation_params_for_context
from dagster_dbt.core.dbt_cli_event import DbtCoreCliEventMessage
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner, dbtRunnerResult
from dbt.contracts.graph.manifest import Manifest
from dbt_common.events.base_types import EventMsg
from dbt_common.events.functions import msg_to_dict

from orchestration.manifest import ProjectError
from orchestration.settings import Settings
from orchestration.turns import FILE_IS_LOCKED
from orchestration.warehouse import Warehouse, WarehouseError

# What dbt says when a node is done; everything else it says stays in its log.
OUTCOMES = {"LogModelResult", "LogSeedResult", "LogSnapshotResult", "LogTestResult"}
FAILED = {"error", "fail", "runtime error", "partial success"}
# A test may read models of the other build, so it waits until all that it reads is built.
# Unit tests prove the SQL, not the data: `make test` runs them, a run does not.
BUILD = ["build", "--indirect-selection", "buildable", "--exclude-resource-type", "unit_test"]


class BuildFailed(RuntimeError):
    """Models or their tests failed. The text names each with dbt's message."""


def parse(settings: Settings) -> None:
    """Parse the project, so that its manifest is as new as its files.

    Raises:
        ProjectError: dbt cannot parse it.

    """
    with _invocation(settings):
        result = dbtRunner().invoke(["parse", *_flags(settings, settings.dbt_target)])
    if not result.success:
        raise ProjectError(f"dbt cannot read {settings.dbt_project}: {result.exception}")
    # dbt leaves a manifest alone that would not change; its age says when it was last compared.
    settings.manifest.touch()


def build(context: dg.AssetExecutionContext, settings: Settings) -> Iterator[Any]:
    """Build the models of a step and test them; give Dagster the outcome of each.

    Raises:
        BuildFailed: a model or a test failed; what depends on it was not built.
        WarehouseError: another process holds the file.

    """
    chosen = get_updated_cli_invocation_params_for_context(context, {}, None)
    target = settings.warehouse.parent / "dbt"
    arguments = [*BUILD, *chosen.selection_args, *_flags(settings, target)]
    events: list[Mapping[str, Any]] = []

    def keep(event: EventMsg) -> None:
        if event.info.name in OUTCOMES:
            events.append(msg_to_dict(event))

    runner = dbtRunner(manifest=_parsed(settings), callbacks=[keep])
    with _invocation(settings):
        result = runner.invoke(arguments)
    rows = count_rows(settings)
    for event in events:
        message = DbtCoreCliEventMessage(raw_event=dict(event), event_history_metadata={})
        for outcome in message.to_default_asset_events(
            chosen.manifest, chosen.dagster_dbt_translator, context, target
        ):
            yield _counted(outcome, event, rows)
    if not result.success:
        message = _what_failed(result)
        raise (
            WarehouseError(message) if FILE_IS_LOCKED in message.lower() else BuildFailed(message)
        )


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


def _parsed(settings: Settings) -> Manifest:
    # What the parser kept for its next time is the manifest as objects, and quick to read.
    kept = settings.dbt_target / "partial_parse.msgpack"
    if not kept.exists():
        parse(settings)
    return _read(kept, kept.stat().st_mtime)


@cache
def _read(path: Path, written_at: float) -> Manifest:
    manifest = Manifest.from_msgpack(path.read_bytes())
    # Models read the catalogue of models as `graph`, which the parser does not keep.
    manifest.build_flat_graph()
    return manifest


@contextmanager
def _invocation(settings: Settings) -> Iterator[None]:
    before = os.environ.copy()
    os.environ.update(WAREHOUSE=str(settings.warehouse), DBT_SEND_ANONYMOUS_USAGE_STATS="false")
    settings.warehouse.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        # dbt-duckdb keeps the file open after its work, which shuts out whoever comes next.
        DuckDBConnectionManager.close_all_connections()
        os.environ.clear()
        os.environ.update(before)


def _flags(settings: Settings, target: Path) -> Sequence[str]:
    return (
        *("--project-dir", str(settings.dbt_project), "--profiles-dir", str(settings.profiles)),
        *("--target-path", str(target), "--log-path", str(settings.logs)),
        *("--log-level", "none", "--log-level-file", "info"),
        *("--no-use-colors", "--no-version-check"),
    )


def _what_failed(result: dbtRunnerResult) -> str:
    if not getattr(result.result, "results", None):
        return f"dbt stopped: {result.exception}"
    failures = [outcome for outcome in result.result if outcome.status in FAILED]
    return "\n".join(
        f"{outcome.node.resource_type} {outcome.node.name}: {outcome.message}"
        for outcome in failures
    )
