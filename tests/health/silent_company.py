"""A company whose accounts go silent on a day of their own, after a history drawn at random.

One account comes every day to the end, so that the sources speak. Of the others every table tells
something up to their last day, of whatever kind; after it nobody of them does anything at all.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from tests.cases.catalogues import catalogues

AS_OF = date(2026, 10, 31)
FIRST_DAY = date(2025, 8, 1)
STEADY = "steady"
CORE_NAMES = (
    "report_created", "dashboard_edited", "comment_posted", "search_run", "export_run",
    "integration_synced", "alert_rule_saved",
)  # fmt: skip
NAMES = (*CORE_NAMES, "login", "page_view", "report_viewed")

Rows = dict[str, list[dict[str, Any]]]


def _at(day: date, hour: int = 10) -> str:
    return f"{day}T{hour:02}:00:00Z"


def _active_days(drawn: random.Random, first: date, last: date) -> Iterator[date]:
    """Yield days from the first to the last, the last one among them: a rhythm, bursts, a pause."""
    usual, day = drawn.choice([1, 1, 2, 7, 14, 30, 45]), first + timedelta(drawn.randint(0, 20))
    while day < last:
        yield day
        pause = drawn.choice([1] * 6 + [usual] * 12 + [usual * 4, 60])
        day += timedelta(drawn.randint(max(1, pause // 2), pause * 3 // 2 + 1))
    yield last


def _what_they_did(drawn: random.Random, account: str, day: date, people: Sequence[str]) -> Rows:
    rows: Rows = {"product/events": [], "product/error_logs": [], "product/performance_logs": []}
    for person in drawn.sample(people, drawn.randint(1, len(people))):
        for number in range(drawn.choice([1, 1, 2, 5])):
            hour = drawn.randint(6, 20)
            about = {"account_id": account, "user_id": person}
            name = drawn.choice(NAMES)
            rows["product/events"].append(
                {"event_id": f"{person}-{day}-{number}", "event_name": name,
                 "event_ts": _at(day, hour)} | about
            )  # fmt: skip
            if drawn.random() < 0.2:
                rows["product/error_logs"].append(
                    {"error_id": f"{person}-{day}-{number}", "occurred_at": _at(day, hour),
                     "is_user_visible": True, "severity": "error"} | about
                )  # fmt: skip
            if drawn.random() < 0.5:
                rows["product/performance_logs"].append(
                    {"perf_id": f"{person}-{day}-{number}", "measured_at": _at(day, hour),
                     "metric": "page_load", "route": "home", "success": True,
                     "value_ms": drawn.choice([300, 2000, 9000])} | about
                )  # fmt: skip
    return rows


def _account(drawn: random.Random, account: str, first: date, days: Sequence[date]) -> Rows:
    people = [f"{account}-{n}" for n in range(drawn.randint(1, 4))]
    started = _at(first, 0)
    rows: Rows = {
        "crm/accounts": [
            {"account_id": account, "account_type": "customer", "plan": "growth",
             "created_at": started, "size_band": drawn.choice(["SMB", "mid"])}
        ],
        "crm/users": [
            {"user_id": person, "created_at": started, "role": drawn.choice(["analyst", "manager"])}
            for person in people
        ],
        "crm/account_users": [
            {"account_id": account, "user_id": person, "valid_from": started,
             "role": drawn.choice(["member", "admin"])}
            for person in people
        ],
        "billing/subscriptions": [
            {"subscription_id": account, "account_id": account, "status": "active",
             "started_at": started}
        ],
        "billing/subscription_items": [
            {"subscription_item_id": account, "subscription_id": account, "valid_from": started,
             "plan_id": "growth", "interval": "month", "interval_count": 1,
             "unit_amount_minor": 3900, "quantity": drawn.randint(1, 9), "currency": "EUR"}
        ],
        "support/tickets": [
            {"ticket_id": f"{account}-{day}", "account_id": account, "created_at": _at(day, 9),
             "solved_at": _at(day, 12), "updated_at": _at(day, 12), "status": "solved",
             "priority": "normal"}
            for day in days if drawn.random() < 0.05
        ],
    }  # fmt: skip
    for day in days:
        for table, more in _what_they_did(drawn, account, day, people).items():
            rows.setdefault(table, []).extend(more)
    return rows


def silent_company(
    seed: int, count: int
) -> tuple[Mapping[str, list[dict[str, Any]]], dict[str, date]]:
    """Return the rows of a company by table, and the last day on which each account did anything.

    The last account of the count never did anything: its last day is the one before its first.
    """
    drawn = random.Random(seed)
    tables: Rows = dict(catalogues())
    last_days: dict[str, date] = {}
    every_day = [FIRST_DAY + timedelta(n) for n in range((AS_OF - FIRST_DAY).days + 1)]
    histories = [(STEADY, FIRST_DAY, every_day)]
    for number in range(count):
        first = FIRST_DAY + timedelta(drawn.randint(0, 200))
        last = first + timedelta(drawn.randint(0, (AS_OF - first).days - 30))
        days = sorted(set(_active_days(drawn, first, last))) if number < count - 1 else []
        last_days[f"a{number}"] = last if days else first - timedelta(1)
        histories.append((f"a{number}", first, days))
    for account, first, days in histories:
        for table, rows in _account(drawn, account, first, days).items():
            tables.setdefault(table, []).extend(rows)
    return tables, last_days
