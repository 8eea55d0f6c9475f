"""Expectations for ``reports.rpt_accounts_needing_attention``.

Can somebody act on this list?
"""

from great_expectations import expectations as gxe

from expectations.as_of import AS_OF
from expectations.rows import no_row

TABLE = "reports.rpt_accounts_needing_attention"

EXPECTATIONS = [
    no_row(
        f"as_of_date <> {AS_OF}",
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
        severity="warning",
        notes="When everybody is an emergency, an input has broken, or nobody works these days.",
    ),
    gxe.ExpectColumnValuesToNotBeNull(
        column="first_reason",
        mostly=0.5,
        severity="warning",
        notes="Without a reason nobody knows what to say on the telephone.",
    ),
]
