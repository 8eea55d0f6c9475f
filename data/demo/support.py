"""Support: tickets, and everything that was done to them.

What is here: the life of a ticket and its two tables, in monthly files. What is not here: why
customers have trouble (``journey.py``); surveys about tickets (``surveys.py``).
"""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from data.demo.damage import Recipe
from data.demo.horizon import DAY_MS, HOUR_MS
from data.demo.landing import Landing
from data.demo.streams import Streams
from data.demo.text import moments
from data.demo.ticket_story import story
from data.demo.usage import World

TICKETS, EVENTS = "support/tickets", "support/ticket_events"
TOPICS = ("billing", "bug", "how_to", "performance", "access", "feature_request")
PRIORITIES = ("low", "normal", "high", "urgent")
TICKET_RECIPE = Recipe(
    "ticket_id", "status", ("created_at", "yesterday"), "topic", warnings={"replies": "several"}
)
EVENT_RECIPE = Recipe("ticket_id", "field", ("event_at", "n/a"), "new")


@dataclass
class Ticket:
    """A ticket's line, and its changes in order."""

    line: dict
    events: list[dict]
    account: int
    user: int


def all_tickets(world: World, streams: Streams) -> list[Ticket]:
    """Return the tickets of all weeks, in order of week and account."""
    tickets: list[Ticket] = []
    for week in range(world.horizon.weeks):
        rng = streams.stream("support", week)
        counts = world.journey.weekly["tickets"][week].astype(int)
        served = world.journey.in_service(7 * week + 3) & (world.company.kind < 3)
        present = world.people.present(7 * week)
        for account in np.repeat(np.arange(len(counts)), counts * served):
            seat = int(rng.integers(max(present[account], 1)))
            user = int(world.people.user[world.people.first_member[account] + seat])
            tickets.append(_ticket(world, rng, len(tickets) + 1, week, int(account), user))
    return [ticket for ticket in tickets if ticket.line["created_at"] < world.horizon.end]


def _ticket(
    world: World, rng: np.random.Generator, number: int, week: int, account: int, user: int
) -> Ticket:
    """Play one ticket from its opening to the end of the history."""
    day = world.horizon.instant(7 * week) + rng.integers(0, 7) * DAY_MS
    created = int(day + rng.normal(12, 3) * HOUR_MS)
    keys = ("event_at", "field", "old", "new", "actor_type", "is_public")
    events = [
        {"ticket_id": f"tkt_{number:06d}", "seq": seq, **dict(zip(keys, change, strict=True))}
        for seq, change in enumerate(story(rng, created), 1)
        if change[0] < world.horizon.end
    ]
    is_slow = world.journey.weekly["latency"][week, account] > 0.8
    line = {
        "ticket_id": f"tkt_{number:06d}",
        "account_id": world.company.ids[account],
        "requester_user_id": world.people.ids[user],
        "created_at": created,
        **_outcome(events, created),
        **_subject(rng, is_slow),
    }
    rating = _rating(rng, line["solved_at"], created, world.horizon.end)
    return Ticket(line | rating, events, account, user)


def _outcome(events: list[dict], created: int) -> dict:
    """Return what the help desk counts of a ticket's changes."""
    states = [e for e in events if e["field"] == "status"]
    comments = [e for e in events if e["field"] == "comment" and e["is_public"]]
    public = [e["event_at"] for e in comments if e["actor_type"] == "agent"]
    last = {state["new"]: state["event_at"] for state in states}
    return {
        "updated_at": events[-1]["event_at"] if events else created,
        "first_reply_at": public[0] if public else None,
        "solved_at": last.get("solved"),
        "closed_at": last.get("closed"),
        "status": states[-1]["new"] if states else "new",
        "reopens": sum(e["old"] == "solved" and e["new"] == "open" for e in states),
        "replies": len(public),
    }


def _subject(rng: np.random.Generator, is_slow: bool) -> dict:
    """Return what a ticket is about; customers of slow shards complain of slowness."""
    topic = "performance" if is_slow and rng.random() < 0.5 else TOPICS[rng.integers(6)]
    return {
        "priority": PRIORITIES[rng.choice(4, p=(0.2, 0.5, 0.22, 0.08))],
        "type": ("question", "incident", "problem", "task")[rng.integers(4)],
        "topic": topic,
        "channel": ("email", "web", "chat", "api")[rng.integers(4)],
        "tags": f"{topic},plan",
        "product_area": ("analysis", "platform", "teamwork")[rng.integers(3)],
    }


def _rating(
    rng: np.random.Generator, solved: int | None, created: int, end: int
) -> dict[str, str | int | None]:
    """Return the satisfaction and its time; slow answers please less."""
    if not solved:
        return {"satisfaction": "unoffered", "satisfaction_at": None}
    at, luck = solved + int(rng.exponential(DAY_MS)), rng.random()
    if luck > 0.3 or at >= end:
        return {"satisfaction": "offered", "satisfaction_at": None}
    is_good = rng.random() < 0.9 - 0.06 * min((solved - created) / DAY_MS, 8)
    return {"satisfaction": "good" if is_good else "bad", "satisfaction_at": at}


def write_support(world: World, tickets: list[Ticket], landing: Landing, streams: Streams) -> None:
    """Write both tables in monthly files, with a file that was cut off."""
    rng = streams.stream("damage", 1)
    lines = sorted((t.line for t in tickets), key=lambda line: line["created_at"])
    lines += _rejected(lines, landing, rng)
    last = _monthly(
        TICKETS, "tickets", ".jsonl.gz", lines, "created_at", TICKET_RECIPE, landing, rng
    )
    events = sorted((e for t in tickets for e in t.events), key=lambda e: e["event_at"])
    _monthly(EVENTS, "ticket_events", ".jsonl", events, "event_at", EVENT_RECIPE, landing, rng)
    whole = last.read_bytes()
    landing.refuse(
        TICKETS,
        "tickets-recovered.jsonl.gz",
        whole[: len(whole) * 6 // 10],
        "gzip stream is cut off",
    )


def _rejected(lines: list[dict], landing: Landing, rng: np.random.Generator) -> list[dict]:
    """Return tickets that were solved before they were opened."""
    picked = rng.choice(len(lines), max(3, len(lines) // 500))
    reason = "solved_at is before created_at"
    landing.count(TICKETS).rejected[reason] += len(picked)
    return [
        {
            **lines[index],
            "ticket_id": f"tkt_wrong_{n}",
            "status": "solved",
            "solved_at": lines[index]["created_at"] - 3 * HOUR_MS,
        }
        for n, index in enumerate(picked)
    ]


def _monthly(
    table: str,
    stem: str,
    suffix: str,
    rows: list[dict],
    key: str,
    recipe: Recipe,
    landing: Landing,
    rng: np.random.Generator,
) -> Path:
    """Write rows by month of a column; each file repeats a row of the one before."""
    names = [name for name in rows[0] if name.endswith("_at")]
    texts = {name: moments([row[name] for row in rows]) for name in names}
    months = defaultdict(list)
    for place, row in enumerate(rows):
        dated = {**row, **{name: texts[name][place] for name in names}}
        months[dated[key][:7]].append(dated)
    previous: list[dict] = []
    for month in sorted(months):
        repeated = [r for r in previous if "_wrong_" not in r["ticket_id"]][:2]
        landing.count(table).duplicates += len(repeated)
        kept = months[month] + repeated
        columns = {name: [row[name] for row in kept] for name in kept[0]}
        path = landing.rows(table, f"{stem}-{month}{suffix}", columns, recipe, rng)
        previous = months[month]
    return path
