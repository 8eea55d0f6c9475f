"""Tickets of customers, recounted from their landed history on the last day of every month."""

from collections import defaultdict
from datetime import datetime, time, timedelta

import numpy as np
import pytest

from tests.recounted.landed import landed, published, subscriptions

ENDED = ("solved", "closed", "deleted")
# Read from buckets two per cent wide.
HOURS = [
    "first_reply_hours_median_28d", "first_reply_hours_p90_28d", "first_resolution_hours_p90_28d",
    "full_resolution_hours_median_28d", "requester_wait_hours_median_28d",
]  # fmt: skip
EXACT = [
    "tickets_28d", "backlog_tickets", "backlog_age_days_median", "backlog_age_days_p90",
    "urgent_unresolved_48h", "unreplied_tickets", "reopen_rate_28d", "one_touch_rate_28d",
    "csat_tickets_90d", "resolution_hours_km_median_90d",
]  # fmt: skip


class Ticket:
    """A ticket with what its history tells, up to any moment."""

    def __init__(self, row, events):
        self.row, self.opened = row, row["created_at"]
        self.states = [(e["event_at"], e["new"]) for e in events if e["field"] == "status"]
        comments = [e for e in events if e["field"] == "comment"]
        self.has_comments = bool(comments)
        self.replies = [
            e["event_at"]
            for e in comments
            if e["actor_type"] == "agent" and e["is_public"] and e["event_at"] > self.opened
        ]
        self.solved, self.reopened = [], []
        for (at, state), before in zip(self.states, [None, *self.states], strict=False):
            was_ended = before is not None and before[1] in ENDED
            if state in ("solved", "closed") and not was_ended:
                self.solved.append(at)
            if state not in ENDED and was_ended:
                self.reopened.append(at)

    def state(self, moment):
        return ([state for at, state in self.states if at < moment] or [None])[-1]

    def is_open(self, moment):
        return self.state(moment) not in (None, *ENDED)

    def last_solved(self, moment):
        stands = self.state(moment) in ("solved", "closed")
        return max(at for at in self.solved if at < moment) if stands else None

    def waited(self, until):
        ends = [at for at, _ in self.states[1:]] + [until]
        return sum(
            (min(end, until) - at).total_seconds() / 3600
            for (at, state), end in zip(self.states, ends, strict=True)
            if state in ("new", "open", "hold") and at < until
        )


def hours(start, end):
    return (end - start).total_seconds() / 3600


def middle_by_kaplan_and_meier(tickets, moment):
    lasted = sorted(
        (hours(t.opened, min([*t.solved[:1], moment])), not (t.solved and t.solved[0] < moment))
        for t in tickets
    )
    stays = 1.0
    for place, (lasting, is_unsolved) in enumerate(lasted):
        if not is_unsolved:
            stays *= 1 - 1 / (len(lasted) - place)
        if stays <= 0.5 + 1e-9:
            return lasting
    return None


def recounted(asked, customers_then, moment):
    """Return the figures of a day that ends with a moment, as far as anybody can be counted."""

    def within(days):
        return lambda at: at is not None and moment - timedelta(days) <= at < moment

    month, quarter = within(28), within(90)
    open_ones = [t for t in asked if t.opened < moment and t.is_open(moment)]
    open_ones = [t for t in open_ones if t.row["account_id"] in customers_then]
    ages = [hours(t.opened, moment) / 24 for t in open_ones]
    first_solved = [t for t in asked if t.solved and month(t.solved[0])]
    lasting = [(t, t.last_solved(moment)) for t in asked if month(t.last_solved(moment))]
    answered = [t for t in asked if t.replies and month(t.replies[0])]
    first_replies = [hours(t.opened, t.replies[0]) for t in answered]
    rated = [
        t.row["satisfaction"] == "good"
        for t in asked
        if t.solved and quarter(t.solved[0]) and t.row.get("satisfaction") in ("good", "bad")
        and t.row["satisfaction_at"] < moment
    ]  # fmt: skip
    return {
        "tickets_28d": len([t for t in asked if month(t.opened) and t.state(moment) != "deleted"]),
        "backlog_tickets": len(open_ones),
        "backlog_age_days_median": np.median(ages),
        "backlog_age_days_p90": np.percentile(ages, 90),
        "urgent_unresolved_48h": len([
            t for t, age in zip(open_ones, ages, strict=True)
            if t.row.get("priority") == "urgent" and age > 2
        ]),
        "unreplied_tickets": len([t for t in open_ones if not any(r < moment for r in t.replies)]),
        "reopen_rate_28d": np.mean([any(r < moment for r in t.reopened) for t in first_solved]),
        "one_touch_rate_28d": np.mean([
            len([r for r in t.replies if r <= solved]) == 1
            for t, solved in lasting if t.has_comments
        ]),
        "csat_tickets_90d": np.mean(rated),
        "resolution_hours_km_median_90d": middle_by_kaplan_and_meier(
            [t for t in asked if quarter(t.opened)], moment
        ),
        "first_reply_hours_median_28d": np.median(first_replies),
        "first_reply_hours_p90_28d": np.percentile(first_replies, 90),
        "first_resolution_hours_p90_28d": np.percentile(
            [hours(t.opened, t.solved[0]) for t in first_solved], 90
        ),
        "full_resolution_hours_median_28d": np.median([hours(t.opened, s) for t, s in lasting]),
        "requester_wait_hours_median_28d": np.median([t.waited(s) for t, s in lasting]),
    }  # fmt: skip


@pytest.fixture(scope="module")
def customers(tiny_company):
    """Return who is a customer on a day."""
    theirs = subscriptions(tiny_company)
    return lambda day: {s["account"] for s in theirs if s["first"] <= day < s["end"]}


@pytest.fixture(scope="module")
def asked(tiny_company, customers):
    """Return the tickets of whoever was a customer when they were opened."""
    history = defaultdict(list)
    for event in landed(tiny_company, "support/ticket_events"):
        history[event["ticket_id"]].append(event)
    for events in history.values():
        events.sort(key=lambda event: (event["event_at"], event["seq"]))
    rows = landed(tiny_company, "support/tickets")
    return [
        Ticket(row, history[row["ticket_id"]])
        for row in rows
        if row["account_id"] in customers(row["created_at"].date())
    ]


def test_what_is_said_of_tickets_is_what_their_history_says(warehouse_reading, asked, customers):
    with warehouse_reading() as connection:
        found = published(connection, [*EXACT, *HOURS])
    days = sorted({day for _, day in found if (day + timedelta(1)).day == 1})
    different, compared = {}, set()
    for day in days:
        moment = datetime.combine(day, time()) + timedelta(1)
        for metric, value in recounted(asked, customers(day), moment).items():
            if (metric, day) in found:
                compared.add(metric)
                nearly = 0.011 * value if metric in HOURS else 1e-6 * max(value, 1)
                if abs(found[metric, day] - value) > nearly:
                    different[metric, day] = (found[metric, day], value)
    assert len(days) == 6
    assert compared == {*EXACT, *HOURS}
    assert different == {}
