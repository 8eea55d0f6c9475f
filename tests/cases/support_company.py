"""A small company for questions about support: four customers who work every day."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

ACCOUNTS = ("acme", "bolt", "cove", "dune")
FIRST_DAY, LAST_DAY = date(2026, 9, 1), date(2026, 10, 31)

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def company(first_day: date = FIRST_DAY) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of accounts, people, subscriptions and a daily event of each account."""
    days = [first_day + timedelta(n) for n in range((LAST_DAY - first_day).days + 1)]
    since = "2026-01-01T00:00:00Z"
    return {
        "crm/accounts": [
            {"account_id": a, "name": a, "account_type": "customer", "created_at": since}
            for a in ACCOUNTS
        ],
        "crm/users": [{"user_id": f"u-{a}", "created_at": since} for a in ACCOUNTS],
        "crm/account_users": [
            {"account_id": a, "user_id": f"u-{a}", "valid_from": since} for a in ACCOUNTS
        ],
        "billing/subscriptions": [
            {
                "subscription_id": f"s-{a}",
                "account_id": a,
                "status": "active",
                "started_at": "2026-02-01T00:00:00Z",
            }
            for a in ACCOUNTS
        ],
        "product/events": [
            {
                "event_id": f"{a}-{day}",
                "event_name": "report_created",
                "event_ts": f"{day}T10:00:00Z",
                "received_at": f"{day}T10:00:01Z",
                "user_id": f"u-{a}",
                "account_id": a,
            }
            for day in days
            for a in ACCOUNTS
        ],
    }


def ticket(ticket_id: str, **columns: Any) -> dict[str, Any]:
    """Return the row of an open ticket of acme, opened on 5 October, with these columns."""
    return {
        "ticket_id": ticket_id,
        "account_id": "acme",
        "created_at": "2026-10-05T08:00:00Z",
        "status": "open",
        "priority": "normal",
    } | columns


def change(ticket_id: str, event_at: str, field: str, **columns: Any) -> dict[str, Any]:
    """Return the row of a change of a ticket by an agent that everybody can see."""
    return {
        "ticket_id": ticket_id,
        "event_at": event_at,
        "seq": 1,
        "field": field,
        "actor_type": "agent",
        "is_public": True,
    } | columns
