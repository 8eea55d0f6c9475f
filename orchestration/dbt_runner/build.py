"""Builds the models of a Dagster step with dbt, and gives Dagster the outcome of each.

What is not here: which models are a step, which ``assets/models`` says, and how dbt is run.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import dagster as dg
from dbt.cli.main import dbtRunnerResult

from orchestration.dbt_runner.dbt_failures import broken_keys, describe
from orchestration.dbt_runner.in_process import invoke
from orchestration.dbt_runner.keys import keys_of
from orchestration.dbt_runner.manifest import Manifest
from orchestration.dbt_runner.output_keys import keys_put_together_once
from orchestration.dbt_runner.skipped import why_it_stopped
from orchestration.event_log import written_together
from orchestration.private_interfaces.of_dbt import (
    NodeResult,
    NodeStatus,
    get_updated_cli_invocation_params_for_context,
)
from orchestration.settings.parts import DbtSettings
from orchestration.warehouse.connection import (
    DAMAGED,
    LOCKED,
    LockedWarehouse,
    Warehouse,
    damaged,
)

# A test may read models of the other build, so it waits until all that it reads is built.
# Nobody reads what dbt would write about a build into files, and writing it takes seconds; so does
# its usual way of finding which models wait for a test, of which the fast one leaves out detours.
BUILD = ("build", "--indirect-selection", "buildable", "--no-write-json", "--use-fast-test-edges")
# What says which days are built anew, with all that it reads, comes before the tables of days.
# Its views stay as they are, as they hold no rows and the project is the same; what they show is
# tested.
WINDOW = (
    *("--select", "+tag:rebuild_window,config.materialized:table"),
    *("--select", "resource_type:test,fqn:customer_health.staging.*"),
)
BUT_THE_WINDOW = ("--exclude", "+tag:rebuild_window")
# What a test of the data comes to, and how much it weighs.
TESTED = {
    NodeStatus.Pass: dg.AssetCheckSeverity.ERROR,
    NodeStatus.Warn: dg.AssetCheckSeverity.WARN,
    NodeStatus.Fail: dg.AssetCheckSeverity.ERROR,
    NodeStatus.Error: dg.AssetCheckSeverity.ERROR,
}
# What DuckDB says of a query that finds no room under the limit of the memory.
NO_ROOM = "Out of Memory Error"
FAILED = {"error", "fail", "runtime error", "partial success"}


class BuildFailed(RuntimeError):
    """Models or their tests failed. The text names each with dbt's message."""


def build(
    context: dg.AssetExecutionContext,
    manifest: Manifest,
    settings: DbtSettings,
    arguments: Sequence[str],
    rebuild_from: date | None = None,
) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """Build the models of a step and test them.

    Args:
        context: of the step.
        manifest: of the project.
        settings: where things are.
        arguments: of dbt, which say what is built and how much of it.
        rebuild_from: first day of the tables of days that is built anew; None for all of them.

    Raises:
        BuildFailed: a model or a test failed; what depends on it was not built.
        WarehouseError: another process holds the file.

    """
    target = settings.warehouse.parent / "dbt"
    # Unit tests and tests of formulas prove the SQL, not the data: `make test` runs them.
    # Keys are asked after the build, all of them in the time in which dbt would test three.
    result, outcomes = build_with_room(settings, [*BUILD, *arguments], target, context.log.warning)
    with written_together(context.instance), keys_put_together_once():
        yield from _told(context, outcomes, count_rows(settings))
    if why := _what_failed(result, outcomes, manifest, settings, rebuild_from):
        raise _what_it_is(why, settings)


def build_with_room(
    settings: DbtSettings, arguments: Sequence[str], target: Path, report: Callable[[str], None]
) -> tuple[dbtRunnerResult, list[NodeResult]]:
    """Build, and ask once more, one at a time, what found no memory beside others.

    What a step takes under the limit of the memory depends on what is at work with it. Where
    anything failed for another reason, nothing is asked again: what comes after it has to wait.

    Args:
        settings: where things are.
        arguments: of dbt.
        target: folder for what dbt writes.
        report: is told what is asked again.

    Returns:
        What dbt said last, and the outcome of each node, the last one where it was asked twice.
    """
    result = invoke(settings, arguments, target, lambda event: None)
    outcomes = _outcomes(result)
    failed = [outcome for outcome in outcomes if outcome.status in FAILED]
    if not failed or not all(NO_ROOM in (outcome.message or "") for outcome in failed):
        return result, outcomes
    waiting = [outcome for outcome in outcomes if outcome.status in {*FAILED, "skipped"}]
    names = ", ".join(outcome.node.name for outcome in failed)
    report(
        f"Out of memory at MEMORY_LIMIT={settings.memory_limit}: {names}. "
        f"{len(waiting)} steps are asked again, one at a time"
    )
    # What another step of the run asks stays left out.
    again = [*_without_selection(arguments), "--select", *(_selector(one) for one in waiting)]
    result = invoke(settings, again, target, lambda event: None, threads=1)
    # A test of what is built again is asked again, too, though it had passed.
    last = {outcome.node.unique_id: outcome for outcome in [*outcomes, *_outcomes(result)]}
    return result, list(last.values())


