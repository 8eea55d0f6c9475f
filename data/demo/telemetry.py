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
SEVERITIES = ("fatal", "error", "error", "error", "error", "warning")
STATUS = np.array((0, 0, 503, 504, 0, 0))
LATENCY_SHARE = 0.15
DUPLICATE_SHARE = 0.005
ERROR_RECIPE = Recipe(
    "error_id",
    "occurred_at",
    ("occurred_at", "n/a"),
    "message",
    warnings={"http_status": "five hundred"},
)


def write_week(
    world: World, landing: Landing, week: int, events: Columns, rng: np.random.Generator
) -> None:
    """Write the errors and the latency samples of a week."""
    slow = world.journey.weekly["latency"][week][events["account"]]
    is_shown = events["name"] == world.mix.index("error_shown")
    chance = np.minimum(0.022 * np.exp(0.6 * slow) + 0.5 * is_shown, 1)
    errors = _errors(world, week, _picked(events, rng.random(len(slow)) < chance), rng)
    _write_errors(world, landing, week, errors, rng)
    sampled = rng.random(len(slow)) < LATENCY_SHARE
    samples = _samples(world, week, _picked(events, sampled), slow[sampled], rng)
    _write_samples(world, landing, week, samples, rng)


def _picked(events: Columns, hit: np.ndarray) -> Columns:
    return {name: values[hit] for name, values in events.items()}


def _who(world: World, events: Columns) -> dict[str, pa.Array]:
    """Return the columns that both logs take over from events."""
    user = np.where(events["user"] < 0, len(world.people.home), events["user"])
    return {
        "account_id": world.company.words.pick(events["account"]),
        "user_id": world.people.words.pick(user),
        "session_id": hexadecimal(events["session"]),
        "feature_id": chosen(events["name"], world.mix.features),
    }


def _errors(world: World, week: int, events: Columns, rng: np.random.Generator) -> pa.Table:
    """Return the error log; in every eighth message somebody's address has slipped in."""
    count = len(events["ts"])
    kind = rng.choice(6, count, p=(0.05, 0.30, 0.25, 0.15, 0.05, 0.20))
    places = [feature or "shell" for feature in world.mix.features]
    prints = [f"{error}:{place}" for error in ERROR_TYPES for place in places]
    slips = (" for tara.haas@example.com", *[""] * 7)
    messages = [f"{error} while loading{slip}" for error in ERROR_TYPES for slip in slips]
    same = np.zeros(count, np.int32)
    columns = {
        "error_id": hexadecimal(*rng.integers(0, 2**63, (2, count), dtype=np.uint64)),
        "occurred_at": iso(np.minimum(events["ts"] + 300, world.horizon.end - 1)),
        **_who(world, events),
        "error_type": chosen(kind, ERROR_TYPES),
        "severity": chosen(kind, SEVERITIES),
        "fingerprint": chosen(kind * len(places) + events["name"], prints),
        "http_status": pa.array(STATUS[kind], pa.int32(), mask=STATUS[kind] == 0),
        "is_user_visible": pa.array(rng.random(count) < 0.8),
        "message": chosen(kind * 8 + events["variant"] % 8, messages),
        "app_version": chosen(same, [f"5.{week // 2}.0"]),
        "release": chosen(same, [f"rel_{week // 2 + 1:03d}"]),
    }
    return pa.table(columns)


def _write_errors(
    world: World, landing: Landing, week: int, errors: pa.Table, rng: np.random.Generator
) -> None:
    """Write the errors of a week, some of them twice."""
    again = rng.random(len(errors)) < DUPLICATE_SHARE
    again[:1] = True
    landing.count(ERRORS).duplicates += int(again.sum())
    table = pa.concat_tables([errors, errors.filter(pa.array(again))])
    stem = world.horizon.date_of(7 * week).isoformat()
    if world.size.format == "parquet":
        landing.parquet(ERRORS, f"{stem}.parquet", table)
    else:
        landing.json_table(ERRORS, f"{stem}.jsonl.gz", table, ERROR_RECIPE, rng)


def _samples(
    world: World, week: int, events: Columns, slow: np.ndarray, rng: np.random.Generator
) -> dict[str, pa.Array | np.ndarray]:
    """Return the columns of latency samples; slow shards take longer and fail more."""
    count, routes = len(slow), [f"/{feature or 'home'}" for feature in world.mix.features]
    metric = rng.integers(0, 6, count)
    value = MEDIANS[metric] * np.exp(0.35 * slow + rng.normal(0, 0.45, count))
    return {
        "perf_id": hexadecimal(*rng.integers(0, 2**63, (2, count), dtype=np.uint64)),
        "measured_at": pa.array(events["ts"]).cast(pa.timestamp("ms")),
        **_who(world, events),
        "route": chosen(events["name"], routes),
        "metric": chosen(metric, METRICS),
        "value_ms": np.round(value),
        "success": pa.array(rng.random(count) > 0.01 * np.exp(0.5 * slow)),
        "sample_rate": pa.array(np.full(count, LATENCY_SHARE)),
        "device_type": chosen(events["device"], [device[1] for device in DEVICES]),
        "country": chosen(world.company.zone[events["account"]], COUNTRIES),
    }


def _write_samples(
    world: World, landing: Landing, week: int, samples: dict, rng: np.random.Generator
) -> None:
    """Write the samples of a week, two of them with a negative duration."""
    value = samples["value_ms"]
    bad = rng.choice(len(value), min(2, len(value)), replace=False)
    value[bad] = -1.0
    landing.count(LATENCY).quarantined["value_negative"] += len(bad)
    # Before the middle of the history the exporter wrote whole milliseconds.
    is_whole = week < world.horizon.weeks // 2
    samples["value_ms"] = pa.array(value).cast(pa.int64() if is_whole else pa.float64())
    stem = world.horizon.date_of(7 * week).isoformat()
    landing.parquet(LATENCY, f"{stem}.parquet", pa.table(samples))
