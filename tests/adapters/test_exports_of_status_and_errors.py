"""Odd lines of status pages and of error trackers: read right or counted, and never downtime."""

import pytest

from tests.adapters import exports
from tests.adapters.exports import put

LABEL = "https://api.github.com/repos/acme/status/labels/"
OUTAGE = {
    "number": 12,
    "title": "API is down",
    "created_at": "2026-05-04T10:00:00Z",
    "closed_at": "2026-05-04T10:20:00Z",
    "labels": [{"name": "status", "url": f"{LABEL}status"}, {"name": "api", "url": f"{LABEL}api"}],
}
MAINTENANCE = {
    "number": 15,
    "title": "Move",
    "created_at": "2026-05-01T10:00:00Z",
    "closed_at": "2026-05-10T02:05:00Z",
    "labels": [{"name": "maintenance", "url": f"{LABEL}maintenance"}],
    "body": "<!--\r\nstart: 2026-05-10T01:00:00+00:00\r\nend: 2026-05-10T02:00:00+00:00\r\n"
    "expectedDown: google, hacker-news\r\n-->\r\nstart: not here",
}
ERROR = {
    "eventID": "e1",
    "groupID": "77",
    "dateCreated": "2026-05-04T10:00:00Z",
    "tags": [{"key": "level", "value": "error"}, {"key": "account_id", "value": "A-1"}],
}


def load(landing):
    """Return rows by landing table, of each warning its column and count, and the quarantine."""
    rows, warned, quarantine = exports.load(landing)
    return (
        rows,
        {column: count for column, _, count in warned},
        [reason for reason, _ in quarantine],
    )


def told(row, *names):
    return tuple(row.get(name) for name in names)


@pytest.mark.parametrize(
    ("tags", "account_id", "severity"),
    [
        ([*ERROR["tags"], {"key": "level", "value": "error"}], "A-1", "error"),
        ([*ERROR["tags"], {"key": "level", "value": "fatal"}], "A-1", '["error","fatal"]'),
        ([["level", "error"], ["account_id", "A-1"]], "A-1", "error"),
        ([{"value": "of no key"}, "no tag", *ERROR["tags"]], "A-1", "error"),
        ([*ERROR["tags"], {"key": "account_id", "value": "A-2"}], None, "error"),
        ("[{'key': 'account_id', 'value': 'A-1'}]", None, None),
    ],
)
def test_the_tags_of_one_error_stop_no_other_and_are_read_or_counted(
    tmp_path, tags, account_id, severity
):
    put(tmp_path, "sentry/events.jsonl", [ERROR, {**ERROR, "eventID": "e2", "tags": tags}])
    rows, warned, quarantine = load(tmp_path)
    first, second = rows["product/error_logs"]
    assert told(first, "account_id", "severity") == ("A-1", "error")
    assert told(second, "account_id", "severity") == (account_id, severity)
    assert warned == ({} if account_id else {"account_id": 1})
    assert quarantine == []


@pytest.mark.parametrize("level", ["debug", "info", "log", "warning", "error", "fatal", None])
def test_a_message_for_information_went_wrong_for_nobody_and_is_kept(tmp_path, level):
    tags = [{"key": "level", "value": level}] if level else []
    put(tmp_path, "sentry/events.jsonl", [{**ERROR, "tags": tags}])
    rows, _, quarantine = load(tmp_path)
    [error] = rows["product/error_logs"]
    assert told(error, "is_user_visible", "severity") == (
        False if level in ("debug", "info", "log") else None,
        level,
    )
    assert quarantine == []