def _outcomes(result: dbtRunnerResult) -> list[NodeResult]:
    return list(getattr(result.result, "results", None) or [])


def _selector(outcome: NodeResult) -> str:
    return f"fqn:{'.'.join(outcome.node.fqn)}"


def _without_selection(arguments: Sequence[str]) -> Iterator[str]:
    is_selection = False
    for argument in arguments:
        if argument.startswith("--"):
            is_selection = argument == "--select"
        if not is_selection:
            yield argument


def _what_it_is(why: str, settings: DbtSettings) -> Exception:
    if LOCKED.search(why):
        return LockedWarehouse(why)
    return damaged(settings.warehouse, why) if DAMAGED.search(why) else BuildFailed(why)


def extent(is_full: bool, rebuild_from: date | None) -> list[str]:
    """Return the flags by which a run builds every table from nothing, or days of it anew.

    Args:
        is_full: build every table from nothing.
        rebuild_from: first day of the tables of days to build anew; None for all days.

    """
    if is_full:
        # No day of a full build stays, so nobody need ask from which one on they are replaced.
        return ["--full-refresh", "--exclude", "tag:rebuild_window"]
    # Seeds are files of the project, and a later build is one of the project that was built.
    flags = ["--exclude", "resource_type:seed"]
    return [*flags, "--vars", f"rebuild_from: '{rebuild_from}'"] if rebuild_from else flags


def selection_of(context: dg.AssetExecutionContext) -> Sequence[str]:
    """Return the arguments by which dbt builds what is chosen, and nothing else."""
    return get_updated_cli_invocation_params_for_context(context, {}, None).selection_args


def _told(
    context: dg.AssetExecutionContext,
    outcomes: Sequence[NodeResult],
    rows: Mapping[tuple[str, str], int],
) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """Say of each table that it was built and of each test what it found, in that order."""
    tables = {".".join(key.path): key for key in context.selected_asset_keys}
    checks = {key.name: key for key in context.selected_asset_check_keys}
    for outcome in outcomes:
        node = outcome.node
        seconds = {"seconds": round(outcome.execution_time, 3)}
        if outcome.status == NodeStatus.Success and (key := tables.get(_name(node))):
            count = rows.get((node.schema, node.alias))
            counted = {} if count is None else {"dagster/row_count": count}
            yield dg.MaterializeResult(asset_key=key, metadata=seconds | counted)
        elif outcome.status in TESTED and (check := checks.get(node.name)):
            yield dg.AssetCheckResult(
                asset_key=check.asset_key,
                check_name=check.name,
                passed=outcome.status == NodeStatus.Pass,
                severity=TESTED[outcome.status],
                metadata=seconds | {"failures": outcome.failures or 0},
            )


def _name(node: Any) -> str:
    return f"{node.schema}.{node.name}"


def count_rows(settings: DbtSettings) -> dict[tuple[str, str], int]:
    """Count the rows of every table by its schema and name; views are not counted."""
    with Warehouse.of(settings).reading() as connection:
        tables = connection.execute("select schema_name, table_name from duckdb_tables()")
        return {
            table: connection.table(".".join(table)).count("*").fetchall()[0][0]
            for table in tables.fetchall()
        }


def _what_failed(
    result: dbtRunnerResult,
    outcomes: Sequence[NodeResult],
    manifest: Manifest,
    settings: DbtSettings,
    rebuild_from: date | None,
) -> str:
    built = {outcome.node.unique_id for outcome in outcomes if outcome.status == "success"}
    texts = [
        *(
            describe(outcome, manifest, settings)
            for outcome in outcomes
            if outcome.status in FAILED
        ),
        *broken_keys(keys_of(manifest, built, rebuild_from), manifest, settings),
    ]
    return "\n".join(texts or why_it_stopped(settings, result, outcomes))
