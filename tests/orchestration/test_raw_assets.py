"""What a landing leaves for whoever asks later what has landed."""

import json
import logging

import dagster as dg
import pytest

from orchestration.assets.raw import raw_assets, raw_tables
from orchestration.landing.landed_state import landed_state, landing_state
from orchestration.publication.places import LISTING
from orchestration.resources import resources
from orchestration.warehouse.connection import Warehouse
from tests.conftest import settings_in
from tests.conventions.manifest import manifest

SCORES = "marts.fct_account_health_daily"
AT = "2026-10-{:02}T10:00:00Z"
LANDED = {
    "crm/accounts": [{"account_id": "a", "name": "A", "created_at": AT.format(1)}],
    "crm/users": [{"user_id": "u", "email": "u@a.example", "created_at": AT.format(1)}],
    "billing/subscriptions": [
        {"subscription_id": "s", "account_id": "a", "status": "active", "started_at": AT.format(1)}
    ],
    "product/events": [
        {"event_id": f"e{n}", "event_name": "opened", "event_ts": AT.format(n), "user_id": "u"}
        for n in (1, 2, 3)
    ],
}


@pytest.fixture
def settings(tmp_path):
    for table, rows in LANDED.items():
        file = tmp_path / "landing" / table / "all.jsonl"
        file.parent.mkdir(parents=True)
        file.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return settings_in(tmp_path, tmp_path / "landing")


def landed(settings, selection=None):
    asset = raw_assets(raw_tables(manifest()))
    return dg.materialize(
        [asset], resources=resources(settings), selection=selection, raise_on_error=False
    ).success


def warned(settings):
    with dg.DagsterInstance.ephemeral() as instance:
        asset = raw_assets(raw_tables(manifest()))
        done = dg.materialize([asset], resources=resources(settings), instance=instance)
        entries = instance.all_logs(done.run_id)
    return [entry.user_message for entry in entries if entry.level >= logging.WARNING]


def test_all_that_lay_there_before_a_landing_is_noted_once_it_is_loaded(settings):
    before = landing_state(settings.landing)
    assert landed_state(settings.warehouse) is None
    assert landed(settings)
    assert landed_state(settings.warehouse) == before
    (settings.landing / "product/events/more.jsonl").write_text("{}\n")
    assert landed_state(settings.warehouse) != landing_state(settings.landing)


def test_a_landing_of_some_tables_is_not_noted(settings):
    assert landed(settings)
    before = landed_state(settings.warehouse)
    (settings.landing / "product/events/more.jsonl").write_text("{}\n")
    some = raw_tables(manifest())[0].key
    assert landed(settings, selection=dg.AssetSelection.assets(some))
    assert landed_state(settings.warehouse) == before != landing_state(settings.landing)


def test_a_landing_that_fails_is_not_noted(settings):
    for file in (settings.landing / "crm/accounts").iterdir():
        file.unlink()
    assert not landed(settings)
    assert landed_state(settings.warehouse) is None


def test_a_folder_that_is_not_read_any_more_is_said_aloud(settings):
    # A later export calls a column by another name: what it brought before stays, and gets old.
    erp = settings.landing / "erp"
    erp.mkdir()
    (erp / "invoices.csv").write_text("No;Customer No;Paid\n1;a;2026-10-01\n")
    (erp / "notes.csv").write_text("Note\nx\n")
    (erp / "mapping.yml").write_text(
        "tables:\n  invoices:\n    becomes: billing/payments\n    columns: {payment_id: No, "
        "account_id: Customer No, attempted_at: Paid}\n"
        "    constants: {status: paid, amount_minor: '5', currency: EUR}\n"
    )

    assert "Not read: erp/notes, as erp/mapping makes nothing of it." in warned(settings)
    (erp / "invoices.csv").write_text("No;Customer;Paid\n1;a;2026-10-01\n")
    (said,) = [text for text in warned(settings) if text.startswith("Not read: the folder erp")]
    assert "names the column Customer No, which erp/invoices.csv does not have" in said


def test_a_warehouse_that_does_not_know_what_is_published_is_said(settings):
    def published_of(day, rows):
        listing = {"run_id": "r", "as_of": day, "tables": {SCORES: {"rows": rows}}}
        settings.published.mkdir(exist_ok=True)
        (settings.published / LISTING).write_text(json.dumps(listing))
        return [text for text in warned(settings) if "do not know" in text]

    # A file that was lost, or put back from a backup of the eve, has not the books of that day.
    (said,) = published_of("2026-10-31", 9)
    assert said.startswith("What is published is of 2026-10-31, which the books of this warehouse")
    with Warehouse.of(settings).writing() as connection:
        connection.execute(
            "insert into raw.published_scores (account_id, score_date) "
            "values ('a', date '2026-10-31')"
        )
    assert published_of("2026-10-31", 9) == []
    assert len(published_of("2026-11-01", 9)) == 1
    # Where nobody had a score there is none to know.
    assert published_of("2026-11-01", 0) == []
