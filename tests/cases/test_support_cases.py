"""Figures of support and uptime on a small company, built at once and as a second day."""

from datetime import date

import pytest

from tests.cases.built import asking, build, relation, write_landing
from tests.cases.support_company import change, company, ticket

LAST, BEFORE = date(2026, 10, 31), date(2026, 10, 30)
UPDATED = "2026-10-30T00:00:00Z"
TICKETS = {
    "bolt": [ticket("closed", status="closed", closed_at="2026-10-05T12:00:00Z")],
    "cove": [ticket("reopened", solved_at="2026-10-06T08:00:00Z", reopens=1)],
    "dune": [
        # The product's logs begin on the first of September.
        ticket("old") | {"created_at": "2026-03-10T10:00:00Z"},
        ticket("older") | {"created_at": "2026-02-10T10:00:00Z", "account_id": None},
    ],
    "acme": [
        ticket("imported", status="solved", solved_at="2026-10-05T07:59:59Z"),
        *(ticket(f"good {n}", status="solved", solved_at="2026-10-05T10:00:00Z") for n in range(4)),
        ticket("in time", priority="High", first_reply_at="2026-10-05T08:30:00Z"),
        ticket("one second", status="solved", solved_at="2026-10-05T09:00:00Z"),
    ],
}
MODELS = [
    "int_segment_open_tickets_daily",
    "int_segment_tickets_daily",
    "int_ticket_time_percentiles_daily",
    "fct_component_uptime_daily",
    "fct_reliability_28d",
    "fct_support_28d",
    "fct_incidents",
]
TABLES = [*MODELS, "fct_open_tickets_daily", "fct_tickets"]


def rows():
    return company() | {
        "support/tickets": [
            ticket_row
            | {"account_id": ticket_row["account_id"] and account, "updated_at": UPDATED}
            | ({} if ticket_row["account_id"] else {"requester_user_id": f"u-{account}"})
            for account, tickets in TICKETS.items()
            for ticket_row in tickets
        ],
        "support/ticket_events": [
            change("one second", "2026-10-05T09:00:00Z", "comment", new="x"),
            change("one second", "2026-10-05T09:00:00Z", "status", new="solved"),
        ],
        "status/components": [{"component_id": "core"}],
        "status/incidents": [
            {
                "incident_id": "first",
                "impact": "minor",
                "started_at": "2026-09-02T00:00:00Z",
                "resolved_at": "2026-09-02T00:01:00Z",
            },
            {
                "incident_id": "planned",
                "impact": "maintenance",
                "is_planned": True,
                "started_at": "2026-10-12T10:00:00Z",
                "resolved_at": "2026-10-12T11:00:00Z",
            },
        ],
        "status/incident_components": [
            {
                "incident_id": "first",
                "component_id": "core",
                "from_ts": "2026-09-02T00:00:00Z",
                "to_ts": "2026-09-02T00:01:00Z",
                "component_status": "degraded_performance",
            },
            {
                "incident_id": "planned",
                "component_id": "core",
                "from_ts": "2026-10-12T10:00:00Z",
                "to_ts": "2026-10-12T11:00:00Z",
                "component_status": "major_outage",
            },
        ],
    }


@pytest.fixture(scope="module")
def landing(tmp_path_factory):
    return write_landing(tmp_path_factory.mktemp("cases"), rows())


@pytest.fixture(scope="module")
def ask(tmp_path_factory, landing):
    return asking(build(tmp_path_factory.mktemp("at_once"), landing, MODELS, LAST))


def test_the_backlog_holds_old_and_reopened_tickets_and_no_closed_one(ask):
    found = ask(
        "select ticket_id from marts.fct_open_tickets_daily where activity_date = date '2026-10-31'"
    )
    assert {t for (t,) in found} == {"reopened", "old", "older", "in time"}
    ((backlog, eldest),) = ask(
        "select open_ticket_count, p90_age_seconds / 86400 "
        "from intermediate.int_segment_open_tickets_daily "
        "where dimension = 'all' and activity_date = date '2026-10-31'"
    )
    assert backlog == 4
    assert eldest > 200
    by_account = ask(
        "select open_ticket_count from marts.fct_support_28d "
        "where account_id = 'dune' and activity_date = date '2026-10-31'"
    )
    assert by_account == [(2,)]


def test_a_ticket_solved_before_it_was_opened_is_told_and_the_others_count(ask):
    assert ask(
        "select ticket_id, rejection_reason from staging.stg_support__tickets "
        "where rejection_reason is not null"
    ) == [("imported", "solved_at is before created_at")]
    ((good,),) = ask("select count(*) from marts.fct_tickets where ticket_id like 'good%'")
    assert good == 4


def test_times_and_targets_are_those_that_the_tickets_tell(ask):
    found = {
        row[0]: row[1:]
        for row in ask(
            "select ticket_id, status, first_reply_seconds / 3600, resolution_seconds / 3600, "
            "is_reply_in_time from marts.fct_tickets"
        )
    }
    assert found["closed"][0::2] == ("closed", 4)
    assert found["reopened"][0::2] == ("open", None)
    assert found["in time"][1::2] == (0.5, True)
    assert found["one second"][:3] == ("solved", 1, 1)


def test_planned_maintenance_is_no_downtime_anywhere(ask):
    assert ask(
        "select is_planned, is_failure, is_outage from marts.fct_incidents "
        "where incident_id = 'planned'"
    ) == [(True, False, False)]
    assert ask("select sum(downtime_seconds) from marts.fct_component_uptime_daily") == [(0,)]
    assert ask(
        "select min(uptime_rate_28d), min(budget_remaining_30d) "
        "from marts.fct_component_uptime_daily"
    ) == [(1, 1)]
    assert ask(
        "select coalesce(sum(downtime_minutes), 0), coalesce(sum(felt_downtime_minutes), 0) "
        "from marts.fct_reliability_28d"
    ) == [(0, 0)]
    assert ask("select count(*) from marts.fct_incidents where is_outage") == [(0,)]


def test_a_second_day_is_that_of_a_build_at_once(ask, landing, tmp_path_factory):
    folder = tmp_path_factory.mktemp("day_by_day")
    build(folder, landing, MODELS, BEFORE)
    later = asking(build(folder, landing, MODELS, LAST))
    for table in TABLES:
        query = f"select * from {relation(table)} order by all"
        assert later(query) == ask(query), table
