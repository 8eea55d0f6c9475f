"""Random numbers: one independent stream for every topic and week.

What is here: the only way to get a generator. What is not here: any clock or global state.
Adding a topic at the end of the list leaves the numbers of all others as they were.
"""

import numpy as np

TOPICS = (
    "company",
    "people",
    "journey",
    "usage",
    "delivery",
    "telemetry",
    "contracts",
    "payments",
    "support",
    "surveys",
    "care",
    "status",
    "records",
    "damage",
    "oracle",
    "bots",
    "relations",
)


class Streams:
    """Generators derived from one seed."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def stream(self, topic: str, week: int = 0) -> np.random.Generator:
        """Return the generator of a topic and week; ValueError for an unknown topic."""
        key = [self.seed, TOPICS.index(topic), week]
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence(key)))
