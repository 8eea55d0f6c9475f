"""Runs the later part of the daily job, wired as in the whole, on a warehouse that is there."""

import hashlib
from pathlib import Path

import dagster as dg

from orchestration.assets.published import PUBLISHED
from orchestration.definitions import build_definitions
from orchestration.execution.failures import reasons
from orchestration.settings.environment import Settings

REPORTS = dg.AssetSelection.key_prefixes("reports")
DELIVERIES = (
    dg.AssetSelection.assets(PUBLISHED)
    | dg.AssetSelection.key_prefixes("export")
    | dg.AssetSelection.key_prefixes("report")
)
# With what tells people and customer systems, each in files as no channel is set.
ALL_DELIVERIES = DELIVERIES | dg.AssetSelection.key_prefixes("delivery")


def checks_of(definitions: dg.Definitions, layer: str) -> dg.AssetSelection:
    """Return the gate of a layer."""
    keys = definitions.resolve_asset_graph().asset_check_keys
    return dg.AssetSelection.checks(
        *(key for key in keys if key.asset_key.path[0] == layer and key.name == "is_believable")
    )


def run_part(settings: Settings, layers: list[str], selection: dg.AssetSelection):
    """Run the gates of some layers and what follows; return the result and the reasons."""
    definitions = build_definitions(settings)
    for layer in layers:
        selection = selection | checks_of(definitions, layer)
    part = dg.Definitions(jobs=[dg.define_asset_job("part", selection)])
    job = dg.Definitions.merge(definitions, part).resolve_job_def("part")
    with dg.DagsterInstance.ephemeral() as instance:
        result = job.execute_in_process(instance=instance, raise_on_error=False)
        return result, reasons(result.all_events)


def steps(result, kind: str) -> set[str]:
    """Return the steps that had an event of a kind."""
    return {event.step_key for event in result.all_events if event.event_type_value == kind}


def fingerprints(folder: Path) -> dict[str, str]:
    """Return every file below a folder with the hash of its content."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
