"""One defect for each suite: how to spoil its table, and which critical claim must notice."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Defect:
    """A statement over ``spoiled``, and the beginning of the claim that it breaks."""

    spoil: str
    claim: str


DEFECTS = {
    "raw_product_events": Defect(
        "delete from spoiled where event_ts >= timestamp '2026-10-31 00:20'",
        "the last day has a twentieth",
    ),
    "raw_crm_accounts": Defect(
        "update spoiled set account_type = 'internal'", "at most half of the accounts"
    ),
    "raw_crm_users": Defect("update spoiled set is_internal = true", "at most half of the people"),
    "raw_billing_subscriptions": Defect(
        "update spoiled set started_at = timestamp '2099-01-01'", "some subscription had begun"
    ),
    "raw_loads": Defect(
        "update spoiled set rows_quarantined = lines_read / 2", "at most 1 in 5 lines"
    ),
    "raw_support_tickets": Defect(
        "update spoiled set solved_at = created_at - interval 1 hour",
        "expect_column_pair_values_a_to_be_greater_than_b",
    ),
    "raw_surveys_responses": Defect(
        "update spoiled set score = scale_max + 1", "at most 1 in 20 answers"
    ),
    "fct_user_activity_daily": Defect(
        "update spoiled set event_count = 1000000", "expect_column_values_to_be_between"
    ),
    "fct_account_activity_daily": Defect(
        "update spoiled set is_active = false where activity_date > date '2026-10-24'",
        "a quarter of last week's",
    ),
    "fct_sessions": Defect(
        "update spoiled set session_seconds = 1e6", "expect_column_values_to_be_between"
    ),
    "fct_metrics_daily": Defect(
        # Without an interval, and with nothing behind the word: every rate is asked.
        "update spoiled set metric_value = 1.2 where metric = 'renewal_rate_value'",
        "a rate lies between",
    ),
    "fct_account_health_daily": Defect("update spoiled set health_score = 80", "scores differ"),
    "fct_account_health_changes": Defect(
        "update spoiled set effect = 150", "no cause moves a score further"
    ),
    "fct_account_health_components_daily": Defect(
        "update spoiled set component_score = 101 where component = 'active_roles'",
        "expect_column_values_to_be_between",
    ),
    "dim_accounts": Defect("update spoiled set is_internal = true", "at most half of the accounts"),
    "fct_row_reconciliation": Defect(
        "update spoiled set unaccounted = 1 where table_name = 'events'",
        "expect_column_values_to_be_between",
    ),
    "fct_subscriptions_daily": Defect(
        "update spoiled set mrr = mrr * 100 where activity_date = date '2026-10-31'",
        "revenue neither halves",
    ),
    "rpt_accounts": Defect("update spoiled set as_of_date = as_of_date - 1", "it is of the day"),
    "rpt_accounts_needing_attention": Defect(
        "update spoiled set as_of_date = as_of_date - 1", "it is of the day"
    ),
    "rpt_summary": Defect("delete from spoiled", "expect_table_row_count_to_be_between"),
    "rpt_metric_scorecard": Defect(
        "update spoiled set metric_date = metric_date - 400", "the latest figure is of"
    ),
    "raw_support_ticket_events": Defect(
        "update spoiled set event_at = timestamp '1970-01-01'", "at most 1 in 50 changes"
    ),
    "raw_billing_subscription_items": Defect(
        "update spoiled set unit_amount_minor = 0", "where prices are told, somebody pays"
    ),
    "fct_mrr_months": Defect(
        "update spoiled set closing = closing * 100000", "expect_column_values_to_be_between"
    ),
    "fct_segment_mrr_months": Defect(
        "update spoiled set mrr = mrr * 12 where month_end = date '2026-10-31'",
        "revenue neither falls",
    ),
    "fct_cohort_retention": Defect(
        "update spoiled set retained = cohort_size where is_mature", "some users come back"
    ),
    "fct_customer_months": Defect(
        "update spoiled set closing_mrr = opening_mrr where has_churned",
        "hardly anybody who left",
    ),
    "fct_churns": Defect(
        "update spoiled set service_ended_date = date '2099-12-31'", "nobody left after"
    ),
    "fct_incidents": Defect(
        "update spoiled set seconds_to_resolve = 1e8", "expect_column_values_to_be_between"
    ),
    "fct_component_uptime_daily": Defect(
        "update spoiled set uptime_rate_28d = 1.2", "expect_column_values_to_be_between"
    ),
    "fct_account_segments_daily": Defect(
        "delete from spoiled", "expect_table_row_count_to_be_between"
    ),
    "fct_feature_adoption_daily": Defect(
        "update spoiled set adopting_account_count = eligible_account_count + 1",
        "nobody adopts a feature",
    ),
    "fct_measure_associations": Defect(
        "update spoiled set rho = 1.5", "expect_column_values_to_be_between"
    ),
    "fct_metric_changes": Defect(
        "update spoiled set absolute_change = 2 * absolute_change", "a change is the value"
    ),
    "dim_metrics": Defect(
        "update spoiled set definition = label", "expect_column_value_lengths_to_be_between"
    ),
}
# What else the suites of the score have to notice: criticals beside the one above, and warnings.
DEFECTS_OF_THE_SCORE = {
    "out_of_range": (
        "fct_account_health_daily",
        Defect(
            "update spoiled set health_score = 0.5 where band = 'at_risk'",
            "expect_column_values_to_be_between",
        ),
    ),
    "all_moved": (
        "fct_account_health_daily",
        Defect(
            "update spoiled set health_score = health_score / 2 "
            "where score_date = date '2026-10-31'",
            "the mean score by the same model",
        ),
    ),
    "scores_lost": (
        "fct_account_health_daily",
        Defect(
            "update spoiled set health_score = null "
            "where score_date = date '2026-10-31' and account_id > 'acc_00005'",
            "half of the customers still have a score",
        ),
    ),
    "bands_moved": (
        "fct_account_health_daily",
        Defect(
            "update spoiled set band = 'at_risk' where score_date = date '2026-10-31'",
            "no band gains or loses",
        ),
    ),
    "little_known": (
        "fct_account_health_daily",
        Defect("update spoiled set confidence_level = 'low'", "of at most half of the accounts"),
    ),
    "nobody_did_anything": (
        "fct_account_health_changes",
        Defect("delete from spoiled where cause = 'behaviour'", "a quarter of what moves"),
    ),
}
