"""The tables of the page: what identifies their rows, in which order, and how many are shown.

The order is always complete, so the same tables give the same page. What is not here: reading
them, which is ``reading``'s, and numbers made of other numbers; those are models.
"""

from orchestration.reporting.table import Table

# What fits on a page that people read; the exports hold everything.
ATTENTION_SHOWN = 25
ACCOUNTS_SHOWN = 75
RENEWALS_SHOWN = 15
LEFT_SHOWN = 15
NOT_UNDERSTOOD_SHOWN = 12
SEGMENTS_SHOWN = 20
FINDINGS_SHOWN = 100
ENTRIES_SHOWN = 10
OWNERS_SHOWN = 60
COHORTS_SHOWN = 13
COHORT_MONTHS_SHOWN = 12
USER_WEEKS_SHOWN = 26
WEEKS_AHEAD = 4
DECILES_SHOWN = ("health_score", "core_events_28d", "active_user_ratio")
# What is seen at first sight; the other dimensions are folded.
MAIN_DIMENSIONS = ("all", "plan", "size_band", "lifecycle_stage", "tenure_band")
# Segments that have an order of their own are listed in it.
IN_ORDER = "case when dimension = 'usage_decile' then segment end"
STUCK_SHOWN = 10
UNUSED_SHOWN = 15
MOVEMENTS_SHOWN = 15
PAST_DUE_SHOWN = 15
COMPONENTS_SHOWN = 40
INCIDENTS_SHOWN = 15
ROUTES_SHOWN = 8
TICKETS_SHOWN = 20
SILENT_SHOWN = 10
CAPS_SHOWN = 25
CONTRADICTIONS_SHOWN = 15


def _trend(section: str) -> Table:
    return Table(
        ("metric_date", "metric"),
        "metric_date, metric",
        choice=f"where section = '{section}'",
        stored_as="rpt_metric_trends",
    )


