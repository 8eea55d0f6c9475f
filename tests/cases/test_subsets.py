"""Any subset of sources and optional columns ends in a report, and counts nothing as zero.

The company is six accounts of the demonstration company. A run includes the test that no metric of
an absent source or detail has a value, and the three gates.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from orchestration.dbt_runner.manifest import prepare_manifest
from orchestration.landing.contract import SourceTable, declared_tables
from tests.conftest import run_job, settings_in

NEEDED = ("crm/accounts", "crm/users", "product/events", "billing/subscriptions")
ACCOUNTS = 6
# Somebody has to be named, and whose they are: no run can give events to nobody.
NAMES = {("product/events", "user_id"), ("product/events", "account_id")}
# Each run is a whole one: many are for `SUBSETS=60 pytest tests/cases/test_subsets.py`.
EXAMPLES = int(os.environ.get("SUBSETS", "2"))


@dataclass(frozen=True)
class Company:
    """A database with the landed rows of a few accounts, and the contracts of its tables."""

    database: Path
    tables: dict[str, SourceTable]


@pytest.fixture(scope="module")
def company(built, tmp_path_factory):
    """Take a few accounts out of the demonstration company, with all that is about them."""
    tables = {t.folder: t for t in declared_tables(prepare_manifest(built.settings))}
    database = tmp_path_factory.mktemp("few") / "few.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute(f"attach '{built.settings.warehouse}' as whole (read_only)")
        connection.execute(
            "create table chosen as select account_id from whole.raw.billing_subscriptions "
            f"group by 1 order by min(started_at), 1 limit {ACCOUNTS}"
        )
        connection.execute(
            "create table members as select distinct user_id from whole.raw.crm_account_users "
            "where account_id in (from chosen)"
        )
        for table in tables.values():
            names = ", ".join(f'"{name}"' for name in table.column_names)
            connection.execute(
                f'create table "{table.folder}" as select {names} '
                f"from whole.raw.{table.identifier} where {_about_them(table)}"
            )
    return Company(database, tables)


def _about_them(table: SourceTable) -> str:
    names = table.column_names
    if "account_id" in names:
        return "account_id in (from chosen) or account_id is null"
    if "user_id" in names:
        return "user_id in (from members)"
    whole = {"subscription_id": "billing_subscriptions", "ticket_id": "support_tickets"}
    for key, identifier in whole.items():
        if key in names:
            return (
                f"{key} in (select {key} from whole.raw.{identifier} "
                "where account_id in (from chosen))"
            )
    return "true"


def optional_columns(company: Company) -> list[tuple[str, str]]:
    """Return the columns that a file may leave out, by table."""
    return [
        (folder, column.name)
        for folder, table in company.tables.items()
        for column in table.columns
        if not column.required
    ]


def run_with(company: Company, folder: Path, absent: set[str], untold: set[tuple[str, str]]):
    """Run the daily job on the company without some tables and columns; return what it said."""
    landing = folder / "landing"
    with duckdb.connect(str(company.database), read_only=True) as connection:
        for name, table in company.tables.items():
            if name in absent:
                continue
            told = [f'"{c}"' for c in table.column_names if (name, c) not in untold]
            path = landing / name / "rows.csv"
            path.parent.mkdir(parents=True)
            connection.execute(f"copy (select {', '.join(told)} from \"{name}\") to '{path}'")
    return run_job(settings_in(folder, landing))


def counted_as_zero(folder: Path) -> list[tuple]:
    """Return metrics that have a number although something that they need is absent."""
    with duckdb.connect(str(folder / "warehouse/warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(
            "select distinct metric from marts.fct_metrics_daily "
            "inner join marts.dim_metric_sources using (metric) "
            "inner join marts.dim_source_coverage as coverage using (source) "
            "where not coverage.is_covered and metric_value is not null"
        ).fetchall()


@pytest.fixture(scope="module")
def four_tables(company, tmp_path_factory):
    """Run the four tables alone; return the folder and what the run said."""
    folder = tmp_path_factory.mktemp("four")
    return folder, run_with(company, folder, set(company.tables) - set(NEEDED), set())


def test_four_tables_alone_end_in_a_report(four_tables):
    folder, ran = four_tables
    assert ran.exit_code == 0, "\n".join(ran.lines)
    assert counted_as_zero(folder) == []


def test_who_lands_no_catalogue_is_told_once_what_holds_instead_and_gets_nothing_invented(
    four_tables,
):
    folder, _ = four_tables
    with duckdb.connect(str(folder / "warehouse/warehouse.duckdb"), read_only=True) as connection:

        def ask(query):
            return connection.execute(query).fetchall()

        assert ask(
            "select subject, split_part(finding, ':', 1), entry from reports.rpt_data_warnings "
            "where stage = 'catalogue' order by all"
        ) == [
            ("catalogue.event_catalog", "not landed", "all"),
            ("catalogue.feature_catalog", "not landed", "all"),
        ]
        assert (
            ask(
                "select feature_id from reports.rpt_features except "
                "select feature_id from raw.product_events"
            )
            == []
        )
        assert len(ask("select * from reports.rpt_features")) > 5
        assert ask("select count(*) from intermediate.int_plans_catalogued") == [(0,)]
        steps = ask("select milestone_id from reports.rpt_onboarding_steps")
        assert {step for (step,) in steps} <= {"signed_in", "first_value", "second_user"}


def test_who_lands_no_references_has_provisional_scores_and_is_told_what_is_missing(four_tables):
    folder, ran = four_tables
    with duckdb.connect(str(folder / "warehouse/warehouse.duckdb"), read_only=True) as connection:
        scored = connection.execute(
            "select count(health_score), bool_and(is_provisional), count(*) filter (where exists ("
            "select 1 from marts.fct_account_health_components_daily as parts "
            "where parts.account_id = health.account_id and parts.score_date = health.score_date "
            "and parts.component = 'usage_level' and parts.is_available)) "
            "from marts.fct_account_health_daily as health"
        ).fetchone()
    assert scored[0] > 0
    assert scored[1:] == (True, 0)
    said = [line for line in ran.lines if line.startswith("No references yet")]
    assert len(said) == 1
    assert "91 days in a row on each of which 20 customers have a score" in said[0]
    assert not (folder / "landing/catalogue").exists()


def test_four_tables_without_a_single_optional_column_end_in_a_report(company, tmp_path):
    untold = {*optional_columns(company)} - NAMES
    ran = run_with(company, tmp_path, set(company.tables) - set(NEEDED), untold)
    assert ran.exit_code == 0, "\n".join(ran.lines)
    assert counted_as_zero(tmp_path) == []


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[*HealthCheck],
)
@given(drawn=st.data())
def test_any_subset_of_tables_and_columns_ends_in_a_report(company, tmp_path_factory, drawn):
    others = sorted(set(company.tables) - set(NEEDED))
    absent = drawn.draw(st.sets(st.sampled_from(others)), label="absent")
    untold = drawn.draw(st.sets(st.sampled_from(optional_columns(company))), label="untold")
    folder = tmp_path_factory.mktemp("subset")
    ran = run_with(company, folder, absent, untold - NAMES)
    assert ran.exit_code == 0, "\n".join([f"absent: {absent}", f"untold: {untold}", *ran.lines])
    assert counted_as_zero(folder) == []


@pytest.mark.skipif("SUBSETS" not in os.environ, reason="58 whole runs: SUBSETS=1 asks for them")
@pytest.mark.parametrize("alone", ["present", "absent"])
@pytest.mark.parametrize("name", range(30))
def test_each_source_alone_beside_the_four_or_absent_alone_ends_in_a_report(
    company, tmp_path, alone, name
):
    others = sorted(set(company.tables) - set(NEEDED))
    if name >= len(others):
        return
    chosen = {others[name]}
    absent = chosen if alone == "absent" else set(others) - chosen
    ran = run_with(company, tmp_path, absent, set())
    assert ran.exit_code == 0, "\n".join([others[name], *ran.lines])
    assert counted_as_zero(tmp_path) == []
