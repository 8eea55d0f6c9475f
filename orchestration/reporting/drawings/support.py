"""Tickets."""

from orchestration.reporting.charts import Chart, draw
from orchestration.reporting.drawings.series import measured
from orchestration.reporting.page import Page
from orchestration.reporting.words.support import REPLY_TIMES


def backlog(page: Page) -> Chart | None:
    """Unsolved tickets, week by week."""
    values = measured(page, "support_trend", {"backlog_tickets": "backlog"})
    label = "Tickets unsolved at the end of the day, week by week."
    return draw("backlog", label, values)


def reply_times(page: Page) -> Chart | None:
    """Median hours to the first reply and to the first solution."""
    values = measured(page, "support_trend", REPLY_TIMES)
    label = "Median hours to the first reply and to the first solution, week by week."
    return draw("reply_times", label, values)
