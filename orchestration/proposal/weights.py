"""Weights from outcomes: non-negative, and drawn to the written ones as far as outcomes are few.

The log odds of the outcome are ``alpha - sum(beta * score / 100)``; the weights are the betas over
their sum. What is punished is the distance of the betas from a multiple of the written weights,
measured in shares of all that the betas are: the problem is convex, and the less the outcomes say,
the less the weights move.
"""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

# What a component keeps of its written weight at least: to leave one out is for a person to say.
SHARE_KEPT = 0.1
# From the written weights alone to weights that follow the outcomes freely.
PENALTIES = (None, 1600.0, 480.0, 160.0, 48.0, 16.0)
# With so little a first fit finds how much the outcomes say at all.
FIRST_PENALTY = 1.0
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

    @cached_property
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
    _, first = fit(sample, written, FIRST_PENALTY)
    if first.sum() < ROUNDING:
        return written
    penalties = [penalty and penalty / first.sum() ** 2 for penalty in PENALTIES]
    losses = np.zeros((len(penalties), len(sample.names)))
    for fold in range(FOLDS):
        inside, outside = sample.where(folds != fold), sample.where(folds == fold)
        if min(inside.event.sum(), (1 - inside.event).sum()) == 0:
            return written
        for number, penalty in enumerate(penalties):
            alpha, betas = fit(inside, written, penalty)
            losses[number] += _losses(outside, alpha, betas)
    worse = losses - losses[losses.sum(axis=1).argmin()]
    bearable = worse.sum(axis=1) <= np.sqrt((worse**2).sum(axis=1)) + ROUNDING
    penalty = penalties[int(bearable.argmax())]
    if penalty is None:
        return written
    _, betas = fit(sample, written, penalty)
    if betas.sum() < ROUNDING:
        return written
    return SHARE_KEPT * written + (1 - SHARE_KEPT) * betas / betas.sum()


def fit(sample: Sample, written: np.ndarray, penalty: float | None) -> tuple[float, np.ndarray]:
    """Return alpha and the betas of least loss, none of them negative.

    Without a penalty they are a multiple of the written weights; with one, their distance from the
    nearest multiple is punished.
    """
    columns = sample.scores / 100
    if penalty is None:
        alpha, scale = _minimum(columns @ written[:, None], sample, lambda of: np.zeros_like(of))
        return alpha, scale * written

    def away(betas: np.ndarray) -> np.ndarray:
        return penalty * (betas - (written @ betas) / (written @ written) * written)

    alpha, *betas = _minimum(columns, sample, away)
    return alpha, np.array(betas)


def _minimum(
    columns: np.ndarray, sample: Sample, pull_of: Callable[[np.ndarray], np.ndarray]
) -> np.ndarray:
    """Return alpha and a beta for each column; ``pull_of`` is half the slope of what is punished.

    What is punished is a quadratic form, so it is the betas times half of its slope.
    """
    middle = columns.mean(axis=0)
    around = columns - middle

    def loss(at: np.ndarray) -> tuple[float, np.ndarray]:
        odds = at[0] - around @ at[1:]
        miss = sample.row_weight * (expit(odds) - sample.event)
        pull = pull_of(at[1:]) + RIDGE * at[1:]
        value = sample.row_weight * _surprise(odds, sample.event).sum() + at[1:] @ pull
        return value, np.array([miss.sum(), *(2 * pull - miss @ around)])

    rate = np.clip(sample.event.mean(), 1e-6, 1 - 1e-6)
    start = np.array([np.log(rate / (1 - rate)), *np.zeros(columns.shape[1])])
    bounds = [(None, None), *[(0, None)] * columns.shape[1]]
    options = {"maxiter": 1000, "ftol": 1e-11, "gtol": 1e-6}
    found = minimize(loss, start, jac=True, bounds=bounds, options=options).x
    return np.array([found[0] + middle @ found[1:], *found[1:]])


def _surprise(odds: np.ndarray, event: np.ndarray) -> np.ndarray:
    return np.logaddexp(0, odds) - event * odds


def _losses(sample: Sample, alpha: float, betas: np.ndarray) -> np.ndarray:
    odds = alpha - sample.scores @ betas / 100
    return np.bincount(sample.account, _surprise(odds, sample.event), len(sample.names))
