"""A publication that holds an outbox and nothing else, for a notifier to tell."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from orchestration.settings.environment import Settings
from orchestration.warehouse.connection import Warehouse

AS_OF = date(2026, 10, 31)
COLUMNS = {
    "event_id": "varchar",
    "alert_id": "varchar",
    "rule": "varchar",
    "channel": "varchar",
    "audience": "varchar",
    "form": "varchar",
    "delivery_state": "varchar",
    "event": "varchar",
    "severity": "varchar",
    "entity_id": "varchar",
    "entity_name": "varchar",
    "label": "varchar",
    "unit": "varchar",
    "runbook": "varchar",
    "decision_reason": "varchar",
    "is_late": "boolean",
    "observed_value": "double",
    "mrr": "decimal(18,2)",
    "opened_on": "date",
    "event_date": "date",
}


def settings_of(folder: Path) -> Settings:
    """Return settings with everything in a folder."""
    return Settings(
        landing=folder / "landing",
        warehouse=folder / "warehouse" / "warehouse.duckdb",
        reports=folder / "reports",
        published=folder / "published",
        memory_limit="300MB",
        threads=1,
    )


def row(number: int, **told: Any) -> dict[str, Any]:
    """Return an event that opened an alert by mail, with what is told of it in its place."""
    return {
        "event_id": f"event{number}",
        "alert_id": f"alert{number}",
        "rule": "account_silent",
        "channel": "mail",
        "audience": "csm_1",
        "form": "single",
        "delivery_state": "pending",
        "event": "opened",
        "severity": "warning",
        "entity_id": f"acc_{number}",
        "entity_name": f"Company {number}",
        "label": "has gone silent",
        "unit": "days",
        "runbook": "Ask the champion",
        "decision_reason": None,
        "is_late": False,
        "observed_value": 14.0,
        "mrr": 100,
        "opened_on": AS_OF,
        "event_date": AS_OF,
        **told,
    }


def publish(settings: Settings, rows: Iterable[dict[str, Any]]) -> None:
    """Publish an outbox with these rows."""
    settings.published.mkdir(parents=True, exist_ok=True)
    database = settings.published / "customer_health.duckdb"
    database.unlink(missing_ok=True)
    with duckdb.connect(str(database)) as connection:
        columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
        connection.execute(f"create schema marts; create table marts.fct_alert_outbox ({columns})")
        places = ", ".join("?" for _ in COLUMNS)
        for one in rows:
            values = [one[name] for name in COLUMNS]
            connection.execute(f"insert into marts.fct_alert_outbox values ({places})", values)
    listing = {"run_id": "run", "as_of": str(AS_OF), "tables": {"marts.fct_alert_outbox": {}}}
    (settings.published / "manifest.json").write_text(json.dumps(listing))


def book_of(settings: Settings, what: str = "event_id, state, mode") -> list[tuple]:
    """Return the lines of the book, in their order."""
    with Warehouse.of(settings).reading() as connection:
        return connection.execute(
            f"select {what} from raw.alert_deliveries order by line_number"
        ).fetchall()
