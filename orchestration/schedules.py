"""When the jobs run. A new schedule is one entry here and a job in ``jobs``.

Times are of the reporting time zone, in which days end: five hours after, so that the nightly
exports are in. Schedules are off until somebody turns them on in the UI, as a laptop should not
start work by itself. What is not here: runs that new files start, which is a sensor.
"""

from zoneinfo import ZoneInfo

import dagster as dg

from orchestration.jobs import DAILY, QUARTERLY, TRAIN, WEEKLY


def schedules(zone: ZoneInfo) -> list[dg.ScheduleDefinition]:
    """Make the schedules.

    Args:
        zone: the time zone in which days begin and end.
    """
    return [
        dg.ScheduleDefinition(
            name="every_morning_but_monday",
            job=DAILY,
            cron_schedule="0 5 * * 0,2-6",
            execution_timezone=zone.key,
            description=f"Tuesday to Sunday at 05:00, {zone.key}.",
        ),
        dg.ScheduleDefinition(
            name="monday_morning",
            job=WEEKLY,
            cron_schedule="0 5 * * 1",
            execution_timezone=zone.key,
            description=f"Monday at 05:00, {zone.key}; the week ended on Sunday.",
        ),
        dg.ScheduleDefinition(
            name="first_of_the_month_at_noon",
            job=TRAIN,
            cron_schedule="0 12 1 * *",
            execution_timezone=zone.key,
            description=f"The first of the month at 12:00, {zone.key}.",
        ),
        dg.ScheduleDefinition(
            name="first_of_the_quarter_at_one",
            job=QUARTERLY,
            cron_schedule="0 13 1 1,4,7,10 *",
            execution_timezone=zone.key,
            description=f"The first of the quarter at 13:00, {zone.key}.",
        ),
    ]
