"""The challenger: boosted trees on the same columns, judged by the same gates on the same rows.

It answers one question, whether more could be had from these features than a sum of them says. It
is never kept and never promoted: dbt scores by coefficients that people can read, and a forest is
none. Where it surely beats the regression, a feature is missing that says the same in a sum.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from orchestration.outlook.figures import difference, figures_of
from orchestration.outlook.judged import Judged
from orchestration.outlook.models import Live
from orchestration.outlook.sample import Sample
from orchestration.outlook.verdict import verdict
from orchestration.outlook.walk_forward import folds_of

if TYPE_CHECKING:
    from sklearn.ensemble import HistGradientBoostingClassifier


def challenge(sample: Sample, judged: Judged, capacity: int, live: Live | None, seed: int) -> str:
    """Judge boosted trees on the rows by which the regression was judged; return the sentence.

    Args:
        sample: all rows.
        judged: those that are judged, as the regression said.
        capacity: customers that can be cared for each Monday.
        live: the model in force; None without one.
        seed: of the trees.
    """
    probability = np.full(len(sample.event), np.nan)
    for fold in folds_of(sample, seed):
        part = sample.where(fold.is_judged)
        trees = _trees(seed).fit(fold.training.values, fold.training.event)
        probability[fold.is_judged] = trees.predict_proba(part.values)[:, 1]
    other = replace(judged, probability=probability[~np.isnan(probability)])
    _, said = verdict(sample, other, figures_of(other, capacity, seed), live)
    gain, low, high = difference(other, judged.probability)
    worth = (
        "surely better than" if low > 0 else "surely worse than" if high < 0 else "no other than"
    )
    return (
        f"A boosted model of the same features is {worth} this one ({gain:+.3f}, 95% {low:+.3f} to "
        f"{high:+.3f}): {said}"
    )


def _trees(seed: int) -> "HistGradientBoostingClassifier":
    """Return shallow trees that learn slowly; what is missing goes its own way in each of them."""
    # It takes a second to import, and most runs learn nothing.
    from sklearn.ensemble import HistGradientBoostingClassifier

    return HistGradientBoostingClassifier(
        learning_rate=0.05,
        max_iter=100,
        max_leaf_nodes=8,
        min_samples_leaf=50,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=seed % 2**32,
    )
