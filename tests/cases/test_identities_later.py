"""An account or a person of the CRM that is new changes whom older rows mean, from their first day.

A spelling that was taken for the only account it could mean is nobody's once a second one differs
by capitals only; the second one takes back what is written exactly like it. Built day by day it is
as built at once.
"""

from datetime import date, timedelta

import pytest

from orchestration.warehouse.connection import Warehouse
from tests.cases.built import asking, build, run_dbt, write_landing

LAST_DAY = date(2026, 9, 30)
BEGAN = "2026-06-01T00:00:00Z"
TABLES = [
    "intermediate.int_events_identified",
    "intermediate.int_subscriptions_deduplicated",
    "marts.fct_account_activity_daily",
    "marts.fct_sessions",
    "marts.fct_user_activity_daily",
]
# Whose account or person is new on the last day: one that makes a spelling ambiguous, one that is
# written like it, one that makes it known for the first time.
FIRST = ["Twin", "Owner", "Solo"]
LATER = {
    "crm/accounts": ["TWIN", "New"],
    "crm/users": ["U-OWNER", "u-Solo"],
    "crm/account_users": ["Solo"],
}


def event(number, at, user, account):
    return {"event_id": f"e{number}", "event_name": "report_created", "event_ts": at} | {
        "user_id": user,
        "account_id": account,
    }


EVENTS = [
    event(1, "2026-09-10T09:00:00Z", "u-Twin", "Twin"),
    event(2, "2026-09-11T09:00:00Z", "u-Twin", "twin"),
    event(3, "2026-09-12T09:00:00Z", "u-Twin", "TWIN"),
    event(4, "2026-09-13T09:00:00Z", "u-owner", None),
    event(5, "2026-09-14T09:00:00Z", "U-OWNER", None),
    event(6, "2026-09-15T09:00:00Z", "U-SOLO", None),
    event(7, "2026-09-16T09:00:00Z", "u-Twin", "NEW"),
    event(8, "2026-09-28T09:00:00Z", "u-Twin", "Twin"),
]


def account(name):
    return {"account_id": name, "name": name, "account_type": "customer", "created_at": BEGAN}


def user(name):
    return {"user_id": name, "role": "analyst", "created_at": BEGAN}


def member(account):
    return {"account_id": account, "user_id": f"u-{account}", "valid_from": BEGAN}


COMPANY = {
    "crm/accounts": [account(a) for a in FIRST],
    "crm/users": [user(u) for u in ("u-Twin", "u-Owner")],
    # A member is known by that alone.
    "crm/account_users": [member(a) for a in FIRST if a != "Solo"],
    "billing/subscriptions": [
        {"subscription_id": f"s-{a}", "account_id": a, "status": "active", "started_at": BEGAN}
        for a in (*FIRST, "new")
    ],
    "product/events": EVENTS,
}
NEWS = {
    "crm/accounts/news": [account(a) for a in LATER["crm/accounts"]],
    "crm/users/news": [user(u) for u in LATER["crm/users"]],
    "crm/account_users/news": [member(a) for a in LATER["crm/account_users"]],
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("later")
    models = [table.split(".")[1] for table in TABLES]
    landing = write_landing(folder / "landing", COMPANY)
    first = build(folder / "by-days", landing, models, LAST_DAY - timedelta(days=1))
    before = asking(first)(
        "select event_key, account_id, user_id from intermediate.int_events_identified"
    )
    for table, rows in NEWS.items():
        spare = write_landing(folder / "spare", {table: rows}) / table / "rows.jsonl"
        spare.rename(landing / table.removesuffix("/news") / "news.jsonl")
    by_days = build(folder / "by-days", landing, models, LAST_DAY)
    at_once = build(folder / "at-once", landing, models, LAST_DAY)
    return asking(at_once), asking(by_days), before, by_days


@pytest.mark.parametrize("table", TABLES)
def test_a_second_day_gives_the_rows_of_a_full_build(built, table):
    at_once, by_days, *_ = built
    query = f"select * from {table} order by all"
    assert at_once(query) == by_days(query)


def test_the_new_names_change_whose_older_rows_are(built):
    at_once, _, before, _ = built
    owned = "select event_key, account_id, user_id from intermediate.int_events_identified"
    now = {event: (account, user) for event, account, user in at_once(owned)}
    then = {event: (account, user) for event, account, user in before}
    assert {event for event in now if now[event] != then[event]} == set(now) - {"e1", "e8"}
    assert [then[e][0] for e in ("e2", "e3", "e7")] == ["Twin", "Twin", "NEW"]
    assert [now[e][0] for e in ("e2", "e3", "e7")] == ["twin", "TWIN", "New"]
    # Two spellings of the only owner were that person; now one is a person of its own, and the
    # other could be either.
    assert then["e4"] == then["e5"] == ("Owner", then["e4"][1])
    assert now["e4"][0] is now["e5"][0] is None
    assert (then["e6"][0], now["e6"][0]) == (None, "Solo")


def test_it_is_built_anew_from_the_first_row_that_means_somebody_else(built):
    _, by_days, *_ = built
    assert by_days("select changed_from from intermediate.int_rebuild_window") == [
        (date(2026, 6, 1),)
    ]


def test_who_builds_a_table_by_hand_builds_all_of_its_days(built):
    at_once, by_days, _, settings = built
    with Warehouse(settings.warehouse).writing() as connection:
        connection.execute("delete from marts.fct_user_activity_daily")
    run_dbt(settings, ["--select", "fct_user_activity_daily"])
    query = "select * from marts.fct_user_activity_daily order by all"
    assert len(at_once(query)) > 5
    assert at_once(query) == by_days(query)
