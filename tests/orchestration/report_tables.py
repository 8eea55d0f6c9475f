"""A warehouse that holds report tables only, made of the columns that their YAML promises."""

from datetime import date, timedelta
from pathlib import Path

import duckdb
import yaml

from orchestration.dashboard.account_pages import ACCOUNT_TABLES
from orchestration.dashboard.declaration import declared_pages
from orchestration.reporting.facts import with_schema
from orchestration.reporting.tables import TABLES
from tests.orchestration.findings import STEPS, let_rules_speak

MODELS = Path(__file__).parents[2] / "dbt_project/models"
AS_OF = date(2026, 10, 31)
BEFORE = date(2026, 10, 3)
HOSTILE = "<script>alert('x')</script> & \"Söhne\""


def empty_tables(*besides: str) -> duckdb.DuckDBPyConnection:
    """Return the tables that the page reads, and others by name, without rows."""
    connection = duckdb.connect()
    connection.execute("create schema reports; create schema marts")
    read = {table.stored_as or name for name, table in (TABLES | ACCOUNT_TABLES).items()}
    read |= {table for page in declared_pages() for one in page.sections for table in one.read()}
    read |= {"rpt_account_timeline", "fct_account_lifetime_value", *besides}
    for path in sorted(MODELS.rglob("*.yml")):
        if path.stem not in read and "reports" not in path.parts:
            continue
        if path.stem.startswith("_"):
            continue
        for model in yaml.safe_load(path.read_text())["models"]:
            columns = ", ".join(f"{c['name']} {c['data_type']}" for c in model["columns"])
            connection.execute(f"create table {with_schema(path.stem)} ({columns})")
    for made_anew in STEPS:
        connection.execute(f"drop table reports.{made_anew}")
    let_rules_speak(connection)
    return connection


def add(connection, table, **cells):
    columns, places = ", ".join(cells), ", ".join("?" * len(cells))
    connection.execute(
        f"insert into {with_schema(table)} ({columns}) values ({places})", list(cells.values())
    )


def add_trend(connection, section, **cells):
    add(connection, "rpt_metric_trends", section=section, **cells)


def add_summary(connection, **values):
    """Facts by name: a value, or a value and the one 28 days before."""
    for order, (fact, value) in enumerate(values.items()):
        now, earlier = value if isinstance(value, tuple) else (value, None)
        change = None if now is None or earlier is None else now - earlier
        unit = "EUR" if fact.endswith("mrr") and "health" not in fact else "points"
        add(connection, "rpt_headline_kpis", fact=fact, unit=unit, fact_order=order,
            fact_value=now, earlier_value=earlier, change=change, as_of_date=AS_OF,
            earlier_date=BEFORE)  # fmt: skip


def add_totals(connection, **values):
    for order, (total, value) in enumerate(values.items()):
        add(connection, "rpt_run_stats", total=total, unit="lines", total_order=order,
            total_value=value, as_of_date=AS_OF)  # fmt: skip


NOTHING_LANDED = {
    "lines_read": 0, "rows_quarantined": 0, "duplicates": 0, "rejected": 0,
    "later_than_as_of": 0, "rows_kept": 0, "files_loaded": 0, "files_refused": 0,
    "files_replayed": 0, "unbalanced_table_count": 0, "not_understood_count": 0,
    "accounts_without_mrr": 0, "accounts_too_new": 0, "accounts_low_confidence": 0,
    "accounts_not_measured": 0, "renewals_90d_count": None, "renewals_90d_mrr": None,
    "source_count": 2, "sources_present": 0, "sources_stale": 0, "sources_absent": 2,
    "metric_count": 1, "metrics_not_ok": 1, "erasure_requests_open": None,
    "erasure_requests_overdue": None, "large_change_points": 15,
    "habit_core_features": 2, "habit_active_days": 4, "unused_after_days": 90,
    "renewal_notice_days": 90, "quiet_after_days": 14,
    "early_churn_days": 90, "adoption_outcome_days": 91, "detection_look_back_days": 91,
    "cliff_weeks": 8, "cliff_used_weeks": 6, "cliff_silent_days": 28,
}  # fmt: skip


def nothing_landed() -> duckdb.DuckDBPyConnection:
    connection = empty_tables()
    add_summary(
        connection, customer_count=0, customers_ever_count=0, mrr=None, scored_count=0,
        health_score_by_mrr=None, mean_health_score=None, change_by_mrr=None, mean_change=None,
        at_risk_count=None, at_risk_mrr=None, attention_count=0,
        moved_down_count=None, moved_up_count=None, moved_by_model_count=None,
        moved_by_availability_count=None, left_count=None, came_count=None,
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
        change_by_mrr=-4.79, customer_change_by_mrr=-0.56, availability_change_by_mrr=1.77,
        model_change_by_mrr=-6.0, mean_change=-5.0, mean_customer_change=-4.0,
        mean_availability_change=0.01, mean_model_change=-1.01,
        at_risk_count=(1, 0), at_risk_mrr=(34.2, 0.0), attention_count=1, moved_down_count=1,
        moved_up_count=0, moved_by_model_count=22, moved_by_availability_count=0, left_count=1,
        came_count=1, renewals_90d_not_healthy_count=1, renewals_90d_not_healthy_mrr=34.2,
        wau_7d=(1337, 1246),
        stickiness_28d=(0.0903456, 0.0907), session_seconds_median_28d=(188.25, 190.0),
        usage_trend_28v28=(-0.2231, 0.01),
    )  # fmt: skip
    add_totals(connection, **NOTHING_LANDED | {
        "lines_read": 771885, "rows_kept": 770651, "rows_quarantined": 1234, "files_loaded": 5,
        "accounts_without_mrr": 1, "accounts_too_new": 1, "renewals_90d_count": 2,
        "renewals_90d_mrr": 50.0, "sources_present": 1, "sources_absent": 1,
        "not_understood_count": 2, "erasure_requests_open": 2, "erasure_requests_overdue": 1,
    })  # fmt: skip
    add(connection, "rpt_reference_quarter", is_first=True, needed_day_count=91,
        needed_account_count=20, longest_day_count=40, as_of_date=AS_OF)  # fmt: skip
    accounts(connection)
    bands(connection)
    losses(connection)
    account_pages(connection)
    trust(connection)
    trends(connection)
    retention(connection)
    comparisons(connection)
    adoption(connection)
    revenue(connection)
    reliability(connection)
    sentiment(connection)
    support(connection)
    quality(connection)
    dashboard(connection)
    return connection


