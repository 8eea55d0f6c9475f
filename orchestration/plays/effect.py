"""One effect as a row, and whether its number is one to trust.

What is not here: how it is estimated.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from orchestration.plays.estimate import Estimate, holm

# Fewer accounts on a side say nothing about anybody else.
FEWEST_ACCOUNTS = 20
# Fewer who left in all, and an interval by the normal distribution is none.
FEWEST_DEPARTURES = 10
# Beyond it two groups are usually called unbalanced (Austin 2009).
BALANCED_BELOW = 0.1


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


def judged(
    blank: Effect,
    result: np.ndarray,
    is_treated: np.ndarray,
    accounts: np.ndarray,
    estimate: Callable[[], Estimate],
) -> Effect:
    """Give the estimate, or say what there is too little of for making one."""
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
    return replace(blank, counts=counts, status="ok", estimate=estimate())


def trusted(effect: Effect) -> Effect:
    """Say of a comparison when what it shows beside itself speaks against it."""
    kind, found = effect.placebo or ("none", None)
    if kind == "earlier" and found.p_value < 0.05:
        why = (
            f"Before anything began their use had already changed by {found.value:+.3f} "
            f"({found.low:+.3f} to {found.high:+.3f}) more than that of others like them."
        )
        return replace(effect, status="placebo_failed", reason=why)
    if kind == "held_out" and found.p_value < 0.05:
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


def held_together(effects: list[Effect]) -> list[Effect]:
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
