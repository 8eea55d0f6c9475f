"""Dagster's home: where it keeps its runs, and the rules every run obeys.

``dagster.yaml`` is written from here each time, so that the run command and the UI agree and
nothing has to be set up. What is not here: where the home is, which ``settings`` says.
"""

import json
import os

import dagster as dg

from orchestration.settings import ROOT, Settings

DAGSTER_YAML = """\
# Written by orchestration/home.py at every start; changes made here are lost.
telemetry:
  enabled: false

# DuckDB lets one process write: one run at a time, the others wait in the queue.
concurrency:
  pools:
    default_limit: 1
    granularity: run
  runs:
    max_concurrent_runs: 1

# What steps print is in the logs beside the warehouse.
compute_logs:
  module: dagster._core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
"""

STORAGE = """
run_storage:
  module: dagster._core.storage.runs
  class: SqliteRunStorage
  config: {{base_dir: {home}}}
event_log_storage:
  module: orchestration.event_log
  class: PooledEventLog
  config: {{base_dir: {home}}}
schedule_storage:
  module: dagster._core.storage.schedules
  class: SqliteScheduleStorage
  config: {{base_dir: {home}}}
"""


def prepare_home(settings: Settings) -> None:
    """Make the home and tell Dagster, in this process and those it starts, where it is."""
    settings.dagster_home.mkdir(parents=True, exist_ok=True)
    text = DAGSTER_YAML + STORAGE.format(home=json.dumps(str(settings.dagster_home)))
    (settings.dagster_home / "dagster.yaml").write_text(text, encoding="utf-8")
    os.environ["DAGSTER_HOME"] = str(settings.dagster_home)
    # The server's processes import the log of events from here before they know the project.
    os.environ["PYTHONPATH"] = str(ROOT)
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"
    os.environ["DO_NOT_TRACK"] = "1"


def opened_instance(settings: Settings) -> dg.DagsterInstance:
    """Open the record of runs; the caller closes it."""
    prepare_home(settings)
    return dg.DagsterInstance.get()
