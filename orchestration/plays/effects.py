"""The effects of all plays: by each way of finding one that the data allow, as rows.

A number that cannot be trusted is not given, and the row says why. What is not here: the
formulas (``estimate``, ``comparison``), what makes a number one to trust (``effect``), and where
the rows are kept (``book``).
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from orchestration.plays.comparison import (
    Sample,
    Weighing,
    doubly_robust,
    largest_imbalance,
    matched_difference,
    weigh,
)
from orchestration.plays.effect import FEWEST_ACCOUNTS, Effect, held_together, judged, trusted
from orchestration.plays.estimate import Estimate, adjusted_difference, difference
from orchestration.plays.observations import Observations, names_of_features, table_of_features

OUTCOMES = ("churn", "usage")
# Of customers whom nobody helped so many days are enough, and more take time.
MOST_CONTROLS = 20_000
SEED = 17
# Features that the last 28 days do not change.
KNOWN_A_MONTH_BEFORE = ("use_earlier", "log_mrr", "log_seats", "time", "time_squared")


def effects_of(observations: Observations) -> list[Effect]:
    """Estimate every play of the observations, and hold the p values to all plays together."""
    plays = sorted({play for play in observations.play if play})
    found = [
        effect
        for play in plays
        for outcome in OUTCOMES
        for effect in (
            *_randomised(observations, play, outcome),
            *_compared(observations, play, outcome),
        )
    ]
    return held_together(found)


def _randomised(observations: Observations, play: str, outcome: str) -> Iterator[Effect]:
    values, is_known = observations.outcome(outcome)
    drawn = (observations.play == play) & np.isin(observations.arm, ("treat", "holdout"))
    # Lots are fair among those who are leaving, too, and some plays are for them.
    rows = np.flatnonzero(drawn & is_known)
    is_treated = observations.arm[rows] == "treat"
    accounts, result = observations.accounts[rows], values[rows]
    blank = Effect(play, outcome, "randomised", is_randomised=True, status="too_few")
    if not drawn.any():
        yield replace(
            blank, reason="Nobody was held out of it by lot, so only comparisons are there."
        )
        return
    yield judged(
        blank, result, is_treated, accounts, lambda: difference(result, is_treated, accounts)
    )
    before = observations.columns["use_before"][rows]
    known = ~np.isnan(before)
    if outcome == "usage" and known.any():
        adjusted = replace(blank, method="randomised_adjusted")
        arms, members = is_treated[known], accounts[known]
        yield judged(
            adjusted,
            result[known],
            arms,
            members,
            lambda: adjusted_difference(result[known], before[known], arms, members),
        )


def _compared(observations: Observations, play: str, outcome: str) -> Iterator[Effect]:
    """Compare those who got it without a draw with customers whom nobody helped."""
    chosen = (observations.play == play) & (observations.arm == "none")
    if not chosen.any():
        return
    blank = Effect(play, outcome, "doubly_robust", is_randomised=False, status="too_few")
    rows = _sample_rows(observations, outcome, chosen)
    values = observations.outcome(outcome)[0][rows]
    change = values - observations.columns["use_before"][rows] if outcome == "usage" else values
    is_treated, accounts = chosen[rows], observations.accounts[rows]
    # Few who left among the treated are few, however many left among the others.
    departures = np.where(is_treated, values, 0)
    enough = judged(
        blank, departures, is_treated, accounts, lambda: difference(change, is_treated, accounts)
    )
    if enough.status != "ok":
        yield from (replace(enough, method=name) for name in ("doubly_robust", "matched", "naive"))
        return
    sample = _sample(observations, rows, chosen)
    weighing = weigh(sample)
    placebo = _placebo(observations, play, outcome) or _earlier(observations, rows, sample)
    trend = _trend(observations, rows, sample, weighing)
    for method, weights, estimate in (
        ("doubly_robust", weighing.odds, doubly_robust(sample, weighing, change)),
        ("matched", weighing.matched, matched_difference(sample, weighing, change)),
    ):
        before = largest_imbalance(sample, np.ones(len(rows)))[0]
        after, worst = largest_imbalance(sample, weights)
        shown = replace(
            enough,
            method=method,
            estimate=estimate,
            imbalance=(before, after, worst),
            pre_trend=trend,
            placebo=placebo,
        )
        yield trusted(shown)
        if placebo and placebo[0] == "held_out" and method == "doubly_robust":
            yield replace(shown, method="less_placebo", estimate=_less(estimate, placebo[1]))
    yield replace(enough, method="naive")
    # The twin of the naive figure: neighbours of the treated, for whom nothing was done.
    yield replace(enough, method="selection_alone", estimate=_twin(sample, weighing, change))


def _sample_rows(observations: Observations, outcome: str, chosen: np.ndarray) -> np.ndarray:
    flags = observations.columns
    is_known = observations.outcome(outcome)[1] & ~np.isnan(flags["use_before"])
    usable = is_known & ~flags["was_leaving"] & ~flags["was_helped_lately"]
    alone = np.flatnonzero(usable & (observations.play == "") & ~flags["is_helped_now"])
    if len(alone) > MOST_CONTROLS:
        drawn = np.random.default_rng(SEED).choice(alone, MOST_CONTROLS, replace=False)
        alone = np.sort(drawn)
    return np.concatenate([np.flatnonzero(usable & chosen), alone])


def _sample(observations: Observations, rows: np.ndarray, chosen: np.ndarray) -> Sample:
    return Sample(
        features=table_of_features(observations, rows),
        names=names_of_features(),
        is_treated=chosen[rows],
        accounts=observations.accounts[rows],
        times=observations.days[rows],
    )


def _placebo(observations: Observations, play: str, outcome: str) -> tuple[str, Estimate] | None:
    """Ask the same of those who were held out: nothing was done, so there is nothing to find."""
    held_out = (observations.play == play) & (observations.arm == "holdout")
    rows = _sample_rows(observations, outcome, held_out)
    sample = _sample(observations, rows, held_out)
    if len(np.unique(sample.accounts[sample.is_treated])) < FEWEST_ACCOUNTS:
        return None
    values = observations.outcome(outcome)[0][rows]
    change = values - observations.columns["use_before"][rows] if outcome == "usage" else values
    return "held_out", doubly_robust(sample, weigh(sample), change)


def _earlier(
    observations: Observations, rows: np.ndarray, sample: Sample
) -> tuple[str, Estimate] | None:
    """Ask how their use changed before anything began, by what was known a month before that."""
    columns = observations.columns
    change = columns["use_before"][rows] - columns["use_earlier"][rows]
    known = ~np.isnan(change)
    if len(np.unique(sample.accounts[known & sample.is_treated])) < FEWEST_ACCOUNTS:
        return None
    kept = [place for place, name in enumerate(sample.names) if name in KNOWN_A_MONTH_BEFORE]
    earlier = Sample(
        features=sample.features[known][:, kept],
        names=tuple(sample.names[place] for place in kept),
        is_treated=sample.is_treated[known],
        accounts=sample.accounts[known],
        times=sample.times[known],
    )
    return "earlier", doubly_robust(earlier, weigh(earlier), change[known])


def _less(estimate: Estimate, placebo: Estimate) -> Estimate:
    """Return what is left of an estimate without what its placebo finds; errors add up."""
    value = estimate.value - placebo.value
    error = float(np.hypot(estimate.error, placebo.error))
    return Estimate(value, error, estimate.treated, estimate.treated - value)


def _trend(
    observations: Observations, rows: np.ndarray, sample: Sample, weighing: Weighing
) -> Estimate | None:
    """Return the difference in how use changed before anything began, after weighting."""
    columns = observations.columns
    change = columns["use_before"][rows] - columns["use_earlier"][rows]
    known = ~np.isnan(change)
    if len(np.unique(sample.accounts[known & sample.is_treated])) < FEWEST_ACCOUNTS:
        return None
    return difference(
        change[known], sample.is_treated[known], sample.accounts[known], weighing.odds[known]
    )


def _twin(sample: Sample, weighing: Weighing, outcome: np.ndarray) -> Estimate:
    control = ~sample.is_treated
    is_like = control & (weighing.matched > 0)
    rows = np.concatenate([np.flatnonzero(is_like), np.flatnonzero(control)])
    like = np.arange(len(rows)) < is_like.sum()
    weights = np.where(like, weighing.matched[rows], 1.0)
    return difference(outcome[rows], like, sample.accounts[rows], weights)
