"""Which charts there are: for each its rows and the sentence that is read out.

What is not here: how a chart looks, which is its file in ``charts/``.
"""

from orchestration.reporting.charts import Chart
from orchestration.reporting.drawings.bands import bands
from orchestration.reporting.drawings.bridges import revenue_bridge, score_bridge
from orchestration.reporting.page import Page


def drawings(page: Page) -> dict[str, Chart | None]:
    """Draw every chart of the report."""
    return {
        "bands": bands(page),
        "score_bridge": score_bridge(page),
        "revenue_bridge": revenue_bridge(page),
    }
