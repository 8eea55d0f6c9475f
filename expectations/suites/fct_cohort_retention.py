"""Expectations for ``marts.fct_cohort_retention``.

Do people who came really stay like this?
"""

from great_expectations import expectations as gxe

TABLE = "marts.fct_cohort_retention"

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(
        column="retention_rate",
        min_value=0,
        max_value=1,
        notes="More than all of a cohort cannot stay: its members are counted twice.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select count(*) from {batch}
            where entity = 'user' and kind = 'bounded' and interval_number >= 1 and is_mature
            having sum(cohort_size) >= 100
                and (sum(retained) = sum(cohort_size) or sum(retained) = 0)
        """,
        description="some users come back and some do not",
        severity="warning",
        notes="All or nobody: the activity of one week was read into all, or into none.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select cohort_start from {batch}
            where entity = 'account' and kind = 'bounded' and interval_number = 1 and is_mature
                and cohort_size >= 20 and retained < cohort_size / 4
        """,
        description="a quarter of new customers pay for a second month",
        severity="warning",
        notes="Contracts that end after a month are trials, or ends read from another column.",
    ),
]
