"""What has landed without time in it is refused in a sentence that names it; a history is not."""

from datetime import date, timedelta

import duckdb
import pytest

from orchestration.outlook.landed import FEWEST_ON_ONE_DAY, refusal_of_landed
from orchestration.outlook.models import Model
from orchestration.outlook.run import dated_by_wait, refused
from tests.outlook.planted import company

TODAY = date(2026, 10, 31)
CUSTOMERS = FEWEST_ON_ONE_DAY * 10


@pytest.fixture
def warehouse():
    """Return a warehouse in which nothing has landed."""
    connection = duckdb.connect()
    connection.execute("create schema raw; create schema marts; create schema intermediate")
    connection.execute("create table raw.billing_subscriptions (subscription_id varchar)")
    connection.execute("create table raw.run_parameters as select ? as as_of_date", [TODAY])
    connection.execute("create table marts.fct_churns (service_ended_date date)")
    connection.execute("create table intermediate.int_subscriptions_dated (first_date date)")
    connection.execute("create table marts.fct_account_activity_daily (is_active boolean)")
    yield connection
    connection.close()


def land(connection, starts, ends=(), undated=0):
    rows = [("s",)] * (len(starts) + undated)
    connection.executemany("insert into raw.billing_subscriptions values (?)", rows)
    if starts:
        connection.executemany(
            "insert into intermediate.int_subscriptions_dated values (?)",
            [(day,) for day in starts],
        )
    if ends:
        connection.executemany("insert into marts.fct_churns values (?)", [(day,) for day in ends])


def days_before(count):
    return [TODAY - timedelta(days=7 * number) for number in range(1, count + 1)]


def test_a_list_of_customers_who_all_left_on_one_day_has_no_time_axis(warehouse):
    # As Telco's: when somebody came follows from the tenure, when somebody left nobody wrote down.
    land(warehouse, days_before(CUSTOMERS), [TODAY] * 80)
    for is_without_outcomes in (True, False):
        status, reason = refusal_of_landed(warehouse, "churn", is_without_outcomes)
        assert status == "no_time_axis"
        assert f"All 80 customers who left did so on one day, {TODAY}" in reason
        assert "there is no outlook" in reason


def test_a_list_of_customers_without_a_start_has_no_time_axis(warehouse):
    land(warehouse, [], undated=CUSTOMERS)
    status, reason = refusal_of_landed(warehouse, "churn", True)
    assert status == "no_time_axis"
    assert f"None of the {CUSTOMERS} subscriptions" in reason


def test_a_list_of_customers_that_all_begin_on_its_day_has_no_time_axis(warehouse):
    land(warehouse, [TODAY] * CUSTOMERS)
    status, reason = refusal_of_landed(warehouse, "churn", True)
    assert status == "no_time_axis"
    assert str(TODAY) in reason


def test_no_subscriptions_at_all_are_named(warehouse):
    status, reason = refusal_of_landed(warehouse, "churn", True)
    assert status == "no_outcomes"
    assert "billing/subscriptions" in reason


def test_a_history_is_not_refused(warehouse):
    land(warehouse, days_before(CUSTOMERS), days_before(80))
    assert refusal_of_landed(warehouse, "churn", True) is None
    assert refusal_of_landed(warehouse, "churn", False) is None


def test_few_who_left_on_one_day_may_be_chance(warehouse):
    land(warehouse, days_before(CUSTOMERS), [TODAY] * (FEWEST_ON_ONE_DAY - 1))
    assert refusal_of_landed(warehouse, "churn", False) is None


def test_silence_is_not_asked_where_nobody_was_ever_active(warehouse):
    assert "product/events" in refusal_of_landed(warehouse, "silence", True)[1]
    warehouse.execute("insert into marts.fct_account_activity_daily values (true)")
    assert refusal_of_landed(warehouse, "silence", True) is None


def test_a_refused_model_has_nothing_to_say():
    learned = Model("v", "churn", 42, "candidate", "Good.", is_better=True, training=company(5, 3))
    found = refused(learned, "no_time_axis", "No time.")
    assert (found.status, found.reason, found.is_better) == ("no_time_axis", "No time.", False)
    assert found.training is None
    assert found.regression is None


def test_a_company_that_is_too_young_is_told_from_when_on_there_could_be_a_model():
    waits = Model("v", "churn", 182, "no_outcomes", "Nothing is known yet.")
    said = dated_by_wait(waits, date(2026, 5, 4), timedelta(days=203)).reason
    assert said.startswith("Nothing is known yet. ")
    assert str(date(2026, 5, 4) + timedelta(days=203)) in said
    assert dated_by_wait(waits, None, timedelta(days=203)) == waits
    learned = Model("v", "churn", 42, "candidate", "Good.")
    assert dated_by_wait(learned, date(2026, 5, 4), timedelta(days=63)) == learned
