"""How well something ranked what happened: the figures of the track record, for any predictor.

The formulas are those of ``fct_health_backtest``, ``int_health_score_advantages`` and
``fct_health_band_outcomes``, written once more for predictors that no warehouse has judged: the
scores of an older build, and single components. A test holds the two to each other.
"""

from dataclasses import dataclass

import numpy as np

# Two-sided 95 % of the normal distribution.
Z = 1.959964
# As in the track record: with fewer accounts on either side an AUC is not shown.
FEWEST_ACCOUNTS = 20


@dataclass(frozen=True)
class Interval:
    """A figure with the ends of its 95 % interval, accounts being the units."""

    value: float
    low: float
    high: float


def area(value: np.ndarray, event: np.ndarray, account: np.ndarray) -> Interval | None:
    """Return the AUC of a predictor, the lower the worse; equals count half.

    Args:
        value: what was said, one number a row, none missing.
        event: 1 where it happened, else 0.
        account: the account of each row.

    Returns:
        None where fewer than 20 accounts had the outcome, or had a row without it. The interval
        is that of the log odds, so it stays within 0 and 1.

    """
    if _are_too_few(event, account):
        return None
    found, influence = _area_with_influence(value, event)
    if not 0 < found < 1:
        return Interval(found, found, found)
    error = _clustered_error(influence, account) / (found * (1 - found))
    odds = np.log(found / (1 - found))
    low, high = (1 / (1 + np.exp(-odds - side * Z * error)) for side in (-1, 1))
    return Interval(found, float(low), float(high))


def advantage(
    one: np.ndarray, other: np.ndarray, event: np.ndarray, account: np.ndarray
) -> Interval | None:
    """Return the AUC of one predictor less that of another on the same rows.

    The interval is that of the difference: what an account adds to both errors cancels.
    """
    if _are_too_few(event, account):
        return None
    first, of_first = _area_with_influence(one, event)
    second, of_second = _area_with_influence(other, event)
    error = Z * _clustered_error(of_first - of_second, account)
    return Interval(first - second, first - second - error, first - second + error)


def rate(event: np.ndarray, account: np.ndarray) -> Interval | None:
    """Return the share of rows with the outcome, with Wilson's interval for dependent rows.

    The interval is that of as many independent rows as have the variance of whole accounts; where
    all rows agree, that of one row an account. None without a row.
    """
    if len(event) == 0:
        return None
    share = float(event.mean())
    error = _clustered_error((event - share) / len(event), account)
    is_varied = 0 < share < 1 and error > 0
    trials = len(np.unique(account))
    if is_varied:
        trials = min(share * (1 - share) / error**2, len(event))
    middle = (share + Z * Z / (2 * trials)) / (1 + Z * Z / trials)
    reach = Z / (1 + Z * Z / trials) * np.sqrt(share * (1 - share) / trials + (Z / trials) ** 2 / 4)
    return Interval(share, float(max(middle - reach, 0)), float(min(middle + reach, 1)))


def _are_too_few(event: np.ndarray, account: np.ndarray) -> bool:
    return any(len(np.unique(account[event == side])) < FEWEST_ACCOUNTS for side in (0, 1))


def _area_with_influence(value: np.ndarray, event: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the AUC and what each row adds to its error."""
    values, place = np.unique(value, return_inverse=True)
    events = np.bincount(place, event, len(values))
    stays = np.bincount(place, 1 - event, len(values))
    event_count, stay_count = events.sum(), stays.sum()
    wins = (stay_count - np.cumsum(stays) + stays / 2)[place] / stay_count
    losses = (np.cumsum(events) - events / 2)[place] / event_count
    found = float((event * wins).sum() / event_count)
    influence = np.where(event == 1, (wins - found) / event_count, (losses - found) / stay_count)
    return found, influence


def _clustered_error(influence: np.ndarray, account: np.ndarray) -> float:
    """Return the standard error of a sum of influences when whole accounts are the units."""
    _, member = np.unique(account, return_inverse=True)
    sums = np.bincount(member, influence)
    if len(sums) < 2:
        return 0.0
    return float(np.sqrt((sums**2).sum() * len(sums) / (len(sums) - 1)))
