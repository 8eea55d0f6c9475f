"""Erasure in raw, on a company small enough to be read here; nothing is built from it."""

import gzip
import json
from dataclasses import replace

import duckdb
import pytest

from orchestration.commands.erase import erase
from orchestration.erasure.marks import DIGITS, PREFIX
from orchestration.settings.environment import ROOT
from orchestration.warehouse.connection import Warehouse
from tests.conftest import settings_in
from tests.orchestration.marks import cells_with

pytestmark = pytest.mark.exhaustive

DAY = "2026-10-{:02}T10:00:00Z"
# Anna asked, under one of her two numbers; Cara is a member of the account that asked. Eve asked
# in other capitals than the CRM writes her number, and a third system has it in yet others.
THEIRS = ["u-anna", "u-anna-2", "anna@acme.example", "u-cara", "cara@cara.example", "d-anna"]
THEIRS += ["u-eve", "U-Eve", "U-EVE"]
USERS = [
    {"user_id": "u-anna", "email": "anna@acme.example", "birth_year": 1984, "nickname": "Anni"},
    {"user_id": "u-anna-2", "email": "Anna@ACME.example"},
    {"user_id": "u-ben", "email": "ben@acme.example", "birth_year": 1981},
    {"user_id": "u-cara", "email": "cara@cara.example", "birth_year": 1950},
    {"user_id": "u-dora", "email": "dora@club.example"},
    {"user_id": "u-eve"},
    # Two people whom capitals alone tell apart, of whom one asked.
    {"user_id": "u-xAb"},
    {"user_id": "u-Xab"},
    # Not hers: four people read it.
    *({"user_id": f"u-club-{n}", "email": "office@club.example"} for n in range(3)),
    {"user_id": "u-anna", "email": "office@club.example"},
]
MEMBERS = [
    {"account_id": "a-1", "user_id": "u-anna", "valid_from": DAY.format(1)},
    {"account_id": "A-2", "user_id": "u-cara", "valid_from": DAY.format(1)},
    {"account_id": "a-2", "user_id": "u-dora", "valid_from": DAY.format(20)},
]
EVENTS = [
    {"event_id": "e1", "user_id": "u-anna", "anonymous_id": "d-anna", "ip": "198.51.100.7",
     "properties": {"search": "Anni"}},
    {"event_id": "e2", "anonymous_id": "d-anna", "ip": "198.51.100.7"},
    {"event_id": "e3", "user_id": "u-anna-2", "anonymous_id": "d-office", "ip": "192.0.2.1"},
    {"event_id": "e4", "user_id": "u-ben", "anonymous_id": "d-office", "ip": "198.51.100.9"},
    {"event_id": "e5", "user_id": "u-ben", "properties": {"shared_with": "ANNA@acme.example"}},
    {"event_id": "e6", "user_id": "u-ben", "properties": {"opened": "u-anna29"}},
    {"event_id": "e8", "user_id": "U-EVE"},
    {"event_id": "e9", "user_id": "u-Xab"},
]  # fmt: skip
REQUESTS = [
    {"request_id": "r-1", "user_id": "u-anna", "due_at": DAY.format(5)},
    {"request_id": "r-2", "account_id": "a-2", "due_at": DAY.format(30)},
    {"request_id": "r-3", "account_id": "a-nobody", "due_at": DAY.format(30)},
    {"request_id": "r-4", "user_id": "U-Eve", "due_at": DAY.format(30)},
    {"request_id": "r-5", "user_id": "u-xAb", "due_at": DAY.format(30)},
]
LANDED = {
    "crm/accounts": [{"account_id": "a-1", "name": "One"}, {"account_id": "a-2", "name": "Two"}],
    "crm/users": USERS,
    "crm/account_users": MEMBERS,
    "product/events": [
        {"event_name": "opened", "event_ts": DAY.format(12), **event} for event in EVENTS
    ] + [{"event_id": "e7", "event_name": "opened", "event_ts": "u-anna", "user_id": "u-ben"}],
    "support/tickets": [
        {"ticket_id": "t-1", "requester_user_id": "u-cara", "created_at": DAY.format(4),
         "status": "open", "_phone": "555"},
    ],
    "surveys/responses": [
        {"response_id": "s-1", "user_id": "u-anna", "survey_type": "nps", "score": 9,
         "comment": "Call me", "responded_at": DAY.format(9)},
        {"response_id": "s-2", "user_id": "u-ben", "survey_type": "nps", "score": 2,
         "comment": "Ask u-cara.", "responded_at": DAY.format(9)},
        {"response_id": "s-3", "user_id": "u-ben", "survey_type": "nps", "score": 2,
         "comment": "Fine", "responded_at": DAY.format(10)},
    ],
    "privacy/erasure_requests": [{"requested_at": DAY.format(10), **row} for row in REQUESTS],
}  # fmt: skip


