"""What is taken from the insides of dbt, its DuckDB adapter, and Dagster's part for dbt.

What is not here: ``dbt.cli.main``, which dbt documents for programs that run it.
"""

from dagster_dbt.asset_utils import get_updated_cli_invocation_params_for_context
from dbt import compilation
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.artifacts.schemas.results import NodeStatus, TestStatus
from dbt.compilation import InjectedCTE
from dbt.contracts.graph.manifest import Manifest as ParsedManifest
from dbt.contracts.results import NodeResult
from dbt_common.events.base_types import BaseEvent, EventLevel, EventMsg
from dbt_common.events.event_manager import EventManager
from dbt_common.events.event_manager_client import ctx_set_event_manager, get_event_manager
from dbt_common.events.types import Note
from dbt_common.exceptions import DbtRuntimeError

__all__ = [
    "BaseEvent",
    "DbtRuntimeError",
    "DuckDBConnectionManager",
    "EventLevel",
    "EventManager",
    "EventMsg",
    "InjectedCTE",
    "NodeResult",
    "NodeStatus",
    "Note",
    "ParsedManifest",
    "TestStatus",
    "compilation",
    "ctx_set_event_manager",
    "get_event_manager",
    "get_updated_cli_invocation_params_for_context",
]
