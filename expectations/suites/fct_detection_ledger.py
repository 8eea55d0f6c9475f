"""Expectations for ``marts.fct_detection_ledger``.

Is this what happened to customers who left?
"""

from great_expectations import expectations as gxe

TABLE = "marts.fct_detection_ledger"

EXPECTATIONS = [
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select max(lost_on) as lost_on from {batch}
            where lost_on > (select max(lost_on) from {batch}) - 182
            having count(*) >= 10
                and count(*) filter (failure_mode = 'not_landed') > count(*) * 0.9
        """,
        description="of the customers lost in half a year some left data behind",
        severity="warning",
        notes="Usage and billing of other accounts: they do not name them alike.",
    ),
]
