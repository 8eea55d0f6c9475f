"""What the warehouse makes of a company whose sources say little: nothing out of nothing.

The university of ``test_open_university``, four students, through the daily job. It has no
tickets, surveys, errors, latency, incidents or payments; and its subscriptions tell no price and
no seats, its people no role, its events no login and no time of day.
"""

import pytest

from data.open_university.landing_files import land
from orchestration.warehouse.connection import Warehouse
from tests.conftest import run_job, settings_in
from tests.open_university.absent import absent_metrics, numbers_out_of_nothing
from tests.open_university.test_open_university import PUBLISHED, publish

TOLD = {
    "product_events",
    "product_features",
    "crm_accounts",
    "crm_users",
    "crm_account_users",
    "billing_subscriptions",
    "billing_subscription_items",
    "catalogue_event_catalog",
    "catalogue_feature_catalog",
    "catalogue_plans",
}


@pytest.fixture(scope="module")
def university(tmp_path_factory):
    folder = tmp_path_factory.mktemp("university")
    land(publish(folder / "published", PUBLISHED), folder / "landing")
    settings = settings_in(folder, folder / "landing")
    built = run_job(settings)
    assert built.exit_code == 0, "\n".join(built.lines)
    with Warehouse(settings.warehouse).reading() as connection:
        yield connection


def rows(university, sql: str) -> list[tuple]:
    return university.execute(sql).fetchall()


def test_what_was_not_told_is_absent_even_where_its_table_has_landed(university):
    covered = rows(university, "select source from marts.dim_source_coverage where is_covered")
    assert {source for (source,) in covered} == TOLD


def test_no_metric_of_an_absent_source_has_a_value(university):
    assert numbers_out_of_nothing(university) == []


def test_these_metrics_are_many_and_those_of_what_was_told_have_values(university):
    absent = absent_metrics(university)
    assert {
        "mrr",
        "paying_accounts",
        "exposed_mrr_90d",
        "seat_utilisation_28d",
        "logins_28d_per_user",
        "sessions_28d",
        "roles_active_28d_acct_mean",
        "champion_present_rate_14d",
        "voluntary_churn_rate",
        "tickets_28d",
        "nps_90d",
        "uptime_mean_28d",
        "session_error_rate_28d",
        "failed_payments_90d",
    } <= absent
    measured = rows(
        university, "select distinct metric from marts.fct_metrics_daily where status = 'ok'"
    )
    assert {"dau", "mau_28d", "core_events_28d"} <= {metric for (metric,) in measured}


def test_the_scorecard_says_of_each_of_them_that_its_source_is_not_connected(university):
    card = dict(rows(university, "select metric, status from reports.rpt_metric_scorecard"))
    absent = absent_metrics(university)
    assert {metric for metric in card if card[metric] == "source_unavailable"} == absent


def test_no_component_of_the_score_is_measured_from_an_absent_source(university):
    measured = rows(
        university,
        "select distinct component from intermediate.int_health_components_daily "
        "where is_available or component_score is not null",
    )
    # Activation and the steps of onboarding are asked of events alone.
    assert {component for (component,) in measured} <= {
        "activation",
        "active_days",
        "core_breadth",
        "onboarding_progress",
        "overdue_ratio",
        "usage_trend",
    }


def test_the_clicks_that_repeat_to_the_letter_are_both_there(university):
    assert rows(
        university,
        "select event_count from marts.fct_user_activity_daily where activity_date = '2013-10-01'",
    ) == [(3,)]


def test_a_click_after_unregistration_is_kept_and_counts_for_no_customer(university):
    assert rows(
        university,
        "select event_count, is_in_population from marts.fct_user_activity_daily "
        "where activity_date = '2013-10-13'",
    ) == [(1, False)]
    assert rows(
        university,
        "select row_count from reports.rpt_data_warnings "
        "where finding like 'on a day without a subscription%'",
    ) == [(3,)]


def test_who_unregistered_before_the_first_day_never_was_a_paying_customer(university):
    assert rows(university, "select account_id from marts.fct_customer_lifetimes order by 1") == [
        ("student-1",),
        ("student-3",),
        ("student-4",),
    ]
