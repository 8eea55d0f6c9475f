"""What starts a run besides the clock, and what happens when one fails.

New or changed landing files start the daily job; a failed run leaves one clear line in
``failures.log``, which is where alerts will go out from. What is not here: what a run does.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

import dagster as dg

from orchestration.failures import reasons
from orchestration.jobs import DAILY
from orchestration.settings import Settings
from orchestration.unchanged import landing_state


def sensors(settings: Settings) -> list[dg.SensorDefinition]:
    """Make the sensors for one set of settings."""
    return [_landing_files(settings), _run_failures(settings)]


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
        record_failure(settings, run.job_name, why)

    return run_failures


def record_failure(settings: Settings, job: str, why: list[str]) -> str:
    """Append one line about a failed run to ``failures.log`` and return it."""
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    flat = " | ".join(" ".join(reason.split()) for reason in why)
    line = f"{moment} {job} failed: {flat}"
    settings.logs.mkdir(parents=True, exist_ok=True)
    with (settings.logs / "failures.log").open("a", encoding="utf-8") as log:
        log.write(line + "\n")
    return line
