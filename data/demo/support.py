"""Support: tickets, and everything that was done to them.

What is here: the life of a ticket and its two tables, in monthly files. What is not here: why
customers have trouble (``journey.py``); surveys about tickets (``surveys.py``).
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from data.demo.damage import Recipe
from data.demo.horizon import DAY_MS, HOUR_MS
from data.demo.landing import Landing
from data.demo.streams import Streams
from data.demo.text import moments
from data.demo.usage import World

TICKETS, EVENTS = "support/tickets", "support/ticket_events"
TOPICS = ("billing", "bug", "how_to", "performance", "access", "feature_request")
PRIORITIES = ("low", "normal", "high", "urgent")
TICKET_RECIPE = Recipe("ticket_id", "status", ("created_at", "yesterday"), "topic",
                       warnings={"replies": "several"})  # fmt: skip
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


def _ticket(world: World, rng, number: int, week: int, account: int, user: int) -> Ticket:
    """Play one ticket from its opening to the end of the history."""
    created = int(world.horizon.instant(7 * week) + rng.integers(0, 7) * DAY_MS
                  + rng.normal(12, 3) * HOUR_MS)  # fmt: skip
    story = _story(rng, created)
    events = [
        {"ticket_id": f"tkt_{number:06d}", "event_at": at, "seq": seq, "field": field, "old": old,
         "new": new, "actor_type": actor, "is_public": public}
        for seq, (at, field, old, new, actor, public) in enumerate(story, 1)
        if at < world.horizon.end
    ]  # fmt: skip
    states = [e for e in events if e["field"] == "status"]
    replies = [e for e in events if e["actor_type"] == "agent" and e["field"] == "comment"]
    public = [e["event_at"] for e in replies if e["is_public"]]
    solved = [e["event_at"] for e in states if e["new"] == "solved"]
    closed = [e["event_at"] for e in states if e["new"] == "closed"]
    rating = _rating(rng, solved, created, world.horizon.end)
    slow = world.journey.weekly["latency"][week, account] > 0.8
    topic = "performance" if slow and rng.random() < 0.5 else TOPICS[rng.integers(6)]
    line = {
        "ticket_id": f"tkt_{number:06d}", "account_id": world.company.ids[account],
        "requester_user_id": world.people.ids[user], "created_at": created,
        "updated_at": events[-1]["event_at"] if events else created,
        "first_reply_at": public[0] if public else None,
        "solved_at": solved[-1] if solved else None, "closed_at": closed[-1] if closed else None,
        "status": states[-1]["new"] if states else "new",
        "priority": PRIORITIES[rng.choice(4, p=(0.2, 0.5, 0.22, 0.08))],
        "type": ("question", "incident", "problem", "task")[rng.integers(4)], "topic": topic,
        "channel": ("email", "web", "chat", "api")[rng.integers(4)],
        "tags": f"{topic},plan", "product_area": ("analysis", "platform", "teamwork")[
            rng.integers(3)],
        "reopens": sum(e["old"] == "solved" and e["new"] == "open" for e in states),
        "replies": len(public), "satisfaction": rating[0], "satisfaction_at": rating[1],
    }  # fmt: skip
    return Ticket(line, events, account, user)


def _story(rng: np.random.Generator, created: int) -> list[tuple]:
    """Return what happens to a ticket: time, field, old, new, actor, public."""
    text = "comment text, call me on +49 30 5550199" if rng.random() < 0.05 else "comment text"
    at = created
    story = [(at, "status", None, "new", "end_user", True)]
    if rng.random() < 0.3:
        story.append((at + 5000, "comment", None, "We received your request", "bot", True))
    if rng.random() < 0.05:
        return story
    at += int(np.exp(rng.normal(np.log(3 * HOUR_MS), 1.0)))
    story.append((at, "assignee", None, f"agent_{rng.integers(1, 9)}", "system", False))
    if rng.random() < 0.25:
        story.append((at + 60_000, "comment", None, "internal note", "agent", False))
    story += [(at + 90_000, "comment", None, text, "agent", True),
              (at + 91_000, "status", "new", "open", "agent", True)]  # fmt: skip
    state = "open"
    for _ in range(1 + (rng.random() < 0.08) + (rng.random() < 0.01)):
        if state == "solved":
            at += int(rng.uniform(0.2, 3.5) * DAY_MS)
            story += [(at, "comment", None, text, "end_user", True),
                      (at + 1000, "status", "solved", "open", "end_user", True)]  # fmt: skip
            state = "open"
        if rng.random() < 0.4:
            at += int(rng.exponential(10 * HOUR_MS)) + 120_000
            story.append((at, "status", state, "pending", "agent", True))
            at += int(rng.exponential(20 * HOUR_MS)) + 120_000
            story += [(at, "comment", None, text, "end_user", True),
                      (at + 1000, "status", "pending", "open", "system", True)]  # fmt: skip
        at += int(np.exp(rng.normal(np.log(14 * HOUR_MS), 1.1))) + 120_000
        story += [(at - 1000, "comment", None, text, "agent", True),
                  (at, "status", "open", "solved", "agent", True)]  # fmt: skip
        state = "solved"
    story.append((at + 4 * DAY_MS, "status", "solved", "closed", "system", True))
    return story


def _rating(rng, solved: list[int], created: int, end: int) -> tuple[str, int | None]:
    """Return the satisfaction and its time; slow answers please less."""
    if not solved:
        return "unoffered", None
    at, luck = solved[-1] + int(rng.exponential(DAY_MS)), rng.random()
    if luck > 0.3 or at >= end:
        return "offered", None
    good = rng.random() < 0.9 - 0.06 * min((solved[-1] - created) / DAY_MS, 8)
    return ("good" if good else "bad"), at


def write_support(world: World, tickets: list[Ticket], landing: Landing, streams: Streams) -> None:
    """Write both tables in monthly files, with a file that was cut off."""
    rng = streams.stream("damage", 1)
    lines = sorted((t.line for t in tickets), key=lambda line: line["created_at"])
    lines += _rejected(lines, landing, rng)
    last = _monthly(TICKETS, "tickets", ".jsonl.gz", lines, "created_at", TICKET_RECIPE, landing, rng)
    events = sorted((e for t in tickets for e in t.events), key=lambda e: e["event_at"])
    _monthly(EVENTS, "ticket_events", ".jsonl", events, "event_at", EVENT_RECIPE, landing, rng)
    whole = last.read_bytes()
    landing.refuse(TICKETS, "tickets-recovered.jsonl.gz", whole[: len(whole) * 6 // 10],
                   "gzip stream is cut off")  # fmt: skip


def _rejected(lines: list[dict], landing: Landing, rng: np.random.Generator) -> list[dict]:
    """Return tickets that were solved before they were opened."""
    picked = rng.choice(len(lines), max(3, len(lines) // 500))
    reason = "solved_at is before created_at"
    landing.count(TICKETS).rejected[reason] += len(picked)
    return [
        {**lines[index], "ticket_id": f"tkt_wrong_{n}", "status": "solved",
         "solved_at": lines[index]["created_at"] - 3 * HOUR_MS}
        for n, index in enumerate(picked)
    ]  # fmt: skip


def _monthly(table, stem, suffix, rows, key, recipe, landing: Landing, rng):
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
