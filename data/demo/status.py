"""The status page: components, who depends on them, incidents and maintenance.

What is here: incidents as they were announced, overlapping ones and an open one included. What
is not here: their effect on customers (``journey.py``) or latency (``telemetry.py``).
"""

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

RECIPE = Recipe("incident_id", "incident_id", ("started_at", "this morning"), "name",
                warnings={"is_planned": "maybe"})  # fmt: skip


class StatusPage:
    """Collects incidents in order of telling."""

    def __init__(self, horizon: Horizon) -> None:
        self.end = horizon.end
        self.incidents: list[dict] = []
        self.touched: list[dict] = []

    def tell(self, name, impact, start, length, parts: dict[str, str], planned=False) -> None:
        """Add an incident that touches components with a status; lengths in milliseconds."""
        start, finish = int(start), int(start + length)
        number = f"inc_{len(self.incidents) + 1:04d}"
        over = finish < self.end
        done = "completed" if planned else "resolved"
        self.incidents.append({
            "incident_id": number, "name": name, "impact": impact,
            "status": done if over else "investigating", "started_at": start,
            "acknowledged_at": min(start + 600_000, self.end - 1),
            "monitoring_at": finish - length // 10 if over else None,
            "resolved_at": finish if over else None, "is_planned": planned,
            "postmortem": f"What happened: {name}" if impact == "critical" and over else None,
        })  # fmt: skip
        for component, state in parts.items():
            self.touched.append({
                "incident_id": number, "component_id": component, "from_ts": start,
                "to_ts": finish if over else None, "component_status": state,
            })  # fmt: skip


def tell_story(horizon: Horizon, journey: Journey, rng: np.random.Generator) -> StatusPage:
    """Return the page: slow shards, the broken feature, small troubles, maintenance."""
    page, hour = StatusPage(horizon), HOUR_MS
    for week in range(horizon.weeks):
        monday = int(horizon.instant(7 * week))
        for shard in np.flatnonzero(journey.slow[week]):
            name, begin = f"shard-{shard + 1}", monday + int(rng.integers(0, 20)) * hour
            page.tell(f"Slow queries on {name}", "minor", begin, 6 * DAY_MS,
                      {name: "degraded_performance"})  # fmt: skip
            outage = begin + int(rng.integers(10, 60)) * hour
            page.tell(f"{name} unreachable", "critical", outage,
                      int(rng.integers(30, 300)) * 60_000,
                      {name: "major_outage", "api": "partial_outage"})  # fmt: skip
        if journey.broken[week] and not journey.broken[week - 1]:
            length = int(journey.broken.sum()) * 7 * DAY_MS
            page.tell(f"{BROKEN_FEATURE.title()} fail on {BROKEN_PLATFORM}", "major",
                      monday + 9 * hour, length, {"exports": "degraded_performance"})  # fmt: skip
        if rng.random() < 0.5:
            where = ("web-app", "api", "mobile-apps")[int(rng.integers(3))]
            page.tell(f"Errors in {where}", "major", monday + int(rng.integers(0, 160)) * hour,
                      int(rng.integers(10, 150)) * 60_000, {where: "partial_outage"})  # fmt: skip
        if week % 4 == 2:
            page.tell("Planned maintenance", "maintenance", monday + 2 * hour, 2 * hour,
                      {"web-app": "under_maintenance", "api": "under_maintenance"}, True)  # fmt: skip
    page.tell("Delayed notifications", "minor", horizon.end - 7 * hour, 30 * hour,
              {"mobile-apps": "degraded_performance"})  # fmt: skip
    return page


def write_status(company: Company, journey: Journey, horizon: Horizon, landing: Landing,
                 streams: Streams) -> None:  # fmt: skip
    """Write the four tables of the status page."""
    rng = streams.stream("status")
    page = tell_story(horizon, journey, rng)
    columns = dict(zip(("component_id", "name", "group", "criticality"), zip(*COMPONENTS),
                       strict=True))  # fmt: skip
    landing.rows("status/components", "components.jsonl", columns)
    uses = [(a, part) for a in range(len(company)) if company.kind[a] < 2
            for part in ("web-app", "api", f"shard-{company.shard[a] + 1}",
                         *(("mobile-apps",) if company.platform[a] > 1 else ()))]  # fmt: skip
    begun = horizon.instant(journey.start[0, [a for a, _ in uses]])
    landing.rows("status/account_components", "account_components.jsonl.gz", {
        "account_id": [company.ids[a] for a, _ in uses],
        "component_id": [part for _, part in uses],
        "valid_from": moments(begun), "valid_to": [None] * len(uses),
    })  # fmt: skip
    times = ("started_at", "acknowledged_at", "monitoring_at", "resolved_at", "from_ts", "to_ts")
    for table, rows, recipe in (("incidents", page.incidents, RECIPE),
                                ("incident_components", page.touched, None)):  # fmt: skip
        columns = {name: [row[name] for row in rows] for name in rows[0]}
        columns |= {name: moments(columns[name]) for name in times if name in columns}
        landing.rows(f"status/{table}", f"{table}.jsonl", columns, recipe, rng)
