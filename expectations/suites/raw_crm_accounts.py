"""Expectations for ``raw.crm_accounts``.

Are these the customers?
"""

from great_expectations import expectations as gxe

from expectations.as_of import AS_OF

TABLE = "raw.crm_accounts"

EXPECTATIONS = [
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select count(*) from {batch}
            having count(*) >= 10
                and count(*) filter (where account_type = 'internal') > count(*) / 2
        """,
        description="at most half of the accounts are the company's own",
        notes="Internal accounts are left out of every number; most cannot be internal.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            select count(*) from {{batch}}
            having avg((created_at > {AS_OF} + 1)::integer) > 0.5
                or max(created_at) < '2000-01-01'
        """,
        description="accounts began between 2000 and the day built",
        severity="warning",
        notes="A default date in place of the true one makes every account equally old.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select count(*) from {batch}
            having count(distinct account_id) filter (where name is not null) >= 10
                and count(distinct name)
                < count(distinct account_id) filter (where name is not null) / 2
        """,
        description="most accounts have a name of their own",
        severity="warning",
        notes="A list of accounts that are all called the same helps nobody to act.",
    ),
]
