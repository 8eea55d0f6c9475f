"""A model of the outlook, and the one in force.

What is not here: how one is learned, which is ``training``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from scipy.special import expit

from orchestration.outlook.judged import Figures
from orchestration.outlook.logistic import Regression, Term
from orchestration.outlook.sample import Sample
from orchestration.outlook.walk_forward import ScoreRates


@dataclass(frozen=True)
class Model:
    """What a training came to.

    Attributes:
        version: names it for ever; the same rows give the same version.
        label: the outcome.
        horizon_days: within which it comes.
        status: ``candidate``; or ``insufficient_outcomes``, ``one_outcome_only``, ``no_time_axis``,
            ``too_good`` or ``no_outcomes``, which have no regression.
        reason: the status in a sentence, with its figures.
        possible_from: day from which on there could be a model at the pace so far; None where it is
            there, or where nothing says so.
        is_better: whether it beat the plainest rules, and the live model, out of time.
    """

    version: str
    label: str
    horizon_days: int
    status: str
    reason: str
    data_sha256: str = ""
    training_event_count: int = 0
    test_event_count: int = 0
    possible_from: date | None = None
    is_better: bool = False
    regression: Regression | None = None
    training: Sample | None = None
    score_rates: ScoreRates | None = None
    figures: Mapping[tuple[str, str], Figures] = field(default_factory=dict)


@dataclass(frozen=True)
class Live:
    """The coefficients of the model that is promoted, and the day up to which it learned."""

    version: str
    trained_on: int
    terms: tuple[Term, ...]
    intercept: float
    coefficients: np.ndarray

    def probability(self, sample: Sample) -> np.ndarray:
        """Return what it says of each row."""
        draws = np.zeros((0, 1 + len(self.terms)))
        regression = Regression(self.terms, self.intercept, self.coefficients, draws)
        return expit(regression.logit(sample))