@pytest.mark.parametrize(
    ("environment", "kind", "is_a_customers"),
    [
        ("production", "error", True),
        ("prod-eu", "default", True),
        ("Staging", "error", False),
        ("dev", None, False),
        (None, "csp", False),
        (None, "transaction", False),
        (None, None, True),
    ],
)
def test_what_no_customer_met_is_kept_and_is_neither_a_crash_nor_an_error_that_somebody_saw(
    tmp_path, environment, kind, is_a_customers
):
    tags = {"level": "fatal", "handled": "no", "environment": environment}
    pairs = [{"key": key, "value": value} for key, value in tags.items() if value]
    put(tmp_path, "sentry/events.jsonl", [{**ERROR, "tags": pairs, "event.type": kind}])
    rows, warned, _ = load(tmp_path)
    [error] = rows["product/error_logs"]
    expected = ("crash", None) if is_a_customers else ("exception", False)
    assert told(error, "error_type", "is_user_visible") == expected
    assert warned == {}


@pytest.mark.parametrize(
    ("user", "user_id"),
    [
        ({"id": 7.0, "email": "Ann@acme.example"}, "7"),
        ({"id": None, "email": "Ann@acme.example"}, "ann@acme.example"),
        ({"ip_address": "192.0.2.7"}, None),
    ],
)
def test_who_met_an_error_is_known_by_the_address_where_sentry_has_no_more(tmp_path, user, user_id):
    put(tmp_path, "sentry/events.jsonl", [{**ERROR, "user": user}])
    rows, _, _ = load(tmp_path)
    [error] = rows["product/error_logs"]
    assert error.get("user_id") == user_id


@pytest.mark.parametrize("labels", [[], ["enhancement"], ["status page"], ["statuses"]])
def test_an_issue_that_asks_for_something_is_no_downtime(tmp_path, labels):
    labels = [{"name": name, "url": LABEL + name} for name in labels]
    wish = {**OUTAGE, "number": 14, "title": "Please add a site", "labels": labels}
    put(tmp_path, "upptime/issues.jsonl", [OUTAGE, wish])
    rows, _, _ = load(tmp_path)
    assert [row["incident_id"] for row in rows["status/incidents"]] == ["12"]
    [outage] = rows["status/incident_components"]
    assert told(outage, "component_id", "component_status") == ("api", "major_outage")


def test_a_maintenance_is_as_long_as_its_plan_and_not_as_its_announcement(tmp_path):
    early = {**MAINTENANCE, "number": 16, "closed_at": "2026-05-10T01:30:00Z"}
    unplanned = {**MAINTENANCE, "number": 17, "body": None}
    put(tmp_path, "upptime/issues.jsonl", [MAINTENANCE, early, unplanned])
    rows, _, _ = load(tmp_path)
    times = {
        row["incident_id"]: told(row, "started_at", "resolved_at", "is_planned")
        for row in rows["status/incidents"]
    }
    assert times == {
        "15": ("2026-05-10 01:00:00", "2026-05-10 02:00:00", True),
        "16": ("2026-05-10 01:00:00", "2026-05-10 01:30:00", True),
        "17": ("2026-05-01 10:00:00", "2026-05-10 02:05:00", True),
    }
    touched = {
        (row["incident_id"], row["component_id"], row["component_status"])
        for row in rows["status/incident_components"]
    }
    assert touched == {
        (number, site, "under_maintenance")
        for number in ("15", "16")
        for site in ("google", "hacker-news")
    }


def test_two_status_pages_number_their_incidents_alike_and_keep_both(tmp_path):
    for name in ("eu", "us"):
        url = f"https://github.com/acme/status-{name}/issues/12"
        put(tmp_path, f"{name}/issues.jsonl", [{**OUTAGE, "html_url": url}])
    rows, _, _ = load(tmp_path)
    ids = {"acme/status-eu#12", "acme/status-us#12"}
    assert {row["incident_id"] for row in rows["status/incidents"]} == ids
    assert {row["incident_id"] for row in rows["status/incident_components"]} == ids


@pytest.mark.parametrize(
    "labels", ["status,api", "['status', 'api']", "[{'name': 'status'}, {'name': 'api'}]"]
)
@pytest.mark.parametrize("nothing", ["", "NaT", "None"])
def test_an_open_incident_of_a_table_is_open_and_touches_its_site(tmp_path, labels, nothing):
    put(
        tmp_path,
        "upptime/issues.csv",
        "number,title,created_at,closed_at,labels\n"
        f'12,API is down,2026-05-04T10:00:00Z,{nothing},"{labels}"\n',
    )
    rows, _, _ = load(tmp_path)
    [incident] = rows["status/incidents"]
    assert told(incident, "status", "resolved_at") == ("investigating", None)
    [outage] = rows["status/incident_components"]
    assert told(outage, "component_id", "to_ts") == ("api", None)


