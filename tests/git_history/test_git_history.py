"""A usage log becomes landing files: claims about a project small enough to read.

Person p1 works for a, then for b, then for a again; p2 works for both on one day; p3 has no
organisation. Organisation c did one thing once.
"""

import gzip
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from data.git_history.landing_files import LandingError, land
from data.git_history.landing_tables import LANDING_TABLES, PREPARATION
from data.git_history.reading import SourceError
from data.open_university.landing_tables import LandingTable

ROOT = Path(__file__).resolve().parents[2]
HEADER = "event_id,event_date,event_type,user_id,account_id,feature,is_fix"
LOG = """
e1,2020-01-05,commit,p1,a,api,0
e2,2020-01-07,reviewed,p1,a,api,
e3,2020-02-01,commit,p1,b,api,1
e4,2020-02-01,commit,p2,a,docs,0
e5,2020-02-01,commit,p2,b,docs,0
e6,2021-03-01,commit,p1,a,,0
e7,2021-03-02,tested,p3,,docs,0
e8,2021-03-03,commit,p4,c,docs,0
"""


def log(folder: Path, rows: str = LOG, header: str = HEADER) -> Path:
    folder.mkdir()
    (folder / "usage.csv").write_text(header + "\n" + rows.strip() + "\n")
    return folder


def landed_files(landing: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(landing)): path.read_bytes()
        for path in landing.rglob("*")
        if path.is_file()
    }


def rows(landing: Path, table: str) -> list[tuple]:
    path = landing / table / f"{Path(table).name}.csv"
    return duckdb.execute(f"from read_csv('{path}', all_varchar = true, header = true)").fetchall()


def events(landing: Path) -> list[dict]:
    texts = duckdb.execute(
        f"from read_csv('{landing}/product/events/*.zst', header = false, delim = '\x01', "
        "quote = '', all_varchar = true)"
    ).fetchall()
    return sorted((json.loads(text) for (text,) in texts), key=lambda event: event["event_id"])


