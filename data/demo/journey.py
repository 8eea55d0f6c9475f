"""What happened to accounts: the record that the latent process leaves behind.

What is here: the shape of that record. What is not here: the process (``walker.py``).
"""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

COUNTERFACTUALS = ("treated", "broken", "latency", "onboarded")


class Outreach(NamedTuple):
    """One contact by customer success, or the decision not to make it."""

    account: int
    week: int
    kind: str
    arm: str
    delivered: bool


class Trouble(NamedTuple):
    """A card that stopped working on a billing day."""

    account: int
    day: int
    is_lost: bool


@dataclass
class Journey:
    """Everything that happened: weekly arrays shaped (week, account), dated arrays per spell.

    ``start``, ``end``, ``request`` are shaped (2, account): the first contract and, for the few
    that come back, the second. Days as in the horizon, NEVER where it did not happen.
    """

    start: np.ndarray
    end: np.ndarray
    request: np.ndarray
    involuntary: np.ndarray
    weekly: dict[str, np.ndarray]
    slow: np.ndarray
    broken: np.ndarray
    affinity: np.ndarray
    lead: np.ndarray
    outreach: list[Outreach] = field(default_factory=list)
    trouble: list[Trouble] = field(default_factory=list)
    champion_losses: list[tuple[int, int]] = field(default_factory=list)

    def in_service(self, day: np.ndarray | int) -> np.ndarray:
        """Tell for each account whether it is served on a day (or for a column of days)."""
        first = (self.start[0] <= day) & (day < self.end[0])
        return first | ((self.start[1] <= day) & (day < self.end[1]))


WEEKLY = (
    "engagement",
    "latency",
    "broken",
    "onboarded",
    "tickets",
    "treated",
    "frailty",
    "hazard",
    "at_risk",
    "served",
    "intent",
    *(f"hazard_without_{name}" for name in COUNTERFACTUALS),
)
