"""When the jobs run. A new schedule is one line here and a job in ``jobs``.

Times are Coordinated Universal Time, in which the data is kept: five hours after the day has
ended, so that the nightly exports are in. Schedules are off until somebody turns them on in
the UI, as a laptop should not start work by itself. What is not here: runs that new files
start, which is a sensor.
"""

import dagster as dg

from orchestration.jobs import DAILY, QUARTERLY, TRAIN, WEEKLY

SCHEDULES = [
    dg.ScheduleDefinition(
        name="every_morning_but_monday",
        job=DAILY,
        cron_schedule="0 5 * * 0,2-6",
        execution_timezone="UTC",
        description="Tuesday to Sunday at 05:00, Coordinated Universal Time.",
    ),
    dg.ScheduleDefinition(
        name="monday_morning",
        job=WEEKLY,
        cron_schedule="0 5 * * 1",
        execution_timezone="UTC",
        description="Monday at 05:00, Coordinated Universal Time; the week ended on Sunday.",
    ),
    dg.ScheduleDefinition(
        name="first_of_the_month_at_noon",
        job=TRAIN,
        cron_schedule="0 12 1 * *",
        execution_timezone="UTC",
        description="The first of the month at 12:00, Coordinated Universal Time.",
    ),
    dg.ScheduleDefinition(
        name="first_of_the_quarter_at_one",
        job=QUARTERLY,
        cron_schedule="0 13 1 1,4,7,10 *",
        execution_timezone="UTC",
        description="The first of the quarter at 13:00, Coordinated Universal Time.",
    ),
]
