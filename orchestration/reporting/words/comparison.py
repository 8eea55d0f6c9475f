"""Trends and what is set against what."""

from markupsafe import Markup

from orchestration.reporting.facts import Row
from orchestration.reporting.words.general import status

TRENDS = {
    "up": ("▲", "rising"),
    "down": ("▼", "falling"),
    "steady": ("=", "steady"),
    "not_assessable": ("○", "too few points"),
}
OUTCOMES = {
    "churn_42d": "Leaving within 42 days",
    "health_score": "Health score",
}


def no_association(row: Row) -> str:
    """Say why nothing can be set against an outcome: too few, or all of them had it."""
    everybody = row["account_count"] and row["outcome_count"] == row["account_count"]
    if everybody and row["outcome"] != "health_score":
        return "all of them left: there is nobody to compare with"
    return status(row["status"])


def trend(code: str) -> Markup:
    """Return a direction as icon and word; whether it is good the catalogue says, not the arrow."""
    icon, word = TRENDS.get(code, ("", code))
    return Markup('<span aria-hidden="true">{}</span> {}').format(icon, word)
