"""The AUC of a score and its error, by accounts, as ``macros/clustered_areas.sql`` has it.

An account stands in many rows, which depend on each other, so the accounts are the independent
units (Obuchowski 1997; DeLong and others 1988 where every account has one row).
"""

from dataclasses import dataclass

import numpy as np

QUANTILE = 1.959964


@dataclass(frozen=True)
class Area:
    """An AUC, and what each account adds to its error.

    Attributes:
        area: probability that an event had the lower score of a pair; equals count half.
        influence: of each account, by its number; zero for accounts without a row.
    """

    area: float
    influence: np.ndarray

    @property
    def interval(self) -> tuple[float, float]:
        """Return the 95 % interval on the scale of log odds; at 0 and 1 there is none."""
        if not 0 < self.area < 1:
            return self.area, self.area
        middle = np.log(self.area / (1 - self.area))
        reach = QUANTILE * _error(self.influence) / (self.area * (1 - self.area))
        low, high = 1 / (1 + np.exp(-(middle + reach * np.array([-1, 1]))))
        return float(low), float(high)


def area_of(score: np.ndarray, event: np.ndarray, account: np.ndarray, accounts: int) -> Area:
    """Return the AUC of a score, the lower the worse.

    Args:
        score: of each row.
        event: 1 where the outcome happened, 0 where it did not.
        account: the number of each row's account.
        accounts: how many there are.

    """
    values, place = np.unique(score, return_inverse=True)
    events = np.bincount(place, event, len(values))
    stays = np.bincount(place, 1 - event, len(values))
    wins = ((stays.sum() - np.cumsum(stays) + stays / 2) / stays.sum())[place]
    losses = ((np.cumsum(events) - events / 2) / events.sum())[place]
    area = float((event * wins).sum() / event.sum())
    of_rows = np.where(event == 1, (wins - area) / events.sum(), (losses - area) / stays.sum())
    return Area(area, np.bincount(account, of_rows, accounts))


def interval_of_difference(new: Area, old: Area) -> tuple[float, float]:
    """Return the 95 % interval of the difference of two AUCs of the same rows."""
    reach = QUANTILE * _error(new.influence - old.influence)
    difference = new.area - old.area
    return difference - reach, difference + reach


def _error(influence: np.ndarray) -> float:
    count = np.count_nonzero(influence)
    if count < 2:
        return 0.0
    return float(np.sqrt((influence**2).sum() * count / (count - 1)))
