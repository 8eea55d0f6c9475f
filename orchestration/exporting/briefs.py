"""A brief of each account for programs: one line of JSON an account, and the schema beside it.

``briefs/accounts.jsonl`` and ``briefs/schema.json`` below the reports of the day. A line holds what
the page of the account says: the score with its parts, which sum to it, and the causes of each of
its changes, which sum to that. What is missing is null, never zero. A field that is new raises the
second number of ``schema_version``, one that goes or changes its meaning the first.
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from orchestration.warehouse.atomic_write import write_atomically

SCHEMA_VERSION = "1.0"
FOLDER = "briefs"
LINES = "accounts.jsonl"
SCHEMA = "schema.json"
OVERVIEW = "reports.rpt_account_overview"
# Part of the brief, and the columns of the overview that it holds.
GROUPS = {
    "account": ("account_id", "account_name", "plan", "industry", "country", "size_band", "csm_id"),
    "health": (
        *("health_score", "band", "score_status", "confidence", "confidence_level", "coverage"),
        *("base_score", "override_effect", "main_reason", "percentile_among_peers", "peer_count"),
        "lifecycle_stage",
    ),
    "dates": ("renewal_date", "last_active_date", "scorable_on"),
    "business": (
        *("mrr", "seat_count", "mau", "days_since_last_activity", "open_ticket_count"),
        "is_cancelling",
    ),
}
COMPONENTS = (
    *("component", "pillar", "label", "unit", "status", "metric_value", "component_score"),
    *("nominal_weight", "effective_weight", "points", "points_lost", "loss_rank"),
    *("percentile_among_peers", "is_imputed", "measured_on", "action_hint"),
)
CHANGES = (
    "horizon_days",
    "compared_date",
    "band_then",
    "band",
    "score_then",
    "score_now",
    "change",
)
CAUSES = ("cause", "component", "label", "unit", "effect", "value_then", "value_now")
CAPS = ("override_rule", "label", "condition_value", "cap", "effect", "is_counting", "held_since")
ACTIONS = (
    *("play", "status", "status_reason", "title", "reason", "evidence", "discovery_question"),
    *("steps", "owner", "due_date", "queue_rank"),
)
# How many of the largest losses are told as reasons.
REASONS = 3


def write_briefs(
    connection: duckdb.DuckDBPyConnection, as_of: date, run_id: str, reports: Path
) -> int:
    """Write the briefs of all accounts of the published database; return how many there are."""
    folder = reports / as_of.isoformat() / FOLDER
    lines = [_line(brief) for brief in briefs(connection, as_of, run_id)]
    with write_atomically(folder / SCHEMA) as unfinished:
        unfinished.write_text(json.dumps(schema(), indent=1, ensure_ascii=False) + "\n", "utf-8")
    with write_atomically(folder / LINES) as unfinished:
        unfinished.write_text("".join(lines), "utf-8")
    return len(lines)


def briefs(
    connection: duckdb.DuckDBPyConnection, as_of: date, run_id: str
) -> Iterator[dict[str, Any]]:
    """Make the brief of each account, sorted by account."""
    components = _by_account(connection, "reports.rpt_account_components", COMPONENTS)
    causes = _by_account(
        connection, "reports.rpt_account_change_causes", [*CHANGES, *CAUSES, "reason_rank"]
    )
    caps = _by_account(connection, "reports.rpt_overrides", CAPS)
    actions = _by_account(
        connection, "marts.fct_recommended_actions", ACTIONS, f"action_date = date '{as_of}'"
    )
    columns = [column for group in GROUPS.values() for column in group]
    for row in _rows(connection, OVERVIEW, columns) or ():
        account = row["account_id"]
        parts = components.get(account, []) if components is not None else None
        yield {
            "schema_version": SCHEMA_VERSION,
            "as_of": as_of.isoformat(),
            "run_id": run_id,
            **{name: {c: row[c] for c in group} for name, group in GROUPS.items()},
            "reasons": parts and _reasons(parts),
            "components": parts,
            "changes": causes and _changes(causes.get(account, [])),
            "caps": caps if caps is None else caps.get(account, []),
            "recommended_actions": actions if actions is None else actions.get(account, []),
        }


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a line."""

    def one_of(names: Sequence[str], **more: Any) -> dict[str, Any]:
        any_value = {"type": ["string", "number", "boolean", "null"]}
        properties = {**dict.fromkeys(names, any_value), **more}
        return {"type": "object", "properties": properties, "required": [*properties]}

    def many(names: Sequence[str], said: str, **more: Any) -> dict[str, Any]:
        return {"type": ["array", "null"], "description": said, "items": one_of(names, **more)}

    text = {"type": "string"}
    properties = {
        "schema_version": {"const": SCHEMA_VERSION},
        "as_of": {"type": "string", "format": "date", "description": "Day that it is about."},
        "run_id": {"type": "string", "description": "Run that published it."},
        **{name: one_of(group) for name, group in GROUPS.items()},
        "reasons": {
            "type": ["array", "null"],
            "description": "Labels of the components that lose most points, the worst first.",
            "items": text,
        },
        "components": many(
            COMPONENTS,
            "Their points, with what a cap takes, sum to health_score; null where not published.",
        ),
        "changes": many(
            CHANGES,
            "Of the score, against each earlier day.",
            causes=many(CAUSES, "Their effects sum to the change."),
        ),
        "caps": many(CAPS, "Rules that hold the score down; override_effect is what they take."),
        "recommended_actions": many(ACTIONS, "What to do; null where no such table is published."),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Account brief",
        "type": "object",
        "properties": properties,
        "required": [*properties],
        "additionalProperties": False,
    }


def _reasons(parts: Sequence[Mapping[str, Any]]) -> list[str]:
    losing = [part for part in parts if (part["points_lost"] or 0) > 0]
    losing.sort(key=lambda part: (-part["points_lost"], part["component"]))
    return [part["label"] for part in losing[:REASONS]]


def _changes(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    found: dict[Any, dict[str, Any]] = {}
    for row in rows:
        change = found.setdefault(
            row["horizon_days"], {**{name: row[name] for name in CHANGES}, "causes": []}
        )
        # The row for the whole change is the change itself.
        if row["cause"] != "all":
            change["causes"].append({name: row[name] for name in CAUSES})
    for change in found.values():
        change["causes"].sort(key=lambda c: (-abs(c["effect"] or 0), c["cause"], c["component"]))
    return [found[horizon] for horizon in sorted(found)]


def _by_account(
    connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str], where: str = "true"
) -> dict[str, list[dict[str, Any]]] | None:
    rows = _rows(connection, table, ["account_id", *columns], where)
    if rows is None:
        return None
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row.pop("account_id"), []).append(row)
    return found


def _rows(
    connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str], where: str = "true"
) -> list[dict[str, Any]] | None:
    """Return the rows of a table by account; None where it is not published."""
    try:
        there = {name for name, *_ in connection.execute(f"describe {table}").fetchall()}
    except duckdb.CatalogException:
        return None
    shown = ", ".join(c if c in there else f"null as {c}" for c in columns)
    rows = connection.execute(f"select {shown} from {table} where {where} order by all").fetchall()
    found = [
        {name: _plain(value) for name, value in zip(columns, row, strict=True)} for row in rows
    ]
    return sorted(found, key=lambda row: str(row["account_id"]))


def _plain(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


def _line(brief: Mapping[str, Any]) -> str:
    # As ASCII, so that no sign in a name ends a line or turns the direction of reading.
    return json.dumps(brief, ensure_ascii=True, allow_nan=False, separators=(",", ":")) + "\n"
