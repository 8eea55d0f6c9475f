"""Expectations for ``raw.crm_users``.

Are these the people?
"""

from great_expectations import expectations as gxe

from expectations.as_of import AS_OF

TABLE = "raw.crm_users"

EXPECTATIONS = [
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select count(*) from {batch}
            having count(*) >= 10 and avg(coalesce(is_internal, false)::integer) > 0.5
        """,
        description="at most half of the people are the company's own",
        notes="Internal people are left out of every number; most of them cannot be internal.",
    ),
    gxe.ExpectColumnValuesToBeBetween(
        column="birth_year",
        min_value=1900,
        max_value=2025,
        mostly=0.95,
        severity="warning",
        notes="Nobody older than 125 or yet unborn signs in.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            select count(*) from {{batch}}
            having avg((created_at > {AS_OF} + 1)::integer) > 0.5
                or max(created_at) < '2000-01-01'
        """,
        description="people joined between 2000 and the day built",
        severity="warning",
        notes="A default date in place of the true one makes everybody equally new.",
    ),
]