INCIDENT = {
    "id": "in1",
    "name": "API",
    "impact": "major",
    "status": "resolved",
    "created_at": "2026-05-06T10:00:00Z",
    "started_at": "2026-05-04T09:55:00Z",
    "resolved_at": "2026-05-04T11:00:00Z",
}


def update(status, **times):
    component = {"code": "c1", "name": "API", "old_status": "operational", "new_status": status}
    return {"status": "identified", "affected_components": [component], **times}


def test_an_incident_that_is_written_down_afterwards_was_as_long_as_it_says(tmp_path):
    written = "2026-05-06T10:00:0{}Z"
    updates = [
        update("operational", created_at=written.format(2), display_at="2026-05-04T11:00:00Z"),
        update("major_outage", created_at=written.format(1), display_at="2026-05-04T10:00:00Z"),
        update("partial_outage", created_at=written.format(0), display_at="2026-05-04T10:00:00Z"),
    ]
    put(tmp_path, "pages/incidents.jsonl", [{**INCIDENT, "incident_updates": updates}])
    rows, _, _ = load(tmp_path)
    found = [
        told(row, "component_status", "from_ts", "to_ts")
        for row in rows["status/incident_components"]
    ]
    at, end = "2026-05-04 10:00:00", "2026-05-04 11:00:00"
    assert sorted(found) == [("major_outage", at, end), ("partial_outage", at, at)]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (
            {"components": [{"id": "c1", "status": "operational"}]},
            "required column component_status is missing",
        ),
        (
            {"incident_updates": "[{'status': 'resolved', 'affected_components': []}]"},
            "required column component_id is a placeholder",
        ),
        (
            {"incident_updates": [update("major_outage", created_at="yesterday")]},
            'required column from_ts is not a timestamp: "yesterday"',
        ),
    ],
)
def test_a_component_of_which_nobody_knows_what_became_is_counted(tmp_path, said, reason):
    updates = [{"status": "resolved", "affected_components": None}]
    put(tmp_path, "pages/incidents.jsonl", [{**INCIDENT, "incident_updates": updates, **said}])
    rows, _, [refused] = load(tmp_path)
    assert len(rows["status/incidents"]) == 1
    assert rows["status/incident_components"] == []
    assert refused.startswith(reason)


def test_an_end_that_cannot_be_read_is_named_with_each_component(tmp_path):
    updates = [update("major_outage", created_at="2026-05-04T10:00:00Z")]
    line = {**INCIDENT, "resolved_at": "soon", "incident_updates": updates}
    put(tmp_path, "pages/incidents.jsonl", [line])
    rows, warned, _ = load(tmp_path)
    assert warned == {"resolved_at": 1, "to_ts": 1}
    assert len(rows["status/incident_components"]) == 1


@pytest.mark.parametrize("yes", [True, "True", "t"])
def test_a_heading_of_components_is_none_and_has_no_uptime_of_its_own(tmp_path, yes):
    no = {True: False, "True": "False", "t": "f"}[yes]
    heading = {"id": "g1", "name": "Europe", "group": yes, "group_id": None}
    part = {"id": "c1", "name": "API", "group": no, "group_id": "g1"}
    alone = {"id": "c2", "name": "Web", "group_id": None}
    put(tmp_path, "pages/incidents.jsonl", [{**INCIDENT, "incident_updates": []}])
    put(tmp_path, "pages/components.jsonl", [heading, part, alone])
    rows, _, _ = load(tmp_path)
    found = [told(row, "component_id", "group") for row in rows["status/components"]]
    assert found == [("c1", "g1"), ("c2", None)]
