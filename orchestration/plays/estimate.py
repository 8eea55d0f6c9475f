"""One estimate with its uncertainty, by accounts.

An account may be looked at many times, so variances are those of sums over accounts (clusters);
counting rows instead would make intervals less than half as wide as they should be.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

CONFIDENCE = 0.95
POWER = 0.8
HALF_WIDTH = float(ndtri(0.5 + CONFIDENCE / 2))
# A true effect of as many standard errors is found with this power at this confidence.
DETECTABLE = HALF_WIDTH + float(ndtri(POWER))


@dataclass(frozen=True)
class Estimate:
    """An effect: what those who got the play have more than those who did not.

    Attributes:
        value: the effect, in the unit of the outcome.
        error: its standard error, by accounts.
        treated: mean outcome of those who got it.
        control: what it would have been without, by this method.
    """

    value: float
    error: float
    treated: float
    control: float

    @property
    def low(self) -> float:
        """Return the lower end of the 95 % interval."""
        return self.value - HALF_WIDTH * self.error

    @property
    def high(self) -> float:
        """Return the upper end of the 95 % interval."""
        return self.value + HALF_WIDTH * self.error

    @property
    def p_value(self) -> float:
        """Return the two-sided probability of so large a value if there were no effect."""
        if self.error == 0:
            return 1.0 if self.value == 0 else 0.0
        return float(2 * ndtr(-abs(self.value) / self.error))

    @property
    def smallest_detectable(self) -> float:
        """Return the true effect that as many accounts would show four times of five."""
        return DETECTABLE * self.error


def clustered_error(influence: np.ndarray, accounts: np.ndarray) -> float:
    """Return the standard error of an estimate that is a sum of influences.

    Args:
        influence: what each row adds to the estimate's deviation, shaped (rows,).
        accounts: number of the account of each row, shaped (rows,).
    """
    _, place = np.unique(accounts, return_inverse=True)
    sums = np.bincount(place, influence)
    count = len(sums)
    if count < 2:
        return float("nan")
    return float(np.sqrt(np.sum(sums**2) * count / (count - 1)))


def difference(
    outcome: np.ndarray,
    is_treated: np.ndarray,
    accounts: np.ndarray,
    weights: np.ndarray | None = None,
) -> Estimate:
    """Return the difference of two means, with its error by accounts.

    Args:
        outcome: of each row, shaped (rows,).
        is_treated: which rows got the play, shaped (rows,).
        accounts: number of the account of each row.
        weights: of each row within its group; equal ones if left out. They are taken as given.
    """
    weights = np.ones(len(outcome)) if weights is None else weights
    share = {
        arm: weights * (is_treated == arm) / np.sum(weights[is_treated == arm])
        for arm in (True, False)
    }
    treated, control = (float(np.sum(share[arm] * outcome)) for arm in (True, False))
    influence = share[True] * (outcome - treated) - share[False] * (outcome - control)
    value = treated - control
    return Estimate(value, clustered_error(influence, accounts), treated, control)


def adjusted_difference(
    outcome: np.ndarray, before: np.ndarray, is_treated: np.ndarray, accounts: np.ndarray
) -> Estimate:
    """Return the difference of two drawn groups, less what their past already explains.

    Deng, Xu, Kohavi and Walker (2013), CUPED: the outcome less its regression on the same measure
    from before. It is right for groups that were drawn by lot, whatever the regression is.
    """
    centred = before - np.mean(before)
    spread = np.sum(centred**2)
    slope = float(np.sum(centred * outcome) / spread) if spread > 0 else 0.0
    return difference(outcome - slope * centred, is_treated, accounts)


def holm(p_values: np.ndarray) -> np.ndarray:
    """Return p values that hold for all questions together (Holm 1979), in the order given."""
    order = np.argsort(p_values, kind="stable")
    raised = p_values[order] * (len(p_values) - np.arange(len(p_values)))
    together = np.minimum(np.maximum.accumulate(raised), 1.0)
    result = np.empty(len(p_values))
    result[order] = together
    return result
