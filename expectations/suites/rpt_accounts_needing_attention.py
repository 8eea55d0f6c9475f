"""Expectations for ``reports.rpt_accounts_needing_attention``.

Can somebody act on this list?
"""

from great_expectations import expectations as gxe

from expectations.as_of import AS_OF

TABLE = "reports.rpt_accounts_needing_attention"

EXPECTATIONS = [
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=f"select * from {{batch}} where as_of_date <> {AS_OF}",
        description="it is of the day built",
        notes="Calls are made from this list; it must not be an old one.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select count(*) from {batch}
            having count(*) >= 20
                and count(*) > 0.9 * (select count(*) from reports.rpt_accounts)
        """,
        description="at most 9 in 10 customers need attention",
        notes="When everybody is an emergency, an input has broken, not every customer.",
    ),
    gxe.ExpectColumnValuesToNotBeNull(
        column="first_reason",
        mostly=0.5,
        severity="warning",
        notes="Without a reason nobody knows what to say on the telephone.",
    ),
]