TABLES = {
    "rpt_headline_kpis": Table(("fact",), "fact_order, fact"),
    "rpt_run_stats": Table(("total",), "total_order"),
    "rpt_accounts_needing_attention": Table(("account_id",), "attention_rank", ATTENTION_SHOWN),
    "rpt_attention_reasons": Table(
        ("attention_reason",), "attention_reason = 'all', account_count desc, attention_reason"
    ),
    "rpt_csm_portfolios": Table(
        ("csm_id",), "attention_count desc, mrr desc nulls last, csm_id", OWNERS_SHOWN
    ),
    "rpt_renewals_not_healthy": Table(("subscription_id",), "renewal_rank", RENEWALS_SHOWN),
    "rpt_accounts_left": Table(
        ("account_id",), "mrr_28_days_before desc nulls last, account_id", LEFT_SHOWN
    ),
    "rpt_component_losses": Table(
        ("pillar", "component"), "mean_points_lost desc, pillar, component"
    ),
    "rpt_pillar_losses": Table(("pillar",), "mean_points_lost desc, pillar"),
    "rpt_segment_change_causes": Table(
        ("dimension", "segment", "horizon_days", "cause", "component"),
        "cause, effect_rank, component",
        choice="where dimension = 'all' and horizon_days = 28",
    ),
    "rpt_overrides": Table(
        ("account_id", "override_rule"), "effect, account_id, override_rule", CAPS_SHOWN
    ),
    "rpt_signal_conflicts": Table(
        ("account_id", "contradiction"), "contradiction_rank", CONTRADICTIONS_SHOWN
    ),
    "rpt_weight_sensitivity": Table(("component",), "other_band_rate desc, component"),
    "rpt_score_shifts": Table(("component",), "stability_index desc, component"),
    "rpt_health_restatements": Table(
        ("restatement",), "restatement = 'all', score_count desc, restatement"
    ),
    "rpt_health_track_record": Table(
        ("model_version_id", "label", "horizon_days"),
        "is_leading desc, label, horizon_days",
        choice="where model_version_id = 'all'",
    ),
    "rpt_component_track_record": Table(
        ("model_version_id", "component", "label", "horizon_days"),
        "horizon_days, label, auc nulls last, component",
        choice="where model_version_id = 'all'",
    ),
    "rpt_health_false_alarms": Table(("label", "horizon_days"), "label, horizon_days"),
    "rpt_band_track_record": Table(
        ("model_version_id", "label", "horizon_days", "band"),
        "label, horizon_days, band_order",
        choice="where model_version_id = 'all'",
    ),
    "rpt_health_trend": Table(("score_date", "band"), "score_date, band"),
    "rpt_band_movement": Table(("earlier_band", "band"), "earlier_band, band"),
    "rpt_band_balance": Table(("band",), "band"),
    "rpt_segment_health": Table(
        ("dimension", "segment"),
        f"dimension, {IN_ORDER} nulls first, at_risk_rate desc nulls last, account_count desc, "
        "segment",
        choice="qualify row_number() over ("
        "partition by dimension order by account_count desc, segment"
        f") <= {SEGMENTS_SHOWN}",
    ),
    "rpt_segment_comparison": Table(
        ("dimension", "by_dimension"), "dimension, mix_rank, by_dimension"
    ),
    "rpt_segment_components": Table(
        ("dimension", "segment", "component"),
        "dimension, segment, component",
        choice=f"where dimension in {MAIN_DIMENSIONS}",
    ),
    "rpt_metric_comparison": Table(
        ("metric",),
        "is_unusual desc, label, metric",
        choice="where is_unusual or trend in ('up', 'down')",
    ),
    "rpt_measure_associations": Table(
        ("outcome", "measure", "lag_weeks"),
        "outcome, abs(rho) desc nulls last, measure",
        choice=f"where lag_weeks = {WEEKS_AHEAD}",
    ),
    "rpt_measure_deciles": Table(
        ("measure", "decile"), "measure, decile", choice=f"where measure in {DECILES_SHOWN}"
    ),
    "rpt_slowness_and_churn": Table(("quartile",), "quartile"),
    "activity_trend": _trend("activity"),
    "rpt_lifecycle_trend": Table(("period_start",), "period_start"),
    "retention_trend": _trend("retention"),
    "rpt_cohort_retention": Table(
        ("cohort_start", "interval_number"),
        "cohort_start, interval_number",
        choice=f"where interval_number <= {COHORT_MONTHS_SHOWN} qualify dense_rank() over ("
        f"order by cohort_start desc) <= {COHORTS_SHOWN}",
    ),
    "rpt_cohort_retention_curves": Table(
        ("entity", "kind", "interval_number"),
        "entity, interval_number",
        choice=f"where kind = 'bounded' and interval_number <= {USER_WEEKS_SHOWN}",
    ),
    "fct_survival": Table(
        ("dimension", "segment", "tenure_month"),
        "dimension, segment, tenure_month",
        choice="where dimension in ('all', 'plan', 'size_band')",
    ),
    "rpt_churns_by_tenure_and_reason": Table(
        ("reason_kind", "reason", "tenure_band"), "reason_kind, reason, tenure_band"
    ),
    "rpt_features": Table(
        ("feature_id",), "user_adoption_rate desc nulls last, feature_name, feature_id"
    ),
    "adoption_trend": _trend("adoption"),
    "rpt_feature_outcomes": Table(("feature_id",), "feature_name, feature_id"),
    "rpt_feature_uptake": Table(
        ("feature_id", "days_since_release"), "released_on desc, feature_id, days_since_release"
    ),
    "onboarding_trend": _trend("onboarding"),
    "rpt_onboarding_steps": Table(("milestone_id",), "milestone_order, milestone_id"),
    "rpt_activation_rules": Table(("rule_id",), "reach_times_difference desc nulls last, rule_id"),
    "rpt_stalled_onboarding": Table(("account_id",), "stuck_rank", STUCK_SHOWN),
    "rpt_unused_entitlements": Table(
        ("account_id", "feature_id"),
        "mrr desc nulls last, importance desc, account_id, feature_id",
        UNUSED_SHOWN,
    ),
    "rpt_revenue_months": Table(("month_end",), "month_end desc"),
    "rpt_mrr_bridge": Table(("period", "step"), "period, step_order"),
    "rpt_segment_revenue": Table(
        ("dimension", "segment"),
        f"dimension, {IN_ORDER} nulls first, mrr desc nulls last, segment",
        choice="qualify row_number() over ("
        "partition by dimension order by mrr desc nulls last, segment"
        f") <= {SEGMENTS_SHOWN}",
    ),
    "rpt_excluded_revenue": Table(("currency", "reason"), "account_count desc, currency, reason"),
    "rpt_mrr_movements": Table(("account_id",), "size_rank", MOVEMENTS_SHOWN),
    "rpt_payments_past_due": Table(
        ("account_id",), "overdue_days desc, account_id", PAST_DUE_SHOWN
    ),
    "reliability_trend": _trend("reliability"),
    "rpt_service_component_uptime": Table(
        ("component_id",), "uptime_rate_28d nulls last, component_id", COMPONENTS_SHOWN
    ),
    "rpt_incidents": Table(
        ("incident_id",), "is_open desc, started_at desc, incident_id", INCIDENTS_SHOWN
    ),
    "rpt_latency": Table(
        ("dimension", "segment", "measurement"),
        "dimension, measurement, p95_seconds desc nulls last, segment",
        choice="where dimension in ('all', 'device_type') or (dimension = 'route' and "
        "measurement = 'page_load' and p95_seconds is not null) "
        "qualify row_number() over ("
        "partition by dimension, measurement order by p95_seconds desc nulls last, segment"
        f") <= {ROUTES_SHOWN}",
    ),
    "rpt_errors_by_session_length": Table(("session_length_band",), "band_order"),
    "rpt_health_by_outage_impact": Table(("exposure", "exposure_band"), "exposure, band_order"),
    "sentiment_trend": _trend("sentiment"),
    "rpt_segment_nps": Table(
        ("dimension", "segment"),
        "dimension, answer_count desc, segment",
        choice="qualify row_number() over ("
        "partition by dimension order by answer_count desc, segment"
        f") <= {SEGMENTS_SHOWN}",
    ),
    "rpt_survey_topics": Table(
        ("topic",), "csat_answers + nps_answers + ces_answers desc, topic", SEGMENTS_SHOWN
    ),
    "rpt_usage_by_sentiment": Table(("usage_level", "sentiment"), "usage_level, sentiment"),
    "rpt_survey_nonresponders": Table(("account_id",), "silent_rank", SILENT_SHOWN),
    "support_trend": _trend("support"),
    "rpt_ticket_kinds": Table(("ticket_type",), "ticket_count desc, ticket_type", SEGMENTS_SHOWN),
    "rpt_open_tickets": Table(("ticket_id",), "ticket_rank", TICKETS_SHOWN),
    "rpt_metric_scorecard": Table(("metric",), "label, metric"),
    "rpt_accounts": Table(("account_id",), "mrr desc nulls last, account_id", ACCOUNTS_SHOWN),
    "fct_row_reconciliation": Table(("system", "table_name"), "system, table_name"),
    "rpt_not_understood": Table(
        ("finding_kind", "system", "table_name", "column_name", "finding"),
        "kind_order, row_count desc, system, table_name, column_name, finding",
        choice="qualify row_number() over (partition by finding_kind "
        "order by row_count desc, system, table_name, column_name, finding"
        f") <= {NOT_UNDERSTOOD_SHOWN}",
    ),
    "rpt_data_warnings": Table(
        ("stage", "subject", "finding", "entry"),
        "stage, sum(row_count) over (partition by stage, subject, finding) desc, subject, finding, "
        "row_count desc, entry",
        FINDINGS_SHOWN,
        choice="where row_count > 0 or entry_count is not null qualify row_number() over ("
        "partition by stage, subject, finding order by row_count desc, entry"
        f") <= {ENTRIES_SHOWN}",
    ),
    "rpt_source_coverage": Table(("source",), "source"),
    "rpt_reference_quarter": Table(("as_of_date",), "as_of_date"),
}

# Written by the gates, which are no models: a first run may come here before any has spoken.
CHECKS = Table(
    ("gate", "table_name", "expectation", "column_name"),
    "passed, severity, gate, table_name, expectation, column_name",
)
CHECK_COLUMNS = "gate, table_name, expectation, column_name, severity, passed, observed, reason"
