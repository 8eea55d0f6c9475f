"""Time kept apart: each fold learns from outcomes that were known before its first Monday.

Between the last Monday that is learned from and the first that is judged lie the lead, the window
of the outcome and its grace, as a row is learned from only once its outcome is known.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.optimize import isotonic_regression

from orchestration.outlook.logistic import Regression, learn
from orchestration.outlook.sample import Sample

# A stretch is as long as a model is in use, from one training to the next; a long history has
# longer ones.
STRETCH_MONDAYS = 4
MOST_STRETCHES = 12
# Of very many rows a model learns from every fourth Monday: the ones between say the same again.
THINNED_BY_DAYS = 28
THINNED_FROM_ROWS = 50_000
# Fewest accounts with the outcome to learn from, and to judge by.
TRAINING_EVENTS = 100
TEST_EVENTS = 30


@dataclass(frozen=True)
class ScoreRates:
    """How often the outcome came at a score: a rate that falls with it, in steps.

    Attributes:
        scores: from each of them on, rising.
        rates: the rate holds.
    """

    scores: np.ndarray
    rates: np.ndarray

    def at(self, scores: np.ndarray) -> np.ndarray:
        """Return the rates of scores; NaN where there is none."""
        if not len(self.scores):
            return np.full(len(scores), np.nan)
        place = np.clip(np.searchsorted(self.scores, scores, side="right") - 1, 0, None)
        return np.where(
            np.isnan(scores), np.nan, self.rates[np.minimum(place, len(self.rates) - 1)]
        )


@dataclass(frozen=True)
class Fold:
    """A stretch of Mondays, judged by what was learned before.

    Attributes:
        number: from one on.
        is_judged: which rows of the sample are judged.
        training: the rows that were learned from.
        regression: what was learned.
        score_rates: the rate of each score in what was known before.
    """

    number: int
    is_judged: np.ndarray
    training: Sample
    regression: Regression
    score_rates: ScoreRates


def thinned(sample: Sample) -> Sample:
    """Return the rows of every fourth Monday, counted back from the newest; of few rows all."""
    if len(sample.event) < THINNED_FROM_ROWS:
        return sample
    newest = sample.monday.max(initial=0)
    return sample.where((newest - sample.monday) % THINNED_BY_DAYS < 7)


def judged_mondays(sample: Sample) -> np.ndarray:
    """Return the Mondays before which enough outcomes were known to learn from."""
    mondays = np.unique(sample.monday)
    had = sample.event == 1
    # An account is a departure from the day on which its first one is known.
    first_known = np.full(len(sample.names), np.iinfo(int).max)
    np.minimum.at(first_known, sample.account[had], sample.known_on[had])
    known = np.sort(first_known)
    return mondays[np.searchsorted(known, mondays, side="left") >= TRAINING_EVENTS]


def stretches_of(mondays: np.ndarray) -> list[np.ndarray]:
    """Return the Mondays in stretches, each judged by what was learned before it."""
    if not len(mondays):
        return []
    count = min(max(len(mondays) // STRETCH_MONDAYS, 1), MOST_STRETCHES)
    return np.array_split(mondays, count)


def folds_of(sample: Sample, seed: int) -> Iterator[Fold]:
    """Learn and judge forward in time, the newest Mondays last."""
    for number, mondays in enumerate(stretches_of(judged_mondays(sample)), start=1):
        known = sample.where(sample.known_on < mondays[0])
        training = thinned(known)
        if len(np.unique(training.event)) < 2:
            continue
        yield Fold(
            number=number,
            is_judged=np.isin(sample.monday, mondays),
            training=training,
            regression=learn(training, seed),
            score_rates=rates_of_scores(known),
        )


def rates_of_scores(sample: Sample) -> ScoreRates:
    """Fit a rate that never rises with the score (isotonic regression, Barlow and others 1972)."""
    is_known = ~np.isnan(sample.health_score)
    if not is_known.any():
        return ScoreRates(np.array([]), np.array([]))
    scores, place = np.unique(sample.health_score[is_known], return_inverse=True)
    rows = np.bincount(place)
    events = np.bincount(place, sample.event[is_known])
    rates = isotonic_regression(events / rows, weights=rows, increasing=False).x
    starts = np.concatenate([[True], np.diff(rates) != 0])
    return ScoreRates(scores[starts], rates[starts])
