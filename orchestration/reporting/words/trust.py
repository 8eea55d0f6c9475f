"""How far the score and its bands can be trusted."""

from orchestration.reporting.facts import Row
from orchestration.reporting.words.general import status

LABELS = {
    "churn": "left",
    "silence": "went silent",
    "revenue_loss": "lost a fifth of their revenue or more",
    "non_renewal": "did not renew",
}
# What it is when the outcome did not come: the alarm was false.
GOOD_ENDS = {
    "churn": "stayed",
    "revenue_loss": "stayed, and kept four fifths of their revenue or more",
    "non_renewal": "renewed",
    "silence": "did not go silent",
}
VERDICTS = {
    "separable": "The bands differ by more than chance.",
    "in_order": "The bands are in order, but their intervals overlap: chance cannot be ruled out.",
    "not_in_order": "The bands are not in order: a lower band did not fare worse.",
    "insufficient_outcomes": "Too few outcomes for a judgement.",
    "one_band": "Only one band has outcomes, so there is nothing to compare.",
}
BEATS = {
    "yes": "the score is better",
    "no": "the score is worse",
    "cannot_tell": "cannot tell",
    "insufficient_outcomes": "too few outcomes to tell",
    "not_compared": "not compared",
}
DIRECTIONS = {
    "nothing_to_be_seen": "says nothing here",
    "against": "points the wrong way: look at its definition",
}
BASELINES = {
    "recency": "days since the last activity alone",
    "active_days_28d": "the active days of 28 alone",
    "active_days_90d": "the active days of 90 alone",
    "usage_trend": "the trend of usage alone",
    "csm_sentiment": "the judgement of customer success alone",
    "previous_version": "the version before",
}
RESTATEMENTS = {
    "as_published": "stand as published",
    "other_score": "have another score, in the same model",
    "other_band": "have another band",
    "other_model": "were scored by another model",
    "no_customer_any_more": "belong to no customer of that day any more",
    "all": "all",
}
CONFIDENCE = {"high": "high", "medium": "medium", "low": "low"}


def unused(row: Row) -> str:
    """Say why a component counts for nothing."""
    # It is measured, but by too few things or too long ago.
    measured = row["status"] in ("ok", "carried_forward")
    return "too few answers, or too old" if measured else status(row["status"])


def compared(rows: list[Row]) -> dict[str, str]:
    """Return the rules with which the score was compared at all, and what they are called."""
    absent = (None, "not_compared")
    return {
        rule: text
        for rule, text in BASELINES.items()
        if any(row[f"beats_{rule}"] not in absent for row in rows)
    }


def outcomes(rows: list[Row]) -> list[list[Row]]:
    """Group the bands of the outcome that leads by horizon, the shortest first."""
    led = [row for row in rows if row["is_leading"]]
    horizons = dict.fromkeys(row["horizon_days"] for row in led)
    return [[row for row in led if row["horizon_days"] == horizon] for horizon in horizons]
