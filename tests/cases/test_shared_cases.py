"""The small inputs with the right answer that others made after public bug reports.

Each is built as a second day after the day before, and at once as well where `AT_ONCE` is set or
one day is all that is asked. They lie outside the repository; the same kinds are tested on inputs
of our own beside this file.
"""

import os
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from orchestration.warehouse.connection import Warehouse
from tests.cases.built import build

CASES = Path(__file__).parents[3] / "shared/data/cases"
pytestmark = pytest.mark.skipif(
    not CASES.exists(),
    reason=f"the shared cases are no part of the repository, and {CASES} is not on this machine; "
    "the other files of tests/cases ask the same kinds of questions about inputs of our own",
)
OCTOBER = date(2026, 10, 31)
MRR = "select mrr, is_customer from marts.fct_subscriptions_daily where account_id = 'X' and "
MRR += "activity_date = '{day}'"
CHURN = "select month_end::varchar, churn from marts.fct_mrr_months where account_id = 'X' "
CHURN += "and churn > 0"
TICKET = "select is_open, status, first_reply_seconds / 3600, first_resolution_seconds / 3600 "
TICKET += "from marts.fct_tickets where account_id = 'X'"
NAMED = "select finding from reports.rpt_not_understood where finding_kind = '{kind}'"


@dataclass(frozen=True)
class Case:
    """A folder of cases, what to build, and questions with their right answers."""

    name: str
    asked: tuple[tuple[str, list], ...]
    models: tuple[str, ...]
    day: date = OCTOBER
    is_built_by_day: bool = True


def case(name, *asked, day=OCTOBER, by_day=True, also=()):
    """Make a case; the models to build are those that its questions name."""
    words = " ".join(query for query, _ in asked).replace(",", " ").split()
    models = {
        word.split(".")[1]
        for word in words
        if word.startswith(("marts.", "reports.", "intermediate."))
    }
    return Case(name, asked, (*sorted(models), *also), day, by_day)


