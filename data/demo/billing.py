"""Billing files: subscriptions, items, payments, one-off orders, exchange rates.

What is here: contracts and payments as the billing system exports them. What is not here: how
they come about (``contracts.py``, ``payments.py``).
"""

from dataclasses import replace

import numpy as np
import pyarrow as pa

from data.demo.contracts import TRIAL_DAYS, Contracts, Item
from data.demo.damage import Recipe
from data.demo.horizon import DAY_MS, HOUR_MS, NEVER
from data.demo.landing import Landing
from data.demo.people import People
from data.demo.streams import Streams
from data.demo.text import moments

SUBSCRIPTIONS = Recipe(
    "subscription_id",
    "account_id",
    ("started_at", "soon"),
    "cancel_reason",
    warnings={"term_months": "a year"},
)
RATES = Recipe(
    "to", "from", ("rate", "n/a"), "to", rules={"rate_not_above_zero": lambda row: {"rate": 0}}
)
TRANSACTIONS = Recipe("transaction_id", "ts", ("amount_minor", "twelve"), "status")


INSTANTS = (
    *("started_at", "ended_at", "trial_start", "trial_end"),
    *("cancel_requested_at", "cancel_at"),
)


def write_billing(contracts: Contracts, people: People, landing: Landing, streams: Streams) -> None:
    """Write all tables of this module."""
    write_subscriptions(contracts, landing, streams)
    write_items(contracts, landing)
    write_rates(contracts, landing, streams)
    write_transactions(contracts, people, landing, streams)


def write_subscriptions(contracts: Contracts, landing: Landing, streams: Streams) -> None:
    """Write one line per contract, and a few that end before they begin."""
    horizon, rng = contracts.horizon, streams.stream("contracts", 1)
    rows = [
        _subscription(contracts, account, spell)
        for account in range(len(contracts.company))
        for spell in contracts.spells(account)
    ]
    rows += _backwards(rows, landing, rng)
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    columns |= {name: moments(columns[name]) for name in INSTANTS}
    columns["renewal_date"] = [
        None if day is None else horizon.date_of(day).isoformat() for day in columns["renewal_date"]
    ]
    landing.rows("billing/subscriptions", "subscriptions.csv", columns, SUBSCRIPTIONS, rng)


