"""Customers by band over time: all bands on one scale, or each on a scale of its own."""

from typing import Any

from orchestration.reporting.charts import Chart, draw
from orchestration.reporting.drawings.series import span
from orchestration.reporting.facts import Row
from orchestration.reporting.formats import number
from orchestration.reporting.page import Page
from orchestration.reporting.words.general import BAND_ORDER, BANDS


def bands(page: Page) -> Chart | None:
    """Draw customers by band, one upon the other, with the last count at their end."""
    return draw("bands", _label(page), _values(page))


def band_trend(page: Page) -> Chart | None:
    """Draw customers by band, each on a scale of its own."""
    return draw("band_trend", _label(page), _values(page))


def _values(page: Page) -> list[dict[str, Any]]:
    rows = _scored(page)
    last = max((row["score_date"] for row in rows), default=None)
    return [
        {
            "day": row["score_date"].isoformat(),
            "band": BANDS[row["band"]][1],
            "order": BAND_ORDER.index(row["band"]),
            "accounts": row["account_count"],
            "last": row["score_date"] == last,
            "text": f"{number(row['account_count'])} {BANDS[row['band']][1]}",
        }
        for row in rows
    ]


def _scored(page: Page) -> list[Row]:
    """Return the bands of the days with a score: without any, nobody knows who was at risk."""
    rows = [row for row in page.tables["rpt_health_trend"] if row["band"] != "not_scored"]
    days = {row["score_date"] for row in rows if row["account_count"]}
    return [row for row in rows if row["score_date"] in days]


def _label(page: Page) -> str:
    days = span(_scored(page), "score_date")
    return f"Customers by band{days}, week by week."
