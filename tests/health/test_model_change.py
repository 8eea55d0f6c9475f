"""Crossing day 90 is a change of the scale: customers who go on as they were raise no alarm by it.

A small company of accounts that have set themselves up and then look around three times a week,
which no model for the long run calls adoption.
Most cross from onboarding to mature within the 28 days that are looked back on.
"""

from datetime import date, timedelta

import pytest

from tests.cases.built import asking, build, write_landing
from tests.cases.catalogues import catalogues

AS_OF = date(2026, 10, 31)
SETTING_UP = ("report_created", "dashboard_edited", "comment_posted", "integration_synced")
CROSSING = {f"crossing{n}": 92 + 3 * n for n in range(8)}
# One did nothing else than to stop, as it crossed; one has been there for long, and is as it was.
OTHERS = {"stopped": 100, "settled": 200}
STOPPED_DAYS_AGO = 20


def events_of(account, tenure):
    first = AS_OF - timedelta(tenure - 1)
    for number in range(tenure):
        day = first + timedelta(number)
        if account == "stopped" and (AS_OF - day).days < STOPPED_DAYS_AGO:
            continue
        if number >= 3 and number % 7 not in (0, 2, 4):
            continue
        names = ["page_view", *(SETTING_UP if number < 3 else ())]
        for person in ("one", "two"):
            for name in names:
                yield {
                    "event_id": f"{account}-{person}-{name}-{number}",
                    "event_name": name,
                    "event_ts": f"{day}T10:00:00Z",
                    "user_id": f"{account}-{person}",
                    "account_id": account,
                }


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    accounts = CROSSING | OTHERS
    started = {
        account: f"{AS_OF - timedelta(tenure - 1)}T00:00:00Z"
        for account, tenure in accounts.items()
    }
    users = [(account, person) for account in accounts for person in ("one", "two")]
    tables = catalogues() | {
        "crm/accounts": [
            {"account_id": account, "account_type": "customer", "plan": "growth", "created_at": at}
            for account, at in started.items()
        ],
        "crm/users": [
            {"user_id": f"{account}-{person}", "created_at": started[account]}
            for account, person in users
        ],
        "crm/account_users": [
            {"account_id": account, "user_id": f"{account}-{person}", "role": "member",
             "valid_from": started[account]}
            for account, person in users
        ],
        "product/events": [
            event for account, tenure in accounts.items() for event in events_of(account, tenure)
        ],
        "billing/subscriptions": [
            {"subscription_id": account, "account_id": account, "status": "active",
             "started_at": at}
            for account, at in started.items()
        ],
    }  # fmt: skip
    folder = tmp_path_factory.mktemp("model_change")
    landing = write_landing(folder / "landing", tables)
    models = ["rpt_accounts_needing_attention", "rpt_portfolio"]
    return asking(build(folder, landing, models, AS_OF))


def changes(ask, accounts):
    names = ", ".join(f"'{account}'" for account in accounts)
    return ask(
        "select account_id, change, customer_change, availability_change, model_change, moved_by "
        "from reports.rpt_account_score_changes "
        f"where horizon_days = 28 and account_id in ({names}) order by account_id"
    )


def test_another_model_changed_the_scores_and_the_customers_did_not(ask):
    found = changes(ask, CROSSING)
    assert len(found) == len(CROSSING)
    for account, change, customer, availability, model, _ in found:
        assert change < -15, account
        assert customer == pytest.approx(0, abs=1), account
        assert customer + availability + model == pytest.approx(change, abs=1e-9)


def test_nobody_is_on_the_list_or_moved_only_for_a_change_of_model(ask):
    listed = dict(
        ask("select account_id, attention_reason from reports.rpt_accounts_needing_attention")
    )
    at_risk = {
        account
        for (account,) in ask("select account_id from reports.rpt_accounts where band = 'at_risk'")
    }
    assert set(listed) == at_risk | {"stopped"}
    assert {moved_by for *_, moved_by in changes(ask, CROSSING)} == {"model"}
    assert ask(
        "select moved_down_count, moved_up_count, moved_by_model_count from reports.rpt_portfolio"
    ) == [(1, 0, len(CROSSING))]


def test_who_really_fell_while_crossing_is_on_the_list(ask):
    [(_, change, customer, _, model, moved_by)] = changes(ask, ["stopped"])
    assert change < customer <= -15
    assert model < 0
    assert moved_by == "customer"


def test_who_crossed_nothing_has_no_change_of_model(ask):
    [(_, change, customer, availability, model, _)] = changes(ask, ["settled"])
    assert (change, customer, availability, model) == pytest.approx((0, 0, 0, 0), abs=1e-9)
