"""Expectations for ``marts.fct_account_activity_daily``.

Is usage what it was?
"""

from great_expectations import expectations as gxe

from expectations.as_of import AS_OF, ENOUGH_EVENTS, STEADY

TABLE = "marts.fct_account_activity_daily"

ACTIVE_BY_WEEK = f"""
select
    count(distinct account_id) filter (where activity_date > {AS_OF} - 7) as latest,
    count(distinct account_id) filter (where activity_date <= {AS_OF} - 7) as week_before
from {{batch}}
where is_active and activity_date between {AS_OF} - 13 and {AS_OF}
"""

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(
        min_value=1,
        severity="warning",
        notes="No account has a day: nothing was done by anybody who is known.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            select 1 where not exists (select * from {{batch}}) and {ENOUGH_EVENTS}
        """,
        description="of a hundred events or more some belong to an account",
        notes="Events and accounts do not know each other, and all usage would be zero.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            from ({ACTIVE_BY_WEEK})
            where week_before >= 20 and latest < week_before / 4 and {STEADY}
        """,
        description="a quarter of last week's active accounts or more are active",
        notes="Three quarters of the customers do not leave in a week; events are missing.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            from ({ACTIVE_BY_WEEK}) where week_before >= 20 and latest < week_before * 0.7
        """,
        description="7 in 10 of last week's active accounts or more are active",
        severity="warning",
        notes="Holidays do this, and so do missing files.",
    ),
]
