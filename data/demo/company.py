"""The customers: who they are when the history begins or when they join.

What is here: everything about an account that does not change by itself. What is not here:
people (``people.py``) and fortunes (``journey.py``).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from data.demo.horizon import ZONES, Horizon
from data.demo.sizes import Size
from data.demo.streams import Streams
from data.demo.text import Vocabulary

SEGMENTS = ("SMB", "mid", "enterprise")
PLATFORMS = ("web", "desktop", "ios", "android")
KINDS = ("customer", "trial", "partner", "internal", "test")
INDUSTRIES = ("software", "retail", "logistics", "health", "finance", "manufacturing", "media")
# One country and sales region for each zone of ``horizon.ZONES``.
COUNTRIES = ("DE", "GB", "US", "US", "US", "IN", "AU", "BR")
REGIONS = ("EMEA", "EMEA", "AMER", "AMER", "AMER", "APAC", "APAC", "AMER")
ZONE_SHARES = (0.28, 0.15, 0.17, 0.09, 0.10, 0.09, 0.06, 0.06)
SHARDS = 8
ANNUAL_SHARES = np.array((0.25, 0.60, 0.85))
PLAN_SHARES = ((0.55, 0.35, 0.10, 0.0), (0.05, 0.45, 0.40, 0.10), (0.0, 0.05, 0.35, 0.60))
FIRST = (
    "Alder",
    "Birch",
    "Cedar",
    "Delta",
    "Ember",
    "Fjord",
    "Granite",
    "Harbor",
    "Indigo",
    "Juniper",
    "Kepler",
    "Lumen",
    "Meadow",
    "Nimbus",
    "Orchid",
    "Pioneer",
    "Quartz",
    "River",
    "Summit",
    "Timber",
)
SECOND = (
    "Analytics",
    "Foods",
    "Freight",
    "Health",
    "Labs",
    "Logistics",
    "Media",
    "Motors",
    "Partners",
    "Retail",
    "Studios",
    "Systems",
    "Tools",
    "Works",
)


@dataclass(frozen=True)
class Company:
    """Arrays over accounts; days are days of the horizon and may be negative."""

    kind: np.ndarray
    segment: np.ndarray
    seats: np.ndarray
    zone: np.ndarray
    industry: np.ndarray
    plan: np.ndarray
    platform: np.ndarray
    shard: np.ndarray
    start_day: np.ndarray
    is_annual: np.ndarray
    has_trial: np.ndarray
    is_usd: np.ndarray
    parent: np.ndarray
    frailty: np.ndarray
    latency: np.ndarray
    motivation: np.ndarray
    names: list[str]
    domains: list[str]

    def __len__(self) -> int:
        return len(self.kind)

    @cached_property
    def words(self) -> Vocabulary:
        """Return the identifiers as words to pick from, and none after the last."""
        return Vocabulary([*self.ids, None])

    @cached_property
    def ids(self) -> list[str]:
        """Return the account identifiers, in order."""
        return [f"acc_{number:05d}" for number in range(1, len(self) + 1)]


def found_company(size: Size, horizon: Horizon, streams: Streams, internal: str) -> Company:
    """Draw the accounts; account 0 is the vendor itself, whose domain is given."""
    rng = streams.stream("company")
    count = size.accounts
    segment = rng.choice(3, count, p=(0.70, 0.22, 0.08))
    start = _starts(rng, count, horizon)
    kind = _kinds(rng, count, start)
    zone = rng.choice(len(ZONES), count, p=ZONE_SHARES)
    plan = (rng.random(count)[:, None] > np.cumsum(PLAN_SHARES, axis=1)[segment]).sum(1)
    names, domains = _names(rng, count, internal)
    return Company(
        kind=kind,
        segment=segment,
        seats=_seats(rng, segment),
        zone=zone,
        industry=rng.integers(0, len(INDUSTRIES), count),
        plan=np.minimum(plan, 3),
        platform=rng.choice(4, count, p=(0.55, 0.10, 0.15, 0.20)),
        shard=rng.integers(0, SHARDS, count),
        start_day=start,
        is_annual=(rng.random(count) < ANNUAL_SHARES[segment]) & (kind == 0),
        has_trial=(rng.random(count) < 0.4) | (kind == 1),
        is_usd=(rng.random(count) < 0.15) & np.isin(zone, (2, 3, 4)),
        parent=_parents(rng, count),
        frailty=rng.normal(0, 0.35, count),
        latency=rng.normal(0, 0.5, count),
        motivation=rng.normal(0, 1, count),
        names=names,
        domains=domains,
    )


def _names(rng: np.random.Generator, count: int, internal: str) -> tuple[list[str], list[str]]:
    """Return the name and the domain of each account, the vendor first."""
    numbers = rng.permutation(count)
    names = [f"{FIRST[i % 20]} {SECOND[i // 20 % 14]}" for i in numbers]
    names = [n if i < 280 else f"{n} {i // 280 + 1}" for n, i in zip(names, numbers, strict=True)]
    domains = [f"{name.lower().replace(' ', '-')}.example" for name in names]
    return ["Northbeam", *names[1:]], [internal, *domains[1:]]


def _starts(rng: np.random.Generator, count: int, horizon: Horizon) -> np.ndarray:
    """Let six in ten be customers already; a few join in the last fortnight."""
    start = np.where(
        rng.random(count) < 0.6,
        rng.integers(-560, 0, count),
        rng.integers(0, horizon.days - 3, count),
    )
    recent = rng.choice(np.arange(10, count), max(3, count // 100), replace=False)
    start[recent] = horizon.days - rng.integers(3, 14, len(recent))
    return horizon.to_day_28(start)


def _kinds(rng: np.random.Generator, count: int, start: np.ndarray) -> np.ndarray:
    """Mark the vendor, test accounts, partners, and trials that never bought."""
    kind = np.zeros(count, np.int64)
    kind[(start >= 0) & (rng.random(count) < 0.08)] = KINDS.index("trial")
    kind[0] = KINDS.index("internal")
    kind[1:3] = KINDS.index("test")
    kind[3 : 3 + max(2, count // 100)] = KINDS.index("partner")
    start[:3] = -300
    return kind


def _seats(rng: np.random.Generator, segment: np.ndarray) -> np.ndarray:
    """Draw seats around 3, 18 and 100."""
    medians, spreads = np.array((3.0, 18.0, 100.0)), np.array((0.6, 0.6, 0.5))
    drawn = medians[segment] * np.exp(rng.normal(0, 1, len(segment)) * spreads[segment])
    return np.clip(np.round(drawn), 1, 600).astype(np.int64)


def _parents(rng: np.random.Generator, count: int) -> np.ndarray:
    """Put one account in twenty under one of a few heads; -1 for none. No chains."""
    heads = np.arange(count - max(2, count // 100), count)
    parent = np.where(rng.random(count) < 0.05, rng.choice(heads, count), -1)
    parent[heads] = -1
    parent[:3] = -1
    return parent
