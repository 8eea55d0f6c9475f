"""Users, week by week."""

from collections.abc import Iterator
from typing import Any

from orchestration.reporting.charts import Chart, draw
from orchestration.reporting.page import Page
from orchestration.reporting.words.activity import ACTIVITY, LIFECYCLE


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


def activity(page: Page, *metrics: str) -> Iterator[dict[str, Any]]:
    """Return the measured days of metrics; days that cannot be measured leave a gap."""
    for row in page.tables["activity_trend"]:
        if row["metric"] in metrics and row["metric_value"] is not None:
            yield {
                "day": row["metric_date"].isoformat(),
                "metric": row["metric"],
                "value": row["metric_value"],
            }
