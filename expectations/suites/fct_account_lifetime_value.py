"""Expectations for ``marts.fct_account_lifetime_value``.

Could a customer be worth this?
"""

from great_expectations import expectations as gxe

TABLE = "marts.fct_account_lifetime_value"

EXPECTATIONS = [
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select account_id from {batch}
            where status = 'ok' and method = 'contractual'
                and expected_value > mrr * months_ahead + 1
        """,
        description="no contract is worth more than what is paid until the end of what is seen",
        severity="warning",
        notes="A renewal that is more than certain, a price of a year read as one of a month.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select method from {batch}
            where status = 'ok' and value_low > 0
            group by method
            having count(*) >= 20
                and count(*) filter (value_high > 10 * value_low) > count(*) / 2
        """,
        description="most values are known to a factor of ten",
        severity="warning",
        notes="With wider intervals the parameters were not settled by what was watched.",
    ),
]
