"""Truth table of incidents: status, resolution, components and planning, each one incident."""

from datetime import datetime
from itertools import product

import pytest

from tests.cases.built import asking, build, write_landing
from tests.cases.support_company import company

STARTED, MONITORED = "2026-10-12T10:00:00Z", "2026-10-12T10:40:00Z"
ENDED, RESOLVED = "2026-10-12T10:50:00Z", "2026-10-12T11:00:00Z"
DAY_END = "2026-11-01T00:00:00Z"

OVER = ("resolved", "postmortem", "completed")
MAINTENANCE = ("scheduled", "in_progress", "verifying", "completed")
STATUSES = ("investigating", "identified", "monitoring", *OVER, *MAINTENANCE[:3], "flurb", None)
# What the row of its one component says: its status and its end.
COMPONENTS = {
    "none": None,
    "down": ("major_outage", ENDED),
    "down without end": ("major_outage", None),
    "slow": ("degraded_performance", ENDED),
    "unknown": ("flurb", ENDED),
}
SITUATIONS = {
    f"i{number}": situation
    for number, situation in enumerate(
        product(
            STATUSES,
            (None, RESOLVED),
            (None, MONITORED),
            COMPONENTS,
            (None, True),
            ("major", "maintenance", "flurb"),
        )
    )
}


def at(value):
    return datetime.fromisoformat(value[:-1]) if value else None


def is_maintenance(status, planned, impact):
    return bool(planned) or impact == "maintenance" or status in MAINTENANCE


def resolution(status, resolved_at, monitoring_at, component):
    """When it ended: its own time, else that of its components or of monitoring; and whether."""
    if resolved_at:
        return resolved_at, False
    if status not in OVER:
        return None, True
    _, ended_at = COMPONENTS[component] or (None, None)
    return ended_at or monitoring_at, False


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    rows = company()
    rows["status/incidents"] = [
        {
            "incident_id": incident_id,
            "status": status,
            "resolved_at": resolved_at,
            "monitoring_at": monitoring_at,
            "is_planned": planned,
            "impact": impact,
            "started_at": STARTED,
        }
        for incident_id, (
            status,
            resolved_at,
            monitoring_at,
            _,
            planned,
            impact,
        ) in SITUATIONS.items()
    ]
    rows["status/incident_components"] = [
        {
            "incident_id": incident_id,
            "component_id": f"component of {incident_id}",
            "from_ts": STARTED,
            "component_status": COMPONENTS[situation[3]][0],
            "to_ts": COMPONENTS[situation[3]][1],
        }
        for incident_id, situation in SITUATIONS.items()
        if COMPONENTS[situation[3]]
    ]
    folder = tmp_path_factory.mktemp("incidents")
    models = ["fct_incidents", "fct_component_uptime_daily"]
    return asking(build(folder, write_landing(folder / "landing", rows), models))


def test_every_combination_has_the_one_answer_of_the_rule(ask):
    found = {
        row[0]: row[1:]
        for row in ask(
            "select incident_id, is_planned, is_open, resolved_at, is_outage, is_failure "
            "from marts.fct_incidents"
        )
    }
    assert len(found) == len(SITUATIONS)
    for incident_id, situation in SITUATIONS.items():
        status, resolved_at, monitoring_at, component, planned, impact = situation
        maintenance = is_maintenance(status, planned, impact)
        ended_at, is_open = resolution(status, resolved_at, monitoring_at, component)
        is_outage = {"none": False, "slow": False, "unknown": None}.get(component, True)
        expected = (
            maintenance,
            is_open,
            at(ended_at),
            False if maintenance else is_outage,
            not maintenance,
        )
        assert found[incident_id] == expected, (situation, found[incident_id])


def test_downtime_is_that_of_unplanned_outages_up_to_a_known_end(ask):
    found = dict(
        ask(
            "select component_id, cast(sum(downtime_seconds) as bigint) "
            "from marts.fct_component_uptime_daily where downtime_seconds > 0 group by component_id"
        )
    )
    expected = {}
    for incident_id, situation in SITUATIONS.items():
        status, resolved_at, monitoring_at, component, planned, impact = situation
        if is_maintenance(status, planned, impact) or not component.startswith("down"):
            continue
        ended_at, is_open = resolution(status, resolved_at, monitoring_at, component)
        until = COMPONENTS[component][1] or ended_at or (DAY_END if is_open else None)
        if until:
            seconds = int((at(until) - at(STARTED)).total_seconds())
            expected[f"component of {incident_id}"] = seconds
    assert found == expected


def test_a_component_of_an_unknown_status_or_without_a_known_end_is_told(ask):
    told = dict(
        ask(
            "select incident_id, contradiction from intermediate.int_component_outages_deduplicated"
        )
    )
    for incident_id, situation in SITUATIONS.items():
        status, resolved_at, monitoring_at, component, _, _ = situation
        ended_at, is_open = resolution(status, resolved_at, monitoring_at, component)
        nobody_knows = component == "down without end" and not ended_at and not is_open
        if component != "none":
            assert (told[incident_id] is not None) == (nobody_knows or component == "unknown")