def _backwards(rows: list[dict], landing: Landing, rng: np.random.Generator) -> list[dict]:
    """Return a few contracts that end before they begin."""
    twins = [rows[index] for index in rng.integers(len(rows), size=max(3, len(rows) // 500))]
    reason = "ended_at is before started_at"
    landing.count("billing/subscriptions").rejected[reason] += len(twins)
    return [
        {
            **twin,
            "subscription_id": f"sub_wrong_{number}",
            "status": "canceled",
            "ended_at": twin["started_at"] - 40 * DAY_MS,
        }
        for number, twin in enumerate(twins)
    ]


def _subscription(contracts: Contracts, account: int, spell: int) -> dict:
    journey, horizon, company = contracts.journey, contracts.horizon, contracts.company
    start, end, request = (
        int(a[spell, account]) for a in (journey.start, journey.end, journey.request)
    )
    status, annual = contracts.status(account, spell), bool(company.is_annual[account])
    tried = company.has_trial[account] and spell == 0
    begun = int(horizon.instant(start)) + 8 * HOUR_MS
    asked = request < horizon.days
    term = 12 if annual else 1
    due = horizon.next_anniversary(np.array([start]), horizon.days - 1, np.array([term]))[0]
    return {
        "subscription_id": f"sub_{account + 1:05d}_{spell + 1}",
        "account_id": company.ids[account],
        "status": status,
        "started_at": begun,
        "ended_at": int(horizon.instant(end)) + 8 * HOUR_MS if status == "canceled" else None,
        "trial_start": begun if tried else None,
        "trial_end": begun + TRIAL_DAYS * DAY_MS if tried else None,
        "cancel_requested_at": int(horizon.instant(request)) + 15 * HOUR_MS if asked else None,
        "cancel_at": int(horizon.instant(end)) + 8 * HOUR_MS if asked else None,
        "cancel_at_period_end": asked,
        "term_months": term,
        "renewal_date": None if status == "canceled" else int(due),
        "auto_renew": not asked,
        "cancel_reason": contracts.cancel_reason(account, spell),
    }


def write_items(contracts: Contracts, landing: Landing) -> None:
    """Write the dated states of all items as Parquet, with two that break a rule."""
    items = [item for item in contracts.items if item.valid_from < contracts.horizon.days]
    wrong = [replace(items[3], seats=-1), replace(items[5], unit_amount=-100)]
    columns = _item_columns(contracts, items + wrong)
    columns["subscription_item_id"][-2:] = ["si_negative_seats", "si_negative_price"]
    landing.parquet("billing/subscription_items", "subscription_items.parquet", pa.table(columns))
    quarantined = landing.count("billing/subscription_items").quarantined
    quarantined.update(("quantity_negative", "unit_amount_negative"))


def _item_columns(contracts: Contracts, items: list[Item]) -> dict[str, list | pa.Array]:
    horizon, plans = contracts.horizon, contracts.catalogue.plans

    def instants(days: list[int]) -> pa.Array:
        known = [None if d == NEVER else int(horizon.instant(d)) + 8 * HOUR_MS for d in days]
        return pa.array(known, pa.int64()).cast(pa.timestamp("ms", tz="UTC"))

    return {
        "subscription_item_id": [f"si_{i.account + 1:05d}_{i.spell + 1}" for i in items],
        "subscription_id": [f"sub_{i.account + 1:05d}_{i.spell + 1}" for i in items],
        "valid_from": instants([i.valid_from for i in items]),
        "valid_to": instants([i.valid_to for i in items]),
        "plan_id": [plans[i.plan]["plan_id"] for i in items],
        "interval": ["year" if i.is_annual else "month" for i in items],
        "interval_count": pa.array([1] * len(items), pa.int32()),
        "unit_amount_minor": [i.unit_amount for i in items],
        "quantity": [i.seats for i in items],
        "discount_pct": pa.array([i.discount_percent for i in items], pa.float64()),
        "discount_amount_minor": pa.array([i.discount_amount for i in items], pa.int64()),
        "currency": [i.currency for i in items],
    }


def write_rates(contracts: Contracts, landing: Landing, streams: Streams) -> None:
    """Write daily rates from dollars to euros, from a month before the first contract."""
    horizon, rng = contracts.horizon, streams.stream("contracts", 2)
    days = np.arange(min(-30, int(contracts.company.start_day.min()) - 30), horizon.days)
    rate = 0.92 + 0.03 * np.sin(days / 60) + np.cumsum(rng.normal(0, 0.0012, len(days)))
    columns = {
        "date": [horizon.date_of(day).isoformat() for day in days],
        "from": ["USD"] * len(days),
        "to": ["EUR"] * len(days),
        "rate": [round(float(r), 5) for r in np.clip(rate, 0.75, 1.1)],
    }
    landing.rows("billing/fx_rates", "fx_rates.csv", columns, RATES, rng)


def write_transactions(
    contracts: Contracts, people: People, landing: Landing, streams: Streams
) -> None:
    """Write a few one-off orders: training days and extra storage."""
    horizon, company, rng = contracts.horizon, contracts.company, streams.stream("contracts", 3)
    count = max(20, len(company) // 10)
    day = rng.integers(0, horizon.days, count)
    account = rng.choice(np.flatnonzero(company.kind == 0), count)
    keep = contracts.journey.in_service(day[:, None])[np.arange(count), account]
    account, day = account[keep], np.sort(day[keep])
    amount = rng.choice((9900, 49900, 120000), len(day))
    instants = horizon.instant(day) + rng.integers(8 * HOUR_MS, 17 * HOUR_MS, len(day))
    columns = {
        "transaction_id": [f"txn_{i:05d}" for i in range(len(day))],
        "account_id": [company.ids[a] for a in account],
        "user_id": [people.ids[people.user[people.first_member[a]]] for a in account],
        "ts": moments(instants),
        "amount_minor": amount.tolist(),
        "margin_minor": (amount * 6 // 10).tolist(),
        "currency": ["USD" if company.is_usd[a] else "EUR" for a in account],
        "status": rng.choice(("paid", "paid", "paid", "refunded"), len(day)).tolist(),
    }
    landing.rows("billing/transactions", "transactions.csv.gz", columns, TRANSACTIONS, rng)
