"""The effects of all plays: by each way of finding one that the data allow, as rows.

A number that cannot be trusted is not given, and the row says why. What is not here: the
formulas (``estimate``, ``comparison``) and where the rows are kept (``book``).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from orchestration.plays.comparison import (
    Sample,
    Weighing,
    doubly_robust,
    largest_imbalance,
    matched_difference,
    weigh,
)
from orchestration.plays.estimate import Estimate, adjusted_difference, difference, holm
from orchestration.plays.observations import Observations, names_of_features, table_of_features

OUTCOMES = ("churn", "usage")
# Fewer accounts on a side say nothing about anybody else.
FEWEST_ACCOUNTS = 20
# Fewer who left in all, and an interval by the normal distribution is none.
FEWEST_DEPARTURES = 10
# Of customers whom nobody helped so many days are enough, and more take time.
MOST_CONTROLS = 20_000
# Beyond it two groups are usually called unbalanced (Austin 2009).
BALANCED_BELOW = 0.1
SEED = 17


@dataclass(frozen=True)
class Effect:
    """A row of the book: one play, outcome and method.

    Attributes:
        status: ok, too_few, not_balanced or placebo_failed.
        reason: why there is no number, or none to trust; None where there is.
        estimate: the effect; None where there is too little.
        counts: rows that got it, and rows that did not.
        imbalance: largest standardised difference before and after, and what differs most after.
        pre_trend: the same comparison of the change before anything began.
        placebo: what the comparison finds where nothing was done, and the kind of it.
    """

    play: str
    outcome: str
    method: str
    is_randomised: bool
    status: str
    reason: str | None = None
    estimate: Estimate | None = None
    counts: tuple[int, int] = (0, 0)
    p_value_holm: float | None = None
    imbalance: tuple[float, float, str] | None = None
    pre_trend: Estimate | None = None
    placebo: tuple[str, Estimate] | None = None


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
    return _held_together(found)


def _randomised(observations: Observations, play: str, outcome: str) -> Iterator[Effect]:
    values, is_known = observations.outcome(outcome)
    drawn = (observations.play == play) & np.isin(observations.arm, ("treat", "holdout"))
    rows = np.flatnonzero(drawn & is_known & ~observations.columns["was_leaving"])
    is_treated = observations.arm[rows] == "treat"
    accounts, result = observations.accounts[rows], values[rows]
    blank = Effect(play, outcome, "randomised", is_randomised=True, status="too_few")
    if not drawn.any():
        yield replace(
            blank, reason="Nobody was held out of it by lot, so only comparisons are there."
        )
        return
    yield _judged(blank, result, is_treated, accounts, difference(result, is_treated, accounts))
    before = observations.columns["use_before"][rows]
    known = ~np.isnan(before)
    if outcome == "usage" and known.any():
        adjusted = replace(blank, method="randomised_adjusted")
        arms, members = is_treated[known], accounts[known]
        estimate = adjusted_difference(result[known], before[known], arms, members)
        yield _judged(adjusted, result[known], arms, members, estimate)


def _judged(
    blank: Effect,
    result: np.ndarray,
    is_treated: np.ndarray,
    accounts: np.ndarray,
    estimate: Estimate,
) -> Effect:
    """Give the estimate, or say what there is too little of."""
    counts = (int(np.sum(is_treated)), int(np.sum(~is_treated)))
    members = [len(np.unique(accounts[is_treated == arm])) for arm in (True, False)]
    if min(members) < FEWEST_ACCOUNTS:
        why = (
            f"The outcome is known of {members[0]} accounts that got it and {members[1]} that did "
            f"not; expected {FEWEST_ACCOUNTS} of each."
        )
        return replace(blank, counts=counts, reason=why)
    departures = int(np.sum(result))
    if blank.outcome == "churn" and departures < FEWEST_DEPARTURES:
        why = f"{departures} of them left in all; expected {FEWEST_DEPARTURES}."
        return replace(blank, counts=counts, reason=why)
    return replace(blank, counts=counts, status="ok", estimate=estimate)


def _compared(observations: Observations, play: str, outcome: str) -> Iterator[Effect]:
    """Compare those who got it without a draw with customers whom nobody helped."""
    chosen = (observations.play == play) & (observations.arm == "none")
    if not chosen.any():
        return
    blank = Effect(play, outcome, "doubly_robust", is_randomised=False, status="too_few")
    rows = _sample_rows(observations, outcome, chosen)
    values = observations.outcome(outcome)[0][rows]
    change = values - observations.columns["use_before"][rows] if outcome == "usage" else values
    sample = _sample(observations, rows, chosen)
    enough = _judged(
        blank,
        # Few who left among the treated are few, however many left among the others.
        np.where(sample.is_treated, values, 0),
        sample.is_treated,
        sample.accounts,
        difference(change, sample.is_treated, sample.accounts),
    )
    if enough.status != "ok":
        yield from (replace(enough, method=name) for name in ("doubly_robust", "matched", "naive"))
        return
    weighing = weigh(sample)
    placebo = _placebo(observations, play, outcome)
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
        yield _trusted(shown)
        if placebo and method == "doubly_robust":
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


def _trusted(effect: Effect) -> Effect:
    """Say of a comparison when what it shows beside itself speaks against it."""
    if effect.placebo and (found := effect.placebo[1]).p_value < 0.05:
        why = (
            f"It comes to {effect.estimate.value:+.3f}, but the same comparison finds "
            f"{found.value:+.3f} ({found.low:+.3f} to {found.high:+.3f}) for those who were held "
            "out, for whom nothing was done: whoever is chosen differs in what nobody measured."
        )
        return replace(effect, status="placebo_failed", reason=why, estimate=None)
    _, after, worst = effect.imbalance
    if after > BALANCED_BELOW:
        why = (
            f"The groups still differ by {after:.2f} standard deviations in {worst}; expected at "
            f"most {BALANCED_BELOW}."
        )
        return replace(effect, status="not_balanced", reason=why)
    return effect


def _held_together(effects: list[Effect]) -> list[Effect]:
    """Add the p values that hold for all plays, among those of one method and outcome."""
    result = list(effects)
    kinds = {(effect.method, effect.outcome) for effect in effects if effect.estimate}
    for kind in sorted(kinds):
        places = [
            place
            for place, effect in enumerate(effects)
            if effect.estimate and (effect.method, effect.outcome) == kind
        ]
        together = holm(np.array([effects[place].estimate.p_value for place in places]))
        for place, value in zip(places, together, strict=True):
            result[place] = replace(effects[place], p_value_holm=float(value))
    return result
