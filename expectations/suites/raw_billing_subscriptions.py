"""Expectations for ``raw.billing_subscriptions``.

Does the company have customers?
"""

from great_expectations import expectations as gxe

from expectations.as_of import AS_OF, NEWEST

TABLE = "raw.billing_subscriptions"

EXPECTATIONS = [
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            select count(*) from {{batch}}
            having count(*) >= 10 and count(*) filter (started_at::date <= {NEWEST}) = 0
        """,
        description="some subscription had begun by the day built",
        notes="A company that never had a customer is a column read as another.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            select count(*) from {{batch}}
            having count(*) >= 10 and count(*) filter (
                where started_at::date <= {AS_OF}
                    and (ended_at is null or ended_at::date > {AS_OF})
            ) = 0
        """,
        description="some subscription runs on the day built",
        severity="warning",
        notes="An archive may end like this; a living company's column was read as another.",
    ),
    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="ended_at",
        column_B="started_at",
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        mostly=0.98,
        severity="warning",
        notes="What ends before it begins counts on no day, so its revenue would be missing.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="term_months",
        min_value=1,
        max_value=60,
        mostly=0.95,
        severity="warning",
        notes="Terms run from a month to five years; more is a number of days or a price.",
    ),
]
