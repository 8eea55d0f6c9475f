"""Expectations for ``marts.fct_subscriptions_daily``.

Is this the revenue?
"""

from great_expectations import expectations as gxe

from expectations.as_of import AS_OF

TABLE = "marts.fct_subscriptions_daily"

TOTALS = f"""
select
    sum(mrr) filter (where activity_date = {AS_OF}) as latest,
    sum(mrr) filter (where activity_date = {AS_OF} - 1) as day_before,
    count(*) filter (where activity_date = {AS_OF} - 1 and is_customer) as customer_count
from {{batch}}
where activity_date between {AS_OF} - 1 and {AS_OF}
"""

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="mrr",
        min_value=0,
        max_value=10_000_000,
        notes="Nobody pays less than nothing; ten millions a month are cents read as units.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="seat_count",
        min_value=0,
        max_value=1_000_000,
        mostly=0.999,
        severity="warning",
        notes="More seats than a large state has officials are an amount in the wrong column.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            from ({TOTALS})
            where customer_count >= 20 and latest not between day_before / 2 and day_before * 2
        """,
        description="revenue neither halves nor doubles in a day",
        notes="Prices and exports break overnight; a whole company's revenue does not.",
    ),
]
