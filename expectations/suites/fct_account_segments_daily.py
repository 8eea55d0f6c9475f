"""Expectations for ``marts.fct_account_segments_daily``.

Are these the groups that the company knows?
"""

from great_expectations import expectations as gxe

from expectations.as_of import AS_OF

TABLE = "marts.fct_account_segments_daily"

# What changes slowly and is known of everybody where it is known at all.
STABLE = "('plan', 'size_band', 'industry', 'country', 'region')"

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(
        min_value=1,
        severity="warning",
        notes="Without customers on any day every metric and every score is empty.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            select count(*) from raw.billing_subscriptions
            where started_at::date <= {AS_OF} and not exists (select * from {{batch}})
            having count(*) >= 10
        """,
        description="ten subscriptions or more make a customer",
        notes="Subscriptions and accounts do not know each other, or all their states are unknown.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            select
                count(*) filter (activity_date = {AS_OF}) as latest,
                count(*) filter (activity_date = {AS_OF} - 1) as day_before
            from {{batch}}
            where dimension = 'all'
            having day_before >= 20 and latest not between day_before / 2 and day_before * 2
        """,
        description="the number of customers neither halves nor doubles in a day",
        severity="warning",
        notes="An export that broke overnight; contracts do not end for everybody on one day.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            select earlier.dimension
            from {{batch}} as earlier
            inner join {{batch}} as latest
                on earlier.account_id = latest.account_id and earlier.dimension = latest.dimension
            where earlier.activity_date = {AS_OF} - 1 and latest.activity_date = {AS_OF}
                and earlier.dimension in {STABLE}
            group by earlier.dimension
            having count(*) >= 20
                and count(*) filter (earlier.segment <> latest.segment) > count(*) / 2
        """,
        description="at most half of the customers change their group in a day",
        severity="warning",
        notes="New names for old groups: every comparison with the month before is broken.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            select dimension from {{batch}}
            where activity_date = {AS_OF} and dimension <> 'account'
            group by dimension
            having count(*) >= 100 and count(distinct segment) > 200
        """,
        description="no dimension has more than 200 groups",
        severity="warning",
        notes="A free text or an identifier is in the column; nobody reads 200 groups.",
    ),
]
