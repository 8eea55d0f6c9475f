"""Worlds in which the effect of a play is known, as the observations that effects are taken from.

One is drawn here, with everything that decides who is helped in sight, or some of it hidden. The
other is the demonstration company itself, of whose journey only what a warehouse would see is
told. What is not here: what is asked of them.
"""

from datetime import date

import numpy as np

from data.demo.horizon import NEVER, Horizon
from data.demo.simulation import build_world
from data.demo.sizes import SIZES
from data.demo.streams import Streams
from data.demo.usage import World
from orchestration.plays.observations import FEATURES, FLAGS, Observations

WEEKS = 8
EVENTS_PER_SESSION = 6


def drawn_world(
    seed: int, count: int = 3000, effect: float = 0.25, hidden: float = 0.0
) -> Observations:
    """Draw accounts of which the worse ones are helped more often, and some held out by lot.

    Args:
        seed: of the draws.
        count: accounts.
        effect: of the play on use, in logarithms; a departure is as much less likely.
        hidden: how much of what decides who is helped nobody measures.
    """
    rng = np.random.default_rng(seed)
    mood, secret = rng.normal(size=count), rng.normal(size=count)
    before = 2.5 + 0.6 * mood + rng.normal(scale=0.3, size=count)
    urge = 1 / (1 + np.exp(1.0 + mood + hidden * secret))
    in_experiment = rng.random(count) < 0.6 * urge
    is_held_out = in_experiment & (rng.random(count) < 0.5)
    is_drawn = in_experiment & ~is_held_out
    is_helped = ~in_experiment & (rng.random(count) < urge)
    helped = is_drawn | is_helped
    state = mood + hidden * secret
    after = 2.5 + 0.6 * state + effect * helped + rng.normal(scale=0.3, size=count)
    chance = 1 / (1 + np.exp(2.2 + 0.8 * state + 2 * effect * helped))
    columns = {name: np.zeros(count) for name in FEATURES}
    columns |= {name: np.zeros(count, bool) for name in FLAGS}
    columns |= {
        "use_week_before": before + rng.normal(scale=0.2, size=count),
        "use_before": before,
        "use_earlier": before + rng.normal(scale=0.2, size=count),
        "health_score": 60 + 15 * mood,
        "use_after": after,
        "has_left": rng.random(count) < chance,
        "is_outcome_known": np.ones(count, bool),
        "is_use_known": np.ones(count, bool),
    }
    arm = np.select([is_held_out, is_drawn, is_helped], ["holdout", "treat", "none"], "")
    return Observations(
        accounts=np.arange(count),
        days=np.floor(rng.uniform(0, 300, count)),
        play=np.where(arm == "", "", "rescue_call"),
        arm=arm,
        columns=columns,
    )


def demonstration(size: str = "large", seed: int = 7) -> tuple[Observations, dict[str, float]]:
    """Return what a warehouse would see of the calls of the demonstration company, and the truth.

    The truth of churn is the mean over the calls of how much likelier a decision within eight
    weeks would have been without; annual contracts act on it at renewal and count as unaffected.
    """
    horizon = Horizon(date(2026, 10, 31), SIZES[size].weeks)
    world, _ = build_world(size, horizon, Streams(seed))
    use = _weekly_events(world, np.random.default_rng(seed))
    offers = [offer for offer in world.journey.outreach if offer.kind == "call"]
    served = world.journey.weekly["served"].astype(bool)
    week, account = np.nonzero(served[: horizon.weeks - WEEKS] & (world.company.kind == 0))
    weeks = np.concatenate([week, [offer.week for offer in offers]]).astype(int)
    accounts = np.concatenate([account, [offer.account for offer in offers]]).astype(int)
    arms = np.array([*[""] * len(week), *[offer.arm for offer in offers]])
    helped = {(offer.account, offer.week) for offer in offers if offer.delivered}
    observations = _observed(world, use, weeks, accounts, arms, helped)
    told = observations.columns["is_outcome_known"]
    calls = np.isin(arms, ("treat", "none")) & told
    truth = {"churn": _truth(world, observations, calls)}
    return observations, {**truth, "usage": world.effects.usage_while_treated}


