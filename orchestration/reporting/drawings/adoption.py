"""Features in use."""

from orchestration.reporting.charts import Chart, draw
from orchestration.reporting.drawings.series import span
from orchestration.reporting.page import Page
from orchestration.reporting.words.adoption import ADOPTION
from orchestration.reporting.words.general import FEWEST


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
        for row in page.tables["adoption_trend"]
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
