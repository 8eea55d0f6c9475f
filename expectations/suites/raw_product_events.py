"""Expectations for ``raw.product_events``.

Is this a whole delivery of real usage?
"""

from great_expectations import expectations as gxe

from expectations.as_of import AS_OF

TABLE = "raw.product_events"

SAME_WEEKDAYS = f"""
select
    count(*) filter (where event_ts::date = {AS_OF}) as latest,
    count(*) filter (where event_ts::date < {AS_OF}) / 4.0 as usual
from {{batch}}
where event_ts::date in ({AS_OF}, {AS_OF} - 7, {AS_OF} - 14, {AS_OF} - 21, {AS_OF} - 28)
"""

EXPECTATIONS = [
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            from ({SAME_WEEKDAYS}) where usual >= 100 and latest < usual / 20
        """,
        description="the last day has a twentieth of its usual events or more",
        severity="warning",
        notes="AS_OF asks for a day without events: a holiday, or files to come.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            from ({SAME_WEEKDAYS}) where usual >= 100 and latest < usual / 2
        """,
        description="the last day has half of its usual events or more",
        severity="warning",
        notes="Half of what the four last such weekdays brought: a holiday, or files to come.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select count(*) from {batch}
            having avg((event_ts > received_at + interval 5 minutes)::integer) > 0.05
        """,
        description="at most 1 in 20 events happened after it was received",
        severity="warning",
        notes="Clocks of devices run ahead here and there; when many do, times are in a zone.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select count(*) from {batch}
            having count(*) >= 1000
                and avg((event_ts = date_trunc('day', event_ts))::integer) > 0.2
        """,
        description="at most 1 in 5 events happened at midnight sharp",
        severity="warning",
        notes="Dates in place of times put everybody's sessions on top of each other.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select sum(event_count) from (
                select count(*) as event_count from {batch}
                where user_id is not null group by user_id
            )
            having sum(event_count) >= 1000 and max(event_count) > sum(event_count) / 2
        """,
        description="nobody makes half of all events",
        severity="warning",
        notes="One identifier on everybody's events is a placeholder or a machine.",
    ),
]
