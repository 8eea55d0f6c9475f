"""The dbt manifest, read once for the tests of the rules."""

import json
from functools import cache

from orchestration.dbt_runner.manifest import prepare_manifest
from orchestration.settings.environment import Settings

FAMILIES = {
    "metric": "int_metric_measurements_daily",
    "component": "int_component_measurements_daily",
    "condition": "int_health_conditions_daily",
}


@cache
def manifest() -> dict:
    """Return the manifest of the project as it stands."""
    settings = Settings.from_environment({})
    prepare_manifest(settings)
    return json.loads(settings.manifest.read_text())


def models() -> list[dict]:
    """Return the models, in the order of their names."""
    nodes = [n for n in manifest()["nodes"].values() if n["resource_type"] == "model"]
    return sorted(nodes, key=lambda node: node["name"])


def layer(model: dict) -> str:
    """Return the folder of a model below models/."""
    return model["fqn"][1]


# What runs, training and publication write down themselves.
NOT_LANDED = {"run", "outlook"}


def landed_sources() -> list[dict]:
    """Return the source tables that land as files."""
    sources = manifest()["sources"].values()
    return [source for source in sources if source["source_name"] not in NOT_LANDED]


def name_of(model: dict) -> str:
    """Return the name of a model, for the names of the tests."""
    return model["name"]
