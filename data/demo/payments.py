"""Payments: an attempt for every bill, and more attempts where a card has stopped working.

What is here: monthly payment files with their damage: duplicates, a replay, a file without
header, a new column. What is not here: bills that nobody tried to collect.
"""

from collections import defaultdict

import numpy as np

from data.demo.contracts import TRIAL_DAYS, Contracts, Item
from data.demo.damage import Recipe
from data.demo.horizon import DAY_MS, HOUR_MS
from data.demo.journey import Trouble
from data.demo.landing import Landing
from data.demo.streams import Streams
from data.demo.text import moments

TABLE = "billing/payments"
RECIPE = Recipe(
    "payment_id",
    "status",
    ("amount_minor", "1O0.00"),
    "failure_code",
    warnings={"due_at": "last week"},
)
RETRY_DAYS = (0, 3, 7, 14)
CODES = ("card_declined", "insufficient_funds", "expired_card")
Attempt = dict


def all_attempts(contracts: Contracts, rng: np.random.Generator) -> list[Attempt]:
    """Return all attempts within the history, in order of time."""
    horizon, trouble = (
        contracts.horizon,
        {(t.account, t.day): t for t in contracts.journey.trouble},
    )
    items: dict[tuple[int, int], list[Item]] = defaultdict(list)
    for item in contracts.items:
        items[item.account, item.spell].append(item)
    attempts: list[Attempt] = []
    for (account, spell), states in items.items():
        for due in _bills(contracts, account, spell):
            held = [i for i in states if i.valid_from <= due] or states[:1]
            bill = _bill(contracts, held[-1], due)
            attempts += _collect(bill, trouble.get((account, due)), rng)
    attempts = [a for a in attempts if a["attempted_at"] < horizon.end]
    attempts.sort(key=lambda attempt: (attempt["attempted_at"], attempt["invoice_id"]))
    return [{"payment_id": f"pay_{n:07d}", **attempt} for n, attempt in enumerate(attempts, 1)]


def _bills(contracts: Contracts, account: int, spell: int) -> list[int]:
    """Return the billing days of a contract within the history; trials are free."""
    journey, horizon = contracts.journey, contracts.horizon
    start = int(journey.start[spell, account])
    end = min(int(journey.end[spell, account]), horizon.days)
    every = 12 if contracts.company.is_annual[account] else 1
    months = np.arange(0, 60, every)
    days = horizon.months_later(np.full(len(months), start), months)
    tried = contracts.company.has_trial[account] and spell == 0
    days[0] += TRIAL_DAYS if tried else 0
    return [int(day) for day in days if 0 <= day < end]


def _bill(contracts: Contracts, item: Item, due: int) -> Attempt:
    at = int(contracts.horizon.instant(due)) + 9 * HOUR_MS
    return {
        "account_id": contracts.company.ids[item.account],
        "invoice_id": f"inv_{item.account + 1:05d}_{item.spell + 1}_{due + 600:04d}",
        "due_at": at,
        "attempted_at": at,
        "status": "paid",
        "amount_minor": item.amount(),
        "currency": item.currency,
        "failure_code": None,
    }


def _collect(bill: Attempt, trouble: Trouble | None, rng: np.random.Generator) -> list[Attempt]:
    """Return the attempts at one bill."""
    code = CODES[int(rng.integers(3))]
    failed = {**bill, "status": "failed", "failure_code": code}
    luck = rng.random()
    if trouble:
        tries = [{**failed, "attempted_at": bill["due_at"] + day * DAY_MS} for day in RETRY_DAYS]
        if trouble.is_lost:
            return tries
        return [*tries[:2], {**bill, "attempted_at": bill["due_at"] + 7 * DAY_MS}]
    if luck < 0.02:
        return [failed, {**bill, "attempted_at": bill["due_at"] + DAY_MS}]
    if luck > 0.997:
        return [
            bill,
            {**bill, "status": "refunded", "attempted_at": bill["due_at"] + 5 * DAY_MS},
        ]
    return [bill]


def write_payments(contracts: Contracts, landing: Landing, streams: Streams) -> None:
    """Write a file a month; every second one is compressed."""
    rng, months = streams.stream("payments"), defaultdict(list)
    attempts = all_attempts(contracts, rng)
    texts = {n: moments([a[n] for a in attempts]) for n in ("due_at", "attempted_at")}
    for place, attempt in enumerate(attempts):
        attempt |= {name: values[place] for name, values in texts.items()}
        months[attempt["attempted_at"][:7]].append(attempt)
    ordered = sorted(months)
    for turn, month in enumerate(ordered):
        rows = months[month]
        if turn:
            rows = rows + _repeats(months[ordered[turn - 1]], landing, rng)
        if turn >= len(ordered) // 2:
            rows = [{**row, "payment_method": "card"} for row in rows]
            landing.count(TABLE).rows_with_unknown_columns += len(rows)
        columns = {name: [row[name] for row in rows] for name in rows[0]}
        name = f"payments-{month}.csv" + (".gz" if turn % 2 else "")
        lines = landing.count(TABLE).lines
        path = landing.rows(TABLE, name, columns, RECIPE, rng)
        if turn == 1:
            written = landing.count(TABLE).lines - lines
            landing.replay(TABLE, path, f"payments-{month}-again.csv.gz", written)
    headless = "pay_x1,acc_00010,inv_x,2026-01-01T00:00:00Z,2026-01-01T00:00:00Z,paid,100,EUR,\n"
    landing.refuse(TABLE, "payments-export.csv", headless.encode() * 3, "CSV without its header")


def _repeats(earlier: list[Attempt], landing: Landing, rng: np.random.Generator) -> list[Attempt]:
    """Return a few attempts of the month before, exported once more."""
    picked = rng.choice(len(earlier), min(len(earlier), max(1, len(earlier) // 200)), replace=False)
    landing.count(TABLE).duplicates += len(picked)
    return [earlier[index] for index in sorted(picked)]