ALL = [
    case(
        "account-id-with-blank-or-case",
        ("select account_id, event_count from marts.fct_account_activity_daily "
         "where activity_date = '2026-10-05' and account_id not in ('C0', 'C1')", [("X", 3)]),
    ),
    case(
        "account-is-its-own-parent",
        ("select parent_account_id from marts.dim_accounts where account_id = 'C0'", [(None,)]),
    ),
    case(
        "backlog-leaves-out-old-tickets",
        ("select segment, open_ticket_count from intermediate.int_segment_open_tickets_daily "
         "where dimension = 'all' and activity_date = '2025-09-12'", [("all", 2)]),
        day=date(2025, 9, 12),
    ),
    case(
        "canceled-without-end",
        (f"select coalesce(sum(mrr), 0), count(*) filter (where is_customer) from ({MRR})",
         [(0, 0)]),
        (CHURN, [("2026-08-31", 100)]),
        ("select is_saved from marts.fct_cancel_requests", [(False,)]),
    ),
    case("cr-only-csv",
         ("select account_id from marts.dim_accounts where account_id like 'CR%' order by 1",
          [("CR1",), ("CR2",)])),
    case("cubot-is-no-bot",
         ("select is_active from marts.fct_account_activity_daily where account_id = 'X' "
          "and activity_date = '2026-10-05'", [(True,)])),
    case("discount-as-share", (MRR, [(80, True)])),
    case("ended-at-zero-dates", (MRR, [(100, True)])),
    case("event-id-counted-per-account",
         ("select sum(event_count) from marts.fct_account_activity_daily where account_id = 'X'",
          [(5,)])),
    case("exports-9-and-10",
         (f"select coalesce(sum(mrr), 0) from ({MRR})", [(0,)]), (CHURN, [("2026-09-30", 100)])),
    case("four-tables",
         ("select count(*), count(closing) from marts.fct_mrr_months where is_customer", [(6, 0)]),
         ("select distinct mrr from marts.fct_subscriptions_daily", [(None,)]),
         day=date(2025, 9, 12)),
    case("header-cell-with-line-break",
         ("select account_id from marts.dim_accounts where account_id like 'H%' order by 1",
          [("H1",), ("H2",)])),
    case("item-history-begins-after-the-subscription",
         ("select month_end::varchar, movement, closing from marts.fct_mrr_months "
          "where account_id = 'a2' and month_end between '2026-02-01' and '2026-04-30' "
          "and is_customer order by 1",
          [("2026-02-28", "not_known", None), ("2026-03-31", "not_known", 10)]),
         day=date(2026, 3, 31)),
    case("median-of-an-even-number",
         ("select round(median_seconds / 3600, 1) "
          "from intermediate.int_ticket_time_percentiles_daily "
          "where activity_date = '2026-02-15' and dimension = 'all' "
          "and measure = 'first_resolution'", [(5.5,)]), day=date(2026, 2, 28)),
    case("one-ticket-solved-before-created",
         ("select count(*), count(first_resolution_seconds) from marts.fct_tickets", [(4, 4)])),
    case("one-id-two-events",
         ("select account_id, activity_date::varchar from intermediate.int_events_identified "
          "where landed_line in (select landed_line from staging.stg_product__events "
          "where event_id = 'SAME-1') order by 1",
          [("D5", "2025-09-01"), ("D6", "2025-09-08")]), day=date(2025, 9, 12)),
    case("parquet-name-with-brackets",
         ("select account_id from marts.dim_accounts where account_id like 'G%' order by 1",
          [("G1",), ("G2",)])),
    case("payment-succeeded",
         ("select overdue_invoice_count, coalesce(overdue_days, 0) "
          "from marts.fct_account_payments_daily where account_id = 'X' "
          "and activity_date = '{day}'", [(0, 0)])),
    case("placeholder-user-ids",
         ("select count(distinct user_id), count(distinct person_id) "
          "from intermediate.int_events_identified where account_id = 'X' "
          "and activity_date = '2026-10-05'", [(0, 6)])),
    case("planned-maintenance-is-downtime",
         ("select is_failure, is_outage from marts.fct_incidents where incident_id = 'k'",
          [(False, False)]),
         ("select sum(downtime_seconds) from marts.fct_component_uptime_daily "
          "where activity_date = '2026-10-12'", [(0,)])),
    case("price-in-rupiah", (MRR, [(56, True)])),
    case("renewal-worth-the-account",
         ("select round(sum(mrr), 2) from marts.fct_contracts_due where is_due_soon", [(100,)]),
         day=date(2025, 9, 12), by_day=False),
    case("roles-negative",
         ("select account_id, active_role_count, count(*) "
          "from intermediate.int_account_roles_daily where activity_date >= '2025-06-17' "
          "group by all order by all",
          [("A1", 0, 28), ("A1", 1, 60), ("A2", 0, 28), ("A2", 1, 60)]),
         day=date(2025, 9, 12)),
    case("soft-deleted-row", (MRR, [(100, True)])),
    case("subscription-started-in-year-one",
         ("select count(*) from marts.fct_mrr_months where month_end < '2026-01-01'", [(0,)])),
    case("subscription-status-words",
         (f"select coalesce(sum(mrr), 0) from ({MRR})", [(0,)])),
    case("ticket-closed-without-solved-at",
         ("select is_open, first_resolution_seconds / 3600 from marts.fct_tickets "
          "where account_id = 'X'", [(False, 4)])),
    case("ticket-events-of-one-second",
         ("select is_open, first_reply_seconds / 3600 from marts.fct_tickets "
          "where account_id = 'X'", [(False, 1)])),
    case("ticket-history-without-comments",
         ("select first_reply_seconds / 3600 from marts.fct_tickets where account_id = 'X'",
          [(1,)])),
    case("ticket-opened-by-an-agent",
         ("select first_reply_seconds / 3600 in (1, 3) from marts.fct_tickets "
          "where account_id = 'X'", [(True,)])),
    case("ticket-priority-in-capitals",
         ("select priority, is_reply_in_time from marts.fct_tickets where account_id = 'X'",
          [("high", True)])),
    case("ticket-reopened-keeps-solved-at",
         ("select is_open from marts.fct_tickets where account_id = 'X'", [(True,)])),
    case("ticket-without-account",
         ("select account_id from marts.fct_tickets", [("X",)])),
    case("trialing-without-trial-end",
         ("select mrr, is_customer, is_trial from marts.fct_subscriptions_daily "
          "where account_id = 'X' and activity_date = '{day}'", [(0, True, True)])),
]  # fmt: skip


def answers(settings, asked, day):
    """Return what a warehouse answers to each question."""
    with Warehouse(settings.warehouse).reading() as connection:
        return [connection.execute(query.format(day=day)).fetchall() for query, _ in asked]


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_a_shared_case_gives_its_right_answer_at_once_and_as_a_second_day(case, tmp_path):
    right = [rows for _, rows in case.asked]
    if case.is_built_by_day:
        build(tmp_path, CASES / case.name, case.models, case.day - timedelta(days=1))
        by_day = build(tmp_path, CASES / case.name, case.models, case.day)
        assert answers(by_day, case.asked, case.day) == right
    if not case.is_built_by_day or "AT_ONCE" in os.environ:
        at_once = build(tmp_path / "at_once", CASES / case.name, case.models, case.day)
        assert answers(at_once, case.asked, case.day) == right


def test_every_shared_case_with_files_is_asked():
    elsewhere = {
        # A case of the page, of a score or of the day that is built: tests of their own.
        "day-of-another-zone", "formula-in-an-export", "model-change-raises-alarm",
        "zero-metric-never-unusual",
    }  # fmt: skip
    assert {path.name for path in CASES.iterdir() if path.is_dir()} == elsewhere | {
        case.name for case in ALL
    }
