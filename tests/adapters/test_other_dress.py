"""The same export in other dress: capitals, wrapped lines, nested Parquet, former states, tests."""

import csv
import json
import shutil

import duckdb
import pytest

from orchestration.adapters.definition import FOLDER
from orchestration.adapters.golden import landed
from orchestration.adapters.our_contract import landing_tables

pytestmark = pytest.mark.exhaustive
TABLES = landing_tables()


def in_capitals(path):
    """Write the columns as Snowflake does."""
    if path.suffix == ".csv":
        header, *rows = csv.reader(path.open())
        with path.open("w", newline="") as stream:
            csv.writer(stream).writerows([[name.upper() for name in header], *rows])
        return
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    lines = [json.dumps({name.upper(): value for name, value in row.items()}) for row in rows]
    path.write_text("\n".join(lines) + "\n")


def wrapped(path):
    """Write each row as one text of JSON, as raw tables of Airbyte hold it."""
    rows = path.read_text().splitlines()
    lines = [
        json.dumps({"_AIRBYTE_RAW_ID": str(n), "_AIRBYTE_DATA": row}) for n, row in enumerate(rows)
    ]
    path.write_text("\n".join(lines) + "\n")


def wrapped_csv(path):
    """Write each row as one cell, as Airbyte writes CSV where nothing is flattened."""
    rows = path.read_text().splitlines()
    with path.with_suffix(".csv").open("w", newline="") as stream:
        lines = csv.writer(stream)
        lines.writerow(["_airbyte_ab_id", "_airbyte_emitted_at", "_airbyte_data"])
        lines.writerows([[str(n), "1780000000000", row] for n, row in enumerate(rows)])
    path.unlink()


def nested(path):
    """Write the lines as Parquet, objects and lists as its structs and lists."""
    into = path.with_suffix(".parquet")
    duckdb.execute(f"copy (from read_json('{path}', format = 'newline_delimited')) to '{into}'")
    path.unlink()


def told_nothing_in_words(path, word):
    """Write a word where nothing is, as databases and programs do that know no empty cell."""
    if path.suffix != ".csv":
        return
    header, *rows = csv.reader(path.open())
    with path.open("w", newline="") as stream:
        csv.writer(stream).writerows([header, *([cell or word for cell in row] for row in rows)])


def as_mysql(path):
    told_nothing_in_words(path, r"\N")


def as_a_query_tool(path):
    told_nothing_in_words(path, "NULL")


def as_pandas(path):
    told_nothing_in_words(path, "nan")


DRESSES = [
    ("stripe/export", as_mysql),
    ("stripe/export", as_a_query_tool),
    ("stripe/export", as_pandas),
    ("hubspot/fivetran", as_a_query_tool),
    ("hubspot/export", as_a_query_tool),
    ("salesforce/objects", as_a_query_tool),
    ("stripe/dlt", in_capitals),
    ("zendesk/fivetran", in_capitals),
    ("mixpanel/export", in_capitals),
    ("sentry/airbyte", wrapped),
    ("delighted/airbyte", wrapped_csv),
    ("upptime/issues", nested),
    ("amplitude/export", nested),
]


def told(landing):
    rows, _ = landed(landing, TABLES)
    return {
        table: sorted(
            json.dumps(
                {name: v for name, v in row.items() if name not in ("_file", "_line", "_extra")}
            )
            for row in found
        )
        for table, found in rows.items()
    }


@pytest.mark.parametrize(("name", "dress"), DRESSES)
def test_an_export_says_the_same_in_other_dress(tmp_path, name, dress):
    plain = FOLDER / name / "golden" / "in"
    landing = tmp_path / "landing"
    shutil.copytree(plain, landing)
    for path in [*landing.rglob("*.csv"), *landing.rglob("*.jsonl")]:
        if not path.parent.name.startswith("_"):
            dress(path)
    assert told(landing) == told(plain)


def test_former_states_and_lines_of_tests_and_of_others_are_left_out_and_counted(tmp_path):
    landing = tmp_path / "landing"
    shutil.copytree(FOLDER / "stripe/fivetran/golden/in", landing)
    path = landing / "stripe" / "customer.csv"
    header, *rows = csv.reader(path.open())
    copies = [[*row, "true", "true"] for row in rows]
    copies += [[f"cus_test_{n}", *row[1:], "false", "true"] for n, row in enumerate(rows)]
    copies += [[f"cus_former_{n}", *row[1:], "", "f"] for n, row in enumerate(rows)]
    copies = [[*row, ""] for row in copies]
    copies += [
        [f"cus_theirs_{n}", *row[1:], "true", "true", "acct_2"] for n, row in enumerate(rows)
    ]
    names = ["livemode", "_fivetran_active", "connected_account_id"]
    with path.open("w", newline="") as stream:
        csv.writer(stream).writerows([[*header, *names], *copies])
    said = []
    found, _ = landed(landing, TABLES, said.append)
    assert told(landing) == told(FOLDER / "stripe/fivetran/golden/in")
    assert len(found["crm/account_keys"]) == len(rows)
    assert any(f"of stripe/customer {3 * len(rows)} lines of a former state" in t for t in said)


def test_of_a_customer_that_is_delivered_again_with_another_account_the_last_one_holds(tmp_path):
    folder = tmp_path / "stripe" / "customers"
    folder.mkdir(parents=True)
    for number, account in enumerate(["A-1", "A-2"]):
        row = {"id": "cus_1", "email": "a@b.example", "delinquent": False}
        row["metadata"] = {"account_id": account}
        (folder / f"{number}.jsonl").write_text(json.dumps(row) + "\n")
    found, _ = landed(tmp_path, TABLES)
    assert [row["account_id"] for row in found["crm/account_keys"]] == ["A-2"]


def test_a_warehouse_of_segment_needs_no_column_that_never_had_a_value(tmp_path):
    (tmp_path / "segment").mkdir()
    (tmp_path / "segment" / "tracks.csv").write_text(
        "id,event,event_text,received_at,user_id\n"
        "m1,report_run,Report Run,2026-05-04 10:00:01+00:00,u1\n"
    )
    found, _ = landed(tmp_path, TABLES)
    assert [row["user_id"] for row in found["product/events"]] == ["u1"]


def test_a_ticket_that_zendesk_says_is_deleted_is_deleted(tmp_path):
    (tmp_path / "zendesk").mkdir()
    (tmp_path / "zendesk" / "ticket.csv").write_text(
        "id,organization_id,requester_id,status,created_at,via_channel\n"
        "1,501,11,deleted,2026-05-04 10:00:00+00:00,email\n"
    )
    found, _ = landed(tmp_path, TABLES)
    assert [row.get("_is_deleted") for row in found["support/tickets"]] == [True]
