"""The oracle: the best ranking that anybody could make who knew all but the coin flips.

What is here: for a few snapshots the probability that an account decides to leave within six
weeks after a gap of one, by continuing the latent process many times, and its AUC against what
happened. What is not here: the learning of anything.

Of annual contracts the oracle does not know the intent that has accrued, only its probability.
"""

import json
from pathlib import Path

import numpy as np

from data.demo.effects import hazard
from data.demo.horizon import NEVER
from data.demo.streams import Streams
from data.demo.usage import World

GAP, HORIZON = 1, 6


def write_oracle(world: World, streams: Streams, folder: Path) -> None:
    """Write the oracle's AUC over pooled snapshots; nothing for sizes without paths."""
    if not world.size.oracle_paths:
        return
    last = world.horizon.weeks - GAP - HORIZON
    snapshots = sorted({int(w) for w in np.linspace(world.horizon.weeks * 0.4, last, 6)})
    pairs = [_snapshot(world, week, streams.stream("oracle", week)) for week in snapshots]
    chance = np.concatenate([pair[0] for pair in pairs])
    event = np.concatenate([pair[1] for pair in pairs])
    result = {
        "gap_weeks": GAP,
        "horizon_weeks": HORIZON,
        "paths": world.size.oracle_paths,
        "snapshots": [world.horizon.date_of(7 * week).isoformat() for week in snapshots],
        "rows": len(event),
        "events": int(event.sum()),
        "auc": round(area_under_curve(chance, event), 4),
        "mean_probability": round(float(chance.mean()), 5),
    }
    text = json.dumps(result, indent=2) + "\n"
    (folder / "truth_oracle.json").write_text(text, encoding="utf-8")


def _snapshot(world: World, week: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return probability and outcome of the accounts that survive the gap undecided."""
    journey, day = world.journey, 7 * week
    at_risk = np.flatnonzero(journey.weekly["at_risk"][week])
    spell = (journey.start[1, at_risk] <= day).astype(int)
    decided = journey.request[spell, at_risk]
    ended = journey.end[spell, at_risk]
    lost_card = journey.involuntary[spell, at_risk] & (ended < day + 7 * (GAP + HORIZON) + 21)
    stays = (decided >= day + 7 * GAP) & ~lost_card
    event = (decided < day + 7 * (GAP + HORIZON)) & (decided != NEVER)
    chance = _continued(world, week, at_risk, spell, rng)
    return chance[stays], event[stays]


def _continued(
    world: World, week: int, accounts: np.ndarray, spell: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Return the share of continuations that decide in the window, given the gap survived."""
    journey, company, effects = world.journey, world.company, world.effects
    shape = (world.size.oracle_paths, len(accounts))
    weekly = {name: values[:, accounts] for name, values in journey.weekly.items()}
    mood = np.repeat(weekly["engagement"][week][None, :], shape[0], 0)
    accrued = _accrued(world, week, accounts, spell)
    intent = rng.random(shape) < accrued
    start = journey.start[spell, accounts]
    annual = company.is_annual[accounts]
    decided_at = np.full(shape, NEVER)
    for ahead in range(GAP + HORIZON):
        now = min(week + ahead, world.horizon.weeks - 1)
        if ahead:
            mood = 0.96 * mood + rng.normal(0, 0.2, shape) - 1.3 * (rng.random(shape) < 0.004)
        drivers = {
            name: weekly[name][now]
            for name in ("latency", "broken", "onboarded", "treated", "tickets", "frailty")
        }
        logit = effects.logit(company.segment[accounts], {**drivers, "engagement": mood})
        intent |= rng.random(shape) < hazard(logit)
        every = np.where(annual, 12, 1)
        ending = world.horizon.next_anniversary(start, 7 * now + 6, every)
        opens = np.where(annual, ending - journey.lead[accounts], 7 * now) <= 7 * now + 6
        decided_at = np.where(intent & opens & (decided_at == NEVER), ahead, decided_at)
    survives = decided_at >= GAP
    return (survives & (decided_at != NEVER)).sum(0) / np.maximum(survives.sum(0), 1)


def _accrued(world: World, week: int, accounts: np.ndarray, spell: np.ndarray) -> np.ndarray:
    """Return the probability that an annual customer has already made up its mind."""
    risk = np.nan_to_num(world.journey.weekly["hazard"][:week, accounts])
    begun = np.maximum(world.journey.start[spell, accounts] // 7, 0)
    risk = risk * (np.arange(week)[:, None] >= begun)
    stayed = np.prod(1 - risk, axis=0)
    return np.where(world.company.is_annual[accounts], 1 - stayed, 0.0)


def area_under_curve(score: np.ndarray, event: np.ndarray) -> float:
    """Return the probability that an event outranks a non-event; ties count half."""
    if not event.any() or event.all():
        return float("nan")
    values, inverse = np.unique(score, return_inverse=True)
    counts = np.bincount(inverse, minlength=len(values))
    rank = np.cumsum(counts) - (counts - 1) / 2
    positive = int(event.sum())
    total = rank[inverse][event].sum() - positive * (positive + 1) / 2
    return float(total / (positive * (len(event) - positive)))
