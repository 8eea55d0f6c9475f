"""What moved revenue and what moved the mean score: bars that sum to the change."""

from orchestration.reporting.charts import Chart, draw
from orchestration.reporting.formats import compact, day
from orchestration.reporting.page import Page
from orchestration.reporting.words.changes import BRIEF_CAUSES, THEIR_DOING
from orchestration.reporting.words.revenue import BRIDGE

ENDS = ("opening", "closing")


def revenue_bridge(page: Page) -> Chart | None:
    """Draw revenue from before to after, step by step; a step of nothing is left out."""
    rows = [
        row
        for row in page.tables["rpt_mrr_bridge"]
        if row["amount"] is not None and (row["amount"] or row["step"] in ENDS)
    ]
    values = [
        {
            "step": BRIDGE[row["step"]],
            "order": row["step_order"],
            "from": float(row["bar_from"]),
            "to": float(row["bar_to"]),
            "top": float(max(row["bar_from"], row["bar_to"])),
            "kind": "whole" if row["step"] in ENDS else "takes" if row["amount"] < 0 else "brings",
            "text": compact(float(row["amount"]), signed=row["step"] not in ENDS),
        }
        for row in rows
    ]
    days = f" from {day(rows[0]['first_day'])} to {day(rows[0]['last_day'])}" if rows else ""
    return draw(
        "revenue_bridge",
        f"Recurring revenue before and after, and what moved it{days}.",
        values,
    )


def score_bridge(page: Page) -> Chart | None:
    """Draw the points that each cause brought or cost; they sum to the whole change."""
    causes = {row["cause"]: row for row in reversed(page.tables["rpt_segment_change_causes"])}
    values = [
        {
            "cause": BRIEF_CAUSES[cause],
            "points": causes[cause]["cause_effect"],
            "kind": "done" if cause in THEIR_DOING else "other",
        }
        for cause in BRIEF_CAUSES
        if cause in causes
    ]
    if values:
        whole = next(iter(causes.values()))["mean_score_change"]
        values.append({"cause": "the whole change", "points": whole, "kind": "whole"})
    label = (
        "Points that each cause brought or cost the mean score in 28 days. They sum to the whole"
        " change."
    )
    return draw("score_bridge", label, values)
