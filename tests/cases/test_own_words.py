"""Words that are a company's own are one word in any capitals: industries, plans, features, events.

The company is built at once, and up to the day before the last and then on: both have the same
rows. Beside the words stand a person whom memberships alone name, and a trial that ends before it
begins.
"""

from datetime import date, timedelta

import pytest

from tests.cases.built import asking, build, write_landing

LAST_DAY = date(2026, 9, 30)
BEGAN = "2026-06-01T00:00:00Z"
TABLES = [
    "intermediate.int_events_identified",
    "intermediate.int_account_attributes_daily",
    "intermediate.int_subscription_items_deduplicated",
    "intermediate.int_subscriptions_deduplicated",
]
# Of each account: when the CRM got it, industry, band, plan; the first spelling is the name.
ACCOUNTS = {
    "a1": ("2026-01-01", "Retail", "1-10", "Pro"),
    "a2": ("2026-02-01", "retail", "1 - 10", "pro"),
    "a3": ("2026-03-01", "RETAIL ", "110", "PRO "),
    "a4": ("2026-04-01", "Real  estate", "10", "price_1Ab"),
    "a5": ("2026-05-01", "real\u00a0Estate", "10+", "basic"),
}  # fmt: skip
EVENTS = [
    ("a1", "2026-09-01", "Report_Created", "Export"),
    ("a2", "2026-09-02", "report_created", "export"),
    ("a3", "2026-09-30", "REPORT_CREATED", " EXPORT"),
    # The catalogue has these, each in one spelling.
    ("a4", "2026-09-03", "heart_beat", "search"),
    ("a5", "2026-09-30", "HEART_BEAT", None),
]
LANDING = {
    "crm/accounts": [
        # Keys in the capitals of the program that wrote them.
        {"Account_ID": a, "NAME": a, "accountType": "Customer", "Created At": created}
        | {"Industry": industry, "SizeBand": band}
        for a, (created, industry, band, _) in ACCOUNTS.items()
    ],
    "crm/users": [{"user_id": "known", "role": "analyst", "created_at": BEGAN}],
    "crm/account_users": [
        {"account_id": "a1", "user_id": "Member-1", "valid_from": BEGAN},
        {"account_id": "a2", "user_id": "KNOWN", "valid_from": BEGAN},
    ],
    "billing/subscriptions": [
        {"subscription_id": f"s-{a}", "account_id": a, "status": "active", "started_at": BEGAN}
        | ({"trial_start": "2026-06-15", "trial_end": "2026-06-05"} if a == "a5" else {})
        for a in ACCOUNTS
    ],
    "billing/subscription_items": [
        {"subscription_item_id": f"i-{a}", "subscription_id": f"s-{a}", "plan_id": plan}
        | {"valid_from": created, "unit_amount_minor": 1000, "quantity": 1, "currency": "EUR"}
        for a, (created, _, _, plan) in ACCOUNTS.items()
    ],
    "product/events": [
        {"event_id": f"e-{a}", "account_id": a, "user_id": f"u-{a}", "event_name": name}
        | {"feature_id": feature, "event_ts": f"{day}T09:00:00Z"}
        for a, day, name, feature in EVENTS
    ]
    + [
        {"event_id": f"m-{said}", "user_id": said, "event_name": "x", "event_ts": "2026-09-05"}
        for said in ("Member-1", "member-1", "MEMBER-1", "known")
    ],
    "catalogue/event_catalog": [
        {"event_name": "Heart_Beat", "feature_id": "SEARCH"}
        | {"is_activity": False, "is_core": False, "is_login": False, "is_error": False}
        | {"is_system": True}
    ],
    "catalogue/feature_catalog": [{"feature_id": "Search", "name": "Search"}],
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own_words")
    landing = write_landing(folder / "landing", LANDING)
    models = [table.split(".")[1] for table in TABLES]
    at_once = build(folder / "at-once", landing, models, LAST_DAY)
    build(folder / "by-days", landing, models, LAST_DAY - timedelta(days=1))
    return asking(at_once), asking(build(folder / "by-days", landing, models, LAST_DAY))


@pytest.fixture(scope="module")
def ask(built):
    return built[0]


@pytest.mark.parametrize("table", TABLES)
def test_a_second_day_gives_the_rows_of_a_full_build(built, table):
    at_once, by_days = built
    query = f"select * from {table} order by all"
    assert at_once(query) == by_days(query)


def test_a_word_in_other_capitals_and_blanks_is_one_segment_and_signs_tell_two_apart(ask):
    assert ask(
        "select distinct account_id, industry, size_band, plan "
        "from intermediate.int_account_attributes_daily order by 1"
    ) == [
        ("a1", "Retail", "1-10", "Pro"),
        ("a2", "Retail", "1 - 10", "Pro"),
        ("a3", "Retail", "110", "Pro"),
        ("a4", "Real  estate", "10", "price_1Ab"),
        ("a5", "Real  estate", "10+", "basic"),
    ]


def test_events_and_features_are_those_of_the_catalogue_else_as_they_were_spelled_first(ask):
    assert ask(
        "select account_id, event_name, feature_id, is_activity "
        "from intermediate.int_events_identified where event_name != 'x' order by 1"
    ) == [
        ("a1", "Report_Created", "Export", True),
        ("a2", "Report_Created", "Export", True),
        ("a3", "Report_Created", "Export", True),
        ("a4", "Heart_Beat", "Search", False),
        ("a5", "Heart_Beat", "Search", False),
    ]


def test_a_person_whom_memberships_alone_name_is_recognised_in_other_capitals(ask):
    assert ask(
        "select account_id, account_basis, count(*), count(distinct user_id) "
        "from intermediate.int_events_identified where event_name = 'x' group by all order by 1"
    ) == [("a1", "membership", 3, 1), ("a2", "membership", 1, 1)]


def test_a_trial_that_ends_before_it_begins_is_named(ask):
    assert ask(
        "select account_id, contradiction from intermediate.int_subscriptions_deduplicated "
        "where contradiction is not null"
    ) == [("a5", "trial_end is before trial_start: it is no trial from trial_end on")]
