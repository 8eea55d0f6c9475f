"""Errors, waiting and downtime."""

from collections.abc import Iterator
from typing import Any

from orchestration.reporting.charts import Chart, draw
from orchestration.reporting.page import Page
from orchestration.reporting.words.reliability import LATENCY, UPTIME


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
    for row in page.tables["reliability_trend"]:
        if row["metric"] in names and row["metric_value"] is not None:
            yield {
                "day": row["metric_date"].isoformat(),
                "metric": names[row["metric"]],
                "value": row["metric_value"],
            }
