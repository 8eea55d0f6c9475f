"""Expectations for ``marts.fct_user_activity_daily``.

Are these people?
"""

from great_expectations import expectations as gxe

from expectations.as_of import AS_OF, ENOUGH_EVENTS

TABLE = "marts.fct_user_activity_daily"

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(
        min_value=1,
        severity="warning",
        notes="Events without one active person: nobody was recognised.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            select 1 where not exists (select * from {{batch}}) and {ENOUGH_EVENTS}
        """,
        description="of a hundred events or more some are of a person",
        notes="Nobody was recognised, and all usage would be zero.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="event_count",
        min_value=1,
        max_value=20000,
        mostly=0.999,
        notes="Nobody does 20,000 things a day by hand; machines are to be filtered before.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            select max(activity_date) from {{batch}} having max(activity_date) < {AS_OF} - 7
        """,
        description="somebody was active in the last week",
        severity="warning",
        notes="A week without anybody is a feed that has dried up.",
    ),
]
