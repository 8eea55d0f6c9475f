"""dbt inside this process: parsing the project, and the Dagster resource that builds it.

The stock resource starts three dbt processes for each step; importing dbt once and handing it
the parsed manifest costs a tenth of that. The file is closed after each invocation, as the
checks and the publication open it next. What is not here: which models are built when.
"""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DbtCliInvocation, DbtCliResource
from dagster_dbt.asset_utils import get_updated_cli_invocation_params_for_context
from dagster_dbt.core.dbt_cli_event import DbtCoreCliEventMessage
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner, dbtRunnerResult
from dbt.contracts.graph.manifest import Manifest
from dbt_common.events.base_types import EventMsg
from dbt_common.events.functions import msg_to_dict
from packaging.version import Version

from orchestration.manifest import ProjectError
from orchestration.settings import Settings

# The events that carry the outcome of a model, a seed or a test; the others stay in dbt's log.
OUTCOMES = {"NodeFinished"}
FAILED = {"error", "fail", "runtime error", "partial success"}
PARTIAL_PARSE = "partial_parse.msgpack"


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


@contextmanager
def _invocation(settings: Settings) -> Iterator[None]:
    before = os.environ.copy()
    os.environ.update(WAREHOUSE=str(settings.warehouse), DBT_SEND_ANONYMOUS_USAGE_STATS="false")
    settings.warehouse.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        # dbt-duckdb keeps the file open after its work, which shuts out everybody else.
        DuckDBConnectionManager.close_all_connections()
        os.environ.clear()
        os.environ.update(before)


def _flags(settings: Settings, target: Path) -> list[str]:
    return [
        *("--project-dir", str(settings.dbt_project), "--profiles-dir", str(settings.profiles)),
        *("--target-path", str(target), "--log-path", str(settings.logs)),
        *("--log-level", "none", "--log-level-file", "info"),
        *("--no-use-colors", "--no-version-check"),
    ]


@cache
def _parsed(path: Path, _written_at: float) -> Manifest:
    return Manifest.from_msgpack(path.read_bytes())


@dataclass
class FinishedProcess:
    """What dagster-dbt asks of the process that ran dbt."""

    args: Sequence[str]
    returncode: int
    stdout: None = None

    def wait(self) -> int:
        """Return the exit code at once."""
        return self.returncode


@dataclass
class FinishedInvocation(DbtCliInvocation):
    """A dbt command that has run in this process, with the events it gave."""

    events: list[Mapping[str, Any]] = field(default_factory=list)
    failure: dg.Failure | None = None

    def stream_raw_events(self) -> Iterator[DbtCoreCliEventMessage]:
        """Give the outcomes of the nodes, then raise what made dbt fail."""
        for event in self.events:
            yield DbtCoreCliEventMessage(raw_event=dict(event), event_history_metadata={})
        if self.failure and self.raise_on_error:
            raise self.failure


class DbtInProcess(DbtCliResource):
    """Runs dbt in this process instead of starting ``dbt``, which need not be on the path."""

    settings_of_run: Any = None

    @classmethod
    def of(cls, settings: Settings) -> "DbtInProcess":
        """Make the resource for one set of settings."""
        return cls(
            project_dir=str(settings.dbt_project),
            profiles_dir=str(settings.profiles),
            dbt_executable=sys.executable,
        )
