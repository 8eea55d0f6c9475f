"""The dbt models as assets, built by one dbt invocation in one step.

dbt builds nothing on a table whose test has failed, so what people state stops what rests on it.
Which days a later run builds anew is found before any table of days is built, so the tables need
not read it. The gates come after the build and before the publication: what is built is not yet
delivered. A model gets here by its file; nothing here names one. What is not here: how models are
built, which is ``dbt_runner``'s.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, dbt_assets

from orchestration.dbt_runner.build import BUT_THE_WINDOW, WINDOW, build, extent, selection_of
from orchestration.dbt_runner.build_state import (
    BUILT_ANEW,
    first_day_to_rebuild,
    forget_build,
    forget_publication,
    remember_build,
    what_reaches_back,
    why_full,
)
from orchestration.dbt_runner.manifest import Manifest, without_proofs
from orchestration.lifetime_value.fitting import fit_lifetime_value, needs_first_fit
from orchestration.outlook.run import needs_first_training, train_all
from orchestration.plays.book import estimate_effects, needs_estimates
from orchestration.resources import POOL, DbtResource, WarehouseResource
from orchestration.settings.parts import DbtSettings
from orchestration.warehouse.deliverable import BUILD, note_step


class Fit(NamedTuple):
    """Something that is fitted to tables of the build, and what is made of it.

    Attributes:
        is_due: whether it is to be fitted in this build, asked with whether that is a full one.
        fit: fits it, and writes it into its book.
        made_of_it: the models made of the book, as dbt chooses them.
    """

    is_due: Callable[[DbtSettings, bool], bool]
    fit: Callable[[DbtSettings], object]
    made_of_it: str


BOOK = "source:customer_health.run"
FITS = (
    # Once, so that a new company need not wait for the next run to see what is fitted.
    Fit(
        lambda settings, is_full: needs_first_fit(settings),
        fit_lifetime_value,
        f"{BOOK}.lifetime_value_parameters+",
    ),
    Fit(needs_estimates, estimate_effects, f"{BOOK}.play_effects+"),
    Fit(
        lambda settings, is_full: needs_first_training(settings),
        train_all,
        # Not what was printed or known on former Mondays: features are made of it, and fitted to.
        "source:outlook.outlook_*+",
    ),
)

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
            why = why_full(dbt)
            is_full = why is not None
            if is_full:
                context.log.info(f"All days {BUILT_ANEW} {why}.")
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
                context.log.info(what_reaches_back(dbt, rebuild_from))
            rest = () if is_full else BUT_THE_WINDOW
            everything = [*extent(is_full, rebuild_from), *rest]
            if due := [one for one in FITS if one.is_due(dbt, is_full)]:
                # What is made of a fit waits for it, and the fit for all the rest.
                made = [one.made_of_it for one in due]
                yield from build(
                    context, manifest, dbt, [*everything, "--exclude", *made], rebuild_from
                )
                for one in due:
                    one.fit(dbt)
                everything += ["--select", *made]
            yield from build(context, manifest, dbt, everything, rebuild_from)
            remember_build(dbt, rebuild_from)
            note_step(dbt, BUILD, is_passed=True)

    return models