def _weekly_events(world: World, rng: np.random.Generator) -> np.ndarray:
    weekly, effects = world.journey.weekly, world.effects
    rate = (
        world.size.sessions_scale
        * np.sqrt(world.company.seats)
        * np.exp(
            effects.usage_per_engagement * weekly["engagement"]
            + effects.usage_while_treated * weekly["treated"]
        )
    )
    sessions = rng.poisson(5.5 * np.minimum(rate, 4000) * weekly["served"])
    return sessions * float(EVENTS_PER_SESSION)


def _observed(
    world: World,
    use: np.ndarray,
    weeks: np.ndarray,
    accounts: np.ndarray,
    arms: np.ndarray,
    helped: set[tuple[int, int]],
) -> Observations:
    journey, company = world.journey, world.company
    request = np.minimum(journey.request, journey.end)
    first, last = 7 * weeks, 7 * (weeks + WEEKS)
    left = np.zeros(len(weeks), bool)
    leaving = np.zeros(len(weeks), bool)
    for spell in (0, 1):
        decided, ended = request[spell, accounts], journey.end[spell, accounts]
        left |= (decided != NEVER) & (decided > first) & (decided <= last)
        leaving |= (decided <= first) & (first < ended)
    lately = [
        any((account, week - ago) in helped for ago in range(1, WEEKS + 1))
        for account, week in zip(accounts, weeks, strict=True)
    ]
    now = [(account, week) in helped for account, week in zip(accounts, weeks, strict=True)]
    columns = {name: np.zeros(len(weeks)) for name in FEATURES}
    start = np.maximum(journey.start[0, accounts], 0) // 7
    columns |= {
        "use_week_before": _level(use, weeks - 1, weeks, accounts),
        "use_before": _level(use, weeks - 4, weeks, accounts),
        "use_earlier": _level(use, weeks - 8, weeks - 4, accounts),
        "use_after": _level(use, weeks, weeks + WEEKS, accounts, world.journey.weekly["served"]),
        "log_seats": np.log1p(company.seats[accounts]),
        "log_tenure": np.log1p(weeks - start),
        "ticket_count_28d": _summed(world.journey.weekly["tickets"], weeks - 4, weeks, accounts),
        "was_leaving": leaving,
        "was_helped_lately": np.array(lately),
        "is_helped_now": np.array(now),
        "is_outcome_known": weeks + WEEKS <= world.horizon.weeks,
        "is_use_known": weeks + WEEKS <= world.horizon.weeks,
        "has_left": left,
    }
    play = np.where(arms == "", "", "rescue_call")
    return Observations(accounts, 7.0 * weeks, play, arms, columns)


def _summed(
    values: np.ndarray, begin: np.ndarray, end: np.ndarray, account: np.ndarray
) -> np.ndarray:
    total = np.vstack([np.zeros(values.shape[1]), np.cumsum(values, 0)])
    first, last = (np.clip(weeks, 0, len(values)) for weeks in (begin, end))
    return total[last, account] - total[first, account]


def _level(
    use: np.ndarray,
    begin: np.ndarray,
    end: np.ndarray,
    account: np.ndarray,
    served: np.ndarray | None = None,
) -> np.ndarray:
    weeks = np.clip(end, 0, len(use)) - np.clip(begin, 0, len(use))
    if served is not None:
        weeks = _summed(served, begin, end, account)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.log1p(_summed(use, begin, end, account) / weeks)


def _truth(world: World, observations: Observations, calls: np.ndarray) -> float:
    weekly = world.journey.weekly
    weeks, accounts = (observations.days[calls] // 7).astype(int), observations.accounts[calls]
    stays = {}
    for name in ("hazard", "hazard_without_treated"):
        risk = np.nan_to_num(weekly[name])
        stays[name] = np.prod([1 - risk[weeks + ahead, accounts] for ahead in range(WEEKS)], 0)
    effect = stays["hazard_without_treated"] - stays["hazard"]
    return float((effect * ~world.company.is_annual[accounts]).mean())
