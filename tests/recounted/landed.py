"""What landed of the invented company, as rows, and who was a customer when, by the files alone."""

import json
from datetime import date, datetime
from typing import Any

from tests.conftest import Company
from tests.demo.recount import Recount, contracts

OPEN = date.max


def landed(company: Company, table: str) -> list[dict[str, Any]]:
    """Return the rows of ``system/name`` that are good, each once."""
    dirt = json.loads((company.truth / "truth_dirt.json").read_text())
    left_out = {row["file"] for kind in ("refused_files", "replayed_files") for row in dirt[kind]}
    files = [
        path
        for path in sorted((company.landing / table).iterdir())
        if str(path.relative_to(company.landing)) not in left_out
    ]
    return Recount(table, contracts()[table], files).kept


def day_of(moment: datetime | None, otherwise: date = OPEN) -> date:
    """Return the day of a moment; of none another one."""
    return otherwise if moment is None else moment.date()


def subscriptions(company: Company) -> list[dict[str, Any]]:
    """Return the subscriptions of customers, with the first day and the first day after."""
    own = {
        row["account_id"]
        for row in landed(company, "crm/accounts")
        if row.get("account_type") in ("internal", "test")
    }
    return [
        {
            "subscription": row["subscription_id"],
            "account": row["account_id"],
            "first": day_of(row["started_at"]),
            "end": day_of(row.get("ended_at")),
            "paid_from": day_of(row.get("trial_end"), date.min),
        }
        for row in landed(company, "billing/subscriptions")
        if row["account_id"] not in own
    ]


def published(connection: Any, metrics: list[str]) -> dict[tuple[str, date], float]:
    """Return what was published of all customers, by metric and day, where there is a value."""
    return {
        (metric, day): float(value)
        for metric, day, value in connection.execute(
            "select metric, metric_date, metric_value from marts.fct_metrics_daily "
            "where dimension = 'all' and metric_value is not null and list_contains(?, metric)",
            [metrics],
        ).fetchall()
    }
