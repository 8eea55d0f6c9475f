"""What happened while nothing ran is told by the next run, as long as it is still so."""

from datetime import date, timedelta

import duckdb
import pytest

from tests.running_sums.compiled import compiled

AS_OF = date(2026, 10, 31)
TABLES = """
create table dim_alert_rules as select 'account_cancelling' as rule, 'account' as grain,
    'csm' as owner, 'team' as route, 'has asked to cancel' as label, null::text as unit,
    'Call' as runbook;
create table alert_routes as select 'team' as route, 'mail' as channel, 'owner' as audience,
    'warning' as minimum_severity;
create table dim_accounts as select 'a' || n as account_id, 'A' || n as account_name,
    'csm_1' as csm_id from range(9) as t(n);
create table fct_account_daily (account_id text, activity_date date, mrr decimal(18,2));
create table stg_run__parameters (as_of_date date);
create table fct_alert_events (event_id text, alert_id text, rule text, entity_id text,
    event_date date, event text, decision text, decision_reason text, severity text,
    is_late boolean, opened_on date, observed_value double);
create table fct_alert_states (rule text, entity_id text, alert_date date, opened_on date,
    is_open boolean);
create table stg_run__alert_deliveries (line_number bigint, event_id text, alert_id text,
    channel text, audience text, message_id text, state text, mode text, attempt_number integer,
    noted_at timestamp);
"""


@pytest.fixture
def book():
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute(TABLES)
        connection.execute("insert into stg_run__parameters values (?)", [AS_OF])
        yield connection


def happened(book, entity, days_ago, is_still_open=True):
    """Have an alert opened some days ago."""
    day = AS_OF - timedelta(days_ago)
    event = f"{entity} {days_ago}"
    book.execute(
        "insert into fct_alert_events values (?, ?, 'account_cancelling', ?, ?, 'opened', 'told', "
        "null, 'warning', false, ?, 1)",
        [event, event, entity, day, day],
    )
    book.execute(
        "insert into fct_alert_states values ('account_cancelling', ?, ?, ?, ?)",
        [entity, AS_OF, day, is_still_open],
    )
    return event


def noted(book, event, state="sent", mode="live"):
    """Note what came of an attempt to tell it."""
    book.execute(
        "insert into stg_run__alert_deliveries values (?, ?, ?, 'mail', 'csm_1', 'm', ?, ?, 1, ?)",
        [1, event, event, state, mode, AS_OF],
    )


def outbox(book):
    for model in ("int_alert_events_addressed", "fct_alert_outbox"):
        book.execute(f"create or replace table {model} as {compiled(model, is_tail=False)}")
    return dict(book.execute("select event_id, delivery_state from fct_alert_outbox").fetchall())


def test_what_opened_in_a_week_without_a_run_is_told_if_it_is_still_open(book):
    before = happened(book, "a0", 8)
    noted(book, before)
    missed, over = happened(book, "a1", 6), happened(book, "a2", 5, is_still_open=False)
    today = happened(book, "a3", 0)
    assert outbox(book) == {before: "sent", missed: "pending", over: "expired", today: "pending"}


def test_what_was_refused_for_three_days_is_tried_no_more(book):
    refused = happened(book, "a1", 4)
    noted(book, refused, state="failed")
    assert outbox(book) == {refused: "expired"}


def test_what_nobody_tried_while_others_were_told_stays_untold(book):
    left_over = happened(book, "a1", 6)
    noted(book, happened(book, "a2", 5))
    assert outbox(book)[left_over] == "expired"


@pytest.mark.parametrize("mode", [None, "dry_run"])
def test_whoever_is_told_for_the_first_time_is_told_of_three_days(book, mode):
    long_ago, lately = happened(book, "a1", 6), happened(book, "a2", 3)
    if mode:
        noted(book, long_ago, mode=mode)
    assert outbox(book) == {long_ago: "expired", lately: "pending"}
