"""How often customers without a contract order, and whether they still do: MBG/NBD.

While a customer is there, orders come at random at a rate of their own; after each order, the first
one included, the customer is gone with a chance of their own. Rates are spread as a gamma
distribution, chances as a beta distribution. Batislam, Denizel and Filiztekin, Empirical validation
and comparison of models for customer base analysis (2007). The model of Fader, Hardie and Lee
(BG/NBD, 2005) takes whoever never ordered again for a customer for ever, so it is not used.

What is not here: how much an order is worth, which ``order_size`` says.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import gammaln, hyp2f1

PARAMETERS = ("r", "alpha", "a", "b")
# On the scale of logarithms: nothing that ends there is an estimate.
REACH = 12.0
# Where the search begins; from each, as the likelihood has more than one slope.
STARTS = ((0.0, 0.0, 0.0, 0.0), (-0.7, 1.5, -0.5, 0.7), (0.5, 2.5, -1.5, 1.0))
STEP = 1e-3


@dataclass(frozen=True)
class Histories:
    """What is known of each customer, times all in one unit and counted from the first order.

    Attributes:
        repeats: orders after the first.
        last: time of the last order; 0 where there is none but the first.
        watched: time until the end of what is known.
    """

    repeats: np.ndarray
    last: np.ndarray
    watched: np.ndarray


@dataclass(frozen=True)
class Fitted:
    """Parameters by maximum likelihood.

    Attributes:
        parameters: in the order in which the likelihood takes them.
        log_likelihood: of what they were fitted to.
        is_inside: whether the search ended at a point and not at a border.
    """

    parameters: np.ndarray
    log_likelihood: float
    is_inside: bool


def log_likelihood(parameters: np.ndarray, of: Histories) -> np.ndarray:
    """Return the log likelihood of each history under MBG/NBD."""
    r, alpha, a, b = parameters
    x = of.repeats
    orders = gammaln(r + x) - gammaln(r) + r * np.log(alpha) - (r + x) * np.log(alpha + of.watched)
    stays = gammaln(a + b) + gammaln(b + x + 1) - gammaln(b) - gammaln(a + b + x + 1)
    return orders + stays + np.log1p(_gone_to_there(parameters, of))


def chance_of_being_there(parameters: np.ndarray, of: Histories) -> np.ndarray:
    """Return the chance that each customer is still one at the end of what is known."""
    return 1 / (1 + _gone_to_there(parameters, of))


def expected_orders(parameters: np.ndarray, of: Histories, ahead: float) -> np.ndarray:
    """Return the orders that are expected of each customer within a time from now."""
    r, alpha, a, b = parameters
    x = of.repeats
    share = ahead / (alpha + of.watched + ahead)
    left = (1 - share) ** (a - 1) * hyp2f1(a + b - r, a - 1, a + b + x, share)
    return (a + b + x) / (a - 1) * (1 - left) * chance_of_being_there(parameters, of)


def fit(histories: Histories) -> Fitted:
    """Fit MBG/NBD by maximum likelihood."""
    unique, counts = _collapsed(histories)
    return search(lambda point: float(counts @ log_likelihood(point, unique)), len(PARAMETERS))


def draws(fitted: Fitted, histories: Histories, count: int, seed: int) -> np.ndarray:
    """Draw parameters around a fit, as ``around`` does; ``count`` rows of four."""
    unique, counts = _collapsed(histories)
    return around(fitted, lambda point: float(counts @ log_likelihood(point, unique)), count, seed)


def search(likelihood: Callable[[np.ndarray], float], count: int) -> Fitted:
    """Find the positive parameters of the largest likelihood.

    Args:
        likelihood: the logarithm, of parameters.
        count: number of parameters, four at most.

    """

    def loss(logs: np.ndarray) -> float:
        value = likelihood(np.exp(logs))
        return -value if np.isfinite(value) else 1e12

    found = [
        minimize(
            loss,
            start[:count],
            method="L-BFGS-B",
            bounds=[(-REACH, REACH)] * count,
            options={"ftol": 1e-13, "maxiter": 500},
        )
        for start in STARTS
    ]
    best = min(found, key=lambda one: one.fun)
    inside = bool(np.all(np.abs(best.x) < REACH - 0.1))
    return Fitted(np.exp(best.x), -float(best.fun), inside)


def around(
    fitted: Fitted, likelihood: Callable[[np.ndarray], float], count: int, seed: int
) -> np.ndarray:
    """Draw parameters from the normal distribution, in logarithms, that the likelihood comes to.

    Where the likelihood is flat in a direction the draws reach far, as they should.
    """
    center = np.log(fitted.parameters)
    size = len(center)
    steps = np.eye(size) * STEP

    def value(logs: np.ndarray) -> float:
        return -likelihood(np.exp(logs))

    curvature = np.array(
        [
            [
                value(center + i + j)
                - value(center + i - j)
                - value(center - i + j)
                + value(center - i - j)
                for j in steps
            ]
            for i in steps
        ]
    ) / (4 * STEP**2)
    strengths, directions = np.linalg.eigh((curvature + curvature.T) / 2)
    # Beyond a deviation of 1.5, a factor of 4.5, the approximation means nothing any more.
    deviations = 1 / np.sqrt(np.maximum(strengths, 1 / 1.5**2))
    unit = np.random.default_rng(seed).standard_normal((count, size))
    return np.exp(center + (unit * deviations) @ directions.T)


def _gone_to_there(parameters: np.ndarray, of: Histories) -> np.ndarray:
    r, alpha, a, b = parameters
    x = of.repeats
    ratio = np.log(alpha + of.watched) - np.log(alpha + of.last)
    # Beyond reach of a float the customer is gone for sure.
    return a / (b + x) * np.exp(np.minimum((r + x) * ratio, 700))


def _collapsed(histories: Histories) -> tuple[Histories, np.ndarray]:
    rows = np.column_stack([histories.repeats, histories.last, histories.watched])
    unique, counts = np.unique(rows, axis=0, return_counts=True)
    return Histories(*unique.T), counts
