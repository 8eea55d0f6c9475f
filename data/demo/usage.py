"""Events as people cause them, one week at a time.

What is here: who opens the product when, in local office hours, and what they do in a session.
What is not here: how events travel and arrive (``delivery.py``) or look in a file.
"""

from dataclasses import dataclass

import numpy as np

from data.demo.company import Company
from data.demo.effects import Effects
from data.demo.horizon import DAY_MS, HOUR_MS, NEVER, Horizon
from data.demo.journey import Journey
from data.demo.mix import FIRST_BOT_DEVICE, SLOTS, VARIANTS, Mix
from data.demo.people import People
from data.demo.sizes import Size

WEEKDAYS = np.array((1.0, 1.08, 1.1, 1.05, 0.88, 0.22, 0.18))
HOLIDAYS = ((12, 24), (12, 25), (12, 26), (12, 31), (1, 1), (5, 1))
ANONYMOUS_SHARE = 0.02
UNSAID_ACCOUNT_SHARE = 0.06
Columns = dict[str, np.ndarray]


@dataclass
class World:
    """What stays the same over all weeks."""

    size: Size
    horizon: Horizon
    company: Company
    people: People
    journey: Journey
    mix: Mix
    effects: Effects
    plan_by_week: np.ndarray
    left: np.ndarray

    def __post_init__(self) -> None:
        self.offsets = self.horizon.utc_offsets()


def week_of_events(world: World, week: int, rng: np.random.Generator) -> Columns:
    """Return the columns of one week's events by people, in order of session."""
    session = _sessions(world, week, rng)
    count = len(session["account"])
    length = 1 + rng.poisson((world.size.events_per_session - 1) * rng.gamma(2, 0.5, count))
    owner = np.repeat(np.arange(count), length)
    gap = np.minimum(np.exp(rng.normal(3.3, 1.1, len(owner))) * 1000, 20 * 60_000)
    first = np.concatenate(([0], np.cumsum(length)[:-1])) if count else np.zeros(0, np.int64)
    gap[first] = 0
    total = np.cumsum(gap)
    columns = {name: values[owner] for name, values in session.items()}
    columns["ts"] = columns.pop("begin") + (total - total[first][owner]).astype(np.int64)
    slots = world.mix.slots(7 * week, world.plan_by_week[week])
    slot = rng.integers(0, SLOTS, len(owner), dtype=np.uint8)
    name = slots[columns["account"], slot]
    is_first = np.zeros(len(owner), bool)
    is_first[first] = True
    name[is_first & (rng.random(len(owner)) < 0.6)] = world.mix.index("login")
    columns["name"] = _elsewhere(world, _breakage(world, week, name, columns, rng), columns)
    columns["variant"] = rng.integers(0, VARIANTS, len(owner), dtype=np.uint8)
    columns["duration"] = np.round(np.exp(rng.normal(5.5, 0.9, len(owner))))
    within = (columns["ts"] >= world.horizon.instant(0)) & (columns["ts"] < world.horizon.end)
    return {name: values[within] for name, values in columns.items()}


def _sessions(world: World, week: int, rng: np.random.Generator) -> Columns:
    """Draw the sessions of a week: account, member, device and beginning."""
    account, day = _visits(world, week, rng)
    people, count = world.people, len(account)
    present = people.present(7 * week)[account]
    pick = (rng.random(count) ** 1.6 * np.maximum(present, 1)).astype(np.int64)
    member = people.first_member[account] + pick
    there = (people.joined[member] <= day) & (day < world.left[member])
    account, day, member = account[there], day[there], member[there]
    count = len(account)
    morning = rng.random(count) < 0.55
    hour = np.where(morning, rng.normal(10.3, 1.4, count), rng.normal(15.0, 1.7, count))
    hour = np.where(rng.random(count) < 0.06, rng.uniform(0, 24, count), hour)
    begin = (np.clip(hour, 0, 23.9) * HOUR_MS).astype(np.int64)
    begin += world.horizon.instant(day) - world.offsets[world.company.zone[account], day]
    anonymous = rng.random(count) < ANONYMOUS_SHARE
    user = people.user[member]
    return {
        "account": account,
        "begin": begin,
        "user": np.where(anonymous, -1, user),
        "visitor": user,
        "session": rng.integers(0, 2**63, count, dtype=np.uint64),
        "device": _devices(world, account, user, rng),
        "says_account": rng.random(count) >= UNSAID_ACCOUNT_SHARE,
    }


