"""Curves from outcomes: the written curve, bent as far as outcomes speak against it.

Under the written curve the log odds of the outcome fall in a straight line with the score of the
component. At each written point the outcomes that came are set against those that the line
expects, drawn to it as long as they are few; a monotone fit (isotonic regression, Barlow and
others 1972) of the rates, read back through the line, gives the new score of the point. Where the
line is right each point keeps its score, and the worst and the best point keep theirs anyway.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import isotonic_regression
from scipy.special import expit, logit

from orchestration.proposal.areas import area_of
from orchestration.proposal.version import Version
from orchestration.proposal.weights import Sample, fit

# So many outcomes count as much as the written curve.
OUTCOMES_OF_THE_WRITTEN_CURVE = 50
# Fewest accounts with the outcome, and without, that say anything of one component.
NEEDED = 20


@dataclass(frozen=True)
class Bend:
    """What became of a component's curve.

    Attributes:
        direction: of the AUC of the component alone: ``as_expected``, ``against`` (its curve
            stays, and its definition is to be looked at), ``nothing_to_be_seen``, ``too_few``, or
            ``never_measured``.
        written: the scores of the written curve's points, rising.
        proposed: the new scores of the same points; the written ones where nothing is proposed.
    """

    direction: str
    written: np.ndarray
    proposed: np.ndarray

    @property
    def is_bent(self) -> bool:
        """Return whether anything is proposed."""
        return not np.array_equal(self.written, self.proposed)

    def applied(self, scores: np.ndarray) -> np.ndarray:
        """Return the scores by the proposed curve of scores by the written one."""
        return np.interp(scores, self.written, self.proposed) if self.is_bent else scores


def bend_curves(version: Version, sample: Sample, is_measured: np.ndarray) -> list[Bend]:
    """Propose a curve for each component from the rows on which it is measured."""
    return [
        _bend(
            _scores_of_points(version, curve),
            replace(sample, scores=sample.scores[:, [number]]).where(is_measured[:, number]),
        )
        for number, curve in enumerate(version.curves)
    ]


def applied_to_all(bends: list[Bend], scores: np.ndarray, is_measured: np.ndarray) -> np.ndarray:
    """Return the scores by the proposed curves; what is not measured has no curve."""
    new = np.column_stack([bend.applied(scores[:, n]) for n, bend in enumerate(bends)])
    return np.where(is_measured, new, scores)


def _scores_of_points(version: Version, curve: str) -> np.ndarray:
    """Return the scores of a curve's points, rising; none where it rises and falls."""
    scores = np.array([score for _, score in version.points[curve]])
    steps = np.diff(scores)
    return np.unique(scores) if (steps >= 0).all() or (steps <= 0).all() else np.array([])


def _bend(points: np.ndarray, sample: Sample) -> Bend:
    direction = direction_of(sample)
    if direction != "as_expected" or len(points) < 2:
        return Bend(direction, points, points)
    alpha, (steepness,) = fit(sample, np.ones(1), None)
    if steepness <= 0:
        return Bend(direction, points, points)
    score, row_weight = sample.scores[:, 0], sample.row_weight
    # Each row belongs to the points on both sides, the more the nearer they are.
    place = np.clip(np.searchsorted(points, score, side="right") - 1, 0, len(points) - 2)
    upper = np.clip((score - points[place]) / np.diff(points)[place], 0, 1)

    def at_points(count: np.ndarray) -> np.ndarray:
        return row_weight * (
            np.bincount(place, count * (1 - upper), len(points))
            + np.bincount(place + 1, count * upper, len(points))
        )

    expected_rate = expit(alpha - steepness * points / 100)
    of_line = OUTCOMES_OF_THE_WRITTEN_CURVE / sample.event.mean() / len(points)
    came = at_points(sample.event) + of_line * expected_rate
    expected = at_points(expit(alpha - steepness * score / 100)) + of_line * expected_rate
    rate = np.clip(expected_rate * came / expected, 1e-9, 1 - 1e-9)
    weight = at_points(np.ones(len(score))) + of_line
    fitted = isotonic_regression(rate, weights=weight, increasing=False).x
    bent = (alpha - logit(fitted)) / steepness * 100
    if bent[-1] - bent[0] < 1:
        return Bend(direction, points, points)
    # The worst and the best value keep their scores; how much lies between is the weight's part.
    share = (bent - bent[0]) / (bent[-1] - bent[0])
    return Bend(direction, points, np.round(points[0] + share * (points[-1] - points[0]), 1))


def direction_of(sample: Sample) -> str:
    """Return where the AUC of the one column lies, or why there is none."""
    accounts = len(sample.names)
    if len(sample.event) == 0:
        return "never_measured"
    left = np.bincount(sample.account, sample.event, accounts) > 0
    stayed = np.bincount(sample.account, 1 - sample.event, accounts) > 0
    if min(left.sum(), stayed.sum()) < NEEDED:
        return "too_few"
    area = area_of(sample.scores[:, 0], sample.event, sample.account, accounts)
    low, high = area.interval
    if low > 0.5:
        return "as_expected"
    return "against" if high < 0.5 else "nothing_to_be_seen"
