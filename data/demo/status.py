"""The status page: components, who depends on them, incidents and maintenance.

What is here: incidents as they were announced, overlapping ones and an open one included. What
is not here: their effect on customers (``journey.py``) or latency (``telemetry.py``).
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from data.demo.company import SHARDS, Company
from data.demo.damage import Recipe
from data.demo.effects import BROKEN_FEATURE, BROKEN_PLATFORM
from data.demo.horizon import DAY_MS, HOUR_MS, Horizon
from data.demo.journey import Journey
from data.demo.landing import Landing
from data.demo.streams import Streams
from data.demo.text import moments

COMPONENTS = (
    ("web-app", "Web application", "application", "high"),
    ("api", "API", "application", "high"),
    ("mobile-apps", "Mobile applications", "application", "medium"),
    ("exports", "Exports", "application", "medium"),
    *((f"shard-{n}", f"Database shard {n}", "storage", "high") for n in range(1, SHARDS + 1)),
)

DEGRADED = "degraded_performance"
MINUTE_MS = 60_000
TIMES = ("_at", "_ts")
Row = dict[str, Any]
RECIPE = Recipe(
    "incident_id",
    "incident_id",
    ("started_at", "this morning"),
    "name",
    warnings={"is_planned": "maybe"},
)


class Incident(NamedTuple):
    """One story on the page: when it begins, its length in milliseconds, what it touches."""

    name: str
    impact: str
    start: int
    length: int
    touched: dict[str, str]
    is_planned: bool = False


def told(horizon: Horizon, journey: Journey, rng: np.random.Generator) -> Iterator[Incident]:
    """Yield the incidents week by week; the last one is open when the history ends."""
    for week in range(horizon.weeks):
        first = int(horizon.instant(7 * week))
        for shard in np.flatnonzero(journey.slow[week]):
            yield from _slow_shard(f"shard-{shard + 1}", first, rng)
        if journey.broken[week] and not journey.broken[week - 1]:
            name = f"{BROKEN_FEATURE.title()} fail on {BROKEN_PLATFORM}"
            length = int(journey.broken.sum()) * 7 * DAY_MS
            yield Incident(name, "major", first + 9 * HOUR_MS, length, {"exports": DEGRADED})
        if rng.random() < 0.5:
            where = ("web-app", "api", "mobile-apps")[int(rng.integers(3))]
            start = first + int(rng.integers(0, 160)) * HOUR_MS
            length = int(rng.integers(10, 150)) * MINUTE_MS
            touched = {where: "partial_outage"}
            yield Incident(f"Errors in {where}", "major", start, length, touched)
        if week % 4 == 2:
            touched = dict.fromkeys(("web-app", "api"), "under_maintenance")
            night = first + 2 * HOUR_MS
            yield Incident("Planned maintenance", "maintenance", night, 2 * HOUR_MS, touched, True)
    late, long = horizon.end - 7 * HOUR_MS, 30 * HOUR_MS
    yield Incident("Delayed notifications", "minor", late, long, {"mobile-apps": DEGRADED})


def _slow_shard(shard: str, first: int, rng: np.random.Generator) -> Iterator[Incident]:
    """Yield days of slowness, and an outage of hours in the midst of them."""
    begin = first + int(rng.integers(0, 20)) * HOUR_MS
    yield Incident(f"Slow queries on {shard}", "minor", begin, 6 * DAY_MS, {shard: DEGRADED})
    outage = begin + int(rng.integers(10, 60)) * HOUR_MS
    touched = {shard: "major_outage", "api": "partial_outage"}
    length = int(rng.integers(30, 300)) * MINUTE_MS
    yield Incident(f"{shard} unreachable", "critical", outage, length, touched)


def _line(number: int, incident: Incident, end: int) -> Row:
    """Return an incident as the page exports it."""
    finish = incident.start + incident.length
    over = finish < end
    told_after = incident.impact == "critical" and over
    return {
        "incident_id": f"inc_{number:04d}",
        "name": incident.name,
        "impact": incident.impact,
        "status": ("completed" if incident.is_planned else "resolved") if over else "investigating",
        "started_at": incident.start,
        "acknowledged_at": min(incident.start + 10 * MINUTE_MS, end - 1),
        "monitoring_at": finish - incident.length // 10 if over else None,
        "resolved_at": finish if over else None,
        "is_planned": incident.is_planned,
        "postmortem": f"What happened: {incident.name}" if told_after else None,
    }


def _touched(number: int, incident: Incident, end: int) -> list[Row]:
    """Return the components that an incident touches."""
    finish = incident.start + incident.length
    return [
        {
            "incident_id": f"inc_{number:04d}",
            "component_id": component,
            "from_ts": incident.start,
            "to_ts": finish if finish < end else None,
            "component_status": state,
        }
        for component, state in incident.touched.items()
    ]


def write_status(
    company: Company, journey: Journey, horizon: Horizon, landing: Landing, streams: Streams
) -> None:
    """Write the four tables of the status page."""
    rng = streams.stream("status")
    names = ("component_id", "name", "group", "criticality")
    components = dict(zip(names, zip(*COMPONENTS, strict=True), strict=True))
    landing.rows("status/components", "components.jsonl", components)
    _write_uses(company, journey, horizon, landing)
    incidents = list(enumerate(told(horizon, journey, rng), 1))
    lines = [_line(number, incident, horizon.end) for number, incident in incidents]
    touched = [row for pair in incidents for row in _touched(*pair, horizon.end)]
    for table, rows, recipe in (
        ("incidents", lines, RECIPE),
        ("incident_components", touched, None),
    ):
        columns = {name: [row[name] for row in rows] for name in rows[0]}
        columns |= {name: moments(columns[name]) for name in columns if name.endswith(TIMES)}
        landing.rows(f"status/{table}", f"{table}.jsonl", columns, recipe, rng)


def _write_uses(company: Company, journey: Journey, horizon: Horizon, landing: Landing) -> None:
    """Write which components each customer depends on."""
    uses = [
        (account, part)
        for account in np.flatnonzero(company.kind < 2)
        for part in ("web-app", "api", f"shard-{company.shard[account] + 1}", "mobile-apps")
        if part != "mobile-apps" or company.platform[account] > 1
    ]
    columns = {
        "account_id": [company.ids[account] for account, _ in uses],
        "component_id": [part for _, part in uses],
        "valid_from": moments(horizon.instant(journey.start[0, [a for a, _ in uses]])),
        "valid_to": [None] * len(uses),
    }
    landing.rows("status/account_components", "account_components.jsonl.gz", columns)
