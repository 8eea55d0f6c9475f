"""Expectations for ``marts.fct_sessions``.

Are these visits of people?
"""

from great_expectations import expectations as gxe

from expectations.as_of import ENOUGH_EVENTS

TABLE = "marts.fct_sessions"

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(
        min_value=1,
        severity="warning",
        notes="Events make sessions; none means that no event was given to anybody.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            select 1 where not exists (select * from {{batch}}) and {ENOUGH_EVENTS}
        """,
        description="a hundred events or more make a session",
        notes="No event was given to anybody, and all usage would be zero.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="session_seconds",
        min_value=0,
        max_value=86400,
        mostly=0.99,
        notes="A visit of more than a day is a machine that polls, or clocks that jump.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select count(*) from {batch}
            having count(*) >= 1000 and avg(is_single_event::integer) > 0.9
        """,
        description="at most 9 in 10 sessions have a single event",
        severity="warning",
        notes="Identifiers that change with every event tear visits to pieces.",
    ),
]
