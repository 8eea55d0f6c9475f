from collections import Counter
from datetime import UTC, datetime

import dagster as dg
import pytest

from orchestration.assets.models import domain_of
from orchestration.assets.raw import raw_tables
from orchestration.dbt_runner.manifest import prepare_manifest, without_proofs
from orchestration.definitions import build_definitions
from orchestration.private_interfaces.of_dagster import schedule_execution_time_iterator

# The largest is delivery, with two files for every export.
LARGEST_GROUP = 120
# The catalogue of metrics is made of the project's own YAML.
MADE_OF_NO_ROWS = {"dim_metrics", "dim_metric_sources"}


@pytest.fixture(scope="module")
def definitions(built):
    return build_definitions(built.settings)


@pytest.fixture(scope="module")
def graph(definitions):
    return definitions.resolve_asset_graph()


def test_everything_fits_together(definitions):
    dg.Definitions.validate_loadable(definitions)


def test_every_check_hangs_from_an_asset_that_exists(graph):
    assert {key.asset_key for key in graph.asset_check_keys} <= graph.materializable_asset_keys


def test_every_landing_folder_leads_to_the_report_without_a_gap(graph, built):
    sources = [table for table in raw_tables(prepare_manifest(built.settings)) if table.source]
    report, published = (
        dg.AssetKey(["report", "health_report"]),
        dg.AssetKey(["published", "customer_health"]),
    )
    ends = {report: ancestors(graph, report), published: ancestors(graph, published)}
    gaps = [
        table.identifier
        for table in sources
        if not all(table.landing_key in reached for reached in ends.values())
    ]
    assert gaps == []


def ancestors(graph, key):
    reached, waiting = set(), [key]
    while waiting:
        parents = graph.get(waiting.pop()).parent_keys - reached
        reached |= parents
        waiting.extend(parents)
    return reached


def test_nothing_between_landing_and_deliveries_comes_from_nowhere(graph):
    seeds = {key for key in graph.materializable_asset_keys if key.path[0] == "seeds"}
    run_tables = {
        key
        for key in graph.materializable_asset_keys
        if key.path[0] == "raw" and not graph.get(key).parent_keys
    }
    rootless = {key for key in graph.materializable_asset_keys if not graph.get(key).parent_keys}
    assert {key.path[-1] for key in rootless - seeds - run_tables} == MADE_OF_NO_ROWS
    assert {key.path[-1] for key in run_tables} == {
        "loads", "rows_said_before", "quarantine", "load_warnings", "not_read", "replays",
        "run_parameters", "built_loads", "last_build", "published_scores",
        "lifetime_value_parameters",
        "published_actions", "play_assignments", "play_effects", "crm_push_fields",
        "published_outlooks", "outlook_models", "outlook_coefficients", "outlook_figures",
        "outlook_score_rates", "outlook_reference_bins", "published_features",
        "alert_deliveries",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("p staging product stg_product__events", "activity"),
        ("p staging crm stg_crm__accounts", "accounts"),
        ("p intermediate billing int_plans", "revenue"),
        ("p intermediate retention int_churns", "retention"),
        ("p marts adoption fct_features", "adoption"),
        ("p marts adoption features fct_features", "adoption"),
        ("p marts metrics revenue metric_mrr", "revenue"),
        ("p marts metrics fct_metrics_daily", "metrics"),
        ("p marts health components component_logins", "health"),
        ("p marts track_record fct_backtest", "track_record"),
        ("p reports rpt_headline_kpis", "reports"),
        ("p reports revenue rpt_mrr", "reports_revenue"),
    ],
)
def test_a_model_is_grouped_by_its_domain_in_whatever_layer(name, domain):
    assert domain_of(name.split()) == domain


def test_no_group_is_so_large_that_nobody_sees_through_it(graph):
    sizes = Counter(graph.get(key).group_name for key in graph.materializable_asset_keys)
    assert {"activity", "adoption", "retention", "revenue", "reliability"} <= set(sizes)
    assert {"satisfaction", "health", "track_record", "accounts", "reports"} <= set(sizes)
    assert {group: size for group, size in sizes.items() if size > LARGEST_GROUP} == {}


def test_the_weekly_job_does_all_that_the_daily_one_does(definitions):
    daily, weekly = (
        set(definitions.resolve_job_def(job).asset_layer.executable_asset_keys)
        for job in ("daily", "weekly")
    )
    assert daily <= weekly


def test_each_job_passes_all_gates(definitions):
    for job in ("daily", "weekly"):
        nodes = {node.name for node in definitions.resolve_job_def(job).nodes}
        assert {"gate_raw", "gate_marts", "gate_reports"} <= nodes


@pytest.mark.parametrize(
    ("schedule", "now", "then"),
    [
        ("every_morning_but_monday", "2026-11-01T06:00", "2026-11-03T05:00"),
        ("every_morning_but_monday", "2026-11-03T04:59", "2026-11-03T05:00"),
        ("monday_morning", "2026-11-01T06:00", "2026-11-02T05:00"),
    ],
)
def test_the_next_tick_of_a_schedule(definitions, schedule, now, then):
    found = definitions.resolve_schedule_def(schedule)
    start = datetime.fromisoformat(now).replace(tzinfo=UTC).timestamp()
    # The only way to ask; the daemon uses it too.
    ticks = schedule_execution_time_iterator(start, found.cron_schedule, found.execution_timezone)
    assert next(ticks) == datetime.fromisoformat(then).replace(tzinfo=UTC)


def weekdays(cron):
    return set(cron.split()[4].replace("2-6", "2,3,4,5,6").split(","))


def test_on_no_day_do_two_schedules_start_a_run(definitions):
    days = [
        weekdays(definitions.resolve_schedule_def(name).cron_schedule)
        for name in ("every_morning_but_monday", "monday_morning")
    ]
    assert days[0] & days[1] == set()
    assert len(days[0] | days[1]) == 7


def test_every_dbt_test_on_a_model_that_a_run_asks_is_a_check_and_no_other_is(graph, built):
    manifest = without_proofs(prepare_manifest(built.settings))
    attached = {
        node["name"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "test" and node.get("attached_node", "").startswith("model.")
    }
    checks = {key.name for key in graph.asset_check_keys}
    assert attached <= checks
    assert not {name for name in checks if name.startswith("grain_")}
