"""Names that a vendor's file or a person has chosen stop nothing, whatever signs are in them."""

import json

import duckdb
import pyarrow
import pytest
from pyarrow import parquet

from orchestration.adapters.adapt import land
from orchestration.adapters.golden import MOMENT, landed
from orchestration.adapters.our_contract import landing_tables

pytestmark = pytest.mark.exhaustive
TABLES = landing_tables()
CALL = {
    "messageId": "m1", "type": "track", "event": "x", "userId": "u", "anonymousId": "a",
    "timestamp": "2026-03-01T00:00:00Z", "receivedAt": "2026-03-01T00:00:00Z",
    "context": {}, "properties": {},
}  # fmt: skip
COMPANIES = "Record ID,Company name,Create Date"


def put(landing, name, content):
    path = landing / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def read(landing):
    said = []
    rows, quarantine = landed(landing, TABLES, said.append)
    return rows, quarantine, said


@pytest.fixture
def landing(tmp_path):
    put(tmp_path, "crm/accounts/a.csv", "account_id,created_at\nours,2026-01-01T00:00:00Z\n")
    return tmp_path


@pytest.mark.parametrize("key", ['type"', "type\\", "ty/pe", "~type", "'type", "$.type", ""])
def test_an_odd_key_of_one_line_stops_no_other(landing, key):
    lines = [CALL, {**CALL, "messageId": "m2", key: "odd"}]
    put(landing, "seg/a.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
    rows, quarantine, _ = read(landing)
    assert [row["event_id"] for row in rows["product/events"]] == ["m1", "m2"]
    assert [row["event_type"] for row in rows["product/events"]] == ["track", "track"]
    assert [row["account_id"] for row in rows["crm/accounts"]] == ["ours"]
    assert quarantine == []


def test_an_odd_header_is_read_as_the_column_that_it_spells(landing):
    put(landing, "hubspot/companies.csv", f'{COMPANIES},"Industry"""\n1,A,2025-01-01 10:00,x\n')
    [theirs] = [row for row in read(landing)[0]["crm/accounts"] if row["account_id"] == "1"]
    assert theirs["industry"] == "x"


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
@pytest.mark.parametrize(
    "column",
    ['Customer "No"', "landed_file", "landed_line", "is_deleted", "_line", "No/1~2", "No'", "a\\"],
)
def test_a_column_may_be_called_anything(landing, column, ending):
    mapping = {"customers": {"becomes": "crm/accounts", "columns": {"account_id": column}}}
    put(landing, "erp/mapping.yml", json.dumps({"tables": mapping}))
    header = '"' + column.replace('"', '""') + '"'
    lines = {"csv": f"{header},Name\ntheirs,x\n", "jsonl": json.dumps({column: "theirs"}) + "\n"}
    put(landing, f"erp/customers.{ending}", lines[ending])
    rows, _, _ = read(landing)
    assert {row["account_id"] for row in rows["crm/accounts"]} == {"ours", "theirs"}


@pytest.mark.parametrize(
    "table", ["adapted_rows", "landing_lines", "landed_file", "raw", 'a"b', "select"]
)
def test_a_table_may_be_called_anything(landing, table):
    mapping = {table: {"becomes": "crm/accounts", "columns": {"account_id": "No"}}}
    put(landing, "erp/mapping.yml", json.dumps({"tables": mapping}))
    put(landing, f"erp/{table}.csv", "No,Name\ntheirs,x\n")
    rows, _, _ = read(landing)
    assert {row["account_id"] for row in rows["crm/accounts"]} == {"ours", "theirs"}


def test_columns_that_differ_by_capitals_only_are_named_and_all_else_goes_on(landing):
    columns = {"account_id": "No", "name": "no"}
    mapping = {"customers": {"becomes": "crm/accounts", "columns": columns}}
    put(landing, "erp/mapping.yml", json.dumps({"tables": mapping}))
    put(landing, "erp/customers.csv", "No,no\ntheirs,x\n")
    rows, _, said = read(landing)
    assert any(
        "names the columns No and no, which differ by capitals only" in text for text in said
    )
    assert {row["account_id"] for row in rows["crm/accounts"]} == {"ours"}


def test_a_column_that_is_written_in_two_ways_is_not_read_and_that_is_said(landing):
    for ending, content in {
        "csv": f"{COMPANIES},INDUSTRY,industry\n1,A,2025-01-01 10:00,x,y\n",
        "jsonl": json.dumps(
            {"Record ID": "2", "Company name": "B", "Create Date": "2025-01-01 10:00"}
            | {"INDUSTRY": "x", "industry": "y"}
        )
        + "\n",
    }.items():
        put(landing, f"hubspot/companies/1.{ending}", content)
    rows, _, said = read(landing)
    assert [text for text in said if "Industry" in text] == [
        "Not read: of hubspot/companies the columns Industry, as a file writes each in two ways "
        "and neither as hubspot/export does; leave one of the two."
    ]
    assert [row.get("industry") for row in rows["crm/accounts"]] == [None, None, None]


def test_of_two_equal_keys_of_an_object_the_last_holds_and_that_is_said(landing):
    put(landing, "seg/a.jsonl", json.dumps(CALL)[:-1] + ', "event": "last", "userId": null}\n')
    rows, _, said = read(landing)
    [event] = rows["product/events"]
    assert event["event_name"] == "last"
    assert "user_id" not in event
    assert (
        "Read: of seg/calls 1 line with a key twice in one object; the last value was taken."
    ) in said


def test_a_file_on_which_the_engine_fails_is_refused_and_all_others_are_read(landing):
    """One of two files of a table is damaged below its schema, as a broken copy leaves it."""
    for number in (1, 2):
        path = landing / "hubspot" / "companies" / f"{number}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        columns = {"Record ID": [str(number)] * 500, "Company name": ["A"] * 500}
        table = pyarrow.table({**columns, "Create Date": ["2025-01-01 10:00"] * 500})
        parquet.write_table(table, path, compression="zstd")
        if number == 2:
            content = bytearray(path.read_bytes())
            content[4:60] = b"\xff" * 56
            path.write_bytes(content)
    rows, quarantine, _ = read(landing)
    assert {row["account_id"] for row in rows["crm/accounts"]} == {"ours", "1"}
    assert [(row["file"], row["line"]) for row in quarantine] == [
        ("hubspot/companies/2.parquet", None)
    ]


def test_folders_above_the_landing_folder_and_the_warehouse_tell_no_column(tmp_path):
    """What adapters make lies beside the warehouse, and is Parquet."""
    above = tmp_path / "status=canceled"
    landing = above / "landing"
    ours = landing / "billing" / "subscriptions" / "ours.parquet"
    theirs = landing / "erp" / "subs" / "status=ended" / "theirs.parquet"
    started = "2026-01-01T00:00:00Z"
    for path, columns in {
        ours: {"subscription_id": ["s1"], "account_id": ["a"], "started_at": [started]},
        theirs: {"No": ["s2"], "A": ["a"], "D": [started]},
    }.items():
        path.parent.mkdir(parents=True)
        parquet.write_table(pyarrow.table(columns | {"status": ["active"]}), path)
    columns = {"subscription_id": "No", "account_id": "A", "started_at": "D", "status": "status"}
    mapping = {"subs": {"becomes": "billing/subscriptions", "columns": columns}}
    put(landing, "erp/mapping.yml", json.dumps({"tables": mapping}))
    with duckdb.connect(str(above / "warehouse.duckdb")) as connection:
        connection.execute("set timezone = 'UTC'")
        land(connection, TABLES, landing, MOMENT, lambda _: None)
        found = connection.execute(
            "select subscription_id, status, _extra from raw.billing_subscriptions order by all"
        ).fetchall()
    assert found == [("s1", "active", None), ("s2", "active", None)]


def test_bytes_of_a_vendor_s_parquet_file_are_texts_or_their_row_is_refused(landing):
    columns = {"Record ID": [b"1", b"2"], "Company name": ["Müller".encode(), b"M\xfcller"]}
    path = landing / "hubspot" / "companies.parquet"
    path.parent.mkdir()
    parquet.write_table(pyarrow.table(columns | {"Create Date": ["2025-01-01 10:00"] * 2}), path)
    rows, quarantine, _ = read(landing)
    assert {row["account_id"]: row.get("name") for row in rows["crm/accounts"]} == {
        "ours": None,
        "1": "Müller",
    }
    assert [(row["line"], row["reason"]) for row in quarantine] == [(2, "invalid UTF-8")]
