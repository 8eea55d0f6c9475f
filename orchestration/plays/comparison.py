"""What was not drawn by lot, compared with customers who were alike and were left alone.

Two ways that fail differently: matching with the nearest untreated rows, and doubly robust
weighting (AIPW of Robins, Rotnitzky and Zhao 1994, for the treated), whose models are fitted on
other accounts than they are used for. Neither sees what nobody measured, so both are labelled as
not randomised wherever they are shown.
"""

from dataclasses import dataclass

import numpy as np

from orchestration.plays.estimate import Estimate, clustered_error, difference

FOLDS = 5
NEIGHBOURS = 5
# So many more are asked for, as rows of the same account are no comparison for it.
SPARE = 15
# A weight beyond this would be one account speaking for dozens.
LARGEST_PROPENSITY = 0.95


@dataclass(frozen=True)
class Sample:
    """Rows of those who got a play without a draw, and of those who were left alone.

    Attributes:
        features: what was known before, without gaps, shaped (rows, features).
        names: of the features.
        is_treated: shaped (rows,).
        accounts: number of the account of each row.
        times: day of each row as a number of days.
    """

    features: np.ndarray
    names: tuple[str, ...]
    is_treated: np.ndarray
    accounts: np.ndarray
    times: np.ndarray


@dataclass(frozen=True)
class Weighing:
    """What makes the untreated rows of a sample comparable with the treated ones.

    Attributes:
        propensity: chance of each row to be treated, by models of other accounts.
        odds: weight of each row: 1 for treated ones, the odds of the propensity for the others.
        matched: weight of each row in the matched comparison; untreated rows that are nobody's
            neighbour weigh nothing.
    """

    propensity: np.ndarray
    odds: np.ndarray
    matched: np.ndarray


def weigh(sample: Sample) -> Weighing:
    """Fit who is treated, and find the neighbours of those who were."""
    propensity = _crossed(
        sample, sample.is_treated.astype(float), ~np.zeros_like(sample.is_treated)
    )
    propensity = np.clip(propensity, 1e-6, LARGEST_PROPENSITY)
    odds = np.where(sample.is_treated, 1.0, propensity / (1 - propensity))
    return Weighing(propensity, odds, _matched(sample, propensity))


def _matched(sample: Sample, propensity: np.ndarray) -> np.ndarray:
    # It takes a second to import, and most runs compare nothing.
    from sklearn.neighbors import NearestNeighbors
    from sklearn.preprocessing import StandardScaler

    logit = np.log(propensity / (1 - propensity))
    # Near in the chance to be treated, in what was known, and in time: within a month or so.
    scaled = StandardScaler().fit_transform(sample.features)
    place = np.column_stack([2 * logit / max(np.std(logit), 1e-9), scaled, sample.times / 28.0])
    controls = np.flatnonzero(~sample.is_treated)
    treated = np.flatnonzero(sample.is_treated)
    asked = min(NEIGHBOURS + SPARE, len(controls))
    near = NearestNeighbors(n_neighbors=asked).fit(place[controls])
    found = controls[near.kneighbors(place[treated], return_distance=False)]
    weights = sample.is_treated.astype(float)
    for row, candidates in zip(treated, found, strict=True):
        others = candidates[sample.accounts[candidates] != sample.accounts[row]][:NEIGHBOURS]
        weights[others] += 1.0 / max(len(others), 1)
    return weights


def matched_difference(sample: Sample, weighing: Weighing, outcome: np.ndarray) -> Estimate:
    """Return the mean of the treated less that of their neighbours.

    Of a change since before, it is a matched difference in differences.
    """
    return difference(outcome, sample.is_treated, sample.accounts, weighing.matched)


def doubly_robust(sample: Sample, weighing: Weighing, outcome: np.ndarray) -> Estimate:
    """Return the effect on the treated by AIPW with crossed fits and weights that sum to one."""
    expected = _crossed(sample, outcome, ~sample.is_treated)
    rest = outcome - expected
    treated, control = sample.is_treated, ~sample.is_treated
    share = weighing.odds * control / np.sum(weighing.odds[control])
    unexplained = float(np.sum(share * rest))
    count = int(np.sum(treated))
    value = float(np.mean(rest[treated])) - unexplained
    influence = treated * (rest - np.mean(rest[treated])) / count - share * (rest - unexplained)
    reached = float(np.mean(outcome[treated]))
    return Estimate(value, clustered_error(influence, sample.accounts), reached, reached - value)


def largest_imbalance(sample: Sample, weights: np.ndarray) -> tuple[float, str]:
    """Return the largest standardised mean difference, and of which feature it is.

    In standard deviations of the treated; beyond 0.1 is usually called unbalanced (Austin 2009).
    """
    treated, control = sample.is_treated, ~sample.is_treated
    share = weights * control / np.sum(weights[control])
    means = sample.features[treated].mean(0) - share @ sample.features
    spread = sample.features[treated].std(0)
    distance = np.abs(np.where(spread > 0, means / np.where(spread > 0, spread, 1), 0.0))
    worst = int(np.argmax(distance))
    return float(distance[worst]), sample.names[worst]


def _crossed(sample: Sample, outcome: np.ndarray, is_taught: np.ndarray) -> np.ndarray:
    """Predict the outcome of each row by a model that has seen no row of its account.

    Args:
        sample: the rows.
        outcome: 0 and 1, or any number.
        is_taught: rows from which it may be learnt.
    """
    from sklearn.linear_model import LogisticRegression, Ridge
    from sklearn.model_selection import GroupKFold
    from sklearn.preprocessing import StandardScaler

    is_chance = bool(np.all(np.isin(outcome, (0.0, 1.0))))
    predicted = np.empty(len(outcome))
    for others, these in GroupKFold(FOLDS).split(sample.features, groups=sample.accounts):
        taught = others[is_taught[others]]
        scaler = StandardScaler().fit(sample.features[taught])
        known, asked = (scaler.transform(sample.features[rows]) for rows in (taught, these))
        if not is_chance:
            predicted[these] = Ridge(alpha=1.0).fit(known, outcome[taught]).predict(asked)
        elif len(np.unique(outcome[taught])) < 2:
            predicted[these] = outcome[taught].mean()
        else:
            model = LogisticRegression(solver="newton-cholesky").fit(known, outcome[taught])
            predicted[these] = model.predict_proba(asked)[:, 1]
    return predicted
