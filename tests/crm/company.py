"""A publication and a warehouse that hold what a push reads, and nothing else."""

import json
from dataclasses import replace

import duckdb

from orchestration.crm.push import push
from orchestration.landing.tables import ensure_books
from orchestration.publication.places import database_of, listing_of
from orchestration.settings.crm import CrmSettings, System
from orchestration.warehouse.connection import Warehouse
from orchestration.warehouse.deliverable import STEPS, pass_step
from tests.conftest import settings_in
from tests.crm.servers import TOKEN

DAY = "2026-10-31"
HUBSPOT_FIELDS = {
    *("health_score", "health_band", "health_score_change_28d", "health_main_reason"),
    *("health_lifecycle_stage", "health_mrr", "health_renewal_date", "health_last_active_date"),
}
SALESFORCE_FIELDS = {
    *("Health_Score__c", "Health_Band__c", "Health_Score_Change_28d__c", "Health_Main_Reason__c"),
    *("Health_Lifecycle_Stage__c", "Health_Mrr__c", "Health_Renewal_Date__c"),
    "Health_Last_Active_Date__c",
}


def company_in(folder, count=5, day=DAY):
    """Make a company of some accounts; return its settings."""
    settings = settings_in(folder, folder / "landing")
    settings.published.mkdir(parents=True)
    write_publication(settings, count, day)
    with Warehouse.of(settings).writing() as connection:
        ensure_books(connection)
        for step in STEPS:
            pass_step(connection, step)
    return settings


def write_publication(settings, count=5, day=DAY, score="50 + account_number % 40 + 0.04"):
    with duckdb.connect(str(database_of(settings))) as connection:
        connection.execute(f"""
            create schema if not exists marts; create schema if not exists reports;
            create or replace table marts.dim_accounts as
            select 'a' || n as account_id, 'Firm ' || n as account_name, false as is_internal
            from range({count}) as numbers (n);
            create or replace table marts.fct_account_daily as
            select account_id, date '{day}' as activity_date,
                cast({score} as double) as health_score, 'watch' as band,
                'mature' as lifecycle_stage,
                cast(account_number * 10.5 as decimal(18, 2)) as mrr
            from (select account_id, cast(account_id[2:] as integer) as account_number
                from marts.dim_accounts);
            insert into marts.fct_account_daily
            select account_id, date '2026-10-30', 1, 'at_risk', 'trial', 0 from marts.dim_accounts;
            create or replace table reports.rpt_accounts as
            select account_id, -1.25 as health_score_change, 'days with any use' as main_reason,
                null::date as renewal_date, date '{day}' as last_active_date,
                date '{day}' as as_of_date
            from marts.dim_accounts;
            create or replace table marts.dim_source_coverage as
            select 'product_events' as source, 'present' as status, false as is_detail;
        """)
    listing_of(settings).write_text(
        json.dumps({"run_id": f"run-{day}", "as_of": day, "tables": {}})
    )


def alter(settings, statement):
    with duckdb.connect(str(database_of(settings))) as connection:
        connection.execute(statement)


def crm_of(folder, **servers):
    """Return the settings of some servers, each with its token in a file."""
    file = folder / "token"
    file.write_text(f"{TOKEN}\n")
    versions = {"hubspot": "2026-03", "salesforce": "v64.0"}
    return CrmSettings(
        {
            name: System(server.url, versions[name], file, "", name.upper())
            for name, server in servers.items()
        },
        timeout_seconds=5,
    )


def pushed(settings, crm, releases=frozenset(), sleep=lambda _: None):
    """Push; return the counts of each destination by status."""
    return {one.destination: one for one in push(settings, crm, releases, sleep)}


def book(settings, query):
    with Warehouse.of(settings).reading() as connection:
        return connection.execute(query).fetchall()


def other_project(settings, folder, **seeds):
    """Return the settings with seeds of their own, given as text."""
    (folder / "dbt_project" / "seeds").mkdir(parents=True, exist_ok=True)
    for path in (settings.dbt_project / "seeds").glob("crm_*.csv"):
        text = seeds.get(path.stem, path.read_text())
        (folder / "dbt_project" / "seeds" / path.name).write_text(text)
    return replace(settings, root=folder)