def dashboard(connection):
    figures = {"scored_account_count": 6, "at_risk_account_count": 1, "watch_account_count": 2,
               "healthy_account_count": 3, "mrr": "1234.56", "mrr_at_risk": "34.20",
               "mean_health_score": 60.4, "active_user_count": 91,
               "open_ticket_count": None}  # fmt: skip
    for weeks in (0, 4):
        cell = {"weeks_before": weeks, "segment_date": AS_OF - timedelta(days=7 * weeks)}
        for pair in (("all", "all", "all", "all"), ("all", "all", "plan", "growth"),
                     ("plan", "growth", "size_band", HOSTILE)):  # fmt: skip
            names = dict(zip(("dimension", "segment", "second_dimension", "second_segment"), pair,
                             strict=True))  # fmt: skip
            add(connection, "fct_segment_cube", **names, **cell, status="ok",
                account_count=7 - weeks // 4, **figures)  # fmt: skip
        add(connection, "fct_segment_cube", dimension="all", segment="all",
            second_dimension="size_band", second_segment=HOSTILE, **cell, status="insufficient_n",
            account_count=3)  # fmt: skip
    for weeks in (*range(14), 52):
        known = weeks < 52
        for order, (tile, unit, value) in enumerate(
            (("health_score_by_mrr", "score", 61.25 - weeks), ("mrr", "money", 1234.565),
             ("nps_90d", "points", None))
        ):  # fmt: skip
            shown = value if known else None
            change = None if shown is None else value - shown
            add(connection, "rpt_dashboard_tiles", tile=tile, weeks_before=weeks, label=tile,
                unit=unit, page="index#causes", tile_order=order, tile_value=shown,
                tile_date=AS_OF - timedelta(days=7 * weeks), change_since=change)  # fmt: skip
    for kind, what, amount in (("ticket", HOSTILE, None), ("band", "watch to at_risk", 30.1)):
        add(connection, "rpt_account_timeline", account_id="a1", happened_on=BEFORE,
            happening=kind, happening_id=kind, what=what, happening_value=amount)  # fmt: skip


def accounts(connection):
    asked = {"account_id": "a1", "account_name": HOSTILE, "plan": "growth", "csm_id": "csm_1",
             "band": "at_risk", "health_score": 30.1, "health_score_change": -25.0,
             "mrr": "34.20", "renewal_date": date(2027, 1, 9), "as_of_date": AS_OF}  # fmt: skip
    add(connection, "rpt_accounts_needing_attention", **asked, attention_reason="at risk",
        customer_change=-20.0, availability_change=0.0, model_change=-5.0,
        first_reason="core features in use", first_reason_unit="share",
        first_reason_value=0.125, first_reason_points_lost=19.7,
        suggested_action="Call them", attention_rank=1,
        last_active_date=date(2026, 10, 2))  # fmt: skip
    plan = {"account_id": "a1", "account_name": HOSTILE, "owner": "csm_1", "play": "rescue",
            "title": f"Rescue call {HOSTILE}", "mrr": "34.20"}  # fmt: skip
    add(connection, "rpt_action_queue", **plan, status="worked", status_order=1, queue_rank=1,
        reason="at risk", evidence="health score 30", steps=f"Call the sponsor; ask {HOSTILE}",
        discovery_question="What has changed?",
        due_date=date(2026, 11, 6), action_date=AS_OF)  # fmt: skip
    add(connection, "rpt_action_follow_up", **plan, recommended_as="worked",
        follow_up="done_late", outcome="still at risk", health_score_then=35.0, health_score=30.1,
        health_score_change_since=-4.9, action_date=date(2026, 10, 19),
        as_of_date=AS_OF)  # fmt: skip
    for account, name, then, now in (("a1", HOSTILE, 50.4, 30.1), ("a/2", "Alder", 80.0, 89.9)):
        add(connection, "rpt_account_score_changes", account_id=account, account_name=name,
            horizon_days=7, compared_date=date(2026, 10, 24), score_date=AS_OF, score_then=then,
            score_now=now, change=now - then, customer_change=now - then)  # fmt: skip
    add(connection, "rpt_renewals_not_healthy", **asked, subscription_id="s1", renewal_rank=1,
        days_to_renewal=70, main_reason="core features in use")  # fmt: skip
    add(connection, "rpt_accounts", **asked, score_status="ok", seat_count=12, mau=7,
        days_since_last_activity=29, tickets_28d=None, is_cancelling=False)  # fmt: skip
    add(connection, "rpt_accounts", account_id="a/2", account_name="Alder", band="healthy",
        score_status="ok", health_score=89.9, mrr="1200.36", as_of_date=AS_OF)  # fmt: skip
    add(connection, "rpt_accounts", account_id="a3", account_name="Birch", as_of_date=AS_OF,
        score_status="too_new")  # fmt: skip
    add(connection, "rpt_accounts_left", account_id="a4", account_name="Gone",
        band_28_days_before="healthy", health_score_28_days_before=71.0,
        mrr_28_days_before="70.20", last_customer_date=date(2026, 10, 9))  # fmt: skip
    for reason in ("at risk", "all"):
        add(connection, "rpt_attention_reasons", attention_reason=reason, account_count=1,
            mrr="34.20")  # fmt: skip
    add(connection, "rpt_csm_portfolios", csm_id="csm_1", account_count=1, attention_count=1,
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
    add(connection, "rpt_segment_health", dimension="size_band", segment=HOSTILE,
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
    add(connection, "rpt_component_losses", component="cap", pillar="cap",
        label="held down by a rule", account_count=2, measured_account_count=1,
        mean_points_lost=5.5)  # fmt: skip
    add(connection, "rpt_component_losses", component="nps", pillar="satisfaction", label="NPS",
        unit="points", nominal_weight=0.13, account_count=2, measured_account_count=0,
        mean_points_lost=0, usual_unavailable_reason="source_unavailable")  # fmt: skip
    add(connection, "rpt_pillar_losses", pillar="adoption", nominal_weight=0.25,
        mean_points_lost=38.75)  # fmt: skip
    add(connection, "rpt_pillar_losses", pillar="cap", mean_points_lost=5.5)
    add(connection, "rpt_pillar_losses", pillar="all", nominal_weight=0.25,
        mean_points_lost=44.25, mean_health_score=55.75)  # fmt: skip
    for cause, component, effect, whole in (
        ("behaviour", "core_breadth", -3.5, -3.5), ("availability", "nps", 0.75, 1.25),
        ("availability", "csat", 0.5, 1.25), ("override", "all", -2.5, -2.5),
        ("joiners", "all", 0.125, 0.125), ("leavers", "all", -0.375, -0.375),
    ):  # fmt: skip
        add(connection, "rpt_segment_change_causes", dimension="all", segment="all",
            horizon_days=28, cause=cause, component=component, label=component, effect=effect,
            cause_effect=whole, effect_rank=1 if effect != 0.5 else 2, mean_score_change=-5.0,
            mean_score_then=65.0, mean_score_now=60.0, stayer_count=1, joiner_count=1,
            leaver_count=1)  # fmt: skip


def account_pages(connection):
    """A customer with a score that a rule holds down, one that is sure, one without a score."""
    add(connection, "rpt_account_overview", account_id="a1", account_name=HOSTILE,
        plan="growth", csm_id="csm_1", band="at_risk", score_status="ok",
        confidence_level="high", main_change_cause="behaviour",
        main_change_label="core features in use", main_change_effect=-20.0, health_score=30.0,
        health_score_change=-25.0, customer_change=-31.5, availability_change=6.5,
        model_change=0.0, confidence=0.9, mrr="34.20", seat_count=12, mau=7,
        days_since_last_activity=29, points_lost=70.0, base_score=41.5, override_effect=-11.5,
        coverage=1.0, percentile_among_peers=0.05, peer_count=40, open_ticket_count=2,
        attention_rank=1, days_to_renewal=70, is_cancelling=True, is_drop=True,
        is_renewal_not_healthy=True,
        is_quiet=True, renewal_date=date(2027, 1, 9), last_active_date=date(2026, 10, 2),
        outlook_probability=0.312, outlook_horizon_days=42, outlook_label="churn",
        outlook_status="candidate", outlook_raised_by="pays little", expected_value="120.50",
        peers_date=AS_OF, as_of_date=AS_OF)  # fmt: skip
    add(connection, "rpt_account_overview", account_id="a/2", account_name="Alder",
        band="healthy", score_status="low_confidence", confidence_level="low",
        health_score=89.9, confidence=0.4, points_lost=10.1, mrr="1200.36", coverage=0.45,
        is_cancelling=False, is_renewal_not_healthy=False, is_drop=False, is_quiet=False,
        as_of_date=AS_OF)  # fmt: skip
    add(connection, "rpt_account_overview", account_id="a3", account_name="Birch",
        score_status="too_new", is_cancelling=False, is_renewal_not_healthy=False,
        is_drop=False, is_quiet=False, scorable_on=date(2026, 11, 7), as_of_date=AS_OF)  # fmt: skip
    add(connection, "rpt_account_components", account_id="a1", component="core_breadth",
        pillar="adoption", label="core features in use", unit="share", status="ok",
        metric_value=0.125, component_score=41.5, nominal_weight=0.5, effective_weight=1.0,
        points=41.5, points_lost=58.5, loss_rank=2, percentile_among_peers=0.1, peer_count=40,
        is_available=True, is_imputed=False)  # fmt: skip
    add(connection, "rpt_account_components", account_id="a1", component="cap", pillar="cap",
        label="a payment is late", unit="days", status="ok", metric_value=33, points=-11.5,
        points_lost=11.5, loss_rank=1, is_available=True, is_imputed=False)  # fmt: skip
    add(connection, "rpt_outlook_models", model_version="churn-42", label="churn", horizon_days=42,
        model_status="candidate", is_leading_model=True, auc=0.683, explanation="AUC 0.683",
        issued_count=0, right_count=0, wrong_count=0, void_count=0, open_count=0)  # fmt: skip
    add(connection, "rpt_outlook_models", model_version="churn-91", label="churn", horizon_days=91,
        model_status="insufficient_outcomes", is_leading_model=True,
        explanation="18 customers left, and 130 are needed.", issued_count=0, right_count=0,
        wrong_count=0, void_count=0, open_count=0)  # fmt: skip
    add(connection, "rpt_outlook_revenue", dimension="all", segment="all", horizon_days=42,
        status="candidate", account_count=3, predicted_account_count=3, mrr="1234.56",
        revenue_at_risk="5.20", revenue_at_risk_low="3.10", revenue_at_risk_high="7.30",
        expected_departures=1.2)  # fmt: skip
    likely = {"account_id": "a1", "account_name": HOSTILE, "prediction_date": BEFORE,
              "mrr": "34.20"}  # fmt: skip
    add(connection, "rpt_outlook_accounts", horizon_days=42, label="churn", status="candidate",
        model_version="churn-42", probability=0.123, probability_low=0.08, probability_high=0.17,
        place=1, rate_of_score=0.05, revenue_at_risk="4.21", standing="customer",
        raised_by="few features in use",
        lowered_by="pays in time", **likely)  # fmt: skip
    add(connection, "rpt_outlook_accounts", horizon_days=91, label="churn",
        status="insufficient_outcomes", model_version="churn-91", **likely)  # fmt: skip
    add(connection, "fct_account_lifetime_value", account_id="a1", valued_on=AS_OF,
        method="contractual", status="ok", value_basis="revenue", months_ahead=24.0,
        expected_value="512.40", value_low="480.00", value_high="530.10")  # fmt: skip
    add(connection, "fct_account_lifetime_value", account_id="a/2", valued_on=AS_OF,
        method="contractual", status="asked_to_cancel", value_basis="revenue",
        reason="asked to cancel: what is left is the running term")  # fmt: skip
    for account, status in (("a1", "source_unavailable"), ("a/2", "ok")):
        add(connection, "rpt_account_components", account_id=account, component="nps",
            pillar="satisfaction", label="NPS", unit="points", status=status, points=0,
            points_lost=0, is_available=False, is_imputed=False)  # fmt: skip
    ends = {"account_id": "a1", "horizon_days": 28, "score_then": 55.0, "score_now": 30.0,
            "change": -25.0, "compared_date": BEFORE}  # fmt: skip
    for cause, component, effect, whole, named in (
        ("behaviour", "core_breadth", -20.0, -20.0, True), ("availability", "nps", 4.0, 6.5, True),
        ("availability", "csat", 2.5, 6.5, False), ("override", "all", -11.5, -11.5, True),
        ("all", "all", -25.0, -25.0, False),
    ):  # fmt: skip
        is_core = component == "core_breadth"
        add(connection, "rpt_account_change_causes", **ends, cause=cause, component=component,
            label="core features in use" if is_core else component,
            unit="share" if is_core else None, effect=effect, cause_effect=whole,
            reason_rank=1 if effect != 2.5 else 2, value_then=0.5 if is_core else None,
            value_now=0.125 if is_core else None, is_named=named)  # fmt: skip
    add(connection, "rpt_account_signals", account_id="a1", account_name=HOSTILE,
        signal="feature silent", subject_id="search", what=f"{HOSTILE}, used steadily before",
        since=BEFORE, amount=7, unit="weeks with use before it")  # fmt: skip
    add(connection, "rpt_account_signals", account_id="a1", account_name=HOSTILE, signal="wish",
        subject_id="r1", what="Dark mode", since=BEFORE)  # fmt: skip
    add(connection, "rpt_account_improvements", account_id="a1", component="core_breadth",
        label="core features in use", unit="share", action_hint="Show one more feature",
        next_band="watch", override_rule="late", health_score=30.0, points_to_next_band=12.5,
        metric_value=0.125, component_score=41.5, most_points_to_gain=58.5, gain_rank=1,
        is_in_smallest_set=False)  # fmt: skip
    for account in ("a1", "a/2"):
        for weeks in (0, 1, 4):
            add(connection, "rpt_account_score_weeks", account_id=account,
                score_date=AS_OF - timedelta(days=7 * weeks), band="watch",
                health_score=30.0 + weeks)  # fmt: skip
    add(connection, "rpt_overrides", account_id="a1", override_rule="late",
        account_name=HOSTILE, plan="growth", label="a payment is late", origin="rule",
        unit="days", condition_value=33, cap=30.0, base_score=41.5, effect=-11.5,
        is_counting=True, held_since=BEFORE, as_of_date=AS_OF)  # fmt: skip


def trust(connection):
    add(connection, "rpt_signal_conflicts", account_id="a1", account_name=HOSTILE, plan="growth",
        contradiction="nps_against_usage", band="at_risk", score_status="ok", said=9.5,
        done=12.5, mrr="34.20", contradiction_rank=1)  # fmt: skip
    add(connection, "rpt_weight_sensitivity", component="core_breadth",
        label="core features in use", account_count=2, other_band_count=1,
        other_band_when_lower_count=1, other_band_when_higher_count=0, other_band_rate=0.5,
        largest_move=2.25)  # fmt: skip
    for component, index in (("health_score", 0.02), ("core_breadth", 0.61)):
        add(connection, "rpt_score_shifts", component=component, label=component,
            compared_date=BEFORE, account_count=40, account_count_then=38, stability_index=index,
            index_by_chance=0.11, is_shifted=index > 0.5)  # fmt: skip
    add(connection, "rpt_health_restatements", restatement="all", score_count=40,
        score_rate=1.0, other_band_count=1, largest_change=0.4, last_date=AS_OF)  # fmt: skip
    add(connection, "rpt_health_track_record", model_version_id="all", label="churn",
        is_leading=True, horizon_days=42, status="insufficient_outcomes", account_count=20,
        event_account_count=3)  # fmt: skip
    add(connection, "rpt_health_track_record", model_version_id="all", label="revenue_loss",
        is_leading=False, horizon_days=91, status="ok", account_count=200,
        event_account_count=60, auc=0.551, auc_low=0.429, auc_high=0.667, recency_auc=0.652,
        beats_recency="no",
        usage_trend_auc=0.496, beats_usage_trend="cannot_tell", band_changes_per_quarter=0.4,
        mean_weekly_change=1.25,
        beats_csm_sentiment="insufficient_outcomes",
        beats_previous_version="not_compared")  # fmt: skip
    for component, status, auc, direction in (
        ("core_breadth", "ok", 0.66, "as_expected"),
        ("activation", "ok", 0.501, "nothing_to_be_seen"),
        ("reopen_rate", "ok", 0.36, "against"),
        ("nps", "insufficient_outcomes", None, None),
        ("mrr_change", "never_measured", None, None),
    ):
        for label, horizon in (("churn", 91), ("revenue_loss", 42), ("revenue_loss", 91)):
            is_judged = label == "revenue_loss" and auc is not None
            add(connection, "rpt_component_track_record", model_version_id="all",
                component=component, component_label=f"part {component}", label=label,
                horizon_days=horizon, nominal_weight=0.0625, available_share=0.84,
                row_count=900, account_count=200, event_account_count=60,
                status=status if is_judged or auc is None else "insufficient_outcomes",
                auc=auc if is_judged else None, auc_low=auc - 0.05 if is_judged else None,
                auc_high=auc + 0.05 if is_judged else None,
                direction=direction if is_judged else None)  # fmt: skip
    add(connection, "rpt_health_false_alarms", label="churn", horizon_days=42,
        all_account_count=9, all_false_alarm_rate=0.875, all_false_alarm_rate_low=0.51,
        all_false_alarm_rate_high=0.98, untreated_account_count=9,
        untreated_false_alarm_rate=0.875, untreated_false_alarm_rate_low=0.51,
        untreated_false_alarm_rate_high=0.98)  # fmt: skip
    add(connection, "rpt_band_track_record", model_version_id="all", label="churn",
        is_leading=True, horizon_days=42, band="at_risk", account_count=5, event_account_count=1,
        outcome_rate=0.2, interval_low=0.0362, interval_high=0.6245, band_order=1,
        verdict="insufficient_outcomes")  # fmt: skip


def trends(connection):
    for weeks in range(3):
        day = AS_OF - timedelta(days=7 * weeks)
        add_trend(connection, "activity", metric_date=day, metric="wau_7d", status="ok",
            metric_value=1337 - weeks)  # fmt: skip
        add(connection, "rpt_lifecycle_trend", period_start=day, new_count=5,
            returning_count=40, resurrected_count=3, dormant_count=7,
            active_count=48)  # fmt: skip
    add_trend(connection, "activity", metric_date=AS_OF, metric="stickiness_28d",
        status="immature")  # fmt: skip
    add(connection, "rpt_metric_scorecard", metric="wau_7d", definition="Users of seven days.",
        chapter="activity", label="weekly active users", unit="users", direction="higher",
        status="ok", earlier_status="ok", metric_value=1337,
        earlier_value=1246, change=91, relative_change=0.0730337, metric_date=AS_OF,
        earlier_date=BEFORE)  # fmt: skip
    add(connection, "rpt_metric_scorecard", metric="stickiness_28d", definition="Stickiness.",
        chapter="activity", label="stickiness", unit="share", direction="higher",
        status="immature", metric_date=AS_OF)  # fmt: skip


def retention(connection):
    september = date(2026, 9, 30)
    add_trend(connection, "retention", metric_date=september, metric="logo_churn_rate",
        status="ok", metric_value=0.0130719, interval_low=0.0035921,
        interval_high=0.0463795)  # fmt: skip
    add_trend(connection, "retention", metric_date=AS_OF, metric="logo_churn_rate",
        status="immature", matures_on=date(2026, 11, 14))  # fmt: skip
    add_trend(connection, "retention", metric_date=september, metric="save_rate",
        status="insufficient_n")  # fmt: skip
    add_trend(connection, "retention", metric_date=AS_OF, metric="exposed_mrr_90d",
        status="ok", metric_value=34617.79)  # fmt: skip
    for interval, rate in ((0, 1.0), (1, 12 / 14), (2, None)):
        add(connection, "rpt_cohort_retention", cohort_start=date(2026, 8, 1),
            interval_number=interval, cohort_size=14, retention_rate=rate,
            mrr_retention_rate=rate, is_mature=rate is not None)  # fmt: skip
    for entity in ("account", "user"):
        add(connection, "rpt_cohort_retention_curves", entity=entity, kind="bounded",
            interval_number=1, cohort_count=1, cohort_size=14, retained=12, retention_rate=12 / 14,
            interval_low=0.6, interval_high=0.96)  # fmt: skip
    for segment, watched in (("growth", 44), (HOSTILE, 4)):
        add(connection, "fct_survival", dimension="plan", segment=segment, tenure_month=3,
            at_risk_count=watched, fewest_at_risk_count=watched, survival_rate=0.9677,
            interval_low=0.877, interval_high=0.9918)  # fmt: skip
    for kind, reason in (("voluntary", HOSTILE), ("all", "all")):
        for band in ("under 3 months", "all"):
            add(connection, "rpt_churns_by_tenure_and_reason", reason_kind=kind, reason=reason,
                tenure_band=band, churn_count=1, mrr_lost="167.20")  # fmt: skip


def comparisons(connection):
    add(connection, "rpt_segment_components", dimension="plan", segment="growth",
        component="nps", label="NPS", account_count=30, measured_account_count=20,
        mean_component_score=61.25)  # fmt: skip
    for rank, second in enumerate(("tenure_band", "industry"), 1):
        add(connection, "rpt_segment_comparison", dimension="plan", by_dimension=second,
            segment=HOSTILE, compared_segment="growth", scored_account_count=20,
            compared_scored_account_count=30, mix_rank=rank, mean_health_score=60.0,
            compared_mean_health_score=72.5, health_score_gap=-12.5, gap_low=-20.0,
            gap_high=-5.0, mix_effect=-2.5 / rank,
            rate_effect=-12.5 + 2.5 / rank)  # fmt: skip
    compared = {"direction": "higher", "previous_window_status": "ok", "metric_date": AS_OF,
                "last_year_status": "immature", "baseline_status": "ok"}  # fmt: skip
    add(connection, "rpt_metric_comparison", **compared, metric="wau_7d", label="users",
        unit="users", trend="up", metric_value=1337, previous_window_value=1246,
        previous_window_change=91, previous_window_relative_change=0.0730337,
        baseline_value=1250, baseline_change=87, baseline_relative_change=0.0696,
        usual_value=1200, robust_z=4.25, is_unusual=True, unusual_since=date(2026, 10, 20),
        unusual_group_since=date(2026, 10, 19))  # fmt: skip
    add(connection, "rpt_metric_comparison", **compared, metric="transaction_failure_rate_28d",
        label="transactions that failed", unit="share", trend="up", metric_value=0.434,
        usual_value=0.0, robust_z=51.25, is_unusual=True, unusual_since=date(2026, 10, 19),
        unusual_group_since=date(2026, 10, 19), unusual_place_kind="place",
        unusual_place="payment details", unusual_place_share=0.85)  # fmt: skip
    add(connection, "rpt_metric_comparison", **compared, metric="dau", label="daily users",
        unit="users", trend="down", metric_value=10, usual_value=50, robust_z=-9.0,
        is_unusual=True, unusual_since=date(2026, 9, 9),
        unusual_group_since=date(2026, 9, 9))  # fmt: skip
    add(connection, "rpt_metric_comparison", **compared, metric="stickiness_28d",
        label="stickiness", unit="share", trend="steady", metric_value=0.09,
        previous_window_value=0.08, previous_window_change=0.01, baseline_value=0.07,
        baseline_change=0.02, is_unusual=False)  # fmt: skip
    add(connection, "rpt_measure_associations", outcome="health_score", measure="nps",
        lag_weeks=4, label="NPS", status="ok", account_count=96, outcome_count=96,
        segment_count=4, reversed_segment_count=1, rho=0.24, rho_low=0.03, rho_high=0.42,
        rho_at_equal_usage=0.2, adjusted_p_value=0.04, is_notable=True,
        snapshot_date=BEFORE)  # fmt: skip
    add(connection, "rpt_measure_associations", outcome="churn_42d", measure="nps",
        lag_weeks=4, label="NPS", status="insufficient_n", account_count=96, outcome_count=3,
        segment_count=0, reversed_segment_count=0, is_notable=False,
        snapshot_date=BEFORE)  # fmt: skip
    add(connection, "rpt_measure_deciles", measure="health_score", decile=1,
        label="health score", account_month_count=50, left_count=5, churn_rate=0.1,
        churn_rate_low=0.0435, churn_rate_high=0.2136, lowest_value=12.5,
        highest_value=40.25)  # fmt: skip
    for quartile, ratio in ((1, None), (4, 1.25)):
        add(connection, "rpt_slowness_and_churn", quartile=quartile, stratum_count=3,
            account_month_count=80, left_count=4, churn_rate=0.05, churn_rate_low=0.0196,
            churn_rate_high=0.1216, stratified_risk_ratio=ratio, lowest_share=0.0,
            highest_share=0.125)  # fmt: skip


def adoption(connection):
    add(connection, "rpt_features", feature_id="search", feature_name="Search", status="ok",
        eligible_active_user_count=130, adopting_user_count=65, user_adoption_rate=0.5,
        user_adoption_rate_low=0.4152, user_adoption_rate_high=0.5848,
        user_adoption_rate_change=-0.031, eligible_account_count=12, adopting_account_count=9,
        account_adoption_rate=0.75, depth_28d=1.657, watched_account_count=8, adopted_count=6,
        median_days=3.0, median_days_low=1.0, unused_account_count=2,
        judged_account_count=11)  # fmt: skip
    add(connection, "rpt_features", feature_id="forecasting", feature_name=HOSTILE,
        plans="scale|enterprise", status="never_used", watched_account_count=0)  # fmt: skip
    for metric, value in (("feat_breadth_28d", 0.758), ("feat_depth_28d", 1.328)):
        add_trend(connection, "adoption", metric_date=AS_OF, metric=metric, status="ok",
            metric_value=value)  # fmt: skip
    add_trend(connection, "adoption", metric_date=AS_OF, metric="product_adoption_rate",
        status="immature")  # fmt: skip
    add(connection, "rpt_feature_outcomes", feature_id="search", feature_name="Search",
        adopter_count=8, adopter_retained_count=7, adopter_retained_rate=0.875,
        adopter_retained_rate_low=0.529, adopter_retained_rate_high=0.9776, other_count=4,
        other_retained_count=4, other_retained_rate=1.0, adoption_date=date(2026, 8, 1),
        outcome_date=AS_OF)  # fmt: skip
    add(connection, "rpt_feature_uptake", feature_id="search", feature_name="Search",
        days_since_release=7, eligible_active_user_count=40, adopting_user_count=10,
        uptake_rate=0.25, uptake_rate_low=0.1419, uptake_rate_high=0.4019,
        eligible_account_count=6, adopting_account_count=3, released_on=BEFORE)  # fmt: skip
    add_trend(connection, "onboarding", metric_date=date(2026, 9, 30), metric="activation_rate",
        status="ok", numerator=7, denominator=11, metric_value=0.6364, interval_low=0.3538,
        interval_high=0.8483)  # fmt: skip
    add_trend(connection, "onboarding", metric_date=AS_OF, metric="activation_rate",
        status="immature", denominator=13, matures_on=date(2026, 11, 13))  # fmt: skip
    add(connection, "rpt_onboarding_steps", milestone_id="first_value", label="First core action",
        milestone_order=1, asked_account_count=13, completed_account_count=12,
        completed_rate=0.9231, stuck_account_count=1, median_waiting_days=2.5)  # fmt: skip
    add(connection, "rpt_activation_rules", rule_id="three", label="3 core actions",
        within_days=14, is_chosen=True, account_count=20, activated_count=16, reach=0.8,
        activated_retained_count=12, activated_retained_rate=0.75,
        activated_retained_rate_low=0.5050, activated_retained_rate_high=0.8982, other_count=4,
        other_retained_count=1, other_retained_rate=0.25)  # fmt: skip
    add(connection, "rpt_stalled_onboarding", account_id="a9", account_name=HOSTILE, plan="scale",
        stuck_step="First core action", completed_count=1, required_count=5, waiting_days=3,
        stuck_rank=1, started_on=date(2026, 10, 28))  # fmt: skip
    add(connection, "rpt_unused_entitlements", account_id="a9", feature_id="search",
        account_name=HOSTILE, feature_name="Search", mrr=526.5)  # fmt: skip


def revenue(connection):
    moved = {"new": "10.00", "reactivation": "0.00", "expansion": "5.50", "contraction": "1.25",
             "churn": "7.00", "fx": "-0.25"}  # fmt: skip
    for month_end, status in ((AS_OF, "ok"), (date(2026, 9, 30), "no_denominator")):
        value = 15.5 / 8.25 if status == "ok" else None
        add(connection, "rpt_revenue_months", month_end=month_end, mrr="107.00", arr="1284.00",
            arpa="53.50", opening="100.00", closing="107.00", **moved, paying_account_count=2,
            unknown_account_count=1, unvalued_account_count=1, nrr_12m=0.975, grr_12m=0.925,
            nrr_12m_status="ok", grr_12m_status="ok", quick_ratio_mrr=value,
            quick_ratio_mrr_status=status, nrr_1m_status="insufficient_n",
            grr_1m_status="insufficient_n", top_10_share=0.5, top_10_share_status="ok",
            hhi=0.0462)  # fmt: skip
    for period in ("month", "year"):
        for order, (step, amount) in enumerate(
            (("opening", "100.00"), ("churn", "-7.00"), ("not_known", "0.00"),
             ("closing", "107.00"))
        ):  # fmt: skip
            add(connection, "rpt_mrr_bridge", period=period, step=step, step_order=order,
                month_count=1, first_day=BEFORE, last_day=AS_OF, amount=amount, bar_from="0.00",
                bar_to="107.00")  # fmt: skip
    add(connection, "rpt_segment_revenue", dimension="all", segment="all", month_end=AS_OF,
        nrr_12m_status="ok", nrr_1m_status="insufficient_n", mrr="107.00", arpa="53.50",
        paying_account_count=2, nrr_12m=0.975, grr_12m=0.925)  # fmt: skip
    add(connection, "rpt_segment_revenue", dimension="plan", segment=HOSTILE, month_end=AS_OF,
        mrr="0.00", paying_account_count=0)  # fmt: skip
    add(connection, "rpt_excluded_revenue", currency="CHF", reason="no_rate", month_end=AS_OF,
        account_count=1, item_count=2, monthly_amount="70.00")  # fmt: skip
    add(connection, "rpt_mrr_movements", account_id="a4", account_name=HOSTILE, month_end=AS_OF,
        movement="churn", opening="7.00", change="-7.00", fx="0.00", closing="0.00",
        size_rank=1)  # fmt: skip
    add(connection, "rpt_lifetime_value", dimension="all", segment="all", term_months=1,
        contract_customer_count=5, valued_customer_count=4, valued_mrr="400.00",
        expected_value="8000.00", value_low="7000.00", value_high="9000.00",
        mean_value_first_year="1500.00", mean_value_later="2500.00", expected_months_new=15.25,
        expected_months_after_year=18.0, months_gained=2.75, months_gained_low=0.5,
        months_gained_high=4.0)  # fmt: skip
    add(
        connection,
        "rpt_lifetime_value",
        dimension="plan",
        segment=HOSTILE,
        term_months=12,
        contract_customer_count=1,
        valued_customer_count=0,
        reason="too few",
    )
    add(connection, "rpt_lost_revenue", lost_month_end=AS_OF, failure_mode="not_told",
        lost_customer_count=1, mrr_lost="7.00", median_detection_days=30.5)  # fmt: skip
    add(connection, "rpt_lost_revenue", lost_month_end=AS_OF, failure_mode="not_acted",
        lost_customer_count=1, median_detection_days=9.0, median_lead_days=9.0)  # fmt: skip
    add(connection, "rpt_customers_lost", account_id="a4", account_name=HOSTILE, size_band="mid",
        lost_on=AS_OF, decided_on=BEFORE, mrr_lost="7.00", failure_mode="not_told",
        first_seen_on=BEFORE - timedelta(days=30), first_sign="gone quiet", lead_days=None,
        recognition_days=None, detection_days=30, lost_rank=1)  # fmt: skip
    add(connection, "rpt_payments_past_due", account_id="a1", account_name="Ash", plan="growth",
        overdue_days=14, overdue_invoice_count=1, failed_attempt_count_90d=4,
        attempt_count_90d=6, is_customer=False)  # fmt: skip
    add(connection, "rpt_metric_scorecard", metric="payment_failure_rate_90d", unit="share",
        chapter="revenue",
        label="payments that fail", definition="Share of attempts.", direction="lower",
        status="ok", metric_value=0.0769, interval_low=0.052, interval_high=0.112,
        sample_size=312, metric_date=AS_OF)  # fmt: skip


def reliability(connection):
    for metric, value in (("session_error_rate_28d", 0.1121), ("page_load_p95_28d", 2.0198),
                          ("uptime_mean_28d", 0.99996), ("uptime_worst_28d", 0.9995)):  # fmt: skip
        add_trend(connection, "reliability", metric_date=AS_OF, metric=metric, status="ok",
            metric_value=value)  # fmt: skip
    add_trend(connection, "reliability", metric_date=AS_OF, status="immature",
        metric="error_budget_remaining_worst_30d")  # fmt: skip
    add(connection, "rpt_service_component_uptime", component_id="api", component_name=HOSTILE,
        component_group="application", objective=0.999, uptime_rate_28d=0.9738,
        downtime_minutes_28d=1055, downtime_minutes_30d=1055, budget_minutes_30d=43.2,
        budget_remaining_30d=-23.42, budget_burn_7d=25.6)  # fmt: skip
    add(connection, "rpt_service_component_uptime", component_id="new", component_name="new",
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
    add(connection, "rpt_health_by_outage_impact", exposure="felt downtime", exposure_band="none",
        band_order=1, account_count=169, lowest_value=0.0, highest_value=0.0,
        mean_other_score=78.59, mean_other_score_low=77.21,
        mean_other_score_high=79.96)  # fmt: skip
    add(connection, "rpt_health_by_outage_impact", exposure="felt downtime",
        exposure_band="more than most", band_order=3, account_count=2, lowest_value=18.3,
        highest_value=18.3, mean_other_score=82.2)  # fmt: skip


def sentiment(connection):
    for weeks in range(3):
        add_trend(connection, "sentiment", metric_date=AS_OF - timedelta(days=7 * weeks),
            metric="nps_90d", status="ok", metric_value=22.3 - weeks, interval_low=5.9,
            interval_high=38.8, sample_size=94)  # fmt: skip
    add(connection, "rpt_metric_scorecard", metric="nps_90d", label="net promoter score",
        chapter="satisfaction",
        definition="Promoters less detractors.", unit="points", direction="higher", status="ok",
        earlier_status="ok", metric_value=22.3404, earlier_value=15.5, change=6.8404,
        interval_low=5.8818, interval_high=38.7991, sample_size=94, metric_date=AS_OF,
        earlier_date=BEFORE)  # fmt: skip
    add(connection, "rpt_metric_scorecard", metric="csat_90d", label="satisfaction, surveys",
        chapter="satisfaction",
        definition="Positive answers.", unit="share", direction="higher",
        status="insufficient_n", metric_date=AS_OF)  # fmt: skip
    add(connection, "rpt_segment_nps", dimension="all", segment="all", status="ok", nps=22.3404,
        interval_low=5.8818, interval_high=38.7991, answer_count=94,
        newest_answer_date=BEFORE, wave_count=1)  # fmt: skip
    add(connection, "rpt_segment_nps", dimension="plan", segment=HOSTILE,
        status="insufficient_n", answer_count=3, newest_answer_date=BEFORE,
        wave_count=1)  # fmt: skip
    add(connection, "rpt_survey_topics", topic="bug", csat=0.5, csat_low=0.2152,
        csat_high=0.7848, csat_answers=8, nps_answers=0, ces_answers=1)  # fmt: skip
    add(connection, "rpt_survey_topics", topic=HOSTILE, csat=1.0, csat_low=0.2065,
        csat_high=1.0, csat_answers=1, nps_answers=0, ces_answers=0)  # fmt: skip
    add(connection, "rpt_usage_by_sentiment", usage_level="more", sentiment="detracting",
        account_count=1, mrr="34.20")  # fmt: skip
    add(connection, "rpt_usage_by_sentiment", usage_level="not known", sentiment="no answer",
        account_count=1, mrr=None)  # fmt: skip
    add(connection, "rpt_survey_nonresponders", account_id="a1", account_name=HOSTILE,
        csm_id="csm_1", band="at_risk", mrr="34.20", invites_365d=6, silent_rank=1,
        as_of_date=AS_OF)  # fmt: skip


def support(connection):
    for weeks in range(3):
        day = AS_OF - timedelta(days=7 * weeks)
        add_trend(connection, "support", metric_date=day, metric="backlog_tickets",
            status="ok", metric_value=26 - weeks)  # fmt: skip
        add_trend(connection, "support", metric_date=day, status="ok", metric_value=3.0909,
            metric="first_reply_hours_median_28d")  # fmt: skip
    add(connection, "rpt_metric_scorecard", metric="first_reply_hours_median_28d",
        label="time to first reply, median", definition="Median.", unit="hours",
        direction="lower", status="ok", earlier_status="immature", metric_value=3.0909,
        interval_low=2.5, interval_high=12.4, sample_size=68, metric_date=AS_OF)  # fmt: skip
    add(connection, "rpt_ticket_kinds", ticket_type="question", ticket_count=16,
        earlier_ticket_count=None)  # fmt: skip
    add(connection, "rpt_open_tickets", ticket_id="t1", account_id="a1", account_name=HOSTILE,
        status="new", priority="urgent", topic="bug", age_days=128.5676, mrr="34.20",
        ticket_rank=1, is_unreplied=True, is_overdue=True, created_date=BEFORE,
        as_of_date=AS_OF)  # fmt: skip
    add(connection, "rpt_source_coverage", source="support_tickets", status="present",
        feeds="support", row_count=468, file_count=7, first_date=BEFORE,
        last_date=AS_OF)  # fmt: skip


def quality(connection):
    add(connection, "fct_row_reconciliation", system="product", table_name="events",
        files_loaded=5, files_refused=0, files_replayed=0, lines_read=771885,
        rows_quarantined=1234, rows_loaded=770651, duplicates=0, rejected=0,
        later_than_as_of=0, rows_kept=770651, unaccounted=0)  # fmt: skip
    add(connection, "rpt_not_understood", finding_kind="refused_line", kind_order=2,
        system="product", table_name="events", column_name="all", finding="not valid JSON",
        row_count=1234, example_file="product/events/a.jsonl", example_line=70,
        meaning="Lines that no row could be made of", what_to_do="Mend them")  # fmt: skip
    add(connection, "rpt_not_understood", finding_kind="unknown_word", kind_order=4,
        system="billing", table_name="subscriptions", column_name="status", finding=HOSTILE,
        row_count=2, example_file="billing/subscriptions/a.csv", example_line=3,
        meaning="A word that nobody has explained", what_to_do="Explain it")  # fmt: skip
    add(connection, "rpt_data_warnings", stage="landing", subject="product.events",
        finding="context: unknown column", entry="all", row_count=3)  # fmt: skip
    add(connection, "rpt_data_warnings", stage="catalogue", subject="catalogue.plans",
        finding="plan that nobody has ever had", entry="platinum", entry_count=1,
        row_count=0)  # fmt: skip
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
    observed = "3 of 10 values are not: ticket_id=t_1 support/tickets/tickets-recovered.csv:1203"
    for severity, passed in checks:
        connection.execute(
            "insert into quality.expectation_results values ('raw', 'raw.billing_subscriptions', "
            "'between', 'score', ?, ?, ?, 'A refused file is a gap in the data.')",
            [severity, passed, observed],
        )
