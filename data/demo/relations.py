"""Relations: renewals under negotiation, contacts and talks, wishes, connections, metered use.

What is here: tables that a company may land beside the necessary ones, each small. What is not
here: any effect of theirs on who stays; they follow what ``journey.py`` has decided.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np

from data.demo.contracts import Contracts, Item
from data.demo.horizon import DAY_MS, HOUR_MS, NEVER
from data.demo.landing import Landing
from data.demo.streams import Streams
from data.demo.text import moments
from data.demo.usage import World

Row = dict[str, Any]
# Days before and after the last one whose renewals are listed.
AROUND = 200
IDEAS = (
    "Audit log",
    "Dark mode",
    "Single sign-on for guests",
    "Offline reports",
    "Row-level permissions",
    "Scheduled exports",
)
SYSTEMS = ("crm", "chat", "warehouse", "spreadsheet", "ticketing")
METER, WEEK = "api_calls", 7


def write_relations(world: World, contracts: Contracts, landing: Landing, streams: Streams) -> None:
    """Write the seven files of this module, each from a generator of its own."""
    served = np.flatnonzero((world.company.kind == 0) & world.journey.in_service(_today(world)))
    for number, (table, file, times, rows) in enumerate(
        (
            ("crm/opportunities", "opportunities.csv", ("created_at", "closed_at"), _renewals),
            ("crm/contacts", "contacts.csv", ("created_at", "left_at"), _contacts),
            ("crm/engagement_touchpoints", "talks.csv", ("ts",), _talks),
            ("crm/feature_requests", "feature_requests.csv", ("requested_at",), _wishes),
            (
                "product/integrations",
                "integrations.csv",
                ("connected_at", "failing_since", "disconnected_at"),
                _connections,
            ),
            ("billing/commitments", "commitments.csv", (), _commitments),
            ("billing/usage", "usage.csv", (), _usage),
        )
    ):
        found = list(rows(world, contracts, served, streams.stream("relations", number)))
        columns = {name: [row[name] for row in found] for name in found[0]}
        columns |= {name: moments(columns[name]) for name in times}
        landing.rows(table, file, columns)


def _today(world: World) -> int:
    return world.horizon.days - 1


def _at(world: World, day: int, hour: int = 9) -> int:
    return int(world.horizon.instant(int(day))) + hour * HOUR_MS


def _renewals(
    world: World, contracts: Contracts, _: np.ndarray, rng: np.random.Generator
) -> Iterable[Row]:
    """Give an opportunity for each yearly contract that is due around the last day."""
    horizon, journey = world.horizon, world.journey
    newest: dict[tuple[int, int], Item] = {(i.account, i.spell): i for i in contracts.items}
    for (account, spell), item in newest.items():
        start, end = int(journey.start[spell, account]), int(journey.end[spell, account])
        if not item.is_annual or world.company.kind[account] != 0:
            continue
        before = np.array([start]), max(_today(world) - AROUND, start), np.array([12])
        due = int(horizon.next_anniversary(*before)[0])
        if not _today(world) - AROUND < due < _today(world) + AROUND or end < due - 45:
            continue
        target, luck = item.amount() / 100, rng.random()
        over = due <= _today(world)
        status = "open" if not over else "lost" if end <= due else "won"
        kept = round(target * (0.5 if luck < 0.1 else 0.9 if luck < 0.25 else 1.2), 2)
        yield {
            "opportunity_id": f"opp_{account + 1:05d}_{spell + 1}",
            "account_id": world.company.ids[account],
            "owner_id": f"rep_{account % 7 + 1}",
            "type": "renewal",
            "status": status,
            "stage": "closed" if over else "proposal" if due < _today(world) + 60 else "prepared",
            "currency": item.currency,
            "amount": kept if status == "won" else target,
            "forecast_amount": None if over else 0.0 if end < NEVER else kept,
            "target_amount": target,
            "close_date": horizon.date_of(due).isoformat(),
            "created_at": _at(world, min(due - 120, _today(world))),
            "closed_at": _at(world, due, 15) if over else None,
        }


def _contacts(
    world: World, _: Contracts, served: np.ndarray, rng: np.random.Generator
) -> Iterable[Row]:
    """Give each customer a sponsor, a buyer and a champion, of whom a few have left."""
    people, horizon = world.people, world.horizon
    for account in served:
        since = horizon.instant(int(world.company.start_day[account])) + 9 * HOUR_MS
        for role in ("sponsor", "buyer", "champion"):
            if rng.random() < 0.1:
                continue
            gone = _at(world, _today(world) - rng.integers(3, 150))
            left = gone if rng.random() < 0.08 and gone > since else None
            user = people.ids[people.user[people.first_member[account]]]
            yield {
                "contact_id": f"con_{account + 1:05d}_{role}",
                "account_id": world.company.ids[account],
                "user_id": user if role == "champion" else None,
                "role": role,
                "created_at": int(since),
                "left_at": left,
            }


def _talks(
    world: World, _: Contracts, served: np.ndarray, rng: np.random.Generator
) -> Iterable[Row]:
    """Give mails and meetings, answered the more the better it goes with an account."""
    for account in served:
        mood = world.journey.weekly["engagement"][-1, account]
        first = max(0, int(world.company.start_day[account]))
        for day in range(first + int(rng.integers(5, 40)), world.horizon.days, 30):
            inbound, meets = rng.random() < 0.25, rng.random() < 0.3
            yield {
                "touch_id": f"tlk_{account + 1:05d}_{day:04d}",
                "ts": _at(world, day, int(rng.integers(8, 17))),
                "account_id": world.company.ids[account],
                "contact_id": f"con_{account + 1:05d}_buyer",
                "kind": "meeting" if meets else "email",
                "direction": "inbound" if inbound else "outbound",
                "is_answered": bool(rng.random() < 1 / (1 + np.exp(-1.5 * mood))),
            }


def _wishes(
    world: World, _: Contracts, served: np.ndarray, rng: np.random.Generator
) -> Iterable[Row]:
    """Give the wishes of every third customer."""
    for account in served[rng.random(len(served)) < 0.3]:
        idea = int(rng.integers(len(IDEAS)))
        yield {
            "request_id": f"req_{account + 1:05d}",
            "account_id": world.company.ids[account],
            "idea_id": f"idea_{idea + 1}",
            "title": IDEAS[idea],
            "status": "shipped" if idea == 0 else "planned" if idea == 1 else "open",
            "requested_at": _at(world, rng.integers(0, world.horizon.days)),
        }


def _connections(
    world: World, _: Contracts, served: np.ndarray, rng: np.random.Generator
) -> Iterable[Row]:
    """Give up to three connections of each customer; one in ten fails or was cut."""
    for account in served:
        for system in rng.choice(SYSTEMS, int(rng.integers(0, 4)), replace=False):
            luck, late = rng.random(), _at(world, _today(world) - rng.integers(1, 40))
            begun = max(int(world.company.start_day[account]), 0)
            status = "failing" if luck < 0.05 else "disconnected" if luck < 0.1 else "connected"
            yield {
                "integration_id": f"int_{account + 1:05d}_{system}",
                "account_id": world.company.ids[account],
                "kind": system,
                "status": status,
                "connected_at": min(_at(world, begun), late - DAY_MS),
                "failing_since": late if status == "failing" else None,
                "disconnected_at": late if status == "disconnected" else None,
            }


def _metered(world: World, served: np.ndarray) -> np.ndarray:
    """Return every seventh customer: those who pay ahead for what they use."""
    return served[world.company.start_day[served] <= world.horizon.days - 8 * WEEK][::7]


def _commitments(
    world: World, _: Contracts, served: np.ndarray, rng: np.random.Generator
) -> Iterable[Row]:
    """Give what was paid ahead, in turns with what was promised, for half a year."""
    for number, account in enumerate(_metered(world, served)):
        first = world.horizon.days - int(rng.integers(8, 20)) * WEEK
        yield {
            "commitment_id": f"com_{account + 1:05d}",
            "account_id": world.company.ids[account],
            "meter": METER,
            "kind": ("prepaid", "commitment")[number % 2],
            "quantity": int(world.company.seats[account]) * 26_000,
            "starts_on": world.horizon.date_of(first).isoformat(),
            "ends_on": world.horizon.date_of(first + 26 * WEEK).isoformat(),
        }


def _usage(
    world: World, _: Contracts, served: np.ndarray, rng: np.random.Generator
) -> Iterable[Row]:
    """Give the use of each week, around what would use it all up in time."""
    for account in _metered(world, served):
        pace = 1000 * int(world.company.seats[account]) * rng.uniform(0.4, 1.9)
        for day in range(world.horizon.days - 20 * WEEK, world.horizon.days, WEEK):
            yield {
                "account_id": world.company.ids[account],
                "meter": METER,
                "used_on": world.horizon.date_of(day).isoformat(),
                "quantity": round(pace * rng.uniform(0.7, 1.3)),
            }
