"""The statements and mappings of docs/logs.md, run as they stand there on logs as tools write them.

Each expected row was read off the lines by hand.
"""

import json
import re
from pathlib import Path

import duckdb
import pytest

from tests.adapters.exports import load

SHOWN = (Path(__file__).parents[2] / "docs" / "logs.md").read_text(encoding="utf-8")
STATEMENTS = re.findall(r"```sql\n(.*?)```", SHOWN, re.DOTALL)
MAPPINGS = re.findall(r"```yaml\n# landing/(.*?)\n(.*?)```", SHOWN, re.DOTALL)
ACCESS = r"""::7 - u1 [04/May/2026:10:00:00 +0200] "GET /api/x?a=1 HTTP/1.1" 200 512 "-" "Moz" 0.240
::8 - - [04/May/2026:10:00:01 +0200] "GET /healthz HTTP/1.1" 200 2 "-" "kube-probe/1" 0.001
::9 - - [04/May/2026:10:00:01 +0200] "GET / HTTP/1.1" 200 2 "-" "ELB-HealthChecker/2.0" 0.001
::7 - u1 [04/May/2026:10:00:02 +0200] "POST /api/y HTTP/1.1" 502 0 "-" "M, \"x\"; y" 1.5
\x16\x03\x01
"""
SPAN = {
    "traceId": "a",
    "spanId": "b",
    "kind": 2,
    "name": "GET /x",
    "startTimeUnixNano": "1777888800123456789",
    "endTimeUnixNano": "1777888800363456789",
    "attributes": [
        {"key": "http.response.status_code", "value": {"intValue": "200"}},
        {"key": "enduser.id", "value": {"stringValue": "u1"}},
    ],
}
FAILED = {"spanId": "c", "kind": "SPAN_KIND_SERVER", "status": {"code": 2}, "attributes": []}
SPANS = [SPAN, SPAN | FAILED, SPAN | {"spanId": "d", "kind": 3}]
DATADOG = {
    "id": "AA",
    "attributes": {
        "timestamp": "2026-05-04T10:00:00.123Z",
        "status": "error",
        "attributes": {"usr": {"id": "u1"}, "http": {"status_code": 500}},
    },
}
GA4 = {
    "event_timestamp": "1777888800123456",
    "event_name": "page_view",
    "event_params": [
        {"key": "page_location", "value": {"string_value": "https://x.example/"}},
        {"key": "ga_session_id", "value": {"int_value": "1777888800"}},
    ],
    "user_id": None,
    "user_pseudo_id": "12.34",
    "platform": "WEB",
    "device": {"category": "desktop"},
}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("logs")
    traces = {"resourceSpans": [{"scopeSpans": [{"spans": SPANS}]}]}
    quiet = json.loads(json.dumps(DATADOG).replace('"error"', '"info"'))
    files = {
        "access.log": ACCESS,
        "traces.jsonl": json.dumps(traces),
        "datadog.jsonl": f"{json.dumps(DATADOG)}\n{json.dumps(quiet)}",
        "events_20260504.json": json.dumps(GA4),
    }
    for name, text in files.items():
        (folder / name).write_text(text)
    for name, text in MAPPINGS:
        path = folder / "landing" / name
        path.parent.mkdir(parents=True)
        path.write_text(text)
    with pytest.MonkeyPatch.context() as patch, duckdb.connect() as connection:
        patch.chdir(folder)
        for statement in STATEMENTS:
            connection.execute(statement)
    return load(folder / "landing")


def found(loaded, table, name):
    rows, _, _ = loaded
    return [
        {key: value for key, value in row.items() if not key.startswith("_")}
        for row in rows[table]
        if row["_file"] == name
    ]


def test_an_access_log_tells_requests_and_failures_and_no_checks_of_machines(loaded):
    shared = {"user_id": "u1", "metric": "api_latency"}
    assert found(loaded, "product/performance_logs", "web/access.csv") == [
        {"perf_id": "access.log:1", "measured_at": "2026-05-04 08:00:00", **shared}
        | {"route": "/api/x", "value_ms": 240.0, "success": True},
        {"perf_id": "access.log:4", "measured_at": "2026-05-04 08:00:02", **shared}
        | {"route": "/api/y", "value_ms": 1500.0, "success": False},
    ]
    assert found(loaded, "product/error_logs", "web/failed.csv") == [
        {"error_id": "access.log:4", "occurred_at": "2026-05-04 08:00:02", "user_id": "u1"}
        | {"error_type": "http_5xx", "fingerprint": "/api/y", "http_status": 502}
    ]


def test_of_a_trace_what_a_server_answered_is_a_request_in_milliseconds(loaded):
    shared = {"measured_at": "2026-05-04 10:00:00.123456", "route": "GET /x"}
    shared |= {"metric": "api_latency", "value_ms": 240.0}
    assert found(loaded, "product/performance_logs", "traces/spans.csv") == [
        {"perf_id": "a:b", "user_id": "u1", "success": True, **shared},
        {"perf_id": "a:c", "success": False, **shared},
    ]


def test_values_inside_objects_are_told_by_their_path(loaded):
    assert found(loaded, "product/error_logs", "logs/errors.csv") == [
        {"error_id": "AA", "occurred_at": "2026-05-04 10:00:00.123000", "user_id": "u1"}
        | {"severity": "error", "http_status": 500}
    ]
    assert found(loaded, "product/events", "ga4/events.csv") == [
        {"event_name": "page_view", "event_ts": "2026-05-04 10:00:00.123456"}
        | {"anonymous_id": "12.34", "session_id": "1777888800", "platform": "WEB"}
        | {"device_type": "desktop"}
    ]


def test_nothing_of_them_is_refused_or_read_with_a_reservation(loaded):
    _, warned, quarantine = loaded
    assert (warned, quarantine) == ([], [])
