"""A warehouse that holds report tables only, made of the columns that their YAML promises."""

from datetime import date, timedelta
from pathlib import Path

import duckdb
import yaml

REPORTS = Path(__file__).parents[2] / "dbt_project/models/reports"
AS_OF = date(2026, 10, 31)
BEFORE = date(2026, 10, 3)
HOSTILE = "<script>alert('x')</script> & \"Söhne\""


def empty_tables() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("create schema reports")
    for path in sorted(REPORTS.glob("rpt_*.yml")):
        for model in yaml.safe_load(path.read_text())["models"]:
            columns = ", ".join(f"{c['name']} {c['data_type']}" for c in model["columns"])
            connection.execute(f"create table reports.{model['name']} ({columns})")
    return connection


def add(connection, table, **cells):
    columns, places = ", ".join(cells), ", ".join("?" * len(cells))
    connection.execute(
        f"insert into reports.{table} ({columns}) values ({places})", list(cells.values())
    )


def add_summary(connection, **values):
    """Facts by name: a value, or a value and the one 28 days before."""
    for order, (fact, value) in enumerate(values.items()):
        now, earlier = value if isinstance(value, tuple) else (value, None)
        change = None if now is None or earlier is None else now - earlier
        unit = "EUR" if fact.endswith("mrr") and "health" not in fact else "points"
        add(connection, "rpt_summary", fact=fact, unit=unit, fact_order=order,
            fact_value=now, earlier_value=earlier, change=change, as_of_date=AS_OF,
            earlier_date=BEFORE)  # fmt: skip


def add_totals(connection, **values):
    for order, (total, value) in enumerate(values.items()):
        add(connection, "rpt_totals", total=total, unit="lines", total_order=order,
            total_value=value, as_of_date=AS_OF)  # fmt: skip


NOTHING_LANDED = {
    "lines_read": 0, "rows_quarantined": 0, "duplicates": 0, "rejected": 0,
    "later_than_as_of": 0, "rows_kept": 0, "files_loaded": 0, "files_refused": 0,
    "files_replayed": 0, "unbalanced_table_count": 0, "refusal_reason_count": 0,
    "accounts_without_mrr": 0, "accounts_too_new": 0, "accounts_low_confidence": 0,
    "accounts_not_measured": 0, "renewals_90d_count": None, "renewals_90d_mrr": None,
    "source_count": 2, "sources_present": 0, "sources_stale": 0, "sources_absent": 2,
    "metric_count": 1, "metrics_not_ok": 1,
}  # fmt: skip


def nothing_landed() -> duckdb.DuckDBPyConnection:
    connection = empty_tables()
    add_summary(
        connection, customer_count=0, mrr=None, scored_count=0, health_score_by_mrr=None,
        mean_health_score=None, at_risk_count=None, at_risk_mrr=None, attention_count=0,
        moved_down_count=None, moved_up_count=None, left_count=None, came_count=None,
        renewals_90d_not_healthy_count=None, renewals_90d_not_healthy_mrr=None,
    )  # fmt: skip
    add_totals(connection, **NOTHING_LANDED)
    for source, feeds in (("product_events", "activity"), ("billing_subscriptions", None)):
        add(connection, "rpt_source_coverage", source=source, status="absent", feeds=feeds,
            row_count=0, file_count=0)  # fmt: skip
    return connection


