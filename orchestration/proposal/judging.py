"""What a proposal is worth on customers and Mondays that it has not seen.

The customers are dealt into fifths. Each fifth is scored by what the other four would have
proposed on the day before the first Monday that is judged; so every row is judged once, by a
proposal that knows neither its customer nor its time.
"""

from dataclasses import dataclass

import numpy as np

from orchestration.proposal.areas import area_of, interval_of_difference
from orchestration.proposal.curves import Bend, applied_to_all, bend_curves
from orchestration.proposal.history import History
from orchestration.proposal.version import Version, base_scores, filled, within_balance
from orchestration.proposal.weights import fold_of, propose_weights

FOLDS = 5
# Fewest accounts with the outcome before the first Monday that is judged, and from it on.
NEEDED_ON_EACH_SIDE = 20
# A gain that is surely as large is called strong.
STRONG = 0.02


@dataclass(frozen=True)
class Proposal:
    """Weights and curves, in the order of the components."""

    weights: np.ndarray
    bends: list[Bend]


@dataclass(frozen=True)
class Judgement:
    """How the proposal ranks beside the written version, on rows that it has not seen.

    Attributes:
        old: AUC of the written version.
        new: AUC of the proposals that did not know the rows.
        low: lower end of the 95 % interval of the difference, by accounts.
        high: its upper end.
        left: accounts with the outcome among the judged.
        first_monday: first Monday that is judged, as an ordinal; None where time is not kept
            apart, as too few outcomes lie on one side of any day.
        weights: what each fifth would have proposed; a row for each.
    """

    old: float
    new: float
    low: float
    high: float
    left: int
    first_monday: int | None
    weights: np.ndarray

    @property
    def verdict(self) -> str:
        """Return keep, consider or strong; strong only where later Mondays say so."""
        if self.low <= 0:
            return "keep"
        return "strong" if self.low >= STRONG and self.first_monday is not None else "consider"


def propose(version: Version, history: History) -> Proposal:
    """Propose curves, and weights for the scores that they give."""
    sample, is_measured = history.sample, history.is_measured
    bends = bend_curves(version, sample, is_measured)
    bent = applied_to_all(bends, sample.scores, is_measured)
    is_known = ~np.isnan(bent).all(axis=0)
    stands = version.weights[is_known].sum()
    whole = type(sample)(
        filled(version, bent)[:, is_known], sample.event, sample.account, sample.names
    )
    proposed = version.weights.copy()
    found = propose_weights(whole, version.weights[is_known] / stands)
    if not np.array_equal(found, version.weights[is_known] / stands):
        proposed[is_known] = stands * found
    return Proposal(within_balance(version, proposed), bends)


def scored(
    version: Version, proposal: Proposal, scores: np.ndarray, is_measured: np.ndarray
) -> np.ndarray:
    """Return the base scores by a proposal."""
    bent = applied_to_all(proposal.bends, scores, is_measured)
    return base_scores(version.with_weights(proposal.weights), bent)


def judge(version: Version, history: History) -> Judgement:
    """Judge what the way of proposing is worth; the proposal itself knows every row."""
    sample = history.sample
    first_monday = split_day(history)
    is_judged = history.monday >= (first_monday or 0)
    new, weights = unseen_scores(version, history, first_monday)
    judged = sample.where(is_judged)
    old_area, new_area = (
        area_of(np.round(score, 9), judged.event, judged.account, len(sample.names))
        for score in (base_scores(version, judged.scores), new[is_judged])
    )
    low, high = interval_of_difference(new_area, old_area)
    left = len(np.unique(judged.account[judged.event == 1]))
    return Judgement(old_area.area, new_area.area, low, high, left, first_monday, weights)


def unseen_scores(
    version: Version, history: History, first_monday: int | None
) -> tuple[np.ndarray, np.ndarray]:
    """Return the scores by proposals that did not know the rows, and the weights of these.

    A row before the first Monday has none (NaN).
    """
    sample = history.sample
    fold = fold_of(sample.names, FOLDS, "judged")[sample.account]
    is_judged = history.monday >= (first_monday or 0)
    was_known = history.known_on < first_monday if first_monday else np.ones(len(fold), bool)
    scores = np.full(len(fold), np.nan)
    weights = []
    for number in range(FOLDS):
        proposal = propose(version, history.where(was_known & (fold != number)))
        weights.append(proposal.weights)
        rows = is_judged & (fold == number)
        scores[rows] = scored(version, proposal, sample.scores[rows], history.is_measured[rows])
    return scores, np.array(weights)


def split_day(history: History) -> int | None:
    """Return the Monday from which on is judged: that with most outcomes on its poorer side."""
    account, event = history.sample.account, history.sample.event == 1

    def poorer_side(monday: int) -> int:
        before = np.unique(account[event & (history.known_on < monday)])
        after = np.unique(account[event & (history.monday >= monday)])
        return min(len(before), len(after))

    mondays = np.unique(history.monday)
    richest = max(mondays.tolist(), key=poorer_side)
    return richest if poorer_side(richest) >= NEEDED_ON_EACH_SIDE else None
