"""What is judged of a model, and the figures that say how good it was.

What is not here: how they are worked out, which is ``figures``.
"""

from dataclasses import dataclass, fields

import numpy as np

# Fewest accounts with the outcome, and without, for a figure of a slice.
NEEDED = 20
NONE = float("nan")


@dataclass(frozen=True)
class Judged:
    """Rows that are judged, each by what had not seen it.

    Attributes:
        probability: of the outcome, as the model said.
        event: 1 where it came.
        account: number of each row's account.
        accounts: how many numbers there are.
        monday: of each row.
        rules: what the plainest rules say, the lower the worse; NaN where a rule says nothing.
        rate_of_score: the rate of the health score by what was known before; NaN without one.
    """

    probability: np.ndarray
    event: np.ndarray
    account: np.ndarray
    accounts: int
    monday: np.ndarray
    rules: dict[str, np.ndarray]
    rate_of_score: np.ndarray

    def where(self, chosen: np.ndarray) -> "Judged":
        """Return the rows that are chosen."""
        rules = {name: values[chosen] for name, values in self.rules.items()}
        return Judged(
            self.probability[chosen],
            self.event[chosen],
            self.account[chosen],
            self.accounts,
            self.monday[chosen],
            rules,
            self.rate_of_score[chosen],
        )

    @property
    def event_accounts(self) -> int:
        """Return how many accounts had the outcome."""
        return len(np.unique(self.account[self.event == 1]))

    @property
    def is_enough(self) -> bool:
        """Return whether enough accounts had it, and had it not, for a figure."""
        without = len(np.unique(self.account[self.event == 0]))
        return min(self.event_accounts, without) >= NEEDED


@dataclass(frozen=True)
class Figures:
    """Figures of a slice; NaN where too few had the outcome."""

    row_count: int
    account_count: int
    event_account_count: int
    mean_probability: float
    outcome_rate: float
    outcome_rate_low: float = NONE
    outcome_rate_high: float = NONE
    auc: float = NONE
    auc_low: float = NONE
    auc_high: float = NONE
    average_precision: float = NONE
    average_precision_low: float = NONE
    average_precision_high: float = NONE
    lift: float = NONE
    lift_low: float = NONE
    lift_high: float = NONE
    capture_rate: float = NONE
    brier: float = NONE
    brier_low: float = NONE
    brier_high: float = NONE
    brier_of_rate: float = NONE
    brier_of_score_rate: float = NONE
    calibration_slope: float = NONE
    calibration_slope_low: float = NONE
    calibration_slope_high: float = NONE
    calibration_intercept: float = NONE
    recency_auc: float = NONE
    gain_over_recency: float = NONE
    gain_over_recency_low: float = NONE
    gain_over_recency_high: float = NONE
    usage_trend_auc: float = NONE
    gain_over_usage_trend: float = NONE
    gain_over_usage_trend_low: float = NONE
    gain_over_usage_trend_high: float = NONE
    health_score_auc: float = NONE
    gain_over_health_score: float = NONE
    gain_over_health_score_low: float = NONE
    gain_over_health_score_high: float = NONE


FIGURES = tuple(field.name for field in fields(Figures))
