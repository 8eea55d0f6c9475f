"""Invented pasts in which it is known what decides."""

import numpy as np

from orchestration.proposal.history import History
from orchestration.proposal.version import Version
from orchestration.proposal.weights import Sample

CURVES = {
    "rising": ((0.0, 1.0), (0.25, 30.0), (0.5, 60.0), (0.75, 85.0), (1.0, 100.0)),
    "falling": ((0.0, 100.0), (5.0, 70.0), (20.0, 30.0), (40.0, 1.0)),
    "up_and_down": ((0.0, 65.0), (2.0, 100.0), (5.0, 45.0), (10.0, 1.0)),
    "reference": (),
}


def version(weights=(0.3, 0.3, 0.2, 0.2), curves=("rising", "falling", "up_and_down", "reference")):
    """Return a version with a component for each weight, two in each pillar."""
    count = len(weights)
    return Version(
        version="mature-1",
        model="mature",
        components=tuple(f"c{number}" for number in range(count)),
        labels=tuple(f"part {number}" for number in range(count)),
        pillars=tuple(f"p{number // 2}" for number in range(count)),
        weights=np.array(weights, dtype=float),
        curves=tuple(curves[:count]),
        points=CURVES,
        is_behavioural=np.ones(count, dtype=bool),
        bands=((0.0, "at_risk"), (40.0, "watch"), (70.0, "healthy")),
        is_exempt=False,
    )


def past(seed, pull, accounts=300, mondays=10, missing=0.0, rate=0.25):
    """Return a past in which the log odds of leaving fall by ``pull`` per 100 points of each part.

    Half of what a score is belongs to the account, half to the Monday; outcomes are known 63 days
    after their Monday.
    """
    rng = np.random.default_rng(seed)
    account = np.tile(np.arange(accounts), mondays)
    monday = np.repeat(np.arange(mondays) * 7 + 738_000, accounts)
    usual = rng.normal(0, 1, (accounts, len(pull)))
    moods = (usual[account] + rng.normal(0, 1, (len(account), len(pull)))) / np.sqrt(2)
    scores = np.round(np.clip(50 + 22 * moods, 1, 100), 1)
    odds = np.log(rate / (1 - rate)) - (scores - 50) @ np.array(pull) / 100
    event = (rng.random(len(account)) < 1 / (1 + np.exp(-odds))).astype(float)
    scores[rng.random(scores.shape) < missing] = np.nan
    scores[np.isnan(scores).all(axis=1), 0] = 50.0
    names = tuple(f"a{number:04}" for number in range(accounts))
    sample = Sample(scores, event, account, names)
    return History(sample, ~np.isnan(scores), monday, monday + 63)
