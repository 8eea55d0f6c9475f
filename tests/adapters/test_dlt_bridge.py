import json
import sqlite3
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import dlt
import pytest
from dlt.destinations import filesystem
from dlt.sources.rest_api import rest_api_source
from dlt.sources.sql_database import sql_database

from orchestration.adapters.golden import landed
from orchestration.adapters.our_contract import landing_tables

SUBSCRIPTIONS = [
    {"id": "sub_1", "customer": "cus_1", "status": "active", "created": 1768035600,
     "items": {"data": [{"id": "si_1", "quantity": 2, "created": 1768035600, "price": {
         "id": "price_1", "product": "prod_1", "unit_amount": 1900, "currency": "eur",
         "recurring": {"interval": "month", "interval_count": 1}}}]}},
    {"id": "sub_2", "customer": "cus_2", "status": "canceled", "created": 1768035600,
     "ended_at": 1780272000, "items": {"data": []}},
]  # fmt: skip


class Api(BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps({"data": SUBSCRIPTIONS}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def api():
    server = HTTPServer(("127.0.0.1", 0), Api)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def pipeline(tmp_path, dataset):
    return dlt.pipeline(
        pipeline_name=dataset,
        pipelines_dir=str(tmp_path / "dlt"),
        destination=filesystem(bucket_url=(tmp_path / "landing").as_uri()),
        dataset_name=dataset,
    )


def test_what_dlt_brings_from_an_api_into_the_landing_folder_is_read_with_its_children(
    tmp_path, api, monkeypatch
):
    monkeypatch.setenv("RUNTIME__DLTHUB_TELEMETRY", "false")
    resource = {
        "name": "subscription", "primary_key": "id", "write_disposition": "merge",
        "endpoint": {"path": "subscriptions", "data_selector": "data", "paginator": "single_page"},
    }  # fmt: skip
    source = {"client": {"base_url": api}, "resources": [resource]}
    for _ in range(2):
        pipeline(tmp_path, "stripe").run(rest_api_source(source), loader_file_format="jsonl")
    said = []
    rows, quarantine = landed(tmp_path / "landing", landing_tables(), said.append)
    assert quarantine == []
    assert not [text for text in said if "Not read" in text or "no source table" in text], said
    # Merge appends to plain files, so what came twice is there twice, and is one thing.
    told = {(row["subscription_id"], row["status"]) for row in rows["billing/subscriptions"]}
    assert told == {("sub_1", "active"), ("sub_2", "canceled")}
    (item,) = {row["subscription_item_id"] for row in rows["billing/subscription_items"]}
    assert item == "si_1"
    first = rows["billing/subscription_items"][0]
    assert (first["unit_amount_minor"], first["quantity"], first["currency"]) == (1900, 2, "EUR")
    assert first["_file"].startswith("stripe/subscription__items__data/")


def test_what_dlt_brings_from_a_database_under_our_names_lies_where_ours_lies(
    tmp_path, monkeypatch
):
    monkeypatch.setenv("RUNTIME__DLTHUB_TELEMETRY", "false")
    database = tmp_path / "crm.sqlite"
    with sqlite3.connect(database) as connection:
        connection.execute("create table accounts (account_id text primary key, name text)")
        connection.execute("insert into accounts values ('A-1', 'Acme'), ('A-2', null)")
    source = sql_database(f"sqlite:///{database}", table_names=["accounts"])
    pipeline(tmp_path, "crm").run(source, loader_file_format="parquet")
    said = []
    rows, quarantine = landed(tmp_path / "landing", landing_tables(), said.append)
    assert quarantine == []
    assert not [text for text in said if "no source table" in text], said
    assert [(row["account_id"], row.get("name")) for row in rows["crm/accounts"]] == [
        ("A-1", "Acme"),
        ("A-2", None),
    ]
