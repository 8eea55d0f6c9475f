"""A model of one outcome within one horizon, or why there is none.

What is not here: where it is kept, which ``book`` knows, and what it says of anybody, which dbt
works out from the book.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
from scipy.special import expit

from orchestration.outlook.challenger import challenge
from orchestration.outlook.figures import deciles_of, figures_of
from orchestration.outlook.judged import Figures, Judged
from orchestration.outlook.logistic import EVENTS_PER_PARAMETER, learn
from orchestration.outlook.models import Live, Model
from orchestration.outlook.sample import OF_A_HORIZON, Sample
from orchestration.outlook.verdict import verdict
from orchestration.outlook.walk_forward import (
    TEST_EVENTS,
    TRAINING_EVENTS,
    folds_of,
    judged_mondays,
    rates_of_scores,
    thinned,
)
from orchestration.proposal.areas import area_of

# A single feature that ranks so well holds the outcome itself.
TOO_GOOD = 0.9
RECENCY = "log_days_since_activity"
TREND = "active_day_change_28d"
DAYS_UNTIL_END = "log_days_until_term_end"


def train(
    sample: Sample,
    label: str,
    horizon_days: int,
    trained_on: date,
    capacity: int,
    live: Live | None = None,
    is_challenged: bool = False,
) -> Model:
    """Learn from every outcome that is known, and judge the way of learning forward in time.

    A challenger is judged beside it where that is asked for; its sentence is all that stays of it.
    """
    digest = sample.sha256
    named = {
        "version": f"{label}-{horizon_days}-{trained_on:%Y%m%d}-{digest[:8]}",
        "label": label,
        "horizon_days": horizon_days,
        "data_sha256": digest,
        "training_event_count": sample.event_accounts,
    }
    if refusal := _refusal(sample, label, horizon_days, trained_on):
        return Model(**named, **refusal)
    seed = int(digest[:8], 16)
    judged, is_unseen, folds = _judge(sample, seed)
    model = {"test_event_count": judged.event_accounts}
    training = thinned(sample)
    figures = dict(_slices(sample, judged, is_unseen, folds, capacity, seed))
    is_better, reason = verdict(sample, judged, figures["all", "all"], live)
    if is_challenged:
        reason += f" {challenge(sample, judged, capacity, live, seed)}"
    return Model(
        **named,
        **model,
        status="candidate",
        reason=reason,
        is_better=is_better,
        regression=learn(training, seed),
        training=training,
        score_rates=rates_of_scores(sample),
        figures=figures,
    )


def _refusal(
    sample: Sample, label: str, horizon_days: int, trained_on: date
) -> dict[str, object] | None:
    """Return the status of a sample that nothing can be learned from, and the sentence."""
    what = f"{label} within {horizon_days} days"
    left, rows = sample.event_accounts, len(sample.event)
    if rows == 0:
        return {
            "status": "no_outcomes",
            "reason": f"No Monday has a known outcome of {what} yet: each waits for its window and "
            "for the grace after it.",
        }
    mondays = np.unique(sample.monday)
    if len(mondays) < 2:
        only = date.fromordinal(int(mondays[0]))
        return {
            "status": "no_time_axis",
            "reason": f"All {rows:,} known outcomes of {what} are of one day, {only}: without a "
            "time axis nothing tells a cause from what followed, so there is no outlook. Land the "
            "history of subscriptions and of use, with its dates.",
        }
    if len(np.unique(sample.event)) == 1:
        one = "Nobody" if left == 0 else "Everybody"
        return {
            "status": "one_outcome_only",
            "reason": f"{one} of {len(np.unique(sample.account)):,} customers had {what} since "
            f"{date.fromordinal(int(mondays[0]))}, so nothing tells them apart.",
        }
    judged = np.isin(sample.monday, judged_mondays(sample))
    test = sample.where(judged).event_accounts
    if left < TRAINING_EVENTS or test < TEST_EVENTS:
        days = max(int(mondays[-1] - mondays[0]), 7)
        lacking = max(TRAINING_EVENTS + TEST_EVENTS - left, TEST_EVENTS - test)
        possible = trained_on + timedelta(days=int(np.ceil(lacking * days / left)))
        return {
            "status": "insufficient_outcomes",
            "test_event_count": test,
            "possible_from": possible,
            "reason": f"{left} customers with {what} are known, {test} of them after enough others "
            f"to learn from; a model needs {TRAINING_EVENTS} to learn from, {EVENTS_PER_PARAMETER} "
            f"a parameter and {TEST_EVENTS} later ones to be judged by. At the pace so far there "
            f"could be one from {possible} on.",
        }
    for feature in sample.features:
        area = _alone(sample, feature)
        if area > TOO_GOOD and not _is_calendar(sample, feature):
            return {
                "status": "too_good",
                "test_event_count": test,
                "reason": f"The feature {feature} alone tells {what} with an AUC of {area:.3f}, "
                f"above {TOO_GOOD}: it most likely holds the outcome itself. Look at its source "
                "and its definition; nothing was learned.",
            }
    return None


def _alone(sample: Sample, feature: str) -> float:
    """Return how well a feature alone ranks, in the better direction; 0 where that says nothing."""
    values = sample.column(feature)
    known = sample.where(~np.isnan(values))
    without = len(np.unique(known.account[known.event == 0]))
    if min(known.event_accounts, without) < TEST_EVENTS:
        return 0.0
    area = area_of(values[~np.isnan(values)], known.event, known.account, len(sample.names)).area
    return max(area, 1 - area)


def _is_calendar(sample: Sample, feature: str) -> bool:
    """Tell whether a feature says when a contract ends, and no more.

    Who is bound for longer cannot leave, so it ranks well without holding the outcome. Where most
    of those whom it ranks first had the outcome, the end was moved when they left.
    """
    if feature != DAYS_UNTIL_END and not OF_A_HORIZON.search(feature):
        return False
    soonest = -sample.column(feature) if feature == DAYS_UNTIL_END else sample.column(feature)
    is_known = ~np.isnan(soonest)
    soonest, event = soonest[is_known], sample.event[is_known]
    first = np.sort(soonest)[::-1][: int(event.sum())]
    return bool(event[soonest >= first[-1]].mean() <= 1 / 2)


def _judge(sample: Sample, seed: int) -> tuple[Judged, np.ndarray, np.ndarray]:
    """Return the judged rows, which of their accounts their model had not seen, and the folds."""
    rows = len(sample.event)
    probability, rate_of_score = np.full(rows, np.nan), np.full(rows, np.nan)
    fold_of_row, is_unseen = np.zeros(rows, dtype=int), np.zeros(rows, dtype=bool)
    for fold in folds_of(sample, seed):
        chosen = fold.is_judged
        part = sample.where(chosen)
        probability[chosen] = expit(fold.regression.logit(part))
        rate_of_score[chosen] = fold.score_rates.at(part.health_score)
        fold_of_row[chosen] = fold.number
        is_unseen[chosen] = ~np.isin(part.account, fold.training.account)
    whole = Judged(
        probability,
        sample.event,
        sample.account,
        len(sample.names),
        sample.monday,
        rules_of(sample),
        rate_of_score,
    )
    is_judged = fold_of_row > 0
    return whole.where(is_judged), is_unseen[is_judged], fold_of_row


def rules_of(sample: Sample) -> dict[str, np.ndarray]:
    """Return what the plainest rules say of each row, the lower the worse."""
    return {
        "recency": -sample.column(RECENCY),
        "usage_trend": sample.column(TREND),
        "health_score": sample.health_score,
    }


def _slices(
    sample: Sample,
    judged: Judged,
    is_unseen: np.ndarray,
    fold_of_row: np.ndarray,
    capacity: int,
    seed: int,
) -> Iterator[tuple[tuple[str, str], Figures]]:
    yield ("all", "all"), figures_of(judged, capacity, seed, is_resampled=True)
    is_judged = fold_of_row > 0
    folds = fold_of_row[is_judged]
    for number in np.unique(folds):
        yield (str(number), "all"), figures_of(judged.where(folds == number), capacity, seed)
    segments = sample.segment[is_judged]
    for name in sorted(set(segments)):
        part = judged.where(segments == name)
        yield ("all", f"segment: {name}"), figures_of(part, capacity, seed)
    yield ("all", "unseen_accounts"), figures_of(judged.where(is_unseen), capacity, seed)
    nobody_helped = ~sample.is_helped[is_judged]
    yield ("all", "not_helped"), figures_of(judged.where(nobody_helped), capacity, seed)
    for number, figures in enumerate(deciles_of(judged), start=1):
        yield ("all", f"decile_{number:02d}"), figures
