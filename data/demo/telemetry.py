"""Errors and latency: samples of what happened while people worked.

What is here: error logs and latency samples drawn from the events of a week. What is not here:
sampling of machines that nobody used.
"""

import numpy as np
import pyarrow as pa

from data.demo.company import COUNTRIES
from data.demo.damage import Recipe
from data.demo.delivery import Columns
from data.demo.landing import Landing
from data.demo.mix import DEVICES
from data.demo.text import chosen, hexadecimal, iso
from data.demo.usage import World

ERRORS, LATENCY = "product/error_logs", "product/performance_logs"
ERROR_TYPES = ("crash", "exception", "http_5xx", "timeout", "failed_transaction", "validation")
METRICS = ("page_load", "api_latency", "lcp", "inp", "ttfb", "query")
MEDIANS = np.array((900.0, 180.0, 1200.0, 90.0, 240.0, 350.0))
LATENCY_SHARE = 0.15
ERROR_RECIPE = Recipe("error_id", "occurred_at", ("occurred_at", "n/a"), "message",
                      warnings={"http_status": "five hundred"})  # fmt: skip


def write_week(world: World, landing: Landing, week: int, events: Columns, rng) -> None:
    """Write the errors and the latency samples of a week."""
    slow = world.journey.weekly["latency"][week][events["account"]]
    broken = (events["name"] == world.mix.index("error_shown")).astype(float)
    _errors(world, landing, week, events, rng, 0.022 * np.exp(0.6 * slow) + 0.5 * broken)
    _latency(world, landing, week, events, rng, slow)


def _errors(world: World, landing: Landing, week: int, events: Columns, rng, chance) -> None:
    hit = np.flatnonzero(rng.random(len(chance)) < np.minimum(chance, 1))
    e = {name: values[hit] for name, values in events.items()}
    count, people = len(hit), world.people
    kind = rng.choice(6, count, p=(0.05, 0.30, 0.25, 0.15, 0.05, 0.20))
    identity = hexadecimal(*rng.integers(0, 2**63, (2, count), dtype=np.uint64))
    status = np.where(kind == 2, 503, np.where(kind == 3, 504, 0))
    features = [name or "shell" for name in world.mix.features]
    columns = {
        "error_id": identity, "occurred_at": iso(np.minimum(e["ts"] + 300, world.horizon.end - 1)),
        "account_id": chosen(e["account"], world.company.ids),
        "user_id": chosen(np.where(e["user"] < 0, len(people.home), e["user"]),
                          [*people.ids, None]),
        "session_id": hexadecimal(e["session"]),
        "feature_id": chosen(e["name"], world.mix.features),
        "error_type": chosen(kind, ERROR_TYPES),
        "severity": chosen(kind, ("fatal", "error", "error", "error", "error", "warning")),
        "fingerprint": chosen(kind * 32 + e["name"], [
            f"{t}:{features[n] if n < len(features) else 'shell'}"
            for t in ERROR_TYPES for n in range(32)]),
        "http_status": pa.array(status, pa.int32(), mask=status == 0),
        "is_user_visible": pa.array(rng.random(count) < 0.8),
        "message": chosen(kind * 8 + e["variant"] % 8, [
            f"{t} while loading" + (" for tara.haas@example.com" if v == 0 else "")
            for t in ERROR_TYPES for v in range(8)]),
        "app_version": chosen(np.zeros(count, int), [f"5.{week // 2}.0"]),
        "release": chosen(np.zeros(count, int), [f"rel_{week // 2 + 1:03d}"]),
    }  # fmt: skip
    again = rng.random(count) < 0.005
    again[: min(1, count)] = True
    table = pa.table(columns)
    table = pa.concat_tables([table, table.filter(pa.array(again))])
    landing.count(ERRORS).duplicates += int(again.sum())
    stem = world.horizon.date_of(7 * week).isoformat()
    if world.size.format == "parquet":
        landing.parquet(ERRORS, f"{stem}.parquet", table)
    else:
        landing.rows(ERRORS, f"{stem}.jsonl.gz", table.to_pydict(), ERROR_RECIPE, rng)


def _latency(world: World, landing: Landing, week: int, events: Columns, rng, slow) -> None:
    hit = np.flatnonzero(rng.random(len(slow)) < LATENCY_SHARE)
    e = {name: values[hit] for name, values in events.items()}
    count = len(hit)
    metric = rng.integers(0, 6, count)
    value = MEDIANS[metric] * np.exp(0.35 * slow[hit] + rng.normal(0, 0.45, count))
    bad = rng.choice(count, 2, replace=False) if count > 20 else np.zeros(0, np.int64)
    value[bad] = -1.0
    landing.count(LATENCY).quarantined["value_negative"] += len(bad)
    people, mix = world.people, world.mix
    # Before the middle of the history the exporter wrote whole milliseconds.
    whole = week < world.horizon.weeks // 2
    routes = [f"/{name or 'home'}" for name in mix.features]
    table = pa.table({
        "perf_id": hexadecimal(*rng.integers(0, 2**63, (2, count), dtype=np.uint64)),
        "measured_at": pa.array(e["ts"]).cast(pa.timestamp("ms")),
        "account_id": chosen(e["account"], world.company.ids),
        "user_id": chosen(np.where(e["user"] < 0, len(people.home), e["user"]),
                          [*people.ids, None]),
        "session_id": hexadecimal(e["session"]),
        "route": chosen(e["name"], routes), "feature_id": chosen(e["name"], mix.features),
        "metric": chosen(metric, METRICS),
        "value_ms": pa.array(np.round(value)).cast(pa.int64() if whole else pa.float64()),
        "success": pa.array(rng.random(count) > 0.01 * np.exp(0.5 * slow[hit])),
        "sample_rate": pa.array(np.full(count, LATENCY_SHARE)),
        "device_type": chosen(e["device"], [device[1] for device in DEVICES]),
        "country": chosen(world.company.zone[e["account"]], COUNTRIES),
    })  # fmt: skip
    landing.parquet(LATENCY, f"{world.horizon.date_of(7 * week).isoformat()}.parquet", table)
