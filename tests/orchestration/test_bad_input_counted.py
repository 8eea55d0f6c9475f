"""What contradicts itself but can be set apart is counted and named, and stops nothing.

A company of three accounts, small enough to count by hand: a person in two accounts at once, an
event name and a feature that no catalogue has, a plan that nobody knows, a currency without a rate.
"""

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from orchestration.dbt_runner.in_process import invoke
from orchestration.dbt_runner.manifest import prepare_manifest
from orchestration.landing.contract import declared_tables
from orchestration.landing.load import land
from orchestration.landing.parameters import write_run_parameters
from orchestration.warehouse.connection import Warehouse
from tests.conftest import settings_in

AS_OF = date(2026, 3, 31)
START = "2026-01-05T08:00:00Z"
# Who did what, how often; no event names an account, so the membership of the person decides.
EVENTS = [
    ("u1", "login", None, 3),
    ("u1", "teleported", None, 4),
    ("u1", "page_view", "hologram", 2),
    ("u2", "login", None, 5),
]


def item(number, plan, currency, amount):
    return {
        "subscription_item_id": f"i{number}", "subscription_id": f"s{number}", "valid_from": START,
        "plan_id": plan, "interval": "month", "interval_count": 1, "quantity": 1,
        "unit_amount_minor": amount, "currency": currency,
    }  # fmt: skip


LANDED = {
    "crm/accounts": [{"account_id": f"a{n}", "created_at": START} for n in (1, 2, 3)],
    "crm/users": [{"user_id": user, "created_at": START} for user in ("u1", "u2")],
    "crm/account_users": [
        {"account_id": account, "user_id": user, "valid_from": START}
        for account, user in (("a1", "u1"), ("a1", "u2"), ("a2", "u2"))
    ],
    "billing/subscriptions": [
        {"subscription_id": f"s{n}", "account_id": f"a{n}", "status": "active", "started_at": START}
        for n in (1, 2, 3)
    ],
    "billing/subscription_items": [
        item(1, "starter", "EUR", 1900),
        item(2, "legacy", "CHF", 10000),
        item(3, "legacy", "CHF", 2500),
    ],
    "product/events": [
        {
            "event_id": f"{user}-{name}-{number}", "event_name": name, "user_id": user,
            "feature_id": feature, "event_ts": f"2026-03-{number + 10}T10:00:00Z",
        }
        for user, name, feature, count in EVENTS
        for number in range(count)
    ],
}  # fmt: skip
CATALOGUES = ("plans", "feature_catalog", "event_catalog")
INVENTED = Path(__file__).parents[2] / "data/demo/catalogues"
MODELS = [
    "rpt_data_warnings",
    "rpt_not_understood",
    "rpt_excluded_revenue",
    "fct_account_activity_daily",
    "fct_mrr_months",
]


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    """Land the company, build what the questions need, and return how to ask."""
    folder = tmp_path_factory.mktemp("contradictory")
    settings = settings_in(folder, folder / "landing")
    for table, rows in LANDED.items():
        path = settings.landing / table / "rows.jsonl"
        path.parent.mkdir(parents=True)
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    for name in CATALOGUES:
        path = settings.landing / "catalogue" / name
        path.mkdir(parents=True)
        shutil.copy(INVENTED / f"{name}.csv", path)
    # Nobody reads an export under the name of a month.
    (settings.landing / "march").mkdir()
    (settings.landing / "march" / "customers.csv").write_text("Customer;Since\n1;2026-01-05\n")
    tables = list(declared_tables(prepare_manifest(settings)))
    with Warehouse(settings.warehouse).writing() as connection:
        land(connection, tables, settings.landing, datetime(2026, 4, 1, tzinfo=UTC), print)
        write_run_parameters(connection, AS_OF, late_days=3)
    command = ["build", "--exclude-resource-type", "unit_test", "--indirect-selection", "buildable"]
    chosen = [f"+{model}" for model in MODELS]
    result = invoke(settings, [*command, "--select", *chosen], folder / "dbt", lambda event: None)
    assert result.success, [r.message for r in result.result if r.status in ("error", "fail")]

    def answers(query):
        with Warehouse(settings.warehouse).reading() as connection:
            return connection.execute(query).fetchall()

    return answers


def test_contradictions_of_catalogues_are_named_and_counted(ask):
    found = ask(
        "select subject, finding, entry, entry_count, row_count from reports.rpt_data_warnings "
        "where stage = 'catalogue' and row_count > 0 order by all"
    )
    assert found == [
        ("billing.subscription_items", "plan that the catalogue does not have", "legacy", 1, 2),
        (
            "product.events",
            "event name without an entry in the catalogue, counted as use and as core action",
            *("teleported", 1, 4),
        ),
        ("product.events", "feature in use that the catalogue does not have", "hologram", 1, 2),
    ]


def test_entries_of_a_catalogue_that_nothing_has_are_named_and_counted(ask):
    found = ask(
        "select subject, list(entry order by entry), any_value(entry_count) "
        "from reports.rpt_data_warnings where stage = 'catalogue' and row_count = 0 "
        "group by subject, finding"
    )
    named = {subject: (entries, count) for subject, entries, count in found}
    assert set(named) == {"catalogue.event_catalog", "catalogue.feature_catalog", "catalogue.plans"}
    assert named["catalogue.plans"] == (["enterprise", "growth", "scale"], 3)
    assert all(len(entries) == count for entries, count in named.values())
    events, features = named["catalogue.event_catalog"][0], named["catalogue.feature_catalog"][0]
    assert "heartbeat" in events
    assert not {"login", "page_view", "teleported"} & set(events)
    assert "search" in features
    assert "hologram" not in features


def test_what_a_person_of_two_accounts_did_is_counted_and_given_to_neither(ask):
    assert ask(
        "select finding, row_count from reports.rpt_data_warnings where stage = 'identity' "
        "order by all"
    ) == [
        ("given to an account by membership", 9),
        ("of a person in several accounts, given to none", 5),
    ]
    assert ask(
        "select account_id, sum(event_count) from marts.fct_account_activity_daily "
        "where event_count > 0 group by all order by all"
    ) == [("a1", 9)]


def test_revenue_of_a_currency_without_a_rate_is_named_in_it_and_added_to_nothing(ask):
    kept_apart = "select currency, reason, account_count, item_count, monthly_amount::varchar"
    assert ask(f"{kept_apart} from reports.rpt_excluded_revenue") == [
        ("CHF", "no_rate", 2, 2, "125.00")
    ]
    assert ask(
        "select account_id, status, closing::varchar from marts.fct_mrr_months "
        "where month_end = date '2026-03-31' order by all"
    ) == [("a1", "ok", "19.00"), ("a2", "no_rate", None), ("a3", "no_rate", None)]


def test_a_folder_that_was_not_read_is_named_among_what_was_not_understood(ask):
    [found] = ask(
        "select finding_kind, kind_order, system, table_name, finding, row_count, example_file "
        "from reports.rpt_not_understood where finding_kind = 'not_read'"
    )
    said = "Not loaded, as no source table is declared for it: march"
    assert found == ("not_read", 1, "all", "all", said, 1, None)
