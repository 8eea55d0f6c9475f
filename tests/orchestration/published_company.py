"""A warehouse that holds the tables of the pages alone, and its publication."""

from collections.abc import Sequence
from functools import cache

import duckdb

from orchestration.books import KEPT_BOOKS
from orchestration.dbt_runner.manifest import Manifest, prepare_manifest
from orchestration.landing.tables import ensure_books
from orchestration.publication.publish import publish
from orchestration.publication.relations import Relation, page_relations, relations
from orchestration.settings.environment import Settings
from orchestration.warehouse.connection import Warehouse
from orchestration.warehouse.deliverable import STEPS, pass_step
from tests.orchestration.report_tables import AS_OF, company

FEATURES = KEPT_BOOKS["published_features"].items()
RAW = f"""
create schema if not exists raw;
create table raw.run_parameters as select date '{AS_OF}' as as_of_date;
create table raw.last_publication (run_id varchar, unpublished_from date);
create table marts.fct_account_health_daily (account_id varchar, score_date date,
    model_version_id varchar, band varchar, status varchar, health_score double,
    confidence double);
create table if not exists marts.fct_churn_predictions (account_id varchar, prediction_date date,
    horizon_days integer, model_version varchar, label varchar, status varchar, probability double,
    place bigint, mrr decimal(18, 2));
create table if not exists marts.fct_account_features_weekly
    ({", ".join(" ".join(column) for column in FEATURES)});
create table if not exists marts.fct_recommended_actions (account_id varchar, action_date date,
    play varchar, status varchar, owner varchar, due_date date, arm varchar,
    is_held_out_elsewhere boolean);
create schema if not exists seeds;
create table if not exists seeds.playbooks (play varchar, holdout_share double, valid_from date,
    valid_to date);
"""


@cache
def project() -> Manifest:
    """Return the manifest of the project as it stands."""
    return prepare_manifest(Settings.from_environment({}))


def write_company(settings: Settings) -> None:
    """Write the warehouse, with all gates passed."""
    settings.warehouse.parent.mkdir(exist_ok=True)
    connection = company()
    # Views of the tests, which the file need not know how to make.
    connection.execute(
        "create table found as from reports.rpt_report_findings;"
        "drop view reports.rpt_report_findings; drop view reports.rpt_report_rules_judged;"
        "create table reports.rpt_report_findings as from found; drop table found"
    )
    connection.execute(f"attach '{settings.warehouse}' as file")
    connection.execute("copy from database memory to file")
    connection.close()
    with Warehouse.of(settings).writing() as opened:
        opened.execute(RAW)
        ensure_books(opened)
        for step in STEPS:
            pass_step(opened, step)


def change(settings: Settings, statements: str) -> None:
    """Change the warehouse."""
    with duckdb.connect(str(settings.warehouse)) as connection:
        connection.execute(statements)


def publish_company(
    settings: Settings, run_id: str = "run", more: Sequence[Relation] = ()
) -> tuple[list[Relation], list[Relation]]:
    """Publish what the warehouse holds; return what is public, and what only the page reads.

    Args:
        settings: of the warehouse.
        run_id: of the run that publishes.
        more: tables to publish besides.
    """
    with duckdb.connect(str(settings.warehouse)) as connection:
        found = connection.execute("select table_name from duckdb_tables()").fetchall()
    there = {name for (name,) in found}
    copied = [one for one in relations(project()) if one.name in there]
    of_the_page = [one for one in page_relations(project()) if one.name in there]
    publish(settings, [*copied, *more], run_id, of_the_page)
    return copied, of_the_page