def lands(settings, table: str, rows: list[dict]) -> None:
    path = settings.landing / table / "all.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def rows_of(settings, query: str) -> list[tuple]:
    with Warehouse(settings.warehouse).reading() as connection:
        return connection.execute(query).fetchall()


def counts(settings) -> dict[str, int]:
    names = [n for (n,) in rows_of(settings, "select table_name from duckdb_tables()")]
    return {n: rows_of(settings, f"select count(*) from raw.{n}")[0][0] for n in names}


@pytest.fixture(scope="module")
def erased(tmp_path_factory):
    """Return the settings, what the command said, and the rows of each raw table before it."""
    folder = tmp_path_factory.mktemp("erased")
    settings = settings_in(folder, folder / "landing")
    requests = "privacy/erasure_requests"
    for table in LANDED.keys() - {requests}:
        lands(settings, table, LANDED[table])
    first: list[str] = []
    erase(settings, first.append)
    before = counts(settings)
    assert first[-1] == "No erasure request is open. Nothing was erased."
    lands(settings, requests, LANDED[requests])
    said: list[str] = []
    erase(settings, said.append)
    return settings, said, before


def test_nothing_of_raw_names_them_any_more(erased):
    settings, _, _ = erased
    assert cells_with(settings.warehouse, THEIRS) == []


def test_of_two_whom_capitals_alone_tell_apart_only_the_one_who_asked_is_erased(erased):
    settings, _, _ = erased
    users = "select count(*) filter (user_id = 'u-xAb'), count(*) filter (user_id = 'u-Xab')"
    assert rows_of(settings, f"{users} from raw.crm_users") == [(0, 1)]
    assert rows_of(settings, "select user_id from raw.product_events where event_id = 'e9'") == [
        ("u-Xab",)
    ]


def test_no_row_is_removed(erased):
    settings, _, before = erased
    books = {"loads", "privacy_erasure_requests"}
    after = counts(settings)
    assert {n: after[n] for n in before if n not in books} == {
        n: before[n] for n in before if n not in books
    }
    assert after["privacy_erasure_requests"] == len(REQUESTS)


def test_a_number_has_one_token_everywhere_and_another_number_another(erased):
    settings, _, _ = erased
    tokens = rows_of(
        settings,
        "select distinct users.user_id from raw.crm_users as users where user_id like 'erased-%'",
    )
    assert len(tokens) == 5
    assert rows_of(
        settings,
        "select count(distinct user_id) from raw.product_events where user_id like 'erased-%' "
        "and user_id in (select user_id from raw.crm_users)",
    ) == [(3,)]
    (anna,) = rows_of(settings, "select user_id from raw.surveys_responses where score = 9")
    assert rows_of(
        settings,
        f"select event_id from raw.product_events where user_id = '{anna[0]}'",
    ) == [("e1",)]
    assert rows_of(
        settings,
        f"select request_id from raw.privacy_erasure_requests where user_id = '{anna[0]}'",
    ) == [("r-1",)]


def test_a_device_is_theirs_if_nobody_else_signed_in_on_it(erased):
    settings, _, _ = erased
    devices = dict(rows_of(settings, "select event_id, anonymous_id from raw.product_events"))
    assert devices["e1"] == devices["e2"]
    assert devices["e1"].startswith("erased-")
    assert devices["e3"].startswith("erased-")
    assert devices["e4"] == "d-office"


def test_of_other_values_stays_what_somebody_else_has_too(erased):
    settings, _, _ = erased
    assert rows_of(
        settings,
        "select email, birth_year from raw.crm_users where user_id like 'erased-%' order by all",
    ) == [
        ("erased@acme.example", 1980),
        ("erased@acme.example", None),
        ("erased@club.example", None),
        *[(None, None)] * 3,
    ]
    networks = dict(rows_of(settings, "select event_id, ip from raw.product_events"))
    assert networks["e1"] == "198.51.100.0"
    assert networks["e3"] is None
    assert rows_of(
        settings, "select response_id, comment from raw.surveys_responses order by all"
    ) == [("s-1", "erased"), ("s-2", "erased"), ("s-3", "Fine")]


def test_unknown_fields_of_theirs_are_gone(erased):
    settings, _, _ = erased
    assert rows_of(settings, "select count(*) from raw.crm_users where _extra is not null") == [
        (0,)
    ]
    assert rows_of(settings, "select _extra from raw.support_tickets") == [(None,)]


