"""Rows that several charts draw."""

from typing import Any

from orchestration.reporting.facts import Row
from orchestration.reporting.formats import day
from orchestration.reporting.page import Page


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


def span(rows: list[Row], column: str) -> str:
    """Name the first and the last day."""
    if not rows:
        return ""
    return f" from {day(rows[0][column])} to {day(rows[-1][column])}"
