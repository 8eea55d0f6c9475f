"""When parts of the product fail: shards that are slow, and one feature that breaks.

What is here: the weekly pattern that the latent process and the status page share. What is not
here: incidents as the status page tells them (``status.py``).
"""

import numpy as np

from data.demo.company import SHARDS


def slow_shards(rng: np.random.Generator, weeks: int) -> np.ndarray:
    """Return 1.0 where a shard is slow, shaped (week, shard): some 14 spells in 104 weeks."""
    slow = np.zeros((weeks, SHARDS))
    for _ in range(max(4, round(14 * weeks / 104))):
        first = rng.integers(1, weeks - 3)
        slow[first : first + rng.integers(1, 4), rng.integers(0, SHARDS)] = 1.0
    return slow


def broken_weeks(weeks: int) -> np.ndarray:
    """Return 1.0 in the weeks in which the feature is broken on one platform."""
    broken = np.zeros(weeks)
    broken[round(weeks * 60 / 104) : round(weeks * 72 / 104) + 1] = 1.0
    return broken
