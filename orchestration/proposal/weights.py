"""Weights from outcomes: non-negative, and drawn to the written ones as far as outcomes are few.

The log odds of the outcome are ``alpha - sum(beta * score / 100)``; the weights are the betas over
their sum. What is punished is the distance of the betas from a multiple of the written weights, so
the problem is convex and without information the written weights come back.
"""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

# What a component keeps of its written weight at least: to leave one out is for a person to say.
SHARE_KEPT = 0.1
# From the written weights alone to weights that follow the outcomes freely.
PENALTIES = (None, 100.0, 30.0, 10.0, 3.0, 1.0)
# So weak that it decides only where the outcomes are told apart without an error.
RIDGE = 0.01
FOLDS = 3
# Losses that differ by less are the same.
ROUNDING = 1e-6


@dataclass(frozen=True)
class Sample:
    """Rows with a known outcome.

    Attributes:
        scores: of each component, 1 to 100, nothing missing; a row for each account and Monday.
        event: 1 where the outcome happened, 0 where it did not.
        account: number of each row's account, below ``len(names)``.
        names: identifiers of the accounts.
    """

    scores: np.ndarray
    event: np.ndarray
    account: np.ndarray
    names: Sequence[str]

    def where(self, chosen: np.ndarray) -> "Sample":
        """Return the rows that are chosen."""
        return Sample(self.scores[chosen], self.event[chosen], self.account[chosen], self.names)

    @property
    def row_weight(self) -> float:
        """Return what a row counts: all together count as many as there are accounts."""
        return len(np.unique(self.account)) / max(len(self.account), 1)


def fold_of(names: Sequence[str], folds: int, salt: str) -> np.ndarray:
    """Deal the accounts into folds by their identifiers, so that others change nobody's fold."""
    return np.array([zlib.crc32(f"{salt}:{name}".encode()) % folds for name in names], dtype=int)


def propose_weights(sample: Sample, written: np.ndarray) -> np.ndarray:
    """Return weights that sum to one; the written ones exactly where nothing speaks against them.

    How far to follow the outcomes is decided on accounts that were left out: of all that are not
    clearly worse than the best (one standard error) the nearest to the written weights.
    """
    folds = fold_of(sample.names, FOLDS, "penalty")[sample.account]
    losses = np.zeros((len(PENALTIES), len(sample.names)))
    for fold in range(FOLDS):
        inside, outside = sample.where(folds != fold), sample.where(folds == fold)
        if min(inside.event.sum(), (1 - inside.event).sum()) == 0:
            return written
        for number, penalty in enumerate(PENALTIES):
            alpha, betas = fit(inside, written, penalty)
            losses[number] += _losses(outside, alpha, betas)
    worse = losses - losses[losses.sum(axis=1).argmin()]
    bearable = worse.sum(axis=1) <= np.sqrt((worse**2).sum(axis=1)) + ROUNDING
    penalty = PENALTIES[int(bearable.argmax())]
    if penalty is None:
        return written
    _, betas = fit(sample, written, penalty)
    return betas / betas.sum() if betas.sum() > 0 else written


def fit(sample: Sample, written: np.ndarray, penalty: float | None) -> tuple[float, np.ndarray]:
    """Return alpha and the betas of least loss; without a penalty they follow the written weights.

    Each beta is what it keeps of its written weight and what it has besides, neither negative, so
    that its sign is never turned.
    """
    columns = sample.scores / 100
    if penalty is None:
        alpha, scale = _minimum(columns @ written[:, None], sample, _no_punishment)
        return alpha, scale * written
    kept = SHARE_KEPT * (columns @ written)

    def punishment(at: np.ndarray) -> tuple[float, np.ndarray]:
        distance = at[1:] - (1 - SHARE_KEPT) * at[0] * written
        slope = 2 * penalty * distance
        scale_slope = -(1 - SHARE_KEPT) * (slope @ written)
        return penalty * float(distance @ distance), np.array([scale_slope, *slope])

    alpha, *found = _minimum(np.column_stack([kept, columns]), sample, punishment)
    return alpha, SHARE_KEPT * found[0] * written + np.array(found[1:])


def _no_punishment(at: np.ndarray) -> tuple[float, np.ndarray]:
    return 0.0, np.zeros_like(at)


def _minimum(
    columns: np.ndarray,
    sample: Sample,
    punishment: Callable[[np.ndarray], tuple[float, np.ndarray]],
) -> np.ndarray:
    """Return alpha and one number, never negative, for each column."""

    def loss(at: np.ndarray) -> tuple[float, np.ndarray]:
        odds = at[0] - columns @ at[1:]
        pull = sample.row_weight * (expit(odds) - sample.event)
        punished, slope = punishment(at[1:])
        value = sample.row_weight * _surprise(odds, sample.event).sum()
        gradient = np.array([pull.sum(), *(slope - pull @ columns)])
        gradient[1] += 2 * RIDGE * at[1]
        return value + punished + RIDGE * at[1] ** 2, gradient

    rate = np.clip(sample.event.mean(), 1e-6, 1 - 1e-6)
    start = np.array([np.log(rate / (1 - rate)), *np.zeros(columns.shape[1])])
    bounds = [(None, None), *[(0, None)] * columns.shape[1]]
    options = {"maxiter": 1000, "ftol": 1e-12, "gtol": 1e-8}
    return minimize(loss, start, jac=True, bounds=bounds, options=options).x


def _surprise(odds: np.ndarray, event: np.ndarray) -> np.ndarray:
    return np.logaddexp(0, odds) - event * odds


def _losses(sample: Sample, alpha: float, betas: np.ndarray) -> np.ndarray:
    odds = alpha - sample.scores @ betas / 100
    return np.bincount(sample.account, _surprise(odds, sample.event), len(sample.names))
