"""Figures of the track record by brute force, and their errors by drawing whole accounts anew."""

from collections.abc import Callable

import numpy as np

Weights = np.ndarray


def area(value: np.ndarray, event: np.ndarray, weight: Weights) -> float:
    """Return the AUC of weighted rows, the lower value the worse; equals count half."""
    values, place = np.unique(value, return_inverse=True)
    events = np.bincount(place, weight * event, len(values))
    stays = np.bincount(place, weight * (1 - event), len(values))
    above = stays.sum() - np.cumsum(stays) + stays / 2
    return float((events * above).sum() / (events.sum() * stays.sum()))


def area_by_pairs(value: np.ndarray, event: np.ndarray, weight: Weights) -> float:
    """Return the same, one pair of rows after the other."""
    events, stays = np.flatnonzero(event == 1), np.flatnonzero(event == 0)
    won = (value[events][:, None] < value[stays][None, :]) + 0.5 * (
        value[events][:, None] == value[stays][None, :]
    )
    both = weight[events][:, None] * weight[stays][None, :]
    return float((won * both).sum() / both.sum())


def caught_share(value: np.ndarray, event: np.ndarray, weight: Weights, share: float) -> float:
    """Return the share of events among the worst rows; equals share the last places."""
    values, place = np.unique(value, return_inverse=True)
    rows = np.bincount(place, weight, len(values))
    events = np.bincount(place, weight * event, len(values))
    room = np.clip((share * rows.sum() - (np.cumsum(rows) - rows)) / np.maximum(rows, 1e-12), 0, 1)
    return float((events * room).sum() / events.sum())


def average_precision(value: np.ndarray, event: np.ndarray) -> float:
    """Return the mean share of events among all that look as bad or worse, over the events."""
    return float(np.mean([event[value <= seen].mean() for seen in value[event == 1]]))


def error_by_accounts(
    figure: Callable[[Weights], float], account: np.ndarray, draws: int, seed: int
) -> float:
    """Return the standard error of a figure when whole accounts are drawn with replacement."""
    rng = np.random.default_rng(seed)
    names, member = np.unique(account, return_inverse=True)
    figures = [
        figure(np.bincount(rng.integers(0, len(names), len(names)), minlength=len(names))[member])
        for _ in range(draws)
    ]
    return float(np.std(figures, ddof=1))


def error_of_difference(
    one: np.ndarray, other: np.ndarray, event: np.ndarray, account: np.ndarray
) -> float:
    """Return the standard error of the difference of two AUCs on the same rows, by accounts."""
    influence = _influence(one, event) - _influence(other, event)
    _, member = np.unique(account, return_inverse=True)
    sums = np.bincount(member, influence)
    return float(np.sqrt((sums**2).sum() * len(sums) / (len(sums) - 1)))


def _influence(value: np.ndarray, event: np.ndarray) -> np.ndarray:
    values, place = np.unique(value, return_inverse=True)
    events = np.bincount(place, event, len(values))
    stays = np.bincount(place, 1 - event, len(values))
    wins = (stays.sum() - np.cumsum(stays) + stays / 2)[place] / stays.sum()
    losses = (np.cumsum(events) - events / 2)[place] / events.sum()
    total = area(value, event, np.ones(len(value)))
    return np.where(event == 1, (wins - total) / events.sum(), (losses - total) / stays.sum())
