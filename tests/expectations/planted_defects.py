"""One defect for each expectation: how to spoil its table so that the expectation must notice.

By suite, and by the beginning of the claim or the column: statements over ``spoiled``. Those of
critical expectations spoil as much as stops a run.
"""

LAST_DAY = "date '2026-10-31'"
# A table of so many rows like its first one, told apart by their identifier.
MANY = (
    "insert into spoiled select * exclude (number) replace (number::varchar as {key}) "
    "from (select * from spoiled limit 1), range({count}) as numbers(number); "
)

DEFECTS: dict[str, dict[str, str]] = {
    "raw_billing_subscription_items": {
        "unit_amount_minor": "update spoiled set unit_amount_minor = -100",
        "the usual price": "update spoiled set unit_amount_minor = 2000000000, currency = 'EUR'",
        "discount_pct": "update spoiled set discount_pct = 1000",
        "where prices are told": "update spoiled set unit_amount_minor = 0",
        "at most half of the items": "update spoiled set quantity = 99900",
        "valid_to": "update spoiled set valid_to = valid_from - interval 1 day",
    },
    "raw_billing_subscriptions": {
        "some subscription had begun": "update spoiled set started_at = timestamp '2099-01-01'",
        "some subscription runs": "update spoiled set ended_at = timestamp '2026-10-01'",
        "ended_at": "update spoiled set ended_at = started_at - interval 1 day",
        "term_months": "update spoiled set term_months = 365",
    },
    "raw_crm_accounts": {
        "at most half": "update spoiled set account_type = 'internal'",
        "accounts began": "update spoiled set created_at = timestamp '1970-01-01'",
        "most accounts have": "update spoiled set name = 'Company'",
    },
    "raw_crm_users": {
        "at most half": "update spoiled set is_internal = true",
        "birth_year": "update spoiled set birth_year = 1066",
        "people joined": "update spoiled set created_at = timestamp '2099-01-01'",
    },
    "raw_loads": {
        "at most 1 in 5": "update spoiled set rows_quarantined = lines_read / 2",
        "at most 1 in 20": "update spoiled set rows_quarantined = lines_read / 10",
        "no file is refused": "update spoiled set refusal = 'no header' where file like '%users%'",
    },
    "raw_product_events": {
        "the last day has a twentieth": "delete from spoiled where event_ts >= timestamp "
        "'2026-10-31 00:20'",
        "the last day has half": "delete from spoiled where event_ts >= timestamp "
        "'2026-10-31 09:00'",
        "at most 1 in 20 events": "update spoiled set received_at = event_ts - interval 1 hour",
        "at most 1 in 5 events": "update spoiled set event_ts = date_trunc('day', event_ts)",
        "nobody makes half": "update spoiled set user_id = 'u1' where user_id is not null",
    },
    "raw_support_ticket_events": {
        "some ticket changed": "delete from spoiled where field = 'status'",
        "some agent answered": "update spoiled set is_public = false",
        "at most 1 in 50": "update spoiled set event_at = timestamp '1970-01-01'",
        "no ticket has": "update spoiled set ticket_id = 't1'",
    },
    "raw_support_tickets": {
        "solved_at": "update spoiled set solved_at = created_at - interval 1 hour",
        "reopens": "update spoiled set reopens = 90210",
        "no day brought": "update spoiled set created_at = timestamp '2026-10-01 10:00'",
    },
    "raw_surveys_responses": {
        "at most 1 in 20": "update spoiled set score = scale_max + 1",
        "not everybody gives": "update spoiled set score = 5, survey_type = 'nps'",
    },
    "dim_accounts": {
        "at most half": "update spoiled set is_internal = true",
        "tenure_days": "update spoiled set tenure_days = 739000",
        "some account is": "update spoiled set is_customer = false",
    },
    "dim_metrics": {
        "expect_table_row_count": "delete from spoiled where metric <> 'dau'",
        "definition": "update spoiled set definition = label",
        "direction": "update spoiled set direction = 'up'",
        "no two metrics": "update spoiled set label = 'Users' where metric in ('dau', 'wau_7d')",
    },
    "fct_account_activity_daily": {
        "expect_table_row_count": "delete from spoiled",
        "of a hundred events": "delete from spoiled",
        # Spread over the days, or it is a silence.
        "a quarter of last": "update spoiled set is_active = false where activity_date > "
        f"{LAST_DAY} - 7 and account_id not in (select distinct account_id from spoiled "
        f"where is_active and activity_date = {LAST_DAY} - 6 order by 1 limit 3); "
        "update spoiled set is_active = true where account_id in (select distinct account_id "
        f"from spoiled where is_active and activity_date = {LAST_DAY} - 6)",
        "7 in 10 of last": "update spoiled set is_active = false "
        f"where activity_date > {LAST_DAY} - 7 and account_id > 'acc_00004'",
    },
    "fct_account_health_changes": {
        "no cause moves": "update spoiled set effect = 150",
        "a quarter of what": "delete from spoiled where cause = 'behaviour'",
    },
    "fct_account_health_components_daily": {
        "component_score": "update spoiled set component_score = 101",
        "effective_weight": "update spoiled set effective_weight = 1.5",
        "no component is lost": f"update spoiled set is_available = score_date < {LAST_DAY}",
    },
    "fct_account_health_daily": {
        "health_score": "update spoiled set health_score = 0.5",
        "confidence": "update spoiled set confidence = 1.5",
        "scores still differ": "update spoiled set health_score = 80 "
        f"where score_date = {LAST_DAY}",
        "scores differ": "update spoiled set health_score = 80",
        "the mean score": "update spoiled set health_score = health_score / 2 "
        f"where score_date = {LAST_DAY}",
        "half of the customers": "update spoiled set health_score = null "
        f"where score_date = {LAST_DAY} and account_id > 'acc_00005'",
        "no band gains": f"update spoiled set band = 'at_risk' where score_date = {LAST_DAY}",
        "of at most half": "update spoiled set confidence_level = 'low'",
        "at most half of": "update spoiled set band = 'at_risk'",
    },
    "fct_account_segments_daily": {
        "expect_table_row_count": "delete from spoiled",
        "ten subscriptions": "delete from spoiled",
        "the number of customers": f"delete from spoiled where activity_date = {LAST_DAY}",
        "at most half of": "update spoiled set segment = segment || ' (new)' "
        f"where activity_date = {LAST_DAY}",
        "no dimension has": "insert into spoiled select * exclude (number) replace "
        "('industry' as dimension, "
        f"number::varchar as segment, {LAST_DAY} as activity_date) "
        "from (select * from spoiled limit 1), range(300) as numbers(number)",
    },
    "fct_churns": {
        "nobody left": MANY.format(key="account_id", count=12)
        + "update spoiled set service_ended_date = date '2099-12-31'",
        "tenure_days": "update spoiled set tenure_days = 20000",
        "no day saw": MANY.format(key="account_id", count=100),
        "of some departure": MANY.format(key="account_id", count=100)
        + "update spoiled set reason_kind = 'unknown'",
    },
    "fct_cohort_retention": {
        "retention_rate": "update spoiled set retention_rate = 1.5",
        "some users come": "update spoiled set retained = cohort_size where is_mature",
        "a quarter of new": "update spoiled set cohort_size = 40, retained = 2",
    },
    "fct_component_uptime_daily": {
        "uptime_rate_28d": "update spoiled set uptime_rate_28d = 1.2",
        "the product is up": "update spoiled set uptime_rate_28d = 0.1",
        "no component was": "update spoiled set downtime_seconds = 86400",
    },
    "int_customer_months": {
        "most of those who left": "update spoiled set closing_mrr = 100, has_churned = true",
        "in no month": "update spoiled set was_customer = true, has_churned = true",
        "no month doubles": "insert into spoiled select * exclude (range) replace "
        "(account_id || 'n' as account_id, "
        "true as is_new, false as was_customer) from spoiled, range(2); "
        "update spoiled set was_customer = true where account_id not like '%n'",
        "within a year": "insert into spoiled select * exclude (number) replace "
        "(number::varchar as account_id, "
        "true as was_customer) from spoiled, range(40) as numbers(number); "
        "insert into spoiled select * replace (month_end - interval 2 years as month_end) "
        "from spoiled; insert into spoiled select * replace (month_end - interval 1 year as "
        "month_end) from spoiled; update spoiled set has_churned = false",
    },
    "fct_feature_adoption_daily": {
        "nobody adopts": "update spoiled set adopting_account_count = eligible_account_count + 1",
        "some user is": "update spoiled set adopting_user_count = 0, "
        "eligible_active_user_count = 200",
    },
    "fct_incidents": {
        "seconds_to_resolve": "update spoiled set seconds_to_resolve = 1e8",
        "most incidents": MANY.format(key="incident_id", count=20)
        + "update spoiled set is_open = true",
        "some incident": MANY.format(key="incident_id", count=20)
        + "update spoiled set is_planned = true",
        "some failure": MANY.format(key="incident_id", count=20)
        + "update spoiled set is_failure = true, component_count = 0",
    },
    "int_measure_associations": {
        "rho": "update spoiled set rho = 1.5",
        "a correlation": "update spoiled set rho = 0.5, rho_low = 0.6, rho_high = 0.7",
        "not everything": "insert into spoiled select * exclude (range) from spoiled, range(20); "
        "update spoiled set dimension = 'all', status = 'ok', is_notable = true",
    },
    "fct_metric_changes": {
        "metric_date": "update spoiled set compared_date = metric_date",
        "a change is": "update spoiled set absolute_change = absolute_change + 1",
    },
    "fct_metrics_daily": {
        "a rate lies": "update spoiled set metric_value = 1.2 where metric like '%rate%'",
        "there are metrics": f"delete from spoiled where metric_date = {LAST_DAY}",
        "no total over": "update spoiled set metric_value = metric_value * 10 "
        f"where metric_date = {LAST_DAY}",
        "some metric of": "update spoiled set metric_value = null",
        "a value is": "update spoiled set metric_value = 'nan'",
        "a value lies": "update spoiled set metric_value = interval_high + 1",
    },
    "fct_account_lifetime_value": {
        "no contract is worth": "update spoiled set status = 'ok', method = 'contractual', "
        "mrr = 1, months_ahead = 12, expected_value = 100",
        "most values are": "update spoiled set status = 'ok', value_low = 1, value_high = 100",
    },
    "fct_detection_ledger": {
        "of the customers lost": "update spoiled set failure_mode = 'not_landed'",
    },
    "fct_mrr_months": {
        "closing": "update spoiled set closing = -100",
        "no month loses": "update spoiled set opening = 1000, churn = 900, is_internal = false",
        "at most half": "update spoiled set status = 'unknown_price'",
        "exchange rates": "update spoiled set opening = 1000, fx = 900",
    },
    "fct_recommended_actions": {
        "at most half of the customers need": "update spoiled set play = 'rescue_call'",
        "at most half of the customers have": "update spoiled set owner = 'nobody'",
    },
    "fct_row_reconciliation": {
        "unaccounted": "update spoiled set unaccounted = 1 where table_name = 'events'",
        "at most 1 in 5 rows is": "update spoiled set rejected = rows_loaded / 2 "
        "where table_name = 'events'",
        "at most 1 in 5 rows of": "update spoiled set rejected = rows_loaded / 2 "
        "where table_name = 'tickets'",
        "at most half": "update spoiled set duplicates = rows_loaded - 1",
    },
    "fct_segment_mrr_months": {
        # The months of accounts are read beside it.
        "revenue but for": "update marts.fct_mrr_months set closing = opening * 12",
        "customers of": "update spoiled set opening_account_count = 20, opening_revalued = 1000, "
        "expansion = 900, reactivation = 0, contraction = 0, churn = 0",
        "more movements": "update spoiled set unknown_account_count = 20, "
        "opening_account_count = 3",
    },
    "fct_sessions": {
        "expect_table_row_count": "delete from spoiled",
        "a hundred events": "delete from spoiled",
        "session_seconds": "update spoiled set session_seconds = 1e6",
        "at most 9 in 10": "update spoiled set is_single_event = true",
    },
    "fct_subscriptions_daily": {
        "mrr": "update spoiled set mrr = -100",
        "seat_count": "update spoiled set seat_count = 2000000",
        "nobody pays": "update spoiled set mrr = 1e9 where account_id = "
        f"(select min(account_id) from spoiled where activity_date = {LAST_DAY} and mrr > 0)",
        "revenue but for": f"update spoiled set mrr = mrr * 100 where activity_date = {LAST_DAY}",
    },
    "fct_user_activity_daily": {
        "expect_table_row_count": "delete from spoiled",
        "of a hundred": "delete from spoiled",
        "event_count": "update spoiled set event_count = 1000000",
        "somebody was": f"delete from spoiled where activity_date > {LAST_DAY} - 10",
    },
    "rpt_accounts": {
        "it is of the day": "update spoiled set as_of_date = as_of_date - 1",
        "health_score": "update spoiled set health_score = 150",
        "at most 8 in 10": "update spoiled set days_since_last_activity = 300",
    },
    "rpt_accounts_needing_attention": {
        "it is of the day": "update spoiled set as_of_date = as_of_date - 1",
        "at most 9 in 10": "delete from spoiled; insert into spoiled by name "
        "select account_id, as_of_date from reports.rpt_accounts",
        "first_reason": "update spoiled set first_reason = null",
    },
    "rpt_metric_scorecard": {
        "expect_table_row_count": "delete from spoiled where metric <> 'dau'",
        "the latest figure": "update spoiled set metric_date = metric_date - 400",
        "every figure": "update spoiled set metric_date = metric_date - 400 "
        "where metric_date < (select max(metric_date) from spoiled) or metric = 'mrr'",
        "at least half": "update spoiled set metric_value = null",
    },
    "rpt_headline_kpis": {
        "expect_table_row_count": "delete from spoiled",
        "the mean score": "update spoiled set fact_value = 150 where fact = 'mean_health_score'",
        "customers and revenue": "update spoiled set fact_value = 3 * earlier_value",
    },
}
