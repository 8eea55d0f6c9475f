"""Assembly only: everything Dagster is to know, for one set of settings.

Tests call ``build_definitions`` with settings of their own. What is not here: anything that
could be somewhere else.
"""

import sys
from collections.abc import Mapping

import dagster as dg

from orchestration.assets.alerts import alerts_asset, weekly_mail_asset
from orchestration.assets.crm_push import crm_push_asset
from orchestration.assets.dashboard import dashboard_asset
from orchestration.assets.editions import edition_assets
from orchestration.assets.exports import briefs_asset, export_assets, workbook_asset
from orchestration.assets.housekeeping import housekeeping_asset
from orchestration.assets.lifetime_value import lifetime_value_asset
from orchestration.assets.models import model_assets
from orchestration.assets.outlook import outlook_asset
from orchestration.assets.published import published_asset
from orchestration.assets.raw import landing_folders, raw_assets, raw_tables
from orchestration.assets.reports import health_report_asset
from orchestration.assets.weights import weights_asset
from orchestration.checks.freshness import freshness_checks
from orchestration.checks.gates import gate_checks
from orchestration.dagster_instance import home_is_used
from orchestration.dbt_runner.manifest import prepare_manifest, reporting_zone
from orchestration.jobs import JOBS
from orchestration.resources import resources
from orchestration.schedules import schedules
from orchestration.sensors import sensors
from orchestration.settings.environment import Settings

# Dagster's own tools know no home but that of the environment.
WITHOUT_HOME = (
    "DAGSTER_HOME is not {home}, so runs that start here are not recorded there and do not obey "
    "its dagster.yaml: one run at a time, no telemetry. To start runs use make ui, or make it once "
    "and export DAGSTER_HOME={home} and DAGSTER_DISABLE_TELEMETRY=1 first; to look at "
    "definitions neither is needed."
)


def build_definitions(
    settings: Settings, loggers: Mapping[str, dg.LoggerDefinition] | None = None
) -> dg.Definitions:
    """Make the definitions; the manifest is parsed when the project is newer.

    Args:
        settings: where things are, and which day is built.
        loggers: who may listen to a run, besides Dagster's own.

    """
    manifest = prepare_manifest(settings)
    tables, zone = raw_tables(manifest), reporting_zone(settings)
    return dg.Definitions(
        assets=[
            *landing_folders(tables),
            raw_assets(tables),
            model_assets(manifest),
            published_asset(manifest),
            export_assets(manifest),
            workbook_asset(manifest),
            briefs_asset(),
            health_report_asset(),
            outlook_asset(),
            weights_asset(),
            lifetime_value_asset(),
            dashboard_asset(),
            crm_push_asset(settings.crm, settings.channels),
            alerts_asset(settings.channels),
            weekly_mail_asset(settings.channels),
            housekeeping_asset(settings),
            *edition_assets(zone),
        ],
        asset_checks=[freshness_checks(tables), *gate_checks()],
        jobs=JOBS,
        schedules=schedules(zone),
        sensors=sensors(settings),
        resources=resources(settings),
        # One process may write the warehouse, so steps gain nothing by processes of their own.
        executor=dg.in_process_executor,
        loggers=loggers,
    )


@dg.definitions
def defs() -> dg.Definitions:
    """Make the definitions of the environment, once Dagster asks for them and not before."""
    settings = Settings.from_environment()
    if not home_is_used(settings.dagster_home):
        print(WITHOUT_HOME.format(home=settings.dagster_home), file=sys.stderr)
    return build_definitions(settings)
