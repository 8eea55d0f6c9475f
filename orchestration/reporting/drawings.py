"""Which charts the page has: for each its rows and the sentence that is read out.

What is not here: how a chart looks, which is its file in ``charts/``.
"""

from collections.abc import Iterator
from typing import Any

from orchestration.reporting.charts import Chart, draw
from orchestration.reporting.facts import Row
from orchestration.reporting.formats import day, number
from orchestration.reporting.page import Page
from orchestration.reporting.words import (
    ACTIVITY,
    ADOPTION,
    BANDS,
    BRIDGE,
    CSAT_TREND,
    DIMENSIONS,
    FEWEST,
    LATENCY,
    LIFECYCLE,
    REPLY_TIMES,
    REVENUE_KEPT,
    UPTIME,
    dimension,
    is_enough,
    plain,
)


def drawings(page: Page) -> dict[str, Chart | None]:
    """Draw every chart of the page."""
    return {
        "band_trend": band_trend(page),
        "component_losses": component_losses(page),
        "segment_intervals": segment_intervals(page),
        "segment_components": segment_components(page),
        "active_users": active_users(page),
        "stickiness": stickiness(page),
        "session_length": session_length(page),
        "lifecycle": lifecycle(page),
        "survival": survival(page),
        "user_retention": user_retention(page),
        "feature_adoption": feature_adoption(page),
        "adoption_trend": adoption_trend(page),
        "mrr_bridge": mrr_bridge(page),
        "revenue_retention": revenue_retention(page),
        "session_errors": session_errors(page),
        "latency": latency(page),
        "uptime": uptime(page),
        "nps_trend": nps_trend(page),
        "csat_trend": csat_trend(page),
        "nps_segments": nps_segments(page),
        "backlog": backlog(page),
        "reply_times": reply_times(page),
    }


def band_trend(page: Page) -> Chart | None:
    """Accounts by band, week by week."""
    rows = page.tables["rpt_health_trend"]
    values = [
        {
            "day": row["score_date"].isoformat(),
            "band": BANDS[row["band"]][1],
            "accounts": row["account_count"],
        }
        for row in rows
        if row["band"] != "not_scored"
    ]
    label = f"Customers by band{span(rows, 'score_date')}, week by week."
    return draw("band_trend", label, values)


def component_losses(page: Page) -> Chart | None:
    """Points lost by component, the greatest loss first."""
    rows = [row for row in page.tables["rpt_component_losses"] if row["measured_account_count"]]
    values = [{"component": row["label"], "points": float(row["mean_points_lost"])} for row in rows]
    label = "Mean points lost by component of the score, the greatest loss first."
    return draw("component_losses", label, values)


def segment_intervals(page: Page) -> Chart | None:
    """Share at risk by segment with its interval."""
    rows = [
        row for row in page.tables["rpt_segment_health"] if row["scored_account_count"] >= FEWEST
    ]
    values = [
        {
            "dimension": DIMENSIONS.get(row["dimension"], row["dimension"]),
            "segment": plain(row["segment"]),
            "share": row["at_risk_rate"],
            "low": max(row["at_risk_rate_low"], 0.0),
            "high": row["at_risk_rate_high"],
        }
        for row in rows
    ]
    label = "Share of scored customers at risk by segment, each with its 95 % interval."
    return draw("segment_intervals", label, values)


def segment_components(page: Page) -> Chart | None:
    """Mean component scores by segment, those of too few customers left out."""
    values = [
        {
            # A column of one cell has no room for more.
            "dimension": "All" if row["dimension"] == "all" else dimension(row["dimension"]),
            "segment": plain(row["segment"]),
            "component": row["label"],
            "score": row["mean_component_score"],
        }
        for row in page.tables["rpt_segment_components"]
        if row["measured_account_count"] >= FEWEST
    ]
    label = "Mean score of each component of the health score by segment, from 0 to 100."
    return draw("segment_components", label, values)


def active_users(page: Page) -> Chart | None:
    """Weekly and 28-day active users."""
    values = [{**value, "metric": ACTIVITY[value["metric"]]} for value in activity(page, *ACTIVITY)]
    label = "Users active in seven days and in 28 days, week by week."
    return draw("active_users", label, values)


