"""Which charts the page has: for each its rows and the sentence that is read out.

What is not here: how a chart looks, which is its file in ``charts/``.
"""

from orchestration.reporting.charts import Chart
from orchestration.reporting.drawings.activity import (
    active_users,
    lifecycle,
    session_length,
    stickiness,
)
from orchestration.reporting.drawings.adoption import adoption_trend, feature_adoption
from orchestration.reporting.drawings.bands import band_trend, component_losses
from orchestration.reporting.drawings.changes import change_causes
from orchestration.reporting.drawings.reliability import latency, session_errors, uptime
from orchestration.reporting.drawings.retention import survival, user_retention
from orchestration.reporting.drawings.revenue import mrr_bridge, revenue_retention
from orchestration.reporting.drawings.segments import segment_components, segment_intervals
from orchestration.reporting.drawings.sentiment import csat_trend, nps_segments, nps_trend
from orchestration.reporting.drawings.support import backlog, reply_times
from orchestration.reporting.page import Page


def drawings(page: Page) -> dict[str, Chart | None]:
    """Draw every chart of the page."""
    return {
        "band_trend": band_trend(page),
        "component_losses": component_losses(page),
        "change_causes": change_causes(page),
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
