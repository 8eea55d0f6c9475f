"""The ceiling: how well anybody could have ranked the very rows of the track record.

The oracle of ``data/demo`` looks at six Sundays and at decisions. Here the same latent process is
continued from the Mondays of the backtest, and what is asked is its label: whether service ends
after the blackout and within the horizon, of those who have asked for nothing by the Monday. Who
ranks by this knows everything but the coins, and the intent that annual customers keep to
themselves. It knows the incidents and the outreach to come, which a score does not.
"""

from datetime import date

import numpy as np

from data.demo.effects import hazard
from data.demo.horizon import NEVER, Horizon
from data.demo.simulation import build_world
from data.demo.sizes import SIZES
from data.demo.streams import Streams
from data.demo.usage import World

PATHS = 200
RETRIES = 21


def world_of(size: str, seed: int, end: date) -> World:
    """Return the company as it was decided, without writing a line of it."""
    return build_world(size, Horizon(end, SIZES[size].weeks), Streams(seed))[0]


def chances(
    world: World, monday: date, accounts: np.ndarray, lead: int, horizon: int, seed: int
) -> np.ndarray:
    """Return the probability of each account that its service ends within the window."""
    rng = np.random.default_rng((seed, monday.toordinal()))
    journey, company, effects = world.journey, world.company, world.effects
    today = world.horizon.day_of(monday)
    week, shape = today // 7, (PATHS, len(accounts))
    spell = (journey.start[1, accounts] <= today).astype(int)
    start, annual = journey.start[spell, accounts], company.is_annual[accounts]
    every = np.where(annual, 12, 1)
    weekly = {name: values[:, accounts] for name, values in journey.weekly.items()}
    mood = np.repeat(weekly["engagement"][week][None, :], PATHS, 0)
    intent = rng.random(shape) < _accrued(world, week, accounts, start)
    asked, ended = np.full(shape, NEVER), np.full(shape, NEVER)
    in_trouble = _in_trouble(world, accounts, today)
    lost = rng.random(shape) < effects.payment_loss
    known = in_trouble != NEVER
    ended = np.where(known & lost, in_trouble + RETRIES, ended)
    for now in range(week, (today + lead + horizon) // 7 + 1):
        if now > week:
            mood = 0.96 * mood + rng.normal(0, 0.2, shape) - 1.3 * (rng.random(shape) < 0.004)
        seen = min(now, world.horizon.weeks - 1)
        drivers = {
            name: weekly[name][seen]
            for name in ("latency", "broken", "onboarded", "treated", "tickets", "frailty")
        }
        logit = effects.logit(company.segment[accounts], {**drivers, "engagement": mood})
        intent |= rng.random(shape) < hazard(logit)
        ending = world.horizon.next_anniversary(start, 7 * now + 6, every)
        opens = np.where(annual, ending - journey.lead[accounts], 7 * now)
        acts = intent & (opens <= 7 * now + 6) & (ended == NEVER)
        asked = np.where(acts, np.maximum(7 * now + rng.integers(0, 7, shape), opens), asked)
        ended = np.where(acts, ending, ended)
        due = world.horizon.next_anniversary(start, 7 * now - 1, every)
        chance = effects.payment_trouble_weekly * np.where(annual, 20, 4.3)
        fails = (ended == NEVER) & ~intent & (due < 7 * now + 7) & (due > today)
        fails &= rng.random(shape) < chance * effects.payment_loss
        ended = np.where(fails, due + RETRIES, ended)
    at_risk = (asked > today) & (ended > today + lead)
    within = at_risk & (ended <= today + lead + horizon)
    return within.sum(0) / np.maximum(at_risk.sum(0), 1)


def _accrued(world: World, week: int, accounts: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Return the probability that an annual customer has already made up its mind.

    Since the last renewal only, and not at all once notice can be given: who had made it up before
    has gone, or has asked.
    """
    annual = world.company.is_annual[accounts]
    every = np.where(annual, 12, 1)
    ending = world.horizon.next_anniversary(start, 7 * week - 1, every)
    begun = np.maximum(np.maximum(ending - 365, start) // 7, 0)
    risk = np.nan_to_num(world.journey.weekly["hazard"][:week, accounts])
    stayed = np.prod(1 - risk * (np.arange(week)[:, None] >= begun), axis=0)
    has_asked_otherwise = ending - world.journey.lead[accounts] < 7 * week
    return np.where(annual & ~has_asked_otherwise, 1 - stayed, 0.0)


def _in_trouble(world: World, accounts: np.ndarray, today: int) -> np.ndarray:
    """Return the day on which the card of an account failed, if that is not settled yet."""
    failed = np.full(len(world.company), NEVER)
    for trouble in world.journey.trouble:
        if today - RETRIES < trouble.day <= today:
            failed[trouble.account] = trouble.day
    return failed[accounts]
