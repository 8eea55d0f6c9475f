"""The dbt models as assets, in three builds.

A failed check stops only steps that come after it. So what people state, which everything rests
on, is a step of its own: seeds, landed catalogues and the hierarchy of accounts, by the tag
``input``. And so are the reports, which the gate of the marts protects. A model gets here by its
file; nothing here names one. What is not here: how models are built, which is ``dbt_runner``'s.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, dbt_assets

from orchestration.dbt_runner.build import build
from orchestration.dbt_runner.build_state import forget_build, must_be_full, remember_build
from orchestration.dbt_runner.manifest import Manifest
from orchestration.settings.environment import Settings
from orchestration.warehouse_lock import POOL, turn

# `path:` matches nothing here, and what nothing selects is skipped without a word.
REPORT_MODELS = "fqn:customer_health.reports.*"
INPUT_MODELS = "resource_type:seed +tag:input"


# Folders of models, most of them named after a source system, that belong to a domain with another
# name. Every other folder is a domain itself.
DOMAIN_OF_FOLDER = {
    "billing": "revenue",
    "crm": "accounts",
    "labels": "track_record",
    "privacy": "run",
    "product": "activity",
    "status": "reliability",
    "support": "satisfaction",
    "surveys": "satisfaction",
}


class DomainTranslator(DagsterDbtTranslator):
    """Groups models by domain, as a question is about one, and goes through all layers of it."""

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """Return the domain of a model, for example ``activity``; ``seeds`` for a seed."""
        if dbt_resource_props["resource_type"] == "model":
            return domain_of(dbt_resource_props["fqn"])
        return dbt_resource_props["schema"]


def domain_of(name: Sequence[str]) -> str:
    """Return the domain of a model by its full name in dbt: project, layer, folders, model."""
    _, layer, *folders, _ = name
    if layer == "reports":
        return "_".join([layer, *folders])
    # A metric belongs to its chapter.
    if folders[0] == "metrics" and len(folders) > 1:
        folders = folders[1:]
    return DOMAIN_OF_FOLDER.get(folders[0], folders[0])


def model_assets(settings: Settings, manifest: Manifest) -> list[dg.AssetsDefinition]:
    """Make the three builds: what people state, everything up to the marts, and the reports."""
    shared = {
        "manifest": manifest,
        "dagster_dbt_translator": DomainTranslator(),
        "pool": POOL,
    }

    @dbt_assets(select=INPUT_MODELS, **shared)
    def input_models(context: dg.AssetExecutionContext) -> Iterator[Any]:
        """Build what people state, each followed by its tests: no mart rests on a broken rule."""
        with turn(settings):
            yield from build(context, settings, must_be_full(settings))

    @dbt_assets(exclude=f"{INPUT_MODELS} {REPORT_MODELS}", **shared)
    def warehouse_models(context: dg.AssetExecutionContext) -> Iterator[Any]:
        """Build staging, intermediate and marts, each followed by its tests."""
        with turn(settings):
            is_full = must_be_full(settings)
            if is_full:
                forget_build(settings)
            yield from build(context, settings, is_full)
            if not context.is_subset:
                remember_build(settings)

    @dbt_assets(select=REPORT_MODELS, **shared)
    def report_models(context: dg.AssetExecutionContext) -> Iterator[Any]:
        """Build the reports, each followed by its tests."""
        with turn(settings):
            yield from build(context, settings)

    return [input_models, warehouse_models, report_models]
