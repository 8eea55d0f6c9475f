"""Any subset of sources and optional columns ends in a report, and counts nothing as zero.

The company is six accounts of the demonstration company. A run includes the test that no metric of
an absent source or detail has a value, and the three gates. Each source and optional column is a
part that is told or not; a dozen runs have every two parts in all four ways.
"""

import itertools
import os
import random
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from orchestration.dbt_runner.manifest import prepare_manifest
from orchestration.landing.contract import SourceTable, declared_tables
from tests.conftest import run_job, settings_in

NEEDED = ("crm/accounts", "crm/users", "product/events", "billing/subscriptions")
ACCOUNTS = 6
# Somebody has to be named, and whose they are: no run can give events to nobody.
NAMES = {("product/events", "user_id"), ("product/events", "account_id")}
# Each run is a whole one: `SUBSETS=pairs` asks for all, `SUBSETS=alone` for each source by itself.
ASKED = os.environ.get("SUBSETS", "")
# Of the company by runs; in the first of them nothing is told but what is needed.
RUNS = 12


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


def assert_never_counted(folder: Path, untold: dict[str, list[str]]) -> None:
    """Assert that these columns are empty in every row of tables that have rows."""
    with duckdb.connect(str(folder / "warehouse/warehouse.duckdb"), read_only=True) as connection:
        for table, columns in untold.items():
            schema = "reports" if table.startswith("rpt") else "marts"
            counted = ", ".join(f"count({column})" for column in columns)
            rows, *told = connection.execute(
                f"select count(*), {counted} from {schema}.{table}"
            ).fetchone()
            assert rows > 0, table
            assert not any(told), table


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


def test_what_an_absent_source_would_count_is_empty_in_every_table_and_no_zero(four_tables):
    folder, _ = four_tables
    untold = {
        "fct_support_28d": ["ticket_count", "open_ticket_count", "urgent_open_hours"],
        "fct_nps_90d": ["respondent_count", "promoter_count", "detractor_count"],
        "fct_user_activity_daily": ["login_count"],
        "fct_feature_adoption_daily": ["eligible_provisioned_user_count", "adopting_member_count"],
        "fct_account_activity_daily": ["login_count"],
        "fct_account_engagement_daily": ["logins_28d"],
        "rpt_account_overview": ["decision_maker_count", "integration_count"],
    }
    assert_never_counted(folder, untold)
    with duckdb.connect(str(folder / "warehouse/warehouse.duckdb"), read_only=True) as connection:
        # Of customers whose prices nobody told it is not known either how many pay.
        months, *counted = connection.execute(
            "select count(*), count(paying_account_count), "
            "count(opening_account_count) filter (where unknown_account_count > 0) "
            "from marts.fct_segment_mrr_months where unvalued_account_count > 0"
        ).fetchone()
        assert months > 0
        assert not any(counted)
        for table in ("fct_reliability_28d", "fct_component_uptime_daily"):
            assert connection.execute(f"select count(*) from marts.{table}").fetchone() == (0,)


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
    said = [line for line in ran.lines if line.strip().startswith("No references yet")]
    assert len(said) == 1
    assert "91 days in a row on each of which 20 customers have a score" in said[0]
    assert not (folder / "landing/catalogue").exists()


def test_four_tables_without_a_single_optional_column_end_in_a_report(company, tmp_path):
    untold = {*optional_columns(company)} - NAMES
    ran = run_with(company, tmp_path, set(company.tables) - set(NEEDED), untold)
    assert ran.exit_code == 0, "\n".join(ran.lines)
    assert counted_as_zero(tmp_path) == []
    features = {
        "fct_user_activity_daily": ["feature_count"],
        "fct_account_usage_weekly": ["feature_count"],
        "fct_account_daily": ["used_feature_count_28d"],
    }
    assert_never_counted(tmp_path, features)


def parts_told(company: Company) -> dict[str | tuple[str, str], frozenset[int]]:
    """Say of every source and optional column in which runs it is told.

    Each is told in half of the runs after the first, and no two in the same ones: then some run has
    both, some has either alone, and the first has neither (Kleitman and Spencer).
    """
    others = sorted(set(company.tables) - set(NEEDED))
    columns = [column for column in optional_columns(company) if column not in NAMES]
    halves = list(itertools.combinations(range(1, RUNS), RUNS // 2))
    random.Random(5).shuffle(halves)
    return dict(zip([*others, *columns], map(frozenset, halves), strict=False))


def test_the_runs_have_every_two_parts_in_all_four_ways(company):
    told = parts_told(company)
    assert len(told) == len(company.tables) - len(NEEDED) + len(optional_columns(company)) - 2
    every = frozenset(range(RUNS))
    for one, other in itertools.combinations(told.values(), 2):
        assert one & other
        assert one - other
        assert other - one
        assert every - one - other


@pytest.mark.parametrize("run", range(1, RUNS))
def test_whatever_is_told_and_whatever_is_not_a_run_ends_in_a_report(company, tmp_path, run):
    if ASKED != "pairs" and run != 3:
        pytest.skip("eleven whole runs: SUBSETS=pairs asks for them")
    untold = {part for part, runs in parts_told(company).items() if run not in runs}
    absent = {part for part in untold if isinstance(part, str)}
    ran = run_with(company, tmp_path, absent, untold - absent)
    assert ran.exit_code == 0, "\n".join(ran.lines)
    assert counted_as_zero(tmp_path) == []


@pytest.mark.skipif(ASKED != "alone", reason="72 whole runs: SUBSETS=alone asks for them")
@pytest.mark.parametrize("alone", ["present", "absent"])
@pytest.mark.parametrize("number", range(40))
def test_each_source_alone_beside_the_four_or_absent_alone_ends_in_a_report(
    company, tmp_path, alone, number
):
    others = sorted(set(company.tables) - set(NEEDED))
    if number >= len(others):
        return
    chosen = {others[number]}
    absent = chosen if alone == "absent" else set(others) - chosen
    ran = run_with(company, tmp_path, absent, set())
    assert ran.exit_code == 0, "\n".join([others[number], *ran.lines])
    assert counted_as_zero(tmp_path) == []