def stickiness(page: Page) -> Chart | None:
    """Mean daily users over the users of 28 days."""
    label = "Stickiness: mean daily users over the users of the same 28 days, week by week."
    return draw("stickiness", label, activity(page, "stickiness_28d"))


def session_length(page: Page) -> Chart | None:
    """Median length of a session, in minutes for the axis."""
    values = activity(page, "session_seconds_median_28d")
    label = "Median session length over 28 days in seconds, week by week."
    return draw("session_length", label, values)


def lifecycle(page: Page) -> Chart | None:
    """Users of each week: new, returning, resurrected and dormant."""
    values = [
        {"day": row["period_start"].isoformat(), "kind": word, "users": row[column]}
        for row in page.tables["rpt_lifecycle_trend"]
        for column, word in LIFECYCLE.items()
        if row[column] is not None
    ]
    label = "Users who were new, returned, came back or went quiet, by week."
    return draw("lifecycle", label, values)


def survival(page: Page) -> Chart | None:
    """Share of customers who stay, of all of them and by first plan."""
    values = [
        {
            "segment": "all customers" if row["dimension"] == "all" else row["segment"],
            "month": row["tenure_month"],
            "share": row["survival_rate"],
            "low": row["interval_low"],
            "high": row["interval_high"],
        }
        for row in page.tables["rpt_survival"]
        if row["dimension"] in ("all", "plan") and is_enough(row)
    ]
    label = "Share of customers who stay beyond each month of tenure, of all and by first plan."
    return draw("survival", label, values)


def user_retention(page: Page) -> Chart | None:
    """Share of users who are active so many weeks after their first day."""
    values = [
        {
            "week": row["interval_number"],
            "share": row["retention_rate"],
            "low": row["interval_low"],
            "high": row["interval_high"],
        }
        for row in page.tables["rpt_cohort_retention_curves"]
        if row["entity"] == "user" and row["interval_number"] > 0 and row["cohort_size"] >= FEWEST
    ]
    label = "Share of new users who are active in each week after the one of their first day."
    return draw("user_retention", label, values)


def feature_adoption(page: Page) -> Chart | None:
    """Adoption by feature, the most adopted first."""
    values = [
        {
            "feature": row["feature_name"] or row["feature_id"],
            "share": row["user_adoption_rate"],
            "low": row["user_adoption_rate_low"],
            "high": row["user_adoption_rate_high"],
        }
        for row in page.tables["rpt_features"]
        if row["user_adoption_rate"] is not None and row["eligible_active_user_count"] >= FEWEST
    ]
    label = "Share of eligible active users who adopted each feature, the most adopted first."
    return draw("feature_adoption", label, values)


def adoption_trend(page: Page) -> Chart | None:
    """Breadth, adoption by users and habit, week by week."""
    rows = [
        row
        for row in page.tables["rpt_adoption_trend"]
        if row["metric"] in ADOPTION and row["metric_value"] is not None
    ]
    values = [
        {
            "day": row["metric_date"].isoformat(),
            "metric": ADOPTION[row["metric"]],
            "value": row["metric_value"],
        }
        for row in rows
    ]
    label = f"Breadth, adoption by users and habit{span(rows, 'metric_date')}, week by week."
    return draw("adoption_trend", label, values)


def mrr_bridge(page: Page) -> Chart | None:
    """Revenue from opening to closing, step by step; a step that takes off is drawn lighter."""
    rows = [
        row
        for row in page.tables["rpt_mrr_bridge"]
        if row["period"] == "year"
        and row["amount"] is not None
        and (row["amount"] or row["step"] != "not_known")
    ]
    values = [
        {
            "step": BRIDGE[row["step"]],
            "order": row["step_order"],
            "from": float(row["bar_from"]),
            "to": float(row["bar_to"]),
            "top": float(max(row["bar_from"], row["bar_to"])),
            "takes": row["amount"] < 0,
            "text": number(float(row["amount"]), signed=row["step"] not in ("opening", "closing")),
        }
        for row in rows
    ]
    months = f" from {day(rows[0]['first_day'])} to {day(rows[0]['last_day'])}" if rows else ""
    label = f"Recurring revenue before and after, and what moved it,{months}."
    return draw("mrr_bridge", label, values)


