"""Expectations for ``marts.fct_component_uptime_daily``.

Was the product up for this long?
"""

from great_expectations import expectations as gxe

from expectations.as_of import AS_OF

TABLE = "marts.fct_component_uptime_daily"

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="uptime_rate_28d",
        min_value=0,
        max_value=1,
        severity="warning",
        notes="Down for longer than the time there was: overlapping outages were added up.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            select avg(uptime_rate_28d) from {{batch}}
            where activity_date = {AS_OF}
            having count(uptime_rate_28d) > 0 and avg(uptime_rate_28d) < 0.5
        """,
        description="the product is up for more than half of the time",
        severity="warning",
        notes="A product that is mostly down has no customers: an outage was never closed.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select component_id from {batch}
            group by component_id
            having count(*) >= 90 and min(downtime_seconds) >= 86000
        """,
        description="no component was down on every day",
        severity="warning",
        notes="It was taken out of service, or its last outage was never closed.",
    ),
]
