"""The tables of the report: what identifies their rows, in which order, and how many are shown.

The order is always complete, so the same tables give the same page. What is not here: reading
them, which is ``reading``'s, and numbers made of other numbers; those are models.
"""

from orchestration.reporting.table import Table

# Three screens hold no more; the dashboard and the exports hold everything.
TILES_SHOWN = 5
ATTENTION_SHOWN = 10
RENEWALS_SHOWN = 5
FOLLOWED_SHOWN = 3
NOT_UNDERSTOOD_SHOWN = 2
FALLERS_SHOWN = 3
RISERS_SHOWN = 3
CAVEATS_SHOWN = 6
# What a report is set against: the one of the week before, and the month before.
WEEK, MONTH = 7, 28

TABLES = {
    "rpt_headline_kpis": Table(("fact",), "fact_order, fact"),
    "rpt_run_stats": Table(("total",), "total_order"),
    "rpt_report_findings": Table(
        ("rule", "subject"), "finding_rank", choice="where status = 'told'"
    ),
    "rpt_dashboard_tiles": Table(
        ("tile", "weeks_before"),
        "tile_order, tile, weeks_before",
        choice="where weeks_before in (0, 1) and tile != 'customer_count' qualify "
        f"dense_rank() over (order by tile_order, tile) <= {TILES_SHOWN}",
    ),
    "rpt_health_trend": Table(("score_date", "band"), "score_date, band"),
    "rpt_segment_change_causes": Table(
        ("dimension", "segment", "horizon_days", "cause", "component"),
        "cause, effect_rank, component",
        choice=f"where dimension = 'all' and horizon_days = {MONTH}",
    ),
    "rpt_mrr_bridge": Table(
        ("period", "step"), "period, step_order", choice="where period = 'year'"
    ),
    "rpt_account_score_changes": Table(
        ("account_id", "horizon_days"),
        "customer_change, account_id",
        choice=f"where horizon_days = {WEEK} and abs(customer_change) >= 1 "
        "and change * sign(customer_change) >= 1 qualify "
        "(customer_change < 0 and row_number() over (order by customer_change, account_id)"
        f" <= {FALLERS_SHOWN}) or (customer_change > 0 and row_number() over ("
        f"order by customer_change desc, account_id) <= {RISERS_SHOWN})",
    ),
    "rpt_accounts_needing_attention": Table(("account_id",), "attention_rank", ATTENTION_SHOWN),
    "rpt_attention_reasons": Table(
        ("attention_reason",), "attention_reason = 'all', account_count desc, attention_reason"
    ),
    "rpt_action_queue": Table(
        ("account_id",),
        "account_id",
        choice="where account_id in (select account_id from reports.rpt_accounts_needing_attention"
        f" order by attention_rank limit {ATTENTION_SHOWN})",
    ),
    "rpt_renewals_not_healthy": Table(("subscription_id",), "renewal_rank", RENEWALS_SHOWN),
    "rpt_action_follow_up": Table(
        ("account_id",),
        "recommended_as = 'worked' desc, mrr desc nulls last, account_id",
        FOLLOWED_SHOWN,
    ),
    "rpt_band_balance": Table(("band",), "band"),
    "rpt_component_losses": Table(
        ("pillar", "component"), "mean_points_lost desc, pillar, component"
    ),
    "rpt_pillar_losses": Table(("pillar",), "mean_points_lost desc, pillar"),
    "rpt_metric_comparison": Table(
        ("metric",), "is_unusual desc, label, metric", choice="where is_unusual"
    ),
    "rpt_reference_quarter": Table(("as_of_date",), "as_of_date"),
    "rpt_outlook_revenue": Table(
        ("dimension", "segment", "horizon_days"), "horizon_days", choice="where dimension = 'all'"
    ),
    "rpt_outlook_models": Table(
        ("model_version", "horizon_days"),
        "horizon_days, model_version",
        choice="where is_leading_model",
    ),
    "rpt_not_understood": Table(
        ("finding_kind", "system", "table_name", "column_name", "finding"),
        "kind_order, row_count desc, system, table_name, column_name, finding",
        NOT_UNDERSTOOD_SHOWN,
    ),
}

# Written by the gates, which are no models: a first run may come here before any has spoken.
CHECKS = Table(
    ("gate", "table_name", "expectation", "column_name"),
    "passed, severity, gate, table_name, expectation, column_name",
)
CHECK_COLUMNS = "gate, table_name, expectation, column_name, severity, passed, observed, reason"
