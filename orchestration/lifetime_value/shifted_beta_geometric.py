"""How long customers with a contract stay: the shifted beta-geometric.

Each customer leaves at every renewal with a chance of their own, which never changes; the chances
of a group are spread as a beta distribution. So whoever has renewed often is likely to renew again,
without anybody having become more loyal: those who were going to leave have left. Fader and Hardie,
How to Project Customer Retention (2007), and Customer-Base Valuation in a Contractual Setting
(2010), of which ``residual_periods`` is the closed form.

What is not here: which customers are a group, and money.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import hyp2f1

# A chance of leaving at one renewal, and how unlike customers are (1 / (alpha + beta)). At the
# lowest spread all of them are alike but for a ten-thousandth: what is called geometric.
SMALLEST_CHANCE = 1e-5
SPREADS = (1e-4, 10.0)
# Of the likelihood for draws: in each direction, so many points.
GRID = 80


@dataclass(frozen=True)
class Renewals:
    """Renewals that came up, by how many the customer had come to with this one.

    Customers may be watched from their fifth renewal on, or to their third: each counts where
    watched.

    Attributes:
        at_risk: customers whose first, second, … renewal came up.
        left: those of them who left at it.
    """

    at_risk: np.ndarray
    left: np.ndarray


@dataclass(frozen=True)
class ShiftedBetaGeometric:
    """The fitted spread of the chances of leaving: a beta distribution of alpha and beta.

    Attributes:
        alpha: grows with the chance of leaving.
        beta: grows with the chance of staying.
        log_likelihood: of the renewals that it was fitted to.
    """

    alpha: float
    beta: float
    log_likelihood: float


def hazards(alpha: np.ndarray, beta: np.ndarray, periods: int) -> np.ndarray:
    """Return the share of those left who leave at the first, second, … renewal."""
    total = np.expand_dims(alpha + beta, -1) + np.arange(periods)
    return np.expand_dims(alpha, -1) / total


def survival(alpha: float, beta: float, periods: int) -> np.ndarray:
    """Return the share of customers who are there after the first, second, … renewal."""
    return np.cumprod(1 - hazards(np.float64(alpha), np.float64(beta), periods))


def residual_periods(alpha: float, beta: float, period: int, discount: float) -> float:
    """Return the discounted periods that a customer in a period is expected to renew for.

    The first of them, at the renewal that comes next, counts in full. It looks into all future,
    so what is published is cut off; this is what the cut-off sums must come to without it.

    Args:
        alpha: of the fit.
        beta: of the fit.
        period: in which the customer is, 1 before the first renewal.
        discount: rate of one period, 0.1 for a tenth.

    """
    staying = (beta + period - 1) / (alpha + beta + period - 1)
    return staying * hyp2f1(1, beta + period, alpha + beta + period, 1 / (1 + discount))


def log_likelihood(alpha: np.ndarray, beta: np.ndarray, renewals: Renewals) -> np.ndarray:
    """Return the log likelihood for arrays of parameters of one shape."""
    chance = hazards(alpha, beta, len(renewals.at_risk))
    stayed = renewals.at_risk - renewals.left
    return (renewals.left * np.log(chance) + stayed * np.log1p(-chance)).sum(axis=-1)


def fit(renewals: Renewals) -> ShiftedBetaGeometric:
    """Fit by maximum likelihood. Somebody must have left, and somebody stayed."""
    share = renewals.left.sum() / renewals.at_risk.sum()
    bounds = [_chance_bounds(), tuple(np.log(SPREADS))]

    def loss(point: np.ndarray) -> float:
        return -float(log_likelihood(*_parameters(*point), renewals))

    starts = [(np.log(share / (1 - share)), np.log(spread)) for spread in (0.01, 0.2, 1.0)]
    found = [
        minimize(loss, start, method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-14})
        for start in starts
    ]
    best = min(found, key=lambda one: one.fun)
    alpha, beta = _parameters(*best.x)
    return ShiftedBetaGeometric(float(alpha), float(beta), -float(best.fun))


def draws(fitted: ShiftedBetaGeometric, renewals: Renewals, count: int, seed: int) -> np.ndarray:
    """Draw parameters in proportion to their likelihood; return ``count`` rows of alpha and beta.

    The likelihood is laid out on a grid over the mean chance and the spread around the best fit,
    both on a scale that has no end within reach. Unlike an approximation by a normal distribution
    it holds where the best fit lies on the border, with all customers alike.
    """
    point = _point(fitted)
    mean_low, mean_high = _chance_bounds()
    means = np.linspace(max(mean_low, point[0] - 3), min(mean_high, point[0] + 3), GRID)
    spreads = np.linspace(*np.log(SPREADS), GRID)
    # Twice, as the first grid is too coarse for thousands of customers.
    for _ in range(2):
        weights, mean, spread = _weighted(means, spreads, renewals)
        means = _around(means, weights.sum(axis=1))
        spreads = _around(spreads, weights.sum(axis=0))
    weights, mean, spread = _weighted(means, spreads, renewals)
    generator = np.random.default_rng(seed)
    chosen = generator.choice(weights.size, size=count, p=weights.ravel())
    # Anywhere in the cell, so that draws are not heaped on the points of the grid.
    moved = generator.uniform(-0.5, 0.5, size=(2, count))
    mean_drawn = mean.ravel()[chosen] + moved[0] * (means[1] - means[0])
    spread_drawn = spread.ravel()[chosen] + moved[1] * (spreads[1] - spreads[0])
    spread_drawn = np.clip(spread_drawn, *np.log(SPREADS))
    return np.column_stack(_parameters(mean_drawn, spread_drawn))


def _weighted(
    means: np.ndarray, spreads: np.ndarray, renewals: Renewals
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    mean, spread = np.meshgrid(means, spreads, indexing="ij")
    logs = log_likelihood(*_parameters(mean, spread), renewals)
    weights = np.exp(logs - logs.max())
    return weights / weights.sum(), mean, spread


def _around(points: np.ndarray, weights: np.ndarray) -> np.ndarray:
    heavy = np.flatnonzero(weights > weights.max() * 1e-6)
    low, high = max(heavy[0] - 1, 0), min(heavy[-1] + 1, len(points) - 1)
    return np.linspace(points[low], points[high], GRID)


def _chance_bounds() -> tuple[float, float]:
    edge = float(np.log(SMALLEST_CHANCE / (1 - SMALLEST_CHANCE)))
    return edge, -edge


def _parameters(mean_logit: np.ndarray, log_spread: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    mean = 1 / (1 + np.exp(-np.asarray(mean_logit, dtype=float)))
    total = np.exp(-np.asarray(log_spread, dtype=float))
    return mean * total, (1 - mean) * total


def _point(fitted: ShiftedBetaGeometric) -> tuple[float, float]:
    return float(np.log(fitted.alpha / fitted.beta)), -float(np.log(fitted.alpha + fitted.beta))
