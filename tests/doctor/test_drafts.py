"""What a draft guesses of exports whose adapter nobody wrote, as their vendors call the columns."""

import pytest
import yaml

from orchestration.doctor.examination import examine

EXPORTS = {
    "salesforce_report/report1764428.csv": (
        "Account ID,Account Name,Account Owner,Type,Billing Country,Employees,Website,Created Date",
        "0015g,Acme,Sam,Customer,Germany,40,acme.example,2026-01-02",
        "crm/accounts",
        {"account_id": "Account ID", "name": "Account Name", "owner_id": "Account Owner",
         "domain": "Website", "country": "Billing Country", "account_type": "Type",
         "created_at": "Created Date"},
    ),
    "intercom/conversations.csv": (
        "Conversation ID,Conversation started at,Conversation status,User ID,Company ID,"
        "Company name,First teammate reply at,Last closed at,Conversation rating",
        "9001,2026-05-04 10:00:00,closed,u1,A-1,Acme,2026-05-04 10:20:00,2026-05-04 12:00:00,5",
        "support/tickets",
        {"ticket_id": "Conversation ID", "account_id": "Company ID", "requester_user_id": "User ID",
         "created_at": "Conversation started at", "first_reply_at": "First teammate reply at",
         "solved_at": "Last closed at", "status": "Conversation status",
         "satisfaction": "Conversation rating"},
    ),
    "zendesk/tickets-view.csv": (
        "Id,Requester id,Subject,Status,Priority,Via,Ticket type,Created at,Solved at,Organization,"
        "Satisfaction Score,Reopens,Replies,First reply time in minutes",
        "4,41,x,Closed,Low,Web form,Task,2026-05-01 19:02,2026-05-03 21:07,Acme,Good,0,2,35",
        "support/tickets",
        {"ticket_id": "Id", "account_id": "Organization", "requester_user_id": "Requester id",
         "created_at": "Created at", "solved_at": "Solved at", "status": "Status",
         "priority": "Priority", "type": "Ticket type", "subject": "Subject", "channel": "Via",
         "reopens": "Reopens", "replies": "Replies", "satisfaction": "Satisfaction Score"},
    ),
    "mixpanel/events.csv": (
        "Event Name,Time,Distinct ID,$insert_id,$os,company_id",
        "Report,2026-05-04T10:00:00,u1,i1,Mac,A-1",
        "product/events",
        {"event_id": "$insert_id", "event_name": "Event Name", "event_ts": "Time",
         "user_id": "Distinct ID", "account_id": "company_id", "os": "$os"},
    ),
    "sentry/discover.csv": (
        "id,title,event.type,project,user.display,timestamp,level,release",
        "abc,TypeError: x,error,web,ann,2026-05-04T10:00:00+00:00,error,web@1.2.3",
        "product/error_logs",
        {"error_id": "id", "occurred_at": "timestamp", "severity": "level", "message": "title",
         "release": "release"},
    ),
    "delighted/responses.csv": (
        "Person ID,Person Name,Person Email,Response ID,Survey Type,Score,Comment,Date,"
        "Company ID (Property)",
        "10,Ann,ann@acme.example,r1,NPS,9,good,2026-05-04 10:00:00 UTC,A-1",
        "surveys/responses",
        {"response_id": "Response ID", "survey_type": "Survey Type", "score": "Score",
         "comment": "Comment", "responded_at": "Date", "user_id": "Person ID",
         "account_id": "Company ID (Property)"},
    ),
    "jira/issues.csv": (
        "Issue key,Issue id,Summary,Issue Type,Status,Priority,Reporter,Created,Resolved",
        "SUP-1,10001,x,Support,Done,High,ann,2026-05-01 10:00,2026-05-02 10:00",
        "support/tickets",
        {"ticket_id": "Issue id", "requester_user_id": "Reporter", "created_at": "Created",
         "solved_at": "Resolved", "status": "Status", "priority": "Priority",
         "type": "Issue Type"},
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def drafts(tmp_path_factory):
    landing = tmp_path_factory.mktemp("landing")
    for name, (header, row, *_) in EXPORTS.items():
        (landing / name).parent.mkdir()
        (landing / name).write_text(f"{header}\n{row}\n")
    (landing / "chargebee").mkdir()
    (landing / "chargebee" / "Subscriptions.csv").write_text(
        "subscription_id,customer_id,plan_id,plan_quantity,plan_unit_price,billing_period_unit,"
        "currency_code,status,start_date,current_term_end,cancelled_at\n"
        "s1,A-1,team,10,49.00,month,EUR,active,2026-01-05 09:12,2026-06-05 09:12,\n"
    )
    return examine(landing, landing / "none").drafts


@pytest.mark.parametrize("name", EXPORTS)
def test_a_draft_guesses_what_an_export_becomes_and_which_columns_are_ours(drafts, name):
    _, _, becomes, columns = EXPORTS[name]
    folder, file = name.split("/")
    (entry,) = [yaml.safe_load(drafts[folder])["tables"][file.removesuffix(".csv")]]
    assert (entry["becomes"], entry["columns"]) == (becomes, columns)


def test_a_draft_makes_subscriptions_and_their_prices_of_one_table(drafts):
    subscriptions, items = yaml.safe_load(drafts["chargebee"])["tables"]["Subscriptions"]
    assert subscriptions["columns"] == {
        "subscription_id": "subscription_id",
        "account_id": "customer_id",
        "status": "status",
        "started_at": "start_date",
        "cancel_requested_at": "cancelled_at",
        "renewal_date": "current_term_end",
    }
    assert items == {
        "becomes": "billing/subscription_items",
        "columns": {
            "subscription_item_id": "subscription_id",
            "subscription_id": "subscription_id",
            "valid_from": "start_date",
            "plan_id": "plan_id",
            "interval": "billing_period_unit",
            "unit_amount_minor": "plan_unit_price",
            "quantity": "plan_quantity",
            "currency": "currency_code",
        },
        "amounts_in_units": ["unit_amount_minor"],
    }