def revenue_retention(page: Page) -> Chart | None:
    """Net and gross retention over twelve months, month by month."""
    values = [
        {"day": row["month_end"].isoformat(), "metric": word, "value": row[metric]}
        for row in reversed(page.tables["rpt_revenue_months"])
        for metric, word in REVENUE_KEPT.items()
        if row[metric] is not None
    ]
    label = "Net and gross revenue retention over twelve months, month by month."
    return draw("revenue_retention", label, values)


def session_errors(page: Page) -> Chart | None:
    """Share of sessions with an error."""
    label = "Share of sessions with a visible error over 28 days, week by week."
    return draw("session_errors", label, reliability(page, {"session_error_rate_28d": ""}))


def latency(page: Page) -> Chart | None:
    """95th percentile of page loads and calls of the API."""
    label = "95th percentile of page loads and of calls of the API over 28 days, in seconds."
    return draw("latency", label, reliability(page, LATENCY))


def uptime(page: Page) -> Chart | None:
    """Uptime of the mean and of the worst component."""
    label = "Uptime over 28 days: mean of the components, and the worst of them, week by week."
    return draw("uptime", label, reliability(page, UPTIME))


def reliability(page: Page, names: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Return the measured weeks of reliability metrics under the names of the chart."""
    for row in page.tables["rpt_reliability_trend"]:
        if row["metric"] in names and row["metric_value"] is not None:
            yield {
                "day": row["metric_date"].isoformat(),
                "metric": names[row["metric"]],
                "value": row["metric_value"],
            }


def nps_trend(page: Page) -> Chart | None:
    """Net promoter score, week by week, with its interval."""
    values = measured(page, "rpt_sentiment_trend", {"nps_90d": "net promoter score"})
    label = "Net promoter score of 90 days with its 95 % interval, week by week."
    return draw("nps_trend", label, values)


def csat_trend(page: Page) -> Chart | None:
    """Shares of satisfied answers, week by week, each with its interval."""
    values = measured(page, "rpt_sentiment_trend", CSAT_TREND)
    label = "Share of satisfied answers of 90 days with its 95 % interval, week by week."
    return draw("csat_trend", label, values)


def nps_segments(page: Page) -> Chart | None:
    """Net promoter score by segment with its interval."""
    values = [
        {
            "dimension": DIMENSIONS.get(row["dimension"], row["dimension"]),
            "segment": row["segment"],
            "score": row["nps"],
            "low": row["interval_low"],
            "high": row["interval_high"],
        }
        for row in page.tables["rpt_segment_nps"]
        if row["nps"] is not None
    ]
    label = "Net promoter score by segment, each with its 95 % interval."
    return draw("nps_segments", label, values)


def backlog(page: Page) -> Chart | None:
    """Unsolved tickets, week by week."""
    values = measured(page, "rpt_support_trend", {"backlog_tickets": "backlog"})
    label = "Tickets unsolved at the end of the day, week by week."
    return draw("backlog", label, values)


def reply_times(page: Page) -> Chart | None:
    """Median hours to the first reply and to the first solution."""
    values = measured(page, "rpt_support_trend", REPLY_TIMES)
    label = "Median hours to the first reply and to the first solution, week by week."
    return draw("reply_times", label, values)


def measured(page: Page, table: str, metrics: dict[str, str]) -> list[dict[str, Any]]:
    """Return the measured days of metrics by name; days that are not measured leave a gap."""
    return [
        {
            "day": row["metric_date"].isoformat(),
            "metric": metrics[row["metric"]],
            "value": row["metric_value"],
            "low": row["interval_low"],
            "high": row["interval_high"],
        }
        for row in page.tables[table]
        if row["metric"] in metrics and row["metric_value"] is not None
    ]


def activity(page: Page, *metrics: str) -> Iterator[dict[str, Any]]:
    """Return the measured days of metrics; days that cannot be measured leave a gap."""
    for row in page.tables["rpt_activity_trend"]:
        if row["metric"] in metrics and row["metric_value"] is not None:
            yield {
                "day": row["metric_date"].isoformat(),
                "metric": row["metric"],
                "value": row["metric_value"],
            }


def span(rows: list[Row], column: str) -> str:
    """Name the first and the last day."""
    if not rows:
        return ""
    return f" from {day(rows[0][column])} to {day(rows[-1][column])}"
