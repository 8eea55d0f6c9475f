"""What starts a run besides the clock, and what happens when one fails.

New or changed landing files start the daily job; a failed run leaves one clear line in
``failures.log``, and people are told when jobs turn bad and when they are good again; after each
run the record of those beyond the newest ones is deleted. What is not here: what a run does.
"""

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg

from orchestration.alerting.run_health import note_run
from orchestration.dagster_instance import AT_WORK, forget_old_runs
from orchestration.execution.failures import reasons
from orchestration.jobs import DAILY, JOBS, WEEKLY
from orchestration.landing.landed_state import landed_state, landing_state
from orchestration.process.private_files import keep_files_private
from orchestration.settings.environment import Settings
from orchestration.warehouse.atomic_write import write_atomically
from orchestration.warehouse.run_lock import is_held_elsewhere

# Dagster's own mark of a run that it starts once more.
WILL_RETRY = "dagster/will_retry"
FAILURES_KEPT = 1000
# What fails for another reason than a lock fails again.
TIMES_ASKED = 3
BEGINS_WITHIN = timedelta(minutes=10)


def sensors(settings: Settings) -> list[dg.SensorDefinition]:
    """Make the sensors for one set of settings."""
    return [_landing_files(settings), _run_failures(settings), _run_successes(settings)]


def _landing_files(settings: Settings) -> dg.SensorDefinition:
    @dg.sensor(
        job=DAILY,
        minimum_interval_seconds=60,
        description="Starts the daily job when landing files are new or have changed, and hold "
        "still from one look to the next.",
    )
    def landing_files(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        state, seen = landing_state(settings.landing), Seen.of(context.cursor)
        if state is None:
            return dg.SkipReason(f"No file in {settings.landing}.")
        if state != seen.state:
            seen = replace(seen, state=state, times=0)
            context.update_cursor(seen.cursor)
            if state != landed_state(settings.warehouse):
                return dg.SkipReason(f"Something changes in {settings.landing}; it may go on.")
        if state == landed_state(settings.warehouse):
            return dg.SkipReason(f"Nothing new in {settings.landing}.")
        if _waits(context.instance) or is_held_elsewhere(settings.warehouse):
            return dg.SkipReason("Another run waits or is at work; it is asked once that is done.")
        if seen.times >= TIMES_ASKED:
            return dg.SkipReason(
                f"{TIMES_ASKED} runs did not load what is in {settings.landing}, so none is asked "
                "before something changes there: failures.log says why. Mend it and start the "
                "daily job by hand."
            )
        seen = replace(seen, times=seen.times + 1, asked=seen.asked + 1)
        context.update_cursor(seen.cursor)
        # Dagster starts no second run of a key, and files may become again what they were.
        return dg.RunRequest(run_key=f"{state}-{seen.asked}")

    return landing_files


@dataclass(frozen=True)
class Seen:
    """What the sensor remembers from one look to the next.

    Attributes:
        state: of the landing folder.
        times: how many runs were asked for in this state.
        asked: how many were asked for in all.
    """

    state: str = ""
    times: int = 0
    asked: int = 0

    @classmethod
    def of(cls, cursor: str | None) -> "Seen":
        """Read a cursor; nothing was seen where it is none of ours."""
        try:
            return cls(**json.loads(cursor or "{}"))
        except (TypeError, ValueError):
            return cls()

    @property
    def cursor(self) -> str:
        """Return what Dagster is to keep."""
        return json.dumps(asdict(self))


def _waits(instance: dg.DagsterInstance) -> bool:
    """Tell whether a run that loads has not come so far that it has the warehouse."""
    just_now = datetime.now(UTC) - BEGINS_WITHIN
    filters = (
        dg.RunsFilter(statuses=[dg.DagsterRunStatus.QUEUED]),
        # What a killed process was at stays at work in the record for ever.
        dg.RunsFilter(statuses=AT_WORK, updated_after=just_now),
    )
    return any(
        run.job_name in (DAILY.name, WEEKLY.name)
        for one in filters
        for run in instance.get_runs(one)
    )


def _is_whole_job(run: dg.DagsterRun) -> bool:
    # Who chooses assets in the UI, a past edition among them, looks at what comes of it; and a
    # single table that was built is no news of the job that failed.
    return run.job_name in {job.name for job in JOBS} and not run.asset_selection


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
        if _is_whole_job(run) and run.tags.get(WILL_RETRY) != "true":
            for text in note_run(settings, run.job_name, succeeded=False, reasons=why):
                context.log.warning(text)
        forget_old_runs(context.instance, settings.runs_kept)

    return run_failures


def _run_successes(settings: Settings) -> dg.SensorDefinition:
    @dg.run_status_sensor(
        run_status=dg.DagsterRunStatus.SUCCESS,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Tells people when a job is good again; deletes records beyond RUNS_KEPT.",
    )
    def run_successes(context: dg.RunStatusSensorContext) -> None:
        if _is_whole_job(run := context.dagster_run):
            for text in note_run(settings, run.job_name, succeeded=True):
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
