"""The dbt models as assets, built by one dbt invocation in one step.

dbt builds nothing on a table whose test has failed, so what people state stops what rests on it.
Which days a later run builds anew is found before any table of days is built, so the tables need
not read it. The gates come after the build and before the publication: what is built is not yet
delivered. A model gets here by its file; nothing here names one. What is not here: how models are
built, which is ``dbt_runner``'s.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, dbt_assets

from orchestration.dbt_runner.build import BUT_THE_WINDOW, WINDOW, build, extent, selection_of
from orchestration.dbt_runner.build_state import (
    first_day_to_rebuild,
    forget_build,
    forget_publication,
    must_be_full,
    remember_build,
)
from orchestration.dbt_runner.manifest import Manifest, without_proofs
from orchestration.lifetime_value.fitting import fit_lifetime_value, needs_first_fit
from orchestration.resources import POOL, DbtResource, WarehouseResource
from orchestration.warehouse.deliverable import BUILD, note_step

# What is made of parameters that are fitted to the other tables: see ``lifetime_value``.
FITTED = "source:customer_health.run.lifetime_value_parameters+"

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


def model_assets(manifest: Manifest) -> dg.AssetsDefinition:
    """Make the one build: seeds, staging, intermediate, marts and reports."""
    # A check that never has an outcome would wait for one forever.
    asked = without_proofs(manifest)

    @dbt_assets(manifest=asked, dagster_dbt_translator=DomainTranslator(), pool=POOL)
    def models(
        context: dg.AssetExecutionContext, warehouse: WarehouseResource, dbt: DbtResource
    ) -> Iterator[Any]:
        """Build all models, each followed by its tests: nothing rests on a broken rule."""
        with warehouse.locked():
            note_step(dbt, BUILD, is_passed=False)
            is_full = must_be_full(dbt)
            if is_full:
                forget_build(dbt)
            if context.is_subset:
                # Somebody builds single tables by hand, and wants all days of what they changed.
                forget_publication(dbt)
                whole = ["--full-refresh"] if is_full else []
                yield from build(context, manifest, dbt, [*whole, *selection_of(context)])
                return
            rebuild_from = None
            if not is_full:
                yield from build(context, manifest, dbt, WINDOW)
                rebuild_from = first_day_to_rebuild(dbt)
            rest = () if is_full else BUT_THE_WINDOW
            everything = [*extent(is_full, rebuild_from), *rest]
            if needs_first_fit(dbt):
                # Once, so that a new company need not wait for the next run to see what is fitted.
                but_fitted = [*everything, "--exclude", FITTED]
                yield from build(context, manifest, dbt, but_fitted, rebuild_from)
                fit_lifetime_value(dbt)
                everything += ["--select", FITTED]
            yield from build(context, manifest, dbt, everything, rebuild_from)
            remember_build(dbt, rebuild_from)
            note_step(dbt, BUILD, is_passed=True)

    return models