@pytest.fixture(scope="module")
def landing(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("git")
    land(log(folder / "usage"), folder / "landing")
    return folder / "landing"


def test_an_organisation_is_a_customer_from_its_first_event_and_its_contract_has_no_end(landing):
    assert rows(landing, "crm/accounts") == [
        ("a", "customer", "2020-01-05T00:00:00Z", "2020-01-05T00:00:00Z"),
        ("b", "customer", "2020-02-01T00:00:00Z", "2020-02-01T00:00:00Z"),
        ("c", "customer", "2021-03-03T00:00:00Z", "2021-03-03T00:00:00Z"),
    ]
    assert rows(landing, "billing/subscriptions")[0] == (
        "a-use",
        "a",
        "active",
        "2020-01-05T00:00:00Z",
    )


def test_a_price_that_nobody_pays_and_seats_that_nobody_has_are_empty_and_not_zero(landing):
    assert {row[4:] for row in rows(landing, "billing/subscription_items")} == {(None, None)}


def test_who_works_for_another_organisation_only_has_left_the_first_and_may_join_it_again(landing):
    assert [row for row in rows(landing, "crm/account_users") if row[1] == "p1"] == [
        ("a", "p1", "2020-01-05T00:00:00Z", "2020-02-01T00:00:00Z"),
        ("a", "p1", "2021-03-01T00:00:00Z", None),
        ("b", "p1", "2020-02-01T00:00:00Z", "2021-03-01T00:00:00Z"),
    ]


def test_who_works_for_two_on_one_day_belongs_to_both(landing):
    assert [row for row in rows(landing, "crm/account_users") if row[1] == "p2"] == [
        ("a", "p2", "2020-02-01T00:00:00Z", None),
        ("b", "p2", "2020-02-01T00:00:00Z", None),
    ]


def test_who_has_no_organisation_is_a_user_of_no_account_and_the_events_are_kept(landing):
    assert "p3" in {row[0] for row in rows(landing, "crm/users")}
    assert "p3" not in {row[1] for row in rows(landing, "crm/account_users")}
    (event,) = [event for event in events(landing) if event["user_id"] == "p3"]
    assert event["account_id"] is None


def test_every_row_is_one_event_at_midnight_of_its_day_in_the_file_of_its_year(landing):
    found = events(landing)
    assert [event["event_id"] for event in found] == [f"e{number}" for number in range(1, 9)]
    assert found[2] == {
        "event_id": "e3",
        "event_name": "commit",
        "event_type": "track",
        "event_ts": "2020-02-01T00:00:00Z",
        "user_id": "p1",
        "account_id": "b",
        "feature_id": "api",
        "properties": {"is_fix": True},
    }
    assert {path.name for path in (landing / "product/events").iterdir()} == {
        "2020.jsonl.zst",
        "2021.jsonl.zst",
    }


def test_whether_it_mends_a_fault_is_empty_where_the_log_does_not_say(landing):
    assert events(landing)[1]["properties"] == {"is_fix": None}


def test_changes_and_judgements_of_changes_are_the_core_and_the_rest_is_activity(landing):
    kinds = rows(landing, "catalogue/event_catalog")
    assert [(name, activity, core) for name, _, activity, core, *_ in kinds] == [
        ("commit", "true", "true"),
        ("reviewed", "true", "true"),
        ("tested", "true", "false"),
    ]


def test_what_the_log_does_not_say_is_absent(landing):
    assert {str(Path(path).parent) for path in landed_files(landing)} == {
        *(f"{table.system}/{table.name}" for table in LANDING_TABLES),
        "product/events",
    }


@pytest.mark.parametrize("table", LANDING_TABLES, ids=lambda table: table.name)
def test_a_table_has_only_columns_of_its_contract_and_all_that_are_required(
    table: LandingTable, landing
):
    path = landing / table.system / table.name / f"{table.name}.csv"
    columns = contract(table.system, table.name)
    header = set(path.read_text().splitlines()[0].split(","))
    assert header <= columns.keys()
    assert {name for name, required in columns.items() if required} <= header


def contract(system: str, name: str) -> dict[str, bool]:
    """Return the columns that the sources YAML gives a table, and whether each is required."""
    path = ROOT / f"dbt_project/models/staging/{system}/_{system}__sources.yml"
    tables = yaml.safe_load(path.read_text())["sources"][0]["tables"]
    columns = next(table["columns"] for table in tables if table["name"] == name)
    return {
        column["name"]: column.get("config", {}).get("meta", {}).get("required", False)
        for column in columns
    }


def test_the_bytes_depend_neither_on_the_order_of_the_rows_nor_on_compression(landing, tmp_path):
    folder = tmp_path / "backwards"
    folder.mkdir()
    text = "\n".join([HEADER, *reversed(LOG.strip().splitlines())]) + "\n"
    (folder / "usage.csv.gz").write_bytes(gzip.compress(text.encode()))
    land(folder, tmp_path / "again")
    assert landed_files(tmp_path / "again") == landed_files(landing)


@pytest.mark.parametrize(
    ("header", "text", "complaint"),
    [
        (HEADER.replace("feature", "part"), LOG, "column feature is missing; there are"),
        (HEADER, LOG.replace("2020-01-07", "soon"), "cannot be read: .*soon"),
        (HEADER, LOG.replace("p1,b", ",b"), "column user_id is empty in 1 rows"),
        (HEADER, LOG.replace("e2,", "e1,"), "1 values of event_id come more than once"),
        (HEADER, LOG.replace("commit,p4", ",p4"), "column event_type is empty in 1 rows"),
        (HEADER, "", "has no rows"),
        (HEADER, "e1,2020-01-05,commit,p1,,api,0", "account_id is always empty"),
    ],
)
def test_a_log_that_would_lose_rows_is_refused_by_name(header, text, complaint, tmp_path):
    with pytest.raises(SourceError, match=complaint) as refusal:
        land(log(tmp_path / "broken", text, header), tmp_path / "landing")
    assert "usage.csv" in str(refusal.value)
    assert not (tmp_path / "landing").exists()


def test_a_folder_without_a_log_and_a_landing_folder_in_use_are_refused(tmp_path):
    with pytest.raises(SourceError, match=r"usage\.csv\.gz or usage\.csv is missing"):
        land(tmp_path, tmp_path / "landing")
    source = log(tmp_path / "usage")
    with pytest.raises(LandingError, match="is not empty"):
        land(source, source)


def test_the_command_says_what_it_wrote_and_what_is_odd(tmp_path):
    source = log(tmp_path / "usage")
    command = ["--source", str(source), "--landing", str(tmp_path / "landing")]
    done = subprocess.run(
        [sys.executable, "-m", "data.git_history", *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "product/events                         8 rows" in done.stdout
    assert "1 events of people without an organisation" in done.stdout
    assert "2 people who did something for several" in done.stdout
    assert "2 organisations with fewer than three events" in done.stdout


days = st.sets(st.tuples(st.integers(1, 9), st.sampled_from("ab")), min_size=1)


@pytest.mark.exhaustive
@settings(max_examples=60, deadline=None)
@given(days)
def test_a_later_day_changes_nothing_about_who_was_a_member_before(done):
    """Membership on each day, from the whole log and from the log up to that day."""
    for day in range(1, 10):
        known = {step for step in done if step[0] <= day}
        if known:
            assert members(done, day) == members(known, day) == _members_by_walking(done, day)


def members(done: set[tuple[int, str]], day: int) -> set[str]:
    with duckdb.connect() as connection:
        connection.execute("create table usage (user_id text, account_id text, event_date date)")
        connection.executemany(
            "insert into usage values ('p', ?, ?)",
            [(account, date(2020, 1, number)) for number, account in done],
        )
        connection.execute(PREPARATION)
        found = connection.execute(
            "select account_id from memberships "
            "where joined_on <= $day and (left_on is null or left_on > $day)",
            {"day": date(2020, 1, day)},
        ).fetchall()
    assert len(found) == len(set(found))
    return {account for (account,) in found}


def _members_by_walking(done: set[tuple[int, str]], until: int) -> set[str]:
    """Walk through the days: who works for somebody leaves those for whom they do not work."""
    current = set()
    for day in range(1, until + 1):
        today = {account for number, account in done if number == day}
        if today:
            current = today
    return current
