"""The dbt manifest, the catalogue from which every asset, gate and export is made.

It is parsed in this process and only when a file of the project is newer than it, so that most
runs pay nothing for it. What is not here: how dbt builds models, which is ``in_process``'s.
"""

import json
import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from orchestration.dbt_runner.project_error import ProjectError
from orchestration.settings.parts import DbtSettings
from orchestration.warehouse.state_files import read_state

Manifest = Mapping[str, Any]
# Written by dbt while it works, so newer than the manifest without a change to the project.
WRITTEN_BY_DBT = {"target", "logs"}


def prepare_manifest(settings: DbtSettings) -> Manifest:
    """Return the manifest, parsed anew when the project has changed since.

    Raises:
        ProjectError: dbt cannot parse the project.

    """
    if not is_current(settings):
        # dbt takes seconds to import, and most processes only read the manifest.
        from orchestration.dbt_runner.in_process import parse

        parse(settings)
    return json.loads(settings.manifest.read_text(encoding="utf-8"))


def is_current(settings: DbtSettings) -> bool:
    """Tell whether the manifest is as new as the project and names the same database."""
    if not settings.manifest.exists():
        return False
    written_at = settings.manifest.stat().st_mtime
    if any(path.stat().st_mtime > written_at for path in project_files(settings)):
        return False
    # Models are known as <file name of the warehouse>.<schema>.<model>, so another file name
    # needs another manifest.
    manifest = read_state(settings.manifest, ["nodes", "sources", "metadata"])
    if manifest is None or not manifest["nodes"]:
        # dbt would take its own half-written notes for the state of the project.
        (settings.dbt_target / "partial_parse.msgpack").unlink(missing_ok=True)
        return False
    return all(node["database"] == settings.warehouse.stem for node in manifest["nodes"].values())


def project_files(settings: DbtSettings) -> Iterator[Path]:
    """Return every file and folder from which the manifest is made."""
    # Folders count too: a file that was taken away leaves its trace only there.
    for folder, below, files in os.walk(settings.dbt_project):
        here = Path(folder)
        if here == settings.dbt_project:
            below[:] = [name for name in below if name not in WRITTEN_BY_DBT]
        else:
            yield here
        yield from (here / name for name in files if not name.startswith("."))


def reporting_zone(settings: DbtSettings) -> ZoneInfo:
    """Return the time zone in which days begin and end, from where the models take it.

    Raises:
        ProjectError: it is no name of a time zone.

    """
    file = settings.dbt_project / "dbt_project.yml"
    name = project_variable(settings, "reporting_time_zone")
    try:
        return ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ProjectError(
            f"{file}: reporting_time_zone is {name!r}; expected the IANA name of a time zone, "
            "such as Europe/Berlin."
        ) from error


def reporting_currency(settings: DbtSettings) -> str:
    """Return the currency into which money is converted, from where the models take it."""
    return str(project_variable(settings, "reporting_currency"))


def project_variable(settings: DbtSettings, name: str) -> object:
    """Return a variable of the dbt project, as dbt_project.yml has it."""
    file = settings.dbt_project / "dbt_project.yml"
    return yaml.safe_load(file.read_text(encoding="utf-8"))["vars"][name]


def is_proof(resource_type: str, tags: Collection[str], kind: str | None) -> bool:
    """Tell whether a node is a test that no run asks of dbt.

    They are those of formulas, which prove the SQL, and those of keys, which a run asks by itself.
    """
    return resource_type == "test" and ("formula" in tags or kind == "grain")


def without_proofs(manifest: Manifest) -> Manifest:
    """Return the manifest without the tests that no run asks of dbt."""
    proofs = {
        name
        for name, node in manifest["nodes"].items()
        if is_proof(
            node["resource_type"], node["tags"], (node.get("test_metadata") or {}).get("name")
        )
    }
    return {
        **manifest,
        "nodes": {name: node for name, node in manifest["nodes"].items() if name not in proofs},
        "child_map": {
            name: [child for child in children if child not in proofs]
            for name, children in manifest["child_map"].items()
            if name not in proofs
        },
        "parent_map": {
            name: parents for name, parents in manifest["parent_map"].items() if name not in proofs
        },
    }


def tables_of(manifest: Manifest, schema: str) -> dict[str, Mapping[str, Any]]:
    """Return the models of one schema that are in the database, by their names, sorted."""
    models = (
        node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
        and node["schema"] == schema
        and node["config"]["materialized"] != "ephemeral"
    )
    return {node["name"]: node for node in sorted(models, key=lambda node: node["name"])}
