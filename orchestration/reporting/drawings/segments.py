"""Segments beside each other."""

from orchestration.reporting.charts import Chart, draw
from orchestration.reporting.page import Page
from orchestration.reporting.tables import MAIN_DIMENSIONS
from orchestration.reporting.words.general import DIMENSIONS, FEWEST, dimension, plain


def segment_intervals(page: Page) -> Chart | None:
    """Share at risk by segment with its interval."""
    rows = [
        row
        for row in page.tables["rpt_segment_health"]
        if row["dimension"] in MAIN_DIMENSIONS and row["scored_account_count"] >= FEWEST
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
    label = "Share of scored customers at risk by segment, each with its 95% interval."
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
