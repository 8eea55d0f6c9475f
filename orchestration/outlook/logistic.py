"""A logistic regression with a ridge, and how sure its coefficients are.

A column is held within four deviations of its mean, and measured in deviations from it; what is
not known is the mean, and a column of its own says that it is not known. Mean, deviation and
which columns there are come from the rows that are learned from, and from no other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from orchestration.outlook.sample import Sample

# Departures that a parameter needs (Peduzzi and others 1996), and that it is given.
EVENTS_PER_PARAMETER = 10
EVENTS_GIVEN_TO_A_PARAMETER = 20
# The inverse of the strength of the ridge, as scikit-learn counts it, where each account that left
# has one row with its departure. It is not tuned.
RIDGE_INVERSE = 0.3
HELD_WITHIN = 4.0
# What is known, or not known, of fewer rows than this share says nothing.
RARE = 0.02
DRAWS = 50
MISSING = "_is_missing"
SMALLEST_SCALE = 1e-9


@dataclass(frozen=True)
class Term:
    """A column of the regression.

    Attributes:
        feature: the feature that it is made of.
        is_missing_mark: whether it is 1 where the feature is not known, and 0 where it is.
        mean: what stands in for the unknown, and is zero in deviations; 0 for a mark.
        scale: one deviation; 1 for a mark.
    """

    feature: str
    is_missing_mark: bool
    mean: float
    scale: float

    @property
    def name(self) -> str:
        """Return the name of the column."""
        return self.feature + MISSING if self.is_missing_mark else self.feature

    @property
    def lower(self) -> float:
        """Return the least value that counts."""
        return 0.0 if self.is_missing_mark else self.mean - HELD_WITHIN * self.scale

    @property
    def upper(self) -> float:
        """Return the greatest value that counts."""
        return 1.0 if self.is_missing_mark else self.mean + HELD_WITHIN * self.scale

    def of(self, values: np.ndarray) -> np.ndarray:
        """Return the column of a feature's values."""
        if self.is_missing_mark:
            return np.isnan(values).astype(float)
        held = np.clip(np.where(np.isnan(values), self.mean, values), self.lower, self.upper)
        return (held - self.mean) / self.scale


@dataclass(frozen=True)
class Regression:
    """What was learned.

    Attributes:
        terms: the columns.
        intercept: logit where every column is zero.
        coefficients: one for each term.
        draws: intercept and coefficients as they could be as well; a row for each draw.
    """

    terms: tuple[Term, ...]
    intercept: float
    coefficients: np.ndarray
    draws: np.ndarray

    def logit(self, sample: Sample) -> np.ndarray:
        """Return the log odds of each row."""
        return self.intercept + columns_of(self.terms, sample) @ self.coefficients


def columns_of(terms: Sequence[Term], sample: Sample) -> np.ndarray:
    """Return the columns of the regression for these rows."""
    if not terms:
        return np.zeros((len(sample.event), 0))
    return np.column_stack([term.of(sample.column(term.feature)) for term in terms])


def choose_terms(sample: Sample) -> tuple[Term, ...]:
    """Choose as many of the features, from the first on, as the departures can carry."""
    room = sample.event_accounts // EVENTS_GIVEN_TO_A_PARAMETER
    terms: list[Term] = []
    marked: list[np.ndarray] = []
    for feature in sample.features:
        values = sample.column(feature)
        is_missing = np.isnan(values)
        share = is_missing.mean()
        if share > 1 - RARE:
            continue
        mean, scale = float(np.nanmean(values)), float(np.nanstd(values))
        if scale < SMALLEST_SCALE:
            continue
        found = [Term(feature, is_missing_mark=False, mean=mean, scale=scale)]
        # Features that are unknown together need one mark.
        is_new = all((is_missing != other).mean() >= RARE for other in marked)
        if share >= RARE and is_new:
            found.append(Term(feature, is_missing_mark=True, mean=0.0, scale=1.0))
        if len(terms) + len(found) > room:
            break
        terms += found
        if len(found) > 1:
            marked.append(is_missing)
    return tuple(terms)


def learn(sample: Sample, seed: int) -> Regression:
    """Learn from rows in which the outcome both happened and did not.

    The draws are those of a normal distribution with the sandwich covariance by accounts (Liang and
    Zeger 1986), as the rows of an account depend on each other.
    """
    terms = choose_terms(sample)
    columns = columns_of(terms, sample)
    found = _fitted(columns, sample)
    whole = np.column_stack([np.ones(len(columns)), columns])
    covariance = _covariance(whole, sample, expit(whole @ found))
    draws = np.random.default_rng(seed).multivariate_normal(
        found, covariance, size=DRAWS, method="eigh"
    )
    return Regression(terms, float(found[0]), found[1:], draws)


def _fitted(columns: np.ndarray, sample: Sample) -> np.ndarray:
    """Return intercept and coefficients; without a column the log odds of all."""
    if not columns.shape[1]:
        rate = sample.event.mean()
        return np.array([np.log(rate / (1 - rate))])
    # It takes a second to import, and most runs learn nothing.
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=_ridge_inverse(sample), max_iter=1000, tol=1e-8)
    model.fit(columns, sample.event)
    return np.concatenate([model.intercept_, model.coef_[0]])


def _ridge_inverse(sample: Sample) -> float:
    """Return the inverse strength of the ridge for these rows.

    An account that leaves is one departure however many Mondays it was watched before it. Counted
    by rows, a long horizon would seem to know more than it does, and would be too sure.
    """
    return RIDGE_INVERSE * sample.event_accounts / float(sample.event.sum())


def _covariance(whole: np.ndarray, sample: Sample, probability: np.ndarray) -> np.ndarray:
    ridge = np.full(whole.shape[1], 1 / _ridge_inverse(sample))
    ridge[0] = 0
    curvature = (whole * (probability * (1 - probability))[:, None]).T @ whole + np.diag(ridge)
    slopes = np.zeros((len(sample.names), whole.shape[1]))
    np.add.at(slopes, sample.account, whole * (sample.event - probability)[:, None])
    accounts = len(np.unique(sample.account))
    meat = slopes.T @ slopes * accounts / max(accounts - 1, 1)
    bread = np.linalg.pinv(curvature)
    covariance = bread @ meat @ bread
    return (covariance + covariance.T) / 2