def company() -> duckdb.DuckDBPyConnection:
    """Three customers and one who left, with something in every table of the page."""
    connection = empty_tables()
    add_summary(
        connection, customer_count=(3, 3), mrr=(1234.565, 1300.0), scored_count=2,
        health_score_by_mrr=(61.25, 66.04), mean_health_score=(60.0, 65.0),
        at_risk_count=(1, 0), at_risk_mrr=(34.2, 0.0), attention_count=1, moved_down_count=1,
        moved_up_count=0, left_count=1, came_count=1, renewals_90d_not_healthy_count=1,
        renewals_90d_not_healthy_mrr=34.2, wau_7d=(1337, 1246),
        stickiness_28d=(0.0903456, 0.0907), session_seconds_median_28d=(188.25, 190.0),
        usage_trend_28v28=(-0.2231, 0.01),
    )  # fmt: skip
    add_totals(connection, **NOTHING_LANDED | {
        "lines_read": 771885, "rows_kept": 770651, "rows_quarantined": 1234, "files_loaded": 5,
        "accounts_without_mrr": 1, "accounts_too_new": 1, "renewals_90d_count": 2,
        "renewals_90d_mrr": 50.0, "sources_present": 1, "sources_absent": 1,
        "refusal_reason_count": 1,
    })  # fmt: skip
    accounts(connection)
    bands(connection)
    losses(connection)
    trends(connection)
    reliability(connection)
    quality(connection)
    return connection


def accounts(connection):
    asked = {"account_id": "a1", "account_name": HOSTILE, "plan": "growth", "csm_id": "csm_1",
             "band": "at_risk", "health_score": 30.1, "health_score_change": -25.0,
             "mrr": "34.20", "renewal_date": date(2027, 1, 9), "as_of_date": AS_OF}  # fmt: skip
    add(connection, "rpt_accounts_at_risk", **asked, attention_reason="at risk",
        first_reason="core features in use", first_reason_unit="share",
        first_reason_value=0.125, first_reason_points_lost=19.7,
        suggested_action="Call them", attention_rank=1,
        last_active_date=date(2026, 10, 2))  # fmt: skip
    add(connection, "rpt_renewals_not_healthy", **asked, days_to_renewal=70, renewal_rank=1,
        main_reason="core features in use")  # fmt: skip
    add(connection, "rpt_accounts", **asked, score_status="ok", seat_count=12, mau=7,
        days_since_last_activity=29, tickets_28d=None, is_cancelling=False)  # fmt: skip
    add(connection, "rpt_accounts", account_id="a2", account_name="Alder", band="healthy",
        score_status="ok", health_score=89.9, mrr="1200.36", as_of_date=AS_OF)  # fmt: skip
    add(connection, "rpt_accounts", account_id="a3", account_name="Birch", as_of_date=AS_OF,
        score_status="too_new")  # fmt: skip
    add(connection, "rpt_accounts_left", account_id="a4", account_name="Gone",
        band_28_days_before="healthy", health_score_28_days_before=71.0,
        mrr_28_days_before="70.20", last_customer_date=date(2026, 10, 9))  # fmt: skip
    for reason in ("at risk", "all"):
        add(connection, "rpt_attention_reasons", attention_reason=reason, account_count=1,
            mrr="34.20")  # fmt: skip
    add(connection, "rpt_owner_books", csm_id="csm_1", account_count=1, attention_count=1,
        renewals_90d_not_healthy_count=1, mrr="34.20", attention_mrr="34.20")  # fmt: skip


def bands(connection):
    add(connection, "rpt_band_movement", earlier_band="watch", band="at_risk", account_count=1,
        mrr="34.20")  # fmt: skip
    add(connection, "rpt_band_movement", earlier_band="healthy", band="not_a_customer",
        account_count=1, mrr=None)  # fmt: skip
    add(connection, "rpt_band_balance", band="all", opening_count=3, came_count=1,
        moved_in_count=0, moved_out_count=0, left_count=1, closing_count=3,
        left_mrr="70.20")  # fmt: skip
    for weeks in range(3):
        add(connection, "rpt_health_trend", score_date=AS_OF - timedelta(days=7 * weeks),
            band="healthy", account_count=2 + weeks, mrr="1200.36",
            mean_health_score=89.94)  # fmt: skip
    add(connection, "rpt_segment_health", dimension="all", segment="all", account_count=3,
        scored_account_count=20, at_risk_account_count=1, mean_health_score=60.0,
        at_risk_rate=0.05, at_risk_rate_low=-3e-18, at_risk_rate_high=0.2361,
        mrr="1234.56", mrr_at_risk="34.20")  # fmt: skip
    add(connection, "rpt_segment_health", dimension="industry", segment=HOSTILE,
        account_count=9, scored_account_count=9, at_risk_account_count=0,
        mean_health_score=60.0, at_risk_rate=0.0, at_risk_rate_low=0.0,
        at_risk_rate_high=0.3)  # fmt: skip
    add(connection, "rpt_segment_health", dimension="plan", segment="tiny", account_count=3,
        scored_account_count=3, at_risk_account_count=0, at_risk_rate=0.0,
        at_risk_rate_low=0.0, at_risk_rate_high=0.56)  # fmt: skip


