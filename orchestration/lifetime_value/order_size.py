"""How much an order of a customer is worth: Gamma-Gamma.

Orders of a customer vary around a mean of their own; the means are spread as an inverse gamma
distribution, and have nothing to do with how often somebody orders. So the mean of a customer with
one order is drawn to that of all, and the mean of a customer with many is their own. Fader and
Hardie, The Gamma-Gamma Model of Monetary Value (2013).

What is not here: how often somebody orders, which ``order_frequency`` says.
"""

import numpy as np
from scipy.special import gammaln

from orchestration.lifetime_value.order_frequency import Fitted, around, search

PARAMETERS = ("p", "q", "gamma")


def log_likelihood(parameters: np.ndarray, orders: np.ndarray, means: np.ndarray) -> np.ndarray:
    """Return the log likelihood of the mean value of each customer's orders.

    Args:
        parameters: p, q and gamma.
        orders: number of orders that a mean is of; above 0.
        means: mean value of an order; above 0.

    """
    p, q, gamma = parameters
    shape = p * orders
    total = orders * means
    return (
        gammaln(shape + q)
        - gammaln(shape)
        - gammaln(q)
        + q * np.log(gamma)
        + (shape - 1) * np.log(means)
        + shape * np.log(orders)
        - (shape + q) * np.log(gamma + total)
    )


def expected_value(parameters: np.ndarray, orders: np.ndarray, means: np.ndarray) -> np.ndarray:
    """Return the mean value that is expected of a customer's next orders; q must be above 1."""
    p, q, gamma = parameters
    return p * (gamma + orders * means) / (p * orders + q - 1)


def fit(orders: np.ndarray, means: np.ndarray) -> Fitted:
    """Fit by maximum likelihood; values are scaled by their mean, so no currency is special."""
    scale = means.mean()
    found = search(lambda point: float(log_likelihood(point, orders, means / scale).sum()), 3)
    parameters = found.parameters * np.array([1.0, 1.0, scale])
    likelihood = float(log_likelihood(parameters, orders, means).sum())
    return Fitted(parameters, likelihood, found.is_inside)


def draws(
    fitted: Fitted, orders: np.ndarray, means: np.ndarray, count: int, seed: int
) -> np.ndarray:
    """Draw parameters around a fit, ``count`` rows of three."""
    return around(
        fitted, lambda point: float(log_likelihood(point, orders, means).sum()), count, seed
    )
