"""An independent count of landing files, line by line, by the contract in the sources YAML.

It shares no code with the generator. What a rule of the contract says in SQL is said again here
in Python, by the reason it gives.
"""

import csv
import gzip
import json
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import yaml

STAGING = Path(__file__).parents[2] / "dbt_project" / "models" / "staging"
REJECTED = {
    "billing/subscriptions": ("ended_at", "started_at"),
    "billing/subscription_items": ("valid_to", "valid_from"),
    "support/tickets": ("solved_at", "created_at"),
    "crm/account_users": ("valid_to", "valid_from"),
}


def contracts() -> dict[str, dict[str, Any]]:
    """Return the contract of every source table, keyed ``system/name``."""
    found = {}
    for path in sorted(STAGING.glob("*/_*__sources.yml")):
        for source in yaml.safe_load(path.read_text())["sources"]:
            for table in source["tables"]:
                found[f"{source['name']}/{table['name']}"] = table
    return found


def moment(value: Any) -> datetime:
    """Return a timestamp without zone; ValueError if it is none."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if str(value).isdigit():
        return datetime(1970, 1, 1) + timedelta(seconds=int(value))
    return datetime.fromisoformat(str(value)).replace(tzinfo=None)


def truth_value(value: Any) -> bool:
    """Return a boolean; ValueError if it is none."""
    if str(value).lower() not in ("true", "false"):
        raise ValueError(value)
    return str(value).lower() == "true"


CASTS = {
    "varchar": lambda value: value,
    "json": lambda value: value,
    "double": float,
    "integer": int,
    "bigint": int,
    "boolean": truth_value,
    "timestamp": moment,
    "date": lambda value: date.fromisoformat(str(value)),
}


def lines_of(path: Path) -> list[bytes]:
    """Return the non-blank lines of a text file."""
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    if path.suffix == ".zst":
        data = pa.CompressedInputStream(pa.BufferReader(data), "zstd").read()
    return [line for line in data.split(b"\n") if line.strip()]


def parsed(path: Path) -> list[dict[str, Any] | str]:
    """Return each line of a file as a row, or as the kind of its damage."""
    if path.suffix == ".parquet":
        return pq.read_table(path).to_pylist()
    lines = lines_of(path)
    if ".csv" not in path.name:
        return [from_json(line) for line in lines]
    header = next(csv.reader([lines[0].decode()]))
    return [from_csv(line, header) for line in lines[1:]]


def from_json(line: bytes) -> dict[str, Any] | str:
    """Return the object of a line or what is wrong with it."""
    try:
        value = json.loads(line.decode())
    except UnicodeDecodeError:
        return "invalid_utf8"
    except json.JSONDecodeError:
        return "truncated"
    return value if isinstance(value, dict) else "not_an_object"


def from_csv(line: bytes, header: list[str]) -> dict[str, Any] | str:
    """Return the fields of a line or what is wrong with it."""
    try:
        fields = next(csv.reader([line.decode()]))
    except UnicodeDecodeError:
        return "invalid_utf8"
    if len(fields) != len(header):
        return "too_few_fields" if len(fields) < len(header) else "too_many_fields"
    return {name: field or None for name, field in zip(header, fields, strict=True)}


def broken_rule(table: str, row: dict[str, Any]) -> str | None:
    """Return the contract's rule that a cast row breaks."""
    if table == "product/events":
        if row["event_ts"] < datetime(2000, 1, 1):
            return "before_2000"
        if row["event_ts"] > row["received_at"] + timedelta(hours=24):
            return "future_stamp"
        return "no_person" if not row.get("user_id") and not row.get("anonymous_id") else None
    if table == "surveys/responses" and row.get("score") is not None:
        high = {"nps": 10, "csat": 5, "ces": 7}[row["survey_type"]]
        low = 0 if row["survey_type"] == "nps" else 1
        return None if low <= row["score"] <= high else "score_outside_scale"
    for name, column, is_broken in (
        ("product/performance_logs", "value_ms", lambda v: v < 0),
        ("billing/subscription_items", "quantity", lambda v: v < 0),
        ("billing/subscription_items", "unit_amount_minor", lambda v: v < 0),
        ("billing/fx_rates", "rate", lambda v: v <= 0),
        ("crm/csm_sentiment", "value", lambda v: not 1 <= v <= 5),
    ):
        if table == name and is_broken(row[column]):
            return RULE_KINDS[column]
    return None


RULE_KINDS = {
    "value_ms": "value_negative",
    "quantity": "quantity_negative",
    "unit_amount_minor": "unit_amount_negative",
    "rate": "rate_not_above_zero",
    "value": "value_outside_scale",
}


class Recount:
    """The counts of one table as this module finds them."""

    def __init__(self, table: str, contract: dict[str, Any], files: list[Path]) -> None:
        self.table, self.contract = table, contract
        self.types = {c["name"]: c["data_type"] for c in contract["columns"]}
        self.required = [
            c["name"]
            for c in contract["columns"]
            if c.get("config", {}).get("meta", {}).get("required")
        ]
        self.lines, self.duplicates, self.unknown, self.rejected = 0, 0, 0, 0
        self.quarantined: Counter[str] = Counter()
        self.warnings: Counter[str] = Counter()
        self.kept: list[dict[str, Any]] = []
        self.seen: set[tuple] = set()
        for path in files:
            for row in parsed(path):
                self.lines += 1
                self._take(row)

    def _take(self, row: dict[str, Any] | str) -> None:
        kind = row if isinstance(row, str) else self._problem(row)
        if kind:
            self.quarantined[kind] += 1
            return
        self.unknown += any(name not in self.types for name in row)
        self.warnings.update(self.unreadable)
        last, first = REJECTED.get(self.table, (None, None))
        if last and self.row.get(last) and self.row[last] < self.row[first]:
            self.rejected += 1
            return
        identity = self.contract["config"]["meta"]["identity"]
        key = tuple(self.row.get(name) for name in identity)
        if key in self.seen:
            self.duplicates += 1
        else:
            self.seen.add(key)
            self.kept.append(self.row)

    def _problem(self, row: dict[str, Any]) -> str | None:
        self.row, self.unreadable = dict(row), []
        if any(row.get(name) is None for name in self.required):
            return "missing_required"
        for name, kind in self.types.items():
            if row.get(name) is not None:
                try:
                    self.row[name] = CASTS[kind](row[name])
                except ValueError:
                    if name in self.required:
                        return "wrong_type"
                    self.unreadable.append(name)
                    self.row[name] = None
        return broken_rule(self.table, self.row)
