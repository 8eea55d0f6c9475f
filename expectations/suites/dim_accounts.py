"""Expectations for ``marts.dim_accounts``.

Are the customers in it?
"""

from great_expectations import expectations as gxe

TABLE = "marts.dim_accounts"

EXPECTATIONS = [
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select count(*) from {batch}
            having count(*) >= 10 and count(*) filter (where not is_internal) < count(*) / 2
        """,
        description="at most half of the accounts are the company's own",
        notes="What is internal is left out everywhere: a list too wide empties the report.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="tenure_days",
        min_value=0,
        max_value=20000,
        mostly=0.99,
        notes="Older than software: a default date, which makes every account mature.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select count(*) from {batch}
            having count(*) >= 10 and count(*) filter (where is_customer) = 0
        """,
        description="some account is a customer",
        severity="warning",
        notes="Without customers there is nobody to score.",
    ),
]
