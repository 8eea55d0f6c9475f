"""Dagster's home: where it keeps its runs, and the rules every run obeys.

``dagster.yaml`` is written from here when there is none, so that the run command and the UI agree
and nothing has to be set up; from then on it is the operator's. What is not here: where the home
is, which ``settings`` says.
"""

import os
import sqlite3
import sys
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg

from orchestration.event_log import PooledEventLog
from orchestration.process.private_files import keep_files_private
from orchestration.settings.environment import ROOT

FINISHED = [
    dg.DagsterRunStatus.SUCCESS,
    dg.DagsterRunStatus.FAILURE,
    dg.DagsterRunStatus.CANCELED,
]
# What a killed process was at stays at work in the record for ever.
AT_WORK = [
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]
DEAD_AFTER = timedelta(days=7)
EVENTS_WRITTEN_TOGETHER = 1000
LAST_FEW = 10
DAGSTER_YAML = """\
# Written once, by orchestration/dagster_instance.py; it is yours, and no run writes over it. Take
# it away to get it as it was first written.
telemetry:
  enabled: false

# No dialog that asks newcomers for their address.
nux:
  enabled: false

# DuckDB lets one process write: one run at a time, the others wait in the queue.
concurrency:
  pools:
    default_limit: 1
    granularity: run
  runs:
    max_concurrent_runs: 1

# What a killed process was at counts as at work and holds the queue up, until it is given up.
run_monitoring:
  enabled: true
  start_timeout_seconds: 600
  max_runtime_seconds: 86400

# Days for which the daemon remembers what its schedules and sensors did; of runs themselves as
# many are kept as the setting RUNS_KEPT says.
retention:
  schedule:
    purge_after_days: 90
  sensor:
    purge_after_days: {skipped: 7, failure: 90, success: 90}

# What steps print is in the logs beside the warehouse, or on the terminal of the server.
compute_logs:
  module: orchestration.private_interfaces.of_dagster
  class: NoOpComputeLogManager

run_storage:
  module: orchestration.private_interfaces.of_dagster
  class: SqliteRunStorage
  config: {base_dir: {env: DAGSTER_HOME}}
event_log_storage:
  module: orchestration.event_log
  class: PooledEventLog
  config: {base_dir: {env: DAGSTER_HOME}}
schedule_storage:
  module: orchestration.private_interfaces.of_dagster
  class: SqliteScheduleStorage
  config: {base_dir: {env: DAGSTER_HOME}}
"""


def prepare_home(home: Path) -> None:
    """Make the home and tell Dagster, in this process and those it starts, where it is."""
    keep_files_private()
    home.mkdir(parents=True, exist_ok=True)
    _write_once(home / "dagster.yaml")
    for store in home.rglob("*.db"):
        _set_aside_if_damaged(store)
    os.environ["DAGSTER_HOME"] = str(home)
    # The server's processes import the log of events from here before they know the project.
    os.environ["PYTHONPATH"] = str(ROOT)
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"
    os.environ["DO_NOT_TRACK"] = "1"
    # What a run intends to make is written together, before it begins.
    os.environ["DAGSTER_EVENT_BATCH_SIZE"] = str(EVENTS_WRITTEN_TOGETHER)


def home_is_used(home: Path) -> bool:
    """Tell whether Dagster keeps its runs in a home and obeys the rules there."""
    return "DAGSTER_HOME" in os.environ and Path(os.environ["DAGSTER_HOME"]).resolve() == home


def _write_once(file: Path) -> None:
    with suppress(FileNotFoundError):
        if file.stat().st_size:
            return
        # An empty one is what a killed process leaves, and nobody's.
        file.unlink()
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with unfinished.open("w") as first:
            first.write(DAGSTER_YAML)
            first.flush()
            os.fsync(first.fileno())
        # Two processes may start at once: what is there already stays.
        with suppress(FileExistsError):
            file.hardlink_to(unfinished)
    finally:
        unfinished.unlink(missing_ok=True)


def _set_aside_if_damaged(store: Path) -> None:
    """Put a record that SQLite cannot read beside its place, so that a new one is begun."""
    try:
        with closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)) as connection:
            found = connection.execute("pragma quick_check(1)").fetchone()
    except sqlite3.OperationalError:
        return  # Locked by another process, which has it open and so can read it.
    except sqlite3.DatabaseError:
        found = None
    if found == ("ok",):
        return
    aside = store.with_name(f"{store.name}.damaged")
    store.replace(aside)
    for ending in ("-wal", "-shm", "-journal"):
        store.with_name(store.name + ending).unlink(missing_ok=True)
    print(
        f"Dagster's record {store} was damaged, so a new one is begun; the old one is {aside}. "
        "The warehouse and what is published do not rest on it.",
        file=sys.stderr,
    )


def opened_instance(home: Path) -> dg.DagsterInstance:
    """Open the record of runs; the caller closes it."""
    prepare_home(home)
    return dg.DagsterInstance.get()


def forget_old_runs(instance: dg.DagsterInstance, kept: int, moment: datetime | None = None) -> int:
    """Delete the record of finished runs beyond the newest ones, with their events.

    Of those that stay, but for the newest, the events go that only mattered while it was at work. A
    run that waits or is at work is never deleted, but for one of which nothing was heard for a
    week: it was killed. What Dagster knows of assets beside their runs stays, such as when each was
    last written.

    Args:
        instance: the record of runs.
        kept: how many finished runs stay.
        moment: now.

    Returns:
        How many were deleted.

    """
    finished = dg.RunsFilter(statuses=FINISHED)
    # The newest come first.
    old = [*instance.get_run_ids(finished)[kept:]]
    heard = (moment or datetime.now(UTC)) - DEAD_AFTER
    old += instance.get_run_ids(dg.RunsFilter(statuses=AT_WORK, updated_before=heard))
    for run_id in old:
        instance.delete_run(run_id)
    log = instance.event_log_storage
    if isinstance(log, PooledEventLog):
        # The newest may be tried again; those before the last few were done when those were new.
        log.forget_progress(instance.get_run_ids(finished, limit=LAST_FEW)[1:])
    return len(old)