def test_whoever_did_not_ask_keeps_everything_but_what_names_them(erased):
    settings, _, _ = erased
    assert rows_of(
        settings,
        "select user_id, email from raw.crm_users where user_id not like 'erased-%' order by all",
    ) == [
        ("u-Xab", None),
        ("u-ben", "ben@acme.example"),
        *((f"u-club-{n}", "office@club.example") for n in range(3)),
        ("u-dora", "dora@club.example"),
    ]
    events = "select event_id, properties from raw.product_events where user_id = 'u-ben'"
    assert dict(rows_of(settings, events)) == {
        "e4": None,
        "e5": None,
        "e6": '{"opened":"u-anna29"}',
    }


def test_a_refused_line_that_names_them_keeps_its_place_and_its_reason(erased):
    settings, _, _ = erased
    assert rows_of(
        settings, "select file, line_number, reason, line from raw.quarantine"
    ) == [
        ("product/events/all.jsonl", 9, "required column event_ts is not a timestamp", "erased"),
    ]  # fmt: skip


def test_a_request_stays_on_record_and_one_without_known_members_stays_open(erased):
    settings, _, _ = erased
    assert rows_of(
        settings,
        "select request_id, user_id like 'erased-%', account_id, requested_at is not null "
        "from raw.privacy_erasure_requests order by all",
    ) == [
        ("r-1", True, None, True),
        ("r-2", True, "a-2", True),
        ("r-3", None, "a-nobody", True),
        ("r-4", True, None, True),
        ("r-5", True, None, True),
    ]


def test_it_says_what_it_did_and_which_files_hold_them_but_not_who_they_are(erased):
    _, said, _ = erased
    text = "\n".join(said)
    assert "Open erasure requests: 5; overdue on 2026-10-12: 1." in said
    assert "Requests that stay open: 1" in text
    assert "Erased persons: 7, found in" in said
    assert any(line.split() == ["product/events", "5", "rows"] for line in said)
    assert any(line.split() == ["quarantine", "1", "lines"] for line in said)
    files = [line.strip() for line in said if line.endswith(".jsonl")]
    assert files == sorted(f"{table}/all.jsonl" for table in LANDED.keys() - {"crm/accounts"})
    assert not any(mark in text.lower() for mark in THEIRS)


def test_again_it_changes_nothing(erased):
    settings, _, _ = erased
    before = settings.warehouse.read_bytes()
    said: list[str] = []
    erase(settings, said.append)
    assert said[1] == "Open erasure requests: 1; overdue on 2026-10-12: 0."
    assert "Requests that stay open: 1" in said[2]
    assert len(said) == 3
    assert settings.warehouse.read_bytes() == before


def test_landed_again_into_a_new_warehouse_they_are_erased_again(erased, tmp_path):
    settings = replace(erased[0], warehouse=tmp_path / "warehouse.duckdb")
    erase(settings, lambda _: None)
    assert cells_with(settings.warehouse, THEIRS) == []


@pytest.mark.parametrize(("ratio", "rows"), [(200, 0), (5000, 1)])
def test_what_lands_with_it_is_read_by_the_settings_and_what_is_not_read_is_said(
    tmp_path, ratio, rows
):
    settings = settings_in(tmp_path, tmp_path / "landing")
    lands(settings, "product/events", LANDED["product/events"])
    packed = tmp_path / "landing" / "crm" / "users" / "all.jsonl.gz"
    packed.parent.mkdir(parents=True)
    # Up to 64 MB may be unpacked to in any case.
    packed.write_bytes(gzip.compress(b'{"user_id": "u-1"}\n' + (b" " * 999 + b"\n") * 70_000))
    said: list[str] = []
    erase(replace(settings, unpack_ratio=ratio), said.append)
    refused = [text for text in said if text.startswith("Refused crm/users/all.jsonl.gz")]
    assert len(refused) == 1 - rows
    assert all("UNPACK_RATIO" in text for text in refused)
    assert [text for text in said if text.startswith("Quarantined 1 lines (product/events 1)")]
    assert not any("u-anna" in text for text in said)
    assert rows_of(settings, "select count(*) from raw.crm_users") == [(rows,)]


def test_the_secret_of_the_tokens_is_in_no_file(erased):
    settings, _, _ = erased
    with duckdb.connect(str(settings.warehouse)) as connection:
        assert connection.execute("select getvariable('erasure_secret')").fetchone() == (None,)
        assert not [
            name
            for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()
            if "erased" in name or "carriers" in name
        ]


def test_staging_knows_a_fulfilled_request_by_the_signs_of_a_token():
    staged = ROOT / "dbt_project/models/staging/privacy/stg_privacy__erasure_requests.sql"
    signs = f"like '{PREFIX}%' and length(source.user_id) = {len(PREFIX) + DIGITS}"
    assert signs in staged.read_text()
