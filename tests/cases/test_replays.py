"""A content that comes again in a later file is the newest statement, though it is loaded once.

A says one thing, B another, and then A is exported again under a later name. Day by day it is as
if all files had landed at once, and a file that is written over says only what it holds now.
"""

import json
from datetime import date

import pytest

from tests.cases.built import asking, build, write_landing

LAST_DAY = date(2026, 9, 30)
BEGAN = "2026-06-01T00:00:00Z"
MODELS = [
    "dim_users",
    "int_subscriptions_deduplicated",
    "fct_subscriptions_daily",
    "fct_account_activity_daily",
]
TABLES = [
    "marts.dim_users",
    "intermediate.int_subscriptions_deduplicated",
    "marts.fct_subscriptions_daily",
    "marts.fct_account_activity_daily",
]


COMPANY = {
    "crm/accounts": [{"account_id": "a", "account_type": "customer", "created_at": BEGAN}],
    "product/events": [
        {"event_id": f"e{day}", "event_name": "opened", "user_id": "u1", "account_id": "a"}
        | {"event_ts": f"2026-09-{day:02}T09:00:00Z"}
        for day in range(1, 31)
    ],
}
# What the files of each story say, by day. Its files are its own, and so are the person and the
# subscription that they tell of.
DAYS = {
    "again": [{1: "A"}, {2: "B"}, {10: "A"}],
    "between": [{1: "A"}, {10: "B"}, {2: "A"}],
    "first-name-last": [{10: "A"}, {9: "B"}, {1: "A"}],
    "written-over": [{1: "A", 2: "B"}, {10: "A"}, {10: "C"}],
    "written-back": [{1: "A", 2: "B"}, {2: "A"}, {2: "B"}],
    "first-written-over": [{1: "A", 2: "B"}, {10: "A"}, {1: "C"}],
}
NEWEST = {
    "again": "A",
    "between": "B",
    "first-name-last": "A",
    "written-over": "C",
    "written-back": "B",
    "first-written-over": "A",
}
ROLES = {"A": "admin", "B": "analyst", "C": "viewer"}
STATUSES = {"A": "active", "B": "paused", "C": "past_due"}


def told(story, said):
    """Return the rows with which a story tells A, B or C."""
    subscription = {"subscription_id": story, "account_id": "a", "quantity": 1}
    return {
        "crm/users": {"user_id": story, "department": story, "role": ROLES[said]}
        | {"created_at": BEGAN},
        "billing/subscriptions": subscription | {"status": STATUSES[said], "started_at": BEGAN},
    }


def arrive(landing, day):
    for story, days in DAYS.items():
        for number, said in days[day].items():
            for table, row in told(story, said).items():
                path = landing / table / f"{story}-{number}.jsonl"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(json.dumps(row) + "\n")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("replays")
    landing = write_landing(folder / "landing", COMPANY)
    for day in range(3):
        arrive(landing, day)
        by_days = build(folder / "by-days", landing, MODELS, LAST_DAY)
    return asking(build(folder / "at-once", landing, MODELS, LAST_DAY)), asking(by_days)


@pytest.mark.parametrize("table", TABLES)
def test_day_by_day_it_is_as_at_once(built, table):
    at_once, by_days = built
    query = f"select * from {table} order by all"
    assert at_once(query) == by_days(query)


def test_the_newest_statement_is_that_of_the_last_name(built):
    at_once, _ = built
    roles = at_once("select department, role from marts.dim_users")
    assert dict(roles) == {story: ROLES[said] for story, said in NEWEST.items()}
    statuses = "select subscription_id, status from intermediate.int_subscriptions_deduplicated"
    assert dict(at_once(statuses)) == {story: STATUSES[said] for story, said in NEWEST.items()}
