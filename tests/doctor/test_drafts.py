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


ABROAD = {
    "kunden/Kundenliste.csv": (
        "Kundennummer;Kundenname;Land;Branche;Kunde seit;Webseite;Ansprechpartner",
        "A-1;Acme GmbH;Deutschland;Handel;01.02.2026;acme.example;Frau M",
        "crm/accounts",
        {"account_id": "Kundennummer", "name": "Kundenname", "domain": "Webseite",
         "industry": "Branche", "country": "Land", "created_at": "Kunde seit"},
    ),
    "clients/liste_clients.csv": (
        "N° client;Raison sociale;Pays;Secteur;Date de création;Site web",
        "A-1;Acme;Allemagne;Commerce;01/02/2026;acme.example",
        "crm/accounts",
        {"account_id": "N° client", "name": "Raison sociale", "domain": "Site web",
         "industry": "Secteur", "country": "Pays", "created_at": "Date de création"},
    ),
    "pipedrive/organizations-123-4.csv": (
        "Organization - Name,Organization - Owner,Organization - Country of Address,"
        "Organization - Organization created,Organization - Update time,Organization - ID",
        "Acme,Sam,Germany,2025-12-01 08:00:00,2026-09-01 08:00:00,7",
        "crm/accounts",
        {"account_id": "Organization - ID", "name": "Organization - Name",
         "country": "Organization - Country of Address", "owner_id": "Organization - Owner",
         "created_at": "Organization - Organization created",
         "updated_at": "Organization - Update time"},
    ),
    "freshdesk/tickets-export.csv": (
        "Ticket ID,Subject,Status,Priority,Source,Type,Created time,Due by Time,Resolved time,"
        "Closed time,Last update time,Initial response time,Survey results,Company Name",
        "1,x,Open,Low,Email,Question,2026-09-01 10:00:00,2026-09-02 10:00:00,2026-09-02 10:00:00,"
        "2026-09-03 10:00:00,2026-09-03 10:00:00,2026-09-01 10:25:00,Neutral,Acme",
        "support/tickets",
        {"ticket_id": "Ticket ID", "account_id": "Company Name", "created_at": "Created time",
         "updated_at": "Last update time", "first_reply_at": "Initial response time",
         "solved_at": "Resolved time", "closed_at": "Closed time", "status": "Status",
         "priority": "Priority", "type": "Type", "subject": "Subject", "channel": "Source",
         "satisfaction": "Survey results"},
    ),
    "helpscout/conversations.csv": (
        "Number,Status,Customer Email,Created At,Modified At,Closed At",
        '11,Active,a@b.example,"Sep 1, 2026 10:00 AM","Sep 1, 2026 1:05 PM","Sep 2, 2026 9:00 AM"',
        "support/tickets",
        {"ticket_id": "Number", "requester_user_id": "Customer Email", "created_at": "Created At",
         "updated_at": "Modified At", "closed_at": "Closed At", "status": "Status"},
    ),
    "typeform/responses.csv": (
        "#,How likely are you to recommend us to a friend or colleague?,"
        "What is the main reason for your score?,account_id,Start Date (UTC),Submit Date (UTC)",
        "odw1,9,x,A-1,2026-09-05 02:39:31,2026-09-05 02:41:38",
        "surveys/responses",
        {"response_id": "#", "account_id": "account_id", "responded_at": "Submit Date (UTC)",
         "score": "How likely are you to recommend us to a friend or colleague?",
         "comment": "What is the main reason for your score?"},
    ),
    "forms/NPS Umfrage (Antworten).csv": (
        "Zeitstempel;Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?;Kundennummer",
        "12.09.2026 14:05:09;9;A-1",
        "surveys/responses",
        {"score": "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?",
         "responded_at": "Zeitstempel", "account_id": "Kundennummer"},
    ),
}  # fmt: skip
SUBSCRIPTIONS = {
    "chargebee": (
        "Subscription Id,Customer Id,Plan Id,Plan Quantity,Plan Unit Price,Billing Period,"
        "Billing Period Unit,Currency Code,Subscription Status,Started At",
        'S1,A-1,team,5,"1,188.00",3,month,EUR,Active,2026-01-05 09:12',
        {"interval": "Billing Period Unit", "interval_count": "Billing Period",
         "unit_amount_minor": "Plan Unit Price", "quantity": "Plan Quantity"},
    ),
    "recurly": (
        "uuid,account_code,plan_code,state,quantity,unit_amount,currency,activated_at,"
        "plan_interval_length,plan_interval_unit",
        "3f,B-1,gold,active,10,20.0,USD,2026-01-07 23:54:41 PST,12,months",
        {"interval": "plan_interval_unit", "interval_count": "plan_interval_length",
         "unit_amount_minor": "unit_amount", "quantity": "quantity"},
    ),
    "vertraege": (
        "Vertragsnr.;Kunden-Nr.;Vertragsbeginn;Status;Lizenzen;Preis pro Monat;Währung",
        "V-1;A-1;15.02.2026;aktiv;1.200;49;EUR",
        {"unit_amount_minor": "Preis pro Monat", "quantity": "Lizenzen", "currency": "Währung"},
    ),
    "contrats": (
        "N° abonnement;N° client;Date de début;Statut;Quantité;Prix unitaire HT;Périodicité",
        "S-1;A-1;15/02/2026;Actif;10;1 049,50 €;mensuel",
        {"interval": "Périodicité", "unit_amount_minor": "Prix unitaire HT",
         "quantity": "Quantité"},
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def drafts_abroad(tmp_path_factory):
    landing = tmp_path_factory.mktemp("landing")
    texts = {name: said[:2] for name, said in ABROAD.items()}
    texts |= {f"{name}/subscriptions.csv": said[:2] for name, said in SUBSCRIPTIONS.items()}
    event = '{"event_name": "x", "event_timestamp": "1789200000000000", "user_id": "u", "geo": {}}'
    texts |= {f"ga4/events_2026091{day}.jsonl": (event, event) for day in (2, 3, 4)}
    for name, lines in texts.items():
        (landing / name).parent.mkdir(exist_ok=True)
        (landing / name).write_text("\n".join(lines) + "\n")
    return examine(landing, landing / "none").drafts


@pytest.mark.parametrize("name", ABROAD)
def test_a_draft_knows_how_others_call_it_and_other_languages(drafts_abroad, name):
    _, _, becomes, columns = ABROAD[name]
    folder, file = name.split("/")
    entry = yaml.safe_load(drafts_abroad[folder])["tables"][file.removesuffix(".csv")]
    assert (entry["becomes"], entry["columns"]) == (becomes, columns)


@pytest.mark.parametrize("name", SUBSCRIPTIONS)
def test_a_draft_tells_an_interval_from_how_many_of_them_a_price_covers(drafts_abroad, name):
    # A count that is left out makes a price of three months one of a month.
    _, items = yaml.safe_load(drafts_abroad[name])["tables"]["subscriptions"]
    _, _, columns = SUBSCRIPTIONS[name]
    names = ("interval", "interval_count", "unit_amount_minor", "quantity", *columns)
    assert {ours: items["columns"][ours] for ours in names if ours in items["columns"]} == columns


def test_a_draft_asks_whether_whole_prices_are_units_and_of_which_interval(drafts_abroad):
    def items_of(name):
        return yaml.safe_load(drafts_abroad[name])["tables"]["subscriptions"][1]

    asked = "# amounts_in_units: [unit_amount_minor]    # NEEDED"
    for name in ("recurly", "vertraege", "contrats"):
        assert asked in drafts_abroad[name], name
        assert "amounts_in_units" not in items_of(name)
    assert items_of("chargebee")["amounts_in_units"] == ["unit_amount_minor"]
    assert items_of("vertraege")["constants"] == {"interval": "month"}


@pytest.mark.parametrize(
    ("price", "seats", "said"),
    [
        ("MRR", "Seats", "# quantity: Seats    # NEEDED: this line where MRR is of one seat"),
        ("Plan amount", "Seats", "# quantity: Seats    # NEEDED: this line where Plan amount is"),
        ("Unit amount", "Seats", None),
        ("Preis pro Monat", "Lizenzen", None),
        ("MRR", "Notes", "# quantity:    # NEEDED: seats, or constants: {quantity: 1}"),
    ],
)
def test_a_draft_multiplies_no_price_of_all_seats_by_the_seats(tmp_path, price, seats, said):
    (tmp_path / "erp").mkdir()
    (tmp_path / "erp" / "contracts.csv").write_text(
        f"Contract No,Customer,Start,State,{price},{seats}\nC1,7,2026-02-01,active,490.00,10\n"
    )
    (draft,) = examine(tmp_path, tmp_path / "none").drafts.values()
    _, items = yaml.safe_load(draft)["tables"]["contracts"]
    assert items["columns"]["unit_amount_minor"] == price
    assert items["columns"].get("quantity") == (None if said else seats)
    assert said is None or said in draft


@pytest.mark.parametrize(
    ("end", "asks"),
    [("2026-12-31", True), ("31.12.2026", True), ("2026-12-31 23:59:59", False), ("", False)],
)
def test_a_draft_asks_whether_an_end_that_is_a_day_is_the_last_day(tmp_path, end, asks):
    (tmp_path / "erp").mkdir()
    (tmp_path / "erp" / "contracts.csv").write_text(
        f"Contract No,Customer,Start,End,State,Price,Seats\nC1,7,2026-02-01,{end},active,49.00,1\n"
    )
    (draft,) = examine(tmp_path, tmp_path / "none").drafts.values()
    assert ("# last_days: [ended_at]    # NEEDED where the day is the last one" in draft) == asks
    assert ("# last_days: [valid_to]    # NEEDED where the day is the last one" in draft) == asks


def test_a_draft_says_what_of_the_values_is_not_read_and_what_they_tell_by_themselves(
    drafts_abroad,
):
    assert yaml.safe_load(drafts_abroad["vertraege"])["dates"] == "day first"
    assert "# dates: day first            # NEEDED" in drafts_abroad["clients"]
    assert "# decimals: comma             # NEEDED? if 1.200 means" in drafts_abroad["vertraege"]
    assert (
        "Prix unitaire HT    # NEEDED: an amount with a sign of a currency"
        in (drafts_abroad["contrats"])
    )
    assert (
        "# survey_type:    # NEEDED (varchar): which column; or below, a constant of nps"
        in (drafts_abroad["forms"])
    )


def test_tables_that_differ_by_a_day_are_drafted_as_the_one_that_they_are(drafts_abroad):
    draft = drafts_abroad["ga4"]
    assert [*yaml.safe_load(draft)["tables"]] == ["events_20260912"]
    assert "NEEDED: events_20260913 and others differ from it by numbers only" in draft
    assert "into a folder events and call it so above" in draft
    assert "# in geo stand objects" in draft


@pytest.mark.parametrize("above", ["", "sep=;\n", "\n", ";;\n"])
def test_a_draft_looks_at_values_below_the_header_wherever_it_ends(tmp_path, above):
    # Excel writes sep=; for itself, and somebody has pressed Alt and Enter in a cell.
    (tmp_path / "erp").mkdir()
    (tmp_path / "erp" / "customers.csv").write_text(
        f'{above}No;"Company\nname";Since\n7;Acme;15.02.2026\n'
    )
    done = examine(tmp_path, tmp_path / "none")
    (table,) = done.folders[0].tables
    assert [column.name for column in table.columns] == ["No", "Company name", "Since"]
    (found,) = [finding for finding in done.findings if finding.column == "Since"]
    assert f"line {3 + bool(above)}, as 99.99.9999" in found.place
    (entry,) = [yaml.safe_load(done.drafts["erp"])["tables"]["customers"]]
    assert entry["columns"] == {
        "account_id": "No", "name": "Company name", "created_at": "Since",
    }  # fmt: skip


# Logs of use and of operations by their columns as their tools write them, each with one line.
LOGS = {
    "ga4/events.csv": (
        "event_date,event_timestamp,event_name,user_id,user_pseudo_id,platform",
        "20260504,1777888800123456,page_view,,12.34,WEB",
        "product/events",
        {"event_ts": "event_timestamp", "event_name": "event_name", "user_id": "user_id",
         "anonymous_id": "user_pseudo_id", "platform": "platform"},
    ),
    "snowplow/events.csv": (
        "app_id,collector_tstamp,dvce_created_tstamp,event_id,user_id,user_ipaddress,"
        "domain_userid,domain_sessionid,derived_tstamp,event_name,useragent",
        "shop,2026-05-04 10:00:01,2026-05-04 09:00:00,c6ef,u1,192.0.2.7,d1,s1,"
        "2026-05-04 10:00:00.5,page_view,Mozilla",
        "product/events",
        {"event_id": "event_id", "event_name": "event_name", "event_ts": "derived_tstamp",
         "original_ts": "dvce_created_tstamp", "received_at": "collector_tstamp",
         "user_id": "user_id", "anonymous_id": "domain_userid", "session_id": "domain_sessionid",
         "user_agent": "useragent", "ip": "user_ipaddress"},
    ),
    "heap/all_events.csv": (
        "event_id,time,user_id,session_id,event_table_name",
        "1,2026-05-04 10:00:00,111,222,clicked",
        "product/events",
        {"event_id": "event_id", "event_name": "event_table_name", "event_ts": "time",
         "user_id": "user_id", "session_id": "session_id"},
    ),
    "jaeger/spans.csv": (
        "traceID,spanID,operationName,startTime,duration,account_id",
        "a,b,GET /x,1777888800123456,240000,A1",
        "product/performance_logs",
        {"perf_id": "spanID", "measured_at": "startTime", "account_id": "account_id",
         "route": "operationName", "value_ms": "duration"},
    ),
    "web/access.csv": (
        "request_id,time_iso8601,request_uri,request_time,customer",
        "r1,2026-05-04T10:00:00+02:00,/x,0.240,A1",
        "product/performance_logs",
        {"perf_id": "request_id", "measured_at": "time_iso8601", "account_id": "customer",
         "route": "request_uri", "value_ms": "request_time"},
    ),
    "pagerduty/incidents.csv": (
        "id,incident_number,description,created_on,resolved_on,urgency",
        "Q1,12,API down,2026-05-04T10:00:00,2026-05-04T10:30:00,high",
        "status/incidents",
        {"incident_id": "id", "impact": "urgency", "started_at": "created_on",
         "resolved_at": "resolved_on"},
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def drafts_of_logs(tmp_path_factory):
    landing = tmp_path_factory.mktemp("logs")
    for name, (header, line, *_) in LOGS.items():
        (landing / name).parent.mkdir()
        (landing / name).write_text(f"{header}\n{line}\n")
    return examine(landing, landing / "none").drafts


@pytest.mark.parametrize("name", LOGS)
def test_a_draft_knows_how_logs_of_use_and_of_operations_are_called(drafts_of_logs, name):
    _, _, becomes, columns = LOGS[name]
    drafted = drafts_of_logs[name.split("/")[0]]
    (entry,) = yaml.safe_load(drafted)["tables"].values()
    assert (entry["becomes"], entry["columns"]) == (becomes, columns)
    asked = "# durations_in_seconds: [value_ms]    # NEEDED"
    assert (asked in drafted) == ("value_ms" in columns)
