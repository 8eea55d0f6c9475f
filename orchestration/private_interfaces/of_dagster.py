"""What is taken from the insides of Dagster. ``dagster.yaml`` names the stores by this module.

What is not here: anything that imports dbt.
"""

from dagster._core.storage.event_log import ConsolidatedSqliteEventLogStorage
from dagster._core.storage.event_log.schema import SqlEventLogStorageTable
from dagster._core.storage.noop_compute_log_manager import NoOpComputeLogManager
from dagster._core.storage.runs import SqliteRunStorage
from dagster._core.storage.schedules import SqliteScheduleStorage
from dagster._utils.schedules import schedule_execution_time_iterator

__all__ = [
    "ConsolidatedSqliteEventLogStorage",
    "NoOpComputeLogManager",
    "SqlEventLogStorageTable",
    "SqliteRunStorage",
    "SqliteScheduleStorage",
    "schedule_execution_time_iterator",
]
