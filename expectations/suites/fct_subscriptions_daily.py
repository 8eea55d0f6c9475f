"""Expectations for ``marts.fct_subscriptions_daily``.

Is this the revenue?
"""

from great_expectations import expectations as gxe

from expectations.as_of import AS_OF

TABLE = "marts.fct_subscriptions_daily"

# Without the account that pays the most: one price that is wrong is no company that is.
TOTALS = f"""
select
    sum(mrr) filter (where activity_date = {AS_OF})
        - max(mrr) filter (where activity_date = {AS_OF}) as latest,
    sum(mrr) filter (where activity_date = {AS_OF} - 1)
        - max(mrr) filter (where activity_date = {AS_OF} - 1) as day_before,
    count(*) filter (where activity_date = {AS_OF} - 1 and is_customer) as customer_count
from {{batch}}
where activity_date between {AS_OF} - 1 and {AS_OF}
"""

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="mrr",
        min_value=0,
        notes="Nobody pays less than nothing; a credit note was read as a price.",
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
            with paid as (
                select account_id, activity_date, mrr from {{batch}}
                where activity_date = {AS_OF} and mrr > 0
            )
            select account_id, activity_date from paid
            where mrr > 10000 * (select median(mrr) from paid)
        """,
        description="nobody pays ten thousand times what is usual",
        severity="warning",
        notes="One price in another unit, or a row of totals, outweighs all others.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            from ({TOTALS})
            where customer_count >= 20 and latest not between day_before / 2 and day_before * 2
        """,
        description="revenue but for the largest account neither halves nor doubles in a day",
        notes="Prices and exports break overnight; a whole company's revenue does not.",
    ),
]
