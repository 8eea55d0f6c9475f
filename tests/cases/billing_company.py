"""A company whose every subscription is another combination of a status word and times.

One account and one item of EUR 100 a month per combination. ``expected`` says, in plain Python and
from the description of the models alone, what each is on 31 October 2026.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any

START = date(2026, 6, 1)
AS_OF = date(2026, 10, 31)
GRACE = timedelta(days=14)
NEVER = date.max

WORDS = (
    "trialing",
    "active",
    "past_due",
    "unpaid",
    "canceled",
    "incomplete",
    "incomplete_expired",
    "paused",
    "zzz",
)
TRIAL_ENDS = (None, date(2026, 7, 10), date(2026, 11, 20))
REQUESTS = (None, date(2026, 8, 15))
CANCEL_ATS = (None, date(2026, 8, 31), date(2026, 11, 15))
ENDS = (None, date(2026, 9, 10), date(2026, 11, 5))


@dataclass(frozen=True)
class Case:
    """What an export says of one subscription."""

    status: str
    trial_end: date | None
    requested: date | None
    cancel_at: date | None
    ended: date | None

    @property
    def name(self) -> str:
        """Say it in one word, which is account and subscription."""
        days = (self.trial_end, self.requested, self.cancel_at, self.ended)
        return "_".join([self.status, *(f"{day:%m%d}" if day else "none" for day in days)])


@dataclass(frozen=True)
class Answer:
    """What the warehouse must say of it on 31 October 2026."""

    mrr: int
    is_customer: bool
    is_trial: bool
    service_ended: date | None
    is_saved: bool | str | None
    is_contradiction: bool


CASES = [Case(*values) for values in product(WORDS, TRIAL_ENDS, REQUESTS, CANCEL_ATS, ENDS)]


def end_of(case: Case) -> date:
    """Return the day on which service ends, whenever that is."""
    if case.ended or case.status != "canceled":
        return case.ended or NEVER
    # An item a month: the paid month in which the request, or else the start, lies.
    return case.cancel_at or (date(2026, 9, 1) if case.requested else date(2026, 7, 1))


def gives_service(case: Case) -> bool:
    """Return whether it is in anything at all."""
    if case.status == "unpaid":
        return case.ended is not None
    return case.status in ("trialing", "active", "past_due", "paused", "canceled")


def contradicts(case: Case) -> bool:
    """Return whether the status and the times disagree by 31 October."""
    if case.status == "canceled":
        return case.ended is None
    if case.status == "trialing" and (case.trial_end is None or case.trial_end <= AS_OF):
        return True
    lives = case.status in ("trialing", "active", "past_due", "paused")
    return lives and any(day and day <= AS_OF for day in (case.ended, case.cancel_at))


def expected(case: Case) -> Answer:
    """Return what is right for a case."""
    trial_until = case.trial_end or (NEVER if case.status == "trialing" else START)
    end = end_of(case) if end_of(case) <= AS_OF else NEVER
    paid_from = max(START, trial_until)
    is_customer = gives_service(case) and end > AS_OF
    has_paid = gives_service(case) and paid_from < end and paid_from <= AS_OF
    saved: bool | str | None = "no request"
    if has_paid and case.requested:
        effect = case.cancel_at or date(2026, 9, 1)
        effect = case.requested if end <= case.requested else effect
        saved = end > effect + GRACE if effect + GRACE <= AS_OF else None
    return Answer(
        mrr=100 if is_customer and trial_until <= AS_OF else 0,
        is_customer=is_customer,
        is_trial=is_customer and trial_until > AS_OF,
        service_ended=end if has_paid and end <= AS_OF else None,
        is_saved=saved,
        is_contradiction=contradicts(case),
    )


def subscription(name: str, account: str | None = None, **values: Any) -> dict[str, Any]:
    """Return a subscription that is active since 1 June, but for what is said of it."""
    row = {"subscription_id": name, "account_id": account or name, "status": "active"}
    return row | {"started_at": START} | values


def item(name: str, **values: Any) -> dict[str, Any]:
    """Return the item of a subscription, EUR 100 a month since 1 June but for what is said."""
    row = {"subscription_item_id": name, "subscription_id": name, "valid_from": START}
    price = {"plan_id": "starter", "interval": "month", "unit_amount_minor": 10000}
    return row | price | {"quantity": 1, "currency": "EUR"} | values


def combinations() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the subscriptions and items of all combinations."""
    return [
        subscription(
            case.name, status=case.status, trial_end=case.trial_end, ended_at=case.ended,
            cancel_requested_at=case.requested, cancel_at=case.cancel_at,
        )
        for case in CASES
    ], [item(case.name) for case in CASES]  # fmt: skip


def landing_rows(
    subscriptions: list[dict[str, Any]], items: list[dict[str, Any]], **tables: Any
) -> dict[str, list[dict[str, Any]]]:
    """Return the tables of a company with these subscriptions, an event at either end."""
    accounts = sorted({row["account_id"] for row in subscriptions})
    rows = {
        "crm/accounts": [
            {"account_id": name, "name": name, "account_type": "customer", "created_at": START}
            for name in accounts
        ],
        "crm/users": [{"user_id": "u1", "created_at": START}],
        "product/events": [
            {"event_id": str(day), "event_name": "report_created", "user_id": "u1",
             "event_ts": f"{day}T10:00:00Z", "account_id": accounts[0]}
            for day in (START, AS_OF)
        ],
        "billing/subscriptions": subscriptions,
        "billing/subscription_items": items,
    } | tables  # fmt: skip
    return {
        table: [
            {
                column: f"{value}T00:00:00Z" if isinstance(value, date) else value
                for column, value in row.items()
                if value is not None
            }
            for row in lines
        ]
        for table, lines in rows.items()
    }
