"""What customers say."""

from orchestration.reporting.charts import Chart, draw
from orchestration.reporting.drawings.series import measured
from orchestration.reporting.page import Page
from orchestration.reporting.tables import MAIN_DIMENSIONS
from orchestration.reporting.words.general import DIMENSIONS, plain
from orchestration.reporting.words.sentiment import CSAT_TREND


def nps_trend(page: Page) -> Chart | None:
    """Net promoter score, week by week, with its interval."""
    values = measured(page, "sentiment_trend", {"nps_90d": "net promoter score"})
    label = "Net promoter score of 90 days with its 95% interval, week by week."
    return draw("nps_trend", label, values)


def csat_trend(page: Page) -> Chart | None:
    """Shares of satisfied answers, week by week, each with its interval."""
    values = measured(page, "sentiment_trend", CSAT_TREND)
    label = "Share of satisfied answers of 90 days with its 95% interval, week by week."
    return draw("csat_trend", label, values)


def nps_segments(page: Page) -> Chart | None:
    """Net promoter score by segment with its interval."""
    values = [
        {
            "dimension": DIMENSIONS.get(row["dimension"], row["dimension"]),
            "segment": plain(row["segment"]),
            "score": row["nps"],
            "low": row["interval_low"],
            "high": row["interval_high"],
        }
        for row in page.tables["rpt_segment_nps"]
        if row["dimension"] in MAIN_DIMENSIONS and row["nps"] is not None
    ]
    label = "Net promoter score by segment, each with its 95% interval."
    return draw("nps_segments", label, values)
