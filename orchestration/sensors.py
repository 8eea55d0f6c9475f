"""What starts a run besides the clock, and what happens when one fails.

New or changed landing files start the daily job; a failed run leaves one clear line in
``failures.log``, which is where alerts will go out from; and after each run the record of those
beyond the newest ones is deleted. What is not here: what a run does.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg

from orchestration.dagster_instance import forget_old_runs
from orchestration.execution.failures import reasons
from orchestration.execution.noop_check import landing_state
from orchestration.jobs import DAILY
from orchestration.settings.environment import Settings


def sensors(settings: Settings) -> list[dg.SensorDefinition]:
    """Make the sensors for one set of settings."""
    return [_landing_files(settings), _run_failures(settings), _run_successes(settings)]


def _landing_files(settings: Settings) -> dg.SensorDefinition:
    @dg.sensor(
        job=DAILY,
        minimum_interval_seconds=60,
        description="Starts the daily job when landing files are new or have changed.",
    )
    def landing_files(
        context: dg.SensorEvaluationContext,
    ) -> Iterator[dg.RunRequest | dg.SkipReason]:
        state = landing_state(settings.landing)
        if state is None:
            yield dg.SkipReason(f"No file in {settings.landing}.")
        elif state == context.cursor:
            yield dg.SkipReason(f"Nothing new in {settings.landing}.")
        else:
            context.update_cursor(state)
            yield dg.RunRequest(run_key=state)

    return landing_files


def _run_failures(settings: Settings) -> dg.SensorDefinition:
    @dg.run_failure_sensor(
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Writes one line for each failed run to failures.log.",
    )
    def run_failures(context: dg.RunFailureSensorContext) -> None:
        run = context.dagster_run
        entries = context.instance.all_logs(run.run_id)
        events = [entry.dagster_event for entry in entries if entry.dagster_event]
        why = reasons(events) or [context.failure_event.message or "no reason was given"]
        record_failure(settings.logs, run.job_name, why)
        forget_old_runs(context.instance, settings.runs_kept)

    return run_failures


def _run_successes(settings: Settings) -> dg.SensorDefinition:
    @dg.run_status_sensor(
        run_status=dg.DagsterRunStatus.SUCCESS,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Deletes the record of finished runs beyond the newest RUNS_KEPT.",
    )
    def run_successes(context: dg.RunStatusSensorContext) -> None:
        forget_old_runs(context.instance, settings.runs_kept)

    return run_successes


def record_failure(logs: Path, job: str, why: list[str]) -> str:
    """Append one line about a failed run to ``failures.log`` and return it."""
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    flat = " | ".join(" ".join(reason.split()) for reason in why)
    line = f"{moment} {job} failed: {flat}"
    logs.mkdir(parents=True, exist_ok=True)
    with (logs / "failures.log").open("a", encoding="utf-8") as log:
        log.write(line + "\n")
    return line
