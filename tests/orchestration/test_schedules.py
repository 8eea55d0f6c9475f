"""Schedules keep the hours of the time zone in which days end."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from orchestration.jobs import JOBS
from orchestration.private_interfaces.of_dagster import schedule_execution_time_iterator
from orchestration.schedules import schedules


def ticks(name, zone, now):
    (found,) = [one for one in schedules(ZoneInfo(zone)) if one.name == name]
    start = datetime.fromisoformat(now).replace(tzinfo=UTC).timestamp()
    return schedule_execution_time_iterator(start, found.cron_schedule, found.execution_timezone)


@pytest.mark.parametrize(
    ("zone", "then"),
    [
        ("UTC", "2026-11-02T05:00"),
        ("America/Los_Angeles", "2026-11-02T13:00"),
        ("Pacific/Auckland", "2026-11-01T16:00"),
    ],
)
def test_the_week_is_over_where_days_end_when_its_report_is_made(zone, then):
    tick = next(ticks("monday_morning", zone, "2026-10-31T00:00"))
    assert tick == datetime.fromisoformat(then).replace(tzinfo=UTC)
    assert tick.astimezone(ZoneInfo(zone)).strftime("%A %H:%M") == "Monday 05:00"


def test_every_schedule_keeps_its_hour_when_the_clocks_change():
    zone, hours = ZoneInfo("Europe/Berlin"), {}
    for one in schedules(zone):
        found = ticks(one.name, zone.key, "2026-03-20T00:00")
        hours[one.name] = {next(found).astimezone(zone).hour for _ in range(12)}
        assert zone.key in one.description
    assert hours == {
        "every_morning_but_monday": {5},
        "monday_morning": {5},
        "first_of_the_month_at_noon": {12},
        "first_of_the_quarter_at_one": {13},
    }


def test_what_people_wait_for_in_the_morning_goes_before_what_waits_longer():
    # Nothing else says it of its runs, and without it they go in the order in which they came.
    first = {job.name for job in JOBS if int((job.tags or {}).get("dagster/priority", "0")) > 0}
    assert first == {"daily", "weekly"}