def losses(connection):
    add(connection, "rpt_component_losses", component="core_breadth", pillar="adoption",
        label="core features in use", unit="share", nominal_weight=0.175, account_count=2,
        measured_account_count=2, mean_component_score=82.86, mean_points_lost=38.75,
        median_metric_value=0.8)  # fmt: skip
    add(connection, "rpt_component_losses", component="nps", pillar="satisfaction", label="NPS",
        unit="points", nominal_weight=0.13, account_count=2, measured_account_count=0,
        mean_points_lost=0, usual_obstacle="source_unavailable")  # fmt: skip
    add(connection, "rpt_pillar_losses", pillar="adoption", nominal_weight=0.25,
        mean_points_lost=38.75)  # fmt: skip
    add(connection, "rpt_pillar_losses", pillar="all", nominal_weight=0.25,
        mean_points_lost=38.75, mean_health_score=61.25)  # fmt: skip


def trends(connection):
    for weeks in range(3):
        day = AS_OF - timedelta(days=7 * weeks)
        add(connection, "rpt_activity_trend", metric_date=day, metric="wau_7d", status="ok",
            metric_value=1337 - weeks)  # fmt: skip
        add(connection, "rpt_lifecycle_trend", period_start=day, new_count=5,
            returning_count=40, resurrected_count=3, dormant_count=7,
            active_count=48)  # fmt: skip
    add(connection, "rpt_activity_trend", metric_date=AS_OF, metric="stickiness_28d",
        status="immature")  # fmt: skip
    add(connection, "rpt_metric_scorecard", metric="wau_7d", definition="Users of seven days.",
        unit="users", direction="higher", status="ok", earlier_status="ok", metric_value=1337,
        earlier_value=1246, change=91, relative_change=0.0730337, metric_date=AS_OF,
        earlier_date=BEFORE)  # fmt: skip
    add(connection, "rpt_metric_scorecard", metric="stickiness_28d", definition="Stickiness.",
        unit="share", direction="higher", status="immature", metric_date=AS_OF)  # fmt: skip


