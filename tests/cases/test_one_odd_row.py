"""A company of ten accounts with one odd row in each table: it is built, and no gate stops it."""

from datetime import date, timedelta

import pytest

from expectations.catalogue import declared_suites
from expectations.runner import opened, run_suite
from orchestration.dbt_runner.in_process import invoke
from tests.cases.built import asking, build, write_landing

LAST = date(2026, 10, 31)
DAYS = [LAST - timedelta(days=n) for n in range(20)]
ACCOUNTS = [f"a{n}" for n in range(10)]
PRICE = {"interval": "month", "interval_count": 1, "quantity": 1, "currency": "EUR"}
# With what they read they are most of what one row can reach.
MODELS = [
    "dim_accounts",
    "fct_account_activity_daily",
    "fct_churns",
    "fct_component_uptime_daily",
    "int_customer_months",
    "fct_incidents",
    "fct_mrr_months",
    "fct_row_reconciliation",
    "fct_sessions",
    "fct_subscriptions_daily",
    "fct_tickets",
    "fct_user_activity_daily",
]


def odd(rows, **columns):
    """Change the first of some rows."""
    return [rows[0] | columns, *rows[1:]]


def company():
    """Return the rows by table: ten of each, of which the first is odd."""
    accounts = [{"account_id": a, "name": a, "created_at": "2025-01-01"} for a in ACCOUNTS]
    accounts[2] |= {"parent_account_id": "a3"}
    accounts[3] |= {"parent_account_id": "a2"}
    users = [{"user_id": f"u-{a}", "created_at": "2025-01-01"} for a in ACCOUNTS]
    members = [{"account_id": a, "user_id": f"u-{a}", "valid_from": "2025-01-01"} for a in ACCOUNTS]
    subscriptions = [
        {"subscription_id": f"s-{a}", "account_id": a, "status": "active",
         "started_at": "2025-01-01", "term_months": 12}
        for a in ACCOUNTS
    ]  # fmt: skip
    items = [
        PRICE | {"subscription_item_id": f"i-{a}", "subscription_id": f"s-{a}",
                 "valid_from": "2025-01-01", "unit_amount_minor": 10_000}
        for a in ACCOUNTS
    ]  # fmt: skip
    # Each about another kind of oddity, as one account can have one price.
    items[1] |= {"unit_amount_minor": 1_200_000_000, "currency": "IDR", "interval": "year"}
    items[2] |= {"unit_amount_minor": 900_000_000_000}
    items[3] |= {"discount_pct": 250}
    items[4] |= {"quantity": -3}
    items[5] |= {"valid_to": "2024-01-01"}
    events = [
        {"event_id": f"{a}-{day}", "event_name": "report_created", "user_id": f"u-{a}",
         "account_id": a, "event_ts": f"{day}T10:00:00Z", "received_at": f"{day}T10:00:01Z"}
        for day in DAYS
        for a in ACCOUNTS
    ]  # fmt: skip
    tickets = [
        {"ticket_id": f"t-{a}", "account_id": a, "status": "solved",
         "created_at": "2026-10-05T10:00:00Z", "solved_at": "2026-10-06T10:00:00Z", "reopens": 0}
        for a in ACCOUNTS
    ]  # fmt: skip
    incidents = [
        {"incident_id": f"n{n}", "impact": "major", "status": "resolved",
         "started_at": f"2026-10-{n + 10}T10:00:00Z", "resolved_at": f"2026-10-{n + 10}T11:00:00Z"}
        for n in range(10)
    ]  # fmt: skip
    touched = [
        {"incident_id": f"n{n}", "component_id": "app", "component_status": "major_outage",
         "from_ts": f"2026-10-{n + 10}T10:00:00Z", "to_ts": f"2026-10-{n + 10}T11:00:00Z"}
        for n in range(10)
    ]  # fmt: skip
    answers = [
        {"response_id": f"r-{a}", "survey_type": "nps", "score": 9, "scale_min": 0,
         "scale_max": 10, "responded_at": "2026-10-20T10:00:00Z", "account_id": a}
        for a in ACCOUNTS
    ]  # fmt: skip
    payments = [
        {"payment_id": f"p-{a}", "account_id": a, "status": "paid", "amount_minor": 10_000,
         "currency": "EUR", "attempted_at": "2026-10-01", "due_at": "2026-10-01"}
        for a in ACCOUNTS
    ]  # fmt: skip
    rates = [{"date": f"2026-{n:02}-01", "from": "IDR", "to": "EUR", "rate": 0.000056}
             for n in range(1, 11)]  # fmt: skip
    return {
        "crm/accounts": odd(accounts, parent_account_id="a0", created_at="0001-01-01T00:00:00Z"),
        "crm/users": odd(users, birth_year=1066),
        "crm/account_users": odd(members, valid_to="1970-01-01"),
        "billing/subscriptions": odd(subscriptions, started_at="0001-01-01T00:00:00Z"),
        "billing/subscription_items": odd(items, unit_amount_minor=-500),
        "billing/payments": odd(payments, amount_minor=-1),
        "billing/fx_rates": odd(rates, rate=0),
        "product/events": odd(events, event_ts="2099-01-02T10:00:00Z", received_at=None),
        "support/tickets": odd(tickets, solved_at="2026-10-05T09:59:59Z", reopens=90210),
        "status/components": [{"component_id": "app"}],
        "status/incidents": odd(incidents, resolved_at="2020-01-01T00:00:00Z"),
        "status/incident_components": odd(touched, to_ts="2020-01-01T00:00:00Z"),
        "surveys/responses": odd(answers, score=11),
    }


