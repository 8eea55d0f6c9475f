"""Who stays, and why others left."""

from orchestration.reporting.facts import Row
from orchestration.reporting.words.general import FEWEST


def is_enough(row: Row) -> bool:
    """Tell whether enough customers were watched up to here for a rate."""
    return row["fewest_at_risk_count"] >= FEWEST
