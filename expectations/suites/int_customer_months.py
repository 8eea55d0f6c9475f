"""Expectations for ``intermediate.int_customer_months``.

Is this the rate at which customers leave?
"""

from great_expectations import expectations as gxe

TABLE = "intermediate.int_customer_months"

EXPECTATIONS = [
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select count(*) from {batch}
            where has_churned
            having count(*) >= 20 and count(*) filter (closing_mrr > 0) > count(*) / 2
        """,
        description="most of those who left do not pay any more",
        notes="Who left and who pays come from different subscriptions.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select month_end from {batch}
            group by month_end
            having count(*) filter (was_customer) >= 20
                and count(*) filter (has_churned) > count(*) filter (was_customer) / 2
        """,
        description="in no month half of the customers leave",
        severity="warning",
        notes="A full export was taken for a list of what changed, so everybody else is gone.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select month_end from {batch}
            group by month_end
            having count(*) filter (was_customer) >= 20
                and count(*) filter (is_new) > count(*) filter (was_customer)
        """,
        description="no month doubles the number of customers",
        severity="warning",
        notes="The day of a migration in place of the day on which each contract began.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select count(*) from {batch}
            having count(distinct month_end) filter (has_churned is not null) >= 12
                and count(*) filter (was_customer) >= 2000 and count(*) filter (has_churned) = 0
        """,
        description="within a year somebody leaves",
        severity="warning",
        notes="An export that forgets ended subscriptions shows survivors only.",
    ),
]
