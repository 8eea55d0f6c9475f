"""Who stays."""

from orchestration.reporting.charts import Chart, draw
from orchestration.reporting.page import Page
from orchestration.reporting.words.general import FEWEST
from orchestration.reporting.words.retention import is_enough


def survival(page: Page) -> Chart | None:
    """Share of customers who stay, of all of them and by first plan."""
    values = [
        {
            "segment": "all customers" if row["dimension"] == "all" else row["segment"],
            "month": row["tenure_month"],
            "share": row["survival_rate"],
            "low": row["interval_low"],
            "high": row["interval_high"],
        }
        for row in page.tables["fct_survival"]
        if row["dimension"] in ("all", "plan") and is_enough(row)
    ]
    label = "Share of customers who stay beyond each month of tenure, of all and by first plan."
    return draw("survival", label, values)


def user_retention(page: Page) -> Chart | None:
    """Share of users who are active so many weeks after their first day."""
    values = [
        {
            "week": row["interval_number"],
            "share": row["retention_rate"],
            "low": row["interval_low"],
            "high": row["interval_high"],
        }
        for row in page.tables["rpt_cohort_retention_curves"]
        if row["entity"] == "user" and row["interval_number"] > 0 and row["cohort_size"] >= FEWEST
    ]
    label = "Share of new users who are active in each week after the one of their first day."
    return draw("user_retention", label, values)
