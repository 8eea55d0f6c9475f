"""Trends and what is set against what."""

from markupsafe import Markup

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


def trend(code: str) -> Markup:
    """Return a direction as icon and word; whether it is good the catalogue says, not the arrow."""
    icon, word = TRENDS.get(code, ("", code))
    return Markup('<span aria-hidden="true">{}</span> {}').format(icon, word)
