"""Who stays, and why others left."""

from orchestration.reporting.facts import Row
from orchestration.reporting.words.general import FEWEST

# Columns of the retention table: heading and kind of number.
RETENTION = {
    "logo_churn_rate": ("customers lost", "share"),
    "early_churn_rate": ("lost in their first 90 days", "share"),
    "resurrected_customers": ("customers who came back", "count"),
    "grr_churn": ("revenue lost", "share"),
    "nrr_churn": ("net loss of revenue", "share"),
    "renewal_rate_logo": ("contracts renewed", "share"),
    "renewal_rate_value": ("revenue renewed", "share"),
    "save_rate": ("cancel requests taken back", "share"),
}
# Months of tenure at which survival is written out.
TENURES = (3, 6, 12, 24)
TENURE_BANDS = {
    "under 3 months": "under 3 months",
    "3 to 5 months": "3 to 5",
    "6 to 11 months": "6 to 11",
    "12 to 23 months": "12 to 23",
    "24 months and more": "24 and more",
    "all": "all",
}


def months_shown(rows: list[Row]) -> range:
    """Return the months after the start that any cohort has begun."""
    return range(max(row["interval_number"] for row in rows) + 1)


def is_enough(row: Row) -> bool:
    """Tell whether enough customers were watched up to here for a rate."""
    return row["fewest_at_risk_count"] >= FEWEST


def by_reason(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    """Group churns by reason, the commonest first and the sums last."""
    counts = {
        (row["reason_kind"], row["reason"]): row["churn_count"]
        for row in rows
        if row["tenure_band"] == "all"
    }
    order = sorted(counts, key=lambda pair: (pair[0] == "all", -counts[pair], pair))
    return [
        (reason, [row for row in rows if (row["reason_kind"], row["reason"]) == (kind, reason)])
        for kind, reason in order
    ]
