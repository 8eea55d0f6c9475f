"""The planted effects: what drives churn in this company, and by how much.

What is here: every coefficient that a model may be asked to recover. What is not here: how the
drivers come about, which is ``journey.py``.
"""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

BROKEN_FEATURE = "exports"
BROKEN_PLATFORM = "android"


@dataclass(frozen=True)
class Effects:
    """Coefficients of the weekly logit hazard and of usage."""

    base: tuple[float, float, float] = (-4.95, -5.75, -6.5)
    engagement: float = -1.2
    latency: float = 0.35
    broken: float = 2.0
    onboarded: float = -0.6
    tickets: float = 0.2
    treated: float = -0.7
    frailty_sd: float = 0.35
    usage_per_engagement: float = 0.9
    usage_while_treated: float = 0.28
    onboarding_nudge: float = 0.12
    payment_trouble_weekly: float = 0.0016
    payment_loss: float = 0.5

    def logit(self, segment: np.ndarray, drivers: dict[str, np.ndarray]) -> np.ndarray:
        """Return the weekly logit of deciding to leave, for drivers named as here."""
        return (
            np.asarray(self.base)[segment]
            + self.engagement * drivers["engagement"]
            + self.latency * drivers["latency"]
            + self.broken * drivers["broken"]
            + self.onboarded * drivers["onboarded"]
            + self.tickets * np.minimum(drivers["tickets"], 3)
            + self.treated * drivers["treated"]
            + drivers["frailty"]
        )

    def as_dict(self) -> dict[str, Any]:
        """Return the coefficients for the truth file."""
        return asdict(self)


def hazard(logit: np.ndarray) -> np.ndarray:
    """Return the weekly probability of a logit."""
    return 1.0 / (1.0 + np.exp(-logit))
