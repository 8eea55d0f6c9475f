"""What moved revenue, and how much of it is kept."""

from orchestration.reporting.charts import Chart, draw
from orchestration.reporting.formats import compact, day
from orchestration.reporting.page import Page
from orchestration.reporting.words.revenue import BRIDGE, REVENUE_KEPT


def mrr_bridge(page: Page) -> Chart | None:
    """Revenue from opening to closing, step by step; a step that takes off is drawn lighter."""
    rows = [
        row
        for row in page.tables["rpt_mrr_bridge"]
        if row["period"] == "year"
        and row["amount"] is not None
        and (row["amount"] or row["step"] != "not_known")
    ]
    values = [
        {
            "step": BRIDGE[row["step"]],
            "order": row["step_order"],
            "from": float(row["bar_from"]),
            "to": float(row["bar_to"]),
            "top": float(max(row["bar_from"], row["bar_to"])),
            "takes": row["amount"] < 0,
            "text": compact(float(row["amount"]), signed=row["step"] not in ("opening", "closing")),
        }
        for row in rows
    ]
    months = f" from {day(rows[0]['first_day'])} to {day(rows[0]['last_day'])}" if rows else ""
    label = f"Recurring revenue before and after, and what moved it,{months}."
    return draw("mrr_bridge", label, values)


def revenue_retention(page: Page) -> Chart | None:
    """Net and gross retention over twelve months, month by month."""
    values = [
        {"day": row["month_end"].isoformat(), "metric": word, "value": row[metric]}
        for row in reversed(page.tables["rpt_revenue_months"])
        for metric, word in REVENUE_KEPT.items()
        if row[metric] is not None
    ]
    label = "Net and gross revenue retention over twelve months, month by month."
    return draw("revenue_retention", label, values)
