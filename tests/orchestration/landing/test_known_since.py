"""A row that a changed file says again is known since it was first said; what is gone counts."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.adapters.adapt import land
from orchestration.adapters.our_contract import landing_tables
from orchestration.landing.known_since import gone_rows
from orchestration.landing.parameters import resolve_as_of

TABLES = [
    table
    for table in landing_tables()
    if table.folder in {"crm/accounts", "crm/account_keys", "product/events"}
]
Rows = Sequence[Mapping[str, Any]]


@pytest.fixture
def landed(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> Callable:
    """Write files and load them in the morning of a day of November; return the connection."""

    def arrive(day: int, files: Mapping[str, Rows]) -> duckdb.DuckDBPyConnection:
        for name, rows in files.items():
            path = tmp_path / "landing" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        moment = datetime(2026, 11, day, 6, tzinfo=UTC)
        land(connection, TABLES, tmp_path / "landing", moment, lambda _: None)
        return connection

    return arrive


def accounts(**industries: str) -> Rows:
    told = {"created_at": "2026-01-01T00:00:00Z", "account_type": "customer"}
    return [{"account_id": name, "industry": said, **told} for name, said in industries.items()]


def known(connection: duckdb.DuckDBPyConnection) -> Mapping[str, int]:
    """Return of each account and industry the day of November since which it is known."""
    return dict(
        connection.execute(
            "select account_id || ' ' || industry, day(min(_loaded_at)) from raw.crm_accounts "
            "group by 1"
        ).fetchall()
    )


def test_what_an_export_of_one_name_says_every_day_is_known_since_the_first(landed):
    export = "crm/accounts/export.jsonl"
    landed(2, {export: accounts(a="mining", b="retail")})
    landed(3, {export: accounts(a="mining", b="retail", c="retail")})
    loaded = landed(4, {export: accounts(c="retail", b="fishing", a="mining", d="retail")})
    assert known(loaded) == {"a mining": 2, "b fishing": 4, "c retail": 3, "d retail": 4}


def test_rows_that_go_on_in_another_file_are_not_gone(landed):
    landed(2, {f"crm/accounts/{name}.jsonl": accounts(**{name: "mining"}) for name in "abc"})
    files = {"a": "b", "b": "a", "c": "d"}
    loaded = landed(
        3,
        {
            f"crm/accounts/{name}.jsonl": accounts(**{held: "mining"})
            for name, held in files.items()
        },
    )
    assert known(loaded) == {"a mining": 2, "b mining": 2, "d mining": 3}
    assert gone_rows(loaded, date(2026, 11, 2)) == [("crm/accounts", 1)]


def history(*industries: str) -> Rows:
    return [
        {
            "company_id": number,
            "name": "industry",
            "value": said,
            "timestamp": "2026-01-05 08:00:00",
        }
        for number, said in enumerate(industries, 1)
    ]


def test_a_vendors_whole_export_of_every_day_leaves_what_was_known_as_it_was(landed):
    company = {"property_createdate": "2026-01-01 00:00:00", "property_lifecyclestage": "customer"}
    exports = {2: ("mining", "retail"), 3: ("mining", "retail", "mining"), 4: ("mining", "retail")}
    for day, industries in exports.items():
        companies = [
            {"id": number, "property_name": f"n{number}", **company}
            for number, _ in enumerate(industries, 1)
        ]
        loaded = landed(
            day,
            {
                f"hubspot/company/2026-11-{day}.jsonl": companies,
                f"hubspot/company_property_history/2026-11-{day}.jsonl": history(*industries),
                "hubspot/contact/contacts.jsonl": [{"id": 1, "property_email": "a@b.example"}],
            },
        )
    assert known(loaded) == {"1 mining": 2, "2 retail": 2, "3 mining": 3}


def test_who_asks_for_a_day_of_which_rows_are_gone_is_told(landed):
    export, event = "crm/accounts/export.jsonl", {"event_name": "opened", "user_id": "u"}
    events = [{**event, "event_id": n, "event_ts": f"2026-11-01T{n}:00:00Z"} for n in range(10, 20)]
    landed(2, {export: accounts(a="mining", b="retail"), "product/events/1.jsonl": events})
    loaded = landed(3, {export: accounts(a="mining", b="fishing")})

    def said(known_on: int) -> bool:
        asked = (loaded, date(2026, 11, 1), date(2026, 11, 5), "UTC", date(2026, 11, known_on))
        return "(1 of crm/accounts)" in resolve_as_of(*asked).reason

    assert said(2)
    assert not said(3)