def reliability(connection):
    for metric, value in (("session_error_rate_28d", 0.1121), ("page_load_p95_28d", 2.0198),
                          ("uptime_mean_28d", 0.99996), ("uptime_worst_28d", 0.9995)):  # fmt: skip
        add(connection, "rpt_reliability_trend", metric_date=AS_OF, metric=metric, status="ok",
            metric_value=value)  # fmt: skip
    add(connection, "rpt_reliability_trend", metric_date=AS_OF, status="immature",
        metric="error_budget_remaining_worst_30d")  # fmt: skip
    add(connection, "rpt_component_uptime", component_id="api", component_name=HOSTILE,
        component_group="application", objective=0.999, uptime_rate_28d=0.9738,
        downtime_minutes_28d=1055, downtime_minutes_30d=1055, budget_minutes_30d=43.2,
        budget_remaining_30d=-23.42, budget_burn_7d=25.6)  # fmt: skip
    add(connection, "rpt_component_uptime", component_id="new", component_name="new",
        component_group="unknown", objective=0.999, downtime_minutes_28d=0,
        budget_minutes_30d=1.44)  # fmt: skip
    add(connection, "rpt_incidents", incident_id="i1", incident_name="Errors in api",
        impact="major", started_date=BEFORE, component_count=1, minutes_to_acknowledge=10,
        hours_to_recover=1.185, hours_to_resolve=1.32, is_open=False, is_planned=False,
        started_at=BEFORE)  # fmt: skip
    add(connection, "rpt_incidents", incident_id="i2", impact="minor", started_date=AS_OF,
        component_count=0, hours_open=7, is_open=True, is_planned=False,
        started_at=AS_OF)  # fmt: skip
    add(connection, "rpt_latency", dimension="all", segment="all", measurement="page_load",
        sample_count=496, p50_seconds=0.9147, p75_seconds=1.2311, p95_seconds=2.0198,
        p99_seconds=2.6651, satisfied_seconds=1.5, apdex=0.9194, apdex_band="good",
        is_small_group=False)  # fmt: skip
    add(connection, "rpt_latency", dimension="device_type", segment="tablet", measurement="lcp",
        sample_count=16, p50_seconds=1.3, p75_seconds=1.4713, web_vital_rating="too few",
        satisfied_seconds=2.5, is_small_group=True)  # fmt: skip
    add(connection, "rpt_errors_by_session_length", session_length_band="1 to 5 minutes",
        band_order=3, session_count=1494, error_session_count=158, error_session_rate=0.10576,
        error_session_rate_low=0.091, error_session_rate_high=0.122, visible_error_count=169,
        engaged_hours=67.69, errors_per_engaged_hour=2.4966)  # fmt: skip
    add(connection, "rpt_errors_by_session_length", session_length_band="30 minutes or more",
        band_order=6, session_count=3, error_session_count=3, error_session_rate=1.0,
        visible_error_count=5, engaged_hours=3.87, errors_per_engaged_hour=1.29)  # fmt: skip
    add(connection, "rpt_health_by_exposure", exposure="felt downtime", exposure_band="none",
        band_order=1, account_count=169, lowest_value=0.0, highest_value=0.0,
        mean_other_score=78.59, mean_other_score_low=77.21,
        mean_other_score_high=79.96)  # fmt: skip
    add(connection, "rpt_health_by_exposure", exposure="felt downtime",
        exposure_band="more than most", band_order=3, account_count=2, lowest_value=18.3,
        highest_value=18.3, mean_other_score=82.2)  # fmt: skip


def quality(connection):
    add(connection, "rpt_row_reconciliation", system="product", table_name="events",
        files_loaded=5, files_refused=0, files_replayed=0, lines_read=771885,
        rows_quarantined=1234, rows_loaded=770651, duplicates=0, rejected=0,
        later_than_as_of=0, rows_kept=770651, unaccounted=0)  # fmt: skip
    add(connection, "rpt_refused_lines", system="product", table_name="events",
        reason_kind="not valid JSON", line_count=1234, file_count=0,
        example_file="product/events/a.jsonl", example_line=70)  # fmt: skip
    add(connection, "rpt_read_with_care", stage="landing", subject="product.events",
        finding="context: unknown column", row_count=3)  # fmt: skip
    add(connection, "rpt_source_coverage", source="product_events", status="present",
        feeds="activity", row_count=770651, file_count=5, first_date=date(2025, 11, 2),
        last_date=AS_OF)  # fmt: skip
    add(connection, "rpt_source_coverage", source="surveys_responses", status="absent",
        feeds="satisfaction part of the score", row_count=0, file_count=0)  # fmt: skip


def add_checks(connection, *checks):
    connection.execute("create schema if not exists quality")
    connection.execute(
        "create table quality.expectation_results (gate varchar, table_name varchar, "
        "expectation varchar, column_name varchar, severity varchar, passed boolean, "
        "observed varchar, reason varchar)"
    )
    for severity, passed in checks:
        connection.execute(
            "insert into quality.expectation_results values "
            "('marts', 'marts.fct_x', 'between', 'score', ?, ?, '3 of 10', 'Scores end.')",
            [severity, passed],
        )