@pytest.fixture(scope="module")
def built_company(tmp_path_factory):
    folder = tmp_path_factory.mktemp("odd")
    return build(folder, write_landing(folder / "landing", company()), MODELS)


def findings(settings, gate, only=None):
    with opened(settings.warehouse) as source:
        return {
            (suite.module, finding.column or finding.expectation): finding
            for suite in declared_suites(gate)
            if only is None or suite.module in only
            for finding in run_suite(source, suite)
            if not finding.passed
        }


@pytest.mark.parametrize("gate", ["raw", "marts"])
def test_no_gate_stops(built_company, gate):
    found = findings(built_company, gate, only=None if gate == "raw" else MODELS)
    assert {key for key, finding in found.items() if finding.severity == "critical"} == set()


def test_no_data_test_of_what_was_built_stops(built_company, tmp_path):
    chosen = [f"+{model},test_type:data" for model in MODELS]
    arguments = ["test", "--indirect-selection", "cautious", "--select", *chosen]
    result = invoke(built_company, arguments, tmp_path / "dbt", lambda _: None)
    broken = {each.node.name: each.message for each in result.result if each.status != "pass"}
    assert broken == {}


def test_the_odd_rows_are_named_by_key_and_line(built_company):
    found = findings(built_company, "raw")
    told = found["raw_support_tickets", "solved_at"].observed
    assert told == "1 of 10 values are not: ticket_id=t-a0 support/tickets/rows.jsonl:1"
    discount = found["raw_billing_subscription_items", "discount_pct"].observed
    assert discount.endswith("subscription_item_id=i-a3 billing/subscription_items/rows.jsonl:4")
    found = findings(built_company, "marts", only=["fct_subscriptions_daily"])
    worth = found["fct_subscriptions_daily", "nobody pays ten thousand times what is usual"]
    assert worth.observed.endswith(f"account_id=a2 activity_date={LAST}")


def test_the_others_are_counted_as_without_it(built_company):
    ask = asking(built_company)
    assert ask("select as_of_date from raw.run_parameters") == [(LAST,)]
    mrr = dict(
        ask(
            "select account_id, mrr::double from marts.fct_subscriptions_daily "
            f"where activity_date = date '{LAST}'"
        )
    )
    assert {account: mrr[account] for account in ("a6", "a7", "a8", "a9")} == dict.fromkeys(
        ("a6", "a7", "a8", "a9"), 100.0
    )
    # IDR 12,000,000.00 a year.
    assert mrr["a1"] == 56.0
    assert ask("select count(*) from marts.fct_tickets") == [(9,)]


def test_parents_that_lead_back_are_none(built_company):
    ask = asking(built_company)
    assert ask("select count(parent_account_id) from marts.dim_accounts") == [(0,)]
    circled = "select account_id from intermediate.int_accounts_deduplicated where contradiction"
    assert ask(f"{circled} is not null order by 1") == [("a2",), ("a3",)]