def _visits(world: World, week: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return account and day of every session of the week."""
    weekly, days = world.journey.weekly, np.arange(7 * week, 7 * week + 7)
    rate = (
        world.size.sessions_scale
        * np.sqrt(world.company.seats)
        * np.exp(
            world.effects.usage_per_engagement * weekly["engagement"][week]
            + world.effects.usage_while_treated * weekly["treated"][week]
        )
    )
    rate = rate * np.where(_has_asked_to_leave(world.journey, 7 * week), 0.5, 1.0)
    calendar = np.array([_day_weight(world.horizon, day) for day in days])
    expected = rate[None, :] * calendar[:, None] * world.journey.in_service(days[:, None])
    drawn = rng.poisson(np.minimum(expected, 4000))
    day, account = np.nonzero(drawn)
    times = drawn[day, account]
    return np.repeat(account, times), np.repeat(days[day], times)


def _has_asked_to_leave(journey: Journey, day: int) -> np.ndarray:
    asked = (journey.request <= day) & (journey.request != NEVER) & (day < journey.end)
    return asked.any(0)


def _day_weight(horizon: Horizon, day: int) -> float:
    """Return the weight of a day: weekday, a gentle yearly wave, holidays."""
    calendar = horizon.date_of(day)
    wave = 1 + 0.06 * np.sin(2 * np.pi * calendar.timetuple().tm_yday / 365.25)
    quiet = 0.45 if (calendar.month, calendar.day) in HOLIDAYS else 1.0
    return float(WEEKDAYS[horizon.weekday(day)] * wave * quiet)


def _devices(
    world: World, account: np.ndarray, user: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Return the device: mostly the account's platform, else the web; one model per person."""
    platform = np.where(rng.random(len(user)) < 0.75, world.company.platform[account], 0)
    return (2 * platform + world.people.device_seed[user] % 2).astype(np.int64)


def _breakage(
    world: World, week: int, name: np.ndarray, columns: Columns, rng: np.random.Generator
) -> np.ndarray:
    """Turn most uses of the broken feature on its platform into errors shown."""
    if world.journey.broken[week]:
        hit = (name == world.mix.index("export_run")) & (columns["device"] // 2 == 3)
        name[hit & (rng.random(len(name)) < 0.6)] = world.mix.index("error_shown")
    return name


def _elsewhere(world: World, name: np.ndarray, columns: Columns) -> np.ndarray:
    """Let people look around where the feature that they seek does not exist on their platform."""
    is_there = world.mix.exists[columns["device"], name]
    return np.where(is_there, name, world.mix.index("page_view")).astype(np.uint8)


def week_of_bots(world: World, week: int, rng: np.random.Generator) -> Columns:
    """Return the events of machines: a flat cadence around the clock."""
    count = max(4, round(0.005 * len(world.company)))
    accounts = np.flatnonzero(world.company.kind == 0)[7::11][:count]
    beats = np.arange(0, 7 * DAY_MS, world.size.bot_every_minutes * 60_000)
    account = np.repeat(accounts, len(beats))
    ts = world.horizon.instant(7 * week) + np.tile(beats, len(accounts))
    day = 7 * week + np.tile(beats // DAY_MS, len(accounts))
    served = world.journey.in_service(np.arange(7 * week, 7 * week + 7)[:, None])
    turn = np.repeat(np.arange(len(accounts)) % 4, len(beats))
    # One in four comes from the probes' network and calls itself an ordinary browser.
    device = np.where(turn == 3, 0, FIRST_BOT_DEVICE + turn % 3)
    user = world.people.user[world.people.first_member[account]]
    columns = {
        "account": account,
        "ts": ts + rng.integers(0, 900, len(ts)),
        "user": user,
        "visitor": user,
        "session": np.zeros(len(ts), np.uint64),
        "device": device,
        "says_account": np.ones(len(ts), bool),
        "name": np.where(
            turn == 0, world.mix.index("api_key_used"), world.mix.index("page_view")
        ).astype(np.uint8),
        "variant": np.ones(len(ts), np.uint8),
        "duration": np.full(len(ts), 40.0),
        "probe": turn == 3,
    }
    keep = served[day - 7 * week, account]
    return {name: values[keep] for name, values in columns.items()}
