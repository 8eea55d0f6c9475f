"""Customers by band, and where points are lost."""

from orchestration.reporting.charts import Chart, draw
from orchestration.reporting.drawings.series import span
from orchestration.reporting.page import Page
from orchestration.reporting.words.general import BANDS


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
