"""What starts a run besides the clock, and what happens when one fails.

New or changed landing files start the daily job; a failed run leaves one clear line in
``failures.log``, and people are told when runs turn bad and when they are good again; after each
run the record of those beyond the newest ones is deleted. What is not here: what a run does.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg

from orchestration.alerting.run_health import note_run
from orchestration.dagster_instance import forget_old_runs
from orchestration.execution.failures import reasons
from orchestration.execution.noop_check import landing_state
from orchestration.jobs import DAILY
from orchestration.process.private_files import keep_files_private
from orchestration.settings.environment import Settings
from orchestration.warehouse.atomic_write import write_atomically

# Dagster's own mark of a run that it starts once more.
WILL_RETRY = "dagster/will_retry"
FAILURES_KEPT = 1000


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
        # A run that Dagster starts once more has not failed for good.
        if run.tags.get(WILL_RETRY) != "true":
            for text in note_run(settings, run.job_name, succeeded=False, reasons=why):
                context.log.warning(text)
        forget_old_runs(context.instance, settings.runs_kept)

    return run_failures


def _run_successes(settings: Settings) -> dg.SensorDefinition:
    @dg.run_status_sensor(
        run_status=dg.DagsterRunStatus.SUCCESS,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Tells people when runs are good again; deletes records beyond RUNS_KEPT.",
    )
    def run_successes(context: dg.RunStatusSensorContext) -> None:
        for text in note_run(settings, context.dagster_run.job_name, succeeded=True):
            context.log.warning(text)
        forget_old_runs(context.instance, settings.runs_kept)

    return run_successes


def record_failure(logs: Path, job: str, why: list[str]) -> str:
    """Add one line about a failed run to ``failures.log`` and return it; the newest stay there."""
    keep_files_private()
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    flat = " | ".join(" ".join(reason.split()) for reason in why)
    line = f"{moment} {job} failed: {flat}"
    path = logs / "failures.log"
    before = path.read_text("utf-8", "replace").splitlines() if path.exists() else []
    with write_atomically(path) as unfinished:
        lines = [*before, line][-FAILURES_KEPT:]
        unfinished.write_text("".join(f"{one}\n" for one in lines), encoding="utf-8")
    return line
