"""What moved the mean score: one bar for each cause, which sum to the change."""

from orchestration.reporting.charts import Chart, draw
from orchestration.reporting.page import Page
from orchestration.reporting.words.changes import CAUSES, behaviour, other_causes


def change_causes(page: Page) -> Chart | None:
    """Points that each component and each other cause brought or cost in 28 days."""
    rows = page.tables["rpt_segment_change_causes"]
    bars = [(row["label"], row["effect"], "done") for row in behaviour(rows)]
    bars += [(CAUSES[row["cause"]], row["cause_effect"], "other") for row in other_causes(rows)]
    if rows:
        bars.append((CAUSES["all"], rows[0]["mean_score_change"], "whole"))
    values = [{"cause": cause, "points": effect, "kind": kind} for cause, effect, kind in bars]
    label = (
        "Points that each component and each other cause brought or cost the mean score in 28"
        " days. They sum to the whole change."
    )
    return draw("change_causes", label, values)
